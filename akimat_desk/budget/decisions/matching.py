"""Which unit of a workspace a decision speaks of, whatever case and language its name stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from akimat_desk.core.language import Language
from akimat_desk.core.text import fold, search_form
from akimat_desk.places.service import UnitView

_KIND_WORDS = re.compile(
    r"\b(?:сельск\w+|округ\w*|село|села|селу|поселок|поселка|поселковый|город|города|аул\w*|имени|"
    r"ауыл\w*|кент\w*|қала\w*|атындағы|район\w*|аудан\w*|области|область|облыс\w*|по)\b"
)
_ENDINGS = re.compile(r"(?:ского|ский|ской|цкого|цкий|ого|ый|ий|ой|ның|нің|дың|дің|тың|тің|а|я)$")
_CLOSE_ENOUGH = 0.85


def name_stem(name: str) -> str:
    """A name without its kind words and case endings: "Айнабулакского сельского округа" → "айнабулак"."""
    bare = _KIND_WORDS.sub(" ", re.sub(r"[^\w\s]", " ", fold(name)))
    # Without its own letters a Kazakh name often is the Russian one: Айнабұлақ, Айнабулакский.
    return "".join(search_form(_ENDINGS.sub("", word)) for word in bare.split())


def same_name(left: str, right: str) -> bool:
    """Whether two printed names are the same place's, in one language."""
    a, b = name_stem(left), name_stem(right)
    if not a or not b:
        return False
    return a == b or SequenceMatcher(None, a, b).ratio() >= _CLOSE_ENOUGH


def find_unit(name: str, units: Iterable[UnitView]) -> UnitView | None:
    """The unit that ``name`` means; None when none or more than one fits."""
    fitting = [
        unit
        for unit in units
        if any(same_name(name, unit.name.exact(language)) for language in (Language.KK, Language.RU))
    ]
    return fitting[0] if len(fitting) == 1 else None
