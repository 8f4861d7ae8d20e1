"""Home: in ten seconds where the year stands, what is due, what is wrong and whether all is safe."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from akimat_desk.budget.glance import Against, YearGlance
from akimat_desk.budget.ratio.levers import Outcome
from akimat_desk.budget.ratio.words import outcome_standing
from akimat_desk.budget.ratio.written import percent_text
from akimat_desk.core import dates
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding, Severity, by_weight, has_errors
from akimat_desk.core.money import text_amount, to_step
from akimat_desk.core.strings import Message
from akimat_desk.ui.actions import Actions
from akimat_desk.ui.areas import ALL_PAGES
from akimat_desk.ui.context import Context
from akimat_desk.ui.desks.home import HomeDesk, HomeView
from akimat_desk.ui.formats import DASH, counts, edition_title
from akimat_desk.ui.pages.page import Page
from akimat_desk.ui.theme import SPACE
from akimat_desk.ui.widgets.basics import label
from akimat_desk.ui.widgets.gauge import Gauge
from akimat_desk.ui.widgets.tile import Tile

#: Tiles with their drawing and the page they open. That of the copies has none: it makes one.
_TILES = (
    ("ratio", "ratio", "ratio"),
    ("plan", "budget", "execution"),
    ("wrong", "good", "budget"),
    ("due", "date", "calendar"),
    ("tasks", "confirm", "meetings"),
    ("backup", "backup", ""),
)
_SHOWN = 3  # of a list: the page has the rest
_ACROSS = 3


class HomePage(Page):
    """Six tiles; each opens its page."""

    def __init__(self, context: Context, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(context, actions, parent)
        self.view: HomeView | None = None
        self.elsewhere: tuple[tuple[str, Finding], ...] = ()  # wrong beside the budget, with its page
        self._title = label("title", wrap=True)
        self._today = label("quiet", wrap=True)
        self.tiles: dict[str, Tile] = {}
        self._targets: dict[str, str] = {}
        for name, drawing, target in _TILES:
            self.tiles[name] = Tile(name, drawing, self)
            self._targets[name] = target
            self.tiles[name].clicked.connect(self._open)
        self.gauge = Gauge(self)
        self.gauge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tiles["ratio"].content.addWidget(self.gauge)
        self.tiles["ratio"].headline.setProperty("role", "figure")
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // _ACROSS, place % _ACROSS)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        content = QWidget(self)
        body = QVBoxLayout(content)
        body.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        body.setSpacing(SPACE)
        body.addWidget(self._title)
        body.addWidget(self._today)
        body.addSpacing(SPACE)
        body.addLayout(grid, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.addWidget(scroll)
        self.retranslate()

    def enter(self) -> None:
        """The page comes to the front: days pass and copies are made without anything being stored."""
        self._stale = True
        super().enter()

    def refresh(self) -> None:
        today = dates.today()
        unit_id, year = self.context.chosen.unit_id, self.context.chosen.year or today.year
        if self.context.workspace is None:
            return
        desk, decision_id = self.context.desk, self.context.chosen.decision_id
        self.context.ask(
            lambda _task: desk.area(HomeDesk).look(unit_id, year, today, decision_id),
            self._show,
            self._refused,
        )
        if unit_id is None:
            self.elsewhere = ()
        else:
            self.context.ask(lambda _task: desk.area(HomeDesk).elsewhere(unit_id, year), self._show_elsewhere)

    @Slot(object)
    def _show(self, view: HomeView) -> None:
        self.view = view
        self.retranslate()

    @Slot(object)
    def _show_elsewhere(self, found: tuple[tuple[str, Finding], ...]) -> None:
        self.elsewhere = found
        if self.view is not None:
            self._say_wrong(self.view, self.view.glance)

    @Slot(object)
    def _refused(self, _problem: AkimatError) -> None:
        self.view = None
        self.retranslate()

    @Slot()
    def _open(self) -> None:
        name = self.sender().objectName().removeprefix("tile_")
        target = self._targets[name]
        if target:
            self.actions_[ALL_PAGES[target].action].trigger()
        elif self.context.workspace is not None:
            desk = self.context.desk
            self.context.do(lambda _task: desk.backup(None), self._copied, "ui.work.backup")

    @Slot(object)
    def _copied(self, path: Path) -> None:
        self.context.notice.emit("good", Message("ui.home.backup.made", {"path": str(path)}))
        self.invalidate()

    # -- words ------------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        speech, unit = self.speech, self.context.unit
        self._title.setText(unit.name.text(speech.language) if unit else speech("ui.page.home"))
        self._today.setText(speech("ui.home.today", day=dates.long(dates.today(), speech.language)))
        view = self.view
        if view is None:
            for name, tile in self.tiles.items():
                tile.say(speech(f"ui.home.{name}", year=DASH), DASH, "", "")
            self.gauge.show_share(None, None, "")
            return
        self._say_ratio(view, view.ratio)
        self._say_plan(view, view.glance)
        self._say_wrong(view, view.glance)
        self._say_due(view)
        self._say_tasks(view)
        self._say_backup(view)

    def _say(self, name: str, view: HomeView, headline: str, words: str, way_on: str) -> None:
        title = self.speech(f"ui.home.{name}", year=view.year)
        self.tiles[name].say(title, headline, words, self.speech(f"ui.home.{way_on}"))

    def _say_ratio(self, view: HomeView, outcome: Outcome | None) -> None:
        known = outcome is not None and outcome.percent is not None
        self.gauge.setVisible(known)
        if outcome is None or not known:
            self._say("ratio", view, DASH, self.speech("ui.home.no_budget"), "ratio.open")
            return
        target = Fraction(outcome.target_percent) if outcome.target_percent is not None else None
        words = outcome_standing(outcome, self.speech.language)
        self.gauge.show_share(outcome.percent, target, words)
        self._say("ratio", view, f"{percent_text(outcome.percent)} %", words, "ratio.open")

    def _say_plan(self, view: HomeView, glance: YearGlance | None) -> None:
        if glance is None:
            self._say("plan", view, DASH, self.speech("ui.home.no_budget"), "plan.open")
            return
        speech = self.speech
        lines = [
            speech(f"ui.home.plan.{name}", amount=_amount(each))
            for name, each in (("revenue", glance.revenue), ("own", glance.own), ("costs", glance.costs))
        ]
        if glance.month is None:
            headline = speech("ui.home.plan.planned", amount=_amount(glance.revenue))
            lines = [*lines[1:], speech("ui.home.plan.no_execution")]
        else:
            headline = speech(
                "ui.home.plan.executed",
                revenue=percent_text(glance.revenue.percent),
                costs=percent_text(glance.costs.percent),
                month=glance.month,
            )
        self._say("plan", view, headline, "\n".join(lines), "plan.open")

    def _say_wrong(self, view: HomeView, glance: YearGlance | None) -> None:
        tile, speech = self.tiles["wrong"], self.speech
        self._targets["wrong"] = "plans" if view.urgent else "draft" if view.draft is not None else "budget"
        if view.draft is not None:
            # The draft that is chosen is what the person works on: its findings, not those of the edition.
            every = (*view.urgent, *view.draft_findings)
        else:
            every = (*view.urgent, *(by_weight(glance.findings) if glance is not None else ()))
        if glance is None and view.draft is None and not view.urgent and not self.elsewhere:
            tile.look("info", "info")
            self._say("wrong", view, DASH, speech("ui.home.no_budget"), "wrong.open")
            return
        told = [f for f in every if f.severity is not Severity.INFO]
        here = [(self._targets["wrong"], "", finding) for finding in told]
        here += [
            (page, f"{speech(f'ui.page.{page}')}: ", finding)
            for page, finding in self.elsewhere
            if finding.severity is not Severity.INFO
        ]
        here.sort(key=lambda each: each[2].severity is not Severity.ERROR)
        told = [finding for _, _, finding in here]
        if here:  # the tile opens where the worst is
            self._targets["wrong"] = here[0][0]
        worst = "error" if has_errors(told) else "warning" if told else "good"
        tile.look(worst, worst)
        lines = [f"• {area}{finding.message(speech.language)}" for _, area, finding in here[:_SHOWN]]
        if view.draft is not None:
            lines.insert(0, speech("ui.home.wrong.draft", draft=edition_title(view.draft, speech)))
        if len(told) > _SHOWN:
            lines.append(speech("ui.home.more", count=len(told) - _SHOWN))
        if not told:
            headline, words = speech("ui.home.wrong.nothing"), speech("ui.home.wrong.none")
            self._say("wrong", view, headline, "\n".join([*lines, words]), "wrong.open")
            return
        self._say("wrong", view, counts(tuple(told), speech), "\n".join(lines), "wrong.open")

    def _say_due(self, view: HomeView) -> None:
        speech = self.speech
        if not view.due:
            self._say("due", view, speech("ui.home.due.none"), speech("ui.home.due.nothing"), "due.open")
            return
        today, lines = dates.today(), []
        for each in view.due[:_SHOWN]:
            day = dates.short(each.due)
            day = day if each.due >= today else speech("ui.home.due.late", day=day)
            lines.append(f"• {day}: {each.what.text(speech.language)}")
        if len(view.due) > _SHOWN:
            lines.append(speech("ui.home.more", count=len(view.due) - _SHOWN))
        headline = speech("ui.home.due.count", count=len(view.due))
        self._say("due", view, headline, "\n".join(lines), "due.open")

    def _say_tasks(self, view: HomeView) -> None:
        speech, last = self.speech, view.last_meeting
        if last is None:
            self._say("tasks", view, DASH, speech("ui.home.tasks.no_meeting"), "tasks.open")
            return
        day = dates.short(last.day)
        if not view.tasks:
            self._say(
                "tasks",
                view,
                speech("ui.home.tasks.none"),
                speech("ui.home.tasks.all_done", day=day),
                "tasks.open",
            )
            return
        lines = [speech("ui.home.tasks.of", day=day)]
        for task in view.tasks[:_SHOWN]:
            term = dates.short(task.due) if task.due else speech("ui.home.tasks.no_term")
            lines.append(f"• {task.text.text(speech.language)} ({term})")
        if len(view.tasks) > _SHOWN:
            lines.append(speech("ui.home.more", count=len(view.tasks) - _SHOWN))
        headline = speech("ui.home.tasks.count", count=len(view.tasks))
        self._say("tasks", view, headline, "\n".join(lines), "tasks.open")

    def _say_backup(self, view: HomeView) -> None:
        speech, backup = self.speech, view.backup
        tile = self.tiles["backup"]
        tile.look("backup", "good" if backup.fresh else "warning")
        if backup.newest is None:
            self._say(
                "backup",
                view,
                speech("ui.home.backup.none"),
                speech("ui.home.backup.on_close"),
                "backup.open",
            )
            return
        moment = f"{dates.short(backup.newest.date())} {backup.newest:%H:%M}"
        if backup.fresh:
            headline, words = (
                speech("ui.home.backup.fresh"),
                speech("ui.home.backup.holds_all", moment=moment),
            )
        else:
            headline = speech("ui.home.backup.since", count=backup.changes_since)
            words = speech("ui.home.backup.last", moment=moment)
        self._say("backup", view, headline, words, "backup.open")


def _amount(each: Against) -> str:
    if each.plan is None:
        return DASH
    if each.done is None:
        return text_amount(each.plan)
    return f"{text_amount(to_step(each.done))} / {text_amount(each.plan)}"
