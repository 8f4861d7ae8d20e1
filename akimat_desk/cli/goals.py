"""``goalseek``: what own revenue must reach for the target."""

from __future__ import annotations

import argparse
from decimal import Decimal
from fractions import Fraction

from akimat_desk.budget.ratio.goals import Goal, GoalLine, GoalQuestion, seek
from akimat_desk.budget.ratio.seek import Growth, MixAnswer
from akimat_desk.budget.ratio.variants import Variant
from akimat_desk.budget.ratio.words import goal_line_sentence, goal_sentence, mix_sentence
from akimat_desk.budget.views import Basis
from akimat_desk.cli.output import Output
from akimat_desk.cli.units import chosen_unit
from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.money import from_plain, half_up, plain
from akimat_desk.core.strings import text
from akimat_desk.storage.workspace import Workspace

_WHOLE = 100


def goalseek(arguments: argparse.Namespace, output: Output) -> int:
    """What the lines must reach, each alone and all together."""
    variant = Variant(arguments.formula or arguments.denominator or Variant.TOTAL_REVENUE)
    question = GoalQuestion(
        year=arguments.year,
        variant=variant,
        growth=Growth.TOTAL_FIXED if arguments.total_fixed else Growth.TOTAL_GROWS,
        target_percent=_target(arguments.target),
        lines=tuple(arguments.line or ()),
        limits=tuple(_limit(written) for written in arguments.limit or ()),
    )
    with Workspace.open(arguments.workspace, read_only=True) as workspace, workspace.reading() as session:
        unit = chosen_unit(session, arguments, output.language)
        goal = seek(session, unit.id, question)
    language = output.language
    output.json(goal_json(goal, unit.kato or unit.name.text(language), output))
    output.line(goal.unit_name.text(language))
    output.line(text(variant.formula_key, language))
    output.line(goal_sentence(goal, language))
    for row in goal.lines:
        output.line("  " + goal_line_sentence(row, language))
    if len(goal.lines) > 1:
        output.line(mix_sentence(goal, language))
    return output.findings(goal.findings)


def goal_json(goal: Goal, unit: str, output: Output) -> dict[str, object]:
    """The shape of ``goalseek --json``: amounts as strings in thousand tenge, as everywhere."""
    now, reached = goal.position.above, goal.own_growth
    return {
        "unit": unit,
        "year": goal.year,
        "basis": "projection" if goal.basis is Basis.PROJECTION else "decision",
        "formula": text(goal.variant.formula_key, output.language),
        "variant": goal.variant.value,
        "denominator": goal.variant.denominator.value,
        "growth": goal.growth.value,
        "own_revenue": plain(now),
        "denominator_amount": plain(goal.position.below),
        "ratio_percent": _percent(goal.position.percent()),
        "target_percent": str(goal.target_percent),
        "reached": goal.reached,
        "own_revenue_needed": plain(now + reached) if reached is not None else None,
        "growth_thousand_tenge": plain(reached),
        "lines": [_line_json(row) for row in goal.lines],
        "mix": _mix_json(goal.mix),
        "findings": [finding.as_json(output.language) for finding in goal.findings],
    }


def _line_json(row: GoalLine) -> dict[str, object]:
    answer, things = row.answer, row.things
    return {
        "code": row.line.code.as_json(),
        "name_kk": row.line.name.kk,
        "name_ru": row.line.name.ru,
        "amount": plain(answer.amount),
        "answer": answer.answer.value,
        "needed": plain(answer.needed),
        "growth": plain(answer.growth),
        "nearest": plain(answer.nearest),
        "nearest_ratio_percent": _percent(answer.nearest_percent),
        "things": None
        if things is None
        else {
            "what": things.thing,
            "count": things.count,
            "average": plain(things.average),
            "more": things.more,
        },
    }


def _mix_json(mix: MixAnswer) -> dict[str, object]:
    return {
        "answer": mix.answer.value,
        "growth": plain(mix.growth),
        "ratio_percent": _percent(mix.percent),
        "lines": [
            {"line": key, "amount": plain(now), "needed": plain(then)} for key, now, then in mix.amounts
        ],
    }


def _percent(value: Fraction | None) -> str | None:
    return None if value is None else str(half_up(value, 1))


def _target(written: str | None) -> Decimal | None:
    if written is None:
        return None
    try:
        target = Decimal(written.replace(",", ".").rstrip("%").strip())
    except ArithmeticError as error:
        raise UsageProblem("error.cli.percent", written=written) from error
    if not target.is_finite() or not 0 < target <= _WHOLE:
        raise UsageProblem("error.cli.percent", written=written)
    return target


def _limit(written: str) -> tuple[str, int]:
    code, _, amount = written.partition("=")
    try:
        limit = from_plain(amount.strip().replace(",", "."))
    except ValueError as error:
        raise UsageProblem("error.cli.limit", written=written) from error
    if not code.strip() or limit < 0:
        raise UsageProblem("error.cli.limit", written=written)
    return code, limit
