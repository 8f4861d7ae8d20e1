"""Short dialogs: a question, a day, a text to paste, what the program is."""

from __future__ import annotations

import datetime as dt
import platform
import sys

from PySide6.QtCore import QDate, QMimeData, Slot
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from akimat_desk import __version__
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import Drawing, button, label


class Question(Dialog):
    """A yes or no, with the answers named for what they do."""

    def __init__(
        self, context: Context, title: str, message: Message, yes: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._title, self._message, self._yes = title, message, yes
        self.words.setProperty("role", "")
        self.setMinimumWidth(460)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, title: str, message: Message, yes: str, parent: QWidget | None) -> bool:
        """Whether the person agreed; ``title`` and ``yes`` are catalogue keys."""
        return cls(context, title, message, yes, parent).run()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech(self._title))
        self.words.setText(self._message.text(self.speech.language))
        self.accept_button.setText(self.speech(self._yes))


class CarefulQuestion(Question):
    """A question whose yes cannot be taken back: Enter and Space answer no until the person turns to yes."""

    def __init__(
        self, context: Context, title: str, message: Message, yes: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, title, message, yes, parent)
        prefer(self.reject_button, self.accept_button)


class UnnamedDecision(CarefulQuestion):
    """A decision is to be confirmed without its number or date: fill them in, or confirm it so."""

    def __init__(self, context: Context, message: Message, parent: QWidget | None = None) -> None:
        self.fill_button = button("primary")
        super().__init__(context, "ui.draft.confirm", message, "ui.reading.confirm_unnamed", parent)
        self._answer = ""
        self.buttons.addButton(self.fill_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.fill_button.clicked.connect(self._fill)
        prefer(self.fill_button, self.accept_button, self.reject_button)

    @classmethod
    def answer(cls, context: Context, message: Message, parent: QWidget | None) -> str:
        """What the person wants: "fill", "confirm", or "" to leave it."""
        dialog = cls(context, message, parent)
        return "confirm" if dialog.run() else dialog._answer

    @Slot()
    def _fill(self) -> None:
        self._answer = "fill"
        self.reject()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.fill_button.setText(self.speech("ui.reading.fill_in"))


def prefer(wanted: QPushButton, *others: QPushButton) -> None:
    """Have Enter and Space press this button, and let it look like that."""
    for each in (wanted, *others):
        each.setProperty("role", "primary" if each is wanted else "plain")
        each.setAutoDefault(each is wanted)
        each.style().unpolish(each)  # the role is another one: dressed anew
        each.style().polish(each)
    wanted.setDefault(True)
    wanted.setFocus()


class ProblemDialog(Question):
    """Says a problem that a bar cannot carry, because nothing else is open."""

    def __init__(self, context: Context, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(context, "ui.problem.title", message, "ui.understood", parent)
        self.reject_button.hide()

    @classmethod
    def tell(cls, context: Context, message: Message, parent: QWidget | None) -> None:
        """Say it and wait until it was read."""
        cls(context, message, parent).run()


class DayDialog(Dialog):
    """A day: the budget as of then."""

    def __init__(self, context: Context, day: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.calendar = QCalendarWidget(self)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        # Six weeks, their head and the month above: the style asks for too little.
        self.calendar.setMinimumHeight(self.fontMetrics().height() * 16)
        self.content.addWidget(self.calendar)
        self.setMinimumWidth(420)
        self.retranslate()

    @classmethod
    def ask(cls, context: Context, day: dt.date, parent: QWidget | None) -> dt.date | None:
        """The day; None when called off."""
        dialog = cls(context, day, parent)
        return dialog.day() if dialog.run() else None

    def day(self) -> dt.date:
        """The day chosen."""
        chosen = self.calendar.selectedDate()
        return dt.date(chosen.year(), chosen.month(), chosen.day())

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.day.title"))
        self.words.setText(self.speech("ui.day.words"))
        self.accept_button.setText(self.speech("ui.day.show"))
        self.calendar.setLocale(self.locale())
        self.calendar.setAccessibleName(self.speech("ui.day.title"))


class _PasteBox(QPlainTextEdit):
    """Takes a web page's or a document's tables as they are, not only their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rich = ""

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasHtml() and "<table" in source.html().lower() and not self.toPlainText().strip():
            self.rich = source.html()
        super().insertFromMimeData(source)

    def text(self) -> str:
        """The page's source where one was pasted with tables in it, else what stands in the box."""
        return self.rich or self.toPlainText()


class PasteDialog(Dialog):
    """A box to paste a decision's text into."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.box = _PasteBox(self)
        self.box.setTabChangesFocus(True)
        self.box.textChanged.connect(self._edited)
        self.content.addWidget(self.box)
        self.setMinimumSize(760, 480)
        self.retranslate()
        self.box.setFocus()

    @classmethod
    def ask(cls, context: Context, parent: QWidget | None) -> str | None:
        """The text; None when called off."""
        dialog = cls(context, parent)
        return dialog.box.text() if dialog.run() else None

    @Slot()
    def _edited(self) -> None:
        if not self.box.toPlainText().strip():
            self.box.rich = ""

    def fault(self) -> str | None:
        return None if self.box.text().strip() else self.speech("ui.paste.empty")

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.paste.title"))
        self.words.setText(self.speech("ui.paste.words"))
        self.box.setAccessibleName(self.speech("ui.paste.title"))
        self.accept_button.setText(self.speech("ui.paste.read"))


def versions() -> list[str]:
    """What is running, for the About box and a fault's report."""
    import PySide6

    return [
        f"Akimat Desk {__version__}",
        f"Python {platform.python_version()}",
        f"Qt for Python {PySide6.__version__}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "frozen" if getattr(sys, "frozen", False) else "source",
    ]


class AboutDialog(Dialog):
    """What the program is and which versions run."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        sign = Drawing("application", 64, parent=self)
        self._title = label("title")
        self._versions = label("quiet", wrap=True, selectable=True)
        self._data = label("quiet", wrap=True, selectable=True)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(sign)
        head.addWidget(self._title, 1)
        self.content.addLayout(head)
        self.content.addWidget(self._versions)
        self.content.addWidget(self._data)
        self.reject_button.hide()
        self.setMinimumWidth(480)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(self.speech("ui.about.title"))
        self._title.setText(self.speech("app.name"))
        self.words.setText(self.speech("ui.about.words"))
        self._versions.setText("\n".join(versions()[:-1]))
        self._data.setText(self._editions())
        self.accept_button.setText(self.speech("ui.close"))

    def _editions(self) -> str:
        """The data's edition; each part by name where an update brought some of them."""
        from akimat_desk.updates.editions import editions

        found = editions()
        lines = [self.speech("ui.about.data", edition=found.data)]
        if len(set(found.parts.values())) > 1:
            lines += [
                self.speech("update.editions.part", part=self.speech(f"update.part.{part}"), edition=edition)
                for part, edition in found.parts.items()
            ]
        return "\n".join(lines)
