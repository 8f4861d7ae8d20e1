"""``gui``: the only command, with ``demo``, that reaches for the window."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from akimat_desk.cli.output import Output
from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.files import make_folder
from akimat_desk.core.language import Language
from akimat_desk.storage.server.address import ServerAddress, link_of, write_link


def gui(arguments: argparse.Namespace, output: Output) -> int:
    """Open the window, on a workspace where one is given. Raises EnvironmentProblem without a display."""
    place = arguments.workspace
    if isinstance(place, ServerAddress):  # the window opens files: one that stands for the server's workspace
        link = link_of(place)
        make_folder(link.parent)
        place = write_link(place, link)
    return open_window(place, output.language if hasattr(arguments, "lang") else None)


def open_window(workspace: Path | None, language: Language | None) -> int:
    """The window until it is closed. Raises EnvironmentProblem where there is no display or no Qt."""
    if not has_display():
        raise EnvironmentProblem("error.cli.no_display")
    try:
        from akimat_desk.ui.app import run
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        raise EnvironmentProblem("error.cli.no_window", reason=str(error)) from error
    return run(workspace, language)


def has_display() -> bool:
    """Whether a window can be shown: Qt would end the whole program where there is no display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
