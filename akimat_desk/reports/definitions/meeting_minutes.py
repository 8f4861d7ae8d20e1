"""Minutes with the five items of art. 39-3 p. 10 and the votes; the record of not holding; the card.

Wording is built of labels and values, so that no name or number has to be declined.
"""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.number_words import with_words
from akimat_desk.core.strings import text
from akimat_desk.meetings.kinds import MeetingKind
from akimat_desk.meetings.rules.verdicts import Card, Verdict
from akimat_desk.meetings.states import MeetingState, PaperKind, TaskState
from akimat_desk.meetings.views import ItemView, MeetingView, TaskView
from akimat_desk.reports.definitions.common import (
    DocLanguage,
    ReportUnit,
    Side,
    Signer,
    joined,
    phrase,
    signatures,
)
from akimat_desk.reports.definitions.meeting_common import (
    agenda_lines,
    headed,
    item_title,
    labelled,
    paper,
    refuse_different_figures,
    table,
    when_and_where,
)
from akimat_desk.reports.document import Align, Block, Heading, PageBreak, ReportDocument, Row, Table, Text
from akimat_desk.reports.document import TextCell as Cell


def minutes(
    view: MeetingView,
    unit: ReportUnit,
    language: DocLanguage,
    *,
    residents_entitled: int | None,
    quorum: Verdict | None,
    card: Card | None = None,
    open_tasks: Sequence[TaskView] = (),
    last_minutes: str = "",
) -> ReportDocument:
    """The minutes of a meeting held, with the list of those present and, if wanted, the card.

    Raises RuleBroken where the two language versions of anything differ in a figure.
    """
    refuse_different_figures(view)
    languages = language.languages

    def write(each: Language) -> Side:
        return [
            *when_and_where(view, each),
            *_times(view, each),
            *_people(view, each, residents_entitled, quorum),
            Heading(text("report.meeting.label.agenda", each), level=2),
            *agenda_lines(view, each),
            *_approved(view, each),
            *(
                line
                for item in view.items
                for line in _item(item, each, open_tasks=open_tasks, last_minutes=last_minutes)
            ),
            *_annexes(view, each),
        ]

    blocks: list[Block] = [
        *headed("minutes", view, unit, language, write),
        *signatures(languages, _officers(view)),
        *_list(view, language),
    ]
    if card is not None:
        blocks += [PageBreak(), *card_blocks(card, languages)]
    return paper("minutes", view, unit, language, blocks)


def record_of_not_holding(
    view: MeetingView,
    unit: ReportUnit,
    language: DocLanguage,
    signers: Sequence[Signer],
    *,
    quorum: Verdict | None,
    again: str = "",
) -> ReportDocument:
    """The record that a meeting did not take place for want of a quorum, with who came and the new day."""
    refuse_different_figures(view)

    def write(each: Language) -> Side:
        return [
            *when_and_where(view, each),
            *_people(view, each, None, quorum),
            Heading(text("report.meeting.label.agenda", each), level=2),
            *agenda_lines(view, each),
            Text(text("report.meeting.not_held.because", each), indent=1),
            labelled("new_day", each, again or text("report.meeting.not_held.no_day", each)),
        ]

    blocks = [
        *headed("not_held", view, unit, language, write),
        *signatures(language.languages, signers),
        *_list(view, language),
    ]
    return paper("not_held", view, unit, language, blocks)


def lawfulness(view: MeetingView, unit: ReportUnit, language: DocLanguage, card: Card) -> ReportDocument:
    """The lawfulness card as a paper of its own."""
    blocks = [
        *headed(
            "card", view, unit, language, lambda each: [labelled("day", each, dates.long(view.day, each))]
        ),
        *card_blocks(card, language.languages)[1:],
    ]
    return paper("card", view, unit, language, blocks)


