"""What agreed a budget document (which minutes), kept without knowing meetings."""
