"""A decision as a document, the unit as its papers name it, and what each page makes possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from akimat_desk.budget.views import DecisionSummary, DocumentState
from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from akimat_desk.ui.dialogs import document as document_dialogs
from akimat_desk.ui.dialogs import files as file_dialogs
from akimat_desk.ui.dialogs.document import DocumentDialog
from akimat_desk.ui.dialogs.reason import ReasonDialog
from akimat_desk.ui.dialogs.small import UnnamedDecision
from akimat_desk.ui.dialogs.unit_card import UnitCardDialog
from akimat_desk.ui.values import Holder, OpenedWorkspace
from akimat_desk.ui.widgets.basics import Button
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]
PAPER = "2026-2028_kk.html"


def store_draft(window: MainWindow, settle: Settle, tmp_path: Path, number: str, day: str) -> None:
    """Keep the example's decision under another number as a draft."""
    path = tmp_path / PAPER
    path.write_bytes(resource("example", PAPER).read_bytes())
    window.read_path(path)
    settle()
    assert window.reading is not None
    window.reading.number.setText(number)
    window.reading.date.setText(day)
    window.reading.draft_button.click()
    settle()
    assert window.page("budget").plan.is_draft


def details(window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> DocumentDialog:
    """The dialog as the action makes it, without waiting for a person."""
    made: list[DocumentDialog] = []

    def ask(context: object, shown: object, parent: QWidget) -> None:
        made.append(DocumentDialog(context, shown, parent))

    with monkeypatch.context() as patch:
        patch.setattr(DocumentDialog, "ask", ask)
        window.actions_["details"].trigger()
        settle()
    made[0].show()
    return made[0]


def card(window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> UnitCardDialog:
    made: list[UnitCardDialog] = []

    def ask(context: object, shown: object, parent: QWidget) -> None:
        made.append(UnitCardDialog(context, shown, parent))

    with monkeypatch.context() as patch:
        patch.setattr(UnitCardDialog, "ask", ask)
        window.actions_["unit"].trigger()
        settle()
    made[0].show()
    return made[0]


# -- a decision as a document ------------------------------------------------------------------------


def test_what_a_draft_lacks_is_filled_in(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_draft(opened, settle, tmp_path, "", "")
    dialog = details(opened, settle, monkeypatch)
    assert dialog.is_editable
    assert dialog.focusWidget() is dialog.number
    assert "черновик" in dialog.confirmed.text()
    for field, written in (
        (dialog.number, "XXXVII-7"),
        (dialog.date, "31.02.2026"),
        (dialog.session, "XXXVII сессия"),
        (dialog.effective, "01.01.2026"),
    ):
        field.setText(written)
    dialog.accept_button.click()
    assert "31.02.2026" in dialog.problem.text()
    assert not opened.context.database.busy
    dialog.date.setText("28.02.2026")
    dialog.accept_button.click()
    settle()
    assert isinstance(dialog.saved, DecisionSummary)
    assert (dialog.saved.number, dialog.saved.date) == ("XXXVII-7", dt.date(2026, 2, 28))
    again = details(opened, settle, monkeypatch)
    assert [field.text() for field in (again.number, again.date, again.session, again.effective)] == [
        "XXXVII-7", "28.02.2026", "XXXVII сессия", "01.01.2026",
    ]  # fmt: skip
    again.date.clear()
    again.accept_button.click()
    assert "28.02.2026" in again.problem.text()


def test_saved_details_are_shown_at_once(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_draft(opened, settle, tmp_path, "", "")
    page = opened.page("budget")
    assert "без номера и даты" in page._facts.whole

    def fill_in(dialog: DocumentDialog) -> bool:
        dialog.number.setText("XXXVII-7")
        dialog.finish()
        settle()
        return dialog.result() == dialog.DialogCode.Accepted

    monkeypatch.setattr(DocumentDialog, "run", fill_in)
    offers = [made for made in page.draft_bar.findChildren(QPushButton) if made.isVisible()]
    assert [made.text() for made in offers] == ["Подтвердить", "Править", "Удалить"]
    opened.actions_["details"].trigger()
    settle()
    assert "XXXVII-7" in page._facts.whole
    assert opened.notice.text == "Реквизиты документа сохранены."


def test_a_confirmed_decision_is_read_and_its_file_saved(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = details(opened, settle, monkeypatch)
    assert dialog.details.confirmed_at is not None
    assert dialog.confirmed.text().startswith(f"{dialog.details.confirmed_at.astimezone():%d.%m.%Y}")
    source = dialog.details.source
    assert source is not None
    target = tmp_path / "source.html"
    monkeypatch.setattr(document_dialogs, "ask_save", lambda *_: target)
    dialog.save_button.click()
    settle()
    assert target.read_bytes() == resource("example", source.name).read_bytes()
    assert str(target) in dialog.source.text()
    monkeypatch.setattr(document_dialogs, "ask_save", lambda *_: tmp_path / "nowhere" / "source.html")
    dialog.save_button.click()
    settle()
    assert "nowhere" in dialog.problem.text()
    opened.choose_language(Language.KK)
    assert dialog.windowTitle() == "Құжат туралы"
    dialog.accept_button.click()
    assert dialog.saved is None


def test_without_number_or_date_it_is_not_confirmed_unawares(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[UnnamedDecision] = []
    presses = ["reject_button", "reject_button", "accept_button"]

    def press(dialog: UnnamedDecision) -> bool:
        dialog.show()
        # Enter and Space fill the gaps: what cannot be taken back is not pressed by chance.
        assert dialog.fill_button.isDefault()
        assert dialog.focusWidget() is dialog.fill_button
        asked.append(dialog)
        getattr(dialog, presses[len(asked) - 1]).click()
        return dialog.result() == dialog.DialogCode.Accepted

    monkeypatch.setattr(UnnamedDecision, "run", press)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: "adopted so")
    path = tmp_path / "text.txt"
    path.write_text(
        "2027-2029 жылдарға арналған Жаңабұлақ ауылдық округінің бюджеті туралы\n"
        "1. 2027-2029 жылдарға арналған Жаңабұлақ ауылдық округінің бюджеті тиісінше 1, 2 және "
        "3-қосымшаларға сәйкес, оның ішінде 2027 жылға келесі көлемдерде бекітілсін:\n"
        "1) кірістер – 5 000 мың теңге;\n2) шығындар – 5 000 мың теңге.\n",
        "utf-8",
    )
    opened.read_path(path)
    settle()
    reading = opened.reading
    assert reading is not None
    assert "номер или дата" in reading.bar.text
    reading.confirm_button.click()
    assert len(asked) == 1
    assert opened.pages.currentWidget() is reading
    reading.draft_button.click()
    settle()
    page = opened.page("budget")
    opened.actions_["confirm"].trigger()
    settle()
    assert page.plan.is_draft
    opened.actions_["confirm"].trigger()
    settle()
    assert len(asked) == 3
    assert page.plan.decision.state is DocumentState.CONFIRMED


def test_the_gap_is_filled_from_the_question(
    opened: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_draft(opened, settle, tmp_path, "", "")
    shown: list[object] = []

    def fill(dialog: UnnamedDecision) -> bool:
        dialog.fill_button.click()
        return False

    monkeypatch.setattr(UnnamedDecision, "run", fill)
    monkeypatch.setattr(DocumentDialog, "ask", lambda _context, details, _parent: shown.append(details))
    opened.actions_["confirm"].trigger()
    settle()
    assert len(shown) == 1
    assert opened.page("budget").plan.is_draft


def test_a_confirmed_decisions_number_is_corrected_with_a_reason(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = details(opened, settle, monkeypatch)
    before = dialog.number.text()
    dialog.number.setText("XXXIX-242")
    dialog.accept_button.click()
    assert "почему исправляете" in dialog.problem.text()
    dialog.why.setText("опечатка в номере")
    dialog.accept_button.click()
    settle()
    assert dialog.saved is not None
    again = details(opened, settle, monkeypatch)
    assert again.number.text() == "XXXIX-242"
    assert before in again.corrected.text()
    assert "опечатка в номере" in again.corrected.text()
    again.accept_button.click()  # nothing was changed: it only closes
    assert again.saved is None


# -- the unit and who signs --------------------------------------------------------------------------


def test_names_and_a_new_accountant_reach_the_papers(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = card(opened, settle, monkeypatch)
    accountant = next(post for post in before.posts if post.position == "chief_accountant")
    former = accountant.person.text()
    assert former
    before.names["name"][1].setText("Жанабулакский новый округ")
    accountant.person.setText("Е. Жаңа")
    accountant.since.setText("01.03.2026")
    before.accept_button.click()
    settle()
    assert isinstance(before.saved, OpenedWorkspace)
    after = card(opened, settle, monkeypatch)
    assert after.card.name.ru == "Жанабулакский новый округ"
    assert after.card.holder("chief_accountant") == Holder("chief_accountant", "Е. Жаңа", dt.date(2026, 3, 1))
    assert after.card.holder("akim") == before.card.holder("akim")
    opened.show_page("reports")
    settle()
    reports = opened.page("reports")
    reports.choose("self_sufficiency")
    settle()
    assert "Е. Жаңа" in reports.preview.toPlainText()
    assert former not in reports.preview.toPlainText()


def test_a_card_that_cannot_be_kept_stays_open(
    opened: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = card(opened, settle, monkeypatch)
    akim = dialog.posts[0]
    named = akim.person.text()
    for spoil, mend, said in (
        (lambda: [f.clear() for f in dialog.names["name"]], lambda: dialog.names["name"][0].setText("Үлгі"),
         "хотя бы на одном языке"),
        (lambda: dialog.kato.setText("12"), lambda: dialog.kato.clear(), "9 цифр"),
        (lambda: akim.since.setText("вчера"), lambda: akim.since.clear(), "вчера"),
        (akim.person.clear, lambda: akim.person.setText(named), "Аким"),
    ):  # fmt: skip
        spoil()
        dialog.accept_button.click()
        assert said in dialog.problem.text()
        assert not opened.context.database.busy
        mend()
    # What only the service knows is said in the dialog too, and nothing written is lost.
    akim.since.setText("02.03.2026")
    akim.until.setText("01.03.2026")
    dialog.accept_button.click()
    settle()
    assert dialog.isVisible()
    assert dialog.buttons.isEnabled()
    assert dialog.problem.text()
    akim.until.clear()
    dialog.accept_button.click()
    settle()
    assert isinstance(dialog.saved, OpenedWorkspace)


def test_in_a_file_opened_for_reading_nothing_can_be_typed(
    window: MainWindow, example: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.workspaces._open(example, read_only=True)
    settle()
    window.show_page("budget")
    settle()
    for dialog in (card(window, settle, monkeypatch), details(window, settle, monkeypatch)):
        assert all(field.isReadOnly() for field in dialog.findChildren(QLineEdit))
        dialog.accept_button.click()
        assert dialog.saved is None


# -- what each page makes possible -------------------------------------------------------------------


def test_actions_follow_the_page_in_front(opened: MainWindow, settle: Settle, tmp_path: Path) -> None:
    def possible() -> list[str]:
        names = ("details", "confirm", "save_pdf", "save_docx", "print")
        return [name for name in names if opened.actions_[name].isEnabled()]

    assert possible() == ["details"]
    store_draft(opened, settle, tmp_path, "7", "01.02.2026")
    assert possible() == ["details", "confirm"]
    opened.show_page("reports")
    settle()
    assert possible() == ["save_pdf", "save_docx", "print"]
    opened.show_page("ratio")
    settle()
    assert possible() == ["save_pdf", "save_docx", "print"]
    opened.show_page("places")
    settle()
    assert possible() == []
    # Back again without any change: as possible as before.
    opened.show_page("reports")
    settle()
    assert possible() == ["save_pdf", "save_docx", "print"]
    opened.show_page("budget")
    settle()
    assert possible() == ["details", "confirm"]


def test_enter_presses_a_button(window: MainWindow) -> None:
    pressed: list[bool] = []
    made = Button("x", window)
    made.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Enter)
    QTest.keyClick(made, Qt.Key.Key_Space)
    QTest.keyClick(made, Qt.Key.Key_A)
    assert len(pressed) == 3


def test_a_first_window_and_its_frame_fit_the_screen(window: MainWindow) -> None:
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.context.settings.set_blob("window", window.saveGeometry().__class__())
    window._restore_geometry()
    room = window.screen().availableGeometry()
    assert window.isMaximized() == (room.width() < 1340 or room.height() < 860)


def test_good_news_goes_when_one_goes_on(opened: MainWindow, settle: Settle) -> None:
    from akimat_desk.core.strings import Message

    opened.say("good", Message("ui.notice.confirmed"))
    assert opened.notice.isVisible()
    opened.actions_["page_ratio"].trigger()
    assert opened.notice.isHidden()
    opened.say("error", Message("ui.notice.no_units"))
    opened.actions_["page_budget"].trigger()
    settle()
    assert opened.notice.isVisible()


@pytest.mark.parametrize("language", list(Language))
def test_no_two_entries_of_a_menu_share_a_letter(window: MainWindow, language: Language) -> None:
    window.choose_language(language)
    menus = [window.menuBar().actions(), *(menu.actions() for menu in window.menus.menus())]
    for entries in menus:
        texts = [entry.text() for entry in entries if "&" in entry.text()]
        letters = [text[text.index("&") + 1].casefold() for text in texts]
        assert len(set(letters)) == len(letters), texts


def test_a_name_without_its_ending_never_overwrites_unasked(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "report.pdf"
    there.touch()
    answers = [str(tmp_path / "report"), str(tmp_path / "other.pdf")]
    suggested: list[str] = []

    def choose(_parent: QWidget, _title: str, path: str, _kinds: str, **_options: object) -> tuple[str, str]:
        suggested.append(path)
        return answers[len(suggested) - 1], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    path = file_dialogs.ask_save(window.context, window, "report", "title", "a.pdf", "PDF")
    assert path == tmp_path / "other.pdf"
    assert suggested[1] == str(there)


def test_whatever_stores_something_the_window_shows_it(opened: MainWindow, settle: Settle) -> None:
    """No page has to be told by the dialog that stored: the workspace says what changed."""
    context = opened.context
    assert context.overview is not None
    decision = context.overview.decisions[0]
    count = len(context.overview.decisions)

    def store(_task: object) -> None:
        from akimat_desk.budget.decisions.commands import store_decision
        from akimat_desk.budget.reading.files import read_decision_file
        from akimat_desk.storage.changes import DEFAULT_ACTOR

        file = read_decision_file(resource("example", PAPER))
        file.decision.number = "1"
        pair = (file.decision.units[0], decision.unit_id)
        store_decision(context.desk._open(), DEFAULT_ACTOR, file.decision, [pair])

    context.database.start(store)
    settle()
    settle()
    assert context.overview is not None
    assert len(context.overview.decisions) == count + 1
