"""What the ratio's reckonings say in sentences, in every language, for window, paper and command line."""

from __future__ import annotations

from fractions import Fraction

from akimat_desk.budget.ratio.effects import Effects, strongest
from akimat_desk.budget.ratio.goals import Goal, GoalLine, Things
from akimat_desk.budget.ratio.law import LawChange
from akimat_desk.budget.ratio.levers import Moved, Outcome
from akimat_desk.budget.ratio.outlook import Outlook
from akimat_desk.budget.ratio.path import PathYear
from akimat_desk.budget.ratio.peers import Peers, Weak
from akimat_desk.budget.ratio.seek import Answer
from akimat_desk.budget.ratio.side_by_side import Column
from akimat_desk.budget.ratio.why import Contribution, LawNote, Why, gather
from akimat_desk.budget.ratio.written import MINUS, decimal_text, hundredths_text, percent_text
from akimat_desk.core.language import Language
from akimat_desk.core.money import TIYN_PER_TENGE, half_up, tenge_amount, text_amount, to_step
from akimat_desk.core.strings import Thousands, text

_SENTENCES = 4
_DECEMBER = 12


def line_name(contribution: Contribution, language: Language) -> str:
    """A line as it is spoken of; what no line explains is called so."""
    name = contribution.name.text(language)
    if contribution.path[-1] in ("targeted", "not_targeted"):
        return text(f"ratio.why.{contribution.path[-1]}", language)
    if not contribution.rest and name:
        return name
    if not name and _is_category(contribution):
        name = text(f"figure.{contribution.path[1]}", language)
    return text("ratio.why.rest_of", language, name=name) if name else text("ratio.why.rest", language)


def _is_category(contribution: Contribution) -> bool:
    return len(contribution.path) > 1 and contribution.path[0] == "revenue"


# --- why ----------------------------------------------------------------------------------------


def why_sentences(why: Why, language: Language) -> list[str]:
    """What happened, then the weightiest lines, the rest together, and what the law changed."""
    said = [_change(why, language)]
    shown, rest, count = gather(why.contributions, _SENTENCES)
    said += [contribution_sentence(each, language) for each in shown]
    if count:
        said.append(text("ratio.why.others", language, count=count, points=hundredths_text(rest)))
    for each in why.contributions:
        if each.law is not None:
            said.append(text(f"ratio.why.law_{each.law.value}", language, name=line_name(each, language)))
    return said


def _change(why: Why, language: Language) -> str:
    key = "same" if not why.hundredths else "grew" if why.hundredths > 0 else "fell"
    return text(
        f"ratio.why.{key}",
        language,
        before=percent_text(why.before.exact, 2),
        after=percent_text(why.after.exact, 2),
        points=hundredths_text(abs(why.hundredths), signed=False),
    )


def contribution_sentence(each: Contribution, language: Language) -> str:
    """One line: its amounts and what it moved."""
    if each.law is LawNote.ENDED:
        key = "ended"
    elif not each.before and each.after:
        key = "new"
    elif not each.after and each.before:
        key = "gone"
    else:
        key = "up" if each.after > each.before else "down" if each.after < each.before else "counted"
    return text(
        f"ratio.why.line_{key}",
        language,
        name=line_name(each, language),
        before=Thousands(each.before),
        after=Thousands(each.after),
        points=hundredths_text(each.hundredths),
    )


# --- goal seek ----------------------------------------------------------------------------------


def goal_sentence(goal: Goal, language: Language) -> str:
    """Where the year stands and what own revenue as a whole must grow by."""
    fields: dict[str, object] = {
        "year": goal.year,
        "ratio": percent_text(goal.position.percent()),
        "target": decimal_text(goal.target_percent),
    }
    if goal.reached:
        return text("goalseek.reached", language, **fields)
    if goal.own_growth is None:
        return text("goalseek.no_growth_enough", language, **fields)
    return text("goalseek.needs", language, **fields, growth=Thousands(goal.own_growth))


def goal_line_sentence(row: GoalLine, language: Language) -> str:
    """What one line alone must reach, in tenge and, where it is known, in things."""
    answer = row.answer
    name = row.line.name.text(language) or row.line.key
    if answer.answer is Answer.REACHED:
        return text("goalseek.line_reached", language, name=name)
    if answer.answer is Answer.IMPOSSIBLE and not _stops_short(answer.nearest, answer.amount):
        return text("goalseek.line_impossible", language, name=name)
    if answer.needed is None:
        return text(
            "goalseek.line_limited",
            language,
            name=name,
            nearest=Thousands(answer.nearest or 0),
            percent=percent_text(answer.nearest_percent),
        )
    said = text(
        "goalseek.line_needs",
        language,
        name=name,
        now=Thousands(answer.amount),
        needed=Thousands(answer.needed),
        growth=Thousands(answer.growth or 0),
    )
    if answer.amount > 0:
        times = half_up(Fraction(answer.needed, answer.amount), 1)
        said += text("goalseek.times", language, times=decimal_text(times))
    things = things_sentence(row.things, language)
    return f"{said}. {things}" if things else f"{said}."


