"""The coast for drawing: shores and land borders at several levels of detail, read from data/coast.bin.

Longitudes are unwrapped along each line (they may pass 180), so that a line never jumps. Levels are unpacked
when first asked for; numpy only.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.problems import Problem

MAGIC = b"MAOC coast 1\n"
UNITS = 10_000
"""Steps per degree of stored coordinates (0.0001 degree is 11 m of latitude)."""
LAYERS = ("coast", "border")
HEADER = struct.Struct("<BfIII")
"""Per block: layer, tolerance in degrees, lines, vertices, packed bytes."""


@dataclass(frozen=True)
class Lines:
    """Many lines end to end: line i has the vertices ``offsets[i]:offsets[i + 1]``."""

    lon: NDArray[np.float64]
    """Degrees east, continuous along each line."""
    lat: NDArray[np.float64]
    """Degrees north."""
    offsets: NDArray[np.int64]

    @classmethod
    def join(cls, lines: list[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> Lines:
        """Lines from (lon, lat) pairs; longitudes are made continuous."""
        counts = [len(lon) for lon, _ in lines]
        if not sum(counts):
            return cls(np.empty(0), np.empty(0), np.zeros(1, np.int64))
        lon = np.concatenate([lon for lon, _ in lines]).astype(np.float64)
        lat = np.concatenate([lat for _, lat in lines]).astype(np.float64)
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(_continuous(lon, offsets), lat, offsets)

    def __len__(self) -> int:
        return len(self.lon)


def _continuous(lon: NDArray[np.float64], offsets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Longitudes without jumps, each line starting where it was given."""
    turns = -np.round(np.diff(lon, prepend=lon[:1]) / 360)
    starts = offsets[:-1][offsets[:-1] < len(lon)]
    turns[starts] = 0
    total = np.cumsum(turns)
    lines = np.searchsorted(offsets, np.arange(len(lon)), "right") - 1
    return np.asarray(lon + 360 * (total - total[offsets[lines]]))


@dataclass(frozen=True)
class Level:
    """One level of detail of one layer."""

    layer: str
    """coast or border."""
    tolerance: float
    """Degrees by which the drawn line may differ from the source; 0 for the source itself."""
    vertices: int
    count: int
    packed: bytes

    @property
    def lines(self) -> Lines:
        """The lines, unpacked anew each time."""
        total = self.count + 2 * self.vertices
        planes = np.frombuffer(zlib.decompress(self.packed), np.uint8).reshape(4, total)
        zigzag = np.ascontiguousarray(planes.T).view("<u4").ravel()
        numbers = (zigzag >> 1).astype(np.int32) ^ -(zigzag & 1).astype(np.int32)
        offsets = np.concatenate([[0], np.cumsum(numbers[: self.count])]).astype(np.int64)
        deltas = numbers[self.count :].reshape(2, self.vertices)
        return Lines(_summed(deltas[0], offsets), _summed(deltas[1], offsets), offsets)


def _summed(deltas: NDArray[np.int32], offsets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Running sums that start afresh at each line, in degrees."""
    total = np.cumsum(deltas, dtype=np.int32)
    before = np.concatenate([np.zeros(1, np.int32), total])[offsets[:-1]]
    return np.asarray((total - np.repeat(before, np.diff(offsets))) / UNITS)


@dataclass(frozen=True)
class Coast:
    """Every level of the shipped coast, finest first."""

    levels: tuple[Level, ...]

    @classmethod
    def load(cls, path: Path | None = None) -> Coast:
        """Open the shipped coast; raises Problem when the file is missing or damaged."""
        path = path or resources.data("coast.bin")
        try:
            raw = path.read_bytes()
            if not raw.startswith(MAGIC):
                raise ValueError(path.name)
            return cls(tuple(_levels(raw)))
        except (OSError, ValueError, IndexError, struct.error) as error:
            raise Problem("The coast file cannot be read.", "Install maoc-tui again.") from error

    def level(self, layer: str, tolerance: float) -> Level:
        """The coarsest level of ``layer`` that is within ``tolerance`` degrees; the finest if none is."""
        found = [level for level in self.levels if level.layer == layer]
        return next((level for level in reversed(found) if level.tolerance <= tolerance), found[0])


def _levels(raw: bytes) -> list[Level]:
    at = len(MAGIC) + 1
    blocks = raw[len(MAGIC)]
    body = at + blocks * HEADER.size
    levels = []
    for block in range(blocks):
        layer, tolerance, count, vertices, size = HEADER.unpack_from(raw, at + block * HEADER.size)
        if body + size > len(raw):
            raise ValueError("cut short")
        levels.append(Level(LAYERS[layer], tolerance, vertices, count, raw[body : body + size]))
        body += size
    return levels
