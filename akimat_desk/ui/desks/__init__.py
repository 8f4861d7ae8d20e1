"""What each area of the window asks of the services."""
