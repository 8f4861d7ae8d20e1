"""The first start: language, what to begin with, and for a new okrug who it is. Three questions at most."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from akimat_desk.core.language import Language
from akimat_desk.ui.actions import Actions, language_action
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.files import free_name
from akimat_desk.ui.dialogs.unit import UnitForm
from akimat_desk.ui.pages.start import Choice
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.values import NewUnit
from akimat_desk.ui.widgets.basics import Button, Drawing, button, label

#: The first question is asked in each language by itself.
_ASKED = {
    Language.KK: ("Қазақша", "Қай тілде жұмыс істейміз?"),
    Language.RU: ("Русский", "На каком языке будем работать?"),
    Language.EN: ("English", "Which language shall we use?"),
}
_CHOICES = ("new", "read", "open", "example")
_PROMISES = ("read", "confirm", "reports", "backup")  # icons, with what the program does


class FirstPage(QWidget):
    """Steps at the right, what the program is at the left. Enter chooses, Esc goes back."""

    #: A new workspace is wanted: path and unit.
    made = Signal(object, object)
    #: Something was chosen: the first start is over.
    over = Signal()

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._speech = context.speech
        self.steps = QStackedWidget(self)
        self.languages = LanguageStep(context, self)
        self.beginning = BeginningStep(context, actions, self)
        self.okrug = OkrugStep(context, self)
        for step in (self.languages, self.beginning, self.okrug):
            area = QScrollArea(self)
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(step)
            self.steps.addWidget(area)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Welcome(context, self), 2)
        row.addWidget(self.steps, 5)
        self.languages.chosen.connect(self._language_chosen)
        for choice in self.beginning.choices:
            choice.clicked.connect(self._begun)
        self.beginning.back.clicked.connect(self.go_back)
        self.okrug.back.clicked.connect(self.go_back)
        self.okrug.make.clicked.connect(self._make)
        self._speech.changed.connect(self.retranslate)
        self.retranslate()

    def enter(self) -> None:
        """Begin with the first question."""
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Show a question, counted from 0."""
        self.steps.setCurrentIndex(step)
        first = (self.languages.first(), self.beginning.choices[0], self.okrug.form.name_kk)[step]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _language_chosen(self, language: str) -> None:
        self._actions[language_action(Language(language))].trigger()
        self.show_step(1)

    @Slot()
    def _begun(self) -> None:
        choice = self.sender()
        assert isinstance(choice, Choice)
        if choice.name == "new":
            self.okrug.enter()
            self.show_step(2)
        else:
            self.over.emit()
            self._actions[choice.name].trigger()

    @Slot()
    def _make(self) -> None:
        wanted = self.okrug.answer()
        if wanted is not None:
            self.over.emit()
            self.made.emit(*wanted)

    @Slot()
    def go_back(self) -> None:
        """To the question before."""
        if self.steps.currentIndex():
            self.show_step(self.steps.currentIndex() - 1)

    @Slot()
    def retranslate(self) -> None:
        for step in (self.languages, self.beginning, self.okrug):
            step.retranslate()


