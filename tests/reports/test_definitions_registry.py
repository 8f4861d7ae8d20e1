"""The report library over a real workspace: a decision goes in, its reports come out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akimat_desk.budget.decisions.commands import store_decision
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.budget.views import Denominator
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.strings import text
from akimat_desk.places.service import Position, UnitKind, create_unit, set_post
from akimat_desk.reports.definitions.annex import annex
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.decision_text import decision_text
from akimat_desk.reports.document import Heading, Signatures, Table, Text
from akimat_desk.reports.grid import shown
from akimat_desk.reports.registry import REPORTS, build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from tests.reports.test_definitions_read_back import as_source
from tests.reports.views_for_tests import UNIT, irtysh


@pytest.fixture
def desk(tmp_path):
    """A workspace with the decision of the example on 2026–2028, annexes of every year."""
    with Workspace.create(tmp_path / "округ.akimat") as workspace:
        unit = create_unit(
            workspace,
            DEFAULT_ACTOR,
            kind=UnitKind.OKRUG,
            name=UNIT.name,
            maslikhat=Trilingual("Семей қаласының мәслихаты", "маслихат города Семей"),
        )
        store(workspace, unit.id, irtysh(2026))
        yield workspace, unit.id


def store(workspace, unit_id, view, *, confirm=True):
    ru = DocLanguage.RU
    annexes = [
        annex(replace(view, year=year), UNIT, ru, number=number)
        for number, year in enumerate(view.decision.years, start=1)
    ]
    decision = read_decision(as_source([decision_text(view, UNIT, ru), *annexes]))
    (unit,) = decision.units
    return store_decision(workspace, DEFAULT_ACTOR, decision, [(unit, unit_id)], confirm=confirm)


def made(desk, report, year=2026, language=DocLanguage.RU, **options):
    workspace, unit_id = desk
    with workspace.reading() as session:
        return build(report, session, unit_id, year, language, **options)


def said(document):
    return [block.text for block in document.blocks if isinstance(block, Text | Heading)]


@pytest.mark.parametrize("report", [kind.id for kind in REPORTS.values() if kind.needs == ("year",)])
@pytest.mark.parametrize("language", list(Language))
def test_every_report_is_described(report, language):
    kind = REPORTS[report]
    assert kind.id == report
    assert text(kind.title_key, language)
    assert text(kind.description_key, language)
    assert {"pdf", "xlsx"} <= set(kind.formats)


def test_an_annex_for_each_year_of_the_decision(desk):
    documents = made(desk, "annex")
    assert [said(document)[1] for document in documents] == [
        f"Бюджет Айнабулакского сельского округа на {year} год" for year in (2026, 2027, 2028)
    ]
    assert [said(document)[0].split(" к ")[0] for document in documents] == [
        f"Приложение {number}" for number in (1, 2, 3)
    ]
    amounts = [
        [shown(row.cells[-1]) for row in block.rows]
        for block in documents[0].blocks
        if isinstance(block, Table)
    ]
    view = irtysh(2026)
    expected = annex(view, UNIT, DocLanguage.RU, number=1)
    assert amounts == [
        [shown(row.cells[-1]) for row in block.rows] for block in expected.blocks if isinstance(block, Table)
    ]


def test_an_outer_year_alone(desk):
    (document,) = made(desk, "annex", 2027)
    assert said(document)[0].startswith("Приложение 2 ")


def test_the_text_speaks_of_the_decisions_first_year(desk):
    (document,) = made(desk, "decision_text", 2028, DocLanguage.KK)
    assert said(document)[2].startswith("1. Айнабұлақ ауылдық округінің 2026-2028 жылдарға арналған бюджеті")
    assert said(document)[1] == "Семей қаласының мәслихатының 2025 жылғы 26 желтоқсандағы № 37/5 шешімі"


def test_who_signs_comes_from_the_posts_on_file(desk):
    workspace, unit_id = desk
    (blank,) = [b for b in made(desk, "decision_text")[0].blocks if isinstance(b, Signatures)]
    assert [(p.position, p.name) for p in blank.people] == [("Председатель маслихата", "")]
    assert not any(isinstance(block, Signatures) for block in made(desk, "annex")[0].blocks)

    set_post(workspace, DEFAULT_ACTOR, unit_id, Position.MASLIKHAT_CHAIR, "Т. Төраға", dt.date(2023, 1, 1))
    set_post(workspace, DEFAULT_ACTOR, unit_id, Position.AKIM, "Ә. Бұрынғы", dt.date(2020, 1, 1))
    set_post(workspace, DEFAULT_ACTOR, unit_id, Position.AKIM, "Ә. Әкім", dt.date(2026, 3, 1))
    for report in ("decision_text", "annex"):
        (block,) = [b for b in made(desk, report)[0].blocks if isinstance(b, Signatures)]
        assert [person.name for person in block.people] == ["Т. Төраға"]
    for today, name in ((dt.date(2026, 2, 28), "Ә. Бұрынғы"), (dt.date(2026, 3, 1), "Ә. Әкім")):
        document = made(desk, "self_sufficiency", today=today)[0]
        (block,) = [b for b in document.blocks if isinstance(b, Signatures)]
        assert [(p.position, p.name) for p in block.people] == [("Аким", name), ("Главный бухгалтер", "")]
    unsigned = made(desk, "self_sufficiency", signatures=False)[0]
    assert not any(isinstance(block, Signatures) for block in unsigned.blocks)


def test_the_statement_over_the_years(desk):
    (document,) = made(desk, "self_sufficiency", today=dt.date(2026, 1, 15))
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [shown(row.cells[0]) for row in table.rows] == ["2026", "2027", "2028"]
    assert [shown(row.cells[4]) for row in table.rows] == ["7,7", "7,7", "7,7"]
    (by_costs,) = made(desk, "self_sufficiency", denominator=Denominator.COSTS, first=2026, last=2026)
    table = next(block for block in by_costs.blocks if isinstance(block, Table))
    assert [shown(row.cells[4]) for row in table.rows] == ["7,4"]


def test_a_draft_is_previewed_by_its_id(desk):
    workspace, unit_id = desk
    view = irtysh(2026)
    amended = replace(view, decision=replace(view.decision, number="41/2", date=dt.date(2026, 4, 10)))
    (draft,) = store(workspace, unit_id, amended, confirm=False)
    assert "№ 41/2" in said(made(desk, "decision_text", document_id=draft)[0])[1]
    assert "№ 37/5" in said(made(desk, "decision_text")[0])[1]


@pytest.mark.parametrize("language", list(DocLanguage))
@pytest.mark.parametrize("report", [kind.id for kind in REPORTS.values() if kind.needs == ("year",)])
def test_every_report_in_every_language(desk, report, language):
    for document in made(desk, report, language=language):
        assert document.id == report
        assert document.language in language.languages  # the brief has a page for each
        assert document.title
        assert document.blocks


def test_what_cannot_be_made_is_said_in_words(desk):
    with pytest.raises(UsageProblem, match="annex"):
        made(desk, "no_such_report")
    with pytest.raises(UsageProblem, match="2031"):
        made(desk, "annex", 2031)
