"""The command palette: every action, every place to go to, and search over everything."""
