"""Annexes in the official layout: codes, names of their year, sums that live."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.classification.codes import LineKind, RevenueCode
from akimat_desk.core.findings import Finding, Place, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import from_plain
from akimat_desk.reports.definitions.annex import AnnexOptions, annex
from akimat_desk.reports.definitions.common import DocLanguage, Signer
from akimat_desk.reports.document import (
    AmountCell,
    Heading,
    PageBreak,
    SideBySide,
    Signatures,
    Table,
    Text,
    TextCell,
    Tone,
)
from akimat_desk.reports.grid import body_of, head_of, shown
from akimat_desk.reports.sums import living_sums
from tests.reports.views_for_tests import UNIT, cost_line, irtysh, revenue_line, thousand


def tables(document):
    found = [block for block in document.blocks if isinstance(block, Table)]
    assert len(found) == 2
    return found


def rows(table):
    """Every row as the texts that it shows."""
    return [[shown(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("language", "block", "heading", "total"),
    [
        (
            DocLanguage.RU,
            "Приложение 1 к решению маслихата города Семей от 26 декабря 2025 года № 37/5",
            "Бюджет Айнабулакского сельского округа на 2026 год",
            "I. Доходы",
        ),
        (
            DocLanguage.KK,
            "Семей қаласы мәслихатының 2025 жылғы 26 желтоқсандағы № 37/5 шешіміне 1-қосымша",
            "Айнабұлақ ауылдық округінің 2026 жылға арналған бюджеті",
            "I. Кірістер",
        ),
    ],
)
def test_opening_and_receipts(language, block, heading, total):
    document = annex(irtysh(2026), UNIT, language, number=1)
    assert document.blocks[0] == Text(block, Tone.ANNEX_BLOCK, document.blocks[0].align)
    assert document.blocks[1] == Heading(heading)
    revenue, costs = tables(document)
    assert rows(revenue)[0] == ["", "", "", total, "89 737,1"]
    assert rows(revenue)[1][0] == "1"
    assert rows(revenue)[1][4] == "6 883,0"
    assert [row[:3] for row in rows(revenue)][-3:] == [["5", "", ""], ["", "02", ""], ["", "", "3"]]
    assert rows(costs)[1][:4] == ["01", "", "", ""]
    assert rows(costs)[4][:4] == ["", "", "", "001"]
    assert document.language is Language(language.value)


def test_heads_are_stairs_and_columns_are_numbered():
    revenue, costs = tables(annex(irtysh(2026), UNIT, DocLanguage.RU, number=1))
    words = [[(p.column, p.colspan, shown(p.cell)) for p in row if shown(p.cell)] for row in head_of(revenue)]
    assert words == [
        [(0, 4, "Категория"), (4, 1, "Сумма (тысяч тенге)")],
        [(1, 3, "Класс")],
        [(2, 2, "Подкласс")],
        [(3, 1, "Наименование")],
        [(n, 1, str(n + 1)) for n in range(5)],
    ]
    assert [shown(row[-2].cell if n == 0 else row[-1].cell) for n, row in enumerate(head_of(costs)[:5])] == [
        "Функциональная группа",
        "Функциональная подгруппа",
        "Администратор бюджетных программ",
        "Программа",
        "Наименование",
    ]
    assert [shown(p.cell) for p in head_of(costs)[5]] == [str(n) for n in range(1, 7)]


def test_each_row_fills_one_code_column_and_codes_are_texts():
    for table in tables(annex(irtysh(2026), UNIT, DocLanguage.KK, number=1)):
        for row in table.rows:
            *codes, name, amount = row.cells
            assert sum(bool(shown(cell)) for cell in codes) <= 1
            assert all(isinstance(cell, TextCell) for cell in (*codes, name))
            assert isinstance(amount, AmountCell)
            assert (row.level == 0) == (row.bold and not any(shown(cell) for cell in codes))


def test_codes_and_names_of_its_own_year():
    old, new = (tables(annex(irtysh(year), UNIT, DocLanguage.KK, number=1)) for year in (2023, 2026))
    assert rows(old[0])[-3][0] == "4"
    assert rows(new[0])[-3][0] == "5"
    assert rows(old[0])[-3][3] == rows(new[0])[-3][3] == "Трансферттердің түсімдері"
    assert rows(old[1])[1][4] == "Жалпы сипаттағы мемлекеттік қызметтер"
    assert rows(new[1])[1][4] == "Жалпы сипаттағы мемлекеттік көрсетілетін қызметтер"


def test_a_projection_keeps_the_codes_it_was_adopted_with():
    """A decision of December 2023 prints 4 for the transfers of 2026: its annex does too."""
    adopted = BudgetLine(
        Section.REVENUE,
        RevenueCode("4"),
        Trilingual(),
        from_plain("82854.1"),
        LineKind.TRANSFERS,
        printed_name="Поступления трансфертов",
    )
    view = replace(irtysh(2026), lines=(adopted,))
    for language, name in (
        (DocLanguage.RU, "Поступления трансфертов"),
        (DocLanguage.KK, "Трансферттердің түсімдері"),
    ):
        assert rows(tables(annex(view, UNIT, language, number=3))[0])[1] == ["4", "", "", name, "82 854,1"]


@pytest.mark.parametrize("language", list(DocLanguage))
def test_every_sum_is_alive(language):
    found = tables(annex(irtysh(2026), UNIT, language, number=1))
    alive = living_sums(found)
    asked = [
        cell for table in found for row in table.rows for cell in row.cells
        if isinstance(cell, AmountCell) and (cell.sum_of or cell.minus)
    ]  # fmt: skip
    assert len(alive) == len(asked) == 27
    # I, II, III, IV, V and VI are among them.
    totals = {(a.table, a.row) for a in alive if found[a.table].rows[a.row].level == 0}
    assert len(totals) == 6


def test_a_wrong_total_stays_as_adopted():
    view = irtysh(2026)
    wrong = replace(view, figures=view.figures | {Figure.COSTS: from_plain("93360.2")})
    found = tables(annex(wrong, UNIT, DocLanguage.RU, number=1))
    assert rows(found[1])[0][-1] == "93 360,2"
    alive = living_sums(found)
    dead = {
        shown(found[1].rows[n].cells[-2]) for n in range(len(found[1].rows)) if found[1].rows[n].level == 0
    } - {shown(found[a.table].rows[a.row].cells[-2]) for a in alive if a.table == 1}
    assert dead == {"II. Затраты", "V. Дефицит (профицит) бюджета"}


def test_the_subgroup_column_may_be_left_out():
    options = AnnexOptions(subgroups=False)
    view = irtysh(2026)
    extra = (
        cost_line(2026, "07/2", "5"),
        cost_line(2026, "07/2/124", "5"),
        cost_line(2026, "07/2/124/014", "5"),
    )
    document = annex(replace(view, lines=view.lines + extra), UNIT, DocLanguage.RU, number=1, options=options)
    costs = tables(document)[1]
    assert all(len(row.cells) == 5 for row in costs.rows)
    body_of(costs)
    head_of(costs)
    group = [row for row in rows(costs) if row[0] == "07"]
    assert len(group) == 1
    at = rows(costs).index(group[0])
    assert [row[:3] for row in rows(costs)[at : at + 5]] == [
        ["07", "", ""], ["", "124", ""], ["", "", "009"], ["", "", "011"], ["", "", "014"],
    ]  # fmt: skip
    assert rows(costs)[at + 1][-1] == "34 347,1"  # the office stands in the group once


def test_a_text_without_annexes_is_printed_by_its_figures():
    view = replace(irtysh(2026), lines=())
    document = annex(view, UNIT, DocLanguage.RU, number=1)
    revenue, costs = tables(document)
    assert [row[0] for row in rows(revenue)] == ["", "1", "5"]
    assert len(rows(costs)) == 1 + 11
    assert any(isinstance(block, Text) and block.tone is Tone.NOTE for block in document.blocks)


def test_what_is_not_stated_is_not_printed_as_zero():
    view = replace(irtysh(2026), figures=thousand(revenue_total="89737.1", costs="93360.1"))
    costs = rows(tables(annex(view, UNIT, DocLanguage.RU, number=1))[1])
    tail = {row[-2]: row[-1] for row in costs if row[-2][:2] in {"II", "IV", "V.", "VI"}}
    assert tail["V. Дефицит (профицит) бюджета"] == ""
    assert tail["III. Чистое бюджетное кредитование"] == ""
    assert "Поступление займов" not in [row[-2] for row in costs]


def test_a_line_without_a_usable_code_is_never_lost():
    lost = BudgetLine(
        Section.EXPENDITURE, None, Trilingual(), 0, LineKind.UNKNOWN, printed_name="Автомобиль көлігі"
    )
    view = irtysh(2026)
    costs = rows(tables(annex(replace(view, lines=(*view.lines, lost)), UNIT, DocLanguage.KK, number=1))[1])
    assert ["", "", "", "", "Автомобиль көлігі", "0,0"] in costs


def test_deeper_lines_give_way_to_their_parent():
    view = irtysh(2026)
    deep = revenue_line(2026, "1/04/4/02", "4454.2")
    same = rows(tables(annex(replace(view, lines=(*view.lines, deep)), UNIT, DocLanguage.RU, number=1))[0])
    assert same == rows(tables(annex(view, UNIT, DocLanguage.RU, number=1))[0])
    alone = rows(tables(annex(replace(view, lines=(deep,)), UNIT, DocLanguage.RU, number=1))[0])
    assert alone[1][:3] == ["", "", "4/02"]


def test_both_languages_stand_side_by_side():
    document = annex(irtysh(2026), UNIT, DocLanguage.BOTH, number=2)
    opening = document.blocks[0]
    assert isinstance(opening, SideBySide)
    assert [block.text for block in opening.left][1].startswith("Айнабұлақ")
    assert [block.text for block in opening.right][1].startswith("Бюджет")
    revenue, costs = tables(document)
    assert rows(revenue)[0][3:5] == ["I. Кірістер", "I. Доходы"]
    assert rows(costs)[-1][4:6] == [
        "Бюджет қаражатының пайдаланылатын қалдықтары",
        "Используемые остатки бюджетных средств",
    ]
    head_of(revenue)
    head_of(costs)


def test_findings_stand_on_a_page_of_their_own_and_mark_their_row():
    finding = Finding("decision.date_unknown", Severity.ERROR, where=Place(code="1/04"))
    view = replace(irtysh(2026), findings=(finding,))
    document = annex(view, UNIT, DocLanguage.RU, number=1)
    at = next(n for n, block in enumerate(document.blocks) if isinstance(block, PageBreak))
    assert any(isinstance(block, Text) and block.tone is Tone.FINDING_ERROR for block in document.blocks[at:])
    marked = [row for row in tables(document)[0].rows if row.marked]
    assert [shown(row.cells[1]) for row in marked] == ["04"]
    plain = annex(view, UNIT, DocLanguage.RU, number=1, options=AnnexOptions(findings=False))
    assert not any(isinstance(block, PageBreak) for block in plain.blocks)


def test_signatures_only_where_somebody_is_on_file():
    chair = Signer(Trilingual("Мәслихат төрағасы", "Председатель маслихата", "Chair"), "А. Үлгі")
    signed = annex(irtysh(2026), UNIT, DocLanguage.RU, number=1, signers=[chair])
    assert [b.people[0].position for b in signed.blocks if isinstance(b, Signatures)] == [
        "Председатель маслихата"
    ]
    unsigned = annex(irtysh(2026), UNIT, DocLanguage.RU, number=1)
    assert not any(isinstance(block, Signatures) for block in unsigned.blocks)


def test_a_draft_without_number_and_date_leaves_blanks():
    view = irtysh(2026)
    draft = replace(view, decision=replace(view.decision, number="", date=None))
    for language in (DocLanguage.KK, DocLanguage.RU):
        block = annex(draft, UNIT, language, number=1).blocks[0]
        assert isinstance(block, Text)
        assert re.search(r"№ _+", block.text)
