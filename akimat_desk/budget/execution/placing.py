"""Which part of a budget a line of a form belongs to: section I or II, or a figure of III, IV and VI."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from akimat_desk.budget.execution.forms import FormKind
from akimat_desk.budget.figures import Figure
from akimat_desk.classification.codes import LineKind
from akimat_desk.core.resources import resource

#: Where a whole code of costs has its specific, and how many digits that has.
_SPECIFIC, _DIGITS = 5, 3

_BY_KIND: Mapping[str, Figure] = {
    LineKind.CREDIT_REPAYMENTS.value: Figure.CREDIT_REPAYMENTS,
    LineKind.FIN_ASSETS_SALE.value: Figure.FIN_ASSETS_SALE,
    LineKind.LOANS_IN.value: Figure.LOANS_IN,
    LineKind.BALANCES_USED.value: Figure.BALANCES_USED,
    LineKind.BUDGET_CREDITS.value: Figure.BUDGET_CREDITS,
    LineKind.FIN_ASSETS_PURCHASE.value: Figure.FIN_ASSETS_PURCHASE,
    LineKind.LOANS_REPAID.value: Figure.LOANS_REPAID,
}


@cache
def _by_specific() -> Mapping[str, Figure]:
    data = json.loads(resource("forms", "execution.json").read_text("utf-8"))
    return {digit: Figure(figure) for digit, figure in data["figure_of_specific"].items()}


def figure_of(form: FormKind, kind: str, code: str) -> Figure | None:
    """The figure of sections III, IV or VI that a stored line adds to; None for one of sections I and II.

    ``kind`` is the line's stored ``LineKind``, ``code`` its stored code.
    """
    found = _BY_KIND.get(kind)
    if found is None and form is FormKind.EXPENSES:
        found = _by_specific().get(code[-_DIGITS:][:1])
        if found is not None and code.count("/") != _SPECIFIC:
            return None  # not down to a specific: the last digits are a program's
    return found
