# ruff: noqa: E501 -- lines of decisions stand as they are printed
"""The published cases, in every kind of file, with their annexes; the slips that real acts hold."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.as_json import decision_json
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_plain, plain
from akimat_desk.intake import read_bytes, read_file, read_pasted

from . import annex_builder, variants
from .pdf_builder import text_pdf

CASES = variants.CASES
PUBLISHED = {case["id"]: case for case in json.loads((CASES / "decisions.json").read_text("utf-8"))}
IDENTITIES = {
    "income-sum": "balance.revenue",
    "deficit": "balance.deficit",
    "financing": "balance.financing",
}


def read(text: str) -> ReadDecision:
    return read_decision(read_pasted(text))


def figures(unit: ReadUnit) -> dict[str, str]:
    return {figure.value: text for figure in Figure if (text := plain(unit.figures[figure])) is not None}


def expected_figures(case: dict[str, Any]) -> dict[str, str]:
    return {
        name: plain(from_plain(value)) or "" for name, value in case["figures"].items() if value is not None
    }


def as_docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(text: str) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row, line in enumerate(text.splitlines(), start=1):
        sheet.cell(row, 1, line)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def as_html(text: str) -> bytes:
    return (
        "<html><body>" + "".join(f"<p>{line}</p>\n" for line in text.splitlines()) + "</body></html>"
    ).encode()


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "xlsx", "pdf"])
@pytest.mark.parametrize("path", sorted((CASES / "texts").glob("*.txt")), ids=lambda path: path.stem)
def test_every_published_text_comes_out_exact(path: Path, kind: str) -> None:
    text = path.read_text("utf-8")
    case = json.loads(path.with_suffix(".json").read_text("utf-8"))
    published = PUBLISHED[case["id"]]
    writers = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx, "pdf": text_pdf}
    source = read_file(path) if kind == "txt" else read_bytes(writers[kind](text), f"decision.{kind}")
    decision = read_decision(source)
    assert decision.language == case["language"]
    assert decision.is_amendment is published["is_amendment"]
    (unit,) = decision.units
    assert figures(unit) == expected_figures(case)
    assert unit.first_year == case["first_year"]
    assert f"{unit.years[0]}-{unit.years[-1]}" == published["years_covered"]
    assert unit.name == published["unit_name"]
    found = {finding.code: plain(finding.difference) for finding in unit.findings}
    for name, code in IDENTITIES.items():
        difference = case["identities"][name]
        if difference is None or Decimal(difference) == 0:
            assert code not in found
        else:
            assert Decimal(found[code] or "") == Decimal(difference)
    assert set(found) - set(IDENTITIES.values()) <= {"reader.line_assumed_zero"}
    assert decision.findings == []
    assert decision.not_understood == []


def test_the_contract_has_every_figure_as_text() -> None:
    decision = read_decision(read_file(CASES / "texts" / "U003.txt"))
    answer = decision_json(decision, Language.RU)
    assert set(answer) >= {"language", "decision", "units", "findings"}
    (unit,) = answer["units"]  # type: ignore[misc]
    assert list(unit["figures"]) == [figure.value for figure in Figure]
    assert unit["figures"]["revenue_total"] == "1342401.3"
    assert unit["figures"]["loans_repaid"] is None
    (deficit,) = [finding for finding in unit["findings"] if finding["code"] == "balance.deficit"]
    assert deficit["difference"] == "1292.8"
    assert deficit["source"] == "Бюджетный кодекс РК, статья 9"
    assert deficit["fix"]
    json.dumps(answer)


HEAD = "1. Утвердить бюджет села Актогай на 2024-2026 годы согласно приложениям 1, 2 и 3, в том числе на 2024 год в следующих объемах:\n"


@pytest.mark.parametrize(
    ("lines", "expected", "codes"),
    [
        # lessons.md: sums right, stale revenue, turned sign.
        (
            (
                "1) доходы – 89 737,1 тысяч тенге:\nналоговые поступления – 6 883,0 тысяч тенге;\nпоступления трансфертов – 82 854,1 тысяч тенге;\n"
                "2) затраты – 93 360,1 тысяч тенге;\n5) дефицит (профицит) бюджета – -3 623,0 тысяч тенге;\n"
                "6) финансирование дефицита (использование профицита) бюджета –3 623,0 тысяч тенге:\nпоступление займов – 0,0;\nпогашение займов – 0,0;\n"
                "используемые остатки бюджетных средств –3623,0 тысяч тенге"
            ),
            {"deficit": "-3623", "deficit_financing": "3623", "balances_used": "3623"},
            {},
        ),
        (
            (
                "1) доходы – 62 997,0 тысяч тенге:\nналоговые поступления – 2 997 тысяч тенге;\nпоступления трансфертов – 60 000 тысяч тенге;\n"
                "2) затраты – 64 573,0 тысяч тенге;\n5) дефицит (профицит) бюджета – 0 тысяч тенге;"
            ),
            {"deficit": "0"},
            {"balance.deficit": "1576"},
        ),
        (
            (
                "1) доходы – 89 508 771,6 тысяч тенге;\nналоговые поступления – 89 508 771,6 тысяч тенге;\n2) затраты – 107 645 017,1 тысяч тенге;\n"
                "3) чистое бюджетное кредитование – -455 761,0 тысяч тенге;\nпогашение бюджетных кредитов – 455 761,0 тысяч тенге;\n"
                "5) дефицит (профицит) бюджета – -17 680 484,5 тысяч тенге;\n6) финансирование дефицита – 17 680 484,5 тысяч тенге:\n"
                "поступление займов – 25 350 625,2 тысяч тенге;\nпогашение займов – 15 228 687,0 тысяч тенге;\n"
                "используемые остатки бюджетных средств – 7 558 546,3 тысяч тенге."
            ),
            {"net_lending": "-455761", "deficit": "-17680484.5", "deficit_financing": "17680484.5"},
            {},
        ),
        # A sign that is really turned in the act is an error, not a reading.
        (
            (
                "1) доходы – 100 тысяч тенге;\nналоговые поступления – 100 тысяч тенге;\n2) затраты – 150 тысяч тенге;\n"
                "5) дефицит (профицит) бюджета – -50 тысяч тенге;\n6) финансирование дефицита – -50 тысяч тенге;"
            ),
            {"deficit": "-50", "deficit_financing": "-50"},
            {"balance.financing": "-100"},
        ),
        # '- 16261,0' among en dashes: the parts say that it is a separator …
        (
            (
                "1) доходы – 100 000 тысяч тенге;\nналоговые поступления – 100 000 тысяч тенге;\n2) затраты – 90 000 тысяч тенге;\n"
                "3) чистое бюджетное кредитование - 16261,0 тысяч тенге, в том числе: бюджетные кредиты – 17000 тысяч тенге; "
                "погашение бюджетных кредитов – 739 тысяч тенге;\n5) дефицит (профицит) бюджета – - 6261 тысяч тенге;"
            ),
            {"net_lending": "16261", "deficit": "-6261"},
            {},
        ),
        # … and here that it is a minus.
        (
            (
                "1) доходы – 100 000 тысяч тенге;\nналоговые поступления – 100 000 тысяч тенге;\n2) затраты – 90 000 тысяч тенге;\n"
                "3) чистое бюджетное кредитование - 16261,0 тысяч тенге, в том числе: бюджетные кредиты – 739 тысяч тенге; "
                "погашение бюджетных кредитов – 17000 тысяч тенге;\n5) дефицит (профицит) бюджета – 26261 тысяч тенге;"
            ),
            {"net_lending": "-16261", "deficit": "26261"},
            {},
        ),
        # A text without separators: its only dash is a minus, even where no sum can tell.
        (
            "1) доходы 100 тысяч тенге;\nналоговые поступления 100 тысяч тенге;\n5) дефицит (профицит) бюджета - 40,1 тысяч тенге;",
            {"deficit": "-40.1"},
            {},
        ),
        # Whole budgets in tenge are tenge.
        (
            "1) доходы – 15339000 тенге;\nналоговые поступления – 15339000 тенге;\n2) затраты – 15339000 тенге;",
            {"revenue_total": "15339", "costs": "15339"},
            {},
        ),
        (
            "1) доходы – 341,6 тенге;\nналоговые поступления – 341,6 тенге;\n2) затраты – 341,6 тенге;",
            {"revenue_total": "341.6", "costs": "341.6"},
            {"reader.unit_tenge": None},
        ),
        # No multiple of 0.1 thousand; digits that make no number are shown, never repaired.
        (
            (
                "1) доходы – 70,55 тысяч тенге;\nналоговые поступления – 70,55 тысяч тенге;\n2) затраты – 1 5320 тысяч тенге;\n"
                "5) дефицит (профицит) бюджета – 0;"
            ),
            {"revenue_total": "70.55", "deficit": "0"},
            {"balance.step": None, "reader.amount_unreadable": None},
        ),
        # A line that names nothing known is shown.
        (
            "1) доходы – 70 тысяч тенге;\nналоговые поступления – 60 тысяч тенге;\nсборы с туристов – 10 тысяч тенге;\n2) затраты – 70 тысяч тенге;",
            {"revenue_total": "70", "tax": "60"},
            {"balance.revenue": "10", "reader.not_understood": None},
        ),
    ],
)
def test_slips_of_real_acts(lines: str, expected: dict[str, str], codes: dict[str, str | None]) -> None:
    decision = read(HEAD + lines)
    (unit,) = decision.units
    assert {name: figures(unit).get(name) for name in expected} == expected
    found = {f.code: plain(f.difference) for f in unit.findings if f.code != "reader.line_assumed_zero"}
    assert found == codes
    for finding in unit.findings:
        for language in Language:
            shown = finding.as_json(language)
            assert shown["message"]
            assert shown["source"]
            assert "{" not in str(shown)[1:-1]


def test_the_part_of_the_structure_printed_differs_by_unit_and_nothing_else_is_taken() -> None:
    """Nested little decisions of one city's act: outer numbers, escapes, subventions between units."""
    text = """4\\. «1. Утвердить бюджет Алгабасского сельского округа на 2024-2026 годы согласно приложению 10 в следующих объемах:

1\\) доходы 122 043,0 тысяч тенге:
налоговые поступления – 8 290,0 тысяч тенге;
   поступления трансфертов – 113 753,0 тысяч тенге;
2)затраты – 122 369,0тысяч тенге;
      5) дефицит (профицит) бюджета – -326,0 тысяч тенге;
6) финансирование дефицита (использование профицита) бюджета –326,0 тысяч тенге»

2\\. Учесть объем субвенции, передаваемой из городского бюджета, на 2024 год в сумме 31 567,0 тысяч тенге.

5\\. «1. Утвердить бюджет поселка Чаган 2024-2026 годы согласно приложению 13 в следующих объемах:
1) доходы 56 928,0 тысяч тенге:
налоговые поступления – 1 390,0 тысяч тенге;
поступления трансфертов – 55 538,0 тысяч тенге;
2) затраты – 57 641,3 тысяч тенге;
5) дефицит (профицит) бюджета – - 713,3 тысяч тенге;
6) финансирование дефицита (использование профицита) бюджета – 713,3 тысяч тенге».
2. Учесть объем субвенции на 2024 год в сумме 31 567,0 тысяч тенге.
"""
    decision = read(text)
    assert [unit.name for unit in decision.units] == ["Алгабасский сельский округ", "поселок Чаган"]
    assert [figures(unit)["deficit"] for unit in decision.units] == ["-326", "-713.3"]
    assert [unit.years for unit in decision.units] == [[2024, 2025, 2026]] * 2
    assert decision.not_understood == []


