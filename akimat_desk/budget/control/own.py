"""A raion's own control ratios, kept in its workspace; added, changed and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from akimat_desk.budget.control.ratios import ControlRatio, ratio_from, shipped_ratios
from akimat_desk.core.errors import UsageProblem
from akimat_desk.storage.settings import get_setting, set_setting
from akimat_desk.storage.workspace import Actor, Workspace

_OWN = "control.own"
_OFF = "control.off"


def own_ratios(session: Session) -> tuple[ControlRatio, ...]:
    """Those added here, in the order of adding."""
    kept = get_setting(session, _OWN, [])
    return tuple(ratio_from(each, own=True) for each in kept) if isinstance(kept, list) else ()


def switched_off(session: Session) -> frozenset[str]:
    """The shipped ratios that this workspace does not ask."""
    kept = get_setting(session, _OFF, [])
    return frozenset(str(each) for each in kept) if isinstance(kept, list) else frozenset()


def all_ratios(session: Session) -> tuple[ControlRatio, ...]:
    """What is asked in this workspace: the shipped ratios that are on, and one's own."""
    off = switched_off(session)
    return (*(ratio for ratio in shipped_ratios() if ratio.id not in off), *own_ratios(session))


def add_ratios(workspace: Workspace, actor: Actor, ratios: Sequence[ControlRatio]) -> None:
    """Keep ratios of one's own; one with the same id takes the place of the former.

    Raises UsageProblem for an id of the shipped set.
    """
    shipped = {ratio.id for ratio in shipped_ratios()}
    taken = next((ratio.id for ratio in ratios if ratio.id in shipped), None)
    if taken is not None:
        raise UsageProblem("error.control.shipped_id", id=taken)
    with workspace.changing(actor, "control.ratios_added", ids=[ratio.id for ratio in ratios]) as change:
        kept = {ratio.id: ratio.as_data() for ratio in own_ratios(change.session)}
        kept.update({ratio.id: ratio.as_data() for ratio in ratios})
        set_setting(change, _OWN, list(kept.values()))
        change.touch("control_ratios", 0)


def remove_ratio(workspace: Workspace, actor: Actor, ratio_id: str) -> None:
    """Take away one of one's own, or switch a shipped one off. Raises UsageProblem for an unknown id."""
    _switch(workspace, actor, ratio_id, on=False)


def restore_ratio(workspace: Workspace, actor: Actor, ratio_id: str) -> None:
    """Ask a shipped ratio again. Raises UsageProblem for an unknown id."""
    _switch(workspace, actor, ratio_id, on=True)


def _switch(workspace: Workspace, actor: Actor, ratio_id: str, *, on: bool) -> None:
    with workspace.changing(
        actor, "control.ratio_on" if on else "control.ratio_off", ratio=ratio_id
    ) as change:
        own = own_ratios(change.session)
        if ratio_id in {ratio.id for ratio in shipped_ratios()}:
            off = set(switched_off(change.session))
            off = off - {ratio_id} if on else off | {ratio_id}
            set_setting(change, _OFF, sorted(off) or None)
        elif not on and ratio_id in {ratio.id for ratio in own}:
            set_setting(change, _OWN, [ratio.as_data() for ratio in own if ratio.id != ratio_id] or None)
        else:
            raise UsageProblem("error.control.unknown", id=ratio_id)
        change.touch("control_ratios", 0)
