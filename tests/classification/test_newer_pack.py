"""A newer classification from Excel: what is read, what it would change, what taking it in does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.classification.additions import OFFICE, Side
from akimat_desk.classification.book import shipped
from akimat_desk.classification.codes import ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.new_code import NewCode
from akimat_desk.classification.pack_changes import PackPreview, State, compare
from akimat_desk.classification.pack_file import ANY, read_pack
from akimat_desk.classification.pack_workbook import write_pack
from akimat_desk.classification.packs import became, pack_for, resolve
from akimat_desk.classification.service import (
    SourceKind,
    add_code,
    bring_back,
    classification_findings,
    preview_pack,
    sources,
    take_in_pack,
    withdraw,
    workspace_book,
    workspace_pack,
)
from akimat_desk.core.errors import InputRefused, RuleBroken, UsageProblem
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.intake import read_bytes, read_file
from akimat_desk.storage.check import check_workspace
from akimat_desk.storage.journal import entries
from akimat_desk.storage.workspace import Actor, Workspace
from tests.classification.workbooks import COSTS, REVENUE, pack_file, revenue_file, workbook

ACTOR = Actor("tester")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "округ.akimat")
    yield made
    made.close(make_backup=False)


def seen(preview: PackPreview, state: State) -> list[str]:
    return [str(row.code) for row in preview.rows if row.state is state]


def compared(*rows: tuple[object, ...], year: int = 2027) -> PackPreview:
    return compare(shipped(), revenue_file(*rows), year)


# -- round trip ------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_present_pack_reads_back_as_it_is(tmp_path: Path, year: int) -> None:
    pack = pack_for(year)
    path = write_pack(pack, tmp_path / "pack.xlsx")
    file = read_pack(read_file(path))
    assert (file.wrong, [f.code for f in file.findings]) == ([], [])
    known = [entry for entry in pack.entries if entry.code_known]
    read = {(row.side, row.code.stored.strip("/"), row.repeats): row for row in file.rows}
    assert len(read) == len(file.rows) == len(known)
    for entry in known:
        side = (
            Side.REVENUE
            if isinstance(entry.code, RevenueCode)
            else (Side.ECONOMIC if entry in pack.economic else Side.EXPENDITURE)
        )
        stored = getattr(entry.code, entry.repeats) if entry.repeats else entry.code.stored.strip("/")
        row = read[side, stored, entry.repeats]
        assert row.name == entry.name
        assert row.kind in (entry.kind, None)
        assert (row.valid_from, row.valid_to) == (entry.valid_from, entry.valid_to)
        assert (row.source, row.note) == (" ".join(entry.source.split()), " ".join(entry.note.split()))
    preview = compare(shipped(), file, year)
    assert preview.count(State.SAME) == len(preview.rows) == len(known)
    assert preview.additions(end_missing=True) == []


_NAMES = st.text("абвгдеәғқңөұүһі -.,()«»№0123456789", min_size=1, max_size=40).filter(
    lambda text: any(c.isalpha() for c in text)
)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.integers(1, 99), st.integers(1, 9), st.integers(1, 99), _NAMES, _NAMES
        ),
        unique_by=lambda row: row[:4],
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
def test_codes_written_whole_or_as_numbers_come_back_whole(
    rows: list[tuple[int, int, int, int, str, str]], as_numbers: bool
) -> None:
    written = [
        (a, b, c, d, kk, ru) if as_numbers else (str(a), f"{b:02}", str(c), f"{d:02}", kk, ru)
        for a, b, c, d, kk, ru in rows
    ]
    file = revenue_file(*written)
    assert file.wrong == []
    assert {row.code for row in file.rows} == {
        RevenueCode(str(a), f"{b:02}", str(c), f"{d:02}") for a, b, c, d, _, _ in rows
    }
    lost = sum(b < 10 for _, b, *_ in rows) + sum(row[3] < 10 for row in rows)
    said = [f.fields["count"] for f in file.findings if f.code == "classification.zeros_added"]
    assert said == ([lost] if as_numbers and lost else [])


# -- reading ---------------------------------------------------------------------------------------


def test_a_printed_list_states_only_the_innermost_part_of_each_code() -> None:
    file = pack_file(
        {
            "Шығындар": [
                ("2027 жылға арналған сыныптама",),
                COSTS,
                (1, 2, 3, 4, 5, 6),
                ("07", None, None, None, "Тұрғын үй", "Жилье"),
                (None, 3, None, None, "Елді мекендер", "Благоустройство"),
                (None, None, 124, None, "Әкім аппараты", "Аппарат акима"),
                (None, None, None, 8, "Көшелерді жарықтандыру", "Освещение улиц"),
                (None, None, None, 9, "Санитария", "Санитария"),
                ("08", None, None, None, "Мәдениет", "Культура"),
                (None, None, None, 6, "Артық", "Лишнее"),
                (None, None, None, None, "Барлығы", "Всего"),
            ]
        }
    )
    assert [row.code.stored for row in file.rows] == [
        "07", "07/3", "07/3/124", "07/3/124/008", "07/3/124/009", "08",
    ]  # fmt: skip
    (wrong,) = file.wrong
    assert (wrong.row, wrong.why.code) == (10, "classification.code_gap")
    assert [f.code for f in file.findings] == [
        "classification.zeros_added",
        "classification.rows_without_code",
    ]


def test_a_code_in_one_column_is_parted() -> None:
    head = ("Код", "Наименование")
    file = pack_file(
        {
            "Доходы": [head, ("101202", "а"), ("1/04/4", "б"), (1055, "в"), ("10", "г"), ("1/2/3/4/5", "д")],
            "Расходы": [head, ("073124008", "е"), ("08 1 124 006 015", "ж"), ("абв", "з")],
            "Заметки": [("Просто", "текст"), ("ещё", "строка")],
        }
    )
    assert [row.code.stored for row in file.rows] == [
        "1/01/2/02", "1/04/4", "1/05/5", "07/3/124/008", "08/1/124/006/015",
    ]  # fmt: skip
    assert [wrong.why.code for wrong in file.wrong] == [
        "classification.code_length", "classification.code_length", "classification.code_text",
    ]  # fmt: skip
    assert [f.code for f in file.findings] == ["classification.sheet_unknown"]
    assert all(wrong.why.fix(language) for wrong in file.wrong for language in Language)


def test_merged_cells_text_in_numbers_and_doubles_are_named_row_by_row() -> None:
    file = pack_file(
        {
            "Поступления": [
                REVENUE,
                ("1", "04", "4", None, "Көлік", "Транспорт"),
                ("1", "04", "4", "01", "Заңды", "Юрлица"),
                (None, None, None, "02", "Жеке", "Физлица"),
                ("1", "ноль", "4", None, "Қате", "Ошибка"),
                ("1", "04", "4", None, "Көлік", "Транспорт"),
                ("1", "04", "4", None, "Басқа", "Другое"),
                ("1", "004", "4", None, "Ұзын", "Длинный"),
            ]
        },
        merged=("C3:C4",),
    )
    assert [row.code.stored for row in file.rows] == ["1/04/4", "1/04/4/01", "1/04/4/02"]
    assert [(wrong.row, wrong.why.code) for wrong in file.wrong] == [
        (5, "classification.code_text"),
        (8, "classification.code_part"),
        (7, "classification.code_twice"),
    ]


@pytest.mark.parametrize(
    "sheets",
    [
        {"Лист1": [("Фамилия", "Оклад"), ("Асанов", "100")]},
        {"Лист1": [("Категория", "Класс"), ("1", "01")]},  # no column of names
        {"Лист1": [("Наименование",), ("Налоги",)]},
    ],
    ids=["another workbook", "no names", "no codes"],
)
def test_another_workbook_is_refused_in_words(sheets: dict[str, list[tuple[str, ...]]]) -> None:
    with pytest.raises(InputRefused) as refused:
        pack_file(sheets)
    assert refused.value.message.key == "error.classification.not_a_pack"


def test_wrong_years_kinds_and_stars_are_named() -> None:
    head = (*REVENUE, "Вид", "Действует с", "Действует по", "Прежний код")
    file = pack_file(
        {
            "Доходы": [
                head,
                ("1", "", "", "", "Салық", "Налог", "Салықтық түсімдер", "2027", 2030.0, "1"),
                ("2", "", "", "", "а", "б", "Подарки", None, None, None),
                ("3", "", "", "", "а", "б", None, "когда-то", None, None),
                ("4", "", "", "", "а", "б", None, 2030, 2027, None),
                (ANY, "01", "", "", "а", "б", None, None, None, None),
                ("5", ANY, "1", "", "а", "б", None, None, None, None),
            ]
        }
    )
    (first, star) = file.rows
    assert (first.kind, first.valid_from, first.valid_to, first.former) == (LineKind.TAX, 2027, 2030, "1")
    assert (star.code, star.repeats) == (RevenueCode(class_="01"), "class_")
    assert [wrong.why.code for wrong in file.wrong] == [
        "classification.kind_unknown",
        "classification.year_text",
        "classification.years",
        "classification.any_part",
    ]


# -- comparing -------------------------------------------------------------------------------------


def test_new_changed_missing_and_same_rows_are_told_apart() -> None:
    entry = pack_for(2027).lookup(RevenueCode("1", "04", "3"))
    assert entry is not None
    preview = compared(
        ("1", None, None, None, "Салықтық түсімдер", "Налоговые  поступления"),
        ("1", "04", "3", None, "Жер салығы (жаңа)", entry.name.ru),
        ("1", "04", "9", None, "Жаңа салық", "Новый налог"),
        ("8", "99", None, None, None, None),
    )
    assert seen(preview, State.SAME) == ["1"]
    assert seen(preview, State.CHANGED) == ["1/04/3"]
    assert seen(preview, State.NEW) == ["1/04/9"]
    assert seen(preview, State.WRONG) == ["8/99"]
    missing = seen(preview, State.MISSING)
    assert "1/04/4" in missing
    assert "2" in missing
    assert not any(code.count("/") == 3 for code in missing), "the file has no specifics at all"
    changed = next(row for row in preview.rows if row.state is State.CHANGED)
    assert (changed.before, changed.after) == (
        entry.name, Trilingual("Жер салығы (жаңа)", entry.name.ru, entry.name.en),
    )  # fmt: skip
    assert {a.code.stored for a in preview.additions(end_missing=False)} == {"1/04/3", "1/04/9"}


def test_a_category_that_moves_is_known_by_its_name() -> None:
    pack = pack_for(2027)
    names = {code: pack.lookup(RevenueCode(code)).name for code in "45"}  # type: ignore[union-attr]
    preview = compared(
        ("4", None, None, None, "Жаңа түсімдер", "Новые поступления"),
        ("5", None, None, None, names["4"].kk, names["4"].ru),
        ("6", None, None, None, names["5"].kk, names["5"].ru),
        ("6", "02", "3", None, "Жоғары", "Из района"),
    )
    moved = {str(row.code): row for row in preview.rows if row.former}
    assert {code: row.former for code, row in moved.items()} == {"5": "4", "6": "5"}
    kinds = {str(row.code): row.addition.kind for row in preview.rows if row.addition and row.code}
    assert (kinds["5"], kinds["6"], kinds["6/02/3"]) == (
        LineKind.SPECIAL_RECEIPTS, LineKind.TRANSFERS, LineKind.TRANSFERS,
    )  # fmt: skip


def test_a_common_administrator_is_one_row_wherever_it_is_printed() -> None:
    entry = pack_for(2027).lookup(ExpenditureCode(administrator="124"))
    assert entry is not None
    rows = [(g, "1", "124", None, "Әкімнің жаңа аппараты", entry.name.ru) for g in ("01", "08")]
    preview = compare(shipped(), pack_file({"Шығындар": [COSTS, *rows]}), 2027)
    (changed,) = [row for row in preview.rows if row.state is State.CHANGED]
    assert changed.addition is not None
    assert changed.addition.code == ExpenditureCode(administrator="124")
    assert changed.addition.repeats == "administrator"


# -- taking in, withdrawing ------------------------------------------------------------------------


def taken(
    workspace: Workspace, sheets: dict[str, list[tuple[object, ...]]], year: int, **options: bool
) -> int:
    data = workbook(sheets)
    file = read_pack(read_bytes(data, "жаңа.xlsx"))
    with workspace.reading() as session:
        preview = preview_pack(session, file, year)
    return take_in_pack(workspace, ACTOR, preview, data, **options)


def test_a_taken_in_pack_counts_from_its_year_and_is_withdrawn_again(workspace: Workspace) -> None:
    land = RevenueCode("1", "04", "3")
    with workspace.reading() as session:
        assert workspace_pack(session, 2027) is pack_for(2027) is shipped().pack(2027)
        old = workspace_pack(session, 2026).lookup(land)
    assert old is not None
    number = taken(
        workspace,
        {
            "Доходы": [
                REVENUE,
                ("1", "04", "3", None, "Жер салығы жаңаша", ""),
                ("1", "04", "9", None, "Су", "Вода"),
            ]
        },
        2027,
        end_missing=True,
    )
    with workspace.reading() as session:
        before, after = workspace_pack(session, 2026), workspace_pack(session, 2027)
        assert before.lookup(land).name == old.name  # type: ignore[union-attr]
        renamed = after.lookup(land)
        assert renamed is not None
        assert (renamed.name.kk, renamed.name.ru) == ("Жер салығы жаңаша", old.name.ru)
        assert (renamed.origin, renamed.confidence, renamed.kind) == (number, "FILE", old.kind)
        assert [e.name.ru for e in after.search("вода")][:1] == ["Вода"]
        assert before.lookup(RevenueCode("1", "04", "9")) is None
        assert before.lookup(RevenueCode("1", "04", "4")) is not None
        assert after.lookup(RevenueCode("1", "04", "4")) is None
        assert after.edition != before.edition
        assert after.edition_info.known_from == 2026
        assert workspace_book(session) is workspace_book(session)
        # Deep inside, where no session is handed down, the workspace's own counts too.
        assert pack_for(2027) is after
        assert resolve(land, "Жер салығы жаңаша", 2027, 2027).name_agrees
        (source,) = sources(session)
        assert (source.kind, source.title, source.since, source.withdrawn_at) == (
            SourceKind.PACK, "жаңа.xlsx", 2027, None,
        )  # fmt: skip
        assert source.attachment_id is not None
        (row, *_) = entries(session)
        assert row.action == "classification.pack_taken_in"
        assert dict(row.fields)["added"] == 1
    assert pack_for(2027) is shipped().pack(2027), "outside of any session"
    withdraw(workspace, ACTOR, number)
    with workspace.reading() as session:
        assert workspace_book(session) is shipped()
    with pytest.raises(UsageProblem):
        withdraw(workspace, ACTOR, number)
    bring_back(workspace, ACTOR, number)
    with workspace.reading() as session:
        assert workspace_pack(session, 2027).lookup(land) == renamed
    with pytest.raises(UsageProblem):
        bring_back(workspace, ACTOR, number)
    assert check_workspace(workspace, [classification_findings]) == []


def test_a_preview_that_is_no_longer_true_is_not_stored(workspace: Workspace) -> None:
    data = workbook({"Доходы": [REVENUE, ("1", "04", "9", None, "Су", "Вода")]})
    with workspace.reading() as session:
        preview = preview_pack(session, read_pack(read_bytes(data, "a.xlsx")), 2027)
    add_code(workspace, ACTOR, NewCode(RevenueCode("1", "04", "8"), Trilingual("Ауа", "Воздух"), 2026))
    with pytest.raises(RuleBroken) as problem:
        take_in_pack(workspace, ACTOR, preview, data)
    assert problem.value.message.key == "error.classification.changed_meanwhile"
    with workspace.reading() as session:
        assert len(sources(session)) == 1


def test_nothing_new_is_nothing_stored(workspace: Workspace) -> None:
    with pytest.raises(UsageProblem) as problem:
        taken(workspace, {"Доходы": [REVENUE, ("1", None, None, None, "Салықтық түсімдер", "")]}, 2027)
    assert problem.value.message.key == "error.classification.nothing_new"


def test_moved_categories_are_followed_over_the_years(workspace: Workspace) -> None:
    pack = pack_for(2027)
    names = {code: pack.lookup(RevenueCode(code)).name for code in "45"}  # type: ignore[union-attr]
    taken(
        workspace,
        {
            "Доходы": [
                REVENUE,
                ("4", None, None, None, "Жаңа түсімдер", "Новые поступления"),
                ("5", None, None, None, names["4"].kk, names["4"].ru),
                ("6", None, None, None, names["5"].kk, names["5"].ru),
            ]
        },
        2027,
    )
    with workspace.reading() as session:
        book = workspace_book(session)
    assert became(RevenueCode("4", "02"), 2025, 2027, book) == RevenueCode("6", "02")
    assert became(RevenueCode("6", "02"), 2027, 2026, book) == RevenueCode("5", "02")
    assert became(RevenueCode("4"), 2027, 2026, book) is None
    assert resolve(RevenueCode("6"), names["5"].ru, 2027, 2026, book).kind is LineKind.TRANSFERS
    # A decision of 2025 for 2025–2027 prints the digits of its own time.
    old = resolve(RevenueCode("4"), names["5"].ru, 2027, 2024, book)
    assert old.kind is LineKind.TRANSFERS


# -- a code of the office's own --------------------------------------------------------------------


WATER = RevenueCode("1", "04", "9")


def test_an_own_code_takes_its_kind_from_the_line_above(workspace: Workspace) -> None:
    add_code(
        workspace, ACTOR, NewCode(WATER, Trilingual("Су салығы", " Налог  на воду "), 2026, 2028, note="хат")
    )
    with workspace.reading() as session:
        found = workspace_pack(session, 2027).lookup(WATER)
        assert found is not None
        assert (found.kind, found.own_revenue, found.confidence) == (LineKind.TAX, True, OFFICE)
        assert (found.name.ru, found.note, found.valid_to) == ("Налог на воду", "хат", 2028)
        assert workspace_pack(session, 2029).lookup(WATER) is None
        assert workspace_pack(session, 2025).lookup(WATER) is None
        assert resolve(WATER, "Су салығы", 2027, 2026, workspace_book(session)).name_agrees


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewCode(RevenueCode("1", "04", "3"), Trilingual("а", "б"), 2026), "classification.code_taken"),
        (NewCode(RevenueCode("1", "4"), Trilingual("а", "б"), 2026), "classification.code_part"),
        (NewCode(RevenueCode("1", "", "4"), Trilingual("а", "б"), 2026), "classification.code_gap"),
        (NewCode(RevenueCode(), Trilingual("а", "б"), 2026), "classification.code_missing"),
        (NewCode(WATER, Trilingual(" ", ""), 2026), "classification.no_name"),
        (NewCode(WATER, Trilingual("а", "б"), 2026, 2025), "classification.years"),
        (NewCode(WATER, Trilingual("а" * 1001, "б"), 2026), "classification.name_too_long"),
        (NewCode(RevenueCode("9", "88"), Trilingual("а", "б"), 1800), "classification.years"),
        (NewCode(RevenueCode("0"), Trilingual("а", "б"), 2026), "classification.kind_needed"),
        (NewCode(RevenueCode("0", "11"), Trilingual("а", "б"), 2026), "classification.kind_needed"),
    ],
)
def test_what_bars_an_own_code_is_said(workspace: Workspace, new: NewCode, code: str) -> None:
    with pytest.raises(RuleBroken) as problem:
        add_code(workspace, ACTOR, new)
    assert problem.value.message.key == f"finding.{code}"
    with workspace.reading() as session:
        assert sources(session) == []


def test_a_missing_parent_or_another_kind_is_only_a_warning(workspace: Workspace) -> None:
    from akimat_desk.classification.new_code import code_findings

    lone = NewCode(RevenueCode("1", "88", "1"), Trilingual("а", ""), 2026)
    assert [f.code for f in code_findings(shipped(), lone)] == [
        "classification.one_name", "classification.no_parent",
    ]  # fmt: skip
    other = NewCode(WATER, Trilingual("а", "б"), 2026, kind=LineKind.TRANSFERS)
    assert [f.code for f in code_findings(shipped(), other)] == ["classification.kind_differs"]
    add_code(workspace, ACTOR, lone)
    with workspace.reading() as session:
        assert workspace_pack(session, 2026).lookup(lone.code) is not None


def test_a_newer_pack_with_the_office_s_code_says_so_and_counts_instead(workspace: Workspace) -> None:
    add_code(workspace, ACTOR, NewCode(WATER, Trilingual("Су", "Вода"), 2026))
    data = workbook({"Доходы": [REVENUE, ("1", "04", "9", None, "Су ресурстары салығы", "Налог на воду")]})
    file = read_pack(read_bytes(data, "a.xlsx"))
    with workspace.reading() as session:
        preview = preview_pack(session, file, 2026)
    (row,) = [row for row in preview.rows if row.code == WATER]
    assert (row.state, row.before.ru, row.after.ru) == (State.CHANGED, "Вода", "Налог на воду")
    assert [f.code for f in row.remarks] == ["classification.own_code_brought"]
    number = take_in_pack(workspace, ACTOR, preview, data)
    with workspace.reading() as session:
        found = workspace_pack(session, 2026).lookup(WATER)
        assert (found.name.ru, found.origin) == ("Налог на воду", number)  # type: ignore[union-attr]
        assert [f.code for f in classification_findings(session)] == ["classification.own_code_official"]
    withdraw(workspace, ACTOR, number)
    with workspace.reading() as session:
        assert workspace_pack(session, 2026).lookup(WATER).name.ru == "Вода"  # type: ignore[union-attr]


def test_an_own_code_ends_where_an_official_one_begins(workspace: Workspace) -> None:
    from akimat_desk.classification.entries import revenue_rows

    later = next(
        e for e in revenue_rows() if e.code_known and e.valid_from > 2018 and e.code.level > 1
        and pack_for(2020).lookup(e.code) is None
    )  # fmt: skip
    add_code(workspace, ACTOR, NewCode(later.code, Trilingual("Ескі", "Старое"), 2020, kind=LineKind.NONTAX))
    with workspace.reading() as session:
        book = workspace_book(session)
    assert book.pack(2020).lookup(later.code).name.ru == "Старое"  # type: ignore[union-attr]
    assert book.pack(later.valid_from).lookup(later.code).name == later.name  # type: ignore[union-attr]
