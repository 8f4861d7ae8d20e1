"""The Execution page: months, plan and fact, forms shown before they are taken in, reasons, documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from akimat_desk.budget.execution.forms import FormKind, Month
from akimat_desk.budget.execution.preview import RowState
from akimat_desk.core.language import Language
from akimat_desk.training.treasury import form_pdf, print_form
from akimat_desk.ui.desks.execution import FormSource
from akimat_desk.ui.dialogs.behind import BehindDialog
from akimat_desk.ui.dialogs.form_columns import FormColumnsDialog
from akimat_desk.ui.dialogs.line_reason import LineReasonDialog, WithdrawDialog
from akimat_desk.ui.dialogs.new_code import NewCodeDialog
from akimat_desk.ui.dialogs.treasury_form import FormDialog
from akimat_desk.ui.dialogs.typed_form import TypedFormDialog
from akimat_desk.ui.models.shares import SHARE, SharesModel
from akimat_desk.ui.models.typed_form import TypedFormModel
from akimat_desk.ui.window import MainWindow
from tests.budget.execution.building import RECEIPTS, expense, form, workbook

Settle = Callable[[], None]


@pytest.fixture
def page(opened: MainWindow, settle: Settle):
    shown = opened.show_page("execution")
    settle()
    return shown


def row_of(page, code: str) -> int:
    return next(row for row in range(page.model.rowCount()) if page.model.index(row, 0).data() == code)


def cells(page, code: str) -> list[str]:
    row = row_of(page, code)
    return [
        str(page.model.index(row, column).data()).replace("\N{NO-BREAK SPACE}", " ")
        for column in range(page.model.columnCount())
    ]


def test_the_last_month_taken_in_is_shown_with_plan_fact_and_forecast(page, settle: Settle) -> None:
    assert page.shown.outlook.table.month == Month(2026, 10)
    assert page.months.currentText() == "✓ октябрь"
    assert "Все формы взяты" in page.state.text()
    shown = cells(page, "12/1/124/013")
    assert shown[2:5] == ["14 870,0", "12 350,3", "11 546,9"]
    assert shown[6:8] == ["93,5 %", "77,7 %"]
    assert page.model.index(row_of(page, "12/1/124/013"), 7).data(SHARE) == 777
    assert shown[8] != "—"
    page.months.setCurrentIndex(2)
    page.months.activated.emit(2)
    settle()
    assert page.shown.outlook.table.month == Month(2026, 3)
    page.only_off.setChecked(True)
    assert page.model.rowCount() < len(page.shown.outlook.table.rows)


def test_what_is_off_its_pace_is_said_and_leads_to_its_line(page) -> None:
    assert page.warnings.isVisible()
    finding = page.shown.outlook.warnings()[0]
    page._go_to(finding)
    assert page.model.index(page.table.currentIndex().row(), 0).data() == finding.where.code


def test_the_forecast_of_a_line_is_drawn_and_the_method_can_be_chosen(
    page, opened: MainWindow, settle: Settle
) -> None:
    page.table.selectRow(row_of(page, "1/04/3"))
    page.tabs.setCurrentIndex(1)
    tab = page.forecast
    assert "Земельный налог" in tab.chart.accessibleName()
    assert "К концу года ожидается" in tab.chart.accessibleDescription()
    assert "отстает от обычного темпа" in tab.words.text()
    assert [tab.model.key(tab.model.index(row, 0)) for row in range(tab.model.rowCount())] == [
        "last_shape", "usual_share", "linear",
    ]  # fmt: skip
    assert {tab.model.index(row, 4).data() for row in range(3)} == {"0,6 %", "0,8 %", "6,3 %"}
    tab.methods.setCurrentIndex(tab.methods.findData("linear"))
    tab.methods.activated.emit(tab.methods.currentIndex())
    settle()
    assert tab.lines.currentText().strip() == "1/04/3 Земельный налог"
    assert "равномерно по месяцам" in tab.words.text()
    assert cells(page, "1/04/3")[8] == "55,1"
    opened.actions_["forecast_report"].trigger()
    settle()
    opened.show_page("execution")
    settle()
    assert tab.methods.currentData() == "linear"  # kept in the file
    tab.methods.setCurrentIndex(0)
    tab.methods.activated.emit(0)
    settle()
    assert cells(page, "1/04/3")[8] == "51,5"


def test_both_languages(page, opened: MainWindow, settle: Settle) -> None:
    opened.choose_language(Language.KK)
    settle()
    assert page.months.currentText() == "✓ қазан"
    assert page.model.headerData(4, Qt.Orientation.Horizontal) == "Атқарылды"


def test_a_year_without_forms_says_what_to_do(page, opened: MainWindow, settle: Settle) -> None:
    opened.context.choose_year(2028)
    settle()
    assert page.empty.isVisible()
    assert "4-20" in page.empty.text()
    assert not opened.actions_["execution_report"].isEnabled()


def test_a_form_is_shown_before_it_is_taken_in(
    page, opened: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "2-19.pdf"
    path.write_bytes(form_pdf(print_form(form(FormKind.RECEIPTS, RECEIPTS, dt.date(2026, 12, 1)))))
    dialog = FormDialog(opened.context, 1, FormSource(path=path), opened)
    qtbot.addWidget(dialog)
    settle()
    assert dialog.preview is not None
    assert dialog.preview.counts[RowState.NEW] == 2
    assert dialog.model.rowCount() == 2
    assert "2026-11" in dialog.summary.text()
    dialog.finish()
    settle()
    assert dialog.saved is not None
    page.refresh()
    settle()
    assert page.months.itemText(10) == "ноябрь – только 2-19"
    again = FormDialog(opened.context, 1, FormSource(path=path), opened)
    qtbot.addWidget(again)
    settle()
    assert "ничего не изменилось" in again.summary.text()


def test_an_unknown_code_is_given_a_place_or_left_out(
    opened: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    rows = [expense("124", "001", "015", "111"), expense("124", "777", "", "159", name="Белгісіз")]
    text = print_form(form(FormKind.EXPENSES, rows)).replace("01.02.2026", "01.12.2026")
    dialog = FormDialog(opened.context, 1, FormSource(pasted=text), opened)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert dialog._rows[0].state is RowState.WRONG
    dialog.table.selectRow(0)
    assert "777" in dialog.told.text()
    # A remark of the form as a whole names its line too.
    assert "⚠ 01/1/124/001: План на год" in dialog.findings.text().replace("\N{NO-BREAK SPACE}", "/")
    assert dialog.use_code.isVisible()
    dialog.skip.click()
    settle()
    assert dialog.preview is not None
    assert dialog.preview.counts[RowState.SKIPPED] == 1
    assert RowState.WRONG not in dialog.preview.counts


def test_an_unknown_program_and_specific_are_added_with_both_names(
    opened: MainWindow, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        expense("124", "001", "015", "117", name="Жаңа төлем"),
        expense("124", "777", "", "159", name="Қызметтер"),
    ]
    text = print_form(form(FormKind.EXPENSES, rows)).replace("01.02.2026", "01.12.2026")
    dialog = FormDialog(opened.context, 1, FormSource(pasted=text), opened)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    given = {
        "117": ("", "", "Өтемақының жаңа түрі", "Новый вид компенсации"),
        "777": ("07", "3", "Ауылды безендіру", "Оформление сел"),
    }
    asked = []

    def fill_in(adding: NewCodeDialog) -> bool:
        qtbot.addWidget(adding)
        code = adding.new_code().code
        group, subgroup, kk, ru = given[code.specific or code.program]
        if group:
            adding.parts[0].setText(group)
            adding.parts[1].setText(subgroup)
        asked.append((str(code), adding.fields["name_ru"].text()))
        adding.fields["name_kk"].setText(kk)
        adding.fields["name_ru"].setText(ru)
        adding.finish()
        settle()
        return adding.saved is not None

    monkeypatch.setattr(NewCodeDialog, "run", fill_in)
    for _ in range(2):
        assert dialog._rows[0].state is RowState.WRONG
        dialog.table.selectRow(0)
        assert dialog.add.isVisible()
        dialog.add.click()
        settle()
    assert len(asked) == 2
    assert dialog.preview is not None
    assert dialog.preview.counts[RowState.NEW] == 2
    names = {str(row.code): row.name for row in dialog.preview.rows}
    assert names["01/1/124/001/015/117"].kk == "Өтемақының жаңа түрі"
    assert "07/3/124/777/159" in names
    dialog.finish()
    settle()
    assert dialog.saved is not None
    # The next form knows both codes.
    again = FormDialog(opened.context, 1, FormSource(pasted=text), opened)
    qtbot.addWidget(again)
    settle()
    assert again.preview is not None
    assert RowState.WRONG not in again.preview.counts


def test_another_okrugs_form_waits_for_the_persons_word(
    opened: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    text = print_form(form(FormKind.RECEIPTS, RECEIPTS, office="Аппарат акима Акбулакского сельского округа"))
    dialog = FormDialog(
        opened.context, 1, FormSource(pasted=text.replace("01.02.2026", "01.12.2026")), opened
    )
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert not dialog.accept_button.isEnabled()
    assert "Акбулакского" in dialog.problem.text()
    dialog.same_unit.setChecked(True)
    settle()
    assert dialog.accept_button.isEnabled()


def test_columns_are_shown_once(
    opened: MainWindow, settle: Settle, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["1/04/4/02", "Налог", "5.00", "700.00"], ["1/04/1/02", "Налог", "0.00", "300.00"]]
    path = tmp_path / "кесте.xlsx"
    path.write_bytes(workbook(rows, ("А", "Б", "В", "Г"), top=("Форма 2-19 на 01.12.2026, тысяч тенге",)))
    asked = []

    def answer(dialog: FormColumnsDialog) -> bool:
        qtbot.addWidget(dialog)
        asked.append(dialog)
        assert dialog.fault() is not None
        for column, wanted in ((0, "code"), (1, "name"), (3, "received")):
            choice = dialog.choices[column]
            choice.setCurrentIndex(next(n for n in range(choice.count()) if choice.itemData(n) == wanted))
        return dialog.fault() is None

    monkeypatch.setattr(FormColumnsDialog, "run", answer)
    for _ in range(2):
        dialog = FormDialog(opened.context, 1, FormSource(path=path), opened)
        qtbot.addWidget(dialog)
        settle()
        assert dialog.preview is not None
        assert dialog.preview.counts[RowState.NEW] == 2
    assert len(asked) == 1


def test_a_reason_is_kept_and_offered_again(page, opened: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    row = page._rows[row_of(page, "1/05/3")]
    dialog = LineReasonDialog(opened.context, 1, Month(2026, 10), row, "", opened)
    qtbot.addWidget(dialog)
    dialog.reason.setPlainText("Жалға алушылардың берешегі")
    dialog.finish()
    settle()
    page.refresh()
    settle()
    assert cells(page, "1/05/3")[-1] == "Жалға алушылардың берешегі"
    again = LineReasonDialog(opened.context, 1, Month(2026, 9), row, "", opened)
    qtbot.addWidget(again)
    settle()
    assert again.earlier.itemText(0) == "Жалға алушылардың берешегі"


def test_every_figure_opens_into_its_documents(
    page, opened: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    dialog = BehindDialog(
        opened.context, 1, Month(2026, 10), page._rows[row_of(page, "12/1/124/013")], opened
    )
    qtbot.addWidget(dialog)
    settle()
    said = [str(dialog.model.index(row, 0).data()) for row in range(dialog.model.rowCount())]
    assert "XXXIV-212" in said[0]
    assert "XXXIX-241" in said[1]
    assert said[2].startswith("Форма 4-20")


def test_a_month_is_typed_in(page, opened: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    dialog = TypedFormDialog(opened.context, 1, Month(2026, 11), opened)
    qtbot.addWidget(dialog)
    settle()
    assert dialog.model.rowCount() > 10
    assert dialog.fault() is not None
    index = dialog.model.index(0, 2)
    assert not dialog.model.setData(index, "көп")
    assert dialog.problem.text()
    assert dialog.model.setData(index, "1 234,5")
    dialog.finish()
    settle()
    page._month = 11
    page.refresh()
    settle()
    assert cells(page, "")[4] in ("1 234,5", "—")
    assert page.months.itemText(10) == "ноябрь – только 4-20"


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(("action", "name"), [("export_expenses", "4-20"), ("export_receipts", "2-19")])
def test_a_month_goes_to_1c_and_comes_back_the_same(
    opened: MainWindow,
    settle: Settle,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    name: str,
) -> None:
    asked = []

    def ask(_context, _parent, _purpose, _title, suggested: str, _kind) -> Path:
        asked.append(suggested)
        return tmp_path / suggested

    monkeypatch.setattr("akimat_desk.ui.dialogs.files.ask_save", ask)
    opened.actions_[action].trigger()
    settle()
    assert asked == [f"{name}_2026-10.xlsx"]
    back = FormDialog(opened.context, 1, FormSource(path=tmp_path / asked[0]), opened)
    qtbot.addWidget(back)
    settle()
    assert back.preview is not None
    assert set(back.preview.counts) == {RowState.SAME}


def test_a_form_is_withdrawn_with_a_reason(page, opened: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    forms = page.shown.months[10]
    dialog = WithdrawDialog(opened.context, forms, opened)
    qtbot.addWidget(dialog)
    assert dialog.fault() is not None
    dialog.reason.setPlainText("Басқа айдың нысаны")
    dialog.finish()
    settle()
    page.refresh()
    settle()
    assert "только" in page.months.itemText(9)


def test_the_models_hold(page, qtmodeltester) -> None:
    assert isinstance(page.model, SharesModel)
    qtmodeltester.check(page.model)
    model = TypedFormModel(page.speech, page)
    qtmodeltester.check(model)
