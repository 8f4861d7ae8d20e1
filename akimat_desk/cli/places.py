"""``places``: the statistics office's list, people by year."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from akimat_desk.cli.output import DONE, Output
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.strings import text
from akimat_desk.intake import load_file, read_bytes
from akimat_desk.places.kato_file import KATO_LIMITS, read_kato
from akimat_desk.places.kato_store import find_places, keep_personal, take_in_kato
from akimat_desk.places.population import (
    populations,
    read_people,
    read_populations,
    set_people,
    take_in_populations,
)
from akimat_desk.places.service import units
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

_MOST_LINES = 40


def import_kato(arguments: argparse.Namespace, output: Output) -> int:
    """The list of places: what is in it and what is odd; stored only with ``--confirm``."""
    data = load_file(arguments.file, KATO_LIMITS)
    file = read_kato(read_bytes(data, arguments.file.name, limits=KATO_LIMITS))
    if arguments.confirm:
        if arguments.workspace is not None:
            with Workspace.open(arguments.workspace) as workspace:
                take_in_kato(workspace, DEFAULT_ACTOR, file)
        keep_personal(file)
    output.json(
        {
            "places": len(file.places),
            "kinds": {kind.value: count for kind, count in sorted(file.kinds.items())},
            "refused": file.refused,
            "stored": bool(arguments.confirm),
            "findings": [finding.as_json(output.language) for finding in file.odd],
        }
    )
    for kind, count in sorted(file.kinds.items(), key=lambda pair: -pair[1]):
        output.line(f"  {text(f'places.kinds.{kind.value}', output.language)}: {count}")
    output.say("cli.places.taken_in" if arguments.confirm else "cli.not_stored_yet", count=len(file.places))
    return output.findings(file.odd)


def find_place(arguments: argparse.Namespace, output: Output) -> int:
    """Places by code or words."""
    with ExitStack() as opened:
        session = None
        if arguments.workspace is not None:
            workspace = opened.enter_context(Workspace.open(arguments.workspace, read_only=True))
            session = opened.enter_context(workspace.reading())
        found = find_places(session, " ".join(arguments.text))
    output.json(
        {
            "found": [
                {
                    "kato": place.code,
                    "kind": place.kind.value,
                    "name_kk": place.full_name.kk,
                    "name_ru": place.full_name.ru,
                    "raion_kk": place.raion.kk,
                    "raion_ru": place.raion.ru,
                    "oblast_kk": place.oblast.kk,
                    "oblast_ru": place.oblast.ru,
                }
                for place in found
            ]
        }
    )
    for place in found[:_MOST_LINES]:
        within = [name.text(output.language) for name in (place.okrug, place.raion, place.oblast) if name]
        output.line(f"{place.code}  {', '.join([place.full_name.text(output.language), *within])}")
    output.say("cli.places.found", count=len(found))
    return DONE


def population(arguments: argparse.Namespace, output: Output) -> int:
    """People by year: shown, set for one year, or taken from a workbook."""
    from akimat_desk.cli.units import chosen_unit

    if arguments.file is not None:
        return _from_file(arguments, output)
    if (arguments.people is None) != (arguments.year is None):
        raise UsageProblem("error.places.people_year_and_number")
    with Workspace.open(arguments.workspace, read_only=arguments.people is None) as workspace:
        if arguments.people is not None:
            with workspace.reading() as session:
                unit = chosen_unit(session, arguments, output.language)
            people = read_people(arguments.people)
            set_people(workspace, DEFAULT_ACTOR, unit.id, arguments.year, people, arguments.source)
        with workspace.reading() as session:
            names = {unit.id: unit for unit in units(session)}
            found = populations(session)
    output.json(
        {
            "population": [
                {
                    "unit": names[each.unit_id].kato or names[each.unit_id].name.text(output.language),
                    "year": each.year,
                    "people": each.people,
                    "source": each.source,
                }
                for each in found
            ]
        }
    )
    for each in found:
        said = f"  ({each.source})" if each.source else ""
        name = names[each.unit_id].name.text(output.language)
        output.line(f"{name}  {each.year}: {each.people}{said}")
    if not found:
        output.say("cli.places.no_people")
    return DONE


def _from_file(arguments: argparse.Namespace, output: Output) -> int:
    source = read_bytes(load_file(arguments.file), arguments.file.name)
    with Workspace.open(arguments.workspace, read_only=not arguments.confirm) as workspace:
        with workspace.reading() as session:
            file = read_populations(session, source)
        stored = take_in_populations(workspace, DEFAULT_ACTOR, file) if arguments.confirm else 0
    output.json(
        {
            "rows": [
                {
                    "unit": row.unit.kato or row.unit.name.text(output.language),
                    "year": row.year,
                    "people": row.people,
                    "before": row.before,
                }
                for row in file.rows
            ],
            "stored": stored,
            "findings": [finding.as_json(output.language) for finding in file.findings],
        }
    )
    for row in file.rows:
        before = "" if row.before is None or row.before == row.people else f" ({row.before})"
        output.line(f"{row.unit.name.text(output.language)}  {row.year}: {row.people}{before}")
    output.say("cli.places.people_taken_in" if arguments.confirm else "cli.not_stored_yet", count=stored)
    return output.findings(file.findings)
