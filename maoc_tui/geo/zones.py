"""In whose waters a position is, how far each line is, and how sure that is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maoc_tui.geo import zonecache, zonedistance, zonefile, zonegrid, zonelines, zoneoutlines
from maoc_tui.geo.zonecrossing import Crossing, next_crossing
from maoc_tui.geo.zonemodel import BASES, KINDS, Area, Dataset, Lines, ZoneData

__all__ = ["Area", "Crossing", "Dataset", "LineDistance", "ZoneIndex", "ZoneLine"]

_OTHERS_NM = 24.0
"""Beyond the nearest line of each kind, further states' lines are told up to this distance."""


@dataclass(frozen=True, slots=True)
class LineDistance:
    """The nearest point of one sort of line."""

    kind: str
    """The zone that ends there: land is the coast, territorial the 12 nm limit, and so on."""
    states: tuple[str, ...]
    basis: str
    distance_nm: float
    bearing: float
    """Degrees true from the position, 0 <= bearing < 360."""
    accuracy: str = ""
    """What may be promised of the line."""


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A line for drawing, without the coast."""

    kind: str
    """The zone that ends there, as in LineDistance."""
    states: tuple[str, ...]
    status: str
    basis: str
    lon: NDArray[np.float32]
    lat: NDArray[np.float32]


class ZoneIndex:
    """A zone dataset ready to be asked; safe to use from several threads."""

    def __init__(
        self,
        dataset: Dataset,
        areas: tuple[Area, ...],
        lines: Lines,
        grid: zonegrid.Grid,
        chunks: zonelines.Chunks,
        outlines: zoneoutlines.Outlines | None = None,
    ) -> None:
        self.dataset, self.areas = dataset, areas
        self._lines, self._grid, self._chunks = lines, grid, chunks
        self._outlines = outlines
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls, path: Path, cache: Path | None = None, on_build: Callable[[], None] = lambda: None
    ) -> ZoneIndex:
        """Open a zone file by its built index; the first time, or after a change, the index is built.

        ``on_build`` is called before that, for it takes seconds.

        Raises BadInput when the file is no zone file, StoreProblem when it is missing or damaged.
        """
        name = f"zones-{zonefile.digest(path)[:24]}-{zonecache.VERSION}.index"
        kept = (cache or zonecache.folder()) / name
        held = zonecache.load(kept)
        if held is None:
            on_build()
            built = cls.of(zonefile.read(path))
            built._outlines = built._thinned()
            zonecache.save(kept, built.dataset, built.areas, built._arrays())
            held = zonecache.load(kept)  # mapped, it takes no memory of its own
            if held is None:
                return built
            del built
            zonecache.give_back_memory()
        dataset, areas, arrays = held
        lines = Lines(*(arrays[f"lines.{name}"] for name in _LINES))
        grid = zonegrid.Grid(*(arrays[f"grid.{name}"] for name in zonegrid.ARRAYS))
        chunks = zonelines.Chunks(*(arrays[f"chunks.{name}"] for name in zonelines.ARRAYS))
        outlines = zoneoutlines.Outlines(*(arrays[f"outlines.{name}"] for name in zoneoutlines.ARRAYS))
        return cls(dataset, areas, lines, grid, chunks, outlines)

    @classmethod
    def of(cls, data: ZoneData) -> ZoneIndex:
        """Build the index of a dataset in memory."""
        from maoc_tui.geo import zonegrid_build

        sorts = [_sort(data.areas, a, b) for a, b in zip(data.lines.left, data.lines.right, strict=True)]
        groups = sorted({sort for sort in sorts if sort})
        number = {sort: i for i, sort in enumerate(groups)}
        group = np.array([number[sort] if sort else -1 for sort in sorts], np.int32)
        rank = np.array([rank for rank, _ in groups], np.int32)
        chunks = zonelines.build(data.lines, group, rank)
        return cls(data.dataset, data.areas, data.lines, zonegrid_build.build(data.lines), chunks)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        parts: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
            ("lines", self._lines, _LINES),
            ("grid", self._grid, zonegrid.ARRAYS),
            ("chunks", self._chunks, zonelines.ARRAYS),
            ("outlines", self._outlines, zoneoutlines.ARRAYS),
        )
        return {f"{part}.{name}": getattr(held, name) for part, held, names in parts for name in names}

    @cached_property
    def _groups(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Kind rank and states of every group of lines."""
        lines = self._lines
        found = (_sort(self.areas, int(lines.left[i]), int(lines.right[i])) for i in self._chunks.head)
        return tuple(sort for sort in found if sort)

    def locate(self, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.int32]:
        """Area id per point in degrees; -1 outside the dataset, for NaN and for impossible latitudes."""
        if np.ndim(lat) == 0 and np.ndim(lon) == 0:
            return np.array([self._grid.one(float(lat), float(lon))], np.int32)  # type: ignore[arg-type]
        lat, lon = np.atleast_1d(np.asarray(lat, np.float64)), np.atleast_1d(np.asarray(lon, np.float64))
        shape = np.broadcast_shapes(lat.shape, lon.shape)
        if lat.size == lon.size == 1:
            return np.full(shape, self._grid.one(lat.item(), lon.item()), np.int32)
        found = self._grid.locate(np.broadcast_to(lat, shape).ravel(), np.broadcast_to(lon, shape).ravel())
        return found.reshape(shape)

    def candidates(self, lat: float, lon: float, radius_nm: float) -> list[int]:
        """Ids of the areas that a circle touches, the one at its centre first; strictest kinds before others."""
        here = int(self.locate(lat, lon)[0])
        found: set[int] = set()
        if radius_nm > 0 and np.isfinite([lat, lon]).all() and abs(lat) <= 90:
            lines = zonedistance.touched(self._chunks, lat, lon, radius_nm)
            found = set(self._lines.left[lines].tolist()) | set(self._lines.right[lines].tolist())
        ordered = sorted(found - {here, -1})
        return [here, *ordered] if here >= 0 else ordered

    def nearest_lines(self, lat: float, lon: float) -> tuple[LineDistance, ...]:
        """The nearest line of each kind, and other states' lines within 24 nm, nearest first."""
        if not (np.isfinite([lat, lon]).all() and abs(lat) <= 90):
            return ()
        feet = zonedistance.groups_near(self._chunks, lat, lon, _OTHERS_NM)
        columns = (feet.key, feet.distance_nm, feet.bearing, feet.line)
        return tuple(self._told(list(zip(*(column.tolist() for column in columns), strict=True))))

    def distances(
        self, lat: ArrayLike, lon: ArrayLike, kinds: Sequence[str] = ("territorial",)
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Nautical miles and true bearing from n positions to the nearest line of each kind: two arrays (n, kinds).

        A kind names the zone that ends at the line, as in LineDistance. Geodesic, within 0.01 nm. NaN where the
        position is none or no such line exists. Raises ValueError for a kind that there is not.
        """
        columns = np.broadcast_arrays(np.asarray(lat, np.float64), np.asarray(lon, np.float64))
        ranks = tuple(KINDS.index(kind) for kind in kinds)
        return zonedistance.distances(self._chunks, columns[0].ravel(), columns[1].ravel(), ranks)

    def next_crossing(
        self, lat: float, lon: float, course: float, speed_kn: float, hours: float
    ) -> Crossing | None:
        """The next zone boundary on a constant course (degrees true) and speed within ``hours``; None without any.

        Areas of one kind and the same states count as one zone. See zonecrossing.next_crossing.
        """
        return next_crossing(self._chunks, self.locate, self._zones, (lat, lon), course, speed_kn, hours)

    @cached_property
    def _zones(self) -> NDArray[np.int64]:
        number: dict[tuple[str, tuple[str, ...]], int] = {}
        zones = [number.setdefault((area.kind, area.states), len(number)) for area in self.areas]
        return np.array([*zones, -1], np.int64)

    def _told(self, found: list[tuple[int, float, float, int]]) -> list[LineDistance]:
        first: dict[str, float] = {}
        told = []
        for group, distance, bearing, line in sorted(found, key=lambda item: item[1]):
            rank, states = self._groups[group]
            limit = first.setdefault(KINDS[rank], distance if rank == 0 else max(distance, _OTHERS_NM))
            if distance <= limit:
                kind, basis = KINDS[rank], BASES[self._lines.basis[line]]
                accuracy = self.dataset.accuracy_of(kind, basis, states)
                told.append(LineDistance(kind, states, basis, distance, bearing, accuracy))
        return told

    def outlines(self) -> tuple[ZoneLine, ...]:
        """Zone lines without coast and land borders, thinned for drawing (zoneoutlines.TOLERANCE_DEG)."""
        with self._lock:
            if self._outlines is None:
                self._outlines = self._thinned()
        held, lines = self._outlines, self._lines
        sides = (part[held.line].tolist() for part in (lines.left, lines.right, lines.basis))
        about = map(self._about, *sides)
        lon, lat = held.points.T
        ends = pairwise(held.start.tolist())
        return tuple(ZoneLine(*told, lon[a:b], lat[a:b]) for told, (a, b) in zip(about, ends, strict=True))

    def _thinned(self) -> zoneoutlines.Outlines:
        sides = zip(self._lines.left.tolist(), self._lines.right.tolist(), strict=True)
        sorts = [_sort(self.areas, a, b) for a, b in sides]
        return zoneoutlines.build(self._lines, [i for i, sort in enumerate(sorts) if sort and sort[0] > 0])

    @cache  # noqa: B019 - as long-lived as the program, one entry a pair of areas
    def _about(self, left: int, right: int, basis: int) -> tuple[str, tuple[str, ...], str, str]:
        """Kind, states, status and basis of a drawn line between two areas."""
        sort = _sort(self.areas, left, right)
        assert sort is not None
        kind, sides = KINDS[sort[0]], (self.areas[left], self.areas[right])
        status = next((a.status for a in sides if a.status != "agreed" and a.kind == kind), "agreed")
        return kind, sort[1], status, BASES[basis]


_LINES = ("left", "right", "basis", "start", "points")


def _sort(areas: tuple[Area, ...], left: int, right: int) -> tuple[int, tuple[str, ...]] | None:
    """Which zone ends at a line between two areas, and whose: kind rank and states; None where none does.

    A coast or land border is "land". Between waters of different kinds the stricter one ends; between waters of one
    kind and different states both do; between territories of one state nothing ends.
    """
    if left < 0 or right < 0:
        return None
    a, b = areas[left], areas[right]
    ranks = KINDS.index(a.kind), KINDS.index(b.kind)
    if ranks[0] == ranks[1]:
        if a.states == b.states:
            return None
        return ranks[0], tuple(dict.fromkeys(a.states + b.states))
    inner = a if ranks[0] < ranks[1] else b
    return min(ranks), inner.states
