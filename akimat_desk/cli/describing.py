"""``decision describe``: number, dates and session of a draft, or of a confirmed decision with a reason."""

from __future__ import annotations

import argparse

from akimat_desk.budget.decisions.commands import describe_draft
from akimat_desk.budget.decisions.correcting import correct_confirmed
from akimat_desk.budget.decisions.questions import decision_summary, edition_in_force
from akimat_desk.budget.views import DocumentState
from akimat_desk.cli.budgets import day
from akimat_desk.cli.output import Output
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace


def describe(arguments: argparse.Namespace, output: Output) -> int:
    """Fill in or correct what is given, and say which edition is in force then."""
    document_id: int = arguments.document
    date, effective = day(arguments.date), day(arguments.effective)
    with Workspace.open(arguments.workspace) as workspace:
        with workspace.reading() as session:
            state = decision_summary(session, document_id).state
        if state is DocumentState.DRAFT:
            describe_draft(
                workspace, DEFAULT_ACTOR, document_id, number=arguments.number, date=date,
                effective_date=effective, session_name=arguments.session_name,
            )  # fmt: skip
        else:
            correct_confirmed(
                workspace, DEFAULT_ACTOR, document_id, arguments.reason, number=arguments.number, date=date,
                effective_date=effective, session_name=arguments.session_name,
            )  # fmt: skip
        with workspace.reading() as session:
            decision = decision_summary(session, document_id)
            in_force = edition_in_force(session, decision.unit_id, decision.first_year)
    output.json(
        {
            "document": decision.id,
            "state": decision.state.value,
            "number": decision.number,
            "date": decision.date.isoformat() if decision.date else None,
            "effective_date": decision.effective_date.isoformat() if decision.effective_date else None,
            "session": decision.session,
            "edition": decision.edition,
            "in_force": in_force.id if in_force is not None else None,
        }
    )
    output.say("cli.decision.described", number=decision.number or "—", date=decision.date or "—")
    if in_force is not None:
        output.say("cli.decision.in_force", number=in_force.number or "—", date=in_force.date or "—")
    return 0
