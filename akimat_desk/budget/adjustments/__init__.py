"""Adjustments by the akim (Budget Code art. 98): changes of the budget between decisions."""
