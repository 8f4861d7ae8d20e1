"""The words of an annex: heads of its columns, names of its sections and of the rows in III–VI.

Printed acts vary endings, mix alphabets and misspell, so words are matched on a form without
spaces, case and Kazakh letters, first exactly, then by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from akimat_desk.budget.figures import SECTION_PARTS, SECTION_TOTAL, Figure, Section
from akimat_desk.core.language import Language
from akimat_desk.core.text import search_form, squeeze


class Column(IntEnum):
    """What a column of an annex holds; code columns in the order in which they stand."""

    CATEGORY = 0
    CLASS = 1
    SUBCLASS = 2
    GROUP = 10
    SUBGROUP = 11
    ADMINISTRATOR = 12
    PROGRAM = 13
    SUBPROGRAM = 14
    SPECIFIC = 15  # of receipts or of costs: the same word
    NAME = 20
    AMOUNT = 21


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row known by its name: the total of a section or a row of III–VI.

    ``figure`` is None for a total that the fourth level does not have (the non-oil deficit).
    """

    section: Section
    figure: Figure | None
    is_total: bool
    language: Language


_HEADS: Mapping[Column, tuple[str, ...]] = {
    Column.CATEGORY: ("Категория", "Категории", "Санаты", "Санат"),
    Column.CLASS: ("Класс", "Классы", "Сыныбы", "Сынып"),
    Column.SUBCLASS: ("Подкласс", "Подклассы", "Кіші сыныбы", "Кіші сынып", "Ішкі сыныбы", "Ішкі сынып"),
    Column.GROUP: ("Функциональная группа", "Функциональные группы", "Функционалдық топ",
                   "Функционалдық топтар", "Функционалдық тобы", "Группа", "Топ"),
    Column.SUBGROUP: ("Функциональная подгруппа", "Подгруппа", "Кіші функция", "Ішкі функция",
                      "Функционалдық кіші топ", "Функционалдық ішкі топ", "Кіші топ"),
    Column.ADMINISTRATOR: ("Администратор бюджетных программ", "Администратор бюджетной программы",
                           "Администратор", "Администраторы бюджетных программ",
                           "Бюджеттік бағдарламалардың әкімшісі", "Бюджеттік бағдарламалар әкімшісі",
                           "Бюджеттік бағдарламаның әкімшісі", "Бюджеттік бағдарлама әкімшісі",
                           "Бюджеттік бағдарламалардың әкімшілері", "Әкімші", "Әкімшісі", "АБП", "ББӘ"),
    Column.PROGRAM: ("Программа", "Бюджетная программа", "Бағдарлама", "Бюджеттік бағдарлама",
                     "Бағдарламасы"),
    Column.SUBPROGRAM: ("Подпрограмма", "Бюджетная подпрограмма", "Кіші бағдарлама", "Ішкі бағдарлама",
                        "Бюджеттік кіші бағдарлама"),
    Column.SPECIFIC: ("Специфика", "Ерекшелігі", "Ерекшелік"),
    Column.NAME: ("Наименование", "Наименования", "Атауы", "Атаулары"),
    Column.AMOUNT: ("Сумма", "Сомасы", "Сома"),
}  # fmt: skip