def card_blocks(card: Card, languages: Sequence[Language]) -> list[Block]:
    """The card: every rule, its state, what is, what is needed, the article."""
    lawful = {True: "lawful", False: "unlawful", None: "unknown"}[card.lawful]
    rows = [
        [
            joined(languages, verdict.title),
            phrase(languages, f"meeting.status.{verdict.status.value}"),
            joined(languages, verdict.is_text.text),
            joined(languages, verdict.needed_text.text),
            phrase(languages, verdict.article),
        ]
        for verdict in card.verdicts
    ]
    columns = (
        ("rule", 0.18, Align.LEFT),
        ("status", 0.12, Align.LEFT),
        ("is", 0.22, Align.LEFT),
        ("needed", 0.24, Align.LEFT),
        ("article", 0.24, Align.LEFT),
    )
    unconfirmed = any(not verdict.confirmed for verdict in card.verdicts)
    return [
        Heading(phrase(languages, "report.meeting.card.title"), level=2),
        Text(phrase(languages, f"meeting.card.{lawful}"), align=Align.LEFT, bold=True),
        table(languages, columns, rows),
        *(
            [Text(phrase(languages, "report.meeting.card.unconfirmed"), align=Align.LEFT)]
            if unconfirmed
            else []
        ),
    ]


# --- inside -----------------------------------------------------------------------------------


def _times(view: MeetingView, language: Language) -> list[Text]:
    lines = []
    if view.opened_at is not None:
        lines.append(labelled("opened", language, f"{view.opened_at:%H:%M}"))
    if view.closed_at is not None:
        lines.append(labelled("closed", language, f"{view.closed_at:%H:%M}"))
    breaks = [f"{each.began:%H:%M}–{each.ended:%H:%M}" for each in view.breaks if each.ended is not None]
    if breaks:
        lines.append(labelled("breaks", language, ", ".join(breaks)))
    return lines


def _people(
    view: MeetingView, language: Language, residents_entitled: int | None, quorum: Verdict | None
) -> list[Text]:
    lines = []
    if view.kind is MeetingKind.ASSEMBLY and residents_entitled is not None:
        lines.append(labelled("residents_entitled", language, with_words(residents_entitled, language)))
    if view.entitled is not None:
        body = "members" if view.kind is MeetingKind.ASSEMBLY else "entitled"
        key = "deputies" if view.kind.of_deputies else body
        lines.append(labelled(key, language, with_words(view.entitled, language)))
    if view.present is not None:
        lines.append(labelled("present", language, with_words(view.present, language)))
    if quorum is not None:
        state = text(f"report.meeting.quorum.{quorum.status.value}", language)
        needed = text("report.meeting.needed", language, needed=quorum.needed_text.text(language))
        lines.append(labelled("quorum", language, f"{state}; {needed}"))
    if view.opened_by:
        lines.append(labelled("opened_by", language, view.opened_by))
    if view.chair:
        lines.append(labelled("chair", language, view.chair))
    if view.secretary:
        lines.append(labelled("secretary", language, view.secretary))
    guests = [_with_occupation(guest.name, guest.occupation) for guest in view.guests]
    if guests:
        lines.append(labelled("guests", language, "; ".join(guests)))
    return lines


def _approved(view: MeetingView, language: Language) -> list[Text]:
    if view.agenda_approved is None:
        return []
    key = "approved" if view.agenda_approved else "not_approved"
    return [Text(text(f"report.meeting.agenda.{key}", language), align=Align.LEFT, indent=1)]