def test_unit_only_in_the_title() -> None:
    text = """О бюджетах города Саркан и сельских округов Сарканского района на 2022-2024 годы
Решение Сарканского районного маслихата Алматинской области от 31 декабря 2021 года № 15-64.
Обновленный
Сноска. Вводится в действие с 01.01.2022 в соответствии с пунктом 15 настоящего решения.
1) доходы 281 508 тысяч тенге, в том числе:
налоговые поступления 109 238 тысяч тенге;
поступления трансфертов 172 270 тысяч тенге;
2) затраты 282 243 тысячи тенге;
5) дефицит (профицит) бюджета (-) 735 тысяч тенге;
2. Утвердить бюджет Алмалинского сельского округа на 2022-2024 годы согласно приложениям 4, 5, 6, в том числе на 2022 год в следующих объемах:
1) доходы 71 000 тысяч тенге:
налоговые поступления 71 000 тысяч тенге;
2) затраты 71 000 тысяч тенге;
"""
    decision = read(text)
    assert (decision.number, str(decision.date)) == ("15-64", "2021-12-31")
    assert [unit.name for unit in decision.units] == ["город Саркан", "Алмалинский сельский округ"]
    assert figures(decision.units[0])["deficit"] == "-735"


@pytest.mark.parametrize(
    ("head", "number", "date"),
    [
        ("Решение маслихата от 23 декабря 2025 года № 8С-37/5", "8С-37/5", "2025-12-23"),
        ("Решение маслихата от 23 декабря 2025 года № 90-VІІІ", "90-VIII", "2025-12-23"),
        ("Решение маслихата от 26 декабря 2022 года № 38/270 –VII", "38/270-VII", "2022-12-26"),
        ("Решение маслихата от 25 июля 2011 года N 273. Зарегистрировано 5 августа 2011 года N 13-11-214", "273", "2011-07-25"),
        ("Решение маслихата от 30 декабря года № 22-130/VII", "22-130/VII", "None"),
        ("№ 102-25-7 «05» января 2022 года", "102-25-7", "2022-01-05"),
        ("23.12.2025 № 29-10", "29-10", "2025-12-23"),
        ("Мәслихаттың 2022 жылғы 05 қаңтарындағы № 23-80 шешімі. Тіркелді № 164 363", "23-80", "2022-01-05"),
        ("Аудандық мәслихаттың 2022 жылы 26 желтоксандағы № 17/104-VIII шешiмі", "17/104-VIII", "2022-12-26"),
    ],
)  # fmt: skip
def test_the_decisions_own_number_and_date(head: str, number: str, date: str) -> None:
    body = HEAD + "1) доходы – 1 тысяча тенге;\n"
    decision = read(f"О бюджете села Актогай на 2024-2026 годы\n{head}\nмаслихат РЕШИЛ:\n{body}")
    assert decision.title == "О бюджете села Актогай на 2024-2026 годы"
    assert (decision.number, str(decision.date)) == (number, date)
    assert not decision.is_amendment


