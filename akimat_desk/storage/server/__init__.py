"""A workspace of many hands: the same tables in a PostgreSQL database."""
