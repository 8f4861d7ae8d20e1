"""The one-page brief for residents (civil budget, Budget Code art. 39): where the money comes from, where
it goes, how self-sufficient the okrug is; per resident where people are on file; three charts, each with
a plain sentence; what was asked at meetings and done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from akimat_desk.budget.figures import SECTION_OF, Figure, Section
from akimat_desk.budget.grounds import AmountAt, Assumed, Grounds, Place
from akimat_desk.budget.ratio.grounds import ratio_grounds
from akimat_desk.budget.ratio.levers import Outcome
from akimat_desk.budget.ratio.path import RatioPath
from akimat_desk.budget.ratio.words import outcome_standing
from akimat_desk.budget.ratio.written import decimal_text, percent_text
from akimat_desk.budget.views import BudgetView
from akimat_desk.classification.codes import ExpenditureCode
from akimat_desk.core.language import Language
from akimat_desk.core.money import NO_BREAK_SPACE, TIYN_PER_THOUSAND, half_up
from akimat_desk.core.strings import has_text, text
from akimat_desk.meetings.numbers import MeetingYear
from akimat_desk.reports.definitions.common import ReportUnit
from akimat_desk.reports.document import (
    Align,
    Block,
    Chart,
    ChartKind,
    Heading,
    ReportDocument,
    Series,
    Text,
    Tone,
)

_SOURCES = (Figure.TAX, Figure.NONTAX, Figure.CAPITAL_SALES, Figure.SPECIAL_RECEIPTS, Figure.TRANSFERS)
_MOST_GROUPS = 5
_MOST_EACH = 3  # groups told per resident in words; the picture has the others
_RULE = "source.bc_39"
_MILLION = 1000 * TIYN_PER_THOUSAND


@dataclass(frozen=True, slots=True)
class BriefData:
    """What the brief says. ``people`` and ``meetings`` are None where nothing is on file."""

    view: BudgetView
    path: RatioPath
    outcome: Outcome
    people: int | None
    meetings: MeetingYear | None
    done: tuple[str, ...] = ()  # what was carried out, in the document's language
    asked: tuple[str, ...] = ()  # what residents asked for, in the document's language


def residents_brief(data: BriefData, unit: ReportUnit, language: Language) -> ReportDocument:
    """The brief in one language, made to fit one page."""
    title = text("report.brief.title", language, unit=unit.genitive.text(language), year=data.view.year)
    blocks: list[Block] = [
        Heading(title),
        Text(_money(data, language), align=Align.LEFT, grounds=_money_grounds(data)),
        _sources(data.view, data.people, language),
        _spending(data.view, data.people, language),
        _ratio(data, language),
        Heading(text("report.brief.meetings", language), level=2),
        *(Text(sentence, align=Align.LEFT) for sentence in _asked(data, language)),
        Text(
            text("report.brief.note", language, formula=text(data.path.variant.formula_key, language)),
            Tone.SMALL,
        ),
    ]
    return ReportDocument(
        id="residents_brief",
        title=title,
        language=language,
        blocks=blocks,
        subject=f"{unit.name.text(language)}, {data.view.year}",
        footer=title,
    )


def _money(data: BriefData, language: Language) -> str:
    figures, year = data.view.figures, data.view.year
    revenue, costs = figures.get(Figure.REVENUE_TOTAL), figures.get(Figure.COSTS)
    said = text(
        "report.brief.money",
        language,
        year=year,
        revenue=_millions_text(revenue),
        costs=_millions_text(costs),
    )
    if data.people and costs:
        each = _each(costs, data.people)
        said += " " + text("report.brief.per_resident", language, people=data.people, amount=each)
    return said


def _at(view: BudgetView, figure: Figure) -> AmountAt:
    return AmountAt(view.decision.id, view.year, SECTION_OF[figure], figure=figure)


def _money_grounds(data: BriefData) -> Grounds:
    """Revenue, costs, and where they are divided by them the people on file."""
    places: list[Place] = [_at(data.view, Figure.REVENUE_TOTAL), _at(data.view, Figure.COSTS)]
    if not data.people:
        return Grounds(tuple(places), "provenance.formula.brief_money", _RULE)
    places.append(Assumed("provenance.assumed.people", f"{data.people:,}".replace(",", NO_BREAK_SPACE)))
    return Grounds(tuple(places), "provenance.formula.brief_per_resident", _RULE)


def _sources(view: BudgetView, people: int | None, language: Language) -> Chart:
    """Where the money comes from."""
    stated = [(figure, amount) for figure in _SOURCES if (amount := view.figures.get(figure))]
    total = view.figures.get(Figure.REVENUE_TOTAL) or sum(amount for _, amount in stated)
    own = sum(amount for figure, amount in stated if figure in _SOURCES[:3])
    words = text(
        "report.brief.from_words", language, share=_hundred(own, total), of=_hundred(total - own, total)
    )
    if people:
        each, given = _each(own, people), _each(total - own, people)
        words += " " + text("report.brief.from_each", language, own=each, given=given)
    names = tuple(text(f"report.brief.source.{figure.value}", language) for figure, _ in stated)
    places = (*(_at(view, figure) for figure, _ in stated), _at(view, Figure.REVENUE_TOTAL))
    rests = Grounds(places, "provenance.formula.brief_shares", _RULE)
    return _bars("report.brief.from", names, [amount for _, amount in stated], words, language, rests)


def _spending(view: BudgetView, people: int | None, language: Language) -> Chart:
    """Where it goes: the largest groups, the others together."""
    groups = [
        (line.code.functional_group, line.amount, line.name.text(language), line)
        for line in view.lines
        if line.section is Section.EXPENDITURE
        and isinstance(line.code, ExpenditureCode)
        and line.code.level == 1
        and line.amount
        and half_up(Fraction(line.amount, _MILLION), 1)  # what would read "0,0" only takes room
    ]
    groups.sort(key=lambda group: -group[1])
    total = view.figures.get(Figure.COSTS) or sum(group[1] for group in groups)
    shown, rest = groups[:_MOST_GROUPS], groups[_MOST_GROUPS:]
    names = [_group_name(number, name, language) for number, _, name, _ in shown]
    amounts = [amount for _, amount, _, _ in shown]
    if rest:
        names.append(text("report.brief.group.other", language))
        amounts.append(sum(group[1] for group in rest))
    if not shown:
        words = text("report.brief.to_unknown", language)
        return _bars(
            "report.brief.to",
            (text("report.brief.group.other", language),),
            [total],
            words,
            language,
            Grounds((_at(view, Figure.COSTS),)),
        )
    words = text("report.brief.to_words", language, name=names[0], share=_hundred(amounts[0], total))
    if people:
        shares = [f"{name} – {_each(amount, people)}" for name, amount in zip(names, amounts, strict=True)]
        words += " " + text("report.brief.to_each", language, shares="; ".join(shares[:_MOST_EACH]))
    lines = (AmountAt.of_line(view.decision.id, view.year, line) for *_, line in groups)
    rests = Grounds((*lines, _at(view, Figure.COSTS)), "provenance.formula.brief_shares", _RULE)
    return _bars("report.brief.to", tuple(names), amounts, words, language, rests)


def _group_name(number: str, name: str, language: Language) -> str:
    """A group in a word or two; one without such words keeps its own name."""
    key = f"report.brief.group.{number}"
    return text(key, language) if has_text(key) else name


def _ratio(data: BriefData, language: Language) -> Chart:
    """How self-sufficient: by years against the target line."""
    years = [year for year in data.path.years if year.year <= data.view.year]
    words = text(
        "report.brief.ratio_words",
        language,
        percent=percent_text(data.outcome.percent),
        year=data.view.year,
        standing=outcome_standing(data.outcome, language),
    )
    return Chart(
        ChartKind.BARS_WITH_LINE,
        text("report.brief.ratio", language),
        tuple(str(year.year) for year in years),
        (
            Series(
                text("ratio.chart.ratio", language),
                tuple(
                    None
                    if (best := year.best) is None or best.percent is None
                    else str(half_up(best.percent, 1))
                    for year in years
                ),
            ),
            Series(
                text("ratio.chart.target", language),
                tuple(None if y.target_percent is None else str(y.target_percent) for y in years),
                line=True,
            ),
        ),
        text_equivalent=words,
        compact=True,
        grounds=ratio_grounds(data.view.decision.id, data.view.year, data.path.variant)["ratio_percent"],
    )


def _asked(data: BriefData, language: Language) -> list[str]:
    """What was asked at meetings and done."""
    if data.meetings is None or not data.meetings.total.held:
        return [text("report.brief.no_meetings", language)]
    total, year = data.meetings.total, data.meetings
    said = [
        text(
            "report.brief.meetings_held",
            language,
            held=total.held,
            adopted=total.adopted,
            raised=year.residents_proposals,
            accepted=year.residents_accepted,
            done=year.residents_done,
        )
    ]
    for key, what in (("asked_for", data.asked), ("done", data.done)):
        listed = "; ".join(each.rstrip(".") for each in what)
        if listed:
            said.append(text(f"report.brief.{key}", language, what=listed))
    return said


def _each(tiyn: int, people: int) -> str:
    """Thousand tenge for each resident, to 0.1."""
    return decimal_text(half_up(Fraction(tiyn, people * TIYN_PER_THOUSAND), 1))


def _bars(
    key: str, names: Sequence[str], amounts: Sequence[int], words: str, language: Language, rests: Grounds
) -> Chart:
    return Chart(
        ChartKind.BARS,
        text(key, language),
        tuple(names),
        (Series(text("report.brief.millions", language), tuple(_millions(amount) for amount in amounts)),),
        unit=text("report.brief.millions", language),
        text_equivalent=words,
        compact=True,
        grounds=rests,
    )


def _millions(tiyn: int) -> str:
    return str(half_up(Fraction(tiyn, _MILLION), 1))


def _millions_text(tiyn: int | None) -> str:
    return "–" if tiyn is None else decimal_text(half_up(Fraction(tiyn, _MILLION), 1))


def _hundred(part: int, whole: int) -> str:
    """How many tenge of each hundred, to a whole one."""
    return decimal_text(half_up(Fraction(part * 100, whole), 0)) if whole else "–"
