"""The small parts of reading an annex: amounts, code numbers, words of heads, headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.reading.annex_amounts import amount_in_tenge, amount_of, code_number
from akimat_desk.budget.reading.annex_heading import Role, annex_number, read_title, role_of, unit_of, year_of
from akimat_desk.budget.reading.annex_tables import printed_text
from akimat_desk.budget.reading.annex_words import Column, column_of, label_of
from akimat_desk.core.money import DECISION_STEP, LARGEST_AMOUNT, from_plain, table_amount, text_amount


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("64 684,0", "64684"),
        ("64\N{NO-BREAK SPACE}684,0", "64684"),
        ("8072,9", "8072.9"),
        ("39100,0", "39100"),
        ("64 953", "64953"),
        ("46,50", "46.5"),
        ("39 033 ,0", "39033"),
        ("- 326,0", "-326"),
        ("-6 218,7", "-6218.7"),
        ("–3623,0", "-3623"),
        ("(326,0)", "-326"),
        ("(-) 735", "-735"),
        ("46633.1", "46633.1"),
        ("0", "0"),
        ("1 342 401,3", "1342401.3"),
    ],
)
def test_amounts_that_are_read(printed: str, amount: str) -> None:
    assert amount_of(printed) == from_plain(amount)


@pytest.mark.parametrize(
    "printed",
    [
        "1 5320",
        ",0",
        "862,2,0",
        "",
        " ",
        "-",
        "О,0",
        "12 34",
        "1 234 5,0",
        "5.",
        "12,345678",
        "1e5",
        "(5",
        "х",
    ],
)
def test_amounts_that_are_not_repaired(printed: str) -> None:
    assert amount_of(printed) is None


def test_an_amount_beyond_any_budget_is_not_read() -> None:
    assert amount_of("9" * 20) is None


@given(st.integers(-LARGEST_AMOUNT, LARGEST_AMOUNT))
def test_what_the_program_writes_is_read_back(tiyn: int) -> None:
    assert amount_of(table_amount(tiyn)) == tiyn
    assert amount_of(text_amount(tiyn)) == tiyn


@given(st.integers(-(10**9), 10**9))
def test_amounts_in_tenge(thousandths: int) -> None:
    tiyn = thousandths * DECISION_STEP
    assert amount_in_tenge(table_amount(tiyn * 1000)) == tiyn


@pytest.mark.parametrize(
    ("text", "width", "code"),
    [
        ("01", 2, "01"),
        ("1", 2, "01"),
        ("4.0", 2, "04"),
        ("124", 3, "124"),
        ("6", 3, "006"),
        (" 2 ", 1, "2"),
        ("'05", 2, "05"),
        ("12", 1, None),
        ("0", 2, None),
        ("О1", 2, None),
        ("1,5", 2, None),
        ("", 2, None),
    ],
)
def test_code_numbers(text: str, width: int, code: str | None) -> None:
    assert code_number(text, width) == code


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Категория", Column.CATEGORY),
        ("Kатегopия", Column.CATEGORY),
        ("Клас", Column.CLASS),
        ("Под-\nкласс", Column.SUBCLASS),
        ("Кiшi сыныбы", Column.SUBCLASS),
        ("Функциональная подгрупа", Column.SUBGROUP),
        ("Функциональная група", Column.GROUP),
        ("Кіші функция", Column.SUBGROUP),
        ("Бюджеттік бағдарлама әкiмшiсi", Column.ADMINISTRATOR),
        ("Программа", Column.PROGRAM),
        ("Подпрограма", Column.SUBPROGRAM),
        ("Атауы", Column.NAME),
        ("Сумма, тыс. тенге", Column.AMOUNT),
        ("Сомасы (мың теңге)", Column.AMOUNT),
        ("Сумма на 2024 год", Column.AMOUNT),
        ("Налоговые поступления", None),
        ("Трансферты", None),
    ],
)
def test_heads_of_columns(text: str, column: Column | None) -> None:
    assert column_of(text) is column


@pytest.mark.parametrize(
    ("text", "section", "figure"),
    [
        ("I. Доходы", Section.REVENUE, Figure.REVENUE_TOTAL),
        ("II.Затраты", Section.EXPENDITURE, Figure.COSTS),
        ("П. Затраты", Section.EXPENDITURE, Figure.COSTS),
        ("ІII. Таза бюджеттік кредит беру", Section.NET_LENDING, Figure.NET_LENDING),
        ("III. Таза бюджеттiк кредиттеу", Section.NET_LENDING, Figure.NET_LENDING),
        ("Қаржылық активтерді сатыпалу", Section.FIN_ASSETS, Figure.FIN_ASSETS_PURCHASE),
        ("V. Дефицит(профицит) бюджета", Section.DEFICIT, Figure.DEFICIT),
        (
            "VІ. Бюджет тапшылығын қаржыландыру (профицитін пайдалану)",
            Section.FINANCING,
            Figure.DEFICIT_FINANCING,
        ),
        (
            "VI. Финансирование дефицита (использование профецита)",
            Section.FINANCING,
            Figure.DEFICIT_FINANCING,
        ),
        ("VI. Ненефтяной дефицит (профицит) бюджета", Section.DEFICIT, None),
        ("Погашение займов", Section.FINANCING, Figure.LOANS_REPAID),
        ("Погашения бюджетных кридитов", Section.NET_LENDING, Figure.CREDIT_REPAYMENTS),
    ],
)
def test_labels_of_rows(text: str, section: Section, figure: Figure | None) -> None:
    label = label_of(text)
    assert label is not None
    assert (label.section, label.figure) == (section, figure)


@pytest.mark.parametrize(
    "text", ["Поступления трансфертов", "Трансферты", "Автомобильный транспорт", "Автомобиль көлiгi", ""]
)
def test_names_of_the_classification_are_no_labels(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("line", "role", "number", "year"),
    [
        ("Приложение 4 к решению", Role.MARKER, 4, None),
        ("> *Приложение № 12*", Role.MARKER, 12, None),
        ("4-қосымша", Role.MARKER, 4, None),
        ("3қосымша", Role.MARKER, 3, None),
        ("5 -қосымша", Role.MARKER, 5, None),
        ("№ 17/104-VIII шешіміне 6-қосымша", Role.MARKER, 6, None),
        ("Приложение 4 к решению маслихата от 26 декабря 2023 года № 17/104-VIII", Role.MARKER, 4, None),
        ("## Бюджет Айнабулакского сельского округа на 2026год", Role.HEADING, None, 2026),
        ("Айнабұлақ ауылдық округінің 2024 жылға арналған бюджеті", Role.HEADING, None, 2024),
        ("2023 жылғы 26 желтоқсандағы", Role.SHORT, None, None),
        ("Сноска. Приложение 4 в редакции решения", Role.NOTE, None, None),
        ("Ескерту. 4-қосымша жаңа редакцияда", Role.NOTE, None, None),
        ("О бюджете сельского округа на 2024-2026 годы", Role.TEXT, None, None),
        (
            "1. Утвердить бюджет сельского округа на 2024-2026 годы согласно приложению 10",
            Role.TEXT,
            None,
            None,
        ),
        (
            "Осы шешімнің 4, 5, 6 қосымшаларына сәйкес көрсетілген шешімнің 1, 2, 3 қосымшалары.",
            Role.TEXT,
            None,
            None,
        ),
    ],
)
def test_lines_above_an_annex(line: str, role: Role, number: int | None, year: int | None) -> None:
    assert (role_of(line), annex_number(line), year_of(line)) == (role, number, year)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Бюджет Айнабулакского сельского округа на 2024 год", "Айнабулакский сельский округ"),
        ("Бюджет поселка Чаган на 2026 год", "поселок Чаган"),
        ("2024 жылға арналған Дөң ауылдық округінің бюджеті", "Дөң ауылдық округі"),
        ("Чаган кентiнiң 2024 жылға арналған бюджетi", "Чаган кенті"),
    ],
)
def test_the_unit_of_a_heading(heading: str, unit: str) -> None:
    assert unit_of(heading) == unit


def test_a_heading_broken_over_lines() -> None:
    title = read_title(
        ["Приложение 1 к решению", "Приложение 4", "от 26 декабря 2023 года", "Бюджет Айнабулакского",
         "сельского округа", "на 2024 год", "тысяч тенге"]
    )  # fmt: skip
    assert (title.number, title.year, title.unit) == (4, 2024, "Айнабулакский сельский округ")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("\nАппа\nрат акима ", "Аппарат акима"),
        ("информационное пр\nостранство\n", "информационное пространство"),
        ("Налоги\nна имущество", "Налоги на имущество"),
        ("Налоги \n на  имущество", "Налоги на имущество"),
    ],
)
def test_names_on_one_line(printed: str, shown: str) -> None:
    assert printed_text(printed) == shown
