"""A month over several units: sums, transfers taken out, rounding, orphans, meetings, the run's record."""

from __future__ import annotations

import csv
import io
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.stored import Fact
from akimat_desk.budget.execution.taking_in import save_typed
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.ratio.executed import executed_figures
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import half_up
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.receiving import receive
from akimat_desk.exchange.sending import write_package
from akimat_desk.exchange.totals import last_month, note_run, totals_of
from akimat_desk.exchange.totals_report import owner_name, totals_csv, totals_json, totals_report
from akimat_desk.places.kinds import UnitKind
from akimat_desk.places.service import create_unit
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import Table
from akimat_desk.storage.journal import head, verify_journal
from akimat_desk.storage.workspace import DEFAULT_ACTOR

from .conftest import Office

MARCH = Period(2026, 3)


def typed(office: Office, unit_id: int, month: int, receipts: dict[str, int], costs: dict[str, int]) -> None:
    """Forms of a month typed in, in tiyn."""
    for kind, measure, lines in (
        (FormKind.RECEIPTS, Measure.RECEIVED, receipts),
        (FormKind.EXPENSES, Measure.PAID, costs),
    ):
        code_type = RevenueCode if kind is FormKind.RECEIPTS else ExpenditureCode
        made = [
            Fact(
                0,
                code_type.from_stored(code),
                Trilingual("Жол", "Строка"),
                LineKind.UNKNOWN,
                {measure: amount},
            )
            for code, amount in lines.items()
        ]
        save_typed(office.workspace, DEFAULT_ACTOR, unit_id, kind, Month(2026, month), made)


@pytest.fixture
def several(raion: Office, okrug: Office) -> Office:
    """The example's package of March, and two units whose forms were typed in."""
    data = write_package(okrug.workspace, DEFAULT_ACTOR, okrug.unit_id, MARCH, okrug.key).data
    receive(raion.workspace, DEFAULT_ACTOR, data, "3.akpack")
    for number in (1, 2):
        create_unit(
            raion.workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, kato=f"9901{60 + number}000",
            name=Trilingual(f"{number}-үлгі ауылдық округі", f"{number}-й образцовый округ"),
        )  # fmt: skip
    return raion


def units_of(office: Office) -> dict[str, int]:
    from akimat_desk.places.service import units

    with office.workspace.reading() as session:
        return {unit.kato or "": unit.id for unit in units(session)}


def test_sums_are_those_of_the_units(several: Office) -> None:
    ids = units_of(several)
    typed(
        several,
        ids["990161000"],
        3,
        {"1/04/4/02": 100_050, "5/02/3/01": 200_000},
        {"01/1/124/001/015/111": 90_000},
    )
    with several.workspace.reading() as session:
        totals = totals_of(session, MARCH)
        own, _ = executed_figures(session, ids["990140000"], Month(2026, 3))
    assert [part.unit.kato for part in totals.counted] == ["990140000", "990161000"]
    assert [part.unit.kato for part in totals.late] == ["990162000"]
    assert totals.executed[Figure.REVENUE_TOTAL] == (own[Figure.REVENUE_TOTAL] or 0) + 300_050
    assert totals.executed[Figure.COSTS] == (own[Figure.COSTS] or 0) + 90_000
    assert sum(line.amount for line in (*totals.lines, *totals.orphans)) == (
        totals.executed[Figure.REVENUE_TOTAL] + totals.executed[Figure.COSTS]
    )
    # The transfers that were received stand apart, and the sums are given without them.
    assert totals.net_revenue == totals.executed[Figure.REVENUE_TOTAL] - totals.executed[Figure.TRANSFERS]
    exact = [
        Fraction(part.own or 0, (part.executed or {})[Figure.REVENUE_TOTAL] or 1) for part in totals.counted
    ]
    assert totals.mean == half_up(sum(exact) / 2 * 100, 1)
    assert totals.ratio == half_up(Fraction(totals.own, totals.executed[Figure.REVENUE_TOTAL]) * 100, 1)
    assert totals.ratio != totals.mean
    assert totals.meetings
    assert totals.ranked()[0].ratio == max(p.ratio for p in totals.counted if p.ratio)


