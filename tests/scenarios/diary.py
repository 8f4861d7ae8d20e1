"""The words of an accountant's day, so that a scenario reads as her diary.

Amounts are written in thousand tenge as she writes them ("6 300", "1 234,5"), dates as "2027-06-11",
codes as they are printed in annexes and plans ("07/3/124/008", with a specific "07/3/124/008//159").
Whatever the program would refuse raises here what it says to her.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from akimat_desk.budget.adjustments.checks import Basis
from akimat_desk.budget.adjustments.commands import confirm_adjustment, draft_adjustment
from akimat_desk.budget.adjustments.lines import AdjustedLine, balances_line
from akimat_desk.budget.amending import start_amendment
from akimat_desk.budget.decisions.commands import confirm, describe_draft
from akimat_desk.budget.decisions.questions import budget_as_of, decision_findings
from akimat_desk.budget.drafts.cells import LineKey as DraftKey
from akimat_desk.budget.drafts.edits import AddFigure, AddLine, Amount, SetAmounts
from akimat_desk.budget.drafts.service import apply_edit, new_draft
from akimat_desk.budget.execution.forms import FormKind, Measure, Month
from akimat_desk.budget.execution.preview import RowState
from akimat_desk.budget.execution.reading.reader import read_form_data
from akimat_desk.budget.execution.table import Column, ExecutionRow, execution_table
from akimat_desk.budget.execution.taking_in import TakenIn, take_in
from akimat_desk.budget.figures import Figure, Section
from akimat_desk.budget.periods.balances import BalancePart, BoundKind, keep_balances
from akimat_desk.budget.periods.closing import close_period, reopen_period
from akimat_desk.budget.plans.commands import approve, start_change, start_plan, store_sheet, take_in_plan
from akimat_desk.budget.plans.filling import equal
from akimat_desk.budget.plans.questions import plan_findings, plan_in_force
from akimat_desk.budget.plans.sheet import LineKey, Months, PlanSheet, Side, ordered
from akimat_desk.budget.views import Stage
from akimat_desk.classification.codes import Code, ExpenditureCode, LineKind, RevenueCode
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.core.language import Language, Trilingual
from akimat_desk.core.money import TIYN_PER_TENGE, from_plain, text_amount
from akimat_desk.meetings.calling import NewItem, change_item, change_meeting, plan_meeting
from akimat_desk.meetings.holding import close_meeting, mark_came, open_meeting, put_speech, vote_totals
from akimat_desk.meetings.kinds import MeetingKind, Topic
from akimat_desk.meetings.people import add_person, set_locality
from akimat_desk.meetings.record import card_of, meeting
from akimat_desk.meetings.states import Body, SpeechKind
from akimat_desk.places.service import UnitKind, create_unit
from akimat_desk.reports.definitions.common import DocLanguage
from akimat_desk.reports.document import Heading, Text
from akimat_desk.reports.registry import build
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace
from akimat_desk.training.treasury import PrintedForm, PrintedRow, print_form

ME = DEFAULT_ACTOR
NAME = Trilingual("Көкбұлақ ауылдық округі", "Кокбулакский сельский округ")
OFFICE = ("1249001", "Аппарат акима Кокбулакского сельского округа")
MEMBERS = ("Үлгібаев М.", "Мысалова Ө.", "Образцов П.", "Шаблонова П.", "Өрнекбаев С.")


class Accountant:
    """The accountant of Көкбұлақ and the file that she keeps."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        unit = create_unit(workspace, ME, kato="990150000", kind=UnitKind.OKRUG, name=NAME)
        self.unit = unit.id
        place = set_locality(workspace, ME, self.unit, Trilingual("Көкбұлақ", "Кокбулак"), 700, 450)
        since = dt.date(2026, 3, 1)
        self._members = [
            add_person(
                workspace, ME, self.unit, name, locality_id=place.id, body=Body.ASSEMBLY, since=since
            ).id
            for name in MEMBERS
        ]

    # -- the budget ------------------------------------------------------------------------------

    def begins_the_draft(self, year: int, receipts: Mapping[str, str], costs: Mapping[str, str]) -> int:
        """A draft of the budget of a year and the two after it, each with the same amounts."""
        draft = new_draft(self.workspace, ME, self.unit, year, language=Language.RU)
        for code, amount in {**receipts, **costs}.items():
            years = tuple((each, amount) for each in (year, year + 1, year + 2))
            apply_edit(self.workspace, ME, draft, AddLine(_code(code), years))
        return draft

    def changes_the_draft(self, draft: int, year: int, **amounts: str) -> None:
        """Other amounts of lines (``c07_3_124_008``) and figures (``balances_used``) of a draft."""
        for name, amount in amounts.items():
            key = DraftKey.of_figure(Figure(name)) if name in list(Figure) else _draft_key(name[1:])
            apply_edit(self.workspace, ME, draft, SetAmounts((Amount(key, year, amount),)))

    def uses_balances(self, draft: int, year: int, amount: str) -> None:
        """Opening balances among the sources of a draft."""
        apply_edit(self.workspace, ME, draft, AddFigure(Figure.BALANCES_USED))
        self.changes_the_draft(draft, year, balances_used=amount)

    def begins_an_amendment(self, year: int, day: str) -> int:
        """A draft of the whole edition in force, the akim's adjustments in it."""
        return start_amendment(self.workspace, ME, self.unit, year, _day(day))

    def remarks(self, draft: int) -> list[str]:
        """What the program says of a decision, errors and warnings."""
        with self.workspace.reading() as session:
            return _codes(decision_findings(session, draft))

    def the_maslikhat_decides(self, draft: int, day: str, number: str) -> None:
        """The decision with its day and number, confirmed."""
        describe_draft(
            self.workspace, ME, draft, number=number, date=_day(day), effective_date=_day(f"{day[:4]}-01-01")
            if day[5:7] != "12" else _day(f"{int(day[:4]) + 1}-01-01"),
        )  # fmt: skip
        confirm(self.workspace, ME, draft)

    def budget(self, code: str, on: str, stage: str = "adjusted", year: int | None = None) -> str:
        """The amount of a line, or of a figure by its name, on a day."""
        day = _day(on)
        with self.workspace.reading() as session:
            view = budget_as_of(session, self.unit, year or day.year, day, Stage(stage))
        if code in list(Figure):
            return _written(view.figures[Figure(code)])
        return next((_written(line.amount) for line in view.lines if str(line.code) == code), "")

    # -- the assembly ----------------------------------------------------------------------------

    def the_assembly_agrees(self, topic: Topic, day: str, document: int | None = None) -> str:
        """A meeting called in time, with a quorum and its minutes; gives their number."""
        held, workspace = _day(day), self.workspace
        items = (NewItem(topic, document_id=document),)
        place = Trilingual("Клуб", "Клуб")
        number = plan_meeting(
            workspace, ME, self.unit, MeetingKind.ASSEMBLY, held, items, starts=dt.time(15), place=place
        )
        change_meeting(workspace, ME, number, notice_given=held - dt.timedelta(days=12))
        for person in self._members[:4]:
            mark_came(workspace, ME, number, person)
        open_meeting(workspace, ME, number, dt.time(15), "Үлгібаев М.")
        change_meeting(workspace, ME, number, chair=MEMBERS[0], secretary=MEMBERS[1])
        with workspace.reading() as session:
            items_held = [(item.id, item.put_to_vote) for item in meeting(session, number).items]
        for item, to_vote in items_held:
            put_speech(workspace, ME, item, SpeechKind.SPEECH, MEMBERS[0], "Баяндады", "Доложил")
            if to_vote:
                change_item(workspace, ME, item, decision_kk="Келісілсін", decision_ru="Согласовать")
                vote_totals(workspace, ME, item, 4, 0, 0)
        close_meeting(workspace, ME, number, dt.time(16))
        change_meeting(workspace, ME, number, signed_by_chair=True, signed_by_secretary=True)
        with workspace.reading() as session:
            card = card_of(session, number)
            assert card.lawful is not False
            return meeting(session, number).number

    # -- the financing plan ----------------------------------------------------------------------

    def plans_equally(self, year: int, lines: Mapping[str, str]) -> int:
        """A draft of the year's plan with every line in twelve equal months, costs on both sides."""
        made: dict[LineKey, Months] = {}
        for written, amount in lines.items():
            code = _code(written)
            for side in _sides(code):
                made[LineKey(side, code)] = equal(_tiyn(amount)).months
        return take_in_plan(self.workspace, ME, self.unit, PlanSheet(year, ordered(made)))

    def proposes_a_plan(self, year: int) -> tuple[int, list[Finding]]:
        """A draft of the plan by last year's lines, and what the program says of them."""
        started = start_plan(self.workspace, ME, self.unit, year)
        return started.document_id, list(started.findings)

    def errors_of_the_plan(self, plan: int) -> list[str]:
        """What bars its approval."""
        with self.workspace.reading() as session:
            return [f.code for f in plan_findings(session, plan) if f.severity is Severity.ERROR]

    def approves(self, plan: int, day: str) -> None:
        """Approve a plan."""
        approve(self.workspace, ME, plan, _day(day))

    def writes_a_certificate(self, kind: str, day: str, reason: str, **lines: str) -> str:
        """A change of the plan: so much more in the month of ``day`` (``c15_1_124_048__339="200"``).

        Gives the certificate's number.
        """
        date = _day(day)
        document = start_change(self.workspace, ME, self.unit, date.year, kind=kind, date=date, reason=reason)
        with self.workspace.reading() as session:
            plan = plan_in_force(session, self.unit, date.year)
        assert plan is not None
        changed = dict(plan.lines)
        for written, amount in lines.items():
            code = _code(written[1:].replace("_", "/"))
            for side in _sides(code):
                key = LineKey(side, code)
                months = list(plan.months(key))
                months[date.month - 1] += _tiyn(amount)
                changed[key] = tuple(months)
        store_sheet(self.workspace, ME, document, plan.with_lines(changed))
        errors = self.errors_of_the_plan(document)
        assert errors == [], errors
        return approve(self.workspace, ME, document)

    # -- balances and adjustments ----------------------------------------------------------------

    def finds_at_the_start_of(self, year: int, total: str, to_return: str) -> None:
        """What the treasury says the year opened with, and what of it goes back."""
        parts = [BalancePart(BoundKind.TARGETED_RETURN, _tiyn(to_return))]
        keep_balances(self.workspace, ME, self.unit, year, _tiyn(total), parts)

    def the_akim_returns(self, amount: str, code: str, day: str, number: str) -> None:
        """The akim's decision that returns an unused targeted transfer out of the balances."""
        line = AdjustedLine(Section.EXPENDITURE, _code(code), LineKind.EXPENDITURE, _tiyn(amount))
        document = draft_adjustment(
            self.workspace, ME, self.unit, _day(day).year, "transfer_return",
            [balances_line(_tiyn(amount)), line], number=number, date=_day(day), basis=Basis(),
        )  # fmt: skip
        confirm_adjustment(self.workspace, ME, document)

    # -- execution -------------------------------------------------------------------------------

    def takes_in(self, month: str, receipts: Mapping[str, str], payments: Mapping[str, str]) -> list[TakenIn]:
        """Both forms of a month as the treasury prints them: what was done from January, by line."""
        year, number = (int(part) for part in month.split("-"))
        at = Month(year, number)
        with self.workspace.reading() as session:
            plan = plan_in_force(session, self.unit, year, at.last_day)
        spent = [_expense(code, amount, plan, number) for code, amount in payments.items()]
        came = [
            PrintedRow(_code(code).parts, "", {Measure.RECEIVED_DAY: 0, Measure.RECEIVED: _tiyn(amount)})
            for code, amount in receipts.items()
        ]
        day = at.last_day + dt.timedelta(days=1)
        taken = []
        for kind, rows in ((FormKind.EXPENSES, sorted(spent, key=_parts)), (FormKind.RECEIPTS, came)):
            form = PrintedForm(kind, day, *OFFICE, "06 Бюджет сельского округа", rows, {})
            data = print_form(form).encode()
            read = read_form_data(data, f"{kind.value}.txt").form
            taken.append(take_in(self.workspace, ME, self.unit, read, (f"{kind.value}.txt", data)))
        return taken

    def executed(self, month: str, code: str = "", section: str = "expenditure") -> ExecutionRow:
        """A line of the execution report; without a code the section's total."""
        year, number = (int(part) for part in month.split("-"))
        with self.workspace.reading() as session:
            table = execution_table(session, self.unit, Month(year, number))
        row = table.row(Section(section), code)
        assert row is not None, code
        return row

    def closes(self, year: int, *months: int) -> None:
        """Close months; 0 is the year."""
        for month in months:
            close_period(self.workspace, ME, self.unit, year, month)

    def opens_again(self, year: int, month: int, reason: str) -> None:
        """Open a closed month, with a reason."""
        reopen_period(self.workspace, ME, self.unit, year, month, reason)

    def report(self, report: str, year: int, **options: object) -> str:
        """The words of a report, in Russian."""
        with self.workspace.reading() as session:
            documents = build(report, session, self.unit, year, DocLanguage.RU, **options)
        return "\n".join(
            block.text
            for document in documents
            for block in document.blocks
            if isinstance(block, Text | Heading)
        )


