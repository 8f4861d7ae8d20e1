"""Plain text: encodings, Markdown as the legal database exports it, tables of tabs and bars."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.core.errors import InputRefused
from akimat_desk.intake import FileKind, Paragraph, Table, read_bytes, read_file, read_pasted

CASES = Path(__file__).parents[1] / "data" / "cases"

DECISION = (
    "2026-2028 жылдарға арналған Ақбұлақ ауылдық округінің бюджеті туралы\n"
    "1) кірістер – 184 163,4 мың теңге, оның ішінде:\n"
    "   салықтық түсімдер – 5 376 мың теңге;\n"
    "2) шығындар – 190 000,0 мың теңге;\n"
    "О бюджете Акбулакского сельского округа на 2026-2028 годы\n"
    "1) доходы – 184 163,4 тысячи тенге;"
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "kz1048")


def texts(document: object) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_in_use_gives_the_same_text(encoding: str, line_end: str) -> None:
    document = read_bytes(DECISION.replace("\n", line_end).encode(encoding), "шешім.txt")
    assert document.kind is FileKind.TEXT
    assert document.plain_text() == DECISION
    assert [block.line for block in document.blocks] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r"])
def test_old_russian_encodings(encoding: str) -> None:
    text = "О бюджете сельского округа на 2026 год\n1) доходы: 184 163,4 тысячи тенге;\nЗатраты: 82 499"
    assert read_bytes(text.encode(encoding), "a.txt").plain_text() == text


_SMALL = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі", min_size=3, max_size=12)
_WORDS = st.one_of(_SMALL, _SMALL.map(str.capitalize))
_LINES = st.lists(
    st.lists(_WORDS, min_size=3, max_size=12).map(lambda words: "1) " + " ".join(words) + " – 184 163,4;"),
    min_size=1,
    max_size=8,
)


@given(lines=_LINES, encoding=st.sampled_from(ENCODINGS))
def test_what_is_written_is_read(lines: list[str], encoding: str) -> None:
    text = "\n".join(lines)
    data = text.replace("–", "-").encode(encoding)
    assert read_bytes(data, "a.txt").plain_text() == text.replace("–", "-")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=300))
def test_any_text_in_utf8_is_read_or_refused_in_words(text: str) -> None:
    refusal = ""
    blocks: list[object] = []
    try:
        blocks = list(read_bytes(text.encode(), "a.txt").blocks)
    except InputRefused as error:
        refusal = str(error)
    assert blocks or refusal


def test_utf8_with_a_few_spoilt_bytes_is_not_taken_for_another_encoding() -> None:
    data = DECISION.encode()
    cut = data[: data.index("ш".encode()) + 1]
    for spoilt in (cut, data.replace(b"184", b"\xff84", 1)):
        with pytest.raises(InputRefused) as refusal:
            read_bytes(spoilt, "a.txt")
        assert refusal.value.message.key == "error.intake.encoding"


def test_real_texts_come_through_whole() -> None:
    files = sorted((CASES / "texts").glob("*.txt"))
    assert files
    for path in files:
        expected = [line.rstrip() for line in path.read_text("utf-8").splitlines() if line.strip()]
        assert texts(read_file(path)) == expected


def test_markdown_of_the_legal_database() -> None:
    document = read_pasted(
        "> *Приложение 4 к решению*\n"
        "> *от 26 декабря 2023года*\n"
        "\n"
        "## Бюджет Айнабулакского сельского округа на 2024 год\n"
        "4\\. «1. Утвердить бюджет\n"
        "   1\\) доходы – **122 043,0** тысяч тенге:\n"
        "* сноска\n"
    )
    assert texts(document) == [
        "Приложение 4 к решению",
        "от 26 декабря 2023года",
        "Бюджет Айнабулакского сельского округа на 2024 год",
        "4. «1. Утвердить бюджет",
        "   1) доходы – 122 043,0 тысяч тенге:",
        "* сноска",
    ]
    assert [block.heading for block in document.paragraphs()] == [False, False, True, False, False, False]
    assert [block.line for block in document.blocks] == [1, 2, 4, 5, 6, 7]


def test_tables_of_html_inside_text() -> None:
    document = read_pasted(
        "## Бюджет\n<table>\n<tr><td>1</td><td></td><td>Налоги</td>\n<td>5,0</td></tr>\n"
        "<tr><td></td><td>01</td><td>\nПодоход\nный налог</td><td>5,0</td></tr>\n</table>\n"
        "конец\n<table> не закрыта"
    )
    heading, table, end, left_open = document.blocks
    assert isinstance(table, Table)
    assert cells(table) == [["1", "", "Налоги", "5,0"], ["", "01", "Подоход\nный налог", "5,0"]]
    assert table.rows[1][2].one_line == "Подоходный налог"
    assert table.line == 2
    assert [heading.text, end.text, left_open.text] == ["Бюджет", "конец", "<table> не закрыта"]
    assert document.kind is FileKind.TEXT


def test_a_table_of_bars() -> None:
    document = read_pasted(
        "до\n| Санаты | | Атауы | Сомасы |\n|---|:--|---|--:|\n| 1 | | Салықтық<br>түсімдер | 5\\|0 |\n\n"
        "| жалғыз жол | болмайды |\nпосле\na | b | c\nd | e | f"
    )
    before, table, single, after, frameless = document.blocks
    assert isinstance(table, Table)
    assert isinstance(frameless, Table)
    assert cells(table) == [["Санаты", "", "Атауы", "Сомасы"], ["1", "", "Салықтық \nтүсімдер", "5|0"]]
    assert [cell.column for cell in table.rows[1]] == [0, 1, 2, 3]
    assert cells(frameless) == [["a", "b", "c"], ["d", "e", "f"]]
    assert [before.text, single.text, after.text] == ["до", "| жалғыз жол | болмайды |", "после"]


def test_rows_pasted_from_excel() -> None:
    document = read_pasted(
        'Бюджет\r\n1\t\t\tСалықтық түсімдер\t2378,0\r\n\t01\t\t"Табыс\nсалығы"\t100,0\r\n'
        "\t\t2\tЖеке\t100,0\r\nсоңы"
    )
    first, table, last = document.blocks
    assert isinstance(table, Table)
    assert cells(table) == [
        ["1", "", "", "Салықтық түсімдер", "2378,0"],
        ["", "01", "", "Табыс \nсалығы", "100,0"],
        ["", "", "2", "Жеке", "100,0"],
    ]
    assert (first.text, last.text) == ("Бюджет", "соңы")


@pytest.mark.parametrize(
    "text",
    [
        "\t\tкірістер – 5\n\t\tшығындар – 6",
        "кірістер\t184 163,4\nшығындар\t190 000",
        "1)\tкірістер –\t184 163,4 мың теңге\n2)\tшығындар –\t190 000 мың теңге",
    ],
)
def test_tabs_alone_make_no_table(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in read_pasted(text).blocks)


_CELL = st.text("абвқә 0123456789,-", max_size=12).map(str.strip)


@given(st.lists(st.lists(_CELL, min_size=4, max_size=4), min_size=2, max_size=12))
def test_tab_tables_keep_every_cell(rows: list[list[str]]) -> None:
    rows = [["1", "қ", *row] for row in rows]
    pasted = read_pasted("\n".join("\t".join(row) for row in rows))
    (table,) = pasted.tables()
    assert cells(table) == rows
    assert all([cell.column for cell in row] == list(range(6)) for row in table.rows)


def test_pasted_text_has_no_half_characters() -> None:
    document = read_pasted("доходы \ud83d – 5\0")
    assert document.plain_text().encode() == "доходы ? – 5".encode()
    assert document.name == ""
    assert len(document.sha256) == 64
