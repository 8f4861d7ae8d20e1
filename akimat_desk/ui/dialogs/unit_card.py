"""A unit as its papers name it, and who signs them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Trilingual
from akimat_desk.places.bin import checked_bin
from akimat_desk.places.kinds import Position, UnitKind
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.dialogs.unit import KATO_DIGITS
from akimat_desk.ui.formats import day_written, read_day
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.values import Holder, UnitCard
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work

NAMES = ("name", "raion", "oblast", "maslikhat")
_AROUND = 220  # of the screen: what stands above and below the fields, the frame, a task bar


class PostRow:
    """The fields of one post: person, first and last day."""

    def __init__(self, position: Position, holder: Holder | None, parent: QWidget) -> None:
        self.position = position
        self.title = label()
        self.person, self.since, self.until = (QLineEdit(parent) for _ in range(3))
        self.person.setMaxLength(200)
        self.title.setBuddy(self.person)
        for field in (self.since, self.until):
            field.setMaximumWidth(130)
        self.before = holder
        if holder is not None:
            self.person.setText(holder.person)
            self.since.setText(day_written(holder.since))
            self.until.setText(day_written(holder.until))

    @property
    def fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        """Person, first and last day."""
        return self.person, self.since, self.until

    def holder(self) -> Holder | None:
        """What is filled in; None where nobody is named. Raises ValueError where a day is no day."""
        since, until = read_day(self.since.text()), read_day(self.until.text())
        person = self.person.text().strip()
        return Holder(self.position.value, person, since, until) if person else None


class UnitCardDialog(SavingDialog):
    """Names in both languages above, posts below; everything scrolls on a small screen."""

    def __init__(self, context: Context, card: UnitCard, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.card = card
        self.is_editable = context.workspace is None or not context.workspace.read_only
        self.kind = QComboBox(self)
        for kind in UnitKind:
            self.kind.addItem("", kind.value)
        self.kind.setCurrentIndex(self.kind.findData(card.kind))
        self.kato = QLineEdit(card.kato, self)
        self.kato.setMaxLength(KATO_DIGITS)
        self.bin = QLineEdit(card.bin, self)
        self.names: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        for name in NAMES:
            said: Trilingual = getattr(card, name)
            self.names[name] = (QLineEdit(said.kk, self), QLineEdit(said.ru, self))
        self.posts = [PostRow(position, card.holder(position.value), self) for position in Position]
        self._labels: dict[str, QLabel] = {}
        self._arrange()
        self.setMinimumWidth(760)
        self.retranslate()
        room = self.screen().availableSize().height() - _AROUND
        self._around.setMinimumHeight(min(self._inner.heightForWidth(700) + SPACE, room))
        self.names["name"][0].setFocus()

    def _label(self, name: str, role: str = "quiet") -> QLabel:
        made = self._labels[name] = label(role)
        return made

    def _arrange(self) -> None:
        inner = QWidget(self)
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._label("kk"), 0, 1)
        grid.addWidget(self._label("ru"), 0, 2)
        for row, (name, fields) in enumerate(self.names.items(), 1):
            made = self._label(name)
            made.setBuddy(fields[0])
            grid.addWidget(made, row, 0)
            for column, field in enumerate(fields, 1):
                field.setMaxLength(200)
                grid.addWidget(field, row, column)
        below = len(NAMES) + 1
        grid.addWidget(self._label("kind"), below, 0)
        grid.addWidget(self.kind, below, 1)
        grid.addWidget(self._label("kato"), below + 1, 0)
        grid.addWidget(self.kato, below + 1, 1)
        grid.addWidget(self._label("bin"), below + 2, 0)
        grid.addWidget(self.bin, below + 2, 1)
        signing = QGridLayout()
        signing.setSpacing(SPACE)
        signing.setColumnStretch(1, 1)
        for column, name in enumerate(("person", "since", "until"), 1):
            signing.addWidget(self._label(name), 0, column)
        for row, post in enumerate(self.posts, 1):
            for column, part in enumerate((post.title, *post.fields)):
                signing.addWidget(part, row, column)
        self._posts_words = label("quiet", wrap=True)
        down = QVBoxLayout(inner)
        down.setContentsMargins(0, 0, SPACE, 0)
        down.setSpacing(SPACE)
        down.addLayout(grid)
        down.addSpacing(SPACE)
        down.addWidget(self._label("posts", "subtitle"))
        down.addWidget(self._posts_words)
        down.addLayout(signing)
        down.addStretch(1)
        self._inner, self._around = inner, QScrollArea(self)
        around = self._around
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setWidgetResizable(True)
        around.setWidget(inner)
        self.content.addWidget(around)
        for field in (self.kato, self.bin, *(f for pair in self.names.values() for f in pair),
                      *(f for post in self.posts for f in post.fields)):  # fmt: skip
            field.setReadOnly(not self.is_editable)
        self.kind.setEnabled(self.is_editable)
        self.reject_button.setVisible(self.is_editable)

    @classmethod
    def ask(cls, context: Context, card: UnitCard, parent: QWidget | None) -> object:
        """The workspace with its units after a change; None when nothing was changed."""
        dialog = cls(context, card, parent)
        return dialog.saved if dialog.run() else None

    # -- storing ------------------------------------------------------------------------------

    @Slot()
    def finish(self) -> None:
        if self.is_editable:
            super().finish()
        else:
            self.accept()

    def fault(self) -> str | None:
        if not any(field.text().strip() for field in self.names["name"]):
            self.names["name"][0].setFocus()
            return self.speech("ui.unit.name_needed")
        kato = self.kato.text().strip()
        if kato and (len(kato) != KATO_DIGITS or not kato.isdecimal()):
            self.kato.setFocus()
            return self.speech("ui.unit.kato_wrong")
        try:
            checked_bin(self.bin.text())
        except UsageProblem as refusal:
            self.bin.setFocus()
            return refusal.message.text(self.speech.language)
        return next((fault for fault in map(self._post_fault, self.posts) if fault), None)

    def _post_fault(self, post: PostRow) -> str | None:
        for field in (post.since, post.until):
            try:
                read_day(field.text())
            except ValueError:
                field.setFocus()
                return self.speech("ui.date.wrong", written=field.text().strip())
        if post.holder() is None and (post.before or post.since.text() or post.until.text()):
            post.person.setFocus()
            return self.speech("ui.card.person_needed", post=post.title.text())
        return None

    def filled_in(self) -> UnitCard:
        """The card as it stands in the fields."""
        named = {
            name: Trilingual(kk=kk.text().strip(), ru=ru.text().strip())
            for name, (kk, ru) in self.names.items()
        }
        holders = tuple(holder for post in self.posts if (holder := post.holder()) is not None)
        return UnitCard(
            self.card.id,
            self.kind.currentData(),
            self.kato.text().strip(),
            **named,
            holders=holders,
            bin=checked_bin(self.bin.text()),
        )

    def work(self) -> Work:
        desk, card = self.context.desk, self.filled_in()
        return lambda _task: desk.save_unit_card(card)

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.card.title"))
        self.words.setText(speech("ui.card.words"))
        self._posts_words.setText(speech("ui.card.posts.words"))
        for name, made in self._labels.items():
            made.setText(speech(f"ui.unit.{name}" if name in ("kind", "kato") else f"ui.card.{name}"))
        for row in range(self.kind.count()):
            self.kind.setItemText(row, speech(f"ui.unit.kind.{self.kind.itemData(row)}"))
        self.kato.setPlaceholderText(speech("ui.unit.kato.later"))
        self.bin.setAccessibleName(speech("ui.card.bin"))
        self.names["maslikhat"][0].setPlaceholderText(speech("ui.card.maslikhat.shape_kk"))
        self.names["maslikhat"][1].setPlaceholderText(speech("ui.card.maslikhat.shape_ru"))
        for name, (kk, ru) in self.names.items():
            kk.setAccessibleName(f"{speech(f'ui.card.{name}')}, {speech('ui.card.kk')}")
            ru.setAccessibleName(f"{speech(f'ui.card.{name}')}, {speech('ui.card.ru')}")
        for post in self.posts:
            post.title.setText(speech(f"places.position.{post.position.value}"))
            post.person.setPlaceholderText(speech("ui.card.person.shape"))
            for field, key in zip(post.fields, ("person", "since", "until"), strict=True):
                field.setAccessibleName(f"{post.title.text()}, {speech(f'ui.card.{key}')}")
            for field in (post.since, post.until):
                field.setPlaceholderText(speech("ui.date.shape"))
        self.accept_button.setText(speech("ui.save" if self.is_editable else "ui.close"))
