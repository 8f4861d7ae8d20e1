"""The first paragraph of a decision: the budget of its first year with every figure.

The structure is that of Budget Code art. 9 and art. 89 p. 4, the wording that of published
decisions. In Russian the word for thousands agrees with its number ("671 тысяча", "3,4 тысячи",
"56 928 тысяч"), as correct decisions have it; in Kazakh it is always "мың теңге". A figure that the
decision does not state is left out, never printed as zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.budget.figures import SECTION_OF, SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.budget.grounds import AmountAt, Grounds
from akimat_desk.budget.views import BudgetView, DecisionKind
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.core.text import squeeze
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    check_sheet,
    decision_attributes,
    joined,
    passage,
    signatures,
    thousands,
)
from akimat_desk.reports.document import Align, Block, Heading, ReportDocument, Text

_SECTIONS = (
    Section.REVENUE,
    Section.EXPENDITURE,
    Section.NET_LENDING,
    Section.FIN_ASSETS,
    Section.DEFICIT,
    Section.FINANCING,
)


def decision_text(
    view: BudgetView,
    unit: ReportUnit,
    language: DocLanguage,
    *,
    signers: Sequence[Signer] = (),
    findings: bool = True,
) -> ReportDocument:
    """The decision's title, attributes and first point, with the signature of the mäslikhat."""
    languages = language.languages
    blocks: list[Block] = [
        *passage(languages, lambda each: _decision(view, unit, each)),
        *signatures(languages, signers),
    ]
    if findings:
        blocks += check_sheet(languages, view.findings)
    title = joined(languages, lambda each: decision_title(view, unit, each))
    return ReportDocument(
        id="decision_text",
        title=title,
        language=languages[0],
        blocks=blocks,
        subject=f"{joined(languages, unit.name.text)}, {view.year}",
        footer=title,
    )


def _years(view: BudgetView) -> str:
    years = view.decision.years or (view.year,)
    return f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])


def decision_title(view: BudgetView, unit: ReportUnit, language: Language) -> str:
    """The title of the decision that approves a budget."""
    return text(
        "report.decision.title",
        language,
        unit=unit.genitive.text(language),
        years=_years(view),
        count=len(view.decision.years) or 1,
    )


def _decision(view: BudgetView, unit: ReportUnit, language: Language) -> Side:
    amended = view.decision.kind is DecisionKind.AMENDMENT
    attributes = text(
        "report.decision.attributes_amended" if amended else "report.decision.attributes",
        language,
        maslikhat=unit.maslikhat_genitive.text(language),
        decision=decision_attributes(view.decision, language),
    )
    return [
        Heading(decision_title(view, unit, language)),
        Text(squeeze(attributes), align=Align.CENTRE),
        Text(decision_first_line(view, unit, language), indent=1),
        *decision_items(view, language),
    ]


def decision_first_line(view: BudgetView, unit: ReportUnit, language: Language) -> str:
    """The first point's opening line: what is approved, by which annexes, for which year the figures are."""
    numbers = [str(number) for number in range(1, max(1, len(view.decision.years)) + 1)]
    last = text("report.decision.and", language)
    listed = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} {last} {numbers[-1]}"
    return text(
        "report.decision.first_line",
        language,
        unit=unit.genitive.text(language),
        years=_years(view),
        annexes=listed,
        year=view.year,
        count=len(numbers),
    )


def decision_items(view: BudgetView, language: Language) -> list[Text]:
    """The sub-points 1)–6), each with its parts on lines of their own; the last ends with a full stop."""
    lines: list[tuple[str, int, Grounds]] = []
    for number, section in enumerate(_SECTIONS, start=1):
        total = SECTION_TOTAL[section]
        parts = [(part, view.figures.get(part)) for part in SECTION_PARTS[section]]
        stated = [(part, amount) for part, amount in parts if amount is not None]
        amount = view.figures.get(total)
        if amount is not None:
            item = f"{number}) {_figure(total, amount, language)}"
            including = text("report.decision.including", language) if stated else ""
            lines.append((item + including, 1, _grounds(view, total)))
        lines += [(_figure(part, value, language), 2, _grounds(view, part)) for part, value in stated]
    texts = []
    for place, (line, indent, grounds) in enumerate(lines):
        end = "." if place == len(lines) - 1 else "" if line.endswith(":") else ";"
        texts.append(Text(line + end, indent=indent, grounds=grounds))
    return texts


def _grounds(view: BudgetView, figure: Figure) -> Grounds:
    return Grounds((AmountAt(view.decision.id, view.year, SECTION_OF[figure], figure=figure),))


def _figure(figure: Figure, tiyn: int, language: Language) -> str:
    return f"{text(f'report.decision.figure.{figure.value}', language)} – {thousands(tiyn, language)}"
