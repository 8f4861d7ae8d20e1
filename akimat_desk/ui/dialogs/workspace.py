"""A new workspace in two questions: for whom, and where the file lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.dialog import Dialog
from akimat_desk.ui.dialogs.files import ask_new_workspace, free_name
from akimat_desk.ui.dialogs.unit import UnitForm
from akimat_desk.ui.values import NewUnit
from akimat_desk.ui.widgets.basics import button, label


class NewWorkspaceDialog(Dialog):
    """The unit and the file; the file's name follows the unit's until the person writes one."""

    def __init__(self, context: Context, suggested: NewUnit | None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = UnitForm(context, suggested, self)
        self._where = label()
        self.path = QLineEdit(self)
        self._where.setBuddy(self.path)
        self._choose = button("plain", self)
        self._choose.clicked.connect(self._choose_file)
        self._own_path = False
        beside = QHBoxLayout()
        beside.addWidget(self.path, 1)
        beside.addWidget(self._choose)
        below = QVBoxLayout()
        below.addWidget(self._where)
        below.addLayout(beside)
        self.content.addWidget(self.form)
        self.content.addLayout(below)
        self.form.name_kk.textChanged.connect(self._suggest_path)
        self.form.name_ru.textChanged.connect(self._suggest_path)
        self.path.textEdited.connect(self._path_edited)
        self.setMinimumWidth(640)
        self.retranslate()
        self._suggest_path()

    @classmethod
    def ask(
        cls, context: Context, suggested: NewUnit | None, parent: QWidget | None
    ) -> tuple[Path, NewUnit] | None:
        """Path and unit as filled in; None when called off."""
        dialog = cls(context, suggested, parent)
        if not dialog.run():
            return None
        path = dialog.chosen_path()
        context.settings.set_folder("open", path.parent)
        return path, dialog.form.unit()

    def chosen_path(self) -> Path:
        """The file to make."""
        path = Path(self.path.text().strip())
        return path if path.suffix == ".akimat" else path.with_name(f"{path.name}.akimat")

    def fault(self) -> str | None:
        missing = self.form.fault()
        if missing is not None:
            return missing
        if not self.path.text().strip() or not self.chosen_path().parent.is_dir():
            return self.speech("ui.new.folder_missing")
        if self.chosen_path().exists():
            return self.speech("ui.new.exists")
        return None

    @Slot()
    def _path_edited(self) -> None:
        self._own_path = True

    @Slot()
    def _suggest_path(self) -> None:
        if self._own_path:
            return
        name = self.form.unit().name.text(self.speech.language) or self.speech("ui.new.file_name")
        self.path.setText(str(free_name(self.context.settings.folder("open"), name)))

    @Slot()
    def _choose_file(self) -> None:
        path = ask_new_workspace(self.context, self, Path(self.path.text()))
        if path is not None:
            self._own_path = True
            self.path.setText(str(path))

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.new.title"))
        self.words.setText(speech("ui.new.words"))
        self._where.setText(speech("ui.new.where"))
        self._choose.setText(speech("ui.choose_file"))
        self.accept_button.setText(speech("ui.new.make"))
