"""Forms 4-20 and 2-19 in every shape they come in: the treasury's print, PDF, Excel, CSV, the clipboard."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.budget.execution.forms import (
    EXPENSE_MEASURES,
    FormKind,
    Measure,
    MoneyUnit,
    Month,
    ReadForm,
)
from akimat_desk.budget.execution.reading.amounts import NotAnAmount, Style, amount_of, style_of
from akimat_desk.budget.execution.reading.columns import CodePart, ColumnsUnknown
from akimat_desk.budget.execution.reading.reader import (
    ReadingChoices,
    read_form_data,
    read_form_pasted,
)
from akimat_desk.core.errors import InputRefused
from akimat_desk.training.treasury import PrintedForm, PrintedRow, form_pdf, print_form, tenge

from .building import (
    EXPENSES,
    HEADS,
    OFFICE,
    RECEIPTS,
    TOP,
    comma_csv,
    expense,
    expense_cells,
    form,
    receipt,
    workbook,
)


def read(data: bytes, name: str = "form") -> ReadForm:
    return read_form_data(data, name).form


def found(form_: ReadForm) -> list[tuple[tuple[str, ...], dict[Measure, int | None]]]:
    return [(row.parts, dict(row.amounts)) for row in form_.rows]


def wanted(printed: PrintedForm) -> list[tuple[tuple[str, ...], dict[Measure, int]]]:
    return [(row.parts, dict(row.amounts)) for row in printed.rows]


EXPENSE_FORM = form(FormKind.EXPENSES, EXPENSES)
RECEIPT_FORM = form(FormKind.RECEIPTS, RECEIPTS)


@pytest.mark.parametrize("printed", [EXPENSE_FORM, RECEIPT_FORM], ids=["4-20", "2-19"])
@pytest.mark.parametrize("kind", ["text", "cp1251", "pdf"])
def test_the_treasurys_print(printed: PrintedForm, kind: str) -> None:
    text = print_form(printed)
    data = {"text": text.encode(), "cp1251": text.encode("cp1251"), "pdf": form_pdf(text)}[kind]
    got = read(data)
    assert found(got) == wanted(printed)
    assert (got.kind, got.as_of, got.month) == (printed.kind, dt.date(2026, 2, 1), Month(2026, 1))
    assert (got.institution_code, got.institution) == ("1241234", OFFICE)
    assert [row.name for row in got.rows] == [row.name for row in printed.rows]
    assert got.findings == ()
    assert [printed_sum.parts for printed_sum in got.sums] == [()]


def test_the_treasurys_print_from_the_clipboard() -> None:
    got = read_form_pasted(print_form(EXPENSE_FORM))
    assert got.data is None
    assert found(got.form) == wanted(EXPENSE_FORM)


@pytest.mark.parametrize("container", ["xlsx", "csv ;", "csv ,", "tabs", "html"])
def test_a_table_with_codes_in_columns(container: str) -> None:
    cells = expense_cells(EXPENSES)
    rows = [list(HEADS), *cells]
    data = {
        "xlsx": workbook(cells, top=TOP),
        "csv ;": "\n".join([*TOP, *(";".join(row) for row in rows)]).encode(),
        "csv ,": comma_csv(cells).encode(),
        "tabs": "\n".join([*TOP, *("\t".join(row) for row in rows)]).encode(),
        "html": (
            "<html><body>" + "".join(f"<p>{line}</p>" for line in TOP) + "<table>"
            + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
            + "</table></body></html>"
        ).encode(),
    }[container]  # fmt: skip
    assert found(read(data)) == wanted(EXPENSE_FORM)


def test_a_workbook_of_numbers_in_thousand_tenge() -> None:
    rows = [["124", "001", "015", "111", "Оплата труда", 1200, 100, 100, 90.5, 90.00001, 90, 0.5, 0, 9.5, 10]]
    got = read(workbook(rows, top=("Форма 4-20 на 01.02.2026", "тысяч тенге")))
    assert got.unit is MoneyUnit.THOUSAND
    (row,) = got.rows
    assert (row.amounts[Measure.PLAN_YEAR], row.amounts[Measure.PAID]) == (120_000_000, 9_000_001)


def test_codes_in_one_column_find_their_levels() -> None:
    heads = ("Код", "Наименование", "Оплаченные обязательства с начала года", "План на год")
    rows = [
        ["124", "Аппарат акима", "", ""],
        ["001", "Услуги", "", ""],
        ["015", "За счет средств местного бюджета", "", ""],
        ["111", "Оплата труда", "1,000.00", "2,000.00"],
        ["124", "Отчисления на медицинское страхование", "3.00", "4.00"],
        ["008", "Освещение", "", ""],
        ["151", "Коммунальные услуги", "5.00", "6.00"],
        ["Итого", "", "1,008.00", "2,010.00"],
    ]
    got = read(workbook(rows, heads, top=("4-20 на 01.02.2026",)))
    assert [row.parts for row in got.rows] == [
        ("124", "001", "015", "111"),
        ("124", "001", "015", "124"),
        ("124", "008", "", "151"),
    ]
    assert got.findings == ()


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("124/001/015/111", ("124", "001", "015", "111")),
        ("124.001.000.111", ("124", "001", "", "111")),
        ("124001015111", ("124", "001", "015", "111")),
        ("124 008 151", ("124", "008", "", "151")),
    ],
)
def test_whole_codes_of_costs(written: str, parts: tuple[str, ...]) -> None:
    heads = ("Код", "Наименование", "Оплаченные обязательства с начала года")
    rows = [[written, "а", "1.00"], ["124/008/015/159", "б", "2.00"]]
    assert read(workbook(rows, heads, top=("4-20 на 01.02.2026",))).rows[0].parts == parts


@pytest.mark.parametrize("written", ["1/04/4/02", "104402", "1 04 4 02", "1.04.4.02"])
def test_whole_codes_of_receipts(written: str) -> None:
    heads = ("Код", "Наименование", "За день МСУ", "С начала года МСУ")
    rows = [[written, "а", "0.00", "7.50"], ["1/04/1/02", "б", "0.00", "1.00"]]
    got = read(workbook(rows, heads, top=("Форма 2-19 на 01.02.2026",)))
    assert (got.rows[0].parts, got.rows[0].amounts[Measure.RECEIVED]) == (("1", "04", "4", "02"), 750)


def test_kazakh_heads_are_recognised() -> None:
    heads = ("Коды", "Атауы", "Бір күнде ЖӨБ", "Жыл басынан ЖӨБ")
    rows = [["1/04/4/02", "Көлік салығы", "0,00", "1 234,50"], ["1/04/1/02", "Мүлік салығы", "0,00", "1,00"]]
    got = read(workbook(rows, heads, top=("2-19 нысан, 2026 жылғы 01.02.2026 жағдай бойынша",)))
    assert [row.amounts[Measure.RECEIVED] for row in got.rows] == [123_450, 100]


def test_columns_that_no_head_names_are_shown_once() -> None:
    heads = ("А", "Б", "В", "Г", "Д")
    rows = [["124/001/015/111", "Оплата труда", "5.00", "6.00", "7.00"]] * 1
    rows.append(["124/008/015/159", "Прочие услуги", "1.00", "2.00", "3.00"])
    data = workbook(rows, heads, top=("Форма 4-20 на 01.02.2026",))
    with pytest.raises(ColumnsUnknown) as unknown:
        read(data)
    question = unknown.value.question
    assert question.heads == heads
    assert question.sample[0] == tuple(rows[0])
    shown = {question.signature: {0: CodePart.CODE, 1: CodePart.NAME, 4: Measure.PAID}}
    got = read_form_data(data, "a.xlsx", ReadingChoices(shown)).form
    assert [row.amounts for row in got.rows] == [{Measure.PAID: 700}, {Measure.PAID: 300}]


def test_the_official_column_numbers_are_enough() -> None:
    heads = tuple(f"графа {n}" for n in range(12))
    rows = [[str(n) for n in range(1, 13)], ["1/04/4/02", "а", *["1.00"] * 9, "8.00"]]
    got = read(workbook(rows, heads, top=("Форма 2-19 на 01.02.2026",)))
    assert got.rows[0].amounts == {Measure.RECEIVED_DAY: 100, Measure.RECEIVED: 800}


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (dt.date(2026, 2, 1), Month(2026, 1)),
        (dt.date(2026, 1, 31), Month(2026, 1)),
        (dt.date(2027, 1, 1), Month(2026, 12)),
        (dt.date(2026, 3, 15), Month(2026, 3)),
    ],
)
def test_the_date_decides_the_month(day: dt.date, month: Month) -> None:
    assert read(print_form(form(FormKind.EXPENSES, EXPENSES, day)).encode()).month == month
    assert month.last_day + dt.timedelta(days=1) >= dt.date(month.year, month.month, 28)


def test_a_span_of_days_ends_with_the_forms_date() -> None:
    text = print_form(EXPENSE_FORM).replace("на 01.02.2026", "за период с 01.01.2026 по 31.01.2026")
    text = "Дата печати: 05.02.2026\n" + text
    assert read(text.encode()).as_of == dt.date(2026, 1, 31)


@pytest.mark.parametrize(
    "text", ["Протокол собрания\nПовестка дня", "124 Аппарат акима", "1\t2\t3\nа\tб\tв\n"]
)
def test_what_is_no_form_is_refused_in_words(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read(text.encode())
    assert refusal.value.message.key.startswith("error.form.")


# --- amounts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "style", "tiyn"),
    [
        ("1,234.56", Style.POINT, 123_456),
        ("1 234,56", Style.COMMA, 123_456),
        ("1.234,56", Style.COMMA, 123_456),
        ("12\u00a0345.6", Style.POINT, 1_234_560),
        ("-0.01", Style.POINT, -1),
        ("(5.00)", Style.POINT, -500),
        ("−7,5", Style.COMMA, -750),
        ("0", Style.POINT, 0),
        ("", Style.POINT, None),
        ("–", Style.POINT, None),
    ],
)
def test_amounts_as_they_are_written(text: str, style: Style, tiyn: int | None) -> None:
    assert amount_of(text, style, MoneyUnit.TENGE) == tiyn


@pytest.mark.parametrize("text", ["н/д", "1,23,4.00", "12 или 13", "1e5", "٣", "0.001", "9" * 30, "1.2.3"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(NotAnAmount):
        amount_of(text, Style.POINT, MoneyUnit.TENGE)


def test_the_style_is_told_by_what_can_only_be_decimals() -> None:
    assert style_of(["1,234", "1,234.56"]) is Style.POINT
    assert style_of(["1 234", "12,5"]) is Style.COMMA
    assert style_of(["1.234,56"]) is Style.COMMA
    assert style_of(["15"]) is Style.POINT


AMOUNT = st.integers(-(10**13), 10**13)


@given(AMOUNT)
def test_any_amount_reads_as_it_was_printed(tiyn: int) -> None:
    assert amount_of(tenge(tiyn), Style.POINT, MoneyUnit.TENGE) == tiyn


NUMBER = st.text(string.digits, min_size=3, max_size=3)
WORDS = st.lists(
    st.text("абвгдежзиклмнопрстуәғқңөұүһі", min_size=2, max_size=12), min_size=1, max_size=12
).map(" ".join)


@st.composite
def expense_forms(draw: st.DrawFn) -> PrintedForm:
    """Any form 4-20: one administrator, programs with and without subprograms, their specifics."""
    programs = draw(st.lists(NUMBER, min_size=1, max_size=4, unique=True))
    rows = []
    for program in programs:
        subprogram = draw(st.sampled_from(["", "015"]))
        for specific in draw(st.lists(NUMBER, min_size=1, max_size=4, unique=True)):
            amounts = {measure: draw(AMOUNT) for measure in EXPENSE_MEASURES}
            rows.append(PrintedRow(("124", program, subprogram, specific), draw(WORDS), amounts))
    return form(FormKind.EXPENSES, rows)


@given(expense_forms())
@settings(max_examples=60)
def test_any_form_4_20_reads_as_it_was_printed(printed: PrintedForm) -> None:
    got = read(print_form(printed).encode())
    assert found(got) == wanted(printed)
    assert [row.name for row in got.rows] == [row.name for row in printed.rows]
    assert not [f for f in got.findings if f.code != "form.remainder"]


@st.composite
def receipt_forms(draw: st.DrawFn) -> PrintedForm:
    """Any form 2-19 of whole codes."""
    code = st.tuples(
        st.sampled_from("123456789"),
        NUMBER.map(lambda n: n[:2]),
        NUMBER.map(lambda n: n[:1]),
        NUMBER.map(lambda n: n[:2]),
    )
    codes = draw(st.lists(code, min_size=1, max_size=8, unique=True))
    return form(
        FormKind.RECEIPTS,
        [receipt("/".join(parts), draw(AMOUNT), draw(WORDS), draw(AMOUNT)) for parts in codes],
    )


@given(receipt_forms())
@settings(max_examples=60)
def test_any_form_2_19_reads_as_it_was_printed(printed: PrintedForm) -> None:
    got = read(print_form(printed).encode())
    assert found(got) == wanted(printed)
    assert got.findings == ()


@given(expense_forms())
@settings(max_examples=5)
def test_any_form_reads_from_its_pdf_too(printed: PrintedForm) -> None:
    assert found(read(form_pdf(print_form(printed)))) == wanted(printed)


def test_a_form_of_many_pages_loses_no_row_of_its_pdf() -> None:
    rows = [
        expense("124", f"{n // 40:03}", "015", f"{100 + n % 40}", name="Оплата услуг") for n in range(400)
    ]
    printed = form(FormKind.EXPENSES, rows)
    got = read(form_pdf(print_form(printed)))
    assert found(got) == wanted(printed)
    assert got.findings == ()


@given(st.text(string.printable + "абвқң№«»–/", max_size=400))
def test_any_text_is_a_form_or_refused(text: str) -> None:
    try:
        got = read_form_pasted("Форма № 4-20 на 01.02.2026\n" + text).form
    except InputRefused:
        return
    assert all(row.parts for row in got.rows)


def test_a_row_of_another_length_is_wrong_and_the_rest_reads() -> None:
    lines = print_form(form(FormKind.EXPENSES, [expense("124", "001", "015", s) for s in ("111", "113")]))
    text = lines.replace("            113 Оплата труда", "            113 Оплата труда 5.00")
    got = read(text.encode())
    assert [[p.code for p in row.problems] for row in got.rows] == [[], ["form.columns"]]
