"""Workspaces: opening a file, sessions, the one door for writes, journal, attachments, backup.

Import from the modules, not from here: `workspace` brings SQLAlchemy, `changes` does not.
"""
