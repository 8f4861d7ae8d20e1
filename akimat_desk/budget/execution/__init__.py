"""Execution: the treasury's forms month by month, plan and fact line by line, the forecast."""