class Welcome(QWidget):
    """What the program is, in four lines."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._speech = context.speech
        self._name = label("welcome")
        self._words = label("", wrap=True)
        self._promises = [label("", wrap=True) for _ in _PROMISES]
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 36, 28, 36)
        column.setSpacing(2 * SPACE)
        column.addStretch(1)
        column.addWidget(Drawing("application", 88, parent=self))
        column.addWidget(self._name)
        column.addWidget(self._words)
        column.addSpacing(2 * SPACE)
        for drawing, said in zip(_PROMISES, self._promises, strict=True):
            line = QHBoxLayout()
            line.setSpacing(SPACE + 4)
            line.addWidget(Drawing(drawing, 24, "nav_mark", self), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(said, 1)
            column.addLayout(line)
        column.addStretch(2)
        self._speech.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        self._name.setText(self._speech("app.name"))
        self._words.setText(self._speech("ui.first.words"))
        for drawing, said in zip(_PROMISES, self._promises, strict=True):
            said.setText(self._speech(f"ui.first.promise.{drawing}"))


class Step(QWidget):
    """A question with its number, in the middle of the room there is."""

    def __init__(self, context: Context, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speech = context.speech
        self._number = number
        self._where = label("quiet")
        self.title = label("title", wrap=True)
        self.words = label("quiet", wrap=True)
        self.back = button("quiet", self)
        inner = QWidget(self)
        inner.setMaximumWidth(760)
        self.column = QVBoxLayout(inner)
        self.column.setSpacing(SPACE + 4)
        self.column.addStretch(2)
        for part in (self._where, self.title, self.words):
            self.column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 24, 40, 24)
        row.addStretch(1)
        row.addWidget(inner, 20)
        row.addStretch(1)

    def finish(self, *beside_back: QWidget) -> None:
        """Put the way back, and what goes on, under the question."""
        below = QHBoxLayout()
        below.addWidget(self.back)
        below.addStretch(1)
        for part in beside_back:
            below.addWidget(part)
        self.column.addLayout(below)
        self.column.addStretch(3)
        self.back.setVisible(self._number > 1)

    def retranslate(self) -> None:
        """Every text in the language chosen now."""
        self._where.setText(self.speech("ui.first.step", number=self._number, count=3))
        self.back.setText(self.speech("ui.first.back"))


class LanguageStep(Step):
    """Three large buttons, each in its own language."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, 1, parent)
        self.buttons: dict[Language, Button] = {}
        for language, (name, question) in _ASKED.items():
            made = Button(self)
            made.setProperty("role", "choice")
            made.setProperty("language", language.value)
            made.setMinimumHeight(84)
            made.setAccessibleName(f"{name}. {question}")
            texts = QVBoxLayout(made)
            texts.setContentsMargins(24, 12, 24, 12)
            for role, said in (("subtitle", name), ("quiet", question)):
                part = label(role)
                part.setText(said)
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                texts.addWidget(part)
            made.clicked.connect(self._pressed)
            self.column.addWidget(made)
            self.buttons[language] = made
        self.finish()

    def first(self) -> QWidget:
        """The button of the language spoken now."""
        return self.buttons[self.speech.language]

    @Slot()
    def _pressed(self) -> None:
        self.chosen.emit(str(self.sender().property("language")))

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText("Қош келдіңіз!  ·  Добро пожаловать!")
        self.words.setText("Welcome!")


class BeginningStep(Step):
    """What to begin with."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, 2, parent)
        self.choices = [Choice(context, actions[name], name, self, acts=False) for name in _CHOICES]
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        for number, made in enumerate(self.choices):
            grid.addWidget(made, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.finish()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.speech("ui.start.title"))
        self.words.setText(self.speech("ui.first.later"))
        for made in self.choices:
            made.retranslate()


class OkrugStep(Step):
    """Who the budget is kept for; the file lies among the person's documents unless she says otherwise."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, 3, parent)
        self.form = UnitForm(context, None, self)
        self._where_label = label("quiet")
        self.path = QLineEdit(self)
        self._where_label.setBuddy(self.path)
        self._own_path = False
        self.problem = label(wrap=True)
        self.problem.hide()
        self.make = button("primary", self)
        self.column.addWidget(self.form)
        self.column.addWidget(self._where_label)
        self.column.addWidget(self.path)
        self.column.addWidget(self.problem)
        self.finish(self.make)
        self.path.textEdited.connect(self._path_edited)
        for field in (self.form.name_kk, self.form.name_ru, self.form.kato, self.path):
            field.returnPressed.connect(self.make.click)
        for field in (self.form.name_kk, self.form.name_ru):
            field.textChanged.connect(self._suggest)

    def enter(self) -> None:
        """Suggest a place for the file."""
        self.problem.hide()
        self._suggest()

    @Slot()
    def _path_edited(self) -> None:
        self._own_path = True

    @Slot()
    def _suggest(self) -> None:
        if not self._own_path:
            name = self.form.unit().name.text(self.speech.language) or self.speech("ui.new.file_name")
            self.path.setText(str(free_name(self.context.settings.folder("open"), name)))

    def answer(self) -> tuple[Path, NewUnit] | None:
        """Path and unit; None, and a sentence on the page, while something is missing."""
        fault, path = self.form.fault(), Path(self.path.text().strip())
        if path.suffix != ".akimat":
            path = path.with_name(f"{path.name}.akimat") if path.name else path
        if fault is None and not (path.name and path.parent.is_dir()):
            fault = self.speech("ui.new.folder_missing")
        if fault is None and path.exists():
            fault = self.speech("ui.new.exists")
        self.problem.setVisible(fault is not None)
        if fault is not None:
            self.problem.setText(f"⚠ {fault}")
            return None
        self.context.settings.set_folder("open", path.parent)
        return path, self.form.unit()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(self.speech("ui.first.okrug"))
        self.words.setText(self.speech("ui.first.okrug.words"))
        self._where_label.setText(self.speech("ui.new.where"))
        self.make.setText(self.speech("ui.first.begin"))
        self._suggest()
