"""``meeting check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from akimat_desk.cli.output import DONE_WITH_ERRORS, Output
from akimat_desk.core.errors import InputRefused
from akimat_desk.core.strings import text
from akimat_desk.intake.doors import load_file
from akimat_desk.intake.limits import LIMITS
from akimat_desk.meetings.kinds import Status
from akimat_desk.meetings.rules.judge import judge
from akimat_desk.meetings.rules.reading import facts_of_json

_MARK = {Status.KEPT: "✓", Status.BROKEN: "✗", Status.UNKNOWN: "?"}


def check_meeting(arguments: argparse.Namespace, output: Output) -> int:
    """Judge one meeting."""
    card = judge(facts_of_json(_data(arguments.file), arguments.file))
    output.json(card.as_json(output.language))
    language = output.language
    for verdict in card.verdicts:
        status = text(f"meeting.status.{verdict.status.value}", language)
        article = text(verdict.article, language)
        output.line(f"{_MARK[verdict.status]} {verdict.title(language)}: {status}")
        output.line(f"    {text('meeting.card.is', language)}: {verdict.is_text.text(language)}")
        needed = verdict.needed_text.text(language)
        output.line(f"    {text('meeting.card.needed', language)}: {needed} ({article})")
    output.line()
    lawful = {True: "lawful", False: "unlawful", None: "unknown"}[card.lawful]
    output.line(text(f"meeting.card.{lawful}", output.language))
    status_of_findings = output.findings(card.findings)
    return DONE_WITH_ERRORS if card.lawful is False else status_of_findings


def _data(name: str) -> bytes:
    if name != "-":
        return load_file(Path(name))
    data = sys.stdin.buffer.read(LIMITS.packed_bytes + 1)
    if len(data) > LIMITS.packed_bytes:
        raise InputRefused("error.meeting.json", name=name, line=1)
    return data
