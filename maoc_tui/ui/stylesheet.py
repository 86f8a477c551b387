"""The stylesheet, each of its sources parsed once for each theme.

Textual 8.2 parses every source again whenever it refreshes the styles, several times before the first frame, though
neither sources nor colours have changed since; without this that is a third of the time to the first frame.
"""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

_SOURCES = 512
"""More than there are: one for each stylesheet and each class of widget."""


class ParsedOnce(Stylesheet):
    """A stylesheet that keeps what it has parsed until the variables change."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme; what was parsed with the same ones is kept."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what has not been parsed with the present variables."""
        self.parse()