_TOTALS: Mapping[Section, Mapping[Language, tuple[str, ...]]] = {
    Section.REVENUE: {
        Language.RU: ("Доходы", "Доходы всего", "Всего доходов", "Поступления"),
        Language.KK: ("Кірістер", "Барлық кірістер", "Кірістер барлығы", "Түсімдер"),
    },
    Section.EXPENDITURE: {
        Language.RU: ("Затраты", "Расходы", "Затраты всего", "Всего затрат"),
        Language.KK: ("Шығындар", "Шығыстар", "Барлық шығындар", "Шығындар барлығы"),
    },
    Section.NET_LENDING: {
        Language.RU: ("Чистое бюджетное кредитование",),
        Language.KK: ("Таза бюджеттік кредит беру", "Таза бюджеттік кредиттеу",
                      "Таза бюджеттік несиелендіру", "Таза бюджеттік кредиттер"),
    },
    Section.FIN_ASSETS: {
        Language.RU: ("Сальдо по операциям с финансовыми активами",),
        Language.KK: ("Қаржы активтерімен жасалатын операциялар бойынша сальдо",
                      "Қаржы активтерімен операциялар бойынша сальдо",
                      "Қаржылық активтермен жасалатын операциялар бойынша сальдо",
                      "Қаржылық активтермен операциялар бойынша сальдо",
                      "Қаржылық активтерімен жасалатын операциялар бойынша сальдо"),
    },
    Section.DEFICIT: {
        Language.RU: ("Дефицит (профицит) бюджета", "Дефицит бюджета (профицит)", "Дефицит (профицит)",
                      "Дефицит бюджета", "Профицит бюджета"),
        Language.KK: ("Бюджет тапшылығы (профициті)", "Бюджеттің тапшылығы (профициті)",
                      "Бюджет тапшылығы", "Бюджет профициті", "Тапшылық (профицит)"),
    },
    Section.FINANCING: {
        Language.RU: ("Финансирование дефицита (использование профицита) бюджета",
                      "Финансирование дефицита бюджета (использование профицита)",
                      "Финансирование дефицита бюджета", "Использование профицита бюджета"),
        Language.KK: ("Бюджет тапшылығын қаржыландыру (профицитін пайдалану)",
                      "Бюджеттің тапшылығын қаржыландыру (профицитін пайдалану)",
                      "Бюджет тапшылығы қаржыландыру (профицитін пайдалану)",
                      "Тапшылықты қаржыландыру (профицитті пайдалану)"),
    },
}  # fmt: skip

_PARTS: Mapping[Figure, Mapping[Language, tuple[str, ...]]] = {
    Figure.BUDGET_CREDITS: {
        Language.RU: ("Бюджетные кредиты", "Кредиты"),
        Language.KK: ("Бюджеттік кредиттер", "Бюджеттік несиелер", "Кредиттер"),
    },
    Figure.CREDIT_REPAYMENTS: {
        Language.RU: ("Погашение бюджетных кредитов", "Погашение кредитов"),
        Language.KK: ("Бюджеттік кредиттерді өтеу", "Бюджеттік несиелерді өтеу", "Кредиттерді өтеу"),
    },
    Figure.FIN_ASSETS_PURCHASE: {
        Language.RU: ("Приобретение финансовых активов",),
        Language.KK: ("Қаржылық активтерді сатып алу", "Қаржы активтерін сатып алу"),
    },
    Figure.FIN_ASSETS_SALE: {
        Language.RU: ("Поступления от продажи финансовых активов государства",
                      "Поступление от продажи финансовых активов государства",
                      "Поступления от продажи финансовых активов"),
        Language.KK: ("Мемлекеттік қаржылық активтерді сатудан түсетін түсім",
                      "Мемлекеттік қаржылық активтерді сатудан түсетін түсімдер",
                      "Мемлекеттің қаржы активтерін сатудан түсетін түсімдер",
                      "Мемлекеттің қаржылық активтерін сатудан түсетін түсімдер",
                      "Мемлекеттік қаржы активтерін сатудан түсетін түсімдер",
                      "Мемлекет қаржы активтерін сатудан түсетін түсімдер"),
    },
    Figure.LOANS_IN: {
        Language.RU: ("Поступление займов", "Поступления займов"),
        Language.KK: ("Қарыздар түсімі", "Қарыздар түсімдері", "Қарыздардың түсімі",
                      "Қарыздардың түсімдері"),
    },
    Figure.LOANS_REPAID: {
        Language.RU: ("Погашение займов",),
        Language.KK: ("Қарыздарды өтеу",),
    },
    Figure.BALANCES_USED: {
        Language.RU: ("Используемые остатки бюджетных средств", "Используемые остатки"),
        Language.KK: ("Бюджет қаражатының пайдаланылатын қалдықтары",
                      "Бюджет қаражаттарының пайдаланылатын қалдықтары",
                      "Пайдаланылатын бюджет қаражатының қалдықтары"),
    },
}  # fmt: skip

