"""Akimat Desk (Әкімат үстелі): the program a rural akimat opens every morning."""

__version__ = "0.1.0"
