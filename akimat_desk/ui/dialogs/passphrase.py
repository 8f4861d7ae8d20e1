"""The pass phrase of the office's key: chosen twice at first use, asked for afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from akimat_desk.exchange.keys import SHORTEST_PASSPHRASE, OfficeKey, key_path
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.exchange import ExchangeDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work

#: Opens or makes a key under a phrase: the unit's code and the phrase in, what was made out.
Opens = Callable[[str, str], object]


class PassphraseDialog(SavingDialog):
    """Opens the key while it stays on the screen, so that a wrong phrase is said here.

    ``first`` chooses a phrase; ``opens`` is done with it (by default the office's key is opened or made).
    """

    def __init__(
        self,
        context: Context,
        kato: str,
        first: bool,
        keeps: bool,
        parent: QWidget | None,
        opens: Opens | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._kato, self._first = kato, first
        self._opens = opens or context.desk.area(ExchangeDesk).key
        self.phrase, self.again = QLineEdit(self), QLineEdit(self)
        for field in (self.phrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMinimumWidth(280)
        self.keep = QCheckBox(self)
        self.keep.setVisible(keeps)
        self._labels = (label(), label())
        form = QFormLayout()
        for made, field in zip(self._labels, (self.phrase, self.again), strict=True):
            form.addRow(made, field)
            made.setBuddy(field)
        self.again.setVisible(first)
        self._labels[1].setVisible(first)
        self.content.addLayout(form)
        self.content.addWidget(self.keep)
        self.setMinimumWidth(520)
        self.retranslate()
        self.phrase.setFocus()

    def fault(self) -> str | None:
        if len(self.phrase.text()) < SHORTEST_PASSPHRASE and self._first:
            return self.speech("error.exchange.passphrase_short", least=SHORTEST_PASSPHRASE)
        if self._first and self.phrase.text() != self.again.text():
            return self.speech("ui.passphrase.differ")
        return None if self.phrase.text() else self.speech("ui.passphrase.needed")

    def work(self) -> Work:
        opens, kato, phrase = self._opens, self._kato, self.phrase.text()
        keep = self.keep.isVisibleTo(self) and self.keep.isChecked()

        def opened(_task: object) -> object:
            from akimat_desk.exchange.phrases import forget_phrase, keep_phrase

            key = opens(kato, phrase)
            if keep:
                keep_phrase(kato, phrase)
            elif self._first:
                forget_phrase(kato)  # that of another key
            return key

        return opened

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, way = self.speech, "first" if self._first else "asked"
        self.setWindowTitle(speech(f"ui.passphrase.{way}.title"))
        self.words.setText(speech(f"ui.passphrase.{way}.words", least=SHORTEST_PASSPHRASE))
        self._labels[0].setText(speech("ui.passphrase.phrase"))
        self._labels[1].setText(speech("ui.passphrase.again"))
        self.keep.setText(speech("ui.passphrase.keep"))
        self.accept_button.setText(speech(f"ui.passphrase.{way}.do"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before anybody is asked."""

    key: OfficeKey | None
    exists: bool
    keeps: bool


class KeyOpener(QObject):
    """Opens an office's key: from the system's keyring, else by asking for the phrase."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._kato = ""
        self._done: Callable[[OfficeKey], None] | None = None

    def open(self, kato: str, done: Callable[[OfficeKey], None]) -> None:
        """Give the key of ``kato`` to ``done``; nothing happens when the person calls it off."""
        self._kato, self._done = kato, done
        self._context.with_files(lambda _task: _known(kato), self._go_on, "ui.work.key")

    @Slot(object)
    def _go_on(self, known: _Known) -> None:
        done = self._done
        if done is None:
            return
        if known.key is not None:
            done(known.key)
            return
        dialog = PassphraseDialog(self._context, self._kato, not known.exists, known.keeps, self._page)
        if dialog.run() and isinstance(dialog.saved, OfficeKey):
            done(dialog.saved)


def _known(kato: str) -> _Known:
    from akimat_desk.core.errors import AkimatError
    from akimat_desk.exchange.keys import office_key
    from akimat_desk.exchange.phrases import forget_phrase, has_keyring, kept_phrase

    exists, keeps = key_path(kato).exists(), has_keyring()
    phrase = kept_phrase(kato) if exists and keeps else None
    if phrase is None:
        return _Known(None, exists, keeps)
    try:
        return _Known(office_key(kato, phrase), exists, keeps)
    except AkimatError:  # the phrase was changed elsewhere: ask
        forget_phrase(kato)
        return _Known(None, exists, keeps)
