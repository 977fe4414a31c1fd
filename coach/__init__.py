"""A timed mock system design interview for the terminal."""

__version__ = "0.4.0"
