"""The strip under the grid: the balance of the year one is in, and whether the other years close."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from akimat_desk.budget.drafts.balance_now import BalanceNow, balance_now
from akimat_desk.budget.drafts.sheet import DraftSheet
from akimat_desk.core.money import table_amount
from akimat_desk.ui.formats import DASH
from akimat_desk.ui.i18n import Speech
from akimat_desk.ui.theme import SPACE, figures
from akimat_desk.ui.widgets.basics import Drawing, label

_PARTS = ("revenue", "costs", "net_lending", "fin_assets", "deficit", "sources", "missing")


class BalanceStrip(QFrame):
    """I − II − III − IV = V, its sources, and what is missing; never by colour alone."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._speech = speech
        self._sheet: DraftSheet | None = None
        self._index = 0
        self._tone = ""
        self._year = label("subtitle")
        self._names: dict[str, QLabel] = {}
        self._amounts: dict[str, QLabel] = {}
        self._mark = Drawing("info", 18, parent=self)
        self._others = label("quiet")
        cells = QGridLayout()
        cells.setHorizontalSpacing(2 * SPACE)
        cells.setVerticalSpacing(0)
        for column, part in enumerate(_PARTS):
            name, amount = label("quiet"), label(selectable=True)
            amount.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            for row, made in enumerate((name, amount)):
                cells.addWidget(made, row, column, Qt.AlignmentFlag.AlignRight)
            self._names[part], self._amounts[part] = name, amount
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE + 4, SPACE // 2, SPACE + 4, SPACE // 2)
        line.setSpacing(2 * SPACE)
        line.addWidget(self._year)
        line.addLayout(cells)
        line.addWidget(self._mark)
        line.addStretch(1)
        line.addWidget(self._others)
        speech.changed.connect(self.retranslate)
        self.retranslate()

    def show_year(self, sheet: DraftSheet | None, index: int) -> None:
        """Show the balance of one year of a sheet."""
        self._sheet, self._index = sheet, index
        self._fill()

    def text(self) -> str:
        """What the strip says, for a test or a screen reader."""
        parts = [f"{self._names[part].text()} {self._amounts[part].text()}" for part in _PARTS]
        return f"{self._year.text()}: {'; '.join(parts)}"

    def _fill(self) -> None:
        sheet = self._sheet
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        now = balance_now(sheet, self._index)
        self._year.setText(str(sheet.years[self._index]))
        amounts = {
            "revenue": now.revenue,
            "costs": now.costs,
            "net_lending": now.net_lending,
            "fin_assets": now.fin_assets,
            "deficit": now.deficit,
            "sources": now.sources,
            "missing": now.missing,
        }
        if now.missing is not None:
            amounts["missing"] = abs(now.missing)  # its name says whether it lacks or is too much
        for part, amount in amounts.items():
            self._amounts[part].setText(table_amount(amount) or DASH)
            self._amounts[part].setFont(figures(part == "missing"))
        self._names["missing"].setText(self._missing_word(now))
        tone = "good" if now.closes else "warning" if now.closes is not None else "info"
        if tone != self._tone:
            self._tone = tone
            self._mark.show_drawing(tone, tone)
        said = [
            self._speech(f"ui.draft.strip.{word}", year=year)
            for index, year in enumerate(sheet.years)
            if index != self._index
            for word in (_closing(balance_now(sheet, index)),)
        ]
        self._others.setText("   ".join(said))
        self.setAccessibleName(self.text())

    def _missing_word(self, now: BalanceNow) -> str:
        word = "too_much" if now.missing is not None and now.missing < 0 else "missing"
        return self._speech(f"ui.draft.strip.{'closes' if now.closes else word}")

    @Slot()
    def retranslate(self) -> None:
        for part in _PARTS:
            if part != "missing":
                self._names[part].setText(self._speech(f"ui.draft.strip.{part}"))
        self._fill()


def _closing(now: BalanceNow) -> str:
    if now.closes is None:
        return "year_empty"
    return "year_closes" if now.closes else "year_open"
