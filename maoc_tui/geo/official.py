"""What official zone data are made of: layers of rows as read, areas as understood, and what was found wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 1_500_000_000
"""Largest file, and largest member of an archive once unpacked."""
MAX_ROWS = 200_000
MAX_VERTICES = 20_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row or feature as it stands in a file."""

    number: int
    """From 1, in the order of the file."""
    fields: Mapping[str, object]
    """Column to value, column names in lower case."""
    shape: Any | None
    """A shapely geometry in degrees, or None."""
    fault: str = ""
    """Why the geometry could not be read."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a file."""

    file: str
    name: str
    rows: Iterator[Row]
    about: Mapping[str, str] = field(default_factory=dict)
    """What the file says of itself: source, edition, layer, licence, attribution."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who published a set of official areas, and on what terms."""

    title: str
    edition: str
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class OfficialArea:
    """One official zone, its geometry valid, on the dataset's lattice and in normal form."""

    kind: str
    states: tuple[str, ...]
    status: str
    name: str
    territory: str
    source: Source
    shape: Any
    """Polygon or MultiPolygon, lon/lat degrees."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about one row."""

    file: str
    row: int
    """From 1; 0 for the whole file."""
    field: str
    reason: str
    action: str
    """refused, repaired, duplicate or note."""


class Refused(Exception):
    """A row that cannot be used."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason
