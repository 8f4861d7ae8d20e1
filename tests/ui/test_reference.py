"""The Classification and Places pages as a person uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from akimat_desk.classification.book import shipped
from akimat_desk.classification.codes import ExpenditureCode, RevenueCode
from akimat_desk.classification.pack_changes import State
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.places import kato_store
from akimat_desk.places.population import PeopleIn
from akimat_desk.ui.desks.reference import CodeBranch
from akimat_desk.ui.dialogs.code_sources import CodeSourcesDialog
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.dialogs.new_code import NewCodeDialog
from akimat_desk.ui.dialogs.pack_preview import PackPreviewDialog
from akimat_desk.ui.dialogs.places_preview import KatoPreviewDialog, PeoplePreviewDialog
from akimat_desk.ui.dialogs.unit import UnitForm
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.models.code_tree import CodeColumn, CodeTreeModel
from akimat_desk.ui.models.people import PeopleColumn, PeopleModel
from akimat_desk.ui.pages.classification import ClassificationPage
from akimat_desk.ui.pages.places import PlacesPage
from akimat_desk.ui.reference_search import find_codes
from akimat_desk.ui.search import Question
from akimat_desk.ui.window import MainWindow
from tests.classification.workbooks import REVENUE, workbook
from tests.places.kato_books import row as kato_row
from tests.places.kato_books import workbook as kato_workbook
from tests.ui.conftest import PATIENCE, settled

Settle = Callable[[], None]
WATER = RevenueCode("1", "04", "9")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "person"
    monkeypatch.setattr(kato_store, "personal_folder", lambda: folder)
    return folder


@pytest.fixture
def codes(opened: MainWindow, settle: Settle) -> ClassificationPage:
    opened.show_page("classification")
    settle()
    page = opened.page("classification")
    assert isinstance(page, ClassificationPage)
    return page


@pytest.fixture
def places(opened: MainWindow, settle: Settle) -> PlacesPage:
    opened.show_page("places")
    settle()
    page = opened.page("places")
    assert isinstance(page, PlacesPage)
    return page


@pytest.fixture
def shown(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, opened: MainWindow
) -> Iterator[list[Callable[[Dialog], bool]]]:
    """What a person does in the next dialogs, one after the other, instead of waiting for her."""
    answers: list[Callable[[Dialog], bool]] = []

    def run(dialog: Dialog) -> bool:
        dialog.show()
        settled(qtbot, opened)
        accepted = answers.pop(0)(dialog)
        dialog.hide()
        dialog.deleteLater()
        return accepted

    monkeypatch.setattr(Dialog, "run", run)
    yield answers
    assert answers == [], "a dialog that never came"


def texts(model: CodeTreeModel, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    said: list[str] = []
    for number in range(model.rowCount(parent)):
        index = model.index(number, 0, parent)
        said.append(str(index.data()))
        said += texts(model, index)
    return said


# -- models ----------------------------------------------------------------------------------------


def test_the_tree_of_codes_keeps_qts_rules(speech: Speech) -> None:
    model = CodeTreeModel(speech)
    checker = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    pack = shipped().pack(2026)
    tax, land = (pack.lookup(RevenueCode(*c)) for c in (("1",), ("1", "04", "3")))
    assert tax is not None
    assert land is not None
    branch = CodeBranch(tax, "revenue", (CodeBranch(land, "revenue"),))
    model.show_tree([CodeBranch(None, "revenue", (branch,)), CodeBranch(None, "expenditure")])
    assert checker.model() is model
    index = model.index_of(land.code)
    assert [index.siblingAtColumn(c).data() for c in (CodeColumn.CODE, CodeColumn.RU, CodeColumn.SURE)] == [
        "1 04 3", land.name.ru, "подтверждено",
    ]  # fmt: skip
    assert index.siblingAtColumn(CodeColumn.KK).data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"Наименование на казахском: {land.name.kk}"
    )
    speech.choose(Language.KK)
    assert index.siblingAtColumn(CodeColumn.SURE).data() == "расталған"
    model.show_found([land])
    assert texts(model) == ["1 04 3"]
    model.show_all()
    assert texts(model) == ["Түсімдер", "1", "1 04 3", "Шығындар"]
    assert not model.index_of(WATER).isValid()


def test_the_table_of_people_keeps_qts_rules(speech: Speech) -> None:
    model = PeopleModel(speech)
    checker = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_people([PeopleIn(1, 2024, 2500, "а"), PeopleIn(1, 2026, 12345)], editable=True)
    assert checker.model() is model
    assert [model.index(r, 0).data() for r in range(3)] == ["2026", "2024", "новый год…"]
    assert model.index(0, PeopleColumn.PEOPLE).data() == "12\N{NO-BREAK SPACE}345"
    assert not model.flags(model.index(0, PeopleColumn.YEAR)) & Qt.ItemFlag.ItemIsEditable
    said: list[tuple[str, str, str]] = []
    model.typed.connect(lambda *typed: said.append(typed))
    assert model.setData(model.index(1, PeopleColumn.PEOPLE), "2600")
    assert not model.setData(model.index(1, PeopleColumn.PEOPLE), "2\N{NO-BREAK SPACE}500")
    model.setData(model.index(2, PeopleColumn.YEAR), "2027")
    model.setData(model.index(2, PeopleColumn.PEOPLE), "99")
    assert said == [("2024", "2600", "а"), ("2027", "99", "")]
    model.show_people([], editable=False)
    assert model.rowCount() == 0


# -- classification --------------------------------------------------------------------------------


def test_the_classification_is_browsed_found_and_followed_over_the_years(
    codes: ClassificationPage, settle: Settle
) -> None:
    assert codes.chosen_year() == 2026
    assert texts(codes.model)[:2] == ["Поступления", "1"]
    codes.reveal(RevenueCode("5"))
    settle()
    assert "2026" in codes.details.words
    link = next(b for b in codes.details._links if b.isVisible())
    assert "4" in link.text()
    link.click()
    settle()
    assert codes.chosen_year() == 2025
    assert codes.model.entry(codes.tree.currentIndex()).code == RevenueCode("4")  # type: ignore[union-attr]
    codes.search.setText("кошелерди жарыктандыру")
    codes._pause.stop()
    codes._search()
    settle()
    assert texts(codes.model)[0] == "07 3 124 008"
    assert codes.details.model.rowCount() > 0, "the example's documents have street lighting"
    codes.search.clear()
    codes._pause.stop()
    codes._search()
    settle()
    entry = codes.model.entry(codes.tree.currentIndex())
    assert entry is not None
    assert entry.code == ExpenditureCode("07", "3", "124", "008")


def test_without_a_workspace_the_shipped_classification_is_shown(window: MainWindow, settle: Settle) -> None:
    window.show_page("classification")
    settle()
    page = window.page("classification")
    assert isinstance(page, ClassificationPage)
    assert texts(page.model)[:2] == ["Поступления", "1"]
    assert not window.actions_["add_code"].isEnabled()
    assert window.actions_["export_pack"].isEnabled()


def test_a_missing_code_is_judged_while_typed_and_added(
    codes: ClassificationPage, settle: Settle, shown: list[Callable[[Dialog], bool]]
) -> None:
    codes.reveal(RevenueCode("1", "04"))
    settle()

    def fill(dialog: Dialog) -> bool:
        assert isinstance(dialog, NewCodeDialog)
        assert dialog.new_code().code == RevenueCode("1", "04")
        dialog.parts[2].setText("3")
        dialog._judge()
        settle()
        assert "уже есть" in dialog.findings.text()
        dialog.finish()
        settle()
        assert "уже есть" in dialog.problem.text()
        dialog.parts[2].setText("9")
        dialog.fields["name_kk"].setText("Су салығы")
        dialog.fields["name_ru"].setText("Налог на воду")
        dialog.fields["since"].setText("скоро")
        dialog.finish()
        assert "скор" in dialog.problem.text()
        dialog.fields["since"].setText("2026")
        dialog._judge()
        settle()
        assert dialog.findings.text() == "Все верно: можно добавить."
        dialog.finish()
        settle()
        return dialog.saved is not None

    shown.append(fill)
    codes.add_code()
    settle()
    entry = codes.model.entry(codes.tree.currentIndex())
    assert entry is not None
    assert (entry.code, entry.name.ru) == (WATER, "Налог на воду")
    assert "В этом файле: «1/04/9»" in codes.details.words


def test_an_unknown_code_met_elsewhere_comes_filled_in(codes: ClassificationPage, settle: Settle) -> None:
    name = Trilingual("", "Нечто новое")
    code = ExpenditureCode("07", "3", "124", "777")
    dialog = NewCodeDialog(codes.context, 2026, codes, code=code, name=name)
    settle()
    new = dialog.new_code()
    assert (new.code, new.name, new.kind) == (code, name, None)
    dialog.side.setCurrentIndex(2)
    assert dialog.new_code().code == ExpenditureCode()
    assert not dialog.parts[1].isVisibleTo(dialog)
    settle()
    dialog.deleteLater()


def newer(tmp_path: Path) -> Path:
    path = tmp_path / "жаңа.xlsx"
    rows = [
        ("1", "04", "3", None, "Жер салығы жаңаша", None),
        ("1", "04", "9", None, "Су салығы", "Налог на воду"),
        ("1", "рыба", None, None, "Қате", "Ошибка"),
    ]
    path.write_bytes(workbook({"Поступления": [REVENUE, *rows]}))
    return path


def test_a_newer_pack_is_previewed_stored_and_withdrawn(
    codes: ClassificationPage, settle: Settle, shown: list[Callable[[Dialog], bool]], tmp_path: Path
) -> None:
    codes.year.setCurrentIndex(codes.year.findData(2027))
    codes._choose_year()
    settle()

    def look(dialog: Dialog) -> bool:
        assert isinstance(dialog, PackPreviewDialog)
        states = [dialog.model.index(r, 0).data().strip() for r in range(dialog.model.rowCount())]
        assert states[:3] == ["Новый", "Изменен", "Ошибка"]
        dialog.shown.setCurrentIndex(dialog.shown.findData(State.WRONG))
        assert dialog.model.rowCount() == 1
        assert "рыба" in dialog.remarks.text()
        dialog.search.setText("нет такого")
        assert dialog.model.rowCount() == 0
        assert dialog.accept_button.text() == "Сохранить 2 изменения"
        dialog.end_missing.setChecked(True)
        assert dialog.accept_button.text() != "Сохранить 2 изменения"
        dialog.end_missing.setChecked(False)
        dialog.finish()
        settle()
        return dialog.saved is not None

    shown.append(look)
    codes.take_in_file(newer(tmp_path))
    settle()
    settle()
    assert codes.model.index_of(WATER).isValid()

    def withdraw(dialog: Dialog) -> bool:
        assert isinstance(dialog, CodeSourcesDialog)
        assert dialog.model.rowCount() == 1
        assert dialog.change.text() == "Отозвать"
        dialog.change.click()
        settle()
        assert dialog.change.text() == "Вернуть"
        return True

    shown.append(withdraw)
    codes.show_sources()
    settle()
    assert not codes.model.index_of(WATER).isValid()


def test_a_workbook_of_something_else_is_refused_in_words(
    codes: ClassificationPage, opened: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "оклады.xlsx"
    path.write_bytes(workbook({"Лист1": [("Фамилия", "Оклад"), ("Асанов", 100)]}))
    codes.take_in_file(path)
    settle()
    assert "нет бюджетной классификации" in opened.notice.text


def test_the_search_over_everything_finds_codes(codes: ClassificationPage, settle: Settle) -> None:
    desk = codes.context.desk
    question = Question("жер салығы", Language.KK, 1, 2026)
    hits = list(find_codes(desk, question))
    assert hits[0].target == RevenueCode("1", "04", "3")
    codes.reveal(hits[0].target)
    settle()
    assert codes._current_code() == RevenueCode("1", "04", "3")
    assert list(find_codes(desk, Question("ж", Language.KK, 1, 2026))) == []


# -- places ----------------------------------------------------------------------------------------


def test_people_are_typed_kept_and_taken_away(places: PlacesPage, opened: MainWindow, settle: Settle) -> None:
    last = places.people.rowCount() - 1
    places.people.setData(places.people.index(last, PeopleColumn.YEAR), "2025")
    places.people.setData(places.people.index(last, PeopleColumn.PEOPLE), "2 345")
    settle()
    settle()
    assert places.units.index(0, 3).data() == "2\N{NO-BREAK SPACE}345"
    places.people.setData(places.people.index(0, PeopleColumn.PEOPLE), "много")
    settle()
    assert "не число" in opened.notice.text
    assert places.people.index(0, PeopleColumn.PEOPLE).data() == "2\N{NO-BREAK SPACE}345"
    places.people.setData(places.people.index(0, PeopleColumn.PEOPLE), "")
    settle()
    settle()
    assert places.people.rowCount() == 1


def test_people_of_a_workbook_are_previewed(
    places: PlacesPage, settle: Settle, shown: list[Callable[[Dialog], bool]], tmp_path: Path
) -> None:
    path = tmp_path / "халық.xlsx"
    path.write_bytes(workbook({"Халық": [("Жыл", "Халық саны"), (2024, 2400), (2025, 2380), ("х", 1)]}))

    def look(dialog: Dialog) -> bool:
        assert isinstance(dialog, PeoplePreviewDialog)
        assert dialog.model.rowCount() == 2
        assert dialog.panel.isVisibleTo(dialog)
        dialog.finish()
        settle()
        return dialog.saved == 2

    shown.append(look)
    places.take_in_people_file(path)
    settle()
    settle()
    assert [places.people.index(r, 0).data() for r in range(2)] == ["2025", "2024"]


def test_the_list_of_places_is_previewed_kept_and_searched(
    places: PlacesPage,
    settle: Settle,
    shown: list[Callable[[Dialog], bool]],
    tmp_path: Path,
    qtbot: QtBot,
    own_folder: Path,
) -> None:
    path = tmp_path / "kato.xlsx"
    path.write_bytes(
        kato_workbook(
            [
                kato_row("993200000", "Өзенді ауданы", "Узендинский район"),
                kato_row("993230000", "Ақбұлақ а.о.", "Акбулакский с.о."),
                kato_row("12345", "а", "б"),
            ]
        )
    )

    def look(dialog: Dialog) -> bool:
        assert isinstance(dialog, KatoPreviewDialog)
        assert "Сельские округа: 1" in dialog._counts.text()
        assert "Не будет взята: 1 строка" in dialog._counts.text()
        dialog.finish()
        settle()
        return dialog.saved is not None

    shown.append(look)
    places.take_in_kato_file(path)
    settle()
    settle()
    assert (own_folder / "kato.json").is_file()
    finder = places.finder
    finder.line.setText("акбул")
    qtbot.waitUntil(lambda: finder.model.rowCount() == 1, timeout=PATIENCE)
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert "993230000" in places._place.text()
    finder.line.setText("нет такого")
    qtbot.waitUntil(lambda: finder.none.isVisible(), timeout=PATIENCE)


def test_a_new_unit_is_filled_from_the_list_where_no_workspace_is_open(
    window: MainWindow, qtbot: QtBot, own_folder: Path
) -> None:
    from tests.places.kato_books import kato_file

    kato_store.keep_personal(kato_file(), own_folder)
    form = UnitForm(window.context, None)
    qtbot.addWidget(form)
    form.show()
    form.finder.line.setText("акбулак")
    qtbot.waitUntil(lambda: form.finder.model.rowCount() == 2, timeout=PATIENCE)
    qtbot.keyClick(form.finder.line, Qt.Key.Key_Down)
    qtbot.keyClick(form.finder.table, Qt.Key.Key_Return)
    unit = form.unit()
    assert (unit.kind, unit.name.kk, unit.kato) == ("okrug", "Ақбұлақ ауылдық округі", "993230000")
    assert (unit.raion.ru, unit.oblast.kk) == ("Узендинский район", "Дала облысы")
    form.kato.setText("993230001")
    assert not form.unit().raion, "another code is another place"
    settled(qtbot, window)
