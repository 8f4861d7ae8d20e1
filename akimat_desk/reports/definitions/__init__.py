"""What each report says: pure functions from plain views to neutral documents."""
