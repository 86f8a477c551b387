"""When a vessel that keeps course and speed meets the next zone boundary, and which zone it enters there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.ellipsoid import NM
from maoc_tui.geo.geodesy import rhumb_direct
from maoc_tui.geo.zonelines import F64, I64, Chunks, cartesian, span
from maoc_tui.geo.zonesearch import within

_STEP_NM = 1.0
"""A rhumb line is as good as straight on the lattice over so much: it bows out by 0.1 m, by 1 m at 85 degrees north."""
_STRETCH = 64
"""Steps looked at before the next ones are: most tracks meet something early."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """The first boundary ahead."""

    area: int
    """Id of the area entered; -1 outside the dataset."""
    hours: float
    lat: float
    lon: float


def next_crossing(
    chunks: Chunks,
    locate: Callable[[F64, F64], NDArray[np.int32]],
    zone: NDArray[np.int64],
    start: tuple[float, float],
    course: float,
    speed_kn: float,
    hours: float,
) -> Crossing | None:
    """The first point within ``hours`` where the zone changes along the rhumb line; None when there is none.

    ``zone`` numbers what counts as one zone, by area id and last for none. Exact to 0.01 nm. A vessel standing still,
    without course or with an impossible position crosses nothing; nor does one on its way over a pole.
    """
    lat, lon = start
    reach = speed_kn * hours
    if not (np.isfinite([lat, lon, course, reach]).all() and abs(lat) <= 90 and reach > 0):
        return None
    begin = int(locate(np.array([lat]), np.array([lon]))[0])
    total = int(np.ceil(reach / _STEP_NM))
    for first in range(0, total, _STRETCH):
        marks = np.minimum(np.arange(first, min(first + _STRETCH, total) + 1) * _STEP_NM, reach)
        y, x = rhumb_direct(lat, lon, course, marks)
        (there,) = np.nonzero(np.isfinite(y))
        marks, y, x = marks[: len(there)], y[: len(there)], x[: len(there)]
        if len(marks) < 2:
            return None
        meets = np.concatenate([marks[:1], np.sort(_meets(chunks, marks, y, x)), marks[-1:]])
        middle = (meets[:-1] + meets[1:]) / 2
        found = locate(*rhumb_direct(lat, lon, course, middle))
        (changed,) = np.nonzero(zone[found] != zone[begin])
        if len(changed):
            at = float(meets[changed[0]])
            y, x = rhumb_direct(lat, lon, course, at)
            return Crossing(int(found[changed[0]]), at / speed_kn, float(y), float(x))
    return None


def _meets(chunks: Chunks, marks: F64, lat: F64, lon: F64) -> F64:
    """Nautical miles from the start at which the steps between the marks meet a piece of a line."""
    here = cartesian(lat, lon)
    length = np.linalg.norm(np.diff(here, axis=0), axis=1)
    step, leaf = within(chunks, here[:-1], length + 0.01 * NM)
    count = chunks.last[leaf] - chunks.first[leaf]
    piece = np.repeat(chunks.first[leaf].astype(np.int64), count) + span(count)
    share = _shares(chunks, np.repeat(step, count), piece, lat, lon)
    step = np.repeat(step, count)
    hit = np.isfinite(share)
    return np.asarray(marks[step[hit]] + share[hit] * (marks[step[hit] + 1] - marks[step[hit]]))


def _shares(chunks: Chunks, step: I64, piece: I64, lat: F64, lon: F64) -> F64:
    """How far along its step each pair of a step and a piece meet, 0 to 1; NaN where they do not."""
    x0, y0 = lon[step] * 1e5, lat[step] * 1e5
    dx, dy = _turned(lon[step + 1] * 1e5 - x0), lat[step + 1] * 1e5 - y0
    a = chunks.vertex[piece].astype(np.float64)
    edge = chunks.vertex[piece + 1] - a
    ax, ay = _turned(a[:, 0] - x0), a[:, 1] - y0
    with np.errstate(divide="ignore", invalid="ignore"):
        cross = dx * edge[:, 1] - dy * edge[:, 0]
        along = (ax * edge[:, 1] - ay * edge[:, 0]) / cross
        across = (ax * dy - ay * dx) / cross
    meet = (along >= 0) & (along <= 1) & (across >= 0) & (across <= 1)
    return np.where(meet, along, np.nan)


def _turned(east: F64) -> F64:
    """A difference of longitudes on the lattice, the short way round."""
    return np.asarray((east + 18e6) % 36e6 - 18e6)
