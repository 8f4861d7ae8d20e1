"""The papers of calling a meeting: notice, invitations, agenda, sign-in sheet, vote sheets."""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.core import dates
from akimat_desk.core.language import Language
from akimat_desk.core.strings import text
from akimat_desk.meetings.kinds import ConvenedBy
from akimat_desk.meetings.views import ItemView, MeetingView
from akimat_desk.reports.definitions.common import DocLanguage, ReportUnit, Side, Signer, phrase, signatures
from akimat_desk.reports.definitions.meeting_common import (
    agenda_lines,
    headed,
    item_title,
    labelled,
    meeting_name,
    paper,
    table,
    when_and_where,
)
from akimat_desk.reports.document import Align, Block, Code, Heading, PageBreak, ReportDocument, Text

#: Blank lines of a sheet for residents who are on no list.
_BLANK_ROWS = 25


def notice(
    view: MeetingView, unit: ReportUnit, language: DocLanguage, signers: Sequence[Signer]
) -> ReportDocument:
    """The announcement: what, when, where, which questions (art. 39-3 p. 8)."""

    def write(each: Language) -> Side:
        return [
            Text(
                text("report.meeting.notice.lead", each, name=meeting_name(view, unit, each)),
                indent=1,
            ),
            *when_and_where(view, each),
            Text(text("report.meeting.label.agenda", each) + ":", align=Align.LEFT, bold=True),
            *agenda_lines(view, each),
            *_convened(view, each),
            Text(text("report.meeting.notice.open", each), indent=1),
            *_given(view, each),
        ]

    blocks = [*headed("notice", view, unit, language, write), *signatures(language.languages, signers)]
    return paper("notice", view, unit, language, blocks)


def _convened(view: MeetingView, language: Language) -> list[Text]:
    key = "akim" if view.convened_by is ConvenedBy.AKIM else "members"
    return [labelled("convened", language, text(f"report.meeting.convened.{key}", language))]


def _given(view: MeetingView, language: Language) -> list[Text]:
    if view.notice_given is None:
        return []
    return [labelled("notice_given", language, dates.long(view.notice_given, language))]


def invitations(
    view: MeetingView, unit: ReportUnit, language: DocLanguage, signers: Sequence[Signer]
) -> list[ReportDocument]:
    """An invitation for each member and guest on the list; one with a blank name where there is no list."""
    names = [person.name for person in view.people] or [""]
    return [_invitation(view, unit, language, signers, name) for name in names]


def _invitation(
    view: MeetingView, unit: ReportUnit, language: DocLanguage, signers: Sequence[Signer], name: str
) -> ReportDocument:
    def write(each: Language) -> Side:
        to = name or text("report.meeting.blank", each)
        return [
            labelled("to", each, to),
            Text(text("report.meeting.invitation.lead", each, name=meeting_name(view, unit, each)), indent=1),
            *when_and_where(view, each),
            Text(text("report.meeting.label.agenda", each) + ":", align=Align.LEFT, bold=True),
            *agenda_lines(view, each),
        ]

    blocks = [*headed("invitation", view, unit, language, write), *signatures(language.languages, signers)]
    return paper("invitation", view, unit, language, blocks)


def agenda(
    view: MeetingView, unit: ReportUnit, language: DocLanguage, signers: Sequence[Signer]
) -> ReportDocument:
    """The agenda as a paper of its own."""

    def write(each: Language) -> Side:
        return [*when_and_where(view, each), *agenda_lines(view, each)]

    blocks = [*headed("agenda", view, unit, language, write), *signatures(language.languages, signers)]
    return paper("agenda", view, unit, language, blocks)


def sign_in(view: MeetingView, unit: ReportUnit, language: DocLanguage, code: str) -> ReportDocument:
    """The list to sign at the door, with its code; blank lines where residents are on no list."""
    languages = language.languages
    names = [(person.name, person.occupation) for person in view.people if not person.guest]
    rows = [[str(no), name, what, ""] for no, (name, what) in enumerate(names, start=1)]
    if not view.people or view.entitled_typed is not None or not names:
        rows += [[str(no), "", "", ""] for no in range(len(rows) + 1, len(rows) + _BLANK_ROWS + 1)]
    blocks: list[Block] = [
        *headed("sign_in", view, unit, language, lambda each: when_and_where(view, each)),
        Code(code, phrase(languages, "report.meeting.code.sign_in")),
        table(
            languages,
            (
                ("no", 0.06, Align.CENTRE),
                ("name", 0.42, Align.LEFT),
                ("occupation", 0.28, Align.LEFT),
                ("signature", 0.24, Align.LEFT),
            ),
            rows,
        ),
        *_counted(languages),
    ]
    return paper("sign_in", view, unit, language, blocks)


def _counted(languages: Sequence[Language]) -> list[Block]:
    """Lines to fill in by hand at the foot of a sheet."""
    return [
        Text(f"{phrase(languages, f'report.meeting.label.{key}')}: ____________", align=Align.LEFT)
        for key in ("present_total", "counter")
    ]


def vote_sheets(
    view: MeetingView, unit: ReportUnit, language: DocLanguage, codes: dict[int, str]
) -> ReportDocument:
    """A sheet for each item that is voted on: totals of hands and, where there is a list, names."""
    languages = language.languages
    blocks: list[Block] = []
    for item in view.items:
        if not item.put_to_vote:
            continue
        if blocks:
            blocks.append(PageBreak())
        blocks += _vote_sheet(view, unit, language, item, codes[item.id])
    if not blocks:
        blocks = [Heading(phrase(languages, "report.meeting.no_votes"))]
    return paper("votes", view, unit, language, blocks)


def _vote_sheet(
    view: MeetingView, unit: ReportUnit, language: DocLanguage, item: ItemView, code: str
) -> list[Block]:
    languages = language.languages
    centre = Align.CENTRE
    totals = (("for", 1.0, centre), ("against", 1.0, centre), ("abstained", 1.0, centre))
    blocks: list[Block] = [
        *headed(
            "votes",
            view,
            unit,
            language,
            lambda each: [
                labelled("day", each, dates.long(view.day, each)),
                Text(f"{item.no}. {item_title(item, each)}", align=Align.LEFT, bold=True),
            ],
        ),
        Code(code, phrase(languages, "report.meeting.code.votes")),
        table(languages, totals, [["\n", "", ""]]),
    ]
    names = [person.name for person in view.people if not person.guest]
    if names:
        blocks.append(
            table(
                languages,
                (
                    ("no", 0.06, centre),
                    ("name", 0.46, Align.LEFT),
                    ("for", 0.16, centre),
                    ("against", 0.16, centre),
                    ("abstained", 0.16, centre),
                ),
                [[str(no), name, "", "", ""] for no, name in enumerate(names, start=1)],
            )
        )
    return [*blocks, *_counted(languages)[1:]]
