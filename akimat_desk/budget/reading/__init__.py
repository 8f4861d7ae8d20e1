"""Understanding budget decisions: text, HTML, Word or Excel in, a plain draft with findings out.

No database, no window. The door is :func:`akimat_desk.budget.reading.reader.read_decision`.
"""
