"""Totals over the units: what their page asks of the services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.core.strings import Message
    from akimat_desk.exchange.manifest import Period
    from akimat_desk.exchange.totals import PeriodTotals
    from akimat_desk.reports.document import ReportDocument


@dataclass(frozen=True, slots=True)
class TotalsAnswer:
    """The totals of a month; ``why`` says why there are none."""

    period: Period
    years: tuple[int, ...]
    totals: PeriodTotals | None
    why: Message | None


class TotalsDesk(AreaDesk):
    """Questions about many units."""

    def totals(self, period: Period | None) -> TotalsAnswer:
        """The totals of a month; None asks for the last month that any unit has forms of."""
        from akimat_desk.core.errors import UsageProblem
        from akimat_desk.exchange.totals import last_month, totals_of, years_there

        with self.workspace.reading() as session:
            years = years_there(session)
            asked = period or last_month(session)
            if asked.year not in years:
                years = tuple(sorted({*years, asked.year}, reverse=True))
            try:
                return TotalsAnswer(asked, years, totals_of(session, asked), None)
            except UsageProblem as problem:
                return TotalsAnswer(asked, years, None, problem.message)

    def report(self, period: Period, language: str) -> list[ReportDocument]:
        """The totals as a report; the run is noted in the journal."""
        from akimat_desk.exchange.totals import note_run, totals_of
        from akimat_desk.exchange.totals_report import owner_name, totals_report
        from akimat_desk.reports.definitions.common import DocLanguage

        with self.workspace.reading() as session:
            totals, owner = totals_of(session, period), owner_name(session)
        note_run(self.workspace, self.actor, totals)
        return [totals_report(totals, owner, DocLanguage(language))]
