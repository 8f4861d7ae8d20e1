"""Starting an amendment from an edition in force, and taking a draft over to an edition that came since.

A draft of an amendment is a whole edition of the budget (Budget Code art. 94 and 96): every figure is the
present one, carried, until it is changed; the draft is then edited and confirmed like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from akimat_desk.budget.comparing.keys import Key, Keys
from akimat_desk.budget.decisions.amending import edition_to_amend, entered_adjustments, with_adjustments
from akimat_desk.budget.decisions.documents import base_of, confirmed_documents, document_by_id, known_from
from akimat_desk.budget.decisions.editions import Edition, Origin, YearContent
from akimat_desk.budget.decisions.records import line_of, read_edition, write_edition
from akimat_desk.budget.decisions.tables import BudgetDocument
from akimat_desk.budget.drafts.cells import LineKey
from akimat_desk.budget.drafts.kept_steps import forget_steps
from akimat_desk.budget.drafts.loading import line_key
from akimat_desk.budget.figures import Figure, Figures
from akimat_desk.budget.lines import BudgetLine
from akimat_desk.budget.lines_alone import in_lines
from akimat_desk.budget.views import DecisionKind, DocumentState
from akimat_desk.core.errors import RuleBroken, UsageProblem
from akimat_desk.places.service import unit_by_id
from akimat_desk.storage.workspace import Actor, Workspace


def start_amendment(
    workspace: Workspace, actor: Actor, unit_id: int, year: int, as_of: dt.date | None = None
) -> int:
    """Make a draft of an amendment to the budget that answers for ``year``; returns the draft's id.

    It holds the edition in force (on ``as_of``, which then is the draft's date too) with every year it
    covers and the akim's adjustments made since (Budget Code art. 98: the corrected figures enter it). By
    the practice of published decisions it comes into force on 1 January of its first year.
    Raises UsageProblem when no decision answers for the year: there is nothing to amend.
    """
    with workspace.changing(actor, "amendment.started") as change:
        base = _in_force(change.session, unit_id, year, as_of)
        document = BudgetDocument(
            unit_id=unit_id,
            kind=DecisionKind.AMENDMENT.value,
            state=DocumentState.DRAFT.value,
            first_year=base.first_year,
            number="",
            date=as_of,
            effective_date=dt.date(base.first_year, 1, 1),
            session="",
            title="",
            language=base.language,
            based_on_id=base.id,
            created_at=dt.datetime.now(dt.UTC),
            created_by=actor.name,
        )
        write_edition(document, _carried(edition_to_amend(change.session, base, as_of)))
        _unprinted(document, _carried(read_edition(base)))
        change.session.add(document)
        change.session.flush()
        change.touch("budget_document", document.id)
        return document.id


def _in_force(session: Session, unit_id: int, year: int, as_of: dt.date | None) -> BudgetDocument:
    documents = [
        document
        for document in confirmed_documents(session, unit_id)
        if year in {row.year for row in document.years} and (as_of is None or known_from(document) <= as_of)
    ]
    if not documents:
        raise UsageProblem("error.amendment.no_decision", unit=unit_by_id(session, unit_id).name, year=year)
    own = [document for document in documents if document.first_year == year]
    return (own or documents)[-1]


def _carried(edition: Edition) -> Edition:
    """The same edition as a new document holds it: nothing of it is this document's own yet.

    What the text says stands in the lines, so that both change together.
    """
    years = {}
    for year, content in edition.years.items():
        made = in_lines(content)
        stated = frozenset(f for f, amount in made.text_figures.items() if amount is not None)
        years[year] = replace(
            made,
            text_figures=dict(made.text_figures),
            carried=stated,
            lines=list(made.lines),
            lines_origin=Origin.CARRIED,
        )
    return Edition(edition.first_year, years)


def _begun_with(session: Session, document: BudgetDocument) -> Edition:
    """What a draft held when it was begun: adjustments confirmed after that are no change of its own."""
    base = document_by_id(session, document.based_on_id or 0)
    return with_adjustments(base, entered_adjustments(session, document))


@dataclass(frozen=True, slots=True)
class Entered:
    """The akim's adjustments that an amendment holds, and what they add to its lines in the first year.

    ``documents`` are numbers and dates; ``amounts`` are tiyn, lines that they leave alone are not in it.
    """

    documents: tuple[tuple[str, dt.date | None], ...] = ()
    amounts: Mapping[LineKey, int] = field(default_factory=dict)


def entered(session: Session, document_id: int) -> Entered:
    """What of an amendment is the akim's and not its own. Raises UsageProblem for an unknown document."""
    document = document_by_id(session, document_id)
    made = entered_adjustments(session, document)
    if not made:
        return Entered()
    base = document_by_id(session, document.based_on_id or 0)
    year = base.first_year
    before = _by_line(_carried(read_edition(base)), year)
    after = _by_line(_carried(with_adjustments(base, made)), year)
    added = {key: (amount or 0) - (before.get(key) or 0) for key, amount in after.items()}
    return Entered(
        tuple((row.number, row.date) for row in made), {key: tiyn for key, tiyn in added.items() if tiyn}
    )


def _by_line(edition: Edition, year: int) -> dict[LineKey, int | None]:
    lines = edition.years[year].lines if year in edition.years else ()
    return {line_key(line): line.amount for line in lines}


def _unprinted(document: BudgetDocument, base: Edition) -> None:
    """An amount that adjustments moved stands on no paper: neither its row nor its print is kept."""
    for year, content in base.years.items():
        keys = Keys(year, base.first_year, year)
        before = {keys.of(line): line.amount for line in content.lines}
        for row in document.lines:
            if row.year == year and before.get(keys.of(line_of(row))) != row.amount:
                row.raw, row.row = "", 0


def renew_amendment(workspace: Workspace, actor: Actor, document_id: int) -> None:
    """Take a draft over to the edition that was confirmed since it was begun.

    What the draft changed is added to the new edition, line by line and year by year: an amount that both
    changed keeps both changes. Raises UsageProblem for an unknown document, RuleBroken for a confirmed one,
    for a draft that was read from a file and for one that nothing has overtaken.
    """
    with workspace.changing(actor, "amendment.renewed") as change:
        session = change.session
        document = document_by_id(session, document_id)
        if document.state != DocumentState.DRAFT:
            raise RuleBroken("error.decision.already_confirmed")
        if document.attachment_id is not None:
            raise RuleBroken("error.amendment.read_draft")  # the paper says what it says
        base = base_of(session, document.unit_id, document.first_year, document.date)
        if base is None or document.based_on_id in (None, base.id):
            raise RuleBroken("error.amendment.not_overtaken")
        former = _carried(_begun_with(session, document))
        renewed = _carried(edition_to_amend(session, base, document.date))
        _take_over(renewed, former, read_edition(document))
        entered = {
            (row.year, row.section, row.code, row.figure): (row.origin, row.entered_by, row.entered_at)
            for row in document.lines
            if row.origin != Origin.CARRIED
        }
        for rows in (document.years, document.figures, document.lines):
            rows.clear()
        session.flush()
        write_edition(document, renewed)
        _unprinted(document, _carried(read_edition(base)))
        for row in document.lines:
            place = (row.year, row.section, row.code, row.figure)
            if place in entered:
                row.origin, row.entered_by, row.entered_at = entered[place]
        document.based_on_id = base.id
        document.revision += 1
        forget_steps(session, document_id)
        change.touch("budget_document", document_id)


def _take_over(renewed: Edition, former: Edition, draft: Edition) -> None:
    """Add to ``renewed`` what ``draft`` changed of ``former``."""
    for year, content in draft.years.items():
        before = former.years.get(year, YearContent(year))
        after = renewed.years.setdefault(year, YearContent(year))
        after.text_figures, restated = _added_figures(
            after.text_figures, before.text_figures, content.text_figures
        )
        after.carried -= restated
        keys = Keys(year, renewed.first_year, year)
        after.lines = _added_lines(after.lines, before.lines, content.lines, keys)


def _added_figures(new: Figures, old: Figures, mine: Figures) -> tuple[Figures, set[Figure]]:
    restated = {figure for figure in Figure if old.get(figure) != mine.get(figure)}
    summed = dict(new)
    for figure in restated:
        summed[figure] = _sum(new.get(figure), old.get(figure), mine.get(figure))
    return summed, restated


def _sum(new: int | None, old: int | None, mine: int | None) -> int | None:
    """The new amount with the draft's change; where the draft took an amount away it goes here too."""
    if new is None or old is None:
        return mine
    return None if mine is None else new + mine - old


def _added_lines(
    new: Iterable[BudgetLine], old: Iterable[BudgetLine], mine: Iterable[BudgetLine], keys: Keys
) -> list[BudgetLine]:
    """The new lines with the draft's changes."""
    before: dict[Key, BudgetLine] = {keys.of(line): line for line in old}
    drafted: dict[Key, BudgetLine] = {keys.of(line): line for line in mine}
    lines: list[BudgetLine] = []
    known: set[Key] = set()
    for line in new:
        key = keys.of(line)
        known.add(key)
        was, wanted = before.get(key), drafted.get(key)
        made = line
        if was is not None and wanted is None:
            rest = (line.amount or 0) - (was.amount or 0)
            if not rest:
                continue  # the draft left the line out, and nothing was added to it since
            made = replace(line, amount=rest, raw="", row=0)
        elif wanted is not None and (was is None or was.amount != wanted.amount):
            amount = _sum(line.amount, was.amount if was is not None else 0, wanted.amount)
            made = replace(line, amount=amount, raw="", row=0)
        lines.append(made)
    for key, line in drafted.items():
        if key not in known and (key not in before or before[key].amount != line.amount):
            lines.insert(_place(line, lines), line)
    return lines


def _place(line: BudgetLine, lines: list[BudgetLine]) -> int:
    """Where a line stands among the others by its code: before the first that follows it."""
    section = [n for n, other in enumerate(lines) if other.section is line.section]
    after = [
        n
        for n in section
        if line.code is not None and (code := lines[n].code) is not None and code.stored > line.code.stored
    ]
    if after:
        return after[0]
    return section[-1] + 1 if section else len(lines)
