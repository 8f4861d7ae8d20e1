"""``classification``: shown, searched, exported, a newer one taken in, a missing code added."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from akimat_desk.classification.additions import side_of
from akimat_desk.classification.book import Book, shipped
from akimat_desk.classification.codes import LineKind
from akimat_desk.classification.entries import Entry
from akimat_desk.classification.new_code import NewCode, code_findings
from akimat_desk.classification.pack_changes import PackPreview, PackRow, State
from akimat_desk.classification.pack_file import kind_words, kinds_shown, read_pack
from akimat_desk.classification.pack_workbook import write_pack
from akimat_desk.classification.written import code_from_text, moves_of, remark_shown
from akimat_desk.cli.output import DONE, Output
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.intake import load_file, read_bytes
from akimat_desk.intake.heads import head_form

# A person reads the head of a long list; --json has it all.
_MOST_LINES = 40


@contextmanager
def _book(path: Path | None) -> Iterator[Book]:
    """The classification of a workspace, or the shipped one where none is named."""
    if path is None:
        yield shipped()
        return
    from akimat_desk.classification.service import workspace_book
    from akimat_desk.storage.workspace import Workspace

    with Workspace.open(path, read_only=True) as workspace, workspace.reading() as session:
        yield workspace_book(session)


def show_code(arguments: argparse.Namespace, output: Output) -> int:
    """The top of a year's classification, or a code with what stands below it."""
    with _book(arguments.workspace) as book:
        pack = book.pack(arguments.year)
        if arguments.code is None:
            entry, below = None, pack.top()
        else:
            code = code_from_text(arguments.code)
            entry = pack.lookup(code) if code is not None else None
            if entry is None:
                raise UsageProblem(
                    "error.classification.code_unknown", code=arguments.code, year=str(arguments.year)
                )
            below = pack.children(entry.code)
    output.json(
        {
            "year": arguments.year,
            "edition": pack.edition,
            "code": entry_json(entry, book, arguments.year, output.language) if entry is not None else None,
            "below": [entry_json(each, book, arguments.year, output.language) for each in below],
        }
    )
    output.line(pack.edition_info.title.text(output.language))
    if entry is not None:
        for line in _details(entry, book, arguments.year, output.language):
            output.line(line)
    for each in below:
        output.line(f"  {_code(each):<14} {each.name.text(output.language)}")
    return DONE


def search_codes(arguments: argparse.Namespace, output: Output) -> int:
    """Codes by number or by words of any language."""
    with _book(arguments.workspace) as book:
        found = book.pack(arguments.year).search(" ".join(arguments.text))
    output.json(
        {
            "year": arguments.year,
            "found": [entry_json(each, book, arguments.year, output.language) for each in found],
        }
    )
    for each in found[:_MOST_LINES]:
        output.line(f"{_code(each):<16} {each.name.text(output.language)}")
    output.say("cli.classification.found", count=len(found))
    return DONE


def export_pack(arguments: argparse.Namespace, output: Output) -> int:
    """The year's classification as a workbook that reads back as the same."""
    with _book(arguments.workspace) as book:
        path = write_pack(book.pack(arguments.year), arguments.out)
    output.json({"file": str(path), "year": arguments.year})
    output.say("cli.classification.exported", path=str(path))
    return DONE


def import_pack(arguments: argparse.Namespace, output: Output) -> int:
    """A newer classification: what it would change; stored only with ``--confirm``."""
    from akimat_desk.classification.service import preview_pack, take_in_pack
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    data = load_file(arguments.file)
    file = read_pack(read_bytes(data, arguments.file.name))
    with Workspace.open(arguments.workspace, read_only=not arguments.confirm) as workspace:
        with workspace.reading() as session:
            preview = preview_pack(session, file, arguments.year)
        source = None
        if arguments.confirm:
            source = take_in_pack(workspace, DEFAULT_ACTOR, preview, data, end_missing=arguments.end_missing)
    findings = [*preview.findings, *(remark for row in preview.rows for remark in row.remarks)]
    output.json(
        {
            "year": preview.year,
            "counts": {state.value: preview.count(state) for state in State},
            "rows": [_row_json(row) for row in preview.rows if row.state is not State.SAME],
            "findings": [finding.as_json(output.language) for finding in findings],
            "source": source,
        }
    )
    _show_preview(preview, output)
    output.say(
        "cli.classification.taken_in" if source is not None else "cli.not_stored_yet", count=source or 0
    )
    return output.findings(findings)


def add_own_code(arguments: argparse.Namespace, output: Output) -> int:
    """A code that the classification lacks, added to a workspace."""
    from akimat_desk.classification.service import add_code, workspace_book
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    code = code_from_text(arguments.code)
    if code is None:
        raise UsageProblem("error.classification.code_form", code=arguments.code)
    new = NewCode(
        code,
        Trilingual(arguments.name_kk, arguments.name_ru),
        arguments.year,
        arguments.until,
        _kind(arguments.kind),
        arguments.note,
    )
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            findings = code_findings(workspace_book(session), new)
        source = add_code(workspace, DEFAULT_ACTOR, new)
    output.json(
        {
            "code": code.as_json(),
            "source": source,
            "findings": [finding.as_json(output.language) for finding in findings],
        }
    )
    output.say("cli.classification.added", code=str(code), year=str(new.since))
    return output.findings(findings)


