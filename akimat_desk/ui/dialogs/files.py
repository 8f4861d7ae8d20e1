"""Asking for a file; the folder used last is remembered by purpose."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from akimat_desk.ui.context import Context

FORM_PATTERNS = "*.pdf *.xlsx *.csv *.txt *.html *.htm"
DECISION_PATTERNS = "*.docx *.xlsx *.pdf *.html *.htm *.txt"


_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def free_name(folder: Path, name: str) -> Path:
    """A workspace of this name that is not there yet; what no file may be called by is left out."""
    safe = _NOT_IN_NAMES.sub(" ", name).strip()
    path, number = folder / f"{safe}.akimat", 2
    while path.exists():
        path, number = folder / f"{safe} {number}.akimat", number + 1
    return path


def ask_workspace(context: Context, parent: QWidget) -> Path | None:
    """A workspace to open."""
    kinds = f"{context.speech('ui.files.workspace')} (*.akimat);;{context.speech('ui.files.all')} (*)"
    return _opened(context, parent, "open", context.speech("ui.files.open"), kinds)


def ask_decision(context: Context, parent: QWidget) -> Path | None:
    """A decision's file to read."""
    kinds = (
        f"{context.speech('ui.files.decision')} ({DECISION_PATTERNS});;{context.speech('ui.files.all')} (*)"
    )
    return _opened(context, parent, "decision", context.speech("ui.files.read"), kinds)


def ask_workbook(context: Context, parent: QWidget, purpose: str, title: str) -> Path | None:
    """A workbook or a table to take in; ``title`` is a catalogue key."""
    kinds = f"Excel (*.xlsx);;CSV (*.csv *.txt);;{context.speech('ui.files.all')} (*)"
    return _opened(context, parent, purpose, context.speech(title), kinds)


def ask_form(context: Context, parent: QWidget) -> Path | None:
    """A treasury form's file to take in."""
    kinds = f"{context.speech('ui.files.form')} ({FORM_PATTERNS});;{context.speech('ui.files.all')} (*)"
    return _opened(context, parent, "form", context.speech("ui.files.take_in"), kinds)


def ask_copy(context: Context, parent: QWidget) -> Path | None:
    """A verified copy to restore."""
    kinds = (
        f"{context.speech('ui.files.copy')} (*.akimat *.akimat-copy);;{context.speech('ui.files.all')} (*)"
    )
    return _opened(context, parent, "backup", context.speech("ui.files.restore"), kinds)


def ask_new_workspace(context: Context, parent: QWidget, suggested: Path) -> Path | None:
    """Where a new workspace is to lie. What is there already is the caller's to refuse."""
    kinds = f"{context.speech('ui.files.workspace')} (*.akimat)"
    return _saved(context, parent, "open", context.speech("ui.files.new"), suggested, kinds, ask_twice=False)


def ask_restored(context: Context, parent: QWidget, suggested: Path) -> Path | None:
    """Which workspace a copy is to take the place of; the caller asks before it does."""
    kinds = f"{context.speech('ui.files.workspace')} (*.akimat)"
    title = context.speech("ui.files.restore_to")
    return _saved(context, parent, "open", title, suggested, kinds, ask_twice=False)


def ask_save(
    context: Context, parent: QWidget, purpose: str, title: str, name: str, kind: str
) -> Path | None:
    """Where to save a file called ``name`` (with its suffix); ``kind`` describes it."""
    suffix = Path(name).suffix
    suggested = context.settings.folder(purpose) / name
    return _saved(context, parent, purpose, title, suggested, f"{kind} (*{suffix})")


def _opened(context: Context, parent: QWidget, purpose: str, title: str, kinds: str) -> Path | None:
    folder = str(context.settings.folder(purpose))
    name, _kind = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    return _remembered(context, purpose, name)


def _saved(
    context: Context,
    parent: QWidget,
    purpose: str,
    title: str,
    suggested: Path,
    kinds: str,
    ask_twice: bool = True,
) -> Path | None:
    options = QFileDialog.Option(0) if ask_twice else QFileDialog.Option.DontConfirmOverwrite
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds, options=options)
    path = _remembered(context, purpose, name)
    if path is not None and path.suffix != suggested.suffix:
        path = path.with_name(path.name + suggested.suffix)
        if ask_twice and path.exists():  # the dialog asked about another name: it asks again about this one
            return _saved(context, parent, purpose, title, path, kinds)
    return path


def _remembered(context: Context, purpose: str, name: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    context.settings.set_folder(purpose, path.parent)
    return path


def ask_update(context: Context, parent: QWidget) -> Path | None:
    """An update file to take in."""
    kinds = f"{context.speech('ui.files.update_kind')} (*.akupdate);;{context.speech('ui.files.all')} (*)"
    return _opened(context, parent, "update", context.speech("ui.files.update"), kinds)


def ask_any(context: Context, parent: QWidget, title: str) -> Path | None:
    """Any file, to be kept with a record."""
    return _opened(context, parent, "attach", title, f"{context.speech('ui.files.all')} (*)")


def ask_people(context: Context, parent: QWidget) -> Path | None:
    """A list of people to take in."""
    kinds = (
        f"{context.speech('ui.files.people')} (*.xlsx *.docx *.html *.txt);;"
        f"{context.speech('ui.files.all')} (*)"
    )
    return _opened(context, parent, "people", context.speech("ui.files.people"), kinds)


def ask_receipt(context: Context, parent: QWidget) -> Path | None:
    """The answer to a package, to be taken in."""
    kinds = f"{context.speech('ui.files.receipt')} (*.akreceipt);;{context.speech('ui.files.all')} (*)"
    return _opened(context, parent, "package", context.speech("ui.files.take_receipt"), kinds)


def ask_packages(context: Context, parent: QWidget) -> list[Path]:
    """Packages to take in."""
    kinds = f"{context.speech('ui.files.package')} (*.akpack *.akkey);;{context.speech('ui.files.all')} (*)"
    folder = str(context.settings.folder("package"))
    names, _kind = QFileDialog.getOpenFileNames(parent, context.speech("ui.files.receive"), folder, kinds)
    if names:
        context.settings.set_folder("package", Path(names[0]).parent)
    return [Path(name) for name in names]


def ask_folder(context: Context, parent: QWidget, purpose: str, title: str) -> Path | None:
    """A folder; ``title`` is a catalogue key."""
    folder = str(context.settings.folder(purpose))
    name = QFileDialog.getExistingDirectory(parent, context.speech(title), folder)
    if not name:
        return None
    context.settings.set_folder(purpose, Path(name))
    return Path(name)
