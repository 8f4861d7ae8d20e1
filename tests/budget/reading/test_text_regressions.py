# ruff: noqa: E501 -- lines of decisions stand as they are printed
"""Texts that were once misread: partial amendments, quoted digits, points without numbers, old codes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from akimat_desk.budget.decisions.editions import compose
from akimat_desk.budget.figures import Figure
from akimat_desk.budget.reading.as_json import decision_json
from akimat_desk.budget.reading.draft import ReadDecision, ReadUnit
from akimat_desk.budget.reading.reader import read_decision
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language
from akimat_desk.core.money import from_thousands
from akimat_desk.intake import read_bytes, read_pasted


def read(text: str) -> ReadDecision:
    return read_decision(read_pasted(text))


def only_unit(decision: ReadDecision) -> ReadUnit:
    (unit,) = decision.units
    return unit


def thousands(unit: ReadUnit) -> dict[Figure, int]:
    """What the text states, in tiyn."""
    return {figure: amount for figure, amount in unit.figures.items() if amount is not None}


def tiyn(**stated: str) -> dict[Figure, int]:
    return {Figure(name): from_thousands(Decimal(amount)) for name, amount in stated.items()}


def errors(unit: ReadUnit) -> list[tuple[str, int | None]]:
    return [(f.code, f.difference) for f in unit.findings if f.severity is Severity.ERROR]


def found(unit: ReadUnit, code: str) -> list[Finding]:
    return [finding for finding in unit.findings if finding.code == code]


# --- amendments that change only some lines -----------------------------------------------------

TITLE_RU = (
    "О внесении изменений в решение районного маслихата от 26 декабря 2025 года № 34/212 "
    '"О бюджете Карасуского сельского округа на 2026-2028 годы"\n\n'
    "Решение Тестового районного маслихата от 14 июня 2026 года № 40/250\n\n"
    "1. Внести в решение следующие изменения:\nв пункте 1:\n"
)
TITLE_KK = (
    'Аудандық мәслихаттың 2025 жылғы 26 желтоқсандағы № 34/212 "2026-2028 жылдарға арналған '
    'Қарасу ауылдық округінің бюджеті туралы" шешіміне өзгерістер енгізу туралы\n\n'
    "Тестілік аудандық мәслихатының 2026 жылғы 14 маусымдағы № 40/250 шешімі\n\n"
    "1. Шешімге мынадай өзгерістер енгізілсін:\n1-тармақта:\n"
)
LINES_ONLY = [
    (
        TITLE_RU,
        (
            "строку «доходы – 1 100 тысяч тенге» заменить строкой «доходы – 1 200 тысяч тенге»;\n"
            "строку «поступления трансфертов – 900 тысяч тенге» заменить строкой «поступления трансфертов – 1 000 тысяч тенге»."
        ),
    ),
    (
        TITLE_RU,
        (
            "в подпункте 1):\nабзацы первый, пятый изложить в новой редакции:\n"
            '"1) доходы – 1 200 тысяч тенге, в том числе:\nпоступления трансфертов – 1 000 тысяч тенге;"'
        ),
    ),
    (
        TITLE_RU,
        (
            "строки «доходы», «поступления трансфертов» подпункта 1) изложить в следующей редакции:\n"
            '"доходы – 1 200 тысяч тенге;\nпоступления трансфертов – 1 000 тысяч тенге;"'
        ),
    ),
    (
        TITLE_KK,
        (
            '"кірістер – 1 100 мың теңге" деген жол "кірістер – 1 200 мың теңге" деген жолмен ауыстырылсын;\n'
            '"трансферттер түсімі – 900 мың теңге" деген жол "трансферттер түсімі – 1 000 мың теңге" деген жолмен ауыстырылсын.'
        ),
    ),
    (
        TITLE_KK,
        (
            "1) тармақшаның бірінші, бесінші абзацтары жаңа редакцияда жазылсын:\n"
            '"1) кірістер – 1 200 мың теңге, оның ішінде:\nтрансферттер түсімі – 1 000 мың теңге;"'
        ),
    ),
]


@pytest.mark.parametrize(("title", "body"), LINES_ONLY)
def test_lines_that_an_amendment_leaves_out_are_not_zero(title: str, body: str) -> None:
    unit = only_unit(read(title + body))
    assert thousands(unit) == tiyn(revenue_total="1200", transfers="1000")
    assert unit.restated == [Figure.REVENUE_TOTAL, Figure.TRANSFERS]
    assert errors(unit) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("налоговые поступления – 200 тысяч тенге;\nпоступления трансфертов – 1 000 тысяч тенге;", []),
        (
            "налоговые поступления – 150 тысяч тенге;\nпоступления трансфертов – 1 000 тысяч тенге;",
            [("balance.revenue", from_thousands(50))],
        ),
    ],
)
def test_a_sub_point_restated_with_its_parts_is_judged(
    body: str, expected: list[tuple[str, int | None]]
) -> None:
    text = f'подпункт 1) изложить в новой редакции:\n"1) доходы – 1 200 тысяч тенге, в том числе:\n{body}"'
    assert errors(only_unit(read(TITLE_RU + text))) == expected


def test_every_main_line_replaced_is_still_no_whole_edition() -> None:
    main = (
        ("доходы", "1 200"), ("затраты", "1 200"), ("чистое бюджетное кредитование", "0"),
        ("сальдо по операциям с финансовыми активами", "0"), ("дефицит (профицит) бюджета", "0"),
        ("финансирование дефицита (использование профицита) бюджета", "0"),
    )  # fmt: skip
    body = ";\n".join(
        f"строку «{n} – 7 тысяч тенге» заменить строкой «{n} – {a} тысяч тенге»" for n, a in main
    )
    unit = only_unit(read(TITLE_RU + body + "."))
    assert len(unit.restated) == 6
    assert errors(unit) == []


BASE = (
    "О бюджете Карасуского сельского округа на 2026-2028 годы\n\n"
    "1. Утвердить бюджет Карасуского сельского округа на 2026-2028 годы согласно приложениям 1, 2 и 3 "
    "соответственно, в том числе на 2026 год в следующих объемах:\n"
    "1) доходы – 1 100 тысяч тенге, в том числе:\nналоговые поступления – 200 тысяч тенге;\n"
    "поступления трансфертов – 900 тысяч тенге;\n2) затраты – 1 100 тысяч тенге;\n"
    "3) чистое бюджетное кредитование – 0 тысяч тенге;\n"
    "4) сальдо по операциям с финансовыми активами – 0 тысяч тенге;\n"
    "5) дефицит (профицит) бюджета – 0 тысяч тенге;\n"
    "6) финансирование дефицита (использование профицита) бюджета – 0 тысяч тенге.\n"
)


@pytest.mark.parametrize(
    ("transfers", "expected"),
    [("1 000", {"balance.deficit": 100}), ("950", {"balance.revenue": 50, "balance.deficit": 100})],
)
def test_the_composed_edition_is_judged_again(transfers: str, expected: dict[str, int]) -> None:
    """Revenue and transfers are new, taxes and costs stay: together they must add up."""
    base = compose(only_unit(read(BASE)), 2026, None)
    amendment = only_unit(
        read(
            TITLE_RU + "строку «доходы – 1 100 тысяч тенге» заменить строкой «доходы – 1 200 тысяч тенге»;\n"
            "строку «поступления трансфертов – 900 тысяч тенге» заменить строкой "
            f"«поступления трансфертов – {transfers} тысяч тенге»."
        )
    )
    edition = compose(amendment, 2026, base)
    assert edition.years[2026].text_figures[Figure.TAX] == from_thousands(200)
    found = {
        f.code: abs(f.difference or 0) for f in edition.balance_findings("") if f.severity is Severity.ERROR
    }
    assert found == {code: from_thousands(amount) for code, amount in expected.items()}


@pytest.mark.parametrize("new", ["-2 000", "- 2 000", "–2 000", "−2 000,0"])
@pytest.mark.parametrize(
    ("title", "body"),
    [
        (TITLE_RU, 'в подпункте 5) цифры "-1 000" заменить цифрами "{new}".'),
        (TITLE_KK, '5) тармақшада "-1 000" деген сандар "{new}" деген сандармен ауыстырылсын.'),
    ],
)
def test_a_dash_in_quoted_digits_is_a_minus(title: str, body: str, new: str) -> None:
    unit = only_unit(read(title + body.format(new=new)))
    assert thousands(unit) == tiyn(deficit="-2000")


def test_a_dash_behind_a_quoted_label_still_parts() -> None:
    body = "строку «дефицит – 1 000 тысяч тенге» заменить строкой «финансирование дефицита бюджета – 2 000 тысяч тенге»."
    assert thousands(only_unit(read(TITLE_RU + body))) == tiyn(deficit_financing="2000")


@pytest.mark.parametrize(
    ("title", "name"), [(TITLE_RU, "Карасуский сельский округ"), (TITLE_KK, "Қарасу ауылдық округі")]
)
def test_an_amendment_that_names_no_unit_has_that_of_its_title(title: str, name: str) -> None:
    body = {
        TITLE_RU: 'подпункт 2) изложить в новой редакции:\n"2) затраты – 1 200 тысяч тенге;"',
        TITLE_KK: '2) тармақшасы жаңа редакцияда жазылсын:\n"2) шығындар – 1 200 мың теңге;"',
    }[title]
    unit = only_unit(read(title + body))
    assert (unit.name, unit.first_year) == (name, 2026)
    assert thousands(unit) == tiyn(costs="1200")
    assert found(unit, "reader.unit_unknown") == []


# --- points without numbers -------------------------------------------------------------------------

FIGURES_KK = (
    "1) кірістер – 110 мың теңге, оның ішінде:\nсалықтық түсімдер – 10 мың теңге;\n"
    "трансферттер түсімі – 100 мың теңге;\n2) шығындар – 110 мың теңге.\n"
)


def point_kk(name: str) -> str:
    return (
        f"{name} ауылдық округінің 2025-2027 жылдарға арналған бюджеті тиісінше 1, 2 және 3-қосымшаларға "
        f"сәйкес, оның ішінде 2025 жылға мынадай көлемдерде бекітілсін:\n{FIGURES_KK}"
    )


@pytest.mark.parametrize(
    "opening",
    [
        "2025-2027 жылдарға арналған Тест ауданының ауылдық округтерінің бюджеттері туралы\n",
        "2025-2027 жылдарға арналған Тест ауданының ауылдық округтерінің бюджеттері туралы\n\n",
        "2025-2027 жылдарға арналған ауылдық округтердің бюджеттері туралы\nМәслихат шешімі № 5\n\n",
    ],
)
def test_a_point_without_its_number_begins_below_the_title(opening: str) -> None:
    decision = read(opening + point_kk("Ақсу") + point_kk("Бірлік"))
    assert [unit.name for unit in decision.units] == ["Ақсу ауылдық округі", "Бірлік ауылдық округі"]
    assert [unit.first_year for unit in decision.units] == [2025, 2025]


# --- codes of other years --------------------------------------------------------------------------


def annex_page(year: int, category: str, name: str, deep: str, made: str = "") -> bytes:
    rows = [
        ("", "", "", "I. Доходы", "110,0"), ("1", "", "", "Налоговые поступления", "10,0"),
        ("", "04", "", "Налоги на собственность", "10,0"), ("", "", "1", "Налоги на имущество", "10,0"),
        (category, "", "", name, "100,0"), ("", "02", "", deep, "100,0"),
    ]  # fmt: skip
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<p>Приложение 1 к решению маслихата {made}</p><p>Бюджет Карасуского сельского округа на {year} год</p>"
        "<table><tr><td>Категория</td><td>Класс</td><td>Подкласс</td><td>Наименование</td>"
        f"<td>Сумма (тысяч тенге)</td></tr>{cells}</table>"
    ).encode()


TRANSFERS = ("Поступления трансфертов", "Трансферты из вышестоящих органов государственного управления")


@pytest.mark.parametrize(
    ("year", "printed", "made", "now"),
    [
        (2025, "5", "от 25 декабря 2024 года № 5", "4"),
        (2024, "5", "от 25 декабря 2023 года № 5", "4"),
        (2026, "4", "от 14 марта 2026 года № 5", "5"),
        (2026, "4", "от 25 декабря 2025 года № 5", "5"),
    ],
)
def test_a_code_of_another_year_is_read_by_its_name_and_told(
    year: int, printed: str, made: str, now: str
) -> None:
    unit = only_unit(read_decision(read_bytes(annex_page(year, printed, *TRANSFERS, made), "a.html")))
    assert unit.figures[Figure.TRANSFERS] == from_thousands(100)
    assert unit.annexes[0].lines[-1].kind is LineKind.TRANSFERS
    assert errors(unit) == []
    # One warning for the category; the class below it says nothing new.
    (warning,) = found(unit, "reader.code_outdated")
    assert (warning.where.code, warning.where.row, warning.where.year) == (printed, 5, year)
    for language in Language:
        assert f" {now}" in warning.message(language).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("year", "printed", "made"),
    [
        (2026, "4", "от 25 декабря 2023 года № 5"),  # rightly the codes of its own time
        (2026, "5", "от 25 декабря 2025 года № 5"),
        (2025, "4", "от 25 декабря 2024 года № 5"),
    ],
)
def test_the_right_code_of_its_time_gets_no_warning(year: int, printed: str, made: str) -> None:
    unit = only_unit(read_decision(read_bytes(annex_page(year, printed, *TRANSFERS, made), "a.html")))
    assert unit.annexes[0].lines[-1].kind is LineKind.TRANSFERS
    assert found(unit, "reader.code_outdated") == []


def test_a_foreign_name_is_no_code_of_another_year() -> None:
    page = annex_page(2025, "5", "Погашение бюджетных кредитов", "Погашение", "от 25 декабря 2024 года № 5")
    unit = only_unit(read_decision(read_bytes(page, "a.html")))
    assert found(unit, "reader.code_outdated") == []


# --- what the decision says of itself -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Настоящее решение вводится в действие с 1 января 2026 года.", dt.date(2026, 1, 1)),
        ("Настоящее решение вводится в действие\nс 1 января 2026 года.", dt.date(2026, 1, 1)),
        ("Решение вводится в действие с 01.03.2026.", dt.date(2026, 3, 1)),
        ("Осы шешім 2026 жылғы 1 қаңтардан бастап қолданысқа енгізіледі.", dt.date(2026, 1, 1)),
        ("Осы шешім 2026 жылдың 1 қаңтарынан бастап қолданысқа енгізіледі.", dt.date(2026, 1, 1)),
        (
            (
                "Настоящее решение вводится в действие по истечении десяти календарных дней после дня его первого "
                "официального опубликования."
            ),
            None,
        ),
        (
            (
                "Настоящее решение вводится в действие со дня его первого официального опубликования и "
                "распространяется на правоотношения, возникшие с 1 января 2026 года."
            ),
            None,
        ),
        (
            "Осы шешім алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі.",
            None,
        ),
        ("Решением другого маслихата пункт изменен (вводится в действие с 1 января 2026 года).", None),
    ],
)
def test_in_force_from(sentence: str, day: dt.date | None) -> None:
    decision = read(BASE + "2. " + sentence)
    assert decision.effective_date == day
    shown = decision_json(decision, Language.RU)["decision"]
    assert isinstance(shown, dict)
    assert shown["effective_date"] == (day.isoformat() if day else None)


@pytest.mark.parametrize(
    ("head", "session", "maslikhat"),
    [
        (("Решение XXXIV сессии Тестового районного маслихата от 26 декабря 2025 года № 34/212\n\n"
         "Тестовый районный маслихат РЕШИЛ:\n"), "XXXIV сессии", "Тестовый районный маслихат"),
        ("(внеочередная 33-сессия)\nМаслихат Тестового района РЕШИЛ:\n", "33-сессия", "Маслихат Тестового района"),
        (("В соответствии с Бюджетным кодексом Республики Казахстан, Тестовый районный маслихат Тестовой области "
         "РЕШИЛ:\n"), "", "Тестовый районный маслихат Тестовой области"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_session_and_who_made_it(head: str, session: str, maslikhat: str) -> None:
    title, point = BASE.split("\n\n")
    decision = read(f"{title}\n\n{head}{point}")
    assert (decision.session, decision.maslikhat) == (session, maslikhat)
    assert only_unit(decision).name == "Карасуский сельский округ"


def test_session_in_kazakh_and_in_the_signature() -> None:
    text = (
        "2025-2027 жылдарға арналған Ақсу ауылдық округінің бюджеті туралы\n\n"
        "Бюджет кодексіне сәйкес Тестілік аудандық мәслихаты ШЕШІМ ҚАБЫЛДАДЫ:\n1. "
        + point_kk("Ақсу")
        + "2. Осы шешім 2025 жылғы 1 қаңтардан бастап қолданысқа енгізіледі.\n\nLII сессиясының төрағасы"
    )
    decision = read(text)
    assert decision.session == "LII сессиясының"
    assert decision.maslikhat == "Тестілік аудандық мәслихаты"


def test_the_session_of_the_amended_decision_is_not_its_own() -> None:
    text = TITLE_RU.replace("решение районного маслихата", "решение XXXIV сессии районного маслихата")
    body = 'подпункт 2) изложить в новой редакции:\n"2) затраты – 1 200 тысяч тенге;"'
    assert read(text + body).session == ""


# --- subventions and withdrawals ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "subvention", "withdrawal"),
    [
        ("Учесть объем субвенции, передаваемой из районного бюджета, на 2026 год в сумме 31 567,0 тысяч тенге.",
         "31567", None),
        (("Учесть, что в бюджете округа на 2026 год предусмотрены субвенции, передаваемые из районного бюджета:\n"
         "на 2026 год – 31 567 тысяч тенге;\nна 2027 год – 32 000 тысяч тенге."), "31567", None),
        (("Установить объем бюджетных изъятий в районный бюджет в сумме 5 000,5 тысяч тенге на 2026 год, "
         "6 000 тысяч тенге на 2027 год."), None, "5000.5"),
        ("Утвердить объем субвенции, передаваемой из районного бюджета, на 2026 год в сумме 31 567 тысяч тенге.",
         "31567", None),
        ("Учесть объем субвенции на 2027 год в сумме 31 567,0 тысяч тенге.", None, None),
        ("Учесть объем целевых трансфертов на 2026 год в сумме 31 567,0 тысяч тенге.", None, None),
    ],
)  # fmt: skip
def test_what_the_text_allots(point: str, subvention: str | None, withdrawal: str | None) -> None:
    decision = read(BASE + "2. " + point + "\n3. Настоящее решение вводится в действие с 1 января 2026 года.")
    unit = only_unit(decision)
    expected = [
        None if amount is None else from_thousands(Decimal(amount)) for amount in (subvention, withdrawal)
    ]
    assert [unit.subvention, unit.withdrawal] == expected
    assert thousands(unit) == thousands(only_unit(read(BASE)))
    assert decision.not_understood == []
    shown = decision_json(decision, Language.KK)["units"]
    assert isinstance(shown, list)
    assert (shown[0]["subvention"], shown[0]["withdrawal"]) == (subvention, withdrawal)


def test_what_a_kazakh_text_allots() -> None:
    text = (
        "2025-2027 жылдарға арналған Ақсу ауылдық округінің бюджеті туралы\n\n1. "
        + point_kk("Ақсу")
        + "2. 2025 "
        "жылға арналған ауылдық округ бюджетінде аудандық бюджеттен берілетін субвенция көлемі 31 567,0 мың теңге "
        "сомасында ескерілсін.\n3. Бюджеттік алып қою көлемі 2025 жылға 1 000 мың теңге болып белгіленсін."
    )
    unit = only_unit(read(text))
    assert (unit.subvention, unit.withdrawal) == (from_thousands(31567), from_thousands(1000))


def test_a_part_of_the_transfers_is_no_point_about_subventions() -> None:
    text = BASE.replace("– 900 тысяч тенге;", "– 900 тысяч тенге, из них: субвенции – 600 тысяч тенге;")
    assert only_unit(read(text)).subvention is None


def test_subventions_of_several_units_go_to_whom_they_name() -> None:
    names = ("Карасуского", "Достыкского")
    _, point = BASE.split("\n\n")
    points = "".join(f"{n}{point[1:].replace('Карасуского', name)}" for n, name in enumerate(names, start=1))
    text = (
        "О бюджетах сельских округов Тестового района на 2026-2028 годы\n\n"
        + points
        + "3. Учесть на 2026 год объемы "
        "субвенций, передаваемых из районного бюджета:\nДостыкскому сельскому округу – 20 000 тысяч тенге;\n"
        "Карасускому сельскому округу – 10 000 тысяч тенге.\n"
    )
    decision = read(text)
    assert {unit.name: unit.subvention for unit in decision.units} == {
        "Карасуский сельский округ": from_thousands(10000),
        "Достыкский сельский округ": from_thousands(20000),
    }


def test_each_unit_has_the_point_behind_its_own() -> None:
    _, point = BASE.split("\n\n")
    allot = "{n}. Учесть объем субвенции, передаваемой из районного бюджета, на 2026 год в сумме {a} тысяч тенге.\n"
    text = (
        "О бюджетах сельских округов Тестового района на 2026-2028 годы\n\n" + point + allot.format(n=2, a="10 000")
        + "3" + point[1:].replace("Карасуского", "Достыкского") + allot.format(n=4, a="20 000,5")
    )  # fmt: skip
    units = read(text).units
    assert [unit.subvention for unit in units] == [from_thousands(10000), from_thousands(Decimal("20000.5"))]
