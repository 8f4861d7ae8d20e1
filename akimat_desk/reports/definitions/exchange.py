"""Papers about packages: the page with an office's public key, the letter to those who are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, Signer, joined, phrase, signatures
from akimat_desk.reports.document import (
    Align,
    Block,
    Column,
    Heading,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
)


def key_page(
    unit: Trilingual,
    kato: str,
    key: str,
    fingerprint: str,
    words: Mapping[Language, str],
    day: dt.date,
    signers: Sequence[Signer],
) -> ReportDocument:
    """One page to carry upward: the public half of the key, its fingerprint in digits and in words."""
    both = DocLanguage.BOTH
    rows = [
        ("unit", joined(both.languages, unit.text)),
        ("kato", kato),
        ("key", key),
        ("fingerprint", fingerprint),
        ("words_kk", words[Language.KK]),
        ("words_ru", words[Language.RU]),
        ("day", day.strftime("%d.%m.%Y")),
    ]
    table = Table(
        columns=(Column(5), Column(11)),
        head=(),
        rows=tuple(
            Row((TextCell(phrase(both.languages, f"report.key.{name}")), TextCell(value)))
            for name, value in rows
        ),
    )
    blocks: list[Block] = [
        *(Heading(text("report.key.title", each)) for each in both.languages),
        *(Text(text("report.key.lead", each), indent=1) for each in both.languages),
        table,
        *(Text(text("report.key.compare", each), indent=1) for each in both.languages),
        *signatures(both.languages, signers),
    ]
    return ReportDocument(
        "package_key", phrase(both.languages, "report.key.title"), Language.KK, blocks, subject=kato
    )


def late_letter(
    late: Sequence[tuple[Trilingual, str]],
    owner: Trilingual,
    period: Mapping[Language, str],
    day: dt.date,
    language: DocLanguage,
    signers: Sequence[Signer],
) -> list[ReportDocument]:
    """A letter to all whose package of a period did not come, or was returned: ``late`` are names and states
    (catalogue keys)."""
    made = []
    for each in language.languages:
        rows = tuple(
            Row((TextCell(str(number)), TextCell(name.text(each)), TextCell(text(state, each))))
            for number, (name, state) in enumerate(late, start=1)
        )
        heads = tuple(TextCell(text(f"report.late.{head}", each)) for head in ("number", "unit", "state"))
        blocks: list[Block] = [
            Text(text("report.late.to", each), align=Align.RIGHT, bold=True),
            Text(dates.long(day, each), align=Align.LEFT),
            Heading(text("report.late.title", each, period=period[each])),
            Text(
                text("report.late.lead", each, owner=owner.text(each), period=period[each], count=len(late)),
                indent=1,
            ),
            Table(columns=(Column(1.2), Column(9), Column(6)), head=(heads,), rows=rows),
            Text(text("report.late.ask", each), indent=1),
            *signatures((each,), signers),
        ]
        made.append(
            ReportDocument("late_letter", text("report.late.title", each, period=period[each]), each, blocks)
        )
    return made
