"""Neutral documents as PDF: A4, embedded fonts, the same bytes for the same document."""

from akimat_desk.reports.pdf.pages import pdf_bytes, render_pdf

__all__ = ["pdf_bytes", "render_pdf"]
