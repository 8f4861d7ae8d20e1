"""What has to come from the operating system: the libraries that Qt loads, and Python's own venv.

The lists were found by starting Qt in a freshly made Debian until the loader had nothing to ask for.
Windows needs nothing: the wheels carry everything.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import SetupProblem, say

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# A need is met by any of its names: Debian 13 and Ubuntu 24.04 renamed libraries when time_t grew to 64 bits
# and keep the old name only as a virtual one, which dpkg does not list and apt may refuse as ambiguous.
Need = tuple[str, ...]

# Without these Qt does not load at all, not even without a screen.
LOADING: tuple[Need, ...] = (
    ("libgl1",),
    ("libegl1",),
    ("libglib2.0-0t64", "libglib2.0-0"),
    ("libfontconfig1",),
    ("libfreetype6",),
    ("libdbus-1-3",),
    ("libxkbcommon0",),
    ("libgssapi-krb5-2",),  # QtNetwork
    ("fonts-dejavu-core",),  # every Kazakh letter and ₸, where the machine has no font at all
)
# Without these there is no window. Qt blames xcb-cursor0 whichever of them is missing.
WINDOW: tuple[Need, ...] = (
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-shape0",),
    ("libxcb-xkb1",),
    ("libxkbcommon-x11-0",),
    ("libwayland-cursor0",),
    ("libwayland-egl1",),
    ("libcups2t64", "libcups2"),  # without it Qt knows no printer
)
OLDEST_GLIBC = (2, 34)  # what the Qt wheels are built for


@dataclass(frozen=True)
class Missing:
    """Needs that no installed package meets."""

    necessary: tuple[Need, ...]
    for_window: tuple[Need, ...]

    def __bool__(self) -> bool:
        return bool(self.necessary or self.for_window)

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.necessary + self.for_window


def unmet(needs: Sequence[Need], installed: Collection[str]) -> tuple[Need, ...]:
    return tuple(need for need in needs if not any(name in installed for name in need))


def choose(need: Need, offered: Collection[str]) -> str:
    """The name to install: the first that this system's package lists have; the last (the oldest) else."""
    return next((name for name in need if name in offered), need[-1])


def installed_packages(names: Sequence[str]) -> set[str]:
    """Which of these packages dpkg has, fully installed, of whatever architecture."""
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,  # status 1 only says that some name is unknown
        env={**os.environ, "LC_ALL": "C"},
    )
    pairs = (line.split() for line in answer.stdout.splitlines())
    return {pair[0] for pair in pairs if len(pair) == 2 and pair[1] == "installed"}


def offered_packages(names: Sequence[str]) -> set[str]:
    """Which of these are real packages in apt's lists (a merely virtual name has no candidate)."""
    answer = subprocess.run(
        ["apt-cache", "policy", *names],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    offered, name = set(), ""
    for line in answer.stdout.splitlines():
        if line and not line[0].isspace():
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            offered.add(name)
    return offered


def missing_needs() -> Missing:
    necessary = LOADING
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu cut this out of python3; the package is named after the version.
        necessary = ((f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python3-venv"), *necessary)
    names = [name for need in necessary + WINDOW for name in need]
    installed = installed_packages(names)
    return Missing(unmet(necessary, installed), unmet(WINDOW, installed))


def apt_prefix() -> list[str] | None:
    """How apt-get can be called without asking for a password; None where it cannot."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(
        ["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return ["sudo", "-n", *quiet] if allowed.returncode == 0 else None


def install_by_apt(missing: Missing, prefix: list[str]) -> None:
    # Wait for another apt instead of failing beside it.
    apt = [*prefix, "apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"]
    say("refreshing the package lists (apt-get update)")
    # A failing third-party source must not stop what the system's own sources can give.
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL)
    offered = offered_packages([name for need in missing.needs for name in need])
    packages = [choose(need, offered) for need in missing.needs]
    say("installing system packages: " + " ".join(packages))
    done = subprocess.run([*apt, "install", "-y", "--no-install-recommends", *packages], check=False)
    still = missing_needs()
    if done.returncode != 0 and still.necessary:
        raise SetupProblem(
            "apt-get could not install the system packages (its own words are above: most often there "
            "is no network, or the disk is full). Put that right and run this again, or run:\n"
            f"  {by_hand(still)}"
        )


def by_hand(missing: Missing) -> str:
    """The exact line a person runs to meet the needs."""
    offered = offered_packages([name for need in missing.needs for name in need])
    refresh = "" if offered else "sudo apt-get update && "  # a new machine has no package lists yet
    return f"{refresh}sudo apt-get install --no-install-recommends " + " ".join(
        choose(need, offered) for need in missing.needs
    )


def prepare_system(*, window: bool) -> None:
    """Meet the needs, or say how.

    Raises SetupProblem where something necessary is missing and may not be installed from here. What only a
    window needs does not stop a run that opens none (`window` false).
    """
    if not sys.platform.startswith("linux"):
        return
    libc, version = platform.libc_ver()
    if libc == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < OLDEST_GLIBC:
        raise SetupProblem(
            f"This Linux is too old for Qt: it has glibc {version}, 2.34 or later is needed "
            "(Debian 12, Ubuntu 22.04 or a newer one)."
        )
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        check_venv_without_apt()
        return
    missing = missing_needs()
    if not missing:
        return
    prefix = apt_prefix()
    if prefix is not None:
        install_by_apt(missing, prefix)
        return
    if missing.necessary or window:
        raise SetupProblem(
            "Some system packages are missing, and installing them needs an administrator. "
            f"Run this line, then the same command again:\n  {by_hand(missing)}"
        )
    say(f"no window can be opened on this machine until someone runs:\n  {by_hand(missing)}")


def check_venv_without_apt() -> None:
    """On a Linux without apt the libraries cannot be named; Python's own part still can be checked."""
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupProblem(
            "This Python has no 'ensurepip', so no virtual environment can be made. "
            "Install your system's package for Python's venv and run this again."
        )
