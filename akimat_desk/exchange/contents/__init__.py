"""What travels in a package: each kind of document into plain data and back."""
