"""The grid in which a draft is typed: rows, model, view, editors, and what stands around it."""
