"""Home: the first page of an open workspace; every tile says something and opens its page."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk.core.language import Language, Trilingual
from akimat_desk.meetings.calling import detach_paper
from akimat_desk.meetings.record import meeting, meetings
from akimat_desk.meetings.states import PaperKind
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.storage.freshness import freshness
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.ui.areas import ALL_PAGES
from akimat_desk.ui.window import MainWindow

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands: after 25 December Home speaks of the first quarter."""
    monkeypatch.setattr("akimat_desk.core.dates.today", lambda: dt.date(2026, 11, 25))


@pytest.fixture
def home(window: MainWindow, example: Path, settle: Settle):  # type: ignore[no-untyped-def]
    window.open_path(example)
    settle()
    page = window.page("home")
    assert window.pages.currentWidget() is page
    return page


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_home_says_where_the_year_stands(home) -> None:  # type: ignore[no-untyped-def]
    tiles = home.tiles
    assert tiles["ratio"].headline.text() == "23,5 %"
    assert "не хватает 15 674 тыс. тенге" in _plain(tiles["ratio"].words.text())
    assert "33,0" in home.gauge.accessibleName()
    assert "112 798,2" in _plain(tiles["plan"].words.text())
    assert tiles["wrong"].headline.text() == "Замечаний нет"
    assert all(tile.accessibleName() and tile.way_on.text() for tile in tiles.values())


def test_what_is_wrong_includes_meetings_and_the_plan(  # type: ignore[no-untyped-def]
    home, window: MainWindow, settle: Settle
) -> None:
    with window.context.desk.workspace.reading() as session:
        held = [each for each in meetings(session, 1) if each.lawful is not None and each.day.year == 2026]
        paper = next(
            paper
            for each in held
            for paper in meeting(session, each.id).papers
            if paper.kind is PaperKind.PUBLICATION
        )
    detach_paper(window.context.desk.workspace, DEFAULT_ACTOR, paper.id)
    window.show_page("home")
    home.invalidate()
    settle()
    tile = home.tiles["wrong"]
    assert tile.headline.text() != "Замечаний нет"
    assert "Заседания: " in tile.words.text()
    tile.click()
    settle()
    assert window.pages.currentWidget() is window.page("meetings")


def test_home_speaks_kazakh_at_once(home, window: MainWindow) -> None:  # type: ignore[no-untyped-def]
    window.choose_language(Language.KK)
    assert home.tiles["wrong"].headline.text() == "Ескерту жоқ"
    assert "меншікті кіріс жетпейді" in home.tiles["ratio"].words.text()


def test_every_tile_opens_its_page(home, window: MainWindow, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    for name, tile in home.tiles.items():
        target = home._targets[name]
        if target not in ALL_PAGES:
            continue
        window.show_page("home")
        tile.click()
        settle()
        assert window.pages.currentWidget() is window.page(target)


def test_the_backup_tile_makes_a_copy_and_is_fresh_then(home, window: MainWindow, settle: Settle) -> None:  # type: ignore[no-untyped-def]
    assert home.tiles["backup"].headline.text() == "Копии еще нет"
    home.tiles["backup"].click()
    settle()
    window.show_page("home")
    settle()
    assert home.tiles["backup"].headline.text() == "Копия свежая"


def test_a_new_workspace_says_what_to_do_first(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "new.akimat"
    with Workspace.create(path) as workspace:
        create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=Trilingual("Көл", "Коль"))
        workspace.close(make_backup=False)
    window.open_path(path)
    settle()
    tiles = window.page("home").tiles
    for name in ("ratio", "plan", "wrong"):
        assert "Прочитайте решение маслихата" in tiles[name].words.text()


def test_freshness_counts_what_came_after_the_copy(example_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(example_file, tmp_path / "okrug.akimat"))
    with Workspace.open(path) as workspace:
        assert freshness(workspace).newest is None
        folder = tmp_path / "okrug backups"
        folder.mkdir()
        past = dt.datetime.now() - dt.timedelta(days=400)
        (folder / f"okrug {past:%Y-%m-%d %H-%M-%S}.akimat").write_bytes(b"")
        before = freshness(workspace)
        assert not before.fresh
        workspace.set_setting(DEFAULT_ACTOR, "year", "2026")
        assert freshness(workspace).changes_since == before.changes_since + 1
        workspace.close(make_backup=False)


def test_after_25_december_home_tells_of_the_first_quarter(
    window: MainWindow, example: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akimat_desk.core.dates.today", lambda: dt.date(2026, 12, 28))
    window.open_path(example)
    settle()
    tile = window.page("home").tiles["wrong"]
    assert "2027" in tile.words.text()
    assert tile.headline.text() != "Замечаний нет"
    tile.click()
    settle()
    assert window.pages.currentWidget() is window.page("plans")
