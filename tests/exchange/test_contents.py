"""What a package brings besides decisions: plans, adjustments, execution, meetings, the ratio."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sqlalchemy import select

from akimat_desk.budget.adjustments.questions import adjustments
from akimat_desk.budget.execution.forms import Month
from akimat_desk.budget.execution.stored import forms, in_force
from akimat_desk.budget.execution.table import execution_table
from akimat_desk.budget.execution.taking_in import withdraw
from akimat_desk.budget.plans.questions import plan_in_force
from akimat_desk.core.errors import InputRefused
from akimat_desk.exchange.contents.contents import Contents
from akimat_desk.exchange.contents.fact import What
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.papers import store_papers
from akimat_desk.exchange.receiving import receive
from akimat_desk.exchange.sending import prepare, write_package
from akimat_desk.exchange.verify import verify
from akimat_desk.meetings.tables import Person
from akimat_desk.places.service import units
from akimat_desk.storage.workspace import DEFAULT_ACTOR

from .conftest import Office
from .tampering import refigured, unpacked


def month_package(office: Office, month: int) -> bytes:
    return write_package(
        office.workspace, DEFAULT_ACTOR, office.unit_id, Period(2026, month), office.key
    ).data


def test_the_raion_sees_what_the_okrug_sees(okrug: Office, raion: Office) -> None:
    taken = receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "p.akpack")
    with okrug.workspace.reading() as here, raion.workspace.reading() as there:
        plan, same = (plan_in_force(s, u, 2026) for s, u in ((here, 1), (there, taken.unit.id)))
        assert plan is not None
        assert same is not None
        assert plan.lines == same.lines
        months = {form.month for form in in_force(forms(here, 1, 2026))}
        assert months
        for month in months:
            sent, came = (execution_table(s, u, month) for s, u in ((here, 1), (there, taken.unit.id)))
            assert [(r.code, r.amounts) for r in sent.rows] == [(r.code, r.amounts) for r in came.rows]
        (sent_paper,) = adjustments(here, 1, 2026)
        (came_paper,) = adjustments(there, taken.unit.id, 2026)
        assert [(line.code, line.amount) for line in came_paper.lines] == [
            (line.code, line.amount) for line in sent_paper.lines
        ]
        assert (came_paper.number, came_paper.date) == (sent_paper.number, sent_paper.date)


def test_what_a_month_sends_ends_with_the_month(okrug: Office) -> None:
    contents = verify(month_package(okrug, 3), "3.akpack").contents
    assert {form.month for form in contents.forms} <= {1, 2, 3}
    assert {row.month for row in contents.ratio if row.basis == "executed"} == {
        max(form.month for form in contents.forms)
    }


def test_no_person_travels_in_the_figures(okrug: Office) -> None:
    figures = unpacked(okrug.package())["figures.json"].decode()
    with okrug.workspace.reading() as session:
        people = list(session.scalars(select(Person.name)))
    assert people
    assert [name for name in people if name in figures] == []
    assert json.loads(figures)["meetings"]


def test_a_form_taken_back_and_its_months_are_told(okrug: Office, raion: Office) -> None:
    taken = receive(raion.workspace, DEFAULT_ACTOR, month_package(okrug, 3), "3.akpack")
    with okrug.workspace.reading() as session:
        gone = next(form for form in in_force(forms(session, 1, 2026)) if form.month.month == 2)
    withdraw(okrug.workspace, DEFAULT_ACTOR, gone.id, "Қате айдың нысаны")
    with okrug.workspace.reading() as session:
        prepared = prepare(session, 1, Period(2026, 3), okrug.workspace.uuid)
    assert prepared.changed
    assert {(each.what, each.month, each.after) for each in prepared.changed} == {(What.EXECUTION, 2, None)}
    again = receive(raion.workspace, DEFAULT_ACTOR, month_package(okrug, 3), "3 again.akpack")
    assert again.changed == prepared.changed
    with raion.workspace.reading() as session:
        left = in_force(forms(session, taken.unit.id, 2026))
        assert (gone.kind, Month(2026, 2)) not in {(form.kind, form.month) for form in left}


def test_the_next_month_changes_nothing_of_the_months_before(okrug: Office, raion: Office) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, month_package(okrug, 2), "2.akpack")
    taken = receive(raion.workspace, DEFAULT_ACTOR, month_package(okrug, 3), "3.akpack")
    assert taken.changed is not None
    assert [each for each in taken.changed if each.what is What.EXECUTION] == []


def test_a_paper_that_came_does_not_change(okrug: Office, raion: Office) -> None:
    first = okrug.package()
    receive(raion.workspace, DEFAULT_ACTOR, first, "1.akpack")
    contents = verify(first, "1.akpack").contents
    data = json.loads(contents.to_json("990140000", Period(2026)))
    data["plans"][0]["number"] = "77"
    with raion.workspace.changing(DEFAULT_ACTOR, "package.received") as change:
        unit = next(u for u in units(change.session) if u.kato == "990140000")
        manifest, altered = verify(first, "1").manifest, Contents.from_data(data)
        with pytest.raises(InputRefused) as refused:
            store_papers(change, 1, unit.id, altered, manifest, "1")
    assert refused.value.message.key == "error.exchange.document_changed"


def test_the_tables_are_the_figures(good: tuple[bytes, OfficeKey]) -> None:
    package = verify(good[0], "p.akpack")
    rows = list(csv.DictReader(io.StringIO(package.sealed.facts.decode())))
    plan = [row for row in rows if row["phase"] == "plan_plan" and row["measure"] == "planned_receipts"]
    tiyn = sum(int(row["amount"].replace(".", "")) for row in plan)
    first = next(each for each in package.contents.plans if each.kind == "plan")
    assert tiyn == sum(sum(line.months) for line in first.lines if line.side == "receipts") > 0
    members = unpacked(good[0])
    described = json.loads(members["datapackage.json"])
    for resource in described["resources"]:
        header = members[resource["path"]].decode().splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]


def test_an_older_office_sends_decisions_only(good: tuple[bytes, OfficeKey]) -> None:
    """What is optional in the published schema may be left out."""

    def bare(figures: dict[str, object]) -> None:
        for kind in ("plans", "adjustments", "forms", "meetings", "ratio"):
            del figures[kind]

    data = refigured(bare)(*good)
    with pytest.raises(InputRefused) as refused:  # the tables still say more
        verify(data, "p.akpack")
    assert refused.value.message.key == "error.exchange.facts_differ"


def test_reports_travel_in_both_languages(good: tuple[bytes, OfficeKey]) -> None:
    names = {name for name in unpacked(good[0]) if name.startswith("reports/")}
    for stem in ("annexes_amendment_2026", "plan_2026", "meetings_2026"):
        for end in ("kk.pdf", "kk.xlsx", "ru.pdf", "ru.xlsx"):
            assert f"reports/{stem}_{end}" in names
    assert any(name.startswith("reports/execution_2026-") for name in names)
