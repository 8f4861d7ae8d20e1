"""The self-sufficiency ratio: own revenue as a share of the budget, against the country's targets."""
