"""Tries a .deb in a Debian made for it: installs, works for an odd name, opens its window, goes away cleanly.

Needs root, debootstrap and the package sources of this machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import BuildProblem, say
from .debian import HOME, PACKAGE

PERSON = "aigul"
#: A home folder with a space and Kazakh letters: what an office PC really has.
HOUSE = "/home/Айгүл Өмірбек"


def smoke(package: Path, root: Path) -> None:
    """Every check, in order, in a Debian made at ``root`` (remade when it is there). Raises BuildProblem."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise BuildProblem("The trial makes a Debian of its own: run it as root, with debootstrap installed.")
    _make(root)
    with _mounted(root):
        _check(root, package)
    shutil.rmtree(root)
    say("tried in a clean Debian: every check passed")


def _check(root: Path, package: Path) -> None:
    def inside(*words: str) -> str:
        return _chroot(root, words)

    shutil.copyfile(package, root / "tmp" / package.name)
    say("installing")
    inside("apt-get", "-q", "update")
    inside("apt-get", "-q", "-y", "--no-install-recommends", "install", f"/tmp/{package.name}")
    inside("useradd", "--create-home", "--home-dir", HOUSE, PERSON)
    _as_person(inside, f"{PACKAGE} --version")
    say("selftest for a person whose folder has a space and Kazakh letters")
    _as_person(inside, f"cd; {PACKAGE} selftest")
    say("selftest without any font of the system")
    fonts = root / "usr/share/fonts"
    fonts.rename(fonts.with_name("fonts-away"))
    _as_person(inside, f"cd; {PACKAGE} selftest")
    _as_person(inside, f"cd; QT_QPA_PLATFORM=offscreen {PACKAGE} selftest --window")
    fonts.with_name("fonts-away").rename(fonts)
    say("the window on a screen")
    inside("apt-get", "-q", "-y", "--no-install-recommends", "install", "xvfb", "xauth", "desktop-file-utils")
    inside("desktop-file-validate", f"/usr/share/applications/{PACKAGE}.desktop")
    _as_person(inside, f"cd; QT_QPA_PLATFORM=xcb xvfb-run -a {PACKAGE} selftest --window")
    say("the example, its reports, and the person's files")
    _as_person(inside, f"cd; {PACKAGE} demo --no-window --dir 'бірінші күн'")
    say("removal")
    inside("apt-get", "-q", "-y", "purge", PACKAGE)
    left = [path for path in (root / HOME, root / "usr/bin" / PACKAGE) if path.exists()]
    if left:
        raise BuildProblem(f"Removal left {', '.join(str(path.relative_to(root)) for path in left)}.")
    if not any((root / HOUSE.lstrip("/") / "бірінші күн").glob("*.akimat")):
        raise BuildProblem("Removal took a person's files.")


def _make(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    site, suite = _source()
    say(f"a clean Debian ({suite})")
    _run(["debootstrap", "--variant=minbase", suite, str(root), site])


def _source() -> tuple[str, str]:
    """Where this machine itself takes Debian from."""
    said = _run(["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)", "Created-By: Packages"])
    for line in said.splitlines():
        site, _, suite = line.partition(" ")
        if site.rstrip("/").endswith("/debian") and "-" not in suite:
            return site, suite
    raise BuildProblem("This machine's apt names no Debian to take packages from.")


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    places = [root / name for name in ("proc", "dev")]
    done = []
    try:
        for place in places:
            _run(["mount", "--bind", f"/{place.name}", str(place)])
            done.append(place)
        yield
    finally:
        for place in reversed(done):
            subprocess.run(["umount", "--lazy", str(place)], check=False)


def _as_person(inside: Callable[..., str], words: str) -> None:
    inside("su", "--login", "--shell", "/bin/sh", PERSON, "--command", words)


def _chroot(root: Path, words: tuple[str, ...]) -> str:
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8",
        **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
    }  # fmt: skip
    return _run(["chroot", str(root), *words], environment)


def _run(words: list[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, errors="replace", check=False, timeout=600
    )
    if done.returncode != 0:
        heard = (done.stdout + done.stderr).strip()[-3000:]
        raise BuildProblem(f"{' '.join(words)} ended with {done.returncode}:\n{heard}")
    return done.stdout