def _item(
    item: ItemView, language: Language, *, open_tasks: Sequence[TaskView], last_minutes: str
) -> list[Heading | Text]:
    lines: list[Heading | Text] = [Heading(f"{item.no}. {item_title(item, language)}", level=3)]
    if item.about_meeting_id is not None and last_minutes:
        lines.append(labelled("last_minutes", language, last_minutes))
    if item.topic.value == "unfinished_tasks":
        lines += [Text(f"– {_task(task, language)}", align=Align.LEFT, indent=1) for task in open_tasks]
    if item.reporter:
        lines.append(labelled("heard", language, item.reporter))
    for speech in item.speeches:
        label = text(f"report.meeting.speech.{speech.kind.value}", language)
        gist = speech.gist.text(language)
        said = f"{speech.speaker} – {gist}" if speech.speaker and gist else speech.speaker or gist
        lines.append(Text(f"{label}: {said}", align=Align.LEFT))
    votes = (item.votes_for, item.votes_against, item.votes_abstained)
    if item.put_to_vote and None not in votes:
        counted = {
            key: with_words(count or 0, language)
            for key, count in zip(("for_", "against", "abstained"), votes, strict=True)
        }
        how = text(f"report.meeting.vote.{'by_name' if item.by_name else 'hands'}", language)
        lines.append(Text(text("report.meeting.vote", language, how=how, **counted), align=Align.LEFT))
    if item.adopted is not None:
        key = "adopted" if item.adopted else "not_adopted"
        lines.append(labelled("outcome", language, text(f"report.meeting.outcome.{key}", language)))
    if item.decision:
        lines.append(
            Text(
                f"{text('report.meeting.label.decision', language)}: {item.decision.text(language)}",
                align=Align.LEFT,
                bold=True,
            )
        )
    lines += [Text(f"– {_task(task, language)}", align=Align.LEFT, indent=1) for task in item.tasks]
    return lines


def _annexes(view: MeetingView, language: Language) -> list[Text]:
    """What was kept as an annex of the minutes, numbered: the calculation shown in the hall."""
    named = [paper.note or paper.name for paper in view.papers if paper.kind is PaperKind.ANNEX]
    listed = "; ".join(f"{no}) {name}" for no, name in enumerate(named, 1))
    return [labelled("annexes", language, listed)] if listed else []


def _task(task: TaskView, language: Language) -> str:
    parts = [task.text.text(language)]
    if task.responsible:
        parts.append(f"{text('report.meeting.label.responsible', language)}: {task.responsible}")
    if task.due is not None:
        parts.append(f"{text('report.meeting.label.due', language)}: {dates.short(task.due)}")
    if task.state is not TaskState.OPEN:
        parts.append(text(f"report.meeting.task.{task.state.value}", language))
    return "; ".join(parts) + "."


def _officers(view: MeetingView) -> list[Signer]:
    return [
        Signer(Trilingual(*(text(f"report.meeting.label.{post}", language) for language in Language)), name)
        for post, name in (("chair", view.chair), ("secretary", view.secretary))
    ]


def _list(view: MeetingView, language: DocLanguage) -> list[Block]:
    """The list of those present on a page of its own: members who came, then guests."""
    languages = language.languages
    if not view.attending and not view.guests:
        return []
    timed = any(person.arrived or person.departed for person in view.attending)
    columns = [("no", 0.07, Align.CENTRE), ("name", 0.45, Align.LEFT), ("occupation", 0.30, Align.LEFT)]
    if timed:
        columns.append(("hours", 0.18, Align.CENTRE))
    rows = []
    for no, person in enumerate(view.attending, start=1):
        row = [str(no), person.name, person.occupation]
        if timed:
            arrived = f"{person.arrived:%H:%M}" if person.arrived else ""
            departed = f"{person.departed:%H:%M}" if person.departed else ""
            row.append(f"{arrived} – {departed}" if arrived or departed else "")
        rows.append(row)
    listed = table(languages, columns, rows)
    guests = [
        Row(
            (
                Cell(str(no)),
                Cell(guest.name),
                Cell(guest.occupation or phrase(languages, "report.meeting.guest")),
                *((Cell(""),) if timed else ()),
            )
        )
        for no, guest in enumerate(view.guests, start=1)
    ]
    blocks: list[Block] = [
        PageBreak(),
        Heading(phrase(languages, "report.meeting.list.title"), level=2),
    ]
    if rows:
        blocks.append(listed)
    if guests:
        blocks += [
            Heading(phrase(languages, "report.meeting.label.guests"), level=3),
            Table(listed.columns, listed.head, tuple(guests)),
        ]
    if view.state is MeetingState.HELD and view.present is not None and len(rows) < view.present:
        blocks.append(Text(phrase(languages, "report.meeting.list.attached"), align=Align.LEFT))
    return blocks


def _with_occupation(name: str, occupation: str) -> str:
    return f"{name} ({occupation})" if occupation else name