def things_sentence(things: Things | None, language: Language) -> str:
    """ "About 14 more land leases at the present average of 166,7 thousand tenge"; "" where not known."""
    if things is None:
        return ""
    named = text(f"ratio.thing.{things.thing}", language, count=things.more)
    return text("goalseek.things", language, things=named, average=Thousands(to_step(things.average)))


def _stops_short(nearest: int | None, amount: int) -> bool:
    return nearest is not None and nearest > amount


def mix_sentence(goal: Goal, language: Language) -> str:
    """What the lines together come to."""
    fields: dict[str, object] = {
        "growth": Thousands(goal.mix.growth),
        "percent": percent_text(goal.mix.percent),
        "count": len(goal.lines),
    }
    return text(f"goalseek.mix_{goal.mix.answer.value}", language, **fields)


# --- history and outlook ------------------------------------------------------------------------


def path_sentence(year: PathYear, language: Language) -> str:
    """A year of the history: planned, executed, and the target."""
    said = [text("ratio.path.year", language, year=year.year)]
    first, now = (point.percent if point else None for point in (year.approved, year.planned))
    if first is not None and first != now:
        said.append(text("ratio.path.approved", language, percent=percent_text(first)))
    if year.planned is not None and year.planned.percent is not None:
        said.append(text("ratio.path.planned", language, percent=percent_text(year.planned.percent)))
        without = year.planned.percent_without_targeted
        if without is not None and without != year.planned.percent:
            said.append(text("ratio.path.without_targeted", language, percent=percent_text(without)))
    if year.executed is not None and year.executed.percent is not None:
        key = "ratio.path.executed"
        if year.executed.through_month not in (None, _DECEMBER):
            key = "ratio.path.executed_so_far"
        said.append(
            text(
                key,
                language,
                percent=percent_text(year.executed.percent),
                month=year.executed.through_month or _DECEMBER,
            )
        )
    if year.target_percent is not None:
        said.append(text("ratio.path.target", language, percent=decimal_text(year.target_percent)))
    return f"{said[0]} {', '.join(said[1:])}" if len(said) > 1 else ""


def law_sentence(law: LawChange, language: Language) -> str:
    """A change of law, its year and article."""
    return text("ratio.path.law", language, year=law.year, what=law.what, source=law.source)


def outlook_sentences(ahead: Outlook, language: Language) -> list[str]:
    """What was assumed, what comes of it, and whether the target line is met."""
    last = ahead.years[-1] if ahead.years else None
    basis = "history" if ahead.from_history else "chosen"
    said = [
        text(
            f"ratio.outlook.{basis}",
            language,
            year=ahead.base_year,
            own=decimal_text(ahead.own_growth),
            low=decimal_text(ahead.low_growth),
            high=decimal_text(ahead.high_growth),
            inflation=decimal_text(ahead.inflation),
        )
    ]
    if last is not None:
        said.append(
            text(
                "ratio.outlook.comes_to",
                language,
                year=last.year,
                middle=percent_text(last.middle),
                low=percent_text(min(last.low, last.high)),
                high=percent_text(max(last.low, last.high)),
                target=decimal_text(last.target_percent),
            )
        )
        said.append(_met_sentence(ahead, last.year, language))
    return said


def _met_sentence(ahead: Outlook, last: int, language: Language) -> str:
    if ahead.met_middle is not None:
        return text("ratio.outlook.met", language, year=ahead.met_middle, last=last)
    if ahead.met_high is not None:
        return text("ratio.outlook.met_at_best", language, year=ahead.met_high, last=last)
    return text("ratio.outlook.not_met", language, last=last)


# --- what if ------------------------------------------------------------------------------------


