"""What the palette offers beside what is found in the workspace: actions, places, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from akimat_desk.core.alphabet import sort_key
from akimat_desk.core.language import Language
from akimat_desk.core.strings import has_text, text
from akimat_desk.core.text import search_form
from akimat_desk.ui.formats import edition_title

if TYPE_CHECKING:
    from akimat_desk.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the palette. ``why_not`` says why it is not possible now ("" when it is)."""

    group: str
    title: str
    detail: str
    run: Callable[[], object]
    shortcut: str = ""
    why_not: str = ""
    searched: str = ""
    #: The words of its title alone, in all languages: what they begin with counts most.
    titles: tuple[str, ...] = ()


def plain(said: str) -> str:
    """An action's text as read: without the letter's mark and the dots."""
    return said.replace("&", "").rstrip("…")


def ranked(commands: Iterable[Command], words: str) -> list[Command]:
    """The commands that have every word, those whose title begins so first; all of them for no words."""
    wanted = search_form(words).split()
    if not wanted:
        return list(commands)
    scored = []
    for place, command in enumerate(commands):
        if not all(word in command.searched for word in wanted):
            continue
        begins = any(title.startswith(" ".join(wanted)) for title in command.titles)
        in_title = any(all(word in title for word in wanted) for title in command.titles)
        scored.append((0 if begins else 1 if in_title else 2, bool(command.why_not), place, command))
    return [command for *_, command in sorted(scored, key=lambda each: each[:3])]


def _with_search(command: Command, titles: Iterable[str], more: Iterable[str] = ()) -> Command:
    forms = tuple(search_form(title) for title in titles)
    return replace(command, titles=forms, searched=" ".join((*forms, *(search_form(each) for each in more))))


def commands(window: MainWindow) -> list[Command]:
    """Everything that can be done or gone to now."""
    return [*_actions(window), *_years(window), *_editions(window), *_units(window), *_files(window)]


def _actions(window: MainWindow) -> list[Command]:
    speech, actions = window.speech, window.actions_
    pages: list[Command] = []
    others: list[Command] = []
    for name in actions.names():
        if name in ("palette", "search"):
            continue
        action = actions[name]
        lacking = actions.lacking(name)
        menu = window.menus.where(name)
        more = (f"ui.action.{name}.tip", f"ui.menu.{menu}")
        is_page = actions.spec(name).group == "page"
        made = _with_search(
            Command(
                "pages" if is_page else "actions",
                plain(action.text()),
                plain(speech(f"ui.menu.{menu}")) if menu else "",
                action.trigger,
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                speech(f"ui.needs.{lacking}") if lacking else "",
            ),
            (plain(text(f"ui.action.{name}", language)) for language in Language),
            (plain(text(key, language)) for key in more if has_text(key) for language in Language),
        )
        (pages if is_page else others).append(made)
    return pages + others


def _years(window: MainWindow) -> list[Command]:
    context = window.context
    made = []
    for year in context.overview.years if context.overview else ():
        title = window.speech("ui.palette.year", year=year)
        made.append(
            _with_search(
                Command("years", title, "", partial(context.choose_year, year)),
                (text("ui.palette.year", language, year=year) for language in Language),
            )
        )
    return made


def _editions(window: MainWindow) -> list[Command]:
    context = window.context
    return [
        _with_search(
            Command("editions", title, each.title, partial(context.choose_decision, each)),
            (title,),
            (each.title,),
        )
        for each in context.editions()
        for title in (edition_title(each, window.speech),)
    ]


def _units(window: MainWindow) -> list[Command]:
    context, language = window.context, window.speech.language
    units = context.workspace.units if context.workspace is not None else ()
    if len(units) < 2:
        return []
    made = [
        _with_search(
            Command("units", unit.name.text(language), unit.kato, partial(context.choose_unit, unit.id)),
            (unit.name.kk, unit.name.ru, unit.name.en),
            (unit.kato, unit.raion.kk, unit.raion.ru),
        )
        for unit in units
    ]
    return sorted(made, key=lambda command: sort_key(command.title))


def _files(window: MainWindow) -> list[Command]:
    return [
        _with_search(
            Command("files", path.name, str(path.parent), partial(window.open_path, path)),
            (path.name,),
            (str(path),),
        )
        for path in window.context.settings.recent()
    ]
