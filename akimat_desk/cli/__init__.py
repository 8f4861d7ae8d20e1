"""The program from a terminal: the contract's commands over the same services as the window."""
