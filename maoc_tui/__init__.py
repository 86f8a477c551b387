"""maoc-tui: the watch desk of a maritime narcotics coordination centre, in a terminal."""

__version__ = "0.1.0"
