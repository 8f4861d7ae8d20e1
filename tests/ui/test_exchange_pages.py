"""Send and Receive by keyboard: a package written at the okrug, taken in and accepted at the raion."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import keyring
import pytest
from keyring.backends.null import Keyring as NullKeyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from akimat_desk.core.language import Trilingual
from akimat_desk.exchange.keys import key_path, office_key
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.sending import write_package
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.ui.dialogs.passphrase import PassphraseDialog
from akimat_desk.ui.models.rows import RowText
from akimat_desk.ui.pages.receive import ReceivePage
from akimat_desk.ui.pages.send import SendPage
from akimat_desk.ui.pages.totals import HeatModel, TotalsPage
from akimat_desk.ui.theme import LIGHT
from akimat_desk.ui.window import MainWindow

KATO, RAION = "990140000", "990100000"
PHRASE = "secret words"
Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys of the test alone, and a keyring that keeps nothing instead of the machine's."""
    folder = tmp_path / "keys"
    monkeypatch.setattr("akimat_desk.exchange.keys.keys_folder", lambda: folder)
    before = keyring.get_keyring()
    keyring.set_keyring(NullKeyring())
    yield
    keyring.set_keyring(before)


def saves_to(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Saving dialogs answer with the name that is proposed, in ``folder``."""
    folder.mkdir(exist_ok=True)

    def answer(_context: object, _parent: object, _purpose: str, _title: str, name: str, _kind: str) -> Path:
        return folder / name

    for page in ("send", "receive"):
        monkeypatch.setattr(f"akimat_desk.ui.pages.{page}.ask_save", answer)
    monkeypatch.setattr("akimat_desk.ui.form_saver.ask_save", answer)


def types_phrase(monkeypatch: pytest.MonkeyPatch, *phrases: str) -> list[str]:
    """Whoever is asked for a phrase types these in turn, twice where it is chosen, and presses Enter."""
    left, said = list(phrases), []

    def run(dialog: PassphraseDialog) -> bool:
        while True:
            dialog.phrase.clear()
            dialog.again.clear()
            phrase = left.pop(0)
            QTest.keyClicks(dialog.phrase, phrase)
            if dialog.again.isVisibleTo(dialog):
                QTest.keyClicks(dialog.again, phrase)
            QTest.keyClick(dialog.phrase, Qt.Key.Key_Return)
            dialog.finish() if dialog.saved is None and dialog._job is None else None
            while dialog._job is not None:
                QApplication.processEvents()
            if dialog.saved is not None:
                return True
            said.append(dialog.problem.text())

    monkeypatch.setattr(PassphraseDialog, "run", run)
    return said


@pytest.fixture
def send(window: MainWindow, example: Path, settle: Settle) -> SendPage:
    window.open_path(example)
    settle()
    window.context.choose_year(2026)
    settle()
    window.show_page("send")
    settle()
    page = window.page("send")
    assert isinstance(page, SendPage)
    return page


@pytest.fixture
def raion_file(tmp_path: Path) -> Path:
    path = tmp_path / "raion.akimat"
    with Workspace.create(path) as workspace:
        name = Trilingual("Үлгі ауданы", "Улгинский район")
        create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.RAION, name=name, kato=RAION)
    return path


@pytest.fixture
def packed(tmp_path: Path, example_file: Path) -> Path:
    """The okrug's package of March."""
    path = tmp_path / "sender.akimat"
    shutil.copy(example_file, path)
    key = office_key(KATO, PHRASE, tmp_path / "sender keys")
    with Workspace.open(path) as workspace:
        made = write_package(workspace, DEFAULT_ACTOR, 1, Period(2026, 3), key)
    target = tmp_path / "03.akpack"
    target.write_bytes(made.data)
    return target


def test_what_is_sent_is_seen_before(send: SendPage, qtmodeltester: ModelTester) -> None:
    kinds = [send.contents.index(row, 0).data() for row in range(send.contents.rowCount())]
    assert kinds == [
        "Бюджет", "План финансирования", "Корректировки", "Исполнение", "Собрания", "Самообеспеченность",
    ]  # fmt: skip
    assert send.changes.index(0, 1).data() == "За этот период пакета еще не было."
    assert send.to.currentData() == RAION
    for model in (send.contents, send.changes, send.sent):
        qtmodeltester.check(model)


def test_a_package_is_written_and_written_again(
    send: SendPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves_to(monkeypatch, tmp_path / "out")
    said = types_phrase(monkeypatch, "short", PHRASE, "wrong words", PHRASE)
    send.actions_["package_write"].trigger()
    settle()
    assert len(said) == 1  # a phrase too short is said in the dialog
    (made,) = (tmp_path / "out").iterdir()
    first = made.read_bytes()
    assert key_path(KATO).exists()
    assert send.sent.rowCount() == 1
    assert send.changes.index(0, 1).data() == "После прошлого пакета ни одна цифра не изменилась."
    send.actions_["package_write"].trigger()
    settle()
    assert len(said) == 2  # and a wrong one
    assert "Ничего не изменилось" in send.bar.text
    assert made.read_bytes() == first
    made.unlink()
    send.sent_table.setFocus()
    send.sent_table.setCurrentIndex(send.sent.index(0, 0))
    send.sent_table.activated.emit(send.sent.index(0, 0))
    settle()
    assert made.read_bytes() == first


def test_the_keys_page_and_a_change_of_key(
    send: SendPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves_to(monkeypatch, tmp_path / "out")
    types_phrase(monkeypatch, PHRASE, PHRASE, "other words")
    send.actions_["package_key"].trigger()
    settle()
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".pdf"]
    before = office_key(KATO, PHRASE).public
    send.actions_["package_key_change"].trigger()
    settle()
    assert office_key(KATO, "other words").public != before
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".akkey"}


@pytest.fixture
def receive(window: MainWindow, raion_file: Path, settle: Settle) -> ReceivePage:
    window.open_path(raion_file)
    settle()
    window.show_page("receive")
    settle()
    page = window.page("receive")
    assert isinstance(page, ReceivePage)
    return page


def test_taken_in_accepted_and_answered(
    receive: ReceivePage,
    packed: Path,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtmodeltester: ModelTester,
) -> None:
    saves_to(monkeypatch, tmp_path / "out")
    types_phrase(monkeypatch, PHRASE)
    bad = tmp_path / "bad.akpack"
    bad.write_bytes(packed.read_bytes()[:-30])
    monkeypatch.setattr("akimat_desk.ui.pages.receive.ask_packages", lambda *_: [bad, packed])
    receive.actions_["package_receive"].trigger()
    settle()
    assert receive.outcomes.rowCount() == 2
    assert "поврежден" in receive.outcomes.index(0, 1).data()
    assert receive.outcomes.index(1, 1).data() == "проверен"
    assert receive.board.rowCount() == 1
    assert receive.board.index(0, 4).data() == "+"  # March
    assert receive.board.index(0, 5).data() == "–"
    monkeypatch.setattr("akimat_desk.ui.pages.receive.ask_folder", lambda *_: tmp_path / "back")
    receive.bar.acted.emit("ui.receive.save_refusals")
    settle()
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["bad.refused.txt"]
    receive.packages_table.setFocus()
    receive.packages_table.setCurrentIndex(receive.packages.index(0, 0))
    receive.actions_["package_accept"].trigger()
    settle()
    assert receive.board.index(0, 4).data() == "++"
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".akreceipt"]
    assert receive.steps.rowCount() == 2
    for model in (receive.board, receive.packages, receive.steps, receive.outcomes, receive.changes):
        qtmodeltester.check(model)


