"""The budget year's calendar of a workspace: what is due, what is done, the office's own working days."""
