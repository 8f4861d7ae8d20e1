"""The .deb: the same folder in /opt, a command, an entry in the menu, the file type."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path

from devkit.system import LOADING, WINDOW, Need

from . import INSTALLER, ROOT, BuildProblem, say
from .pruning import size
from .targets import moment, version
from .tree import settle

PACKAGE = "akimat-desk"
HOME = Path("opt/akimat-desk")
FILES = INSTALLER / "building" / "debian"


def make_deb(tree: Path, output: Path, *, quick: bool = False) -> Path:
    """Pack ``tree`` into a .deb in ``output``; its path. Needs dpkg-deb. Raises BuildProblem.

    ``quick`` packs loosely: for a trial, twice the size in a tenth of the time.
    """
    if shutil.which("dpkg-deb") is None:
        raise BuildProblem("dpkg-deb is needed: build the .deb on Debian or Ubuntu.")
    when = moment()
    root = output / "deb-root"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(tree, root / HOME)
    _place(FILES / "akimat-desk.desktop", root / "usr/share/applications")
    _place(FILES / "akimat-desk.xml", root / "usr/share/mime/packages")
    _place(
        ROOT / "resources/icons/application.svg",
        root / "usr/share/icons/hicolor/scalable/apps",
        f"{PACKAGE}.svg",
    )
    documents = root / "usr/share/doc" / PACKAGE
    _place(FILES / "copyright", documents)
    changes = gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0)
    (documents / "changelog.gz").write_bytes(changes)
    command = root / "usr/bin" / PACKAGE
    command.parent.mkdir(parents=True)
    # A link would be followed by no package that forbids links in the tree; two lines do the same.
    command.write_text(f'#!/bin/sh\nexec /{HOME}/akimat-desk "$@"\n', "utf-8", newline="\n")
    command.chmod(0o755)
    control = root / "DEBIAN"
    control.mkdir()
    text = (FILES / "control").read_text("utf-8")
    depends = ", ".join(_alternatives(need) for need in (*LOADING, *WINDOW))
    text = text.format(version=version(), size=size(root) // 1024, depends=depends)
    (control / "control").write_text(text, "utf-8", newline="\n")
    settle(root, when)
    target = output / f"{PACKAGE}_{version()}_amd64.deb"
    say(f"packing {target.name}")
    done = subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            *(("-Zgzip", "-z1") if quick else ("-Zxz", "-z6")),
            "--build",
            str(root),
            str(target),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(when)},
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(root)
    if done.returncode != 0:
        raise BuildProblem(f"dpkg-deb could not pack it: {done.stderr.strip()}")
    return target


def _alternatives(need: Need) -> str:
    return " | ".join(need)


def _place(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))
