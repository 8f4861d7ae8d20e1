"""Speed of the ratio's reckonings: from a lever to a new picture, goal seek, why. Run as a script.

python tests/benchmarks/bench_ratio.py
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from akimat_desk.budget.figures import Figure, Figures, Section, no_figures  # noqa: E402
from akimat_desk.budget.lines import BudgetLine  # noqa: E402
from akimat_desk.budget.ratio.levers import ground  # noqa: E402
from akimat_desk.budget.ratio.parts import take_apart  # noqa: E402
from akimat_desk.budget.ratio.seek import Position, SeekLine, seek_line, seek_mix  # noqa: E402
from akimat_desk.budget.ratio.variants import Variant  # noqa: E402
from akimat_desk.budget.ratio.why import explain  # noqa: E402
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode  # noqa: E402
from akimat_desk.core.language import Trilingual  # noqa: E402


def large_budget(lines: int, step: int) -> tuple[Figures, list[BudgetLine]]:
    """A budget of so many lines, half receipts and half programs."""
    figures, made = no_figures(), []
    own = 0
    for number in range(lines // 2):
        code = RevenueCode(
            "1", f"{number // 90 + 1:02d}", str(number // 10 % 9 + 1), f"{number % 10 + 1:02d}"
        )
        amount = (number + 1) * 10_000 * step
        own += amount
        made.append(BudgetLine(Section.REVENUE, code, Trilingual(), amount, LineKind.TAX))
    transfers = own * 4
    made.append(
        BudgetLine(Section.REVENUE, RevenueCode("5", "02", "3"), Trilingual(), transfers, LineKind.TRANSFERS)
    )
    for number in range(lines - lines // 2 - 1):
        spent = ExpenditureCode(f"{number // 100 + 1:02d}", "1", "124", f"{number % 100 + 1:03d}")
        amount = (number + 1) * 40_000 * step
        made.append(BudgetLine(Section.EXPENDITURE, spent, Trilingual(), amount, LineKind.EXPENDITURE))
    figures[Figure.TAX], figures[Figure.TRANSFERS] = own, transfers
    figures[Figure.REVENUE_TOTAL] = figures[Figure.COSTS] = own + transfers
    return figures, made


def measured(work: Callable[[], object], times: int = 5) -> float:
    """The best of some runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def say(what: str, milliseconds: float, yardstick: int) -> None:
    """One measurement beside its yardstick."""
    mark = "ok" if milliseconds < yardstick else "TOO SLOW"
    print(f"{what:<58} {milliseconds:8.1f} ms   (at most {yardstick} ms)  {mark}")


def main() -> None:
    """Measure everything."""
    old, new = large_budget(500, 1), large_budget(500, 2)
    before, after = take_apart(*old, 2026), take_apart(*new, 2026)
    say("why: 500 lines", measured(lambda: explain(before, after, Variant.TOTAL_REVENUE)), 50)
    position = Position(10**9, 10**10, Fraction(33, 100), True)
    thirty = [SeekLine(str(n), 10**7 * (n + 1), 10**8 * (n + 1)) for n in range(30)]

    def seek() -> None:
        for line in thirty:
            seek_line(position, line)
        seek_mix(position, thirty)

    say("goal seek: 30 lines, each alone and all together", measured(seek), 300)
    say("a lever to a new picture: 500 lines, in the window", lever_in_the_window(), 50)


def lever_in_the_window() -> float:
    """From a typed percentage to the painted page, on a budget of 500 lines."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from akimat_desk.core.language import Language
    from akimat_desk.ui.app import end, make_window
    from akimat_desk.ui.models.levers import PERCENT
    from akimat_desk.ui.pages.ratio import RatioPage
    from akimat_desk.ui.settings import Settings
    from akimat_desk.ui.theme import dress

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(Settings(Path(folder, "window.ini")), Language.RU)
        page = RatioPage(window.context, window.actions_, window)
        page.resize(1130, 690)
        page.tabs.setCurrentWidget(page.whatif)
        budget = take_apart(*large_budget(500, 1), 2026)
        page.whatif._lay_out(ground(budget, {}, Decimal(33), Trilingual(ru="Округ")))
        page.show()
        app.processEvents()
        typed = iter(range(1, 100))

        def move() -> None:
            page.whatif.model.setData(page.whatif.model.index(3, PERCENT), str(next(typed)))
            page.grab()

        best = measured(move)
        window.hide()
        end(window)
    return best


if __name__ == "__main__":
    main()
