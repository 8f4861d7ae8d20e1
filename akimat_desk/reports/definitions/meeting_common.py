"""What the papers of a meeting share: names, days, the agenda, tables, figures equal in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from akimat_desk.budget.views import DecisionKind
from akimat_desk.core import dates
from akimat_desk.core.errors import RuleBroken
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.core.words_read import numbers_in, same_numbers
from akimat_desk.meetings.states import MeetingState
from akimat_desk.meetings.views import BudgetPaper, ItemView, MeetingView, MovePaper
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Side, joined, passage, phrase
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


def refuse_different_figures(view: MeetingView) -> None:
    """Raise RuleBroken where the Kazakh and the Russian wording of anything differ in a figure, be it
    written in digits or in words."""
    for where, said in _said(view):
        if not (said.kk and said.ru):
            continue
        kk, ru = numbers_in(said.kk, Language.KK), numbers_in(said.ru, Language.RU)
        if not same_numbers(kk, ru):
            raise RuleBroken(
                "error.meeting.figures_differ", no=where, kk=kk.listed() or "–", ru=ru.listed() or "–"
            )


def _said(view: MeetingView) -> Iterator[tuple[str, Trilingual]]:
    yield "–", view.place
    for item in view.items:
        no = str(item.no)
        yield no, item.title
        yield no, item.decision
        for speech in item.speeches:
            yield no, speech.gist
        for task in item.tasks:
            yield no, task.text
        for step in item.follow_ups:
            yield no, step.text


def meeting_name(view: MeetingView, unit: ReportUnit, language: Language, case: str = "genitive") -> str:
    """The meeting's full name: «… ауылдық округінің жергілікті қоғамдастық жиналысының», "собрания …"."""
    kind = text(f"report.meeting.kind.{view.kind.value}.{case}", language)
    key = "report.meeting.of_maslikhat" if view.kind.of_deputies else "report.meeting.of_unit"
    owner = unit.maslikhat_genitive if view.kind.of_deputies and unit.maslikhat_genitive else unit.genitive
    return text(key, language, kind=kind, unit=owner.text(language))


def labelled(key: str, language: Language, value: str) -> Text:
    """A line "Label: value" that needs no case of the value."""
    label = text(f"report.meeting.label.{key}", language)
    return Text(f"{label}: {value}", align=Align.LEFT)


def when_and_where(view: MeetingView, language: Language) -> list[Text]:
    """Day, hour and place as lines; a meeting that is over says so in its labels."""
    over = view.state in (MeetingState.HELD, MeetingState.OPEN)
    lines = [labelled("held_day" if over else "day", language, dates.long(view.day, language))]
    if view.starts is not None and view.opened_at is None:
        lines.append(labelled("starts", language, f"{view.starts:%H:%M}"))
    if view.locality:
        lines.append(labelled("locality", language, view.locality.text(language)))
    place = view.place.text(language) or text("report.meeting.blank", language)
    lines.append(labelled("held_place" if over else "place", language, place))
    return lines


def agenda_lines(view: MeetingView, language: Language) -> list[Text]:
    """The numbered agenda, each item with its reporter and the budget paper it speaks of."""
    lines = []
    for item in view.items:
        parts = [f"{item.no}. {item_title(item, language)}"]
        if item.reporter:
            parts.append(text("report.meeting.reporter", language, name=item.reporter))
        lines.append(Text(" ".join(parts), align=Align.LEFT, indent=1))
    return lines


def item_title(item: ItemView, language: Language) -> str:
    """An item's title, ended with a full stop, with the budget paper named."""
    title = item.title.text(language).rstrip(".")
    if item.paper is not None:
        title += f" ({paper_name(item.paper, language)})"
    for move in item.moves:
        title += f" ({move_name(move, language)})"
    return title + "."


def move_name(move: MovePaper, language: Language) -> str:
    """A decision of the akim in words: its year, number and day, or that it is a draft."""
    key = "move" if move.confirmed else "move_draft"
    number = f"№\u00a0{move.number}" if move.number else text("report.meeting.no_number", language)
    day = dates.short(move.date) if move.date is not None else "–"
    return text(f"report.meeting.paper.{key}", language, year=move.year, number=number, day=day)


def paper_name(paper: BudgetPaper, language: Language) -> str:
    """The budget document in words: kind, first year, number and day, edition."""
    key = "amendment" if paper.kind == DecisionKind.AMENDMENT else "decision"
    number = f"№\u00a0{paper.number}" if paper.number else text("report.meeting.no_number", language)
    day = dates.short(paper.date) if paper.date is not None else "–"
    return text(
        f"report.meeting.paper.{key}",
        language,
        year=paper.first_year,
        number=number,
        day=day,
        edition=paper.edition,
    )


def table(
    languages: Sequence[Language],
    columns: Sequence[tuple[str, float, Align]],
    rows: Sequence[Sequence[str]],
    name: str = "",
) -> Table:
    """A table of words; a column is its text's key under ``report.meeting.col``, width and stand."""
    return Table(
        columns=tuple(Column(width, align) for _, width, align in columns),
        head=(tuple(TextCell(phrase(languages, f"report.meeting.col.{key}")) for key, _, _ in columns),),
        rows=tuple(Row(tuple(TextCell(cell) for cell in row)) for row in rows),
        name=name,
    )


def paper(
    paper_id: str,
    view: MeetingView,
    unit: ReportUnit,
    language: DocLanguage,
    blocks: list[Block],
    *,
    landscape: bool = False,
) -> ReportDocument:
    """A paper of a meeting as a document: title, footer, properties."""
    languages = language.languages
    title = joined(languages, lambda each: paper_title(paper_id, view, unit, each))
    return ReportDocument(
        id=f"meeting_{paper_id}",
        title=title,
        language=languages[0],
        blocks=blocks,
        landscape=landscape,
        subject=f"{joined(languages, unit.name.text)}, {dates.short(view.day)}",
        footer=title,
    )


def paper_title(paper_id: str, view: MeetingView, unit: ReportUnit, language: Language) -> str:
    """The paper's own name."""
    return text(
        f"report.meeting.title.{paper_id}",
        language,
        name=meeting_name(view, unit, language),
        number=view.number or "–",
    )


def headed(
    paper_id: str,
    view: MeetingView,
    unit: ReportUnit,
    language: DocLanguage,
    write: Callable[[Language], Side],
) -> list[Block]:
    """The heading and running text of a paper, in one language or two columns."""
    return passage(
        language.languages,
        lambda each: [Heading(paper_title(paper_id, view, unit, each)), *write(each)],
    )
