"""``gui``: the only command, with ``demo``, that reaches for the window."""

from __future__ import annotations

import argparse

from akimat_desk.cli.output import Output


def gui(arguments: argparse.Namespace, output: Output) -> int:
    """Open the window, on a workspace where one is given."""
    from akimat_desk.ui.app import run

    asked = output.language if hasattr(arguments, "lang") else None
    return run(arguments.workspace, asked)
