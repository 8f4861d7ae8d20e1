"""Numbers about meetings of a year, and the thread of one resident's proposal, as papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction

from akimat_desk.budget.grounds import Assumed, Grounds
from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import text
from akimat_desk.meetings.numbers import MeetingYear
from akimat_desk.meetings.views import ProposalView, YearNumbers
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Signer,
    joined,
    passage,
    phrase,
    signatures,
)
from akimat_desk.reports.definitions.meeting_common import paper_name, table
from akimat_desk.reports.document import (
    Align,
    Block,
    Column,
    Heading,
    PercentCell,
    ReportDocument,
    Row,
    Table,
    Text,
    TextCell,
)

_COLUMNS = ("called", "held", "not_held", "lawful", "share", "items", "adopted", "tasks", "in_time", "late")


def share_percent(numbers: YearNumbers) -> str | None:
    """People present as a share of those entitled, one decimal, half up; None where nobody is counted."""
    return _percent(numbers.present, numbers.entitled)


def tasks_percent(numbers: YearNumbers) -> str | None:
    """Decisions carried out in time as a share of those that had a term that is over or were done."""
    return _percent(numbers.tasks_in_time, numbers.tasks_in_time + numbers.tasks_late)


def _percent(part: int, whole: int) -> str | None:
    if whole == 0:
        return None
    tenths = (Fraction(part, whole) * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def meeting_year(
    year: MeetingYear, unit: ReportUnit, language: DocLanguage, signers: Sequence[Signer], today: dt.date
) -> ReportDocument:
    """The year's numbers by kind of meeting, with the residents' proposals."""
    languages = language.languages
    rows = [
        _row(numbers, phrase(languages, f"meeting.kind.{numbers.kind.value}"))
        for numbers in year.kinds
        if numbers.kind is not None
    ]
    rows.append(_row(year.total, phrase(languages, "report.meeting.total"), bold=True))
    widths = (0.17, *(0.083 for _ in _COLUMNS))
    head = (
        TextCell(phrase(languages, "report.meeting.col.kind")),
        *(TextCell(phrase(languages, f"report.meeting.year.{key}")) for key in _COLUMNS),
    )
    title = joined(
        languages,
        lambda each: text("report.meeting.year.title", each, unit=unit.genitive.text(each), year=year.year),
    )
    in_time = tasks_percent(year.total)
    blocks: list[Block] = [
        *passage(
            languages,
            lambda each: [
                Heading(
                    text("report.meeting.year.title", each, unit=unit.genitive.text(each), year=year.year)
                ),
                Text(
                    text("report.meeting.year.as_of", each, day=dates.long(today, each)), align=Align.CENTRE
                ),
            ],
        ),
        Table(
            columns=tuple(
                Column(width, Align.LEFT if at == 0 else Align.CENTRE) for at, width in enumerate(widths)
            ),
            head=(head,),
            rows=tuple(rows),
        ),
        *passage(languages, lambda each: _notes(year, in_time, each)),
        *_reporting(year, languages),
        *signatures(languages, signers),
    ]
    return ReportDocument(
        id="meetings",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=True,
        subject=f"{joined(languages, unit.name.text)}, {year.year}",
        footer=title,
    )


def _reporting(year: MeetingYear, languages: Sequence[Language]) -> list[Block]:
    """The akim's meetings with residents by locality; a period without one is marked."""
    if not year.reporting:
        return []
    kind = "half" if year.reporting_months == 6 else "quarter"
    count = len(year.reporting[0].held)
    head = (
        TextCell(phrase(languages, "report.meeting.label.locality")),
        *(
            TextCell(phrase(languages, f"report.meeting.year.{kind}", number=number))
            for number in range(1, count + 1)
        ),
    )
    rows = tuple(
        Row(
            (
                TextCell(joined(languages, place.name.text)),
                *(TextCell(str(held or "–")) for held in place.held),
            ),
            marked=not all(place.held),
        )
        for place in year.reporting
    )
    return [
        Heading(phrase(languages, "report.meeting.year.reporting"), level=2),
        Table(
            columns=(Column(0.4), *(Column(0.6 / count, Align.CENTRE) for _ in range(count))),
            head=(head,),
            rows=rows,
        ),
    ]


def _present(numbers: YearNumbers) -> Grounds:
    """Both counts of those who came, as the minutes of the kind's meetings have them."""
    counts = {"present": numbers.present, "entitled": numbers.entitled}
    places = tuple(Assumed(f"provenance.assumed.{name}", str(count)) for name, count in counts.items())
    return Grounds(places, "provenance.formula.present", "source.meeting_minutes")