@contextmanager
def office(folder: Path) -> Iterator[Accountant]:
    """A new file on the accountant's disk."""
    with Workspace.create(folder / "көкбұлақ.akimat") as workspace:
        yield Accountant(workspace)
        workspace.close(make_backup=False)


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """The program does not do it, and its sentence (in Russian) has these words."""
    with pytest.raises(AkimatError) as told:
        yield
    sentence = told.value.text(Language.RU)
    assert all(word in sentence for word in words), sentence


def amount(row: ExecutionRow, column: str) -> str:
    """An amount of the report as it is written: "approved", "amended", "plan_payments", "executed"…"""
    return _written(row.amount(Column(column)))


def wrong_rows(taken: list[TakenIn]) -> list[str]:
    """The printed codes of rows that were not taken in."""
    return [row.printed_code for each in taken for row in each.preview.rows if row.state is RowState.WRONG]


def share_of(whole: str, month: int) -> str:
    """What a line that goes evenly has by a month, in whole tenge."""
    part = _tiyn(whole) * month // 12 // TIYN_PER_TENGE * TIYN_PER_TENGE
    return _written(part)


# --- inside ---------------------------------------------------------------------------------------------


def _day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def _written(tiyn: int | None) -> str:
    return text_amount(tiyn).replace("\N{NO-BREAK SPACE}", " ")


