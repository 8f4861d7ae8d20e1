"""Sealed packages for the raion and oblast: written, verified, received; knows no server."""
