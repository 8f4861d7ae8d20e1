"""The three languages of the program and names that exist in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language of the window, of messages or of a document."""

    KK = "kk"
    RU = "ru"
    EN = "en"


DEFAULT_LANGUAGE = Language.KK

# When a name is missing in the language asked for, the next best one is shown.
_FALLBACK = {
    Language.KK: (Language.KK, Language.RU, Language.EN),
    Language.RU: (Language.RU, Language.KK, Language.EN),
    Language.EN: (Language.EN, Language.RU, Language.KK),
}


@dataclass(frozen=True, slots=True)
class Trilingual:
    """A name in Kazakh, Russian and English; an unknown one is the empty string."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def text(self, language: Language) -> str:
        """The name in ``language``, or in the nearest language that has one ("" where none has)."""
        for candidate in _FALLBACK[language]:
            value: str = getattr(self, candidate.value)
            if value:
                return value
        return ""

    def exact(self, language: Language) -> str:
        """The name in ``language`` only ("" when it is not known)."""
        value: str = getattr(self, language.value)
        return value

    def __bool__(self) -> bool:
        return bool(self.kk or self.ru or self.en)