def _row(numbers: YearNumbers, name: str, *, bold: bool = False) -> Row:
    counts = (numbers.called, numbers.held, numbers.not_held, numbers.lawful)
    after = (numbers.items, numbers.adopted, numbers.tasks, numbers.tasks_in_time, numbers.tasks_late)
    return Row(
        (
            TextCell(name),
            *(TextCell(str(count)) for count in counts),
            # Of all kinds together it would say nothing: members and residents are counted apart.
            PercentCell(share_percent(numbers) if numbers.kind is not None else None, _present(numbers)),
            *(TextCell(str(count)) for count in after),
        ),
        bold=bold,
    )


def _notes(year: MeetingYear, in_time: str | None, language: Language) -> list[Heading | Text]:
    shown = in_time.replace(".", ",") + " %" if in_time is not None else "–"
    fields = {
        "raised": year.residents_proposals,
        "accepted": year.residents_accepted,
        "done": year.residents_done,
    }
    return [
        Text(text("report.meeting.year.in_time_share", language, share=shown), align=Align.LEFT),
        Text(text("report.meeting.year.residents", language, **fields), align=Align.LEFT),
    ]


def proposal_thread(view: ProposalView, unit: ReportUnit, language: DocLanguage) -> ReportDocument:
    """One proposal from the hand raised to the report back, step by step."""
    languages = language.languages
    rows = [
        [phrase(languages, f"report.proposal.step.{step}"), when, joined(languages, said)]
        for step, when, said in _steps(view)
    ]
    title = phrase(languages, "report.proposal.title")
    blocks: list[Block] = [
        *passage(
            languages,
            lambda each: [
                Heading(text("report.proposal.title", each)),
                Text(unit.name.text(each), align=Align.CENTRE),
                Text(view.what.text(each), align=Align.LEFT, bold=True),
            ],
        ),
        table(
            languages,
            (("step", 0.24, Align.LEFT), ("day", 0.16, Align.CENTRE), ("what", 0.60, Align.LEFT)),
            rows,
        ),
    ]
    return ReportDocument(
        id="proposal_thread",
        title=title,
        language=languages[0],
        blocks=blocks,
        subject=joined(languages, unit.name.text),
        footer=title,
    )


Step = tuple[str, str, Callable[[Language], str]]


def _steps(view: ProposalView) -> list[Step]:
    """What has happened so far: the step's key, its day, what to say of it."""

    def day(value: dt.date | None) -> str:
        return dates.short(value) if value is not None else ""

    def money(tiyn: int | None) -> str:
        return table_amount(tiyn) if tiyn is not None else "–"

    def raised(each: Language) -> str:
        where = ", ".join(part for part in (view.locality.text(each), view.place) if part) or "–"
        parts = [text("report.proposal.where", each, where=where)]
        if view.author:
            parts.append(text("report.proposal.author", each, author=view.author))
        if view.raised_at:
            parts.append(text("report.proposal.at", each, meeting=view.raised_at))
        if view.cost is not None:
            parts.append(text("report.proposal.cost", each, amount=money(view.cost)))
        return "; ".join(parts)

    steps: list[Step] = [("raised", day(view.raised_on), raised)]
    if view.rank is not None:
        steps.append(("ranked", "", lambda each: text("report.proposal.rank", each, rank=view.rank)))
    if view.accepted is not None:
        key = "accepted" if view.accepted else "refused"

        def decided(each: Language) -> str:
            said = text(f"report.proposal.{key}", each)
            return f"{said}; {text('report.proposal.at', each, meeting=view.item)}" if view.item else said

        steps.append(("decided", "", decided))
    if view.paper is not None:
        budget = view.paper

        def budgeted(each: Language) -> str:
            name = view.line_name.text(each)
            return text(
                "report.proposal.line",
                each,
                paper=paper_name(budget, each),
                line=f"{view.line} {name}".strip(),
                year=view.budget_year,
                amount=money(view.planned),
            )

        steps.append(("budgeted", day(budget.date), budgeted))
    if view.executed is not None:
        done = view.executed

        def executed(each: Language) -> str:
            papers = ", ".join(done.papers) or text("report.proposal.typed_form", each)
            return text("report.proposal.executed", each, amount=money(done.amount), papers=papers)

        steps.append(("executed", day(done.as_of), executed))
    if view.spent is not None:
        steps.append(
            (
                "spent",
                day(view.spent_on),
                lambda each: text("report.proposal.spent", each, amount=money(view.spent)),
            )
        )
    if view.told_on is not None:
        steps.append(("told", day(view.told_on), lambda _each: view.told or "–"))
    return steps
