"""Execution: what its page asks of the services and has stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.ui.desks.desk import AreaDesk

if TYPE_CHECKING:
    from akimat_desk.budget.execution.codebook import CodeChoice
    from akimat_desk.budget.execution.forecast import Method
    from akimat_desk.budget.execution.forms import FormKind, MoneyUnit, Month
    from akimat_desk.budget.execution.outlook import Outlook
    from akimat_desk.budget.execution.preview import Preview
    from akimat_desk.budget.execution.reading.columns import Layout
    from akimat_desk.budget.execution.reading.reader import FormFile
    from akimat_desk.budget.execution.stored import Fact, FormView
    from akimat_desk.budget.execution.taking_in import TakenIn
    from akimat_desk.budget.views import DecisionSummary
    from akimat_desk.core.language import Language


@dataclass(frozen=True, slots=True)
class ExecutionShown:
    """What the page shows: the outlook of a month, what the year has, the reasons by stored code."""

    outlook: Outlook
    months: Mapping[int, tuple[FormView, ...]]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormSource:
    """A form as it came: a file (path or data) or pasted text, and what the person said about it."""

    path: Path | None = None
    pasted: str = ""
    unit: MoneyUnit | None = None
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    decided: Mapping[str, CodeChoice] = field(default_factory=dict)
    same_unit: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure's documents: the editions of the budget, and what each form in force says of its lines."""

    decisions: tuple[DecisionSummary, ...]
    facts: tuple[tuple[FormView, Fact], ...]


class ExecutionDesk(AreaDesk):
    """Questions to the open workspace, and the forms kept in it."""

    def shown(self, unit_id: int, year: int, month: int | None) -> ExecutionShown:
        """The month asked for, else the last one with a form, else January."""
        from akimat_desk.budget.execution.forms import Month
        from akimat_desk.budget.execution.outlook import outlook
        from akimat_desk.budget.execution.reasons import reasons
        from akimat_desk.budget.execution.stored import months_with_forms

        with self.workspace.reading() as session:
            months = months_with_forms(session, unit_id, year)
            chosen = Month(year, month or max(months, default=1))
            return ExecutionShown(
                outlook(session, unit_id, chosen),
                {each: tuple(found) for each, found in months.items()},
                reasons(session, unit_id, chosen),
            )

    def choose_method(self, method: Method | None) -> None:
        """Choose the method of the forecasts; None leaves it to the errors they had."""
        from akimat_desk.budget.execution.outlook import choose_method

        choose_method(self.workspace, self.actor, method)

    def preview(self, unit_id: int, source: FormSource) -> Preview:
        """A form beside what is stored. Raises InputRefused (ColumnsUnknown too), EnvironmentProblem."""
        from akimat_desk.budget.execution.preview import preview

        file = self._read(source)
        with self.workspace.reading() as session:
            return preview(
                session, unit_id, file.form, decided=source.decided, same_unit_said=source.same_unit
            )

    def take_in(self, unit_id: int, source: FormSource) -> TakenIn:
        """Store a form. Raises RuleBroken where it cannot be taken in."""
        from akimat_desk.budget.execution.taking_in import take_in

        file = self._read(source)
        kept = (file.name, file.data) if file.data is not None else None
        return take_in(
            self.workspace,
            self.actor,
            unit_id,
            file.form,
            kept,
            decided=source.decided,
            same_unit_said=source.same_unit,
        )

    def remember_columns(self, signature: str, layout: Layout) -> None:
        """Keep the columns that the person showed."""
        from akimat_desk.budget.execution.layouts import show_columns
        from akimat_desk.budget.execution.reading.columns import packed

        show_columns(self.workspace, self.actor, signature, packed(layout))

    def write_reason(self, unit_id: int, month: Month, code: str, said: str) -> None:
        """Keep why a line is off its plan."""
        from akimat_desk.budget.execution.taking_in import write_reason

        write_reason(self.workspace, self.actor, unit_id, month, code, said)

    def export(self, unit_id: int, month: Month, kind: FormKind, path: Path, language: Language) -> Path:
        """A month's sums as a plain workbook for 1C. Raises UsageProblem without such a form of the month,
        EnvironmentProblem where the file cannot be written."""
        from akimat_desk.budget.execution.stored import facts, months_with_forms
        from akimat_desk.core.errors import UsageProblem
        from akimat_desk.reports.plain_form import write_plain_form

        with self.workspace.reading() as session:
            there = months_with_forms(session, unit_id, month.year).get(month.month, ())
            form = next((each for each in there if each.kind is kind), None)
            if form is None:
                raise UsageProblem("error.form.none_of_kind", form=kind.value, month=str(month))
            lines = facts(session, form)
        return write_plain_form(form, lines, path, language)

    def withdraw(self, form_id: int, reason: str) -> None:
        """Take a form back. Raises RuleBroken."""
        from akimat_desk.budget.execution.taking_in import withdraw

        withdraw(self.workspace, self.actor, form_id, reason)

    def reasons_offered(self, unit_id: int, code: str) -> list[str]:
        """The office's earlier reasons, those of this line first."""
        from akimat_desk.budget.execution.reasons import reasons_offered

        with self.workspace.reading() as session:
            return reasons_offered(session, unit_id, code)

    def typed_lines(self, unit_id: int, kind: FormKind, month: Month) -> list[Fact]:
        """The lines to type a month into: those stored for it, else those of the month before or the
        budget's own."""
        from akimat_desk.budget.execution.typing_in import lines_to_type

        with self.workspace.reading() as session:
            return lines_to_type(session, unit_id, kind, month)

    def save_typed(self, unit_id: int, kind: FormKind, month: Month, lines: Sequence[Fact]) -> int:
        """Keep what was typed. Raises RuleBroken."""
        from akimat_desk.budget.execution.taking_in import save_typed

        return save_typed(self.workspace, self.actor, unit_id, kind, month, lines)

    def behind(self, unit_id: int, month: Month, code: str, *, receipts: bool) -> Behind:
        """The documents behind a line's figures; an empty code asks for the whole side."""
        from akimat_desk.budget.decisions.questions import decision_summary
        from akimat_desk.budget.execution.forms import FormKind
        from akimat_desk.budget.execution.planned import planned_documents
        from akimat_desk.budget.execution.stored import facts, months_with_forms

        kind = FormKind.RECEIPTS if receipts else FormKind.EXPENSES
        with self.workspace.reading() as session:
            documents = planned_documents(session, unit_id, month.year, month.last_day)
            ids = [each for each in (documents.approved, documents.amended) if each is not None]
            mine = [
                f
                for f in months_with_forms(session, unit_id, month.year).get(month.month, ())
                if f.kind is kind
            ]
            found = [
                (form, fact)
                for form in mine
                for fact in facts(session, form)
                if not code or f"{fact.code.stored}/".startswith(f"{code}/")
            ]
            return Behind(tuple(decision_summary(session, each) for each in ids), tuple(found))

    def _read(self, source: FormSource) -> FormFile:
        from akimat_desk.budget.execution.layouts import stored_layouts
        from akimat_desk.budget.execution.reading.reader import (
            ReadingChoices,
            read_form_file,
            read_form_pasted,
        )

        with self.workspace.reading() as session:
            layouts = {**stored_layouts(session), **source.layouts}
        choices = ReadingChoices(layouts, source.unit)
        if source.path is not None:
            return read_form_file(source.path, choices)
        return read_form_pasted(source.pasted, choices)
