"""``update``: show, install, undo, and the editions in use."""

from __future__ import annotations

import argparse

from akimat_desk import __version__
from akimat_desk.cli.output import DONE, Output
from akimat_desk.core.strings import text
from akimat_desk.updates.editions import editions
from akimat_desk.updates.installing import Installed, install, undo, undo_data
from akimat_desk.updates.opening import open_update
from akimat_desk.updates.place import installation


def update_show(arguments: argparse.Namespace, output: Output) -> int:
    """Verify an update file against this program; nothing is changed."""
    update = open_update(arguments.file, installation())
    manifest = update.manifest
    kind = text(f"update.kind.{manifest.kind.value}", output.language)
    output.say(
        "update.shown", name=update.name, kind=kind, version=manifest.version, fingerprint=update.fingerprint
    )
    output.json(
        {
            "kind": manifest.kind.value,
            "version": manifest.version,
            "system": manifest.system,
            "brings_libraries": manifest.brings_libraries,
            "files": len(manifest.members),
            "fingerprint": update.fingerprint,
        }
    )
    return DONE


def update_install(arguments: argparse.Namespace, output: Output) -> int:
    """Verify, copy the named workspaces, put in place, try, choose."""
    place = installation()
    done = install(open_update(arguments.file, place), place, arguments.workspace)
    for path in done.copies:
        output.say("update.copy", path=path)
    return _report(f"update.done.{done.kind.value}", done, output)


def update_undo(arguments: argparse.Namespace, output: Output) -> int:
    """Go back to what ran before."""
    place = installation()
    done = undo_data() if arguments.data else undo(place)
    return _report(f"update.undone.{done.kind.value}", done, output)


def update_editions(arguments: argparse.Namespace, output: Output) -> int:
    """Which program and which data this is."""
    found = editions()
    output.say("update.editions.program", version=__version__)
    output.say("update.editions.data", edition=found.data)
    for part, edition in found.parts.items():
        named = text(f"update.part.{part}", output.language)
        output.line("  " + text("update.editions.part", output.language, part=named, edition=edition))
    output.json({"program": __version__, "data": found.data, "parts": dict(found.parts)})
    return DONE


def _report(key: str, done: Installed, output: Output) -> int:
    output.say(key, before=done.before, now=done.now)
    output.json(
        {
            "kind": done.kind.value,
            "before": done.before,
            "now": done.now,
            "copies": [str(path) for path in done.copies],
        }
    )
    return DONE
