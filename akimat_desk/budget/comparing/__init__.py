"""Budgets side by side: editions, years or units, line by line."""
