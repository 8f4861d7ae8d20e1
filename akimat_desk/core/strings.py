"""The catalogue of everything the program says, for window, reports and command line alike.

One JSON file per area in ``resources/strings``: ``{"key": {"kk": …, "ru": …, "en": …}}``. The three
languages stand side by side, so that a missing one cannot be overlooked, and the files load in a
few milliseconds before the first paint (gettext keeps the languages apart and needs a compile
step; Fluent's parser alone costs more than the window). A text with a number has plural forms:
``{"kk": {"other": …}, "ru": {"one": …, "few": …, "many": …}, "en": {"one": …, "other": …}}``,
chosen by the field ``count``. Fields are ``{name}``; values are shown as the language writes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType

from akimat_desk.core import dates
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import NO_BREAK_SPACE, table_amount, text_amount
from akimat_desk.core.resources import resource

Entry = Mapping[str, str | Mapping[str, str]]


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every text by key. Raises ValueError when two files define one key."""
    merged: dict[str, Entry] = {}
    for path in sorted(resource("strings").glob("*.json")):
        for key, entry in json.loads(path.read_text("utf-8")).items():
            if key in merged:
                raise ValueError(f"text {key!r} is defined twice, again in {path.name}")
            merged[key] = entry
    return MappingProxyType(merged)


def plural_form(language: Language, count: int) -> str:
    """The CLDR plural category of a whole number in ``language``."""
    n = abs(count)
    if language is Language.RU:
        if n % 10 == 1 and n % 100 != 11:
            return "one"
        if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
            return "few"
        return "many"
    return "one" if n == 1 else "other"


@dataclass(frozen=True, slots=True)
class Thousands:
    """An amount (tiyn) as a field of a text, written in thousand tenge; ``table`` keeps a decimal."""

    tiyn: int
    table: bool = False


#: Fields of texts that hold a budget code as it is stored ("1/04/3"); people read it as it is printed.
_CODES = frozenset({"code", "line", "now", "other", "former"})
_STORED_CODE = re.compile(r"[0-9]{1,3}(/[0-9]{0,3})+")


def code_printed(stored: str) -> str:
    """A stored code as annexes print it: its parts apart, a level left out left out ("1 04 3")."""
    return NO_BREAK_SPACE.join(part for part in stored.split("/") if part)


def _field(name: str, value: object, language: Language) -> object:
    if name in _CODES and isinstance(value, str) and _STORED_CODE.fullmatch(value):
        return code_printed(value)
    return _shown(value, language)


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, Trilingual):
        return value.text(language)
    if isinstance(value, Thousands):
        return table_amount(value.tiyn) if value.table else text_amount(value.tiyn)
    if isinstance(value, date):
        return dates.short(value)
    return value


def text(key: str, language: Language, **fields: object) -> str:
    """The text under ``key`` with its fields filled in.

    Raises KeyError for a key that the catalogue lacks and for a field the text needs.
    """
    entry = catalogue()[key]
    pattern = entry[language.value]
    if not isinstance(pattern, str):
        count = fields["count"]
        if not isinstance(count, int):
            raise TypeError(f"{key}: count must be a whole number")
        form = plural_form(language, count)
        pattern = pattern.get(form) or pattern["other"]
    if not fields:
        return pattern.replace("{{", "{").replace("}}", "}")
    return pattern.format(**{name: _field(name, value, language) for name, value in fields.items()})


def has_text(key: str) -> bool:
    """Whether the catalogue has ``key``."""
    return key in catalogue()


@dataclass(frozen=True, slots=True)
class Message:
    """A text not yet bound to a language: its key and its fields."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The message in ``language``."""
        return text(self.key, language, **self.fields)

    def __hash__(self) -> int:
        return hash(self.key)
