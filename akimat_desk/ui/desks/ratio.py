"""Self-sufficiency: what its pages ask of the services."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.ratio.bases import LineBase
    from akimat_desk.budget.ratio.changes import Choice, Moment
    from akimat_desk.budget.ratio.goals import Goal, GoalQuestion
    from akimat_desk.budget.ratio.levers import Ground, Lever
    from akimat_desk.budget.ratio.outlook import Assumptions, Outlook
    from akimat_desk.budget.ratio.path import RatioPath
    from akimat_desk.budget.ratio.peers import Peers
    from akimat_desk.budget.ratio.scenarios import Compared, Scenario
    from akimat_desk.budget.ratio.side_by_side import SideBySide
    from akimat_desk.budget.ratio.variants import Variant
    from akimat_desk.budget.ratio.why import Why
    from akimat_desk.meetings.views import MeetingSummary
    from akimat_desk.reports.document import ReportDocument


class RatioDesk(AreaDesk):
    """Questions to the open workspace, and the scenarios kept in it."""

    def path(self, unit_id: int, variant: Variant) -> RatioPath:
        """The ratio by years, planned and executed."""
        from akimat_desk.budget.ratio.path import ratio_path

        with self.workspace.reading() as session:
            return ratio_path(session, unit_id, variant)

    # -- why ------------------------------------------------------------------------------------

    def moments(self, unit_id: int, year: int) -> tuple[list[Choice], tuple[Moment, Moment] | None]:
        """What can be compared, and what a person looking at ``year`` most likely wants compared."""
        from akimat_desk.budget.ratio.changes import moments, usual_moments

        with self.workspace.reading() as session:
            return moments(session, unit_id), usual_moments(session, unit_id, year)

    def why(self, unit_id: int, before: Moment, after: Moment, variant: Variant) -> Why:
        """What moved the ratio. Raises UsageProblem."""
        from akimat_desk.budget.ratio.changes import why_changed

        with self.workspace.reading() as session:
            return why_changed(session, unit_id, before, after, variant)

    # -- what if --------------------------------------------------------------------------------

    def ground(self, unit_id: int, year: int) -> Ground:
        """The budget of a year ready for levers. Raises UsageProblem."""
        from akimat_desk.budget.ratio.scenarios import lay_out

        with self.workspace.reading() as session:
            return lay_out(session, unit_id, year)

    def goal(self, unit_id: int, question: GoalQuestion) -> Goal:
        """What own revenue must reach. Raises UsageProblem."""
        from akimat_desk.budget.ratio.goals import seek

        with self.workspace.reading() as session:
            return seek(session, unit_id, question)

    def beside(self, unit_id: int, year: int, variant: Variant) -> SideBySide:
        """The saved scenarios line by line. Raises UsageProblem."""
        from akimat_desk.budget.ratio.side_by_side import scenarios_beside

        with self.workspace.reading() as session:
            return scenarios_beside(session, unit_id, year, variant)

    def analysis_paper(
        self,
        unit_id: int,
        year: int,
        language: str,
        variant: Variant,
        between: tuple[Moment, Moment] | None = None,
        assumed: Assumptions | None = None,
    ) -> list[ReportDocument]:
        """History, why (between the moments chosen) and outlook (as assumed). Raises UsageProblem."""
        from akimat_desk.reports.definitions.common import DocLanguage
        from akimat_desk.reports.ratio import analysis

        with self.workspace.reading() as session:
            return analysis(session, unit_id, year, DocLanguage(language), variant, between, assumed)

    def peers_paper(self, unit_id: int, year: int, language: str, variant: Variant) -> list[ReportDocument]:
        """The place among similar units. Raises UsageProblem: nobody is beside it."""
        from akimat_desk.reports.definitions.common import DocLanguage
        from akimat_desk.reports.ratio import beside_others

        with self.workspace.reading() as session:
            return beside_others(session, unit_id, year, DocLanguage(language), variant)

    def scenarios_paper(self, unit_id: int, beside: SideBySide, language: str) -> list[ReportDocument]:
        """The comparison on the screen as a paper."""
        from akimat_desk.reports.definitions.common import DocLanguage
        from akimat_desk.reports.definitions.scenarios import scenarios_report
        from akimat_desk.reports.parties import report_unit

        with self.workspace.reading() as session:
            return [scenarios_report(beside, report_unit(session, unit_id), DocLanguage(language))]

    def compare(self, unit_id: int, year: int, variant: Variant) -> list[Compared]:
        """The saved scenarios beside each other. Raises UsageProblem."""
        from akimat_desk.budget.ratio.scenarios import compare

        with self.workspace.reading() as session:
            return compare(session, unit_id, year, variant)

    def save_scenario(
        self, unit_id: int, year: int, name: str, variant: Variant, levers: Sequence[Lever], note: str
    ) -> Scenario:
        """Keep a scenario. Raises UsageProblem."""
        from akimat_desk.budget.ratio.scenarios import save_scenario

        return save_scenario(self.workspace, self.actor, unit_id, year, name, variant, levers, note)

    def delete_scenario(self, scenario_id: int) -> None:
        """Forget a scenario. Raises UsageProblem."""
        from akimat_desk.budget.ratio.scenarios import delete_scenario

        delete_scenario(self.workspace, self.actor, scenario_id)

    def set_base(self, unit_id: int, year: int, base: LineBase) -> None:
        """Keep what the office knows of a line. Raises UsageProblem."""
        from akimat_desk.budget.ratio.bases import set_base

        set_base(self.workspace, self.actor, unit_id, year, base)

    def draft_amendment(self, unit_id: int, year: int, levers: Sequence[Lever]) -> int:
        """A draft of an amendment with the levers put in; its id. Raises UsageProblem, RuleBroken."""
        from akimat_desk.budget.ratio.amendment import draft_amendment

        return draft_amendment(self.workspace, self.actor, unit_id, year, levers)

    # -- ahead and beside ---------------------------------------------------------------------------

    def outlook(
        self, unit_id: int, variant: Variant, assumed: Assumptions
    ) -> tuple[RatioPath, Outlook | None]:
        """The path, and where it leads under these assumptions."""
        from akimat_desk.budget.ratio.outlook import outlook
        from akimat_desk.budget.ratio.path import ratio_path
        from akimat_desk.budget.ratio.targets import national_targets

        with self.workspace.reading() as session:
            path = ratio_path(session, unit_id, variant)
        return path, outlook(path, national_targets().targets, assumed)

    def peers(self, unit_id: int, year: int, variant: Variant) -> Peers:
        """The place among similar units. Raises UsageProblem."""
        from akimat_desk.budget.ratio.peers import peers

        with self.workspace.reading() as session:
            return peers(session, unit_id, year, variant)

    # -- the hall -------------------------------------------------------------------------------------

    def meetings(self, unit_id: int) -> list[MeetingSummary]:
        """The meetings whose minutes can take an annex."""
        from akimat_desk.meetings.record import meetings

        with self.workspace.reading() as session:
            return meetings(session, unit_id)

    def attach_annex(self, meeting_id: int, name: str, document: ReportDocument) -> int:
        """Keep a paper with a meeting as a PDF. Raises UsageProblem for a meeting that is gone."""
        from akimat_desk.meetings.calling import attach_paper
        from akimat_desk.meetings.states import PaperKind
        from akimat_desk.reports.render import render

        with tempfile.TemporaryDirectory(prefix="akimat-") as folder:
            data = render([document], "pdf", Path(folder, "annex.pdf")).read_bytes()
        return attach_paper(
            self.workspace, self.actor, meeting_id, PaperKind.ANNEX, name, data, note=document.title
        )
