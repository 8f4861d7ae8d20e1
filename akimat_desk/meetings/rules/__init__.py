"""The law of meetings as pure functions over dated data; no database, no window."""
