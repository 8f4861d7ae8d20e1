"""States and small kinds of the record, as closed lists."""

from __future__ import annotations

from enum import StrEnum

from akimat_desk.meetings.kinds import MeetingKind


class Body(StrEnum):
    """What a person is a member of."""

    ASSEMBLY = "assembly"
    COMMISSION = "commission"  # of the community: it monitors the budget
    DEPUTIES = "deputies"
    STANDING = "standing"  # a standing commission of the mäslikhat


#: Whose list is called at a meeting; residents' meetings have no list of members.
BODY_OF: dict[MeetingKind, Body] = {
    MeetingKind.ASSEMBLY: Body.ASSEMBLY,
    MeetingKind.SESSION: Body.DEPUTIES,
    MeetingKind.COMMISSION: Body.STANDING,
}


class MeetingState(StrEnum):
    """How far a meeting is."""

    PLANNED = "planned"
    CALLED = "called"
    OPEN = "open"
    HELD = "held"
    NOT_HELD = "not_held"


class SpeechKind(StrEnum):
    """What somebody said: the gist of a speech, a question, a proposal."""

    SPEECH = "speech"
    QUESTION = "question"
    PROPOSAL = "proposal"


class PaperKind(StrEnum):
    """Files of a meeting."""

    PUBLICATION = "publication"
    MATERIALS = "materials"
    SIGN_IN = "sign_in"
    MINUTES = "minutes"
    ANNEX = "annex"  # of the minutes, which name it
    OTHER = "other"


class Step(StrEnum):
    """After a decision (art. 39-3 p. 11-13), in the order of the law."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    REPEATED = "repeated"
    MASLIKHAT = "maslikhat"
    HIGHER_AKIM = "higher_akim"


class TaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ProposalState(StrEnum):
    """How far a resident's proposal is."""

    RAISED = "raised"
    RANKED = "ranked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    BUDGETED = "budgeted"
    SPENT = "spent"
    TOLD = "told"
