"""The stylesheet: each of its sources parsed once for each theme, component styles made anew only when they change.

Textual 8.2 parses every source again whenever it refreshes the styles, several times before the first frame, though
neither sources nor colours have changed since; without this that is a third of the time to the first frame. It also
makes the styles of all components of a widget anew whenever the widget is styled, three times as a screen opens.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

_SOURCES = 512
"""More than there are: one for each stylesheet and each class of widget."""
_THEMES = 12
"""More than anybody goes through in a watch: colours of a theme, and those of the terminal."""


@lru_cache(maxsize=_THEMES)
def _parsed_with(_variables: tuple[tuple[str, str], ...]) -> LRUCache[tuple[Any, ...], Any]:
    """What has been parsed with these variables, by whatever stylesheet of this process."""
    return LRUCache(_SOURCES)


class ParsedOnce(Stylesheet):
    """A stylesheet that keeps what it has parsed with each set of variables."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._edition = 0
        """Another number when other rules may hold."""
        self._take_up()

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme; what was parsed with the same ones is kept."""
        if variables != self._variables:
            self._parse_cache = LRUCache(1)  # what is about to be emptied is kept elsewhere
            super().set_variables(variables)
            self._take_up()

    def _take_up(self) -> None:
        self._parse_cache = _parsed_with(tuple(sorted(self._variables.items())))

    def reparse(self) -> None:
        """Parse what has not been parsed with the present variables."""
        self.parse()

    def parse(self) -> None:
        """Put the rules together; they are others only where a source or a colour is."""
        before = self._rules
        super().parse()
        if before is None or list(map(id, before)) != list(map(id, self._rules or ())):
            self._edition += 1

    def _process_component_classes(self, node: DOMNode) -> None:
        decided = (
            (self._edition, *map(_selected_by, node.css_path_nodes)) if node._get_component_classes() else ()
        )
        if decided and getattr(node, "_components_decided", None) == decided:
            return
        super()._process_component_classes(node)
        if decided:
            node._components_decided = decided  # type: ignore[attr-defined]


def _selected_by(node: DOMNode) -> tuple[Any, ...]:
    """All of a node a rule can ask for."""
    return node._css_type_name, node.id, node.classes, node.pseudo_classes
