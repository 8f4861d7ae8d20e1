"""The shipped classification holds every row it was made from, each with its marks."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from akimat_desk.classification.codes import LineKind
from akimat_desk.classification.entries import (
    economic_rows,
    editions,
    expenditure_rows,
    links,
    name_variants,
    remarks,
    revenue_rows,
    search_words,
)
from akimat_desk.classification.packs import pack_for
from akimat_desk.classification.written import remark_shown
from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource

ALL = (*revenue_rows(), *expenditure_rows(), *economic_rows())


@pytest.mark.parametrize(
    ("rows", "letter", "count", "added"),
    [
        (revenue_rows(), "R", 104, {f"P{n:03}" for n in range(1, 8)}),
        (expenditure_rows(), "E", 74, {"E001-2026"}),
        (economic_rows(), "S", 83, set()),
    ],
    ids=["revenue", "expenditure", "economic"],
)
def test_no_row_of_the_sources_is_lost(rows, letter, count, added):
    ids = {entry.row for entry in rows}
    assert ids == {f"{letter}{n:03}" for n in range(1, count + 1)} | added
    assert len(rows) == len(ids)


def test_every_row_says_where_it_comes_from_and_how_sure_it_is():
    marks = {"CONFIRMED", "UNCONFIRMED", "DERIVED", "CONFLICTING", "CODE ONLY"}
    for entry in ALL:
        assert entry.source, entry.row
        assert entry.confidence in marks, entry.row
        assert entry.name or entry.confidence in {"CODE ONLY", "UNCONFIRMED"}, entry.row
        for name in (entry.name.kk, entry.name.ru, entry.name.en):
            assert name == name.strip()
            assert not name.startswith("("), "a remark, not a name"


def test_rows_without_a_known_code_are_there_and_never_matched_by_code():
    unknown = [entry for entry in ALL if not entry.code_known]
    assert {e.row for e in unknown} == {
        "R026", "R046", "R049", "E022", "E042", "E071", "E072", "E073", "E074",
    }  # fmt: skip
    pack = pack_for(2026)
    for entry in unknown:
        assert entry in pack.entries
        found = pack.lookup(entry.code)
        assert found is None or found.code_known
        assert entry in pack.children(entry.code)


def test_a_code_is_there_once_a_year():
    for year in range(2018, 2031):
        codes = Counter(e.code for e in pack_for(year).entries if e.code_known)
        assert [code for code, times in codes.items() if times > 1] == []


def test_every_code_of_a_year_has_its_parents():
    for year in (2018, 2025, 2026, 2030):
        pack = pack_for(year)
        for entry in (*pack.revenue, *pack.expenditure):
            if entry.code_known and entry.code.parent is not None:
                assert pack.lookup(entry.code.parent), (year, entry.row)


def test_own_revenue_is_tax_nontax_and_capital_sales():
    own = {LineKind.TAX, LineKind.NONTAX, LineKind.CAPITAL_SALES}
    for entry in revenue_rows():
        assert entry.own_revenue == (entry.kind in own), entry.row


def test_editions_follow_each_other_without_a_gap():
    spans = [(e.valid_from, e.valid_to) for e in editions()]
    assert spans == [(2018, 2025), (2026, None)]
    assert all(edition.title.kk and edition.title.ru and edition.title.en for edition in editions())
    assert pack_for(2026).edition == "2026.1"
    assert pack_for(1999).edition == pack_for(2018).edition


def test_links_variants_and_search_words_point_at_rows_that_exist():
    ids = {entry.row for entry in ALL}
    assert set(name_variants()) <= ids
    printed = {str(entry.code) for entry in ALL}
    assert {code for _, code in search_words()} <= printed
    for link in links():
        assert "/".join(link.before) in {str(e.code) for e in pack_for(link.until).revenue}
        assert "/".join(link.after) in {str(e.code) for e in pack_for(link.since).revenue}


def test_targets_of_the_concept():
    data = json.loads(resource("targets", "self_sufficiency.json").read_text("utf-8"))
    assert {t["year"]: t["percent"] for t in data["targets"]} == {
        2025: "30.0", 2026: "33.0", 2027: "35.0", 2028: "35.5", 2029: "36.0", 2030: "36.5",
    }  # fmt: skip
    assert {t["year"]: t["percent"] for t in data["history"]} == {2021: "17.7", 2022: "19.0", 2023: "21.2"}
    for part in ("source", "history_source", "indicator"):
        assert all(data[part][language] for language in ("kk", "ru", "en"))


def test_sources_and_notes_are_said_in_every_language() -> None:
    """A person with a Kazakh window reads no English remark beside a code."""
    for entry in (*revenue_rows(), *expenditure_rows(), *economic_rows()):
        for remark in (entry.source, entry.note):
            known = remarks()
            if remark and remark not in known:
                assert all(part in known for part in remark.split("; ")), remark
            for language in (Language.KK, Language.RU):
                assert not remark or remark_shown(remark, language) != remark
    assert remark_shown("Бюджет бөлімінің хаты", Language.RU) == "Бюджет бөлімінің хаты"