def test_mixed_alphabets_are_named_once_per_unit() -> None:
    text = (
        "«1. Абыралы ауылдық округінің 2023-2025 жылдарға арналған бюджеті тиісінше 1, 2, 3-қосымшаларға сәйкес, "
        "соның ішінде 2023 жылға келесі көлемдерде бекiтiлсiн:\n1) кірістер – 7 мың теңге:\ncалықтық түсімдер – 7 мың теңге;\n"
    )
    (unit,) = read(text).units
    (finding,) = [finding for finding in unit.findings if finding.code == "reader.mixed_alphabet"]
    assert finding.fields["words"] == "бекiтiлсiн, cалықтық"
    assert figures(unit) == {"revenue_total": "7", "tax": "7"}


def test_a_text_without_a_budget_says_so() -> None:
    decision = read("Протокол собрания местного сообщества\nПовестка дня: благоустройство.\n")
    assert decision.units == []
    assert [finding.code for finding in decision.findings] == ["reader.nothing_found"]


# --- with annexes -----------------------------------------------------------------------------------


def _papers(act: str, language: str) -> list[annex_builder.Paper]:
    return [
        annex_builder.paper_of(case)
        for case in annex_builder.cases()
        if case["id"].startswith(act) and case["language"] == language
    ]


def test_annexes_find_their_unit_by_name() -> None:
    """The text of two units, the annexes of one: each under its own unit, compared with its text."""
    cases = [case for case in annex_builder.cases() if "ainabulak_ru" in case["id"]]
    first = cases[0]
    totals = {line["role"]: line["amount"] for line in first["lines"] if line["role"] != "total"}
    assert totals
    text = """<p>2. Утвердить бюджет Достыкского сельского округа на 2024-2026 годы согласно приложениям 1, 2, 3, в том числе на 2024 год в следующих объемах:</p>
<p>1) доходы – 7 тысяч тенге:</p><p>налоговые поступления – 7 тысяч тенге;</p><p>2) затраты – 7 тысяч тенге.</p>
<p>3. Утвердить бюджет Айнабулакского сельского округа на 2024-2026 годы согласно приложениям 4, 5, 6, в том числе на 2024 год в следующих объемах:</p>
<p>1) доходы – 56 928,0 тысяч тенге:</p><p>налоговые поступления – 1 390,0 тысяч тенге;</p><p>неналоговые поступления – 0,0 тысяч тенге;</p>
<p>поступления от продажи основного капитала – 0,0 тысяч тенге;</p><p>поступления трансфертов – 55 530,0 тысяч тенге;</p>
<p>2) затраты – 57 254,0 тысяч тенге.</p>
<p>4. Настоящее решение вводится в действие с 1 января 2024 года.</p>"""
    source = read_bytes(
        annex_builder.as_html([annex_builder.paper_of(c) for c in cases], before=text), "a.html"
    )
    decision = read_decision(source)
    assert [unit.name for unit in decision.units] == [
        "Достыкский сельский округ",
        "Айнабулакский сельский округ",
    ]
    other, unit = decision.units
    assert other.annexes == []
    assert [annex.year for annex in unit.annexes] == [case["year"] for case in cases]
    assert unit.years == [2024, 2025, 2026]
    found = {
        (f.code, f.where.figure): plain(f.difference)
        for f in unit.findings
        if f.code == "balance.annex_total"
    }
    assert found[("balance.annex_total", "transfers")] == "-8"
    assert decision.not_understood == []


