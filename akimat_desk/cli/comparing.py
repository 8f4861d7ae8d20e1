"""``budget compare``: two editions, years or units line by line."""

from __future__ import annotations

import argparse
import re

from sqlalchemy.orm import Session

from akimat_desk.budget.comparing.questions import Comparison, Side
from akimat_desk.budget.comparing.questions import compare as side_by_side
from akimat_desk.budget.comparing.rows import Row, percent_of
from akimat_desk.budget.decisions.questions import decisions
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.views import Basis, BudgetView, DocumentState, Stage
from akimat_desk.cli.budgets import day
from akimat_desk.cli.output import DONE, Output
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.core.money import plain, table_amount
from akimat_desk.core.strings import text
from akimat_desk.storage.workspace import Workspace

_SIDE = re.compile(
    r"(?:(?P<unit>[^/]+)/)?(?P<year>\d{4})"
    r"(?:@(?P<day>.+)|:(?P<stage>approved|amended|draft)|\#(?P<document>\d+))?"
)
_LEFT, _RIGHT = 0, 1


def compare(arguments: argparse.Namespace, output: Output) -> int:
    """Bring two budgets together and print what differs."""
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        left = _side(session, arguments.left, arguments, output.language)
        right = _side(session, arguments.right, arguments, output.language)
        comparison = side_by_side(session, left, right)
    rows = [row for row in comparison.rows if not arguments.only_different or row.differs(_LEFT, _RIGHT)]
    output.json(_as_json(comparison, rows, output.language))
    output.line(
        text(
            "cli.compare.heading",
            output.language,
            left=_title(comparison.left, output.language),
            right=_title(comparison.right, output.language),
        )
    )
    for line in _table(rows, output.language):
        output.line("  " + line)
    if not any(row.differs(_LEFT, _RIGHT) for row in comparison.rows):
        output.say("cli.compare.equal")
    return DONE


def _side(session: Session, written: str, arguments: argparse.Namespace, language: Language) -> Side:
    """A side as written: "2026", "990140000/2025", "2026@2026-06-14", "2026:draft", "2026#7"."""
    match = _SIDE.fullmatch(written.strip())
    if match is None:
        raise UsageProblem("error.compare.side", written=written)
    if match["unit"]:
        arguments = argparse.Namespace(unit=match["unit"].strip())
    unit, year = chosen_unit(session, arguments, language), int(match["year"])
    if match["document"]:
        return Side(unit.id, year, document_id=int(match["document"]))
    if match["stage"] == "draft":
        return Side(unit.id, year, document_id=_only_draft(session, unit.id, year))
    stage = Stage(match["stage"]) if match["stage"] else None
    return Side(unit.id, year, as_of=day(match["day"]), stage=stage)


def _only_draft(session: Session, unit_id: int, year: int) -> int:
    drafts = [
        decision
        for decision in decisions(session, unit_id)
        if decision.state is DocumentState.DRAFT and year in decision.years
    ]
    if not drafts:
        raise UsageProblem("error.compare.no_draft", year=year)
    if len(drafts) > 1:
        listed = ", ".join(f"#{draft.id}" for draft in drafts)
        raise UsageProblem("error.compare.several_drafts", year=year, drafts=listed)
    return drafts[0].id


def _as_json(comparison: Comparison, rows: list[Row], language: Language) -> dict[str, object]:
    left, right = comparison.left, comparison.right
    return {
        "left": _side_json(left, language),
        "right": _side_json(right, language),
        "figures": {figure.value: _pair(left.figures[figure], right.figures[figure]) for figure in Figure},
        "lines": [
            {
                "section": row.section.value,
                "figure": row.figure.value if row.figure is not None else None,
                "code": row.code.as_json() if row.code is not None else {},
                "left_code": _code_json(row, _LEFT),
                "right_code": _code_json(row, _RIGHT),
                "name_kk": row.name.kk,
                "name_ru": row.name.ru,
                "left": plain(row.amounts[_LEFT]),
                "right": plain(row.amounts[_RIGHT]),
                "difference": plain(row.difference(_LEFT, _RIGHT)),
                "percent": _shown(row.percent(_LEFT, _RIGHT)),
            }
            for row in rows
        ],
        "findings": [],
    }


def _side_json(view: BudgetView, language: Language) -> dict[str, object]:
    decision = view.decision
    return {
        "unit": view.unit_name.text(language),
        "year": view.year,
        "stage": view.stage.value,
        "basis": "projection" if view.basis is Basis.PROJECTION else "decision",
        "decision": {
            "id": decision.id,
            "number": decision.number,
            "date": decision.date.isoformat() if decision.date else None,
            "edition": decision.edition,
            "state": decision.state.value,
        },
    }


def _pair(left: int | None, right: int | None) -> dict[str, str | None]:
    difference = None if left is None or right is None else right - left
    return {
        "left": plain(left),
        "right": plain(right),
        "difference": plain(difference),
        "percent": _shown(percent_of(left, right)),
    }


def _code_json(row: Row, side: int) -> dict[str, str]:
    code = row.codes[side]
    return code.as_json() if code is not None else {}


def _shown(value: object) -> str | None:
    return None if value is None else str(value)


def _title(view: BudgetView, language: Language) -> str:
    decision = view.decision
    paper = text(
        f"decision.{decision.kind.value}",
        language,
        number=decision.number or "—",
        date=decision.date if decision.date else "—",
    )
    return f"{view.unit_name.text(language)}, {view.year} ({paper})"


def _table(rows: list[Row], language: Language) -> list[str]:
    """Code and name, left, right, difference and per cent in aligned columns."""
    cells = []
    for row in rows:
        percent = row.percent(_LEFT, _RIGHT)
        cells.append(
            (
                f"{'' if row.code is None else str(row.code):<16} {_name(row, language)}",
                table_amount(row.amounts[_LEFT]),
                table_amount(row.amounts[_RIGHT]),
                table_amount(row.difference(_LEFT, _RIGHT)),
                "" if percent is None else f"{percent} %".replace(".", ","),
            )
        )
    widths = [max((len(cell[column]) for cell in cells), default=0) for column in range(5)]
    return [
        f"{cell[0]:<{widths[0]}}  " + "  ".join(f"{cell[n]:>{widths[n]}}" for n in range(1, 5))
        for cell in cells
    ]


def _name(row: Row, language: Language) -> str:
    named = row.name.text(language) or row.printed_name
    return named or (text(f"figure.{row.figure.value}", language) if row.figure else "")
