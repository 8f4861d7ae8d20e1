"""What stands at the foot of every page."""

from __future__ import annotations

from akimat_desk.reports.document import ReportDocument


def footer_words(document: ReportDocument, most: int) -> str:
    """The footer's words on one line, at most ``most`` characters, cut between words."""
    words = " ".join((document.footer or document.subject).split())
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;/") + "…"
