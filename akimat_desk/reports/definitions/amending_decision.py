"""The mäslikhat's decision that changes a budget: the first point and the annexes in the new edition.

Worded as published amending acts are (Budget Code art. 94 and 96): the decision that is changed with its
date, number and title; the first point restated with every figure where any of them changed; the changed
annexes in the new edition; the day from which it holds. Both languages say the same data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from akimat_desk.budget.views import BudgetView, DecisionSummary
from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
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
)
from akimat_desk.reports.definitions.decision_text import (
    decision_first_line,
    decision_items,
    decision_title,
)
from akimat_desk.reports.document import Align, Block, Heading, ReportDocument, Text


@dataclass(frozen=True, slots=True)
class AmendingOptions:
    """What the decision changes: ``point`` whether a figure of the first point changed, ``annexes`` the
    numbers of the changed annexes of the decision; ``basis`` the articles it cites."""

    point: bool
    annexes: tuple[int, ...]
    basis: Trilingual


def amending_decision(
    view: BudgetView,
    amended: DecisionSummary | None,
    unit: ReportUnit,
    language: DocLanguage,
    options: AmendingOptions,
    *,
    signers: Sequence[Signer] = (),
    findings: bool = True,
) -> ReportDocument:
    """The decision's text without its annexes. ``view`` is the new edition's budget of its first year;
    ``amended`` the decision that is changed, None where the office began with an amendment."""
    languages = language.languages
    writer = _Writer(view, amended, unit, options)
    blocks: list[Block] = [
        *passage(languages, writer.write),
        *signatures(languages, signers),
    ]
    if findings:
        blocks += check_sheet(languages, view.findings)
    title = joined(languages, writer.title)
    return ReportDocument(
        id="amending_decision",
        title=title,
        language=languages[0],
        blocks=blocks,
        subject=f"{joined(languages, unit.name.text)}, {view.year}",
        footer=joined(languages, lambda each: decision_title(view, unit, each)),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    view: BudgetView
    amended: DecisionSummary | None
    unit: ReportUnit
    options: AmendingOptions

    def title(self, language: Language) -> str:
        """ "On amendments to the decision … of … No …"."""
        return squeeze(text("report.amending.title", language, **self._cited(language)))

    def write(self, language: Language) -> Side:
        """The whole text in one language."""
        attributes = text(
            "report.decision.attributes",
            language,
            maslikhat=self.unit.maslikhat_genitive.text(language),
            decision=decision_attributes(self.view.decision, language),
        )
        opening = text(
            "report.amending.decides",
            language,
            basis=self.options.basis.text(language),
            maslikhat=self.unit.maslikhat.text(language) or text("report.amending.maslikhat", language),
        )
        blocks: list[Heading | Text] = [
            Heading(self.title(language)),
            Text(squeeze(attributes), align=Align.CENTRE),
            Text(squeeze(opening), indent=1),
            Text(squeeze(text("report.amending.change", language, **self._cited(language))), indent=1),
        ]
        if self.options.point:
            blocks += self._point(language)
        if self.options.annexes:
            blocks.append(Text(self._annexes(language), indent=1))
        day = self.view.decision.effective_date
        beginning = dates.beginning(day, language) if day else text("report.blank.beginning", language)
        blocks.append(Text(text("report.amending.in_force", language, day=beginning), indent=1))
        return blocks

    def _cited(self, language: Language) -> dict[str, object]:
        """The decision that is changed: date, number, title as it was adopted in this language."""
        amended = self.amended
        adopted = amended.title if amended is not None and amended.language is language else ""
        if amended is not None:
            attributes = decision_attributes(amended, language)
        else:
            number = text("report.blank.number", language)
            attributes = f"{text('report.blank.date', language)} № {number}"
        return {
            "maslikhat": self.unit.maslikhat_genitive.text(language),
            "decision": attributes,
            "title": adopted or decision_title(self.view, self.unit, language),
        }

    def _point(self, language: Language) -> list[Text]:
        first = f"«{decision_first_line(self.view, self.unit, language)}"
        items = decision_items(self.view, language)
        # The quotation ends with the last figure; the annexes follow after a semicolon.
        end = "»;" if self.options.annexes else "»."
        last = replace(items[-1], text=items[-1].text + end)
        restated = Text(text("report.amending.point", language), indent=1)
        return [restated, Text(first, indent=1), *items[:-1], last]

    def _annexes(self, language: Language) -> str:
        numbers = self.options.annexes
        if len(numbers) == 1:
            return text("report.amending.annex_only", language, numbers=numbers[0])
        own = [str(number) for number in range(1, len(numbers) + 1)]
        return text(
            "report.amending.annexes",
            language,
            numbers=_listed([str(number) for number in numbers], language),
            own=_listed(own, language),
        )


def _listed(numbers: Sequence[str], language: Language) -> str:
    """Two numbers and more: "1, 2 және 3"."""
    return f"{', '.join(numbers[:-1])} {text('report.decision.and', language)} {numbers[-1]}"
