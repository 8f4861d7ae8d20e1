"""Tables with amounts that are neither an annex nor a text's figures: they are shown, not dropped."""

from __future__ import annotations

from collections.abc import Collection

from akimat_desk.budget.reading.annex_amounts import amount_of
from akimat_desk.budget.reading.annex_tables import is_text
from akimat_desk.core.findings import Finding, Severity
from akimat_desk.intake.content import SourceDocument, Table

# Fewer rows with amounts are a frame around some words.
_LEAST_ROWS = 3
_SHOWN = 80


def unread_tables(
    source: SourceDocument, annexes: Collection[int], figures: Collection[int]
) -> list[Finding]:
    """A note for every table with amounts that nothing was read of.

    ``annexes`` are the indexes of the blocks that annexes took, ``figures`` the lines of the source
    that figures were read from.
    """
    return [
        _note(block)
        for index, block in enumerate(source.blocks)
        if isinstance(block, Table)
        and index not in annexes
        and _rows_with_amounts(block) >= _LEAST_ROWS
        and not any(block.line <= line < block.line + len(block.rows) for line in figures)
    ]


def _rows_with_amounts(table: Table) -> int:
    count = 0
    for row in table.rows:
        texts = [text for cell in row if (text := cell.one_line)]
        count += len(texts) > 1 and is_text(texts[0]) and amount_of(texts[-1]) is not None
        count += len(texts) > 2 and not is_text(texts[0]) and amount_of(texts[-1]) is not None
    return count


def _note(table: Table) -> Finding:
    words = " | ".join(text for cell in table.rows[0] if (text := cell.one_line))
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 2] + " …"
    return Finding(
        "reader.table_not_read",
        Severity.INFO,
        {"line": table.line, "rows": len(table.rows), "text": shown},
        source="source.decision_text",
    )