def list_sources(arguments: argparse.Namespace, output: Output) -> int:
    """What was taken in or added, withdrawn ones too."""
    from akimat_desk.classification.service import sources
    from akimat_desk.storage.workspace import Workspace

    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        found = sources(session)
    output.json(
        {
            "sources": [
                {
                    "id": each.id,
                    "kind": each.kind.value,
                    "year": each.since,
                    "title": each.title,
                    "added_at": each.added_at.isoformat(),
                    "withdrawn": each.withdrawn_at is not None,
                    "count": each.count,
                }
                for each in found
            ]
        }
    )
    for each in found:
        state = "withdrawn" if each.withdrawn_at is not None else "counts"
        said = text(f"classification.source.{state}", output.language)
        kind = text(f"classification.source.{each.kind.value}", output.language)
        output.line(f"{each.id:>4}  {each.since}  {kind}: {each.title} ({each.count}) – {said}")
    if not found:
        output.say("cli.classification.no_sources")
    return DONE


def withdraw_source(arguments: argparse.Namespace, output: Output) -> int:
    """Take a pack or a code back, or bring it back with ``--undo``."""
    from akimat_desk.classification.service import bring_back, withdraw
    from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

    with Workspace.open(arguments.workspace) as workspace:
        (bring_back if arguments.undo else withdraw)(workspace, DEFAULT_ACTOR, arguments.id)
    output.json({"id": arguments.id, "withdrawn": not arguments.undo})
    output.say("cli.classification.brought_back" if arguments.undo else "cli.classification.withdrawn")
    return DONE


def entry_json(entry: Entry, book: Book, year: int, language: Language) -> dict[str, object]:
    """A row of the classification."""
    return {
        "code": entry.code.as_json() if entry.code_known else {},
        "side": side_of(entry.code).value,
        "name_kk": entry.name.kk,
        "name_ru": entry.name.ru,
        "name_en": entry.name.en,
        "kind": entry.kind.value,
        "own_revenue": entry.own_revenue,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "confidence": sure_of(entry, language),
        "source": entry.source,
        "note": entry.note,
        "became": [
            {"year": other, "code": moved.as_json() if moved is not None else None}
            for other, moved in (moves_of(book, entry.code, year) if entry.code_known else ())
        ],
    }


def sure_of(entry: Entry, language: Language) -> str:
    """How sure a row is, in words."""
    return text(f"classification.sure.{entry.confidence.replace(' ', '_')}", language)


def _details(entry: Entry, book: Book, year: int, language: Language) -> Iterator[str]:
    yield f"{_code(entry)}"
    for name in (entry.name.kk, entry.name.ru, entry.name.en):
        if name:
            yield f"  {name}"
    until = str(entry.valid_to) if entry.valid_to is not None else "…"
    yield f"  {entry.valid_from}–{until} · {sure_of(entry, language)}"
    if entry.source:
        yield f"  {remark_shown(entry.source, language)}"
    for other, moved in moves_of(book, entry.code, year):
        key = "classification.moved" if moved is not None else "classification.moved_nowhere"
        yield "  " + text(key, language, year=str(other), code=str(moved))


def _code(entry: Entry) -> str:
    return str(entry.code) if entry.code_known else "–"


def _kind(written: str | None) -> LineKind | None:
    if not written:
        return None
    found = kind_words().get(head_form(written))
    if found is None:
        raise UsageProblem(
            "error.classification.kind",
            written=written,
            kinds=", ".join(kind.value for kind in kinds_shown()),
        )
    return found


def _row_json(row: PackRow) -> dict[str, object]:
    return {
        "state": row.state.value,
        "side": row.side.value if row.side is not None else None,
        "code": row.code.as_json() if row.code is not None else {},
        "before": {"kk": row.before.kk, "ru": row.before.ru},
        "after": {"kk": row.after.kk, "ru": row.after.ru},
        "former": row.former or None,
        "sheet": row.sheet,
        "row": row.row,
    }


def _show_preview(preview: PackPreview, output: Output) -> None:
    language = output.language
    for state in State:
        count = preview.count(state)
        if not count:
            continue
        output.line(f"{text(f'classification.state.{state.value}', language)}: {count}")
        if state in (State.SAME, State.WRONG):
            continue
        for row in [row for row in preview.rows if row.state is state][:_MOST_LINES]:
            before, after = row.before.text(language), row.after.text(language)
            names = f"{before} → {after}" if before and after and before != after else before or after
            output.line(f"  {row.code!s:<16} {names}")
