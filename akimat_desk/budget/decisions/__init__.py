"""Decisions of the mäslikhat as documents: drafts, confirmed editions, and the budget they make."""
