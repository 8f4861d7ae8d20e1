"""The statement says where an okrug stands, by which formula, and what the target asks of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.ratio.formula import standing
from akimat_desk.budget.ratio.targets import national_targets
from akimat_desk.budget.views import Basis, Denominator, RatioHistory, RatioYear
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Trilingual
from akimat_desk.core.money import DECISION_STEP, from_plain
from akimat_desk.core.strings import text
from akimat_desk.reports.definitions.common import DocLanguage, Signer
from akimat_desk.reports.definitions.self_sufficiency import rounded, self_sufficiency
from akimat_desk.reports.document import Chart, Heading, SideBySide, Signatures, Table, Text, Tone
from akimat_desk.reports.grid import body_of, head_of, shown
from tests.reports.views_for_tests import UNIT

TARGETS = national_targets()


def year(number, own, amount, denominator=Denominator.TOTAL_REVENUE, basis=Basis.APPROVED):
    own_tiyn = None if own is None else from_plain(own)
    amount_tiyn = None if amount is None else from_plain(amount)
    target = TARGETS.targets.get(number)
    at = standing(own_tiyn, amount_tiyn, target, denominator)
    return RatioYear(
        number,
        basis,
        own_tiyn,
        amount_tiyn,
        at.ratio_percent,
        target,
        at.gap_points,
        at.gap,
        at.gap_if_total_fixed,
    )


def history(*years, denominator=Denominator.TOTAL_REVENUE):
    return RatioHistory(
        UNIT.name,
        denominator,
        f"ratio.formula.{denominator.value}",
        years,
        tuple(sorted(TARGETS.history.items())),
    )


TOKMANSAI = history(
    year(2025, "8600", "181766", basis=Basis.AMENDED),
    year(2026, "15980", "83059"),
    year(2027, "16500", "84000", basis=Basis.PROJECTION),
)


def statement(given=TOKMANSAI, language=DocLanguage.RU, at=2026, **more):
    return self_sufficiency(given, UNIT, language, year=at, targets=TARGETS, **more)


def texts(document):
    return [
        b.text.replace("\N{NO-BREAK SPACE}", " ") for b in document.blocks if isinstance(b, Text | Heading)
    ]


def table(document):
    return next(block for block in document.blocks if isinstance(block, Table))


def test_where_the_okrug_stands_and_what_the_gap_means():
    said = texts(statement())
    assert said[0] == "Справка об уровне самообеспеченности Айнабулакского сельского округа"
    assert said[1] == (
        "В 2026 году собственные доходы Айнабулакского сельского округа – 15 980 тысяч тенге, "
        "все доходы – 83 059 тысяч тенге, уровень самообеспеченности – 19,2 %. "
        "Это на 13,8 процентного пункта ниже целевого показателя (33,0 %)."
    )
    assert any("вырасти на 17 058,9 тысячи тенге" in line for line in said)
    assert any("достаточно прироста на 11 429,5 тысячи тенге" in line for line in said)
    assert any("вырасти в 2,1 раза" in line for line in said)


@pytest.mark.parametrize("denominator", list(Denominator))
@pytest.mark.parametrize("language", [DocLanguage.RU, DocLanguage.KK])
def test_the_formula_is_printed_and_not_called_official(denominator, language):
    given = history(year(2026, "15980", "83059", denominator), denominator=denominator)
    said = texts(statement(given, language))
    each = language.languages[0]
    assert f"{text(f'ratio.formula.{denominator.value}', each)}." in said
    assert text("report.ratio.no_official_formula", each) in said


def test_the_table_year_by_year():
    document = statement()
    shown_rows = [
        [shown(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in table(document).rows
    ]
    assert shown_rows[0] == [
        "2025", "уточненный", "8 600,0", "181 766,0", "4,7", "30,0", "25,3", "65 614,0", "45 929,8"
    ]  # fmt: skip
    assert shown_rows[1][4:7] == ["19,2", "33,0", "13,8"]
    assert shown_rows[2][1] == "плановый период"
    head_of(table(document))
    body_of(table(document))


def test_one_gap_where_own_revenue_is_no_part_of_the_denominator():
    given = history(year(2026, "21554", "195085.3", Denominator.COSTS), denominator=Denominator.COSTS)
    found = table(statement(given))
    assert len(found.columns) == 8
    assert "Затраты" in [shown(cell) for cell in found.head[0]]
    assert len(found.rows[0].cells) == 8


def test_the_chart_shows_bars_and_the_target_line_and_says_them_in_words():
    chart = next(block for block in statement().blocks if isinstance(block, Chart))
    assert chart.categories == ("2025", "2026", "2027", "2028", "2029", "2030")
    bars, line = chart.series
    assert (bars.values[:3], line.line) == (("4.7", "19.2", "19.6"), True)
    assert bars.values[3:] == (None, None, None)
    assert line.values == ("30.0", "33.0", "35.0", "35.5", "36.0", "36.5")
    words = chart.text_equivalent.replace("\N{NO-BREAK SPACE}", " ")
    assert "2026 год – 19,2 %, целевой показатель 33,0 %" in words
    assert "целевой показатель на 2030 год – 36,5 %" in words


def test_country_targets_and_their_source():
    said = " ".join(texts(statement()))
    assert "в 2021 году – 17,7 %, в 2022 году – 19,0 %, в 2023 году – 21,2 %" in said
    assert "№ 522" in said
    assert "индикатор 10" in said


def test_a_target_that_is_reached():
    said = texts(statement(history(year(2026, "40000", "100000"))))
    assert "достигнут и превышен на 7,0 процентного пункта" in said[1]
    assert any("собственные доходы больше необходимых на 7 000 тысяч тенге" in line for line in said)
    assert not any("вырасти" in line for line in said)


@pytest.mark.parametrize("given", [history(), history(year(2026, None, None)), history(year(2026, "5", "0"))])
def test_a_ratio_that_cannot_be_computed_says_so(given):
    document = statement(given)
    assert any("рассчитать нельзя" in line for line in texts(document))
    head_of(table(document))


def test_a_year_without_a_target():
    said = texts(statement(history(year(2024, "8600", "181766")), at=2024))
    assert "не установлен" in said[1]


def test_findings_and_signatures():
    finding = Finding("decision.date_unknown", Severity.WARNING)
    akim = Signer(Trilingual("Әкім", "Аким", "Akim"))
    document = statement(findings=[finding], signers=[akim])
    assert any(isinstance(b, Text) and b.tone is Tone.FINDING_WARNING for b in document.blocks)
    assert isinstance(document.blocks[-1], Signatures)


def test_both_languages():
    document = statement(language=DocLanguage.BOTH)
    beside = [block for block in document.blocks if isinstance(block, SideBySide)]
    assert len(beside) == 2
    assert all(len(block.left) == len(block.right) for block in beside)
    assert "Жыл / Год" in [shown(cell) for cell in table(document).head[0]]


@given(st.integers(-(10**15), 10**15))
def test_reckoned_amounts_are_rounded_to_the_step_of_decisions(tiyn):
    found = rounded(tiyn)
    assert found is not None
    assert found % DECISION_STEP == 0
    assert abs(found - tiyn) * 2 <= DECISION_STEP
    assert rounded(-tiyn) == -found


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(sorted(TARGETS.targets)))
def test_any_year_makes_a_statement(own, rest, number):
    row = year(number, str(own), str(own + rest))
    document = statement(history(row), at=number)
    body_of(table(document))
    said = texts(document)
    below = row.gap is not None and row.gap > 0
    assert any("вырасти" in line for line in said) == below
    assert ("ниже целевого" in said[1]) == below