def test_annexes_without_a_name_go_by_order() -> None:
    """Two units, six annexes whose headings name nobody: each run of years belongs to the next unit."""
    cases = [case for case in annex_builder.cases() if "ainabulak_ru" in case["id"]]
    papers = [
        replace(annex_builder.paper_of(case), heading=f"Бюджет на {case['year']} год", number=None)
        for case in (*cases, *cases)
    ]
    points = "".join(
        f"<p>{number}. Утвердить бюджет {name} на 2024-2026 годы, в том числе на 2024 год в следующих объемах:</p>"
        "<p>1) доходы – 7 тысяч тенге:</p><p>налоговые поступления – 7 тысяч тенге;</p>"
        for number, name in enumerate(("села Актогай", "Ергольского сельского округа"), start=1)
    )
    decision = read_decision(read_bytes(annex_builder.as_html(papers, before=points), "a.html"))
    assert [unit.name for unit in decision.units] == ["село Актогай", "Ергольский сельский округ"]
    assert [[annex.year for annex in unit.annexes] for unit in decision.units] == [[2024, 2025, 2026]] * 2


def test_a_sum_over_all_units_and_the_units_in_annexes_only() -> None:
    case = next(case for case in annex_builder.cases() if case["id"] == "191405_u02_ainabulak_ru_2024")
    text = """<p>О бюджетах сельских округов на 2024-2026 годы</p>
<p>1. Утвердить бюджеты сельских округов Казалинского района на 2024-2026 годы согласно приложениям 1-36, в том числе на 2024 год в следующих объемах:</p>
<p>1) доходы – 1 000 000 тысяч тенге, в том числе:</p><p>налоговые поступления – 1 000 000 тысяч тенге;</p>"""
    source = read_bytes(annex_builder.as_html([annex_builder.paper_of(case)], before=text), "a.html")
    together, alone = read_decision(source).units
    assert together.name == "сельских округов Казалинского района"
    assert figures(together)["revenue_total"] == "1000000"
    assert alone.name == "Айнабулакский сельский округ"
    assert figures(alone)["revenue_total"] == "56928"


