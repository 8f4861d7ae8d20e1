"""The neutral document as JSON: what a script reads where a person reads paper.

Amounts are strings in thousand tenge ("46633.1"), null is "not stated".
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from akimat_desk.core.errors import UsageProblem
from akimat_desk.core.files import store_bytes
from akimat_desk.core.money import plain
from akimat_desk.core.progress import Task
from akimat_desk.reports import document as doc


def render_json(documents: Sequence[doc.ReportDocument], path: Path, task: Task | None = None) -> Path:
    """Write ``{"documents": […]}``.

    Raises EnvironmentProblem when the file cannot be written, UsageProblem when there is nothing
    to write, Cancelled.
    """
    if not documents:
        raise UsageProblem("error.report.empty")
    task = task or Task()
    parts = []
    for number, document in enumerate(documents):
        task.step(number, len(documents))
        parts.append(document_json(document))
    content = json.dumps({"documents": parts}, ensure_ascii=False, indent=1) + "\n"
    task.step(len(documents), len(documents))
    return store_bytes(path, content.encode())


def document_json(document: doc.ReportDocument) -> dict[str, Any]:
    """One document as plain JSON values."""
    return {
        "id": document.id,
        "title": document.title,
        "language": document.language.value,
        "subject": document.subject,
        "footer": document.footer,
        "landscape": document.landscape,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: doc.Block) -> dict[str, Any]:
    match block:
        case doc.Heading():
            return {"type": "heading", "level": block.level, "text": block.text}
        case doc.Text():
            return {
                "type": "text",
                "tone": block.tone.value,
                "align": block.align.value,
                "indent": block.indent,
                "bold": block.bold,
                "text": block.text,
            }
        case doc.Table():
            return {
                "type": "table",
                "name": block.name,
                "unit": block.unit,
                "columns": [{"width": c.width, "align": c.align.value} for c in block.columns],
                "head": [[_cell(cell) for cell in row] for row in block.head],
                "rows": [
                    {
                        "level": row.level,
                        "bold": row.bold,
                        "marked": row.marked,
                        "cells": [_cell(cell) for cell in row.cells],
                    }
                    for row in block.rows
                ],
            }
        case doc.Chart():
            return {
                "type": "chart",
                "kind": block.kind.value,
                "title": block.title,
                "unit": block.unit,
                "categories": list(block.categories),
                "series": [{"name": s.name, "line": s.line, "values": list(s.values)} for s in block.series],
                "text_equivalent": block.text_equivalent,
            }
        case doc.Signatures():
            return {
                "type": "signatures",
                "people": [{"position": p.position, "name": p.name or None} for p in block.people],
            }
        case doc.PageBreak():
            return {"type": "page_break"}
        case doc.SideBySide():
            return {
                "type": "side_by_side",
                "left_language": block.left_language.value,
                "right_language": block.right_language.value,
                "left": [_block(part) for part in block.left],
                "right": [_block(part) for part in block.right],
            }
        case doc.Code():
            return {"type": "code", "digits": block.digits, "caption": block.caption}


def _cell(cell: doc.Cell) -> dict[str, Any]:
    match cell:
        case doc.TextCell():
            shown: dict[str, Any] = {"text": cell.text}
            if cell.colspan > 1:
                shown["colspan"] = cell.colspan
            if cell.rowspan > 1:
                shown["rowspan"] = cell.rowspan
            return shown
        case doc.AmountCell():
            return {"amount": plain(cell.tiyn)}
        case doc.PercentCell():
            return {"percent": cell.value}
