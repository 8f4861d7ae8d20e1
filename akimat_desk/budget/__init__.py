"""The budget's life: reading decisions, the balance, editions, the self-sufficiency ratio."""
