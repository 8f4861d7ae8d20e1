"""Everything that travels in ``figures.json``, as one value: out of a workspace, into JSON, out of JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from akimat_desk.exchange.contents.adjustments import TravellingAdjustment, adjustments_of
from akimat_desk.exchange.contents.decisions import TravellingDecision, decisions_of
from akimat_desk.exchange.contents.execution import TravellingForm, forms_of
from akimat_desk.exchange.contents.fact import Fact, Indicator
from akimat_desk.exchange.contents.meetings import MeetingCounts, meetings_of
from akimat_desk.exchange.contents.plans import TravellingPlan, plans_of
from akimat_desk.exchange.contents.ratio import RatioRow, ratio_of
from akimat_desk.exchange.manifest import Period


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package says of a unit for a period, kind by kind."""

    decisions: tuple[TravellingDecision, ...] = ()
    plans: tuple[TravellingPlan, ...] = ()
    adjustments: tuple[TravellingAdjustment, ...] = ()
    forms: tuple[TravellingForm, ...] = ()
    meetings: tuple[MeetingCounts, ...] = ()
    ratio: tuple[RatioRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.decisions or self.plans or self.forms or self.meetings)

    @property
    def refs(self) -> list[str]:
        """The documents' names in the office's own workspace."""
        return [
            *(each.ref for each in self.decisions),
            *(each.ref for each in self.plans),
            *(each.ref for each in self.adjustments),
            *(each.ref for each in self.forms),
        ]

    def to_json(self, kato: str, period: Period) -> bytes:
        """``figures.json``: canonical, so that the same content is the same bytes."""
        data: dict[str, Any] = {
            "format_version": 1,
            "unit": kato,
            "period": {"year": period.year, "month": period.month},
            "documents": [each.to_data() for each in self.decisions],
            "plans": [each.to_data() for each in self.plans],
            "adjustments": [each.to_data() for each in self.adjustments],
            "forms": [each.to_data() for each in self.forms],
            "meetings": [each.to_data() for each in self.meetings],
            "ratio": [each.to_data() for each in self.ratio],
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Contents:
        """From ``figures.json`` that the schema has approved. Raises ValueError for what cannot be so."""
        made = cls(
            decisions=tuple(TravellingDecision.from_data(each) for each in data["documents"]),
            plans=tuple(TravellingPlan.from_data(each) for each in data.get("plans", ())),
            adjustments=tuple(TravellingAdjustment.from_data(each) for each in data.get("adjustments", ())),
            forms=tuple(TravellingForm.from_data(each) for each in data.get("forms", ())),
            meetings=tuple(MeetingCounts.from_data(each) for each in data.get("meetings", ())),
            ratio=tuple(RatioRow.from_data(each) for each in data.get("ratio", ())),
        )
        period = data["period"]
        years = [
            *(each.year for each in made.plans),
            *(each.year for each in made.adjustments),
            *(each.year for each in made.forms),
        ]
        if any(year != period["year"] for year in years):
            raise ValueError("a document of another year")
        months = [*(form.month for form in made.forms), *(row.month or 1 for row in made.ratio)]
        if any(month > (period["month"] or 12) for month in months):
            raise ValueError("a month after the period")
        return made

    def facts(self) -> Iterator[Fact]:
        """Every amount, for the flat table."""
        for part in (self.decisions, self.plans, self.adjustments, self.forms):
            for document in part:
                yield from document.facts()

    def indicators(self) -> Iterator[Indicator]:
        """Every number that is no line of a budget."""
        for counts in self.meetings:
            yield from counts.indicators()
        for row in self.ratio:
            yield from row.indicators()


def contents_of(session: Session, unit_id: int, period: Period, workspace: str, today: dt.date) -> Contents:
    """What a unit has to send for a period."""
    return Contents(
        decisions=tuple(decisions_of(session, unit_id, period.year, workspace)),
        plans=tuple(plans_of(session, unit_id, period, workspace)),
        adjustments=tuple(adjustments_of(session, unit_id, period, workspace)),
        forms=tuple(forms_of(session, unit_id, period, workspace)),
        meetings=tuple(meetings_of(session, unit_id, period, today)),
        ratio=tuple(ratio_of(session, unit_id, period)),
    )
