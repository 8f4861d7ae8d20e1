"""The words of ``dev.py build``."""

from __future__ import annotations

import argparse
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from . import (
    ROOT,
    BuildProblem,
    debian,
    interpreter_linux,
    interpreter_windows,
    nsis,
    say,
    smoke_debian,
    smoke_windows,
    starters,
    update_file,
)
from .icon import write_icon
from .keys import SigningKey, load_key, make_key
from .targets import LINUX, WINDOWS, Target, moment, version
from .tree import make_tree
from .zips import files_of, write_zip


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="dev.py build", description="Makes what is given away.")
    commands = top.add_subparsers(dest="command", required=True, metavar="WHAT")
    for name, words in (
        ("linux", "a folder (.tar.xz) and a .deb"),
        ("windows", "a portable folder (.zip) and a setup program"),
        ("all", "both"),
    ):
        made = commands.add_parser(name, help=words)
        made.add_argument("--output", type=Path, default=ROOT / "dist", help="where it goes (dist/)")
        made.add_argument("--key", type=Path, help="the key that seals it; updates sealed so are believed")
        made.add_argument(
            "--update", choices=["program", "with-libraries"], help="an update file as well (needs --key)"
        )
        made.add_argument("--quick", action="store_true", help="packed loosely, for a trial")
        made.add_argument("--folder-only", action="store_true", help="the folder that runs, nothing packed")
        if name != "linux":
            made.add_argument("--python-embed-zip", type=Path, help="python.org's embeddable zip (a release)")
    smoke = commands.add_parser("smoke-debian", help="try a .deb in a clean Debian (root, debootstrap)")
    smoke.add_argument("package", type=Path)
    smoke.add_argument("--root", type=Path, help="where the Debian is made (a temporary folder)")
    windows = commands.add_parser("smoke-windows", help="try a setup program under Wine")
    windows.add_argument("package", type=Path)
    data = commands.add_parser("data-update", help="an update file with this project's data alone")
    data.add_argument("--output", type=Path, default=ROOT / "dist", help="where it goes (dist/)")
    data.add_argument("--key", type=Path, required=True, help="the key that seals it")
    data.add_argument("--needs", default=version(), help="the oldest program that can take it in")
    key = commands.add_parser("key", help="make a signing key under a pass phrase")
    key.add_argument("file", type=Path)
    return top


def main(words: list[str]) -> int:
    """Status: 0 done, 2 not."""
    options = parser().parse_args(words)
    try:
        if options.command == "key":
            make_key(options.file)
            return 0
        if options.command == "smoke-debian":
            with tempfile.TemporaryDirectory(prefix="akimat-debian-") as place:
                smoke_debian.smoke(options.package, options.root or Path(place) / "root")
            return 0
        if options.command == "smoke-windows":
            smoke_windows.smoke(options.package)
            return 0
        key = load_key(options.key)
        options.output.mkdir(parents=True, exist_ok=True)
        if options.command == "data-update":
            assert key is not None
            update_file.data_update(ROOT / "resources", options.output, key, options.needs)
            return 0
        if options.update and key is None:
            raise BuildProblem("An update file is sealed: name the key with --key ('build key' makes one).")
        if options.command in ("linux", "all"):
            tree = _fresh(options.output, LINUX)
            make_tree(LINUX, tree, interpreter_linux.carry_python(tree / "python"), key)
            _update(options, tree, LINUX, key)
            if not options.folder_only:
                _tar(tree, quick=options.quick)
                debian.make_deb(tree, options.output, quick=options.quick)
        if options.command in ("windows", "all"):
            tree = _fresh(options.output, WINDOWS)
            python = interpreter_windows.carry_python(tree / "python", options.python_embed_zip)
            starters.write_starters(tree)
            write_icon(tree / "akimat-desk.ico")
            make_tree(WINDOWS, tree, python, key)
            _update(options, tree, WINDOWS, key)
            if not options.folder_only:
                _zip(tree)
                nsis.make_setup(tree, options.output)
    except BuildProblem as problem:
        print(f"build: {problem}", file=sys.stderr)
        return 2
    return 0


def _update(options: argparse.Namespace, tree: Path, target: Target, key: SigningKey | None) -> None:
    if options.update and key is not None:
        whole = options.update == "with-libraries"
        update_file.program_update(tree, target, options.output, key, with_libraries=whole)


def _fresh(output: Path, target: Target) -> Path:
    """An empty folder for ``target``, named as a person will see it when it is unpacked."""
    tree = output / target.name / "akimat-desk"
    shutil.rmtree(tree.parent, ignore_errors=True)
    (tree / "python").mkdir(parents=True)
    if not target.is_windows:
        starter = tree / "akimat-desk"
        shutil.copyfile(Path(__file__).with_name("start") / "akimat-desk.sh", starter)
        starter.chmod(0o755)
    return tree


def _tar(tree: Path, *, quick: bool) -> None:
    target = tree.parent.parent / f"akimat-desk-{version()}-linux-x86_64.tar.xz"
    say(f"packing {target.name}")

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment_of_build
        return entry

    moment_of_build = moment()
    with tarfile.open(target, "w:xz", preset=0 if quick else 6) as archive:
        for path in [tree, *sorted(tree.rglob("*"))]:
            archive.add(path, path.relative_to(tree.parent).as_posix(), recursive=False, filter=plain)


def _zip(tree: Path) -> None:
    target = tree.parent.parent / f"AkimatDesk-{version()}-portable.zip"
    say(f"packing {target.name}")
    write_zip(target, files_of(tree, tree.parent))