def _tiyn(written: str) -> int:
    return from_plain(written.replace(" ", "").replace(",", "."))


def _code(written: str) -> Code:
    is_receipt = len(written.split("/")[0]) == 1
    return RevenueCode.from_stored(written) if is_receipt else ExpenditureCode.from_stored(written)


def _draft_key(name: str) -> DraftKey:
    code = name.replace("_", "/")
    return DraftKey(Section.REVENUE if len(code.split("/")[0]) == 1 else Section.EXPENDITURE, code)


def _sides(code: Code) -> tuple[Side, ...]:
    return (Side.RECEIPTS,) if isinstance(code, RevenueCode) else (Side.PAYMENTS, Side.OBLIGATIONS)


def _parts(row: PrintedRow) -> tuple[str, ...]:
    return row.parts


def _codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings if finding.severity is not Severity.INFO]


def _expense(written: str, paid: str, plan: PlanSheet | None, month: int) -> PrintedRow:
    """A row of form 4-20: the treasury prints the plan that it was given."""
    code, done = _code(written), _tiyn(paid)
    assert isinstance(code, ExpenditureCode)
    months = plan.months(LineKey(Side.PAYMENTS, code)) if plan is not None else (0,) * 12
    to_month = sum(months[:month])
    amounts = {
        Measure.PLAN_YEAR: sum(months),
        Measure.PLAN_OBLIGATIONS: to_month,
        Measure.PLAN_PAYMENTS: to_month,
        Measure.REGISTERED: done,
        Measure.PAID: done,
        Measure.PAID_MONTH: 0,
        Measure.UNPAID: 0,
        Measure.OUTSTANDING: 0,
        Measure.LEFT_OBLIGATIONS: to_month - done,
        Measure.LEFT_PAYMENTS: to_month - done,
    }
    return PrintedRow((code.administrator, code.program, code.subprogram, code.specific), "", amounts)
