"""Dates as Kazakh and Russian official documents write them."""

from __future__ import annotations

from datetime import date

from akimat_desk.core.language import Language

MONTHS_KK = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
MONTHS_RU = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def today() -> date:
    """The day on this computer's clock; one place, so that a test may stop the clock."""
    return date.today()


def short(day: date) -> str:
    """``05.11.2026``, in every language."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def long(day: date, language: Language) -> str:
    """``2025 жылғы 26 желтоқсан``, ``26 декабря 2025 года``, ``26 December 2025``."""
    if language is Language.KK:
        return f"{day.year} жылғы {day.day} {MONTHS_KK[day.month - 1]}"
    if language is Language.RU:
        return f"{day.day} {MONTHS_RU[day.month - 1]} {day.year} года"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


# The adjective of a month ("2025 жылғы 26 желтоқсандағы шешім") takes -дағы/-дегі/-тағы/-тегі by
# the last sound of the name; twelve words need no rule.
_MONTHS_KK_ADJECTIVE = (
    "қаңтардағы", "ақпандағы", "наурыздағы", "сәуірдегі", "мамырдағы", "маусымдағы",
    "шілдедегі", "тамыздағы", "қыркүйектегі", "қазандағы", "қарашадағы", "желтоқсандағы",
)  # fmt: skip


def of_decision(day: date, language: Language) -> str:
    """The date as a decision's attribute: ``2025 жылғы 26 желтоқсандағы``, ``от 26 декабря 2025 года``."""
    if language is Language.KK:
        return f"{day.year} жылғы {day.day} {_MONTHS_KK_ADJECTIVE[day.month - 1]}"
    if language is Language.RU:
        return f"от {long(day, language)}"
    return f"of {long(day, language)}"


# The ablative of a month ("1 қаңтардан бастап"), by the same rule of sounds.
_MONTHS_KK_FROM = (
    "қаңтардан", "ақпаннан", "наурыздан", "сәуірден", "мамырдан", "маусымнан",
    "шілдеден", "тамыздан", "қыркүйектен", "қазаннан", "қарашадан", "желтоқсаннан",
)  # fmt: skip


def beginning(day: date, language: Language) -> str:
    """The day from which something holds: ``2026 жылғы 1 қаңтардан бастап``, ``с 1 января 2026 года``."""
    if language is Language.KK:
        return f"{day.year} жылғы {day.day} {_MONTHS_KK_FROM[day.month - 1]} бастап"
    if language is Language.RU:
        return f"{'со' if day.day == 2 else 'с'} {long(day, language)}"
    return f"from {long(day, language)}"
