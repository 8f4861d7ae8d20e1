"""Golden files: what a document says and where, compared with what it said before.

``AKIMAT_SNAPSHOT_UPDATE=1`` writes them anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "__snapshots__"


def check_snapshot(name: str, text: str) -> None:
    """Compare ``text`` with the golden file ``name``; a missing one fails."""
    golden = FOLDER / name
    if os.environ.get("AKIMAT_SNAPSHOT_UPDATE", "") not in ("", "0"):
        FOLDER.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8", newline="\n")
    assert golden.is_file(), f"no golden file {name}: run with AKIMAT_SNAPSHOT_UPDATE=1 and read it"
    assert text == golden.read_text("utf-8")
