"""A unit's card and a decision's file: what the window's dialogs about them ask for and change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from akimat_desk.core.files import store_bytes
from akimat_desk.places.kinds import Position, UnitKind
from akimat_desk.places.service import posts, set_post, unit_by_id, update_unit
from akimat_desk.storage.attachments import attachment
from akimat_desk.storage.workspace import Actor, Workspace
from akimat_desk.ui.values import Holder, UnitCard


def unit_card(workspace: Workspace, unit_id: int) -> UnitCard:
    """A unit's names and who holds its posts: of each the holder named last."""
    with workspace.reading() as session:
        unit, held = unit_by_id(session, unit_id), posts(session, unit_id)
    last = {post.position: post for post in held}
    return UnitCard(
        id=unit.id,
        kind=unit.kind.value,
        kato=unit.kato or "",
        name=unit.name,
        raion=unit.raion,
        oblast=unit.oblast,
        maslikhat=unit.maslikhat,
        holders=tuple(
            Holder(post.position.value, post.person, post.since, post.until) for post in last.values()
        ),
        bin=unit.bin,
    )


def save_unit_card(workspace: Workspace, actor: Actor, card: UnitCard) -> None:
    """Keep what was changed. Raises UsageProblem; what was kept before that stays."""
    before = unit_card(workspace, card.id)
    if replace(before, holders=()) != replace(card, holders=()):
        update_unit(
            workspace,
            actor,
            card.id,
            kind=UnitKind(card.kind),
            kato=card.kato,
            name=card.name,
            raion=card.raion,
            oblast=card.oblast,
            maslikhat=card.maslikhat,
            bin=card.bin,
        )
    for holder in card.holders:
        if holder not in before.holders:
            position = Position(holder.position)
            set_post(workspace, actor, card.id, position, holder.person, holder.since, holder.until)


def save_source(workspace: Workspace, attachment_id: int, path: Path) -> Path:
    """Write a kept file out. Raises EnvironmentProblem, UsageProblem."""
    with workspace.reading() as session:
        _view, data = attachment(session, attachment_id)
    return store_bytes(path, data)
