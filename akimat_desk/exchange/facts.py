"""The figures as one flat table (CSV) with a Fiscal Data Package description: opened without this program.

The table is made of ``figures.json`` alone, so that whoever verifies a package can make it again and
compare byte by byte.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from akimat_desk.core.money import TIYN_PER_TENGE
from akimat_desk.exchange.contents.fact import Fact, Indicator
from akimat_desk.exchange.manifest import Period

COLUMNS: Sequence[tuple[str, str, str]] = (
    ("unit", "string", "KATO code of the unit"),
    ("period", "string", "period of the package: a year, or the month up to which it reports"),
    ("document", "string", "the document in the unit's own workspace"),
    (
        "phase",
        "string",
        "decision, amendment: a whole edition; plan_…, adjustment: what is added; form_…: from January",
    ),
    ("number", "string", "number of the paper; of a form the institution's code"),
    ("date", "date", "date of the paper; of a form the day as of which it reports"),
    ("year", "year", "budget year"),
    ("month", "integer", "month of a plan or form; empty: the whole year"),
    ("section", "string", "revenue, expenditure, net_lending, fin_assets, deficit, financing"),
    ("code", "string", "code of the budget classification, parts joined by a slash"),
    ("kind", "string", "what the line is: tax, nontax, transfers, expenditure…"),
    ("leaf", "boolean", "true: no line below it in this table; sums over leaves count nothing twice"),
    ("name_kk", "string", "name in Kazakh"),
    ("name_ru", "string", "name in Russian"),
    ("measure", "string", "which figure of the line: budget, adjustment, planned_…, or a column of the form"),
    ("amount", "number", "tenge; empty: not stated"),
)
INDICATOR_COLUMNS = (
    ("unit", "string", "KATO code of the unit"),
    ("period", "string", "period of the package"),
    ("month", "integer", "month up to which it is reckoned; empty: the period"),
    ("about", "string", "meetings or ratio"),
    ("indicator", "string", "which number"),
    ("of", "string", "kind of meeting; or formula and basis of the ratio"),
    ("unit_of_measure", "string", "count, percent or tenge"),
    ("value", "number", "the number"),
)


def facts_csv(unit: str, period: Period, facts: Iterable[Fact]) -> bytes:
    """The table of amounts as UTF-8 CSV: one row for each line of each document."""
    rows = (
        (
            unit,
            str(period),
            fact.document,
            fact.phase,
            safe(fact.number),
            fact.date.isoformat() if fact.date else "",
            str(fact.year),
            str(fact.month or ""),
            fact.section,
            fact.code,
            fact.kind,
            "true" if fact.leaf else "false",
            safe(fact.name.kk),
            safe(fact.name.ru),
            fact.measure,
            tenge(fact.amount),
        )
        for fact in facts
    )
    return _table(COLUMNS, rows)


def indicators_csv(unit: str, period: Period, indicators: Iterable[Indicator]) -> bytes:
    """The table of numbers that are no line of a budget: meetings, ratios."""
    rows = (
        (unit, str(period), str(each.month or ""), each.what.value, each.name, each.of, each.unit, each.value)
        for each in indicators
    )
    return _table(INDICATOR_COLUMNS, rows)


def _table(columns: Sequence[tuple[str, str, str]], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(name for name, _, _ in columns)
    writer.writerows(rows)
    return stream.getvalue().encode()


def tenge(tiyn: int | None) -> str:
    """Whole tiyn as tenge with two decimals and a point; "" where nothing is stated."""
    if tiyn is None:
        return ""
    sign = "-" if tiyn < 0 else ""
    whole, rest = divmod(abs(tiyn), TIYN_PER_TENGE)
    return f"{sign}{whole}.{rest:02d}"


def safe(text: str) -> str:
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
            _resource("facts", COLUMNS),
            _resource("indicators", INDICATOR_COLUMNS),
        ],
        "model": {
            "measures": {"amount": {"source": "amount", "currency": "KZT"}},
            "dimensions": {
                "year": _dimension("datetime", ("year", "month")),
                "unit": _dimension("location", ("unit",)),
                "document": _dimension("fact", ("document", "phase", "number", "date", "period")),
                "section": _dimension("classification", ("section", "kind", "measure")),
                "line": _dimension("classification", ("code", "name_kk", "name_ru", "leaf")),
            },
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _resource(name: str, columns: Sequence[tuple[str, str, str]]) -> dict[str, object]:
    fields = [{"name": column, "type": kind, "description": words} for column, kind, words in columns]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _dimension(kind: str, columns: Sequence[str]) -> dict[str, object]:
    return {
        "dimensionType": kind,
        "primaryKey": [columns[0]],
        "attributes": {name: {"source": name} for name in columns},
    }
