"""What the areas declare holds together: one set of pages and actions, each answered and explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk import ui
from akimat_desk.core.language import Language
from akimat_desk.core.resources import resource
from akimat_desk.core.strings import has_text
from akimat_desk.ui.answers import named
from akimat_desk.ui.areas import ACTIONS, ALL_PAGES, AREAS, PAGES, blocks, tools
from akimat_desk.ui.areas.area import GROUPS, LASTING, MENUS
from akimat_desk.ui.menus import RECENT
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.window import MainWindow

NAMES = {spec.name for spec in ACTIONS}


def test_names_and_shortcuts_are_given_once() -> None:
    for given in (
        [spec.name for spec in ACTIONS],
        [spec.name for area in AREAS for spec in area.pages],
        [spec.shortcut for spec in ACTIONS if spec.shortcut],
    ):
        assert [each for each, count in Counter(given).items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(ALL_PAGES))
def test_a_page_is_a_page_in_a_known_group(name: str) -> None:
    spec = ALL_PAGES[name]
    assert issubclass(named(spec.makes), Page)
    if spec.group is not None:
        assert spec.group in GROUPS
        assert not spec.group or has_text(f"ui.nav.{spec.group}")


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.name)
def test_an_action_has_its_text_its_icon_and_one_who_answers(spec) -> None:
    assert has_text(f"ui.action.{spec.name}")
    assert not spec.icon or resource("icons", f"{spec.icon}.svg").is_file()
    assert all(has_text(f"ui.needs.{need}") for need in spec.needs.split())
    if spec.answers.startswith("page:"):
        page, _, method = spec.answers.removeprefix("page:").partition(".")
        assert page in ALL_PAGES
        assert not method or callable(getattr(named(ALL_PAGES[page].makes), method))
        return
    who, _, method = spec.answers.rpartition(".")
    if who == "front":
        assert any(callable(getattr(named(page.makes), method, None)) for page in ALL_PAGES.values())
    elif who == "window":
        assert callable(getattr(MainWindow, method))
    else:
        assert callable(getattr(named(who), method))


def test_a_need_that_no_page_provides_would_never_be_met() -> None:
    """Each is said somewhere in the window: ``provide("draft", …)``; formats of reports by a pattern."""
    sources = [path for path in Path(ui.__file__).parent.rglob("*.py") if path.parent.name != "areas"]
    said = "".join(path.read_text("utf-8") for path in sources)
    needed = {need for spec in ACTIONS for need in spec.needs.split()} - LASTING
    assert [need for need in needed if f'"{need}"' not in said and not need.startswith("report_")] == []


def test_every_action_but_the_pages_stands_in_a_menu_and_every_entry_is_an_action() -> None:
    entries = [entry for menu in MENUS for block in blocks(menu) for entry in block.entries]
    assert set(entries) - {RECENT} == NAMES
    assert all(block.menu in MENUS for area in AREAS for block in area.menus)
    assert set(tools()) <= NAMES


def test_navigation_shows_every_page_in_its_group(window: MainWindow) -> None:
    said = [button.text().strip() for button in window.navigation.buttons]
    assert said == [window.speech(f"ui.action.{page.action}").replace("&", "") for page in PAGES]
    window.choose_language(Language.KK)
    assert window.navigation.buttons[0].text().strip() == "Басты бет"


def test_an_action_of_the_page_in_front_is_possible_only_there(
    opened: MainWindow, settle: Callable[[], None]
) -> None:
    assert opened.actions_["expand"].isEnabled()
    opened.show_page("ratio")
    settle()
    assert not opened.actions_["expand"].isEnabled()
    assert opened.actions_.lacking("expand") == "front"
    assert opened.actions_.lacking("confirm") == "draft"
    assert opened.actions_.lacking("about") == ""
    opened.actions_["close_workspace"].trigger()
    settle()
    assert opened.actions_.lacking("page_budget") == "workspace"