_NON_OIL: Mapping[Language, tuple[str, ...]] = {
    Language.RU: ("Ненефтяной дефицит (профицит) бюджета", "Ненефтяной дефицит (профицит)"),
    Language.KK: ("Бюджеттің мұнайға қатысты емес тапшылығы (профициті)",
                  "Мұнайға қатысты емес тапшылық (профицит)"),
}  # fmt: skip

_SECTION_OF_PART = {figure: section for section, parts in SECTION_PARTS.items() for figure in parts}

#: Between the Kazakh and the Russian name of a row that is printed in both languages.
BOTH_LANGUAGES = " / "

# A word passes for a head or a section's name from this likeness on; where the Roman numeral says
# the same, much less is enough.
_ALIKE = 0.82
_ALIKE_NUMBERED = 0.6

_UNIT = re.compile(
    r"[(,]?\s*(?:в\s+)?(?:тысяча?|тысячи|тысячах|тыс\.?|мың)\s*\.?\s*(?:тенге|теңге|тг\.?)[еі]?\s*\)?",
    re.IGNORECASE,
)
_TENGE = re.compile(r"(?<!\w)т[еэ][нң]ге(?!\w)", re.IGNORECASE)
_THOUSAND = re.compile(r"(?<!\w)(?:тыс|мың|мын(?!\w))", re.IGNORECASE)
_NUMERAL = re.compile(r"^\s*([IVІіiЇӀlУПШ]{1,4})\s*(?:[.)\]:]\s*|[-–—]\s+|\s+)(?=\S)")
_ARABIC = re.compile(r"^\s*\d{1,2}\s*[.)]\s*(?=\D)")
_NUMERAL_DIGITS = {
    "І": "I",
    "і": "I",
    "i": "I",
    "Ї": "I",
    "Ӏ": "I",
    "l": "I",
    "У": "V",
    "П": "II",
    "Ш": "III",
}
_NUMERALS = {
    "I": Section.REVENUE,
    "II": Section.EXPENDITURE,
    "III": Section.NET_LENDING,
    "IV": Section.FIN_ASSETS,
    "V": Section.DEFICIT,
    "VI": Section.FINANCING,
    "VII": Section.FINANCING,  # where the non-oil deficit is VI
}


@lru_cache(maxsize=8192)
def form(text: str) -> str:
    """The form words are matched on: letters and digits only, no case, no Kazakh letters."""
    return "".join(c for c in search_form(text) if c.isalnum())


_HEAD_FORMS = {form(word): column for column, words in _HEADS.items() for word in words}


def _label_forms() -> dict[str, RowLabel]:
    found: dict[str, RowLabel] = {}
    for section, by_language in _TOTALS.items():
        for language, words in by_language.items():
            for word in words:
                found[form(word)] = RowLabel(section, SECTION_TOTAL[section], True, language)
    for figure, by_language in _PARTS.items():
        for language, words in by_language.items():
            for word in words:
                found[form(word)] = RowLabel(_SECTION_OF_PART[figure], figure, False, language)
    for language, words in _NON_OIL.items():
        for word in words:
            found[form(word)] = RowLabel(Section.DEFICIT, None, True, language)
    return found


_LABEL_FORMS = _label_forms()


