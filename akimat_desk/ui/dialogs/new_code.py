"""A code that the classification lacks: its parts, names, kind and years, judged while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from akimat_desk.classification.additions import Side, side_of
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.classification.new_code import NewCode, width_of
from akimat_desk.core.findings import Finding, Severity, by_weight
from akimat_desk.core.language import Trilingual
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.reference import ReferenceDesk
from akimat_desk.ui.dialogs.dialog import SavingDialog
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.work import Work

_PARTS = {
    Side.REVENUE: ("category", "class_", "subclass", "specific"),
    Side.EXPENDITURE: ("functional_group", "subgroup", "administrator", "program", "subprogram"),
    Side.ECONOMIC: ("specific",),
}
#: The kinds that lines of receipts may have; costs need none.
_KINDS = tuple(
    kind
    for kind in LineKind
    if kind
    not in (
        LineKind.TOTAL, LineKind.UNKNOWN, LineKind.EXPENDITURE, LineKind.BUDGET_CREDITS,
        LineKind.FIN_ASSETS_PURCHASE, LineKind.LOANS_REPAID,
    )
)  # fmt: skip
_FIELDS = ("name_kk", "name_ru", "since", "until", "note")
_YEAR_DIGITS = 4
_AFTER = 250  # milliseconds after the last key


class NewCodeDialog(SavingDialog):
    """Adds a code to the open workspace; errors bar it, warnings are only said."""

    def __init__(
        self,
        context: Context,
        year: int,
        parent: QWidget | None = None,
        *,
        above: Code | None = None,
        code: Code | None = None,
        name: Trilingual | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._findings: tuple[Finding, ...] = ()
        self.side = QComboBox(self)
        for side in Side:
            self.side.addItem("", side)
        self.parts = [QLineEdit(self) for _ in range(max(len(names) for names in _PARTS.values()))]
        self._part_labels = [label("quiet", wrap=True) for _ in self.parts]
        self.fields = {field: QLineEdit(self) for field in _FIELDS}
        for year_field in ("since", "until"):
            self.fields[year_field].setMaxLength(_YEAR_DIGITS)
        self.fields["since"].setText(str(year))
        self.kind = QComboBox(self)
        self.kind.addItem("", None)
        for kind in _KINDS:
            self.kind.addItem("", kind)
        self.findings = label(wrap=True)
        self.findings.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.findings.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._labels: dict[str, QLabel] = {}
        self._arrange()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER)
        self._pause.timeout.connect(self._judge)
        self._start_with(code or above, name)
        self.side.currentIndexChanged.connect(self._other_side)
        self.kind.currentIndexChanged.connect(self._edited)
        for field in (*self.parts, *self.fields.values()):
            field.textChanged.connect(self._edited)
        self.setMinimumWidth(900)
        self.retranslate()
        self._judge()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        grid.setColumnStretch(1, 1)

        def row(at: int, name: str, field: QWidget) -> None:
            made = self._labels[name] = label()
            made.setBuddy(field)
            grid.addWidget(made, at, 0)
            grid.addWidget(field, at, 1)

        row(0, "side", self.side)
        self._code = QWidget(self)
        code = QGridLayout(self._code)
        code.setContentsMargins(0, 0, 0, 0)
        code.setSpacing(SPACE // 2)
        for number, (made, part) in enumerate(zip(self._part_labels, self.parts, strict=True)):
            made.setBuddy(part)
            made.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
            part.setMaximumWidth(90)
            code.addWidget(made, 0, number)
            code.addWidget(part, 1, number)
            code.setColumnStretch(number, 1)
        row(1, "code", self._code)
        row(2, "name_kk", self.fields["name_kk"])
        row(3, "name_ru", self.fields["name_ru"])
        row(4, "kind", self.kind)
        self._years = QWidget(self)
        years = QHBoxLayout(self._years)
        years.setContentsMargins(0, 0, 0, 0)
        self._labels["until"] = label()
        self._labels["until"].setBuddy(self.fields["until"])
        years.addWidget(self.fields["since"])
        years.addWidget(self._labels["until"])
        years.addWidget(self.fields["until"])
        years.addStretch(1)
        row(5, "since", self._years)
        row(6, "note", self.fields["note"])
        self.content.addLayout(grid)
        self.content.addWidget(self.findings)

    def _start_with(self, code: Code | None, name: Trilingual | None) -> None:
        """An unknown code that was met, or the code chosen in the tree, to be continued."""
        if code is not None:
            self.side.setCurrentIndex(self.side.findData(side_of(code)))
        side = self._side()
        for number, part in enumerate(_PARTS[side]):
            self.parts[number].setText(getattr(code, part) if code is not None else "")
        if name is not None:
            self.fields["name_kk"].setText(name.kk)
            self.fields["name_ru"].setText(name.ru)
        empty = next((part for part in self.parts[: len(_PARTS[side])] if not part.text()), None)
        (empty or self.fields["name_kk"]).setFocus()

    @classmethod
    def ask(
        cls,
        context: Context,
        year: int,
        parent: QWidget | None,
        *,
        above: Code | None = None,
        code: Code | None = None,
        name: Trilingual | None = None,
    ) -> Code | None:
        """The code that was added; None when called off.

        ``code`` and ``name``: an unknown code met in a document, to be added as it is; ``above``: the
        code that the new one is to stand below.
        """
        dialog = cls(context, year, parent, above=above, code=code, name=name)
        return dialog.new_code().code if dialog.run() else None

    # -- what was filled in -------------------------------------------------------------------

    def _side(self) -> Side:
        side = self.side.currentData()
        return side if isinstance(side, Side) else Side(side)

    def new_code(self) -> NewCode:
        """The code as it stands in the fields; a year that is none is 0."""
        side = self._side()
        said = {part: self.parts[at].text().strip() for at, part in enumerate(_PARTS[side])}
        code: Code = RevenueCode(**said) if side is Side.REVENUE else ExpenditureCode(**said)
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        kind = self.kind.currentData() if side is Side.REVENUE else None
        return NewCode(
            code,
            Trilingual(texts["name_kk"], texts["name_ru"]),
            _year(texts["since"]) or 0,
            _year(texts["until"]),
            LineKind(kind) if kind is not None else None,
            texts["note"],
        )

    def fault(self) -> str | None:
        for name in ("since", "until"):
            written = self.fields[name].text().strip()
            if (written or name == "since") and _year(written) is None:
                self.fields[name].setFocus()
                return self.speech("finding.classification.year_text", written=written)
        return None

    def work(self) -> Work:
        desk, new = self.context.desk, self.new_code()
        return lambda _task: desk.area(ReferenceDesk).add_code(new)

    # -- judged while typed -------------------------------------------------------------------

    @Slot()
    def _edited(self) -> None:
        self._pause.start()

    @Slot()
    def _other_side(self) -> None:
        for part in self.parts:
            part.clear()
        self.retranslate()
        self._pause.start()

    @Slot()
    def _judge(self) -> None:
        desk, new = self.context.desk, self.new_code()
        self.context.ask(lambda _task: desk.area(ReferenceDesk).judge_code(new), self._judged)

    @Slot(object)
    def _judged(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self._say_findings()

    def _say_findings(self) -> None:
        language = self.speech.language
        lines = []
        for finding in by_weight(self._findings):
            mark = "✗" if finding.severity is Severity.ERROR else "!"
            lines.append(" ".join(filter(None, (mark, finding.message(language), finding.fix(language)))))
        self.findings.setText("\n".join(lines) if lines else self.speech("ui.codes.new.sound"))

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        super().retranslate()
        speech, side = self.speech, self._side()
        self.setWindowTitle(speech("ui.codes.new.title"))
        self.words.setText(speech("ui.codes.new.words"))
        for number, each in enumerate(Side):
            self.side.setItemText(number, speech(f"classification.sheet.{each.value}"))
        for name, made in self._labels.items():
            made.setText(speech(f"ui.codes.new.{name}"))
        code_type: type[Code] = RevenueCode if side is Side.REVENUE else ExpenditureCode
        for at, (made, field) in enumerate(zip(self._part_labels, self.parts, strict=True)):
            used = at < len(_PARTS[side])
            made.setVisible(used)
            field.setVisible(used)
            if used:
                part = _PARTS[side][at]
                said = speech(f"classification.column.{part}")
                made.setText(said)
                field.setAccessibleName(said)
                width = width_of(code_type, part)
                field.setMaxLength(width)
                field.setPlaceholderText("0" * width)
        lines = 1 if len(_PARTS[side]) < len(self.parts) else 2  # heads of costs are long
        field_height = self.parts[0].sizeHint().height()
        self._code.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + field_height + SPACE)
        self._labels["kind"].setVisible(side is Side.REVENUE)
        self.kind.setVisible(side is Side.REVENUE)
        self.kind.setItemText(0, speech("ui.codes.new.kind_above"))
        for number, kind in enumerate(_KINDS, 1):
            self.kind.setItemText(number, speech(f"classification.kind.{kind.value}"))
        for name, field in self.fields.items():
            field.setAccessibleName(speech(f"ui.codes.new.{name}"))
        self.fields["until"].setPlaceholderText("…")
        self.fields["note"].setPlaceholderText(speech("ui.codes.new.note_shape"))
        self.accept_button.setText(speech("ui.codes.new.add"))
        self._say_findings()


def _year(written: str) -> int | None:
    return int(written) if len(written) == _YEAR_DIGITS and written.isascii() and written.isdigit() else None
