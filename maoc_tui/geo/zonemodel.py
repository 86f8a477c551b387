"""What a zone dataset is made of: areas, dividing lines, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KINDS = ("land", "internal", "archipelagic", "territorial", "contiguous", "eez", "joint", "high_seas")
"""Every kind, strictest first: a point in two of them is in the first."""
STATUSES = ("agreed", "disputed", "joint", "unsettled")
BASES = ("official", "derived", "equidistance", "inferred")
HAND = "hand"
"""Basis of what an officer entered over a dataset; no dataset holds it."""
ABBREVIATION = {
    "land": "land",
    "internal": "IW",
    "archipelagic": "AW",
    "territorial": "TS",
    "contiguous": "CZ",
    "eez": "EEZ",
    "joint": "JR",
    "high_seas": "HS",
}
AS_PUBLISHED = "as published; see the edition's own statement of accuracy"
"""What is said of official lines."""
UNIT = 1e-5
"""Degrees in one step of the stored lattice: 1.1 m."""


def line_sort(kind: str, basis: str, states: tuple[str, ...] = ()) -> str:
    """The key of a sort of line: "eez/equidistance", and between certain States "eez/equidistance/ES/FR"."""
    return "/".join([kind, basis, *sorted(states)])


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where the areas come from."""

    name: str
    edition: str
    date: str
    """When the data were derived or published, ISO 8601."""
    licence: str
    attribution: str
    sources: tuple[str, ...] = ()
    accuracy: tuple[tuple[str, str], ...] = ()
    """What may be promised of each sort of line, as (sort, text); see line_sort."""

    def accuracy_of(self, kind: str, basis: str, states: tuple[str, ...] = ()) -> str:
        """What may be promised of a line: between these States if that is known, else of its kind and basis."""
        known = dict(self.accuracy)
        sorts = line_sort(kind, basis, states), line_sort(kind, basis)
        told = next((known[sort] for sort in sorts if sort in known), "")
        return told or (AS_PUBLISHED if basis == "official" else "not known")

    def __str__(self) -> str:
        return f"{self.name} {self.edition} ({self.date})"


@dataclass(frozen=True, slots=True)
class Area:
    """One zone of one coastal state or territory."""

    id: int
    kind: str
    states: tuple[str, ...]
    """ISO 3166 alpha-2 of the coastal state, or of every claimant; empty on the high seas."""
    status: str
    basis: str
    name: str
    territory: str
    """Code of the state or territory whose coast makes the zone (GP for Guadeloupe of FR); "" on the high seas."""
    source: str
    edition: str

    @property
    def may_be(self) -> str:
        """A stricter kind that the waters may be as well, "" for none: no open data tell where the baseline runs."""
        return "internal" if (self.kind, self.basis) == ("territorial", "inferred") else ""

    @property
    def short(self) -> str:
        """At most 10 cells: ``PT TS``, ``ES EEZ``, ``HS``, ``EH/MA TS?``; ``PT TS*`` when entered by hand."""
        mark = ("?" if self.status in ("disputed", "unsettled") else "") + ("*" if self.basis == HAND else "")
        return f"{'/'.join(self.states[:2])} {ABBREVIATION[self.kind]}{mark}".strip()


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that divide the areas, one element a line; seen along a line the areas lie left and right."""

    left: NDArray[np.int32]
    """Area id, -1 outside the dataset."""
    right: NDArray[np.int32]
    basis: NDArray[np.uint8]
    """Index into BASES."""
    start: NDArray[np.int64]
    """First point of each line in ``points``, and the total at the end: n + 1 values."""
    points: NDArray[np.int32]
    """(m, 2) lon, lat in units of 1e-5 degree."""

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True)
class ZoneData:
    """A whole dataset."""

    dataset: Dataset
    areas: tuple[Area, ...]
    lines: Lines