WRAPPED = """О бюджете Комсомольского сельского
округа Сарыкольского района
на 2026-2028 годы

Решение маслихата Сарыкольского
района от 29 декабря 2025 года
№ 389

1. Утвердить бюджет Комсомольского сельского
округа Сарыкольского района на 2026-2028 годы
согласно приложениям 1, 2 и 3 соответственно, в том числе
на 2026 год в следующих объемах:
1) доходы – 36 063,0 тысяч тенге, в том
числе:
налоговые поступления – 13
647,0 тысяч тенге;
неналоговые поступления – 1 307,0 тысяч
тенге;
поступления от продажи основного
капитала – 0,0 тысяч тенге;
поступления трансфертов –
21 109,0 тысяч тенге;
2) затраты – 36 163,0 тысяч тенге;
5) дефицит (профицит)
бюджета – -100,0 тысяч тенге;
6) финансирование дефицита (использование
профицита) бюджета – 100,0 тысяч тенге.
"""


def test_lines_broken_anywhere() -> None:
    decision = read(WRAPPED)
    assert (
        decision.title == "О бюджете Комсомольского сельского округа Сарыкольского района на 2026-2028 годы"
    )
    assert (decision.number, str(decision.date)) == ("389", "2025-12-29")
    (unit,) = decision.units
    assert unit.name == "Комсомольский сельский округ"
    assert figures(unit) == {
        "revenue_total": "36063", "tax": "13647", "nontax": "1307", "capital_sales": "0", "transfers": "21109",
        "costs": "36163", "deficit": "-100", "deficit_financing": "100",
    }  # fmt: skip
    assert not [f for f in unit.findings if f.code != "reader.line_assumed_zero"]


