"""How long two budgets of 2,001 lines take to be brought together, and to be shown as a tree.

``python tests/benchmarks/bench_compare.py`` from the top of the checkout. Each figure is the median of
several runs. Beside bringing together stands a plain dictionary of the same codes; beside the tree, the
same rows in the model without a filter. A comparison runs on the worker: the aim is 200 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402

from akimat_desk.budget.comparing.rows import bring_together  # noqa: E402
from akimat_desk.budget.figures import Figure, Section, no_figures  # noqa: E402
from akimat_desk.budget.lines import BudgetLine  # noqa: E402
from akimat_desk.budget.views import (  # noqa: E402
    Basis,
    BudgetView,
    DecisionKind,
    DecisionSummary,
    DocumentState,
    Stage,
)
from akimat_desk.classification.codes import ExpenditureCode, LineKind  # noqa: E402
from akimat_desk.core.language import Language, Trilingual  # noqa: E402
from akimat_desk.ui.i18n import Speech  # noqa: E402
from akimat_desk.ui.models.compared import ComparedModel, Show, Shown  # noqa: E402
from akimat_desk.ui.theme import dress  # noqa: E402

LINES = 2_000
YEAR = 2027


def budget(shift: int) -> BudgetView:
    """A budget of so many programmes under one total; every third amount differs by ``shift``."""
    codes = [
        ExpenditureCode(f"{group:02d}", str(subgroup), f"{administrator:03d}", f"{program:03d}")
        for group in range(1, 31)
        for subgroup in range(1, 10)
        for administrator in range(100, 110)
        for program in range(1, 16)
    ][:LINES]
    lines = [
        BudgetLine(
            Section.EXPENDITURE,
            code,
            Trilingual(f"Бағдарлама {number}", f"Программа {number}"),
            (number % 997 + (shift if number % 3 == 0 else 0)) * 10_000,
            LineKind.EXPENDITURE,
        )
        for number, code in enumerate(codes)
    ]
    total = sum(line.amount or 0 for line in lines)
    head = BudgetLine(
        Section.EXPENDITURE, None, Trilingual("Шығындар", "Затраты"), total, LineKind.TOTAL, Figure.COSTS
    )
    decision = DecisionSummary(
        id=1 + shift, unit_id=1, kind=DecisionKind.DECISION, state=DocumentState.CONFIRMED, number="1",
        date=None, effective_date=None, first_year=YEAR, years=(YEAR,), edition=0, title="",
        language=Language.KK, reason="",
    )  # fmt: skip
    return BudgetView(
        unit_id=1, unit_name=Trilingual("Тестбұлақ"), year=YEAR, stage=Stage.APPROVED, basis=Basis.DECISION,
        decision=decision, figures={**no_figures(), Figure.COSTS: total}, lines=(head, *lines), findings=(),
        annex=1, amends=None,
    )  # fmt: skip


def timed(work: Callable[[], object], times: int = 9) -> float:
    """The median in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def plain(one: BudgetView, other: BudgetView) -> dict[object, list[int | None]]:
    """The yardstick: amounts by code, nothing else."""
    found: dict[object, list[int | None]] = {}
    for side, view in enumerate((one, other)):
        for line in view.lines:
            found.setdefault(line.code, [None, None])[side] = line.amount
    return found


def main() -> None:
    """Print each measurement beside its yardstick."""
    app = QApplication([])
    dress(app)
    one, other = budget(0), budget(5)
    assert one != replace(other, decision=one.decision)
    rows = bring_together((one, other))
    together, bare = timed(lambda: bring_together((one, other))), timed(lambda: plain(one, other))
    print(f"{len(rows)} rows brought together: {together:.0f} ms (aim 200; a plain dictionary {bare:.1f} ms)")
    speech = Speech(Language.KK)
    model = ComparedModel(speech)
    columns = (
        Shown(Show.CODE, "Коды"), Shown(Show.NAME, "Атауы"), Shown(Show.AMOUNT, "1", 0),
        Shown(Show.AMOUNT, "2", 1), Shown(Show.DIFFERENCE, "Айырма", 0, 1),
    )  # fmt: skip
    shown = timed(lambda: model.show_rows(rows, columns, (None, None), YEAR, (0, 1)))
    whole = timed(lambda: model.show_rows(rows, columns, (None, None), YEAR))
    print(f"shown with only what differs: {shown:.1f} ms (without the filter {whole:.1f} ms)")


if __name__ == "__main__":
    main()
