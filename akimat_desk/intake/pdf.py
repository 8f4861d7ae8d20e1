"""PDF files with a text layer: opened in a process of their own, put together as paragraphs and tables."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from akimat_desk.core.errors import InputRefused
from akimat_desk.core.progress import Task
from akimat_desk.intake.building import Builder
from akimat_desk.intake.content import SourceDocument
from akimat_desk.intake.limits import Limits
from akimat_desk.intake.pdf_layout import Page, add_pages

# How often the person may call the reading off.
_LOOK = 0.1


def read_pdf(data: bytes, document: SourceDocument, limits: Limits, task: Task) -> None:
    """Put the text and tables of a PDF into ``document``. Raises InputRefused, Cancelled."""
    result = _asked(data, document.name, limits, task)
    if "error" in result:
        raise InputRefused(result["error"], name=document.name)
    pages = [Page.of(page) for page in result["pages"]]
    if not any(page.words for page in pages):
        raise InputRefused("error.intake.pdf_scan", name=document.name)
    if any(not page.words for page in pages):
        document.warnings.append("warning.intake.pdf_pictures")
    builder = Builder(limits)
    add_pages(pages, builder, task)
    document.blocks = builder.finish()


def _filled(file: IO[bytes], data: bytes) -> IO[bytes]:
    file.write(data)
    file.seek(0)
    return file


def _asked(data: bytes, name: str, limits: Limits, task: Task) -> dict[str, Any]:
    """What the other process says of the file; one that hangs or dies is a file that cannot be read."""
    command = [sys.executable, "-m", "akimat_desk.intake.pdf_child"]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows no console flashes up
    # Handed over as a file: what is left of a pipe is not sent after a look at the clock.
    with (
        tempfile.TemporaryFile() as handed,
        subprocess.Popen(
            command,
            stdin=_filled(handed, data),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],  # where the package lies, installed or not
            creationflags=flags,
        ) as child,
    ):
        try:
            ends = time.monotonic() + limits.seconds
            while True:
                try:
                    said, _ = child.communicate(timeout=_LOOK)
                    break
                except subprocess.TimeoutExpired:
                    task.step(0, len(data))
                    if time.monotonic() > ends:
                        raise InputRefused("error.intake.too_slow", name=name) from None
        finally:
            child.kill()
    if child.returncode != 0:
        raise InputRefused("error.intake.pdf_damaged", name=name)
    result: dict[str, Any] = json.loads(said)
    return result
