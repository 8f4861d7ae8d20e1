"""What stands behind a line: how many things, at what charge, how well collected; known, and what if."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from akimat_desk.budget.drafts.amounts import AmountRefused, read_amount
from akimat_desk.budget.ratio.bases import TARGETED_TRANSFERS, WHOLE, LineBase
from akimat_desk.budget.ratio.levers import Ground, Group, How, Lever, WhatIfLine
from akimat_desk.core.money import table_amount
from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.ratio import RatioDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work

_COUNT, _CHARGE, _COLLECTION, _ARREARS = "count", "charge", "collection", "arrears"


class LineBaseDialog(SavingDialog):
    """Two columns of fields: what is known (kept for the year), and what if (a lever on this line)."""

    def __init__(
        self,
        context: Context,
        unit_id: int,
        ground: Ground,
        line: WhatIfLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._unit_id, self._year, self._line = unit_id, ground.year, line
        self._is_transfer = line.group is Group.TRANSFERS
        names = ("targeted",) if self._is_transfer else (_COUNT, _CHARGE, _COLLECTION, _ARREARS)
        self._labels = {name: label("", wrap=True) for name in names}
        self.known = {name: QLineEdit(self) for name in names}
        self.what_if = {} if self._is_transfer else {name: QLineEdit(self) for name in names}
        self._known_head, self._if_head = label("subtitle"), label("subtitle")
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.addWidget(self._known_head, 0, 1)
        grid.addWidget(self._if_head, 0, 2)
        self._if_head.setVisible(not self._is_transfer)
        for row, name in enumerate(names, 1):
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(self.known[name], row, 1)
            self._labels[name].setBuddy(self.known[name])
            if name in self.what_if:
                grid.addWidget(self.what_if[name], row, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.content.addLayout(grid)
        self.setMinimumWidth(620)
        self._fill(ground)
        self.retranslate()

    @classmethod
    def ask(
        cls, context: Context, unit_id: int, ground: Ground, line: WhatIfLine, parent: QWidget | None
    ) -> Lever | None:
        """The lever that was set; None where none was, or it was called off."""
        dialog = cls(context, unit_id, ground, line, parent)
        return dialog.lever() if dialog.run() else None

    def _fill(self, ground: Ground) -> None:
        base = self._line.base or LineBase(self._line.line)
        if self._is_transfer:
            self.known["targeted"].setText(table_amount(ground.targeted))
            return
        self.known[_COUNT].setText("" if base.count is None else str(base.count))
        self.known[_CHARGE].setText(table_amount(base.charge))
        self.known[_COLLECTION].setText(_tenths_text(base.collection))
        self.known[_ARREARS].setText(table_amount(base.arrears))

    # -- what was typed ---------------------------------------------------------------------------

    def fault(self) -> str | None:
        try:
            self._base()
            self.lever()
        except AmountRefused as refused:
            return refused.why.text(self.speech.language)
        return None

    def _base(self) -> LineBase:
        if self._is_transfer:
            return LineBase(TARGETED_TRANSFERS, amount=read_amount(self.known["targeted"].text()))
        return LineBase(
            self._line.line,
            count=_whole(self.known[_COUNT].text()),
            charge=read_amount(self.known[_CHARGE].text()),
            collection=_tenths(self.known[_COLLECTION].text()),
            arrears=read_amount(self.known[_ARREARS].text()),
        )

    def lever(self) -> Lever | None:
        """The lever that the right column means; None where nothing is typed there."""
        if not any(edit.text().strip() for edit in self.what_if.values()):
            return None
        return Lever(
            self._line.side,
            self._line.line,
            How.BASE,
            count=_whole(self.what_if[_COUNT].text()),
            charge=read_amount(self.what_if[_CHARGE].text()),
            collection=_tenths(self.what_if[_COLLECTION].text()),
            arrears_tenths=_tenths(self.what_if[_ARREARS].text()),
        )

    def work(self) -> Work:
        """Keep what is known."""
        desk, unit_id, year, base = self.context.desk.area(RatioDesk), self._unit_id, self._year, self._base()
        return lambda _task: desk.set_base(unit_id, year, base)

    # -- words ------------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech = self.speech
        self.setWindowTitle(speech("ui.whatif.behind.title"))
        name = self._line.name.text(speech.language) or self._line.line
        key = "ui.whatif.behind.transfers" if self._is_transfer else "ui.whatif.behind.words"
        self.words.setText(speech(key, name=name, year=self._year))
        self._known_head.setText(speech("ui.whatif.behind.known"))
        self._if_head.setText(speech("ui.whatif.behind.what_if"))
        things = speech(f"ratio.things.{self._line.thing}") if self._line.thing else ""
        for name, made in self._labels.items():
            said = things if name == _COUNT and things else speech(f"ui.whatif.behind.{name}")
            made.setText(said)
            self.known[name].setAccessibleName(f"{said}: {self._known_head.text()}")
            if name in self.what_if:
                self.what_if[name].setAccessibleName(f"{said}: {self._if_head.text()}")
        if _ARREARS in self.what_if:
            self.what_if[_ARREARS].setPlaceholderText(speech("ui.whatif.behind.arrears_if"))
        self.accept_button.setText(speech("ui.whatif.behind.yes"))


def _whole(typed: str) -> int | None:
    """A typed count. Raises AmountRefused for anything but a whole number from nothing up."""
    plain = "".join(typed.split())
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
        raise AmountRefused(Message("ui.whatif.not_count", {"typed": typed.strip()}))
    return int(plain)


def _tenths(typed: str) -> int | None:
    """A typed percentage in tenths. Raises AmountRefused for anything but 0 to 100."""
    plain = typed.strip().rstrip("% ").replace(",", ".")
    if not plain:
        return None
    refused = AmountRefused(Message("ui.whatif.not_share", {"typed": typed.strip()}))
    try:
        tenths = Decimal(plain) * 10
    except ArithmeticError:
        raise refused from None
    if not tenths.is_finite() or not 0 <= tenths <= WHOLE:
        raise refused
    return int(tenths.to_integral_value())


def _tenths_text(tenths: int | None) -> str:
    return "" if tenths is None else f"{Decimal(tenths) / 10:f}".replace(".", ",")