def test_a_heading_broken_in_kazakh() -> None:
    decision = read("""2026-2028 жылдарға арналған Дөң
ауылдық округінің бюджеті
туралы

1. 2026-2028 жылдарға арналған "Дөң"
ауылдық округінің бюджетіне тиісінше 1, 2, 3 - қосымшаларға
сәйкес, оның ішінде 2026 жылға
келесі көлемдерде бекітілсін:
1) КІРІСТЕР - 100 мың теңге, оның ішінде:
САЛЫҚТЫҚ ТҮСІМДЕР - 60 мың теңге;
Трансферттердің
түсімдері - 40 мың теңге;
2) шығындар - 100 мың теңге.
2. 2026 жылға арналған бюджетте аудандық бюджеттен берілетін субвенция көлемі - 35 мың теңге көзделсін.
""")
    (unit,) = decision.units
    assert (unit.name, unit.years, decision.is_amendment) == ("Дөң ауылдық округі", [2026, 2027, 2028], False)
    assert figures(unit) == {"revenue_total": "100", "tax": "60", "transfers": "40", "costs": "100"}
    assert decision.not_understood == []


def test_parts_of_transfers_and_the_non_oil_deficit_are_no_figures() -> None:
    lines = """1. Доходы – 100,0 тысяч тенге, в том числе: налоговые поступления – 60,0 тысяч тенге, неналоговые поступления – 0,0 тысяч тенге, поступления от продажи основного капитала – 0,0 тысяч тенге, поступления трансфертов – 40,0 тысяч тенге, из них: целевые текущие трансферты – 10,0 тысяч тенге, субвенции – 30,0 тысяч тенге;
2. Затраты – 100,0 тысяч тенге;
5. Дефицит (профицит) бюджета – 0,0 тысяч тенге;
6) ненефтяной дефицит (профицит) бюджета – -5 тысяч тенге;
7) финансирование дефицита (использование профицита) бюджета – 0 тысяч тенге.
2. Учесть, что в бюджете предусмотрены целевые трансферты:
на ремонт дорог – 10 тысяч тенге;
"""
    decision = read(HEAD + lines)
    (unit,) = decision.units
    assert figures(unit) == {
        "revenue_total": "100", "tax": "60", "nontax": "0", "capital_sales": "0", "transfers": "40",
        "costs": "100", "deficit": "0", "deficit_financing": "0",
    }  # fmt: skip
    assert decision.not_understood == []


