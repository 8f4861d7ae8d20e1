"""Where this program lies, what runs in it, and what ran before."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.core.errors import EnvironmentProblem
from akimat_desk.core.files import as_problem, store_bytes
from akimat_desk.core.resources import CURRENT, HOME_VARIABLE, data_folders

PREVIOUS = "previous.txt"
CANDIDATE = "candidate.txt"
#: Which line file the start of Python reads instead of current.txt: a program on trial.
CURRENT_VARIABLE = "AKIMAT_DESK_CURRENT"


@dataclass(frozen=True, slots=True)
class Running:
    """A line file: which program and which libraries run."""

    program: str
    libraries: str

    @classmethod
    def read(cls, path: Path) -> Running:
        """Raises EnvironmentProblem where the file is not there or says something else."""
        try:
            said = dict(line.split() for line in path.read_text("utf-8").splitlines() if line.strip())
            return cls(said["program"], said["libraries"])
        except OSError as error:
            raise as_problem(error, path) from error
        except (KeyError, ValueError) as error:
            raise EnvironmentProblem("error.update.broken_folder", path=str(path.parent)) from error

    def write(self, path: Path) -> None:
        """Raises EnvironmentProblem."""
        store_bytes(path, f"program {self.program}\nlibraries {self.libraries}\n".encode())


@dataclass(frozen=True, slots=True)
class Installation:
    """The folder that the program runs from."""

    home: Path

    @property
    def current(self) -> Running:
        """What runs. Raises EnvironmentProblem."""
        return Running.read(self.home / CURRENT)

    @property
    def previous(self) -> Running | None:
        """What ran before the last update, where it is still there."""
        if not (self.home / PREVIOUS).is_file():
            return None
        before = Running.read(self.home / PREVIOUS)
        return before if (self.home / "programs" / before.program).is_dir() else None

    @property
    def is_ours(self) -> bool:
        """Whether this person may change the folder: a .deb's belongs to the system."""
        return os.access(self.home, os.W_OK) and os.access(self.home / CURRENT, os.W_OK)

    @property
    def data_folder(self) -> Path:
        """Where a data update goes: here, or with the person where the folder is not theirs."""
        own, persons = data_folders()
        return own if self.is_ours else persons


def installation() -> Installation:
    """The installed program. Raises EnvironmentProblem in a checkout, which is updated by its own means."""
    home = os.environ.get(HOME_VARIABLE)
    if not home or not (Path(home) / CURRENT).is_file():
        raise EnvironmentProblem("error.update.checkout")
    return Installation(Path(home))


def system_name() -> str:
    """This system as update files name it."""
    system = "windows" if sys.platform == "win32" else platform.system().lower()
    machine = platform.machine().lower()
    return f"{system}-{'x86_64' if machine in ('amd64', 'x86_64') else machine}"