def _nearest(wanted: str, forms: Mapping[str, object], enough: float) -> tuple[str, float] | None:
    best: tuple[str, float] | None = None
    for candidate in forms:
        if 2 * min(len(candidate), len(wanted)) < enough * (len(candidate) + len(wanted)):
            continue
        matcher = SequenceMatcher(None, wanted, candidate, autojunk=False)
        if matcher.quick_ratio() < enough:
            continue
        near = matcher.ratio()
        if near >= enough and (best is None or near > best[1]):
            best = (candidate, near)
    return best


def without_unit(text: str) -> str:
    """A head without its "(тысяч тенге)"."""
    return _UNIT.sub(" ", text)


def is_unit(text: str) -> bool:
    """Whether a text is nothing but the unit: "тысяч тенге", "(мың теңге)"."""
    return bool(text.strip()) and not form(without_unit(text))


@lru_cache(maxsize=512)
def unit_scale(text: str) -> int | None:
    """How many tenge a unit of the table is by what a head or a line above says: 1000 for "тысяч
    тенге", 1 for "тенге" alone; None where no unit is named."""
    if not _TENGE.search(text):
        return None
    return 1000 if _THOUSAND.search(text) else 1


@lru_cache(maxsize=2048)
def column_of(text: str) -> Column | None:
    """The column that a text is the head of, or None. A head in both languages is parted by a slash."""
    if "/" in text:
        parts = {column_of(part) for part in text.split("/")}
        return parts.pop() if len(parts) == 1 else None
    wanted = form(without_unit(text))
    if not wanted or len(wanted) > 60:
        return None
    exact = _HEAD_FORMS.get(wanted)
    if exact is not None:
        return exact
    if wanted.startswith(("сумма", "сомасы")):  # "Сумма на 2024 год"
        return Column.AMOUNT
    near = _nearest(wanted, _HEAD_FORMS, _ALIKE)
    return _HEAD_FORMS[near[0]] if near else None


def _numbered(text: str) -> tuple[Section | None, str]:
    """The section a Roman numeral names, and the text after it."""
    match = _NUMERAL.match(text)
    if match is None:
        return None, _ARABIC.sub("", text)
    numeral = "".join(_NUMERAL_DIGITS.get(c, c) for c in match.group(1))
    if numeral not in _NUMERALS:
        return None, text
    return _NUMERALS[numeral], text[match.end() :]


@lru_cache(maxsize=4096)
def exact_label(text: str) -> RowLabel | None:
    """The section total or row of III–VI that a name spells exactly, look-alikes and spaces aside."""
    for part in text.split(BOTH_LANGUAGES):
        label = _LABEL_FORMS.get(form(_numbered(part)[1]))
        if label is not None:
            return label
    return None


@lru_cache(maxsize=4096)
def label_of(text: str) -> RowLabel | None:
    """The section total or row of III–VI that a name means, slips included."""
    exact = exact_label(text)
    if exact is not None:
        return exact
    if BOTH_LANGUAGES in text:
        return next((found for part in text.split(BOTH_LANGUAGES) if (found := label_of(part))), None)
    section, rest = _numbered(text)
    wanted = form(rest)
    if not wanted:
        return None
    near = _nearest(wanted, _LABEL_FORMS, _ALIKE_NUMBERED if section else _ALIKE)
    if near is None:
        return None
    label = _LABEL_FORMS[near[0]]
    if near[1] >= _ALIKE or (label.is_total and label.section is section):
        return label
    return None


@lru_cache(maxsize=2048)
def is_leading_phrase(text: str) -> bool:
    """Whether a row only says "including:" and states nothing."""
    return form(text) in {"втомчисле", "втомчислепо", "изних", "онынишинде", "сонынишинде", "сонымен"}


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(c.isalpha() for c in text)


def language_of(text: str) -> Language | None:
    """Kazakh or Russian, by the letters that only Kazakh has; None for a text without Cyrillic words."""
    folded = squeeze(text).casefold()
    if any(c in "әғқңөұүһі" for c in folded):
        return Language.KK
    return Language.RU if re.search(r"[а-яё]{3}", folded) else None
