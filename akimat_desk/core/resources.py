"""The one place that knows where the program's data files lie."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: What a data update may bring, each as a whole folder. Keys, icons and schemas come with the program alone.
DATA_PARTS = ("classification", "forms", "help", "lessons", "rules", "strings", "targets")
#: The folder of the installed program (set where the program is started); unset in a checkout.
HOME_VARIABLE = "AKIMAT_DESK_HOME"
#: A data edition on trial: it is believed before anything else.
TRIAL_VARIABLE = "AKIMAT_DESK_DATA"
CURRENT = "current.txt"


@dataclass(frozen=True, slots=True)
class DataEdition:
    """The data of an update: its name, which is its date (later is newer), and its folder."""

    name: str
    folder: Path

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders that it brings."""
        return tuple(part for part in DATA_PARTS if (self.folder / part).is_dir())


@cache
def resources_root() -> Path:
    """The folder of the shipped data: beside the package in a checkout, inside it once installed."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file, ``resource("targets", "self_sufficiency.json")``.

    A part that a newer data update brought is taken from there, whole. Raises FileNotFoundError when the
    installation lacks it.
    """
    newer = data_edition()
    taken_in = newer is not None and parts[0] in newer.parts
    path = (newer.folder if newer is not None and taken_in else resources_root()).joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"resource {'/'.join(parts)} is missing from this installation")
    return path


@cache
def shipped_edition() -> str:
    """The edition of the data that came with the program, a date."""
    said = json.loads((resources_root() / "updates" / "edition.json").read_text("utf-8"))
    return str(said["edition"])


def data_folders() -> tuple[Path, ...]:
    """Where data updates lie: in the program's own folder, or with the person where that is not theirs.

    Empty in a checkout, which takes its data from the project alone.
    """
    home = os.environ.get(HOME_VARIABLE)
    if not home:
        return ()
    import platformdirs

    return Path(home) / "data", platformdirs.user_data_path("akimat-desk", appauthor=False) / "data"


@cache
def data_edition() -> DataEdition | None:
    """The data update in use: the newest taken in, where it is newer than what the program carries."""
    trial = os.environ.get(TRIAL_VARIABLE)
    if trial:
        return DataEdition(Path(trial).name, Path(trial))
    found = []
    for folder in data_folders():
        try:
            name = (folder / CURRENT).read_text("utf-8").strip()
        except OSError:
            continue
        if name and (folder / name).is_dir():
            found.append(DataEdition(name, folder / name))
    newest = max(found, key=lambda edition: edition.name, default=None)
    return newest if newest is not None and newest.name > shipped_edition() else None
