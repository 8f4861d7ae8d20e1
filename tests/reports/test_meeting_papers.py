"""The papers of a meeting, read over as text: minutes, sheets, the record of not holding, the year."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader
from sqlalchemy.orm import Session

from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.core.language import Language
from akimat_desk.meetings.calling import attach_paper, change_item
from akimat_desk.meetings.record import meetings
from akimat_desk.meetings.sheets import SheetCode, read_sheet, sheet_code
from akimat_desk.meetings.states import MeetingState, PaperKind
from akimat_desk.meetings.views import YearNumbers
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.definitions.meeting_year import share_percent
from akimat_desk.reports.document import Code, Heading, ReportDocument, SideBySide, Table, Text
from akimat_desk.reports.meetings import (
    MeetingPaper,
    meeting_paper,
    meeting_year_report,
    papers_for,
    proposal_paper,
)
from akimat_desk.reports.qr import matrix, picture
from akimat_desk.reports.registry import build
from akimat_desk.reports.render import render
from akimat_desk.storage.changes import DEFAULT_ACTOR
from akimat_desk.storage.workspace import Workspace

DISAGREED = dt.date(2025, 11, 20)


@pytest.fixture(scope="module")
def example(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(example_file, tmp_path_factory.mktemp("example") / "үлгі.akimat"))


@pytest.fixture
def session(example: Path) -> Iterator[Session]:
    with Workspace.open(example, read_only=True) as workspace, workspace.reading() as reading:
        yield reading


def meeting_on(session: Session, day: dt.date) -> int:
    return next(each.id for each in meetings(session, 1) if each.day == day)


def words(documents: list[ReportDocument]) -> str:
    """Every word of the documents, a line for each block."""
    lines: list[str] = []
    for document in documents:
        for block in document.blocks:
            parts = (*block.left, *block.right) if isinstance(block, SideBySide) else (block,)
            for part in parts:
                if isinstance(part, Heading | Text):
                    lines.append(part.text)
                elif isinstance(part, Table):
                    lines += [" | ".join(getattr(c, "text", "") for c in row.cells) for row in part.rows]
                elif isinstance(part, Code):
                    lines.append(part.digits)
    return "\n".join(lines).replace("\u00a0", " ")


def test_minutes_have_the_five_items_of_the_law_and_the_votes(session: Session) -> None:
    said = words(meeting_paper(session, meeting_on(session, DISAGREED), MeetingPaper.MINUTES, DocLanguage.RU))
    for line in (
        "Протокол № 3 собрания местного сообщества Жанабулакского сельского округа",
        "Дата проведения: 20 ноября 2025 года",
        "Место проведения: село Жанабулак, Дом культуры",
        "имеющих право участвовать: 1230 (одна тысяча двести тридцать)",
        "Число членов собрания: 9 (девять)",
        "Присутствовало: 8 (восемь)",
        "Кворум: имеется; нужно не менее 5 человек (1/2)",
        "Председатель: Жобаев Мысал Үлгіұлы",
        "Секретарь: Мысалова Өрнек Сынаққызы",
        "(бюджет с 2026 года, № XXXIV-212, 26.12.2025)",
        "за – 7 (семь), против – 1 (один), воздержались – 0 (ноль)",
        "Решили: Согласовать проект бюджета.",
        "2 | Мысалбеков Үлгі Сынақұлы | зейнеткер | 15:25 – ",
    ):
        assert line in said


def test_minutes_in_kazakh_never_swap_the_two_words(session: Session) -> None:
    assembly = words(
        meeting_paper(session, meeting_on(session, DISAGREED), MeetingPaper.MINUTES, DocLanguage.KK)
    )
    assert "Жаңабұлақ ауылдық округінің жергілікті қоғамдастық жиналысының № 3 хаттамасы" in assembly
    assert "жиынының" not in assembly
    gathering = words(
        meeting_paper(
            session, meeting_on(session, dt.date(2023, 3, 10)), MeetingPaper.MINUTES, DocLanguage.KK
        )
    )
    assert "жергілікті қоғамдастық жиынының № 1 хаттамасы" in gathering
    assert "жиналысының №" not in gathering


def test_every_paper_can_be_made_in_every_language_and_format(session: Session, tmp_path: Path) -> None:
    for each in meetings(session, 1):
        for paper in papers_for(each.state):
            if paper is MeetingPaper.MINUTES and each.state is not MeetingState.HELD:
                continue
            for language in DocLanguage:
                documents = meeting_paper(session, each.id, paper, language)
                assert words(documents)
    made = meeting_paper(
        session, meeting_on(session, DISAGREED), MeetingPaper.MINUTES, DocLanguage.BOTH, with_card=True
    )
    pdf = render(made, "pdf", tmp_path / "хаттама.pdf")
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "Карта законности" in text
    word = Document(str(render(made, "docx", tmp_path / "хаттама.docx")))
    assert any(
        "собрания местного сообщества" in p.text for t in word.tables for c in t._cells for p in c.paragraphs
    )
    for kind in ("xlsx", "json"):
        assert render(made, kind, tmp_path / f"хаттама.{kind}").stat().st_size > 1000


def test_the_card_is_the_last_page_where_it_is_wanted(session: Session) -> None:
    meeting_id = meeting_on(session, DISAGREED)
    plain = words(meeting_paper(session, meeting_id, MeetingPaper.MINUTES, DocLanguage.RU))
    with_card = words(
        meeting_paper(session, meeting_id, MeetingPaper.MINUTES, DocLanguage.RU, with_card=True)
    )
    assert "Карта законности" not in plain
    assert with_card.startswith(plain)
    assert "Заседание проведено законно" in with_card.removeprefix(plain)


def test_without_a_quorum_there_is_a_record_of_not_holding(session: Session) -> None:
    meeting_id = meeting_on(session, dt.date(2024, 11, 15))
    said = words(meeting_paper(session, meeting_id, MeetingPaper.NOT_HELD, DocLanguage.RU))
    assert "Присутствовало: 4 (четыре)" in said
    assert "Кворум: отсутствует; нужно не менее 5 человек (1/2)" in said
    assert "Новая дата проведения: 29.11.2024" in said
    with pytest.raises(RuleBroken):
        meeting_paper(session, meeting_id, MeetingPaper.MINUTES)
    with pytest.raises(RuleBroken):
        meeting_paper(session, meeting_on(session, DISAGREED), MeetingPaper.NOT_HELD)


def test_two_languages_that_differ_in_a_figure_are_refused(example: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.akimat"
    path.write_bytes(example.read_bytes())
    with Workspace.open(path) as workspace:
        with workspace.reading() as reading:
            meeting_id = meeting_on(reading, DISAGREED)
            from akimat_desk.meetings.record import meeting

            item = meeting(reading, meeting_id).items[2]
        change_item(workspace, DEFAULT_ACTOR, item.id, decision_ru="Предусмотреть 1 600 тысяч тенге.")
        with workspace.reading() as reading, pytest.raises(RuleBroken) as problem:
            meeting_paper(reading, meeting_id, MeetingPaper.MINUTES, DocLanguage.KK)
        assert "1\u00a0500\u00a0000 / 1\u00a0600\u00a0000" in problem.value.text(Language.RU)
        workspace.close(make_backup=False)


def test_a_sheet_brings_its_totals_back_to_its_meeting_and_item(session: Session) -> None:
    meeting_id = meeting_on(session, DISAGREED)
    said = words(meeting_paper(session, meeting_id, MeetingPaper.VOTES, DocLanguage.KK))
    codes = [line for line in said.splitlines() if line.isdecimal()]
    meant = [read_sheet(session, code) for code in codes]
    assert [each.meeting_id for each in meant] == [meeting_id] * 3
    assert len({each.item_id for each in meant}) == 3
    [door] = [
        line
        for line in words(meeting_paper(session, meeting_id, MeetingPaper.SIGN_IN)).splitlines()
        if line.isdecimal()
    ]
    assert read_sheet(session, f" {door[:7]} {door[7:]}\n") == SheetCode(meeting_id)
    for wrong in ("", "абв", door[:-1], f"{door}0", "9" + door[1:]):
        with pytest.raises(UsageProblem):
            read_sheet(session, wrong)
    with pytest.raises(UsageProblem) as gone:
        read_sheet(session, sheet_code(session, SheetCode(999)))
    assert "удалены" in gone.value.text(Language.RU)


def test_any_one_wrong_digit_of_a_sheet_is_noticed(session: Session) -> None:
    code = sheet_code(session, SheetCode(meeting_on(session, DISAGREED)))
    for at, digit in enumerate(code):
        for other in "0123456789":
            if other != digit:
                with pytest.raises(UsageProblem):
                    read_sheet(session, code[:at] + other + code[at + 1 :])


def test_the_matrix_is_a_square_with_its_three_corners() -> None:
    rows = matrix("752855600001500000056")
    assert {len(row) for row in rows} == {len(rows)}
    for top, left in ((0, 0), (0, len(rows) - 7), (len(rows) - 7, 0)):
        assert all(rows[top][left + at] and rows[top + at][left] for at in range(7))


def test_the_thread_of_a_proposal_is_printable(session: Session) -> None:
    said = words([proposal_paper(session, 1, DocLanguage.RU)])
    for part in ("Освещение улицы Школьной", "6 200,0 тыс. тенге", "XXXIX-241", "07/3/124/011", "6 085,4"):
        assert part in said


def test_the_year_goes_upward_as_a_report(session: Session) -> None:
    today = dt.date(2026, 11, 25)
    said = words([meeting_year_report(session, 1, 2024, DocLanguage.RU, today)])
    assert "собрание местного сообщества | 3 | 2 | 1 | 2" in said
    assert "Доля поручений, исполненных в срок: 0,0 %" in said
    # The akim met residents of one locality in the first half-year only; where none was held is marked.
    # (Until the end of 2023 the period was a quarter, since then a half-year.)
    assert "село Жанабулак | 1 | –" in said
    assert "село Орнек | – | –" in said
    before = words([meeting_year_report(session, 1, 2023, DocLanguage.RU, today)])
    assert "село Орнек | – | – | – | –" in before
    assert build("meetings", session, 1, 2024, DocLanguage.KK, today=today)[0].id == "meetings"
    empty = words(build("meetings", session, 1, 1999, DocLanguage.RU, today=today))
    assert "Всего | 0 | 0 | 0 | 0" in empty


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_share_is_exact_to_one_decimal_half_up(present: int, entitled: int) -> None:
    shown = share_percent(YearNumbers(None, present=present, entitled=entitled))
    assert shown is not None
    tenths = int(shown.replace(".", ""))
    assert abs(tenths * entitled - 1000 * present) * 2 <= entitled
    assert share_percent(YearNumbers(None)) is None


def test_word_and_excel_sheets_carry_the_code_as_a_picture(session: Session, tmp_path: Path) -> None:
    made = meeting_paper(session, meeting_on(session, DISAGREED), MeetingPaper.SIGN_IN, DocLanguage.KK)
    code = next(block for block in made[0].blocks if isinstance(block, Code))
    file = Document(str(render(made, "docx", tmp_path / "тізім.docx")))
    [shown] = file.inline_shapes
    assert shown.width == shown.height
    [stored] = [part.blob for part in file.part.package.iter_parts() if part.partname.endswith(".png")]
    assert stored == picture(code.digits)
    sheet = load_workbook(render(made, "xlsx", tmp_path / "тізім.xlsx")).worksheets[0]
    [drawn] = sheet._images
    assert drawn._data() == picture(code.digits)
    below = drawn.anchor._from.row + 1
    high = drawn.anchor.ext.height / 9525 * 0.75  # from English Metric Units to points
    assert sheet.row_dimensions[below].height >= high  # no other row is under the picture
    assert not any(cell.value for cell in sheet[below])
    assert code.digits in str(sheet.cell(below - 1, 1).value)


def test_the_picture_of_a_code_is_its_squares_with_a_white_border() -> None:
    with Image.open(BytesIO(picture("1234567"))) as drawn:
        squares, side = matrix("1234567"), drawn.width // (len(matrix("1234567")) + 8)
        for row, line in enumerate(squares):
            for column, dark in enumerate(line):
                middle = ((column + 4) * side + side // 2, (row + 4) * side + side // 2)
                assert (drawn.getpixel(middle) == 0) is dark
        border = [drawn.getpixel((x, y)) for x in range(drawn.width) for y in range(4 * side)]
        assert set(border) == {255}


def test_the_minutes_name_their_annexes(example: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(example, tmp_path / "annex.akimat"))
    with Workspace.open(path) as workspace:
        with workspace.reading() as reading:
            held = next(each for each in meetings(reading, 1) if each.state is MeetingState.HELD)
            before = repr(meeting_paper(reading, held.id, MeetingPaper.MINUTES, DocLanguage.RU))
        note = "Расчет «что если» по бюджету на 2026 год"
        attach_paper(workspace, DEFAULT_ACTOR, held.id, PaperKind.ANNEX, "a.pdf", b"%PDF-1.4", note=note)
        with workspace.reading() as reading:
            after = repr(meeting_paper(reading, held.id, MeetingPaper.MINUTES, DocLanguage.RU))
        workspace.close(make_backup=False)
    assert "Приложения к протоколу" not in before
    assert f"1) {note}" in after
