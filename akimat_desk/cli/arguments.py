"""What stands on the command line, understood without importing what uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from akimat_desk.storage.server.address import ServerAddress


def workspace_place(written: str) -> Path | ServerAddress:
    """A workspace as named: a file, or a server's address. Raises UsageProblem."""
    from akimat_desk.storage.server.address import place

    return place(written)
