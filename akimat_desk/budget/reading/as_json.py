"""What was read of a decision in the shape that others rely on (``decision read``)."""

from __future__ import annotations

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.draft import ReadAnnex, ReadDecision, ReadUnit
from akimat_desk.core.language import Language
from akimat_desk.core.money import plain


def decision_json(read: ReadDecision, language: Language) -> dict[str, object]:
    """The contract's shape: amounts are strings in thousand tenge, None is "not stated"; messages in
    ``language``, which is not the decision's."""
    return {
        "language": read.language.value,
        "decision": {
            "title": read.title,
            "number": read.number,
            "date": read.date.isoformat() if read.date else None,
            "is_amendment": read.is_amendment,
            "effective_date": read.effective_date.isoformat() if read.effective_date else None,
            "session": read.session,
            "maslikhat": read.maslikhat,
        },
        "units": [_unit_json(unit, language) for unit in read.units],
        "findings": [finding.as_json(language) for finding in read.findings],
        "not_understood": [
            {"line": fragment.line, "text": fragment.text} for fragment in read.not_understood
        ],
    }


def _unit_json(unit: ReadUnit, language: Language) -> dict[str, object]:
    return {
        "name": unit.name,
        "first_year": unit.first_year,
        "years": unit.years,
        "figures": {figure.value: plain(unit.figures.get(figure)) for figure in Figure},
        "restated": [figure.value for figure in unit.restated],
        "subvention": plain(unit.subvention),
        "withdrawal": plain(unit.withdrawal),
        "annexes": [_annex_json(annex) for annex in unit.annexes],
        "findings": [finding.as_json(language) for finding in unit.findings],
    }


def _annex_json(annex: ReadAnnex) -> dict[str, object]:
    return {
        "number": annex.number,
        "year": annex.year,
        "lines": [
            {
                "section": line.section.value,
                "code": line.code.as_json() if line.code is not None else {},
                "name": line.printed_name or line.name.text(Language.KK),
                "amount": plain(line.amount),
            }
            for line in annex.lines
        ],
    }
