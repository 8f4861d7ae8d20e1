"""The columns of a form in a table: recognised by their heads, or as a person once showed them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from akimat_desk.budget.execution.forms import EXECUTED, EXPENSE_MEASURES, FormKind, Measure
from akimat_desk.budget.shown_columns import TableQuestion
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.text import fold


class CodePart(StrEnum):
    """A column of a code, or the name."""

    CODE = "code"  # the whole code, or a tree of codes in one column
    ADMINISTRATOR = "administrator"
    PROGRAM = "program"
    SUBPROGRAM = "subprogram"
    SPECIFIC = "specific"
    CATEGORY = "category"
    CLASS = "class"
    SUBCLASS = "subclass"
    NAME = "name"


Role = CodePart | Measure
#: Grid column (from 0) -> what stands in it.
Layout = Mapping[int, Role]


@dataclass(frozen=True, slots=True)
class ColumnQuestion(TableQuestion):
    """The question about a form; ``kind`` is the form where the file says which it is."""

    kind: FormKind | None = None


class ColumnsUnknown(InputRefused):
    """The heads of a table say too little; the person has to show the columns once."""

    def __init__(self, question: ColumnQuestion) -> None:
        super().__init__("error.form.columns_unknown", columns=question.listed)
        self.question = question


_START = r"(?:с начала|жыл басынан|на отчетную дату|есепті күнге)"
_PATTERNS: tuple[tuple[Role, str], ...] = (
    (Measure.LEFT_OBLIGATIONS, r"(?:остат|қалды).*(?:обязательств|міндеттеме)"),
    (Measure.LEFT_PAYMENTS, r"(?:остат|қалды).*(?:платеж|төлем)"),
    (Measure.OUTSTANDING, r"невыплачен|берілмеген міндеттеме"),
    (Measure.UNPAID, r"неоплачен|төленбеген"),
    (Measure.PAID_MONTH, r"(?:оплачен|төленген|касс|исполнен|атқарылған).*(?:месяц|ай(?:да|ы|дағы)?(?!\w))"),
    (Measure.PAID, r"оплачен|төленген|кассов\w* (?:расход|исполнен)|кассалық|выплачено"),
    (Measure.REGISTERED, r"принят\w* обязательств|зарегистрирован|қабылданған міндеттеме|тіркелген"),
    (Measure.PLAN_OBLIGATIONS, r"(?:план|жоспар).*(?:обязательств|міндеттеме)"),
    (Measure.PLAN_PAYMENTS, r"(?:план|жоспар).*(?:платеж|төлем)"),
    (Measure.RECEIVED_DAY, r"(?:за день|күніне|бір күн).*(?:мсу|жөб|самоуправлен|өзін.?өзі басқару)"),
    (Measure.RECEIVED, rf"{_START}.*(?:мсу|жөб|самоуправлен|өзін.?өзі басқару)"),
    (Measure.RECEIVED, rf"поступил\w*.*{_START}|түск\w*.*{_START}|{_START}.*(?:поступил|түск)"),
    (Measure.PLAN_YEAR, r"(?:план|жоспар).*(?:на год|год|жылға|жылдық)"),
    (CodePart.NAME, r"наименован|атауы"),
    (CodePart.CODE, r"администратор.*программ.*специфик|әкімші.*бағдарлама.*ерекшелік|^код|коды$|^кбк|кбк$"),
    (CodePart.SUBPROGRAM, r"подпрограмм|кіші бағдарлама"),
    (CodePart.ADMINISTRATOR, r"администратор|әкімші|^абп$|^ббә$"),
    (CodePart.PROGRAM, r"программа|бағдарлама"),
    (CodePart.SPECIFIC, r"специфик|ерекшелі"),
    (CodePart.SUBCLASS, r"подкласс|кіші сыны"),
    (CodePart.CATEGORY, r"категори|санат"),
    (CodePart.CLASS, r"класс|сыны"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)
_RECEIPT_COLUMNS = frozenset((CodePart.CATEGORY, CodePart.CLASS, CodePart.SUBCLASS))


def recognise(heads: Sequence[str]) -> dict[int, Role]:
    """The columns whose heads say what they are; the first of two alike counts."""
    found: dict[int, Role] = {}
    for column, head in enumerate(heads):
        role = role_of(head)
        if role is not None and role not in found.values():
            found[column] = role
    return found


def role_of(head: str) -> Role | None:
    """What a head says its column is."""
    text = fold(head)
    return next((role for role, pattern in _COMPILED if pattern.search(text)), None)


def by_numbers(kind: FormKind, columns: int) -> dict[int, Role]:
    """The columns of the official layout, where the row of column numbers is all there is."""
    if columns != 2 + len(EXPENSE_MEASURES):
        return {}
    layout: dict[int, Role] = {0: CodePart.CODE, 1: CodePart.NAME}
    if kind is FormKind.EXPENSES:
        layout |= {2 + place: measure for place, measure in enumerate(EXPENSE_MEASURES)}
    else:
        layout |= {6: Measure.RECEIVED_DAY, 11: Measure.RECEIVED}
    return layout


def kind_of(layout: Layout) -> FormKind | None:
    """Which form a table must be, by its columns."""
    roles = set(layout.values())
    if roles & {Measure.RECEIVED, Measure.RECEIVED_DAY} or roles & _RECEIPT_COLUMNS:
        return FormKind.RECEIPTS
    if roles & set(EXPENSE_MEASURES):
        return FormKind.EXPENSES
    return None


def is_enough(layout: Layout, kind: FormKind) -> bool:
    """Whether a code and what was executed can be read."""
    roles = set(layout.values())
    coded = bool(roles & {CodePart.CODE, CodePart.PROGRAM, CodePart.CATEGORY})
    return coded and EXECUTED[kind] in roles


def packed(layout: Layout) -> dict[str, str]:
    """A layout as plain JSON values."""
    return {str(column): role.value for column, role in sorted(layout.items())}


def unpacked(stored: Mapping[str, str]) -> dict[int, Role]:
    """The reverse of :func:`packed`. Raises ValueError for a role that does not exist."""
    return {int(column): role_from(value) for column, value in stored.items()}


def role_from(value: str) -> Role:
    """A role by its value. Raises ValueError."""
    return Measure(value) if value in set(Measure) else CodePart(value)
