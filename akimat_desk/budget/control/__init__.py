"""Control ratios: what must hold between the figures of one form and across forms, as data."""