def test_sub_points_of_several_points_stay_apart() -> None:
    decision = read("""О внесении изменений в решение маслихата от 26 декабря 2023 года № 13/86 "О бюджете поселков и сельских округов на 2024-2026 годы"
РЕШИЛ:
1. Внести следующие изменения:
в пункте 1: подпункты 1), 2) изложить в следующей редакции:
"1) доходы – 100 тысяч тенге, в том числе: налоговые поступления – 40 тысяч тенге; поступления трансфертов – 60 тысяч тенге;
2) затраты – 110 тысяч тенге;";
в пункте 2: подпункт 2) изложить в следующей редакции:
"2) затраты – 210 тысяч тенге;";
""")
    first, second = decision.units
    assert [figure.value for figure in first.restated] == ["revenue_total", "tax", "transfers", "costs"]
    assert [figure.value for figure in second.restated] == ["costs"]
    assert figures(second) == {"costs": "210"}


@pytest.mark.parametrize("case", annex_builder.cases(), ids=lambda case: case["id"])
def test_an_annex_alone_is_one_unit(case: dict[str, Any]) -> None:
    decision = read_decision(read_bytes(annex_builder.as_html([annex_builder.paper_of(case)]), "annex.html"))
    (unit,) = decision.units
    assert decision.language == case["language"]
    assert unit.first_year == case["year"]
    assert [(annex.number, annex.year) for annex in unit.annexes] == [(case["annex"], case["year"])]
    total = next(line for line in case["lines"] if line["section"] == "revenue" and line["role"] == "total")
    assert unit.figures[Figure.REVENUE_TOTAL] == from_plain(total["amount"])


def test_reading_is_fast() -> None:
    """A decision with three annexes of some 300 rows: well under half a second, and linear in length."""
    case = next(case for case in annex_builder.cases() if case["id"] == "179019_u07_irtysh_ru_2023")
    rows = case["lines"]
    many = {**case, "lines": [*rows[:3], *(row for row in rows[3:] for _ in range(6))]}
    papers = [annex_builder.paper_of(many)] * 3
    source = read_bytes(
        annex_builder.as_html(papers, before=as_html(HEAD + "1) доходы – 1 тысяча тенге;").decode()), "a.html"
    )
    began = time.perf_counter()
    read_decision(source)
    assert time.perf_counter() - began < 2  # generous for a loaded machine; measured 0.1
    text = variants.decision(
        [unit for unit in variants.published() if unit.language == "ru"] * 8, variants.Style()
    )
    long = read_pasted(text)
    began = time.perf_counter()
    assert len(read_decision(long).units) == 8 * len(PUBLISHED)
    assert time.perf_counter() - began < 4


@pytest.mark.parametrize(
    "piece",
    [
        " утвердить бюджет ",
        " бюджет бекітілсін \n",
        '"a", ',
        'цифры "a" заменить ',
        "слово 12 345 - ",
        "пункт 1 изложить ",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    source = read_pasted(piece * 4000)
    began = time.perf_counter()
    read_decision(source)
    assert time.perf_counter() - began < 6  # some tenths when linear, minutes when not
