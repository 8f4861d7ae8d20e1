"""Dialogs; each has a class method ``ask`` that returns plain values."""
