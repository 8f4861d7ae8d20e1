# ruff: noqa: E501 -- lines of decisions stand as they are printed
"""What is written in any of the described ways reads back with the same figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.findings import Severity
from akimat_desk.core.money import from_thousands
from akimat_desk.intake import read_pasted

from . import variants
from .variants import Style, Unit

THOROUGH = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> ReadDecision:
    return read_decision(read_pasted(text))


def tiyn(figures: dict[Figure, Decimal]) -> dict[Figure, int | None]:
    return {figure: from_thousands(figures[figure]) if figure in figures else None for figure in Figure}


def assert_same(unit: ReadUnit, written: Unit, style: Style) -> None:
    assert unit.figures == tiyn(variants.printed_figures(written, style))
    assert unit.name == written.name
    assert unit.first_year == written.first_year
    assert unit.years == written.years
    assert unit.restated == []


def codes(unit: ReadUnit, *but: str) -> set[str]:
    return {finding.code for finding in unit.findings} - set(but)


def about(unit: ReadUnit, code: str) -> set[str]:
    return {finding.where.figure for finding in unit.findings if finding.code == code}


def left_out(written: Unit, style: Style) -> set[str]:
    """The figures without a line before the end of what is printed."""
    shown = variants.printed_figures(written, style)
    last = max(variants.ORDER.index(figure) for figure in shown)
    return {
        figure.value
        for figure in variants.ORDER[:last]
        if figure not in shown and figure is not Figure.SPECIAL_RECEIPTS
    }


@THOROUGH
@given(variants.printed(most_units=4))
def test_every_way_to_print_reads_back(case: tuple[list[Unit], Style]) -> None:
    units, style = case
    decision = read(variants.decision(units, style))
    assert decision.language == units[0].language
    assert len(decision.units) == len(units)
    for unit, written in zip(decision.units, units, strict=True):
        assert_same(unit, written, style)
        shown = variants.printed_figures(written, style)
        assert about(unit, "reader.unit_tenge") == {f.value for f in style.tenge_for if shown.get(f)}
        assert about(unit, "reader.line_assumed_zero") == left_out(written, style)
        quiet = {"reader.line_assumed_zero", "reader.unit_tenge"}
        assert codes(unit, *quiet) == ({"reader.mixed_alphabet"} if style.latin else set())
    assert decision.not_understood == []


@THOROUGH
@given(st.data())
def test_a_text_may_end_anywhere(data: st.DataObject) -> None:
    """Nothing behind the end is judged; what stands before it is read all the same."""
    units, style = data.draw(variants.printed())
    style = replace(style, end=data.draw(st.sampled_from(variants.ORDER)), minus=style.minus or "-")
    decision = read(variants.heading(units[0], style, "1.") + "\n" + variants.items(units[0], style))
    if not variants.printed_figures(units[0], style):
        return
    assert_same(decision.units[0], units[0], style)
    assert not {code for code in codes(decision.units[0]) if code.startswith("balance.")}


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(separators=(" - ",), minus="- "),
        Style(separators=(" ",), minus="- ", zero_unit="tenge"),
        Style(group="", always_decimal=True, separators=(" –",)),
        Style(separators=("– ", " - "), zero="0,0", zero_unit="none", numbering=""),
        Style(minus="(-)", zero_unit="tenge", unit_space=""),
        Style(omit_zero=True, numbers_shift=True, latin=True, noise=True, quote=True),
        Style(slip=4, wordings=1, year_first=True, years="{0} – {2}", indent="\t"),
    ],
)
def test_all_published_figures_in_both_languages(style: Style, language: str) -> None:
    units = [unit for unit in variants.published() if unit.language == language]
    for unit in units:
        decision = read(variants.decision([unit], style))
        assert_same(decision.units[0], unit, style)
    # All of them in one text, a point each; names repeat, and each point is a unit all the same.
    same_year = [replace(unit, first_year=2024) for unit in units]
    decision = read(variants.decision(same_year, style))
    assert len(decision.units) == len(units)
    for unit, written in zip(decision.units, same_year, strict=True):
        assert_same(unit, written, style)


@THOROUGH
@given(variants.printed(most_units=3), st.sampled_from(["{0}", "1.{n} {0}", "{0} "]))
def test_units_named_by_lines_under_a_common_point(case: tuple[list[Unit], Style], line: str) -> None:
    units, style = case
    language = units[0].language
    period = style.years.format(*units[0].years)
    if language == "ru":
        parts = [
            (
                f"1. Утвердить бюджеты города и сельских округов на {period} годы согласно приложениям 1; 2; 3; 4; 5, "
                f"в том числе на {units[0].first_year} год по городу и каждому сельскому округу в следующих объемах:"
            )
        ]
        names = [f"по {unit.dative}:" if "1.{n}" in line else f"По {unit.dative}:" for unit in units]
    else:
        parts = [
            (
                f"1. {period} жылдарға арналған Сарысу ауданының қала және ауылдық округтерінің бюджеттері 1-9 "
                f"қосымшаларға сәйкес, оның ішінде {units[0].first_year} жылға келесі көлемде бекітілсін:"
            )
        ]
        names = [f"{unit.dative} бойынша:" for unit in units]
    for number, (unit, name) in enumerate(zip(units, names, strict=True), start=1):
        parts += [line.format(name, n=number), variants.items(unit, style)]
    decision = read("\n".join(parts))
    assert len(decision.units) == len(units)
    for unit, written in zip(decision.units, units, strict=True):
        assert_same(unit, written, style)


_RESTATED = {
    "ru": (
        'О внесении изменений в решение маслихата от 26 декабря 2025 года № 37/5 "О бюджете {genitive} на {period} годы"',
        "Решение районного маслихата от 17 июня 2026 года № 42-4-VIII",
        (
            'Районный маслихат РЕШИЛ:\n1. Внести в решение маслихата "О бюджете {genitive} на {period} годы" от 26 декабря '
            "2025 года № 37/5 следующие изменения:"
        ),
        "приложение 1 к указанному решению изложить согласно приложению к настоящему решению.",
    ),
    "kk": (
        (
            'Аудандық мәслихаттың 2025 жылғы 26 желтоқсандағы № 37/5 "{period} жылдарға арналған {genitive} бюджеті туралы" '
            "шешіміне өзгерістер енгізу туралы"
        ),
        "Аудандық мәслихаттың 2026 жылғы 17 маусымдағы № 42-4-VIII шешімі",
        (
            'Аудандық мәслихат ШЕШТІ:\n1. Мәслихаттың "{period} жылдарға арналған {genitive} бюджеті туралы" 2025 жылғы 26 '
            "желтоқсандағы № 37/5 шешіміне мынадай өзгерістер енгізілсін:"
        ),
        "көрсетілген шешімнің 1-қосымшасы осы шешімнің қосымшасына сәйкес жаңа редакцияда жазылсын.",
    ),
}


def amendment(unit: Unit, body: str) -> str:
    period = f"{unit.years[0]}-{unit.years[2]}"
    genitive = unit.genitive.replace('"', "")
    title, own, preamble, tail = (
        part.format(genitive=genitive, period=period) for part in _RESTATED[unit.language]
    )
    return "\n".join((title, own, preamble, body, tail)) + "\n"


def assert_own_reference(decision: ReadDecision) -> None:
    assert decision.is_amendment
    assert decision.number == "42-4-VIII"
    assert decision.date is not None
    assert decision.date.isoformat() == "2026-06-17"


WHOLE = {
    "ru": ["пункт 1 изложить в новой редакции:", "пункт 1 изложить в следующей редакции:"],
    "kk": [
        "1-тармақ жаңа редакцияда жазылсын:",
        "көрсетілген шешімнің 1-тармағы жаңа редакцияда мазмұндалсын:",
        "1-тармақ жаңа редакцияда баяндалсын:",
    ],
}


@THOROUGH
@given(variants.printed(), st.data())
def test_a_whole_point_restated_is_a_new_edition(case: tuple[list[Unit], Style], data: st.DataObject) -> None:
    (unit,), style = case
    instruction = data.draw(st.sampled_from(WHOLE[unit.language]))
    opening = data.draw(st.sampled_from(['"1.', "«1.", "1.", '1. "']))
    body = f'{instruction}\n{variants.heading(unit, style, opening)}\n{variants.items(unit, style)}";'
    decision = read(amendment(unit, body))
    assert_own_reference(decision)
    assert len(decision.units) == 1
    assert_same(decision.units[0], unit, style)


SUB_POINTS = {
    "ru": ("в пункте 1:", "подпункт {n}) изложить в следующей редакции:", "подпункты {ns} изложить в новой редакции:"),
    "kk": (
        "1-тармақта:",
        "{n}) тармақшасы жаңа редакцияда жазылсын:",
        "{ns} тармақшалары жаңа редакцияда мазмұндалсын:",
    ),
}  # fmt: skip


@THOROUGH
@given(variants.printed(), st.data())
def test_restated_sub_points_change_only_themselves(
    case: tuple[list[Unit], Style], data: st.DataObject
) -> None:
    (unit,), style = case
    # A lone deficit behind one dash says nothing about its sign: no line to compare, no sum to close.
    separators = (" – ",) if style.separators in ((" -",), (" ",)) else style.separators
    style = replace(style, minus=style.minus or "-", separators=separators, tenge_for=frozenset())
    shown = variants.printed_figures(unit, style)
    mains = data.draw(st.lists(st.sampled_from(variants.MAIN[:5]), unique=True, min_size=1, max_size=4))
    mains.sort(key=variants.MAIN.index)
    one_by_one = data.draw(st.booleans())
    wrong_number = data.draw(st.booleans())
    context, single, several = SUB_POINTS[unit.language]
    parts = [context]
    if not one_by_one:
        parts.append(several.format(ns=", ".join(f"{variants.MAIN.index(main) + 1})" for main in mains)))
    expected: dict[Figure, Decimal] = {}
    for main in mains:
        number = variants.MAIN.index(main) + 1
        if one_by_one:
            parts.append(single.format(n=number))
        following = variants.MAIN[variants.MAIN.index(main) + 1]
        group = [
            f
            for f in shown
            if variants.ORDER.index(main) <= variants.ORDER.index(f) < variants.ORDER.index(following)
        ]
        lines = [
            variants.item(unit.language, f, shown[f], style, 4 if wrong_number else number, index) + ";"
            for index, f in enumerate(group)
        ]
        parts.append('"' + "\n".join(lines) + '"')
        expected |= {f: shown[f] for f in group}
    decision = read(amendment(unit, "\n".join(parts)))
    assert_own_reference(decision)
    assert len(decision.units) == 1
    read_unit = decision.units[0]
    assert read_unit.figures == tiyn(expected)
    assert read_unit.restated == [figure for figure in Figure if figure in expected]
    assert read_unit.name == unit.name
    assert read_unit.first_year == unit.first_year
    assert not any(finding.severity is Severity.ERROR for finding in read_unit.findings)
    assert "reader.line_assumed_zero" not in codes(read_unit)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            (
                "в подпункте 2) пункта 1:\nцифры «1699246,7» заменить цифрами «1696046,7»;\nв подпункте 4) пункта 1:\n"
                "строку «сальдо по операциям с финансовыми активами – 13550 тысяч тенге» заменить строкой "
                "«сальдо по операциям с финансовыми активами – 16750 тысяч тенге»;\nстроку «приобретение финансовых активов "
                "– 13550 тысяч тенге» заменить строкой «приобретение финансовых активов – 16750 тысяч тенге»."
            ),
            {
                Figure.COSTS: Decimal("1696046.7"),
                Figure.FIN_ASSETS_BALANCE: Decimal(16750),
                Figure.FIN_ASSETS_PURCHASE: Decimal(16750),
            },
        ),
        (
            'в пункте 1:\nв строке «доходы» цифры "5 240 404" заменить цифрами "5 283 030";',
            {Figure.REVENUE_TOTAL: Decimal(5283030)},
        ),
    ],
)
def test_replaced_figures_russian(body: str, expected: dict[Figure, Decimal]) -> None:
    unit = next(unit for unit in variants.published() if unit.language == "ru")
    read_unit = read(amendment(unit, body)).units[0]
    assert read_unit.figures == tiyn(expected)
    assert set(read_unit.restated) == set(expected)


def test_replaced_figures_kazakh() -> None:
    unit = next(unit for unit in variants.published() if unit.language == "kk")
    body = (
        '1-тармақта:\n1) тармақшада "кірістер" деген жолда "50 000" деген сандар "55 000" деген сандармен '
        'ауыстырылсын;\n2) тармақшада "50 000" деген сандар "55 000,5" деген сандармен ауыстырылсын;'
    )
    read_unit = read(amendment(unit, body)).units[0]
    assert read_unit.figures == tiyn({Figure.REVENUE_TOTAL: Decimal(55000), Figure.COSTS: Decimal("55000.5")})


def test_a_replacement_that_names_no_figure_is_shown() -> None:
    unit = next(unit for unit in variants.published() if unit.language == "ru")
    body = "в подпункте 1) пункта 1:\nцифры «1 799 246,7» заменить цифрами «1 796 046,7»;"
    decision = read(amendment(unit, body))
    assert [fragment.text for fragment in decision.not_understood] == [body.splitlines()[1]]
    assert any(finding.code == "reader.not_understood" for finding in decision.findings)


def test_several_points_restated_at_once() -> None:
    units = [replace(unit, first_year=2024) for unit in variants.published() if unit.language == "ru"][:5]
    style = Style()
    body = "пункты 3, 5, 7-9 изложить в новой редакции:\n" + "\n".join(
        f'"{number}. {variants.heading(unit, style, "").strip()}\n{variants.items(unit, style)}";'
        for number, unit in zip((3, 5, 7, 8, 9), units, strict=True)
    )
    decision = read(amendment(units[0], body))
    assert len(decision.units) == 5
    for unit, written in zip(decision.units, units, strict=True):
        assert_same(unit, written, style)
