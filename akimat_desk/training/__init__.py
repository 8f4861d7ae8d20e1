"""Learning on the real program: the shipped example okrug (lessons come later)."""
