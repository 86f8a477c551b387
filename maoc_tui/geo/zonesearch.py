"""Which leaves of the tree of lines can be nearest to a position, or lie within reach: balls against straight chords.

Coordinates are single precision, which is good to a metre: every bound allows for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.zonelines import F32, F64, I32, Chunks

Bound = Callable[[I32, F32], F32]
_SHARED = 3
"""Height of the tree at which neighbouring positions part."""


def slack(chord: F32) -> F32:
    """Metres by which the order of two chords may differ from that of the geodesics, and single precision from both."""
    return np.asarray(5.0 + 2e-17 * (chord.astype(np.float64) ** 2 * chord), np.float32)


def search(
    chunks: Chunks, here: F64, top: NDArray[np.int64], reach: F64, group: NDArray[np.int64] | None = None
) -> tuple[I32, I32]:
    """Pairs (position * kinds + kind, leaf): leaves that can hold the nearest point of a kind, or lie in reach.

    ``here`` (n, 3) metres; ``top`` numbers balls of the top level, those of the kinds asked for; ``reach`` (n, top)
    metres, -inf to look for nothing but the nearest. ``group`` numbers neighbouring positions that may start together,
    rising; they must not be looked for in reach. The pairs are sorted by position and kind.
    """
    height, kinds = len(chunks.level) - 2, len(top)
    owner = np.arange(len(here) * kinds, dtype=np.int32)
    node = np.tile(top + chunks.level[-2], len(here)).astype(np.int32)
    if group is not None and height > _SHARED:
        owner, node = _together(chunks, here, top, group)
        height = _SHARED
    bound = _nearest(reach.ravel(), np.zeros(len(here) * kinds))
    return _descend(chunks, np.repeat(here, kinds, axis=0), owner, node, bound, height, 0)


def _together(chunks: Chunks, here: F64, top: NDArray[np.int64], group: NDArray[np.int64]) -> tuple[I32, I32]:
    """Pairs (position * kinds + kind, ball): where each group's search comes to at the height that it shares."""
    begin = np.flatnonzero(starts(group))
    size, kinds = np.diff(np.append(begin, len(group))), len(top)
    middle = here[begin + size // 2]
    away = np.linalg.norm(here - np.repeat(middle, size, axis=0), axis=1)
    wide = np.repeat(2 * np.maximum.reduceat(away, begin), kinds)
    node = np.tile(top + chunks.level[-2], len(middle)).astype(np.int32)
    owner = np.arange(len(node), dtype=np.int32)
    bound = _nearest(np.full(len(node), -np.inf), wide)
    rows = np.repeat(middle, kinds, axis=0)
    owner, node = _descend(chunks, rows, owner, node, bound, len(chunks.level) - 2, _SHARED)
    count = np.bincount(owner, minlength=len(rows))
    first = np.cumsum(count) - count
    row = (np.repeat(np.arange(len(begin)), size)[:, None] * kinds + np.arange(kinds)).ravel()
    many = count[row]
    at = np.arange(int(many.sum())) + np.repeat(first[row] - (np.cumsum(many) - many), many)
    return np.repeat(np.arange(len(row), dtype=np.int32), many), node[at]


def _nearest(reach: F64, wide: F64) -> Bound:
    """How far each row has to look: to the nearest centre met so far and ``wide`` metres more, or to its reach."""
    best = np.full(len(reach), np.inf, np.float32)
    least, more = reach.astype(np.float32), wide.astype(np.float32)

    def bound(owner: I32, chord: F32) -> F32:
        begin = np.flatnonzero(starts(owner))
        np.minimum(best, np.minimum.reduceat(chord, begin), out=best)  # no row is ever without a ball
        return np.asarray(np.maximum(best + slack(best) + more, least))

    return bound


def within(chunks: Chunks, here: F64, reach: F64) -> tuple[NDArray[np.int64], I32]:
    """Pairs (position, leaf): every leaf within ``reach`` (n) metres of a position."""
    kinds = len(chunks.rank)
    node = np.tile(np.arange(kinds, dtype=np.int32) + chunks.level[-2], len(here))
    owner = np.arange(len(node), dtype=np.int32)
    limit = np.repeat(reach + 5.0, kinds).astype(np.float32)
    rows = np.repeat(here, kinds, axis=0)
    owner, leaf = _descend(chunks, rows, owner, node, lambda *_: limit, len(chunks.level) - 2, 0)
    return np.asarray(owner // max(kinds, 1), np.int64), leaf


def _descend(
    chunks: Chunks, here: F64, owner: I32, node: I32, bound: Bound, high: int, low: int
) -> tuple[I32, I32]:
    """From balls of one height down to those of a lower one that reach closer than the bound of their row of ``here``.

    Pairs (row, ball), sorted by row, in and out.
    """
    x, y, z = np.ascontiguousarray(here.T, np.float32)
    for height in range(high, low - 1, -1):
        if not len(owner):
            break
        ball = chunks.ball.take(node, axis=0)
        dx, dy, dz = ball[:, 0] - x.take(owner), ball[:, 1] - y.take(owner), ball[:, 2] - z.take(owner)
        chord = np.sqrt(dx * dx + dy * dy + dz * dz)
        keep = np.flatnonzero(chord - ball[:, 3] <= bound(owner, chord).take(owner))
        owner, node = owner.take(keep), node.take(keep)
        if height > low:
            first = chunks.child.take(node)
            count = chunks.child.take(node + 1) - first
            begin = np.cumsum(count, dtype=np.int32) - count
            owner = np.repeat(owner, count)
            node = np.arange(len(owner), dtype=np.int32) + np.repeat(first - begin, count)
    return owner, node


def starts(rising: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Where a new value begins."""
    new = np.ones(len(rising), bool)
    np.not_equal(rising[1:], rising[:-1], out=new[1:])
    return new
