"""The field's words as closed lists. The Kazakh terms are in the catalogue, where none is swapped.

жиын is the gathering of all residents (сход), жиналыс the assembly of elected members (собрание).
"""

from __future__ import annotations

from enum import StrEnum


class MeetingKind(StrEnum):
    """Who meets (Law 148, art. 39-3 for the first three; art. 8-12 for sessions and commissions)."""

    ASSEMBLY = "assembly"
    GATHERING = "gathering"
    SEPARATE_GATHERING = "separate_gathering"
    REPORTING = "reporting"
    SESSION = "session"
    COMMISSION = "commission"

    @property
    def of_community(self) -> bool:
        """Whether article 39-3 governs it."""
        return self in (MeetingKind.ASSEMBLY, MeetingKind.GATHERING, MeetingKind.SEPARATE_GATHERING)

    @property
    def of_deputies(self) -> bool:
        """Whether deputies of the mäslikhat meet."""
        return self in (MeetingKind.SESSION, MeetingKind.COMMISSION)

    @property
    def decides(self) -> bool:
        """Whether it has a quorum and takes decisions; the akim's reporting meeting has neither."""
        return self is not MeetingKind.REPORTING


class Topic(StrEnum):
    """What an item of the agenda is about. The first nine are those of the command line's contract."""

    BUDGET_DRAFT = "budget_draft"
    BUDGET_REPORT = "budget_report"
    BUDGET_AMENDMENT = "budget_amendment"
    COMMUNAL_PROPERTY = "communal_property"
    MONITORING_REPORT = "monitoring_report"
    AKIM_CANDIDATE = "akim_candidate"
    AKIM_REPORT = "akim_report"
    ASSEMBLY_MEMBERS = "assembly_members"
    LOCAL_QUESTION = "local_question"
    PROGRAM_MOVE = "program_move"
    DEVELOPMENT_PROGRAM = "development_program"
    PRIORITIES = "priorities"
    PROPOSALS = "proposals"
    COMMISSION_MEMBERS = "commission_members"
    AKIM_DISMISSAL = "akim_dismissal"
    HEADS_PROPOSALS = "heads_proposals"
    PASTURES = "pastures"
    MASLIKHAT_REPORT = "maslikhat_report"
    REPRESENTATIVES = "representatives"
    UNFINISHED_TASKS = "unfinished_tasks"
    LAST_MINUTES = "last_minutes"
    DISAGREEMENT = "disagreement"

    @property
    def of_budget(self) -> bool:
        """Whether the item agrees a budget paper, so that it should name the very document."""
        return self in BUDGET_TOPICS


BUDGET_TOPICS = frozenset(
    {Topic.BUDGET_DRAFT, Topic.BUDGET_REPORT, Topic.BUDGET_AMENDMENT, Topic.PROGRAM_MOVE}
)


class ConvenedBy(StrEnum):
    """Who called the meeting."""

    AKIM = "akim"
    MEMBERS = "members"


class Vote(StrEnum):
    """One person's vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Status(StrEnum):
    """What is said of a rule."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"
