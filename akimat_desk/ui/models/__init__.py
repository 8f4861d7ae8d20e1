"""Qt models over plain views: what lists and trees show."""
