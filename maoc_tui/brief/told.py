"""Everything a copy tells: its lines, and each position as a line of its own.

Whoever asks by what right something stands in a copy, counts it, recalls it or hands it out asks this, so that the
picture and the files of positions are never forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.document import Document, Line, Place
from maoc_tui.brief.picture import place_words

POSITIONS = "positions/"
"""How the keys of positions begin: ``positions/position T-0417``."""
TITLE = "Positions"


def told(document: Document) -> Iterator[Line]:
    """Every line, then every position."""
    yield from document.lines
    yield from map(as_line, document.places)


def as_line(place: Place) -> Line:
    """A position in the words of the picture's legend."""
    return Line(
        key=f"{POSITIONS}position {place.ref}",
        text=place_words(place),
        marking=place.marking,
        why=place.why,
        cites=place.cites,
        terms=place.terms,
        owners=place.owners,
    )
