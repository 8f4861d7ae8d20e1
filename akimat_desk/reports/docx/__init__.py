"""Neutral documents as Word files, for where people go on editing."""

from akimat_desk.reports.docx.file import docx_bytes, render_docx

__all__ = ["docx_bytes", "render_docx"]
