"""What a changed figure is, in words: for the window, the command line and papers."""

from __future__ import annotations

from akimat_desk.core.language import Language
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import text
from akimat_desk.exchange.changed import ChangedFigure
from akimat_desk.exchange.contents.fact import What


def figure_name(changed: ChangedFigure, language: Language) -> str:
    """Which figure it is, such as "Көлік салығы, 3-ай, жыл басынан түскені"."""
    if changed.what is What.MEETINGS:
        kind = text(f"meeting.kind.{changed.code}", language)
        return f"{kind}: {text(f'exchange.number.{changed.measure}', language)}"
    name = text(f"figure.{changed.figure.value}", language) if changed.figure else changed.name.text(language)
    parts = [name]
    if changed.month is not None:
        parts.append(text("exchange.month", language, month=changed.month))
    match changed.what:
        case What.PLAN:
            parts.append(text(f"plan.side.{changed.measure.removeprefix('planned_')}", language).lower())
        case What.EXECUTION:
            parts.append(text(f"form.column.{changed.measure}", language))
    return ", ".join(part for part in parts if part)


def amounts_written(changed: ChangedFigure) -> tuple[str, str]:
    """Before and after as a table has them; "—" for what is not stated."""
    sides = (changed.before, changed.after)
    if not changed.is_money:
        before, after = (str(side) if side is not None else "—" for side in sides)
    else:
        before, after = (table_amount(side) or "—" for side in sides)
    return before, after
