"""The page "Send": what a package would hold, what changed since the last one, and what was sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from akimat_desk.core.files import store_bytes
from akimat_desk.core.strings import Message
from akimat_desk.exchange.key_change import SUFFIX as KEY_SUFFIX
from akimat_desk.exchange.keys import OfficeKey
from akimat_desk.exchange.letters import period_name
from akimat_desk.exchange.manifest import Period
from akimat_desk.exchange.phrases import has_keyring
from akimat_desk.exchange.receipts import Receipt
from akimat_desk.exchange.sending import Prepared, Written
from akimat_desk.exchange.words import amounts_written, figure_name
from akimat_desk.places.kato import is_kato, parent_of
from akimat_desk.reports.grid import shown_decimal
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.exchange import ExchangeDesk, Sending
from akimat_desk.ui.dialogs.files import ask_receipt, ask_save
from akimat_desk.ui.dialogs.passphrase import KeyOpener, PassphraseDialog
from akimat_desk.ui.dialogs.small import CarefulQuestion
from akimat_desk.ui.form_saver import FormSaver
from akimat_desk.ui.formats import day_written
from akimat_desk.ui.models.rows import RowsModel, RowText
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.bars import Bar
from akimat_desk.ui.widgets.basics import ActionButton, RoomyComboBox, label, table_view
from akimat_desk.ui.widgets.findings_panel import FindingsPanel

_MONTHS = range(1, 13)
_SENT_HEADS = ("number", "period", "made", "to", "answer", "answered", "note")


class SendPage(Page):
    """Contents and differences above, what the checks say below them, packages sent at the bottom."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self._answer: Sending | None = None
        self._written: Written | None = None
        self._target: Path | None = None
        self.forms = FormSaver(context, self)
        self.keys = KeyOpener(context, self)
        self.bar = Bar(self.speech, self)
        self.bar.acted.connect(self._open)
        self._title = label("title")
        self._period_label, self._to_label = label("quiet"), label("quiet")
        self.month = RoomyComboBox(20, self)
        self.month.activated.connect(self.refresh)
        self._period_label.setBuddy(self.month)
        self.to = RoomyComboBox(22, self)
        self._to_label.setBuddy(self.to)
        self.contents = RowsModel(numbers_from=1, numbers_to=1, parent=self)
        self.contents_table = table_view(self)
        self.contents_table.setModel(self.contents)
        self.changes = RowsModel(numbers_from=2, parent=self)
        self.changes_table = table_view(self)
        self.changes_table.setModel(self.changes)
        self.panel = FindingsPanel(self.speech, self)
        self.sent = RowsModel(numbers_from=0, numbers_to=0, parent=self)
        self.sent_table = table_view(self)
        self.sent_table.setModel(self.sent)
        self.sent_table.activated.connect(self._save_again)
        self._heads = (label("strong"), label("strong"), label("strong"))
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self._period_label, self.month, self._to_label, self.to):
            head.addWidget(widget)
        head.addWidget(ActionButton(self.actions_["package_write"], "primary", self))
        tools = QHBoxLayout()
        tools.setSpacing(SPACE)
        for name in ("package_receipt", "package_key"):
            tools.addWidget(ActionButton(self.actions_[name], "plain", self))
        tools.addStretch(1)
        across = QSplitter(self)
        across.addWidget(titled(self._heads[0], self.contents_table))
        across.addWidget(titled(self._heads[1], self.changes_table))
        across.setStretchFactor(1, 1)
        across.setSizes([440, 640])
        self._down = down = QSplitter(Qt.Orientation.Vertical, self)
        self.panel.folded.connect(self._share_height)
        down.addWidget(across)
        down.addWidget(self.panel)
        down.addWidget(titled(self._heads[2], self.sent_table))
        for place, share in enumerate((5, 0, 3)):
            down.setStretchFactor(place, share)
        for splitter in (across, down):
            splitter.setChildrenCollapsible(False)
        body = QVBoxLayout()
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        body.setSpacing(SPACE)
        body.addLayout(head)
        body.addLayout(tools)
        body.addWidget(down, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.forms.bar)
        column.addLayout(body, 1)

    @Slot(bool)
    def _share_height(self, folded: bool) -> None:
        """The tables have what the findings do not need."""
        high = max(self._down.height(), 480)
        wanted = self.panel.minimumSizeHint().height() if folded else max(high // 4, 150)
        self._down.setSizes([(high - wanted) * 3 // 5, wanted, (high - wanted) * 2 // 5])

    def provide(self) -> None:
        """A package can be written where there is something to send."""
        ready = self._answer is not None and self._answer.prepared is not None
        self.actions_.provide("sending", not self.isHidden() and ready)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def period(self) -> Period | None:
        """The period chosen."""
        year = self.context.chosen.year
        return None if year is None else Period(year, self.month.currentData())

    @Slot()
    def refresh(self) -> None:
        unit, period = self.context.chosen.unit_id, self.period
        if unit is None or period is None:
            self._answer = None
            self._fill()
            return
        desk = self.context.desk
        self.context.ask(lambda _task: desk.area(ExchangeDesk).sending(unit, period), self._show)

    @Slot(object)
    def _show(self, answer: Sending) -> None:
        if (answer.unit.id, answer.period) != (self.context.chosen.unit_id, self.period):
            return  # the answer to a question nobody asks any more
        self._answer = answer
        chosen = self.to.currentData()
        self.to.clear()
        self.to.addItem("", None)
        kato = answer.unit.kato or ""
        above = parent_of(kato) if is_kato(kato) else None
        while above is not None:
            self.to.addItem("", above)
            above = parent_of(above)
        self.to.setCurrentIndex(max(self.to.findData(chosen), 0) if chosen else min(1, self.to.count() - 1))
        self._fill()

    def _fill(self) -> None:
        prepared = self._answer.prepared if self._answer is not None else None
        self.panel.show_findings(prepared.findings if prepared is not None else ())
        if self._answer is not None and self._answer.why is not None:
            self.bar.say("info", self._answer.why)
        elif self._written is None:
            self.bar.hide()
        self.provide()
        self.retranslate()

    # -- doing --------------------------------------------------------------------------------

    def write(self) -> None:
        """Seal the package of the period and save it as a file."""
        answer = self._answer
        if answer is not None and answer.prepared is not None:
            self.keys.open(answer.unit.kato or "", self._seal)

    def _seal(self, key: OfficeKey) -> None:
        answer, desk, to = self._answer, self.context.desk, self.to.currentData()
        if answer is not None:
            self.context.do(
                lambda _task: desk.area(ExchangeDesk).write(answer.unit.id, answer.period, key, to),
                self._sealed,
                "ui.work.package",
            )

    @Slot(object)
    def _sealed(self, written: Written) -> None:
        self._written = written
        self._save(written.name, written.data)

    def _save(self, name: str, data: bytes) -> None:
        speech = self.speech
        path = ask_save(
            self.context, self, "package", speech("ui.files.save_package"), name, speech("ui.files.package")
        )
        if path is not None:
            self.context.with_files(lambda _task: store_bytes(path, data), self._saved, "ui.work.store")

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self._target = path
        again = self._written is not None and self._written.again
        key = "ui.send.saved_again" if again else "ui.send.saved"
        self.bar.say("good", Message(key, {"path": str(path)}), ("ui.open_folder",))
        self.refresh()

    @Slot(str)
    def _open(self, _offer: str) -> None:
        if self._target is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target.parent)))

    @Slot(QModelIndex)
    def _save_again(self, index: QModelIndex) -> None:
        """The very file of a number, once more."""
        number, answer, desk = self.sent.key(index), self._answer, self.context.desk
        if isinstance(number, int) and answer is not None:
            self.context.ask(
                lambda _task: desk.area(ExchangeDesk).again(answer.unit.id, number), self._save_old
            )

    @Slot(object)
    def _save_old(self, kept: tuple[str, bytes]) -> None:
        self._save(*kept)

    def take_receipt(self) -> None:
        """Take in what the office above answered."""
        path = ask_receipt(self.context, self)
        if path is not None:
            desk = self.context.desk
            self.context.do(
                lambda _task: desk.area(ExchangeDesk).take_receipt(path), self._answered, "ui.work.store"
            )

    @Slot(object)
    def _answered(self, found: tuple[Receipt, int]) -> None:
        receipt, number = found
        fields = {
            "number": number,
            "state": Message(f"exchange.state.{receipt.state.value}"),
            "note": receipt.note or "–",
            "fingerprint": receipt.key.fingerprint,
        }
        tone = "warning" if receipt.state.value == "returned" else "good"
        self.bar.say(tone, Message("ui.send.answered", fields))
        self.refresh()

    def save_key_page(self) -> None:
        """One page with the public half of the key, to be carried to the office above."""
        unit = self.context.unit
        if unit is None or not unit.kato:
            self.context.notice.emit("info", Message("ui.send.no_kato"))
            return
        self.keys.open(unit.kato, self._key_page)

    def _key_page(self, key: OfficeKey) -> None:
        unit, desk, today = self.context.unit, self.context.desk, dt.date.today()
        if unit is not None:
            name = f"{self.speech('report.key.file')} {unit.kato}.pdf"
            self.forms.save(name, lambda _task: desk.area(ExchangeDesk).key_page(unit.id, key.public, today))

    def change_key(self) -> None:
        """A new key, its change signed by the old one: the file goes to the office above."""
        unit = self.context.unit
        if unit is None or not unit.kato:
            self.context.notice.emit("info", Message("ui.send.no_kato"))
            return
        self.keys.open(unit.kato, self._change_key)

    def _change_key(self, old: OfficeKey) -> None:
        unit, area = self.context.unit, self.context.desk.area(ExchangeDesk)
        if unit is None:
            return

        def change(kato: str, phrase: str) -> object:
            return area.change_key(kato, old, phrase)

        dialog = PassphraseDialog(self.context, unit.kato, True, has_keyring(), self, change)
        if not dialog.run() or not isinstance(dialog.saved, tuple):
            return
        key, data = dialog.saved
        name, speech = f"{unit.kato} {key.public.fingerprint[:9]}{KEY_SUFFIX}", self.speech
        title, kind = speech("ui.files.save_key_change"), speech("ui.files.key_change")
        path = ask_save(self.context, self, "package", title, name, kind)
        if path is not None:
            self.context.with_files(lambda _task: store_bytes(path, data), self._key_saved, "ui.work.store")

    @Slot(object)
    def _key_saved(self, path: Path) -> None:
        self._target = path
        self.bar.say("good", Message("ui.send.key_changed", {"path": str(path)}), ("ui.open_folder",))

    def lose_key(self) -> None:
        """The key or its phrase is lost: a new one, and its page for the office above to enter by hand."""
        unit = self.context.unit
        if unit is None or not unit.kato:
            self.context.notice.emit("info", Message("ui.send.no_kato"))
            return
        if not CarefulQuestion.ask(
            self.context, "ui.action.package_key_lost", Message("ui.send.lost"), "ui.send.lost.yes", self
        ):
            return
        area = self.context.desk.area(ExchangeDesk)
        dialog = PassphraseDialog(self.context, unit.kato, True, has_keyring(), self, area.replace_lost_key)
        if dialog.run() and isinstance(dialog.saved, OfficeKey):
            self._key_page(dialog.saved)

    def next_finding(self) -> None:
        """Go to the next finding."""
        self.panel.next()

    # -- texts --------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech = self.speech
        self._title.setText(speech("ui.page.send"))
        self._period_label.setText(speech("ui.send.period"))
        self._to_label.setText(speech("ui.send.to"))
        for place, key in enumerate(("contents", "changes", "sent")):
            self._heads[place].setText(speech(f"ui.send.{key}"))
        self.month.setAccessibleName(speech("ui.send.period"))
        self.to.setAccessibleName(speech("ui.send.to"))
        self.contents_table.setAccessibleName(speech("ui.send.contents"))
        self.changes_table.setAccessibleName(speech("ui.send.changes"))
        self.sent_table.setAccessibleName(speech("ui.send.sent"))
        if not self.month.count():
            self.month.addItem("", None)
            for month in _MONTHS:
                self.month.addItem("", month)
        year = self.context.chosen.year or dt.date.today().year
        for place in range(self.month.count()):
            period = Period(year, self.month.itemData(place))
            self.month.setItemText(place, period_name(period, speech.language))
        for place in range(self.to.count()):
            kato = self.to.itemData(place)
            level = "" if kato is None else ("oblast" if kato[2:] == "0000000" else "raion")
            self.to.setItemText(
                place,
                speech("ui.send.to_any") if kato is None else speech(f"ui.send.to_{level}", kato=kato),
            )
        prepared = self._answer.prepared if self._answer is not None else None
        self._show_contents(prepared)
        self._show_changes(prepared)
        self._show_sent()

    def _show_contents(self, prepared: Prepared | None) -> None:
        speech, rows = self.speech, []
        if prepared is not None:
            contents = prepared.contents
            months = sorted({form.month for form in contents.forms})
            said = f"{months[0]}–{months[-1]}" if len(months) > 1 else "".join(map(str, months))
            held = sum(counts.held for counts in contents.meetings)
            newest = contents.decisions[-1] if contents.decisions else None
            parts = (
                ("budget", len(contents.decisions), f"№ {newest.number}" if newest is not None else ""),
                ("plan", len(contents.plans), ""),
                ("adjustment", len(contents.adjustments), ""),
                ("execution", len(contents.forms), speech("ui.send.months", months=said) if months else ""),
                ("meetings", held, ""),
                (
                    "ratio",
                    len(contents.ratio),
                    f"{shown_decimal(str(contents.ratio[0].percent))} %" if contents.ratio else "",
                ),
            )
            rows = [
                RowText((speech(f"exchange.what.{name}"), str(count) if count else "–", about))
                for name, count, about in parts
            ]
        self.contents.show_rows([speech(f"ui.send.head.{head}") for head in ("what", "count", "about")], rows)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in ((1, 8), (2, 18)):
            self.contents_table.setColumnWidth(column, share * wide)
        self.contents_table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _show_changes(self, prepared: Prepared | None) -> None:
        speech, changed = self.speech, prepared.changed if prepared is not None else None
        if prepared is None:
            rows = []
        elif changed is None:
            rows = [RowText(("", speech("ui.send.first"), "", ""))]
        elif not changed:
            rows = [RowText(("", speech("ui.send.same"), "", ""))]
        else:
            rows = [
                RowText(
                    (
                        speech(f"exchange.what.{each.what.value}"),
                        figure_name(each, speech.language),
                        *amounts_written(each),
                    )
                )
                for each in changed
            ]
        heads = ("what", "figure", "before", "after")
        self.changes.show_rows([speech(f"ui.send.head.{head}") for head in heads], rows)
        header = self.changes_table.horizontalHeader()
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((18, 30, 12, 12)):
            self.changes_table.setColumnWidth(column, share * wide)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _show_sent(self) -> None:
        speech, language = self.speech, self.speech.language
        rows = [
            RowText(
                (
                    str(each.sequence),
                    period_name(each.period, language),
                    day_written(each.made_at.astimezone().date()),
                    each.addressee or "–",
                    speech(f"exchange.state.{each.answer or 'unanswered'}"),
                    day_written(each.answer_at.astimezone().date()) if each.answer_at else "–",
                    each.answer_note,
                ),
                key=each.sequence,
            )
            for each in (self._answer.sent if self._answer is not None else ())
        ]
        self.sent.show_rows([speech(f"ui.send.head.{head}") for head in _SENT_HEADS], rows)
        wide = self.fontMetrics().averageCharWidth()
        for column, share in enumerate((8, 34, 14, 14, 22, 16, 30)):
            self.sent_table.setColumnWidth(column, share * wide)
        self.sent_table.horizontalHeader().setSectionResizeMode(
            len(_SENT_HEADS) - 1, QHeaderView.ResizeMode.Stretch
        )


def titled(title: QWidget, content: QWidget) -> QWidget:
    """A part of a page under its heading."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE // 2)
    column.addWidget(title)
    column.addWidget(content, 1)
    return made
