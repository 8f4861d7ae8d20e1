"""The figures as one flat table (CSV) with a Fiscal Data Package description: opened without this program.

The table is made of ``figures.json`` alone, so that whoever verifies a package can make it again and
compare byte by byte.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import Code
from akimat_desk.core.money import TIYN_PER_TENGE
from akimat_desk.exchange.contents.decisions import TravellingDecision
from akimat_desk.exchange.manifest import Period

COLUMNS = (
    ("unit", "string", "KATO code of the unit"),
    ("period", "string", "period of the package: a year, or the month up to which it reports"),
    ("document", "string", "the document in the unit's own workspace"),
    ("phase", "string", "decision or amendment (a whole new edition)"),
    ("number", "string", "number of the decision"),
    ("date", "date", "date of the decision"),
    ("year", "year", "budget year"),
    ("section", "string", "revenue, expenditure, net_lending, fin_assets, deficit, financing"),
    ("code", "string", "code of the budget classification, parts joined by a slash"),
    ("kind", "string", "what the line is: tax, nontax, transfers, expenditure…"),
    ("leaf", "boolean", "true: no line below it in this table; sums over leaves count nothing twice"),
    ("name_kk", "string", "name in Kazakh"),
    ("name_ru", "string", "name in Russian"),
    ("amount", "number", "tenge; empty: not stated"),
)


def facts_csv(unit: str, period: Period, decisions: Sequence[TravellingDecision]) -> bytes:
    """The table as UTF-8 CSV: one row for each line of each year of each document."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(name for name, _, _ in COLUMNS)
    for decision in decisions:
        for row in _rows(unit, period, decision):
            writer.writerow(row)
    return stream.getvalue().encode()


def _rows(unit: str, period: Period, decision: TravellingDecision) -> Iterator[Sequence[str]]:
    head = (
        unit,
        str(period),
        decision.ref,
        decision.kind,
        _safe(decision.number),
        decision.date.isoformat() if decision.date else "",
    )
    for year in sorted(decision.edition.years):
        lines = decision.edition.years[year].lines
        parents = _with_lines_below(lines)
        for line in lines:
            is_leaf = line.code is not None and (line.section.value, line.code) not in parents
            yield (
                *head,
                str(year),
                line.section.value,
                line.code.stored if line.code is not None else "",
                line.kind.value,
                "true" if is_leaf else "false",
                _safe(line.name.kk or line.printed_name),
                _safe(line.name.ru or line.printed_name),
                tenge(line.amount),
            )


def _with_lines_below(lines: Sequence[BudgetLine]) -> set[tuple[str, Code]]:
    found: set[tuple[str, Code]] = set()
    for line in lines:
        above = line.code.parent if line.code is not None else None
        while above is not None:
            found.add((line.section.value, above))
            above = above.parent
    return found


def tenge(tiyn: int | None) -> str:
    """Whole tiyn as tenge with two decimals and a point; "" where nothing is stated."""
    if tiyn is None:
        return ""
    sign = "-" if tiyn < 0 else ""
    whole, rest = divmod(abs(tiyn), TIYN_PER_TENGE)
    return f"{sign}{whole}.{rest:02d}"


def _safe(text: str) -> str:
    """A text that a spreadsheet does not take for a formula when it opens the table."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def description(unit: str, unit_name: str, period: Period) -> bytes:
    """``datapackage.json``: what the columns are, in the words of the Fiscal Data Package."""
    data = {
        "profile": "fiscal-data-package",
        "name": f"akimat-desk-{unit}-{str(period).lower()}",
        "title": f"{unit_name}, {period}",
        "countryCode": "KZ",
        "fiscalPeriod": {"start": f"{period.year}-01-01", "end": f"{period.year}-12-31"},
        "resources": [
            {
                "name": "facts",
                "path": "facts.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "type": kind, "description": words} for name, kind, words in COLUMNS
                    ],
                    "missingValues": [""],
                },
            }
        ],
        "model": {
            "measures": {"amount": {"source": "amount", "currency": "KZT"}},
            "dimensions": {
                "year": _dimension("datetime", ("year",)),
                "unit": _dimension("location", ("unit",)),
                "document": _dimension("fact", ("document", "phase", "number", "date", "period")),
                "section": _dimension("classification", ("section", "kind")),
                "line": _dimension("classification", ("code", "name_kk", "name_ru", "leaf")),
            },
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _dimension(kind: str, columns: Sequence[str]) -> dict[str, object]:
    return {
        "dimensionType": kind,
        "primaryKey": [columns[0]],
        "attributes": {name: {"source": name} for name in columns},
    }