def test_what_is_given_back_upward_is_taken_out(several: Office) -> None:
    ids = units_of(several)
    typed(several, ids["990161000"], 3, {"1/04/4/02": 500_000}, {"15/1/124/044/000/431": 70_000})
    with several.workspace.reading() as session:
        totals = totals_of(session, MARCH, [ids["990161000"]])
    assert totals.given_back == 70_000
    assert totals.net_costs == 0


def test_rounding_is_reconciled(several: Office) -> None:
    ids = units_of(several)
    for kato in ("990161000", "990162000"):  # 0.04 thousand tenge each: printed as 0.0, together 0.1
        typed(several, ids[kato], 3, {"1/04/4/02": 4_000}, {"01/1/124/001/015/111": 10_000})
    with several.workspace.reading() as session:
        totals = totals_of(session, MARCH, [ids["990161000"], ids["990162000"]])
    assert totals.rounding[Figure.REVENUE_TOTAL] == 10_000
    assert Figure.COSTS not in totals.rounding


def test_a_code_that_no_year_knows_is_an_orphan(several: Office) -> None:
    ids = units_of(several)
    typed(
        several,
        ids["990161000"],
        3,
        {"1/04/4/02": 100_000, "9/99/9/99": 50_000},
        {"01/1/124/001/015/111": 1_000},
    )
    with several.workspace.reading() as session:
        totals = totals_of(session, MARCH, [ids["990161000"]])
    assert [(line.code.stored, line.amount) for line in totals.orphans] == [("9/99/9/99", 50_000)]


def test_without_a_month_or_figures_it_says_so(raion: Office) -> None:
    with raion.workspace.reading() as session:
        for period in (Period(2026), MARCH):
            with pytest.raises(UsageProblem):
                totals_of(session, period)
        assert last_month(session).month == 1


def test_the_report_the_json_and_the_table(several: Office) -> None:
    with several.workspace.reading() as session:
        totals, owner = totals_of(session, MARCH), owner_name(session)
        assert last_month(session) == MARCH
    assert owner.ru == "Улгинский район"
    for language in DocLanguage:
        report = totals_report(totals, owner, language)
        assert sum(isinstance(block, Table) for block in report.blocks) >= 4
    data = totals_json(totals, Language.KK)
    assert data["ratio_percent"] == str(totals.ratio)
    rows = list(csv.DictReader(io.StringIO(totals_csv(totals).decode("utf-8-sig"))))
    tenge = sum(Decimal(row["amount"]) for row in rows if row["section"] == "revenue")
    assert tenge * 100 == totals.executed[Figure.REVENUE_TOTAL]
    package = next(part.package for part in totals.units if part.unit.kato == "990140000")
    assert package is not None
    assert package[1] in str(totals_report(totals, owner, DocLanguage.KK).blocks)


def test_the_run_leaves_its_record(several: Office) -> None:
    with several.workspace.reading() as session:
        before, totals = head(session)[0], totals_of(session, MARCH)
    note_run(several.workspace, DEFAULT_ACTOR, totals)
    with several.workspace.reading() as session:
        assert head(session)[0] == before + 1
    assert verify_journal(several.workspace) == []


def test_a_folder_of_a_raion_is_totalled_by_command(several: Office, tmp_path: Path) -> None:
    from akimat_desk.cli.main import main

    several.workspace.close(make_backup=False)
    path = Path(shutil.copy(tmp_path / "raion.akimat", tmp_path / "copy.akimat"))
    for file_format in ("pdf", "xlsx", "csv", "json"):
        out = tmp_path / f"totals.{file_format}"
        asked = ["consolidate", str(path), "--year", "2026", "--month", "3", "--format", file_format]
        assert main([*asked, "--out", str(out)]) == 0
        assert out.stat().st_size > 500
    asked = ["consolidate", str(path), "--year", "2026", "--month", "3", "--units", "123456789"]
    assert main([*asked, "--format", "csv", "--out", str(tmp_path / "none.csv")]) == 2
