"""The window's language: one speaker for all texts, switched while the window is open."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from akimat_desk.core.language import Language
from akimat_desk.core.strings import catalogue, text

_LOCALES = {
    Language.KK: QLocale(QLocale.Language.Kazakh, QLocale.Country.Kazakhstan),
    Language.RU: QLocale(QLocale.Language.Russian, QLocale.Country.Kazakhstan),
    Language.EN: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_QT_PREFIX = "ui.qt."


@cache
def _qt_gaps() -> Mapping[str, str]:
    """English texts of Qt that its own Kazakh or Russian file lacks, with their catalogue keys."""
    return {str(entry["en"]): key for key, entry in catalogue().items() if key.startswith(_QT_PREFIX)}


class _GapTranslator(QTranslator):
    """Speaks the words of Qt's own dialogs that Qt's language files leave in English."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.speaks = Language.EN

    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, source: str, _comment: str | None = None, _n: int = -1) -> str:
        key = _qt_gaps().get(source.replace("&", ""))
        # None is the null string, by which Qt knows that this translator has no answer.
        return text(key, self.speaks) if key else None  # type: ignore[return-value]


class Speech(QObject):
    """Says every text of the window in the language chosen now.

    Widgets take their texts in ``retranslate`` and call it again at ``changed``.
    """

    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._qt = QTranslator(self)
        self._gaps = _GapTranslator(self)
        self._install()

    @property
    def language(self) -> Language:
        """The language of the window."""
        return self._language

    def choose(self, language: Language) -> None:
        """Speak ``language`` from now on; every open window and dialog follows."""
        if language is self._language:
            return
        self._language = language
        self._install()
        self.changed.emit()

    def __call__(self, key: str, **fields: object) -> str:
        """The text under ``key``."""
        return text(key, self._language, **fields)

    def withdraw(self) -> None:
        """Take the translators back from the application (the end of the window)."""
        QCoreApplication.removeTranslator(self._qt)
        QCoreApplication.removeTranslator(self._gaps)

    def _install(self) -> None:
        self.withdraw()
        QLocale.setDefault(_LOCALES[self._language])
        if self._language is Language.EN:
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt.load(f"qtbase_{self._language.value}", folder):
            QCoreApplication.installTranslator(self._qt)
        self._gaps.speaks = self._language
        QCoreApplication.installTranslator(self._gaps)
