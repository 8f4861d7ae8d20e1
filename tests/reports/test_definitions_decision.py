"""The first point of a decision says every figure, in the words of published decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure, no_figures
from akimat_desk.budget.views import DecisionKind
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain, text_amount
from akimat_desk.reports.definitions.common import DocLanguage, thousands
from akimat_desk.reports.definitions.decision_text import decision_text
from akimat_desk.reports.document import Heading, SideBySide, Signatures, Text
from tests.reports.views_for_tests import UNIT, irtysh, thousand

FIRST_LINE_RU = (
    "1. Утвердить бюджет Айнабулакского сельского округа на 2026-2028 годы согласно приложениям "
    "1, 2 и 3 соответственно, в том числе на 2026 год в следующих объемах:"
)
FIRST_LINE_KK = (
    "1. Айнабұлақ ауылдық округінің 2026-2028 жылдарға арналған бюджеті тиісінше "
    "1, 2 және 3-қосымшаларға сәйкес, оның ішінде 2026 жылға келесі көлемдерде бекітілсін:"
)


def lines(document):
    return [
        block.text.replace("\N{NO-BREAK SPACE}", " ")
        for block in document.blocks
        if isinstance(block, Text | Heading)
    ]


def test_in_russian():
    assert lines(decision_text(irtysh(2026), UNIT, DocLanguage.RU)) == [
        "О бюджете Айнабулакского сельского округа на 2026-2028 годы",
        "Решение маслихата города Семей от 26 декабря 2025 года № 37/5",
        FIRST_LINE_RU,
        "1) доходы – 89 737,1 тысячи тенге, в том числе:",
        "налоговые поступления – 6 883 тысячи тенге;",
        "поступления трансфертов – 82 854,1 тысячи тенге;",
        "2) затраты – 93 360,1 тысячи тенге;",
        "3) чистое бюджетное кредитование – 0 тысяч тенге, в том числе:",
        "бюджетные кредиты – 0 тысяч тенге;",
        "погашение бюджетных кредитов – 0 тысяч тенге;",
        "4) сальдо по операциям с финансовыми активами – 0 тысяч тенге, в том числе:",
        "приобретение финансовых активов – 0 тысяч тенге;",
        "поступления от продажи финансовых активов государства – 0 тысяч тенге;",
        "5) дефицит (профицит) бюджета – -3 623 тысячи тенге;",
        "6) финансирование дефицита (использование профицита) бюджета – 3 623 тысячи тенге, в том числе:",
        "поступление займов – 0 тысяч тенге;",
        "погашение займов – 0 тысяч тенге;",
        "используемые остатки бюджетных средств – 3 623 тысячи тенге.",
    ]


def test_in_kazakh():
    said = lines(decision_text(irtysh(2026), UNIT, DocLanguage.KK))
    assert said[:6] == [
        "Айнабұлақ ауылдық округінің 2026-2028 жылдарға арналған бюджеті туралы",
        "Семей қаласы мәслихатының 2025 жылғы 26 желтоқсандағы № 37/5 шешімі",
        FIRST_LINE_KK,
        "1) кірістер – 89 737,1 мың теңге, оның ішінде:",
        "салықтық түсімдер – 6 883 мың теңге;",
        "трансферттер түсімі – 82 854,1 мың теңге;",
    ]
    assert said[-1] == "бюджет қаражатының пайдаланылатын қалдықтары – 3 623 мың теңге."


def test_special_receipts_stand_before_transfers_where_stated():
    view = irtysh(2026)
    with_line = replace(view, figures=view.figures | {Figure.SPECIAL_RECEIPTS: 0})
    said = lines(decision_text(with_line, UNIT, DocLanguage.RU))
    at = said.index("специальные поступления – 0 тысяч тенге;")
    assert said[at + 1].startswith("поступления трансфертов")
    assert not any("специальные" in line for line in lines(decision_text(view, UNIT, DocLanguage.RU)))


def test_what_is_not_stated_is_left_out():
    view = replace(irtysh(2026), figures=thousand(revenue_total="54959", tax="39585", costs="54959"))
    said = lines(decision_text(view, UNIT, DocLanguage.RU))
    assert said[3:] == [
        "1) доходы – 54 959 тысяч тенге, в том числе:",
        "налоговые поступления – 39 585 тысяч тенге;",
        "2) затраты – 54 959 тысяч тенге.",
    ]


def test_an_amendment_names_the_decision_that_reworded_it():
    view = irtysh(2026)
    amended = replace(view, decision=replace(view.decision, kind=DecisionKind.AMENDMENT, number="41/2"))
    assert lines(decision_text(amended, UNIT, DocLanguage.RU))[1] == (
        "в редакции решения маслихата города Семей от 26 декабря 2025 года № 41/2"
    )
    assert lines(decision_text(amended, UNIT, DocLanguage.KK))[1].endswith("№ 41/2 шешімінің редакциясында")


def test_one_year_only():
    view = irtysh(2026)
    single = replace(view, decision=replace(view.decision, years=(2026,)))
    assert lines(decision_text(single, UNIT, DocLanguage.RU))[0].endswith("на 2026 год")
    assert "согласно приложению 1" in lines(decision_text(single, UNIT, DocLanguage.RU))[2]
    assert lines(decision_text(single, UNIT, DocLanguage.KK))[0].endswith(
        "2026 жылға арналған бюджеті туралы"
    )


def test_both_languages_say_the_same_line_by_line():
    document = decision_text(irtysh(2026), UNIT, DocLanguage.BOTH)
    beside = document.blocks[0]
    assert isinstance(beside, SideBySide)
    assert len(beside.left) == len(beside.right) == 18
    for left, right in zip(beside.left[3:], beside.right[3:], strict=True):
        assert left.text.split("–", 1)[1].split("мың")[0] == right.text.split("–", 1)[1].split("тысяч")[0]
    assert not any(isinstance(block, Signatures) for block in document.blocks)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "0 тысяч тенге"),
        ("1", "1 тысяча тенге"),
        ("671", "671 тысяча тенге"),
        ("2", "2 тысячи тенге"),
        ("64", "64 тысячи тенге"),
        ("11", "11 тысяч тенге"),
        ("112", "112 тысяч тенге"),
        ("56928", "56 928 тысяч тенге"),
        ("3.4", "3,4 тысячи тенге"),
        ("15.1", "15,1 тысячи тенге"),
        ("-1", "-1 тысяча тенге"),
        ("-3623", "-3 623 тысячи тенге"),
    ],
)
def test_thousands_agree_with_their_number(amount, said):
    assert thousands(from_plain(amount), Language.RU).replace("\N{NO-BREAK SPACE}", " ") == said
    assert thousands(from_plain(amount), Language.KK).endswith(" мың теңге")


@given(
    st.dictionaries(st.sampled_from(list(Figure)), st.integers(-(10**14), 10**14), min_size=1),
    st.sampled_from([DocLanguage.KK, DocLanguage.RU]),
)
def test_every_stated_figure_is_said_once_and_nothing_else(figures, language):
    view = replace(irtysh(2026), figures=no_figures() | figures)
    said = lines(decision_text(view, UNIT, language))[3:]
    amounts = sorted(line.rsplit(" – ", 1)[1].split(" мың")[0].split(" тысяч")[0] for line in said)
    assert amounts == sorted(text_amount(a).replace("\N{NO-BREAK SPACE}", " ") for a in figures.values())
    assert said[-1].endswith((".", ":")) is True
    assert all(line.endswith((";", ":")) for line in said[:-1])
