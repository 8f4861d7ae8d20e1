"""The what-if as a paper: made from what is on the screen, saved where the person says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from akimat_desk.core.strings import Message
from akimat_desk.ui.context import Context
from akimat_desk.ui.dialogs.files import ask_save

if TYPE_CHECKING:
    from akimat_desk.budget.ratio.levers import Ground, Outcome


def save_paper(context: Context, ground: Ground, outcome: Outcome, parent: QWidget) -> None:
    """Ask where to, and write the annex of the minutes in both languages."""
    from akimat_desk.reports.definitions.common import DocLanguage
    from akimat_desk.reports.definitions.whatif import whatif
    from akimat_desk.ui.desks.reports import write_report

    title, name = context.speech("ui.hall.save"), context.speech("ui.hall.file_name", year=ground.year)
    target = ask_save(context, parent, "report", title, f"{name}.pdf", "PDF")
    if target is None:
        return
    document = whatif(ground, outcome, DocLanguage.BOTH)

    def saved(path: Path) -> None:
        context.notice.emit("good", Message("ui.hall.saved", {"path": str(path)}))

    context.with_files(lambda task: write_report([document], "pdf", target, task), saved, "ui.work.report")


def attach_paper(context: Context, ground: Ground, outcome: Outcome, meeting_id: int) -> None:
    """Keep the annex with a meeting."""
    from akimat_desk.reports.definitions.common import DocLanguage
    from akimat_desk.reports.definitions.whatif import whatif
    from akimat_desk.ui.desks.ratio import RatioDesk

    document = whatif(ground, outcome, DocLanguage.BOTH)
    name = f"{context.speech('ui.hall.file_name', year=ground.year)}.pdf"
    desk = context.desk.area(RatioDesk)

    def kept(_paper_id: int) -> None:
        context.notice.emit("good", Message("ui.hall.attached"))

    context.do(lambda _task: desk.attach_annex(meeting_id, name, document), kept, "ui.work.store")
