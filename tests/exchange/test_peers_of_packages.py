"""Okrugs whose packages came stand beside each other: the raion's peers are the facts received."""

from __future__ import annotations

from akimat_desk.budget.decisions.taking_in import store
from akimat_desk.budget.ratio.peers import peers
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.reading.files import read_decision_data
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import from_plain
from akimat_desk.core.resources import resource
from akimat_desk.exchange.receiving import receive
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.population import set_people
from akimat_desk.places.service import create_unit, units
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import Table
from akimat_desk.reports.registry import build
from akimat_desk.storage.workspace import DEFAULT_ACTOR

from .conftest import KATO, Office


def test_a_received_package_has_its_place_among_others(okrug: Office, raion: Office) -> None:
    receive(raion.workspace, DEFAULT_ACTOR, okrug.package(), "package")
    paper = resource("example", "2026-2028_kk.html").read_text("utf-8")
    for name, people in (("Ақсу", 1100), ("Көктал", 1200), ("Тасты", 1300)):
        named = Trilingual(f"{name} ауылдық округі", f"{name} сельский округ")
        unit = create_unit(raion.workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=named)
        set_people(raion.workspace, DEFAULT_ACTOR, unit.id, 2026, people)
        file = read_decision_data(paper.replace("Жаңабұлақ", name).encode(), "d.html")
        store(
            raion.workspace,
            DEFAULT_ACTOR,
            file,
            [(file.decision.units[0], unit)],
            confirm=True,
            reason="adopted",
        )
    with raion.workspace.reading() as session:
        sender = next(unit.id for unit in units(session) if unit.kato == KATO)
    set_people(raion.workspace, DEFAULT_ACTOR, sender, 2026, 2140)
    with raion.workspace.reading() as session:
        found = peers(session, sender, 2026, Variant.TOTAL_REVENUE)
        [document] = build("ratio_peers", session, sender, 2026, DocLanguage.RU)
    # The amended budget that travelled: 26 112.9 of 110 952.9; the others' first decision: 25 272.9.
    assert (found.mine.own, found.mine.divided_by) == (from_plain("26112.9"), from_plain("110952.9"))
    assert (found.place, len(found.similar)) == (4, 4)
    # Vehicle tax by hand: here 10 450 of 2 140 people are 4 883.18 tenge, there 10 050 of 1 200 (the
    # middle) 8 375; at 8 375 it would be 17 922.5.
    vehicles = next(weak for weak in found.weak if weak.line.key == "1/04/4")
    assert vehicles.could_be == from_plain("17922.5")
    assert vehicles.more == from_plain("7472.5")
    assert len([block for block in document.blocks if isinstance(block, Table)]) == 2
