"""The small language of control ratios: sums of figures that forms state, nothing else.

``form420('paid', code) + 0.5 * budget('costs')``: the functions of :data:`COLUMNS`, whole and decimal
numbers, ``+ - * /``, brackets and, in a ratio asked for each line, ``code``. Read by simpleeval with
everything else taken out; reckoned in exact fractions of tiyn, never in floats.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from akimat_desk.budget.control.amounts import COLUMNS, ControlAmounts
from akimat_desk.core.money import TIYN_PER_TENGE

LONGEST = 500
_ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Constant, ast.Load,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.UAdd,
)  # fmt: skip


class NotStatedError(Exception):
    """A figure that the expression needs is not stated: the ratio says nothing."""


class WrongExpressionError(ValueError):
    """The expression cannot be read; ``key`` is the catalogue's sentence and ``fields`` its fields."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that was asked for: its form, column and code, and what it said (tiyn)."""

    form: str
    column: str
    code: str
    amount: int


@dataclass(slots=True)
class Reckoned:
    """What a side comes to, in tiyn, and from which figures."""

    value: Fraction
    asked: list[Asked] = field(default_factory=list)


def check_expression(written: str, *, for_each: bool) -> None:
    """See that an expression can be read. Raises WrongExpressionError, which says what is wrong."""
    tree = _tree(written)
    calls = 0
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise WrongExpressionError("control.wrong.syntax", expression=written)
        if isinstance(node, ast.Call):
            _check_call(node, written, for_each)
            calls += 1
        elif isinstance(node, ast.Name) and node.id not in COLUMNS and not (for_each and node.id == "code"):
            raise WrongExpressionError("control.wrong.word", expression=written, word=node.id)
        elif isinstance(node, ast.Constant) and type(node.value) not in (int, float, str):
            raise WrongExpressionError("control.wrong.syntax", expression=written)
    if not calls and written.strip() != "0":
        raise WrongExpressionError("control.wrong.no_figure", expression=written)


def _check_call(node: ast.Call, written: str, for_each: bool) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in COLUMNS:
        raise WrongExpressionError(
            "control.wrong.form", expression=written, word=name or "?", known=", ".join(COLUMNS)
        )
    said = node.args[0] if node.args else None
    column = said.value if isinstance(said, ast.Constant) else None
    if node.keywords or not 1 <= len(node.args) <= 2 or column not in COLUMNS[name]:
        raise WrongExpressionError(
            "control.wrong.column", expression=written, word=column or "?", form=name,
            known=", ".join(COLUMNS[name]),
        )  # fmt: skip
    if len(node.args) == 2:
        code = node.args[1]
        named = isinstance(code, ast.Name) and code.id == "code" and for_each
        if not named and not (isinstance(code, ast.Constant) and isinstance(code.value, str)):
            raise WrongExpressionError("control.wrong.code", expression=written)


@cache
def _tree(written: str) -> ast.expr:
    if len(written) > LONGEST:
        raise WrongExpressionError("control.wrong.long", expression=written[:60], limit=LONGEST)
    try:
        parsed: ast.expr = ast.parse(written.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise WrongExpressionError("control.wrong.syntax", expression=written) from error
    return parsed


def reckon(written: str, amounts: ControlAmounts, code: str = "") -> Reckoned:
    """What a checked expression comes to. Raises NotStatedError where a figure is missing."""
    asked: list[Asked] = []

    def function(form: str) -> Callable[..., Fraction]:
        def ask(column: str, under: str = "") -> Fraction:
            amount = amounts.ask(form, column, under)
            if amount is None:
                raise NotStatedError(form)
            asked.append(Asked(form, column, under, amount))
            return Fraction(amount)

        return ask

    evaluator = SimpleEval(functions={form: function(form) for form in COLUMNS}, names={"code": code})
    evaluator.operators = dict(_OPERATORS)
    kept = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name)
    nodes: dict[type[ast.AST], Any] = {kind: evaluator.nodes[kind] for kind in kept}
    nodes[ast.Constant] = _constant
    evaluator.nodes = nodes
    try:
        value = evaluator.eval(written, previously_parsed=_tree(written))
    except ZeroDivisionError as error:
        raise NotStatedError(written) from error
    except InvalidExpression as error:
        raise WrongExpressionError("control.wrong.syntax", expression=written) from error
    return Reckoned(Fraction(value), asked)


def _constant(node: ast.Constant) -> Fraction | str:
    """A number as it was written ("0.1" is a tenth), a code or a column as it is."""
    return node.value if isinstance(node.value, str) else Fraction(str(node.value))


_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
    ast.USub: lambda value: -value,
    ast.UAdd: lambda value: value,
}


def tenge(amount: int) -> int:
    """Tenge as tiyn."""
    return amount * TIYN_PER_TENGE