def test_the_inbox_offers_what_is_new(
    receive: ReceivePage, packed: Path, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(packed, inbox)
    monkeypatch.setattr("akimat_desk.ui.pages.receive.ask_folder", lambda *_: inbox)
    receive.actions_["package_inbox"].trigger()
    settle()
    assert "1 новый пакет" in receive.inbox_bar.text
    assert receive.watcher.directories() == [str(inbox)]
    receive.inbox_bar.acted.emit("ui.receive.take_waiting")
    settle()
    assert receive.inbox_bar.isHidden()
    assert receive.packages.rowCount() == 1


def test_the_letter_to_the_late(
    receive: ReceivePage, packed: Path, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves_to(monkeypatch, tmp_path / "out")
    receive.take_in([packed])
    settle()
    receive.board_table.setCurrentIndex(receive.board.index(0, 5))  # April: nothing came
    receive.actions_["package_late"].trigger()
    settle()
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".docx"]


def test_totals_of_a_month(
    receive: ReceivePage, packed: Path, settle: Settle, qtmodeltester: ModelTester, window: MainWindow
) -> None:
    receive.take_in([packed])
    settle()
    window.show_page("totals")
    settle()
    page = window.page("totals")
    assert isinstance(page, TotalsPage)
    assert page.period == Period(2026, 3)
    assert page.units.rowCount() == 2  # the unit and the total
    assert page.units.index(0, 1).data() == "Жанабулакский сельский округ"
    assert page.units.index(0, 3).data() == page.units.index(1, 3).data() != ""
    assert "отношение сумм" in page.said.text()
    assert page.meetings.rowCount() >= 1
    for model in (page.units, page.lines, page.meetings, page.reading):
        qtmodeltester.check(model)
    page.month.setCurrentIndex(page.month.findData(7))
    page.month.activated.emit(6)
    settle()
    assert "не доходят" in page.said.text()
    page.month.setCurrentIndex(page.month.findData(3))
    page.month.activated.emit(2)
    settle()
    page.units_table.activated.emit(page.units.index(0, 0))
    settle()
    assert window.context.unit is not None
    assert window.context.unit.kato == KATO


def test_thirds_are_shaded() -> None:
    model = HeatModel()
    model.show_rows(["a", "b", "c"], [RowText(("x", "y", str(number))) for number in range(3)])
    model.show_heat({(row, 2): Decimal(row) for row in range(3)})
    shades = [model.data(model.index(row, 2), Qt.ItemDataRole.BackgroundRole).name() for row in range(3)]
    assert shades == [LIGHT.error_soft, LIGHT.warning_soft, LIGHT.good_soft]
