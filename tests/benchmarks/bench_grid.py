"""How fast the grid answers the hand, measured with the real page, model and view offscreen.

``python tests/benchmarks/bench_grid.py`` from the top of the checkout. Each figure is the median of
several runs, beside its aim and beside a yardstick of the same run: a bare QTableView of the same size
over a model that answers constants. "Shown" means that the view has painted what changed.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QTableView  # noqa: E402

from akimat_desk.budget.amending import Entered  # noqa: E402
from akimat_desk.budget.decisions.editions import Origin  # noqa: E402
from akimat_desk.budget.drafts.cells import Cell, Stamp  # noqa: E402
from akimat_desk.budget.drafts.clipboard import read_block  # noqa: E402
from akimat_desk.budget.drafts.coded import ancestors  # noqa: E402
from akimat_desk.budget.drafts.edits import Amount, SetAmounts  # noqa: E402
from akimat_desk.budget.drafts.history import History  # noqa: E402
from akimat_desk.budget.drafts.loading import StoredYear, make_sheet  # noqa: E402
from akimat_desk.budget.drafts.nodes import code_key  # noqa: E402
from akimat_desk.budget.drafts.pasting import PasteRows, columns_of, understand  # noqa: E402
from akimat_desk.budget.drafts.service import new_draft, open_draft, save  # noqa: E402
from akimat_desk.budget.drafts.sheet import DraftFacts, DraftSheet  # noqa: E402
from akimat_desk.budget.figures import Section  # noqa: E402
from akimat_desk.budget.lines import BudgetLine  # noqa: E402
from akimat_desk.budget.views import DecisionKind, DecisionSummary, DocumentState  # noqa: E402
from akimat_desk.classification.codes import ExpenditureCode, LineKind  # noqa: E402
from akimat_desk.core.language import Language, Trilingual  # noqa: E402
from akimat_desk.places.kinds import UnitKind  # noqa: E402
from akimat_desk.places.service import create_unit  # noqa: E402
from akimat_desk.storage.workspace import Actor, Workspace  # noqa: E402
from akimat_desk.ui.app import make_window  # noqa: E402
from akimat_desk.ui.desks.drafts import OpenedDraft  # noqa: E402
from akimat_desk.ui.grid.model import Fixed  # noqa: E402
from akimat_desk.ui.pages.draft import DraftPage  # noqa: E402
from akimat_desk.ui.settings import Settings  # noqa: E402
from akimat_desk.ui.theme import dress  # noqa: E402
from akimat_desk.ui.values import OpenedWorkspace  # noqa: E402

YEARS = (2027, 2028, 2029)
STAMP = Stamp("bench", dt.datetime(2026, 11, 1, tzinfo=dt.UTC))


class Constant(QAbstractTableModel):
    """The yardstick: as many rows that all say the same."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return self._rows

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 7

    def data(self, _index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return "1 234,5" if role == Qt.ItemDataRole.DisplayRole else None


def sheet_of(lines: int) -> DraftSheet:
    """A draft of so many lines of costs, four levels deep, three years each."""
    stored = [StoredYear() for _ in YEARS]
    programs = [
        ExpenditureCode(f"{group:02d}", str(subgroup), f"{administrator:03d}", f"{program:03d}")
        for group in range(1, 31)
        for subgroup in range(1, 10)
        for administrator in range(100, 125)
        for program in range(1, 16)
    ][: int(lines * 0.93)]
    for number, code in enumerate(programs):
        name = Trilingual(f"Бағдарлама {number}", f"Программа {number}")
        for index, year in enumerate(stored):
            amount = (number % 997 + index) * 10_000
            line = BudgetLine(Section.EXPENDITURE, code, name, amount, LineKind.EXPENDITURE)
            year.rows.append((line, Cell(amount, Origin.READ)))
    parents = dict.fromkeys(above for code in programs for above in ancestors(code))
    for year in stored:
        rows = [(BudgetLine(Section.EXPENDITURE, code, Trilingual(), None, LineKind.EXPENDITURE),
                 Cell(None, Origin.COMPUTED)) for code in parents]  # fmt: skip
        year.rows = sorted([*rows, *year.rows], key=lambda row: code_key(row[0].code))  # type: ignore[arg-type]
    facts = DraftFacts(lines, 1, "Тестбұлақ", YEARS[0], YEARS, Language.KK, dt.date(2026, 12, 20))
    return make_sheet(facts, stored)


def timed(work: Callable[[int], object], times: int = 15) -> float:
    """The median in milliseconds."""
    spent = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def painted() -> None:
    for _ in range(3):
        QApplication.processEvents()


def say(what: str, spent: float, aim: float, yardstick: float | None = None) -> None:
    beside = f"   bare view {yardstick:8.1f} ms, {spent / yardstick:5.1f} ×" if yardstick else ""
    print(f"{what:<58} {spent:8.1f} ms   aim {aim:5.0f} ms{beside}")


def open_page(page: DraftPage, sheet: DraftSheet) -> None:
    summary = DecisionSummary(
        sheet.facts.document_id,
        1,
        DecisionKind.DECISION,
        DocumentState.DRAFT,
        "",
        None,
        None,
        YEARS[0],
        YEARS,
        0,
        "",
        Language.KK,
    )
    page.editing.show(OpenedDraft(sheet, summary, Trilingual("Тестбұлақ"), None, Entered(), History()))
    painted()


def bare(rows: int) -> QTableView:
    view = QTableView()
    view.setModel(Constant(rows))
    view.resize(1100, 500)
    view.show()
    painted()
    return view


def walk(view: QTableView, row: int) -> None:
    view.setCurrentIndex(view.model().index(row, 2))
    view.scrollTo(view.currentIndex())
    painted()


def saving(folder: Path) -> float:
    """One typed figure into a stored draft of 2 000 lines: a transaction with its journal row."""
    actor = Actor("bench")
    with Workspace.create(folder / "bench.akimat") as workspace:
        unit = create_unit(workspace, actor, kind=UnitKind.OKRUG, name=Trilingual("Тестбұлақ"), kato=None)
        document = new_draft(workspace, actor, unit.id, YEARS[0])
        text = "".join(
            f"{node.record.code}\t{number},5\t{number},6\t{number},7\n"
            for number, node in enumerate(sheet_of(2_000).nodes())
            if node.is_leaf and node.record.code is not None
        )
        with workspace.reading() as session:
            sheet = open_draft(session, document)
        block = read_block(text)
        edit = PasteRows(understand(block, columns_of(block, sheet, YEARS[0]), sheet))
        save(workspace, actor, sheet.apply(edit.plan(sheet, STAMP), STAMP))
        leaves = [node.key for node in sheet.nodes() if node.is_leaf and node.record.code is not None]

        def type_and_save(number: int) -> None:
            typed = SetAmounts((Amount(leaves[number * 9], YEARS[0], f"{number + 2},1"),))
            save(workspace, actor, sheet.apply(typed.plan(sheet, STAMP), STAMP))

        spent = timed(type_and_save)
        workspace.close(make_backup=False)
    return spent


def main() -> None:
    app = QApplication([])
    dress(app)
    folder = Path(tempfile.mkdtemp())
    window = make_window(Settings(folder / "window.ini"), Language.RU)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    window.context.workspace = OpenedWorkspace(folder / "bench.akimat", False, ())
    page = window.page("draft")
    assert isinstance(page, DraftPage)
    window.pages.setCurrentWidget(page)
    # What is measured is the hand's wait: saving goes on beside it, on the database's thread.
    window.context.database.start = lambda *_a, **_k: None  # type: ignore[method-assign, assignment]

    sheet = sheet_of(2_000)
    open_page(page, sheet)
    leaves = [node for node in sheet.nodes() if node.is_leaf and node.key.section is Section.EXPENDITURE]
    print(f"{len(sheet)} lines, {len(YEARS)} years")

    def type_in_sheet(number: int) -> None:
        edit = SetAmounts((Amount(leaves[number * 7].key, YEARS[0], f"{number + 1},5"),))
        sheet.apply(edit.plan(sheet, STAMP), STAMP)
        sheet.findings()

    def type_on_page(number: int) -> None:
        row = page.model.row_of(leaves[number * 5])
        page.model.setData(page.model.index(row, len(Fixed)), f"{number + 3},7")
        painted()

    print(f"{'saving it meanwhile, on the thread of the database':<58} {saving(folder):8.1f} ms")
    say("a typed figure to new totals and findings, the sheet alone", timed(type_in_sheet), 16)
    page.view.scrollTo(page.model.index(page.model.row_of(leaves[0]), 2))
    say("a typed figure to new totals and findings, shown", timed(type_on_page), 16)

    rows = "".join(
        f"{leaf.record.code}\t{leaf.record.name.ru}\t{number},5\t{number},6\t{number},7\n"
        for number, leaf in enumerate(leaves[:500])
    )

    def paste(number: int) -> None:
        text = rows.replace(",5", f",{number % 9}")
        block = read_block(text)
        columns = columns_of(block, sheet, YEARS[0])
        page.editing.do(PasteRows(understand(block, columns, sheet)))
        painted()

    say("paste of 500 rows by codes, three years, shown", timed(paste, 5), 300)

    def paste_new(number: int) -> None:
        new = "".join(f"{70 + number}/1/124/{n:03d}\tСтрока {n}\t{n},5\n" for n in range(500))
        block = read_block(new)
        page.editing.do(PasteRows(understand(block, columns_of(block, sheet, YEARS[0]), sheet)))
        painted()

    say("paste of 500 rows that are not there yet, shown", timed(paste_new, 5), 300)
    say("undo of that paste, shown", timed(lambda _n: (page.undo(), painted()), 3), 300)

    large = sheet_of(100_000)
    open_page(page, large)
    yard = bare(len(large))
    print(f"{len(large)} lines, {page.model.rowCount()} rows")
    view, count = page.view, page.model.rowCount()
    step = count // 20
    say("a jump anywhere in 100 000 rows, shown", timed(lambda n: walk(view, n * step)), 50,
        timed(lambda n: walk(yard, n * step)))  # fmt: skip
    say("a step down in 100 000 rows, shown", timed(lambda n: walk(view, 50_000 + n)), 50,
        timed(lambda n: walk(yard, 50_000 + n)))  # fmt: skip
    bar = view.verticalScrollBar()
    say("a page of scrolling in 100 000 rows, shown",
        timed(lambda n: (bar.setValue(bar.maximum() // 20 * n), painted())), 50)  # fmt: skip
    many = [node for node in large.nodes() if node.is_leaf and node.key.section is Section.EXPENDITURE]

    def type_in_many(number: int) -> None:
        row = page.model.row_of(many[50_000 + number])
        page.model.setData(page.model.index(row, len(Fixed)), f"{number + 3},7")
        painted()

    walk(view, 50_000)
    say("a typed figure in 100 000 rows, shown", timed(type_in_many), 50)
    group = next(node for node in large.nodes() if node.depth == 1)

    def fold(number: int) -> None:
        page.model.fold(group, number % 2 == 0)
        painted()

    say("a branch folded and opened in 100 000 rows, shown", timed(fold, 6), 50)
    say("undo in 100 000 rows, shown", timed(lambda _n: (page.undo(), painted()), 5), 50)
    yard.close()
    window.context.database.stop()
    window.context.files.stop()
    window.hide()
    sys.stdout.flush()
    os._exit(0)  # nothing was opened: there is nothing to close


if __name__ == "__main__":
    main()