def outcome_sentence(outcome: Outcome, language: Language) -> str:
    """The ratio with the levers, against before and against the target."""
    fields: dict[str, object] = {
        "before": percent_text(outcome.percent_before),
        "after": percent_text(outcome.percent),
        "target": decimal_text(outcome.target_percent),
    }
    if outcome.percent is None:
        return text("ratio.whatif.unknown", language)
    if outcome.reached is None:
        return text("ratio.whatif.no_target", language, **fields)
    if outcome.reached:
        return text("ratio.whatif.reached", language, **fields)
    if outcome.gap is None:
        return text("ratio.whatif.below", language, **fields)
    return text("ratio.whatif.below_by", language, **fields, gap=Thousands(to_step(outcome.gap)))


def outcome_standing(outcome: Outcome, language: Language) -> str:
    """Where a year stands against its target, with what is missing in tenge."""
    fields: dict[str, object] = {"target": decimal_text(outcome.target_percent)}
    if outcome.reached is None:
        return text("ratio.standing.no_target", language)
    if outcome.reached:
        return text("ratio.standing.reached", language, **fields)
    if outcome.gap is None:
        return text("ratio.standing.below", language, **fields)
    return text("ratio.standing.below_by", language, **fields, gap=Thousands(to_step(outcome.gap)))


def balance_sentence(outcome: Outcome, language: Language) -> str:
    """Whether the money is enough."""
    key = "even" if not outcome.balance else "left" if outcome.balance > 0 else "lacking"
    return text(f"ratio.whatif.balance_{key}", language, amount=Thousands(abs(outcome.balance)))


def moved_sentence(moved: Moved, language: Language) -> str:
    """One line that a lever moved."""
    return text(
        "ratio.whatif.moved",
        language,
        name=moved.line.name.text(language) or moved.line.line,
        before=Thousands(moved.line.amount),
        after=Thousands(moved.amount),
        change=signed_thousands(moved.change),
    )


def effects_sentence(found: Effects, language: Language) -> str:
    """What the levers do alone, one after another, what only all together do, and what that comes to."""
    alone = "; ".join(hundredths_text(effect.hundredths) for effect in strongest(found))
    key = "one" if len(found.each) == 1 else "several" if not found.together else "together"
    return text(
        f"ratio.effects.{key}",
        language,
        total=hundredths_text(found.total),
        alone=alone,
        together=hundredths_text(found.together),
    )


def beside_sentence(place: int, column: Column, language: Language) -> str:
    """A scenario among others: its name, the ratio and whether the money is enough."""
    outcome = column.outcome
    key = "unknown" if outcome.percent is None else "reached" if outcome.reached else "not_reached"
    if outcome.reached is None and outcome.percent is not None:
        key = "no_target"
    said = text(
        f"ratio.scenarios.says_{key}",
        language,
        place=place,
        name=column.scenario.name,
        percent=percent_text(outcome.percent),
        target=decimal_text(outcome.target_percent),
        gap=Thousands(to_step(outcome.gap or 0)),
    )
    lost = len(outcome.lost)
    if lost:
        said += " " + text("ratio.scenarios.lost", language, count=lost)
    return f"{said} {balance_sentence(outcome, language)}"


def signed_thousands(tiyn: int) -> str:
    """A change in thousand tenge with its sign: "+1 045"."""
    shown = text_amount(abs(tiyn))
    return f"+{shown}" if tiyn > 0 else f"{MINUS}{shown}" if tiyn < 0 else shown


# --- peers --------------------------------------------------------------------------------------


def peers_sentences(found: Peers, language: Language) -> list[str]:
    """The place among similar units, and the group's ratio."""
    others = len(found.similar) - 1
    if found.place is None or others < 1:
        return [text("ratio.peers.alone", language, year=found.year)]
    key = "sized" if found.by_people else "kind"
    return [
        text(
            f"ratio.peers.place_{key}",
            language,
            year=found.year,
            place=found.place,
            of=len(found.similar),
            percent=percent_text(found.mine.percent),
        ),
        text("ratio.peers.group", language, percent=percent_text(found.group)),
    ]


def weak_sentence(weak: Weak, found: Peers, language: Language) -> str:
    """A line that brings clearly less per resident, with the arithmetic."""
    return text(
        "ratio.peers.weak",
        language,
        name=weak.line.name.text(language) or weak.line.key,
        here=tenge_amount(_whole_tenge(weak.per_resident)),
        median=tenge_amount(_whole_tenge(weak.median)),
        units=weak.of_units,
        people=found.mine.people,
        could_be=Thousands(to_step(weak.could_be)),
        more=Thousands(to_step(weak.more)),
    )


def _whole_tenge(tiyn: Fraction) -> int:
    return int(half_up(tiyn / TIYN_PER_TENGE, 0)) * TIYN_PER_TENGE
