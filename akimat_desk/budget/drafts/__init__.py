"""Drafts of a budget edited by hand: a sheet in memory, edits as values, each saved at once."""
