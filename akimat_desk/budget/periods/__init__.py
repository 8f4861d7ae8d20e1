"""Closed months and years, the balances that a year opens with."""
