"""What a forecast says in sentences, in every language, for window, paper and command line."""

from __future__ import annotations

from fractions import Fraction

from akimat_desk.budget.execution.forecast import Foretold, Method
from akimat_desk.budget.execution.outlook import OutlookLine
from akimat_desk.budget.execution.table import Column, share
from akimat_desk.core.language import Language
from akimat_desk.core.money import half_up, text_amount, to_step
from akimat_desk.core.strings import text


def line_name(line: OutlookLine, language: Language) -> str:
    """A line as it is spoken of; a total by its section."""
    if line.row.level == 0:
        return text(f"section.{line.row.section.value}", language)
    return line.row.name.text(language)


def method_name(method: Method, language: Language) -> str:
    """What a method is called."""
    return text(f"forecast.method.{method.value}", language)


def error_text(error: Fraction | None) -> str:
    """The error a method had on earlier years, in per cent: "4,2"; a dash where it was not tried."""
    return "–" if error is None else str(half_up(error * 100, 1)).replace(".", ",")


def off_plan(line: OutlookLine, foretold: Foretold) -> int | None:
    """What is expected less the plan for the year (tiyn); None without a plan."""
    plan = line.row.amount(Column.ADJUSTED)
    return None if plan is None else foretold.amount - plan


def forecast_sentences(
    line: OutlookLine, method: Method | None, language: Language, *, others: bool = True
) -> list[str]:
    """What the year will come to and how that is known; with ``others`` what the other methods say."""
    chosen = line.chosen(method)
    if chosen is None:
        return [text("forecast.words.nothing", language)]
    said = [_expected(line, chosen, language), _method(chosen, language)]
    if method is not None and chosen.method is not method:
        said.append(text("forecast.words.other_method", language, method=method_name(method, language)))
    listed = "; ".join(_other(each, language) for each in line.said if each is not chosen)
    if others and listed:
        said.append(text("forecast.words.others", language, others=listed))
    return said


def _expected(line: OutlookLine, chosen: Foretold, language: Language) -> str:
    plan, off = line.row.amount(Column.ADJUSTED), off_plan(line, chosen)
    fields: dict[str, object] = {"amount": text_amount(to_step(chosen.amount))}
    if plan is None or off is None:
        return text("forecast.words.no_plan", language, **fields)
    percent = share(chosen.amount, plan)
    fields |= {
        "plan": text_amount(plan),
        "off": text_amount(to_step(abs(off))),
        "percent": "–" if percent is None else str(percent).replace(".", ","),
    }
    way = "exact" if not to_step(off) else "less" if off < 0 else "more"
    return text(f"forecast.words.{way}", language, **fields)


def _method(chosen: Foretold, language: Language) -> str:
    name = method_name(chosen.method, language)
    if chosen.error is None:
        return text("forecast.words.untried", language, method=name)
    return text(
        "forecast.words.method", language, method=name, error=error_text(chosen.error), years=chosen.tried
    )


def _other(each: Foretold, language: Language) -> str:
    fields = {"method": method_name(each.method, language), "amount": text_amount(to_step(each.amount))}
    if each.error is None:
        return text("forecast.words.other_untried", language, **fields)
    return text("forecast.words.other", language, error=error_text(each.error), **fields)
