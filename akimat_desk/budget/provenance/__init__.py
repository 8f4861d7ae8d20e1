"""What a figure rests on: its documents, its parts, its rule, who brought it in and when."""
