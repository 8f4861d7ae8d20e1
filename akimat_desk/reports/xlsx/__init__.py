"""Neutral documents as Excel workbooks: real numbers, living sums, ready to print."""

from akimat_desk.reports.xlsx.book import render_xlsx, xlsx_bytes

__all__ = ["render_xlsx", "xlsx_bytes"]
