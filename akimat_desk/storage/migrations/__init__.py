"""The steps from each released table layout to the next (Alembic)."""
