"""Financing plans: receipts, payments and obligations of a year by month, their changes and checks."""
