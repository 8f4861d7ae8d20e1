"""Reading treasury forms: the treasury's own print, workbooks, CSV and pasted tables."""
