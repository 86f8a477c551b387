"""Which leaves of the tree of lines can be nearest to a position, or lie within reach: balls against straight chords.

Coordinates are single precision, which is good to a metre: every bound allows for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.zonelines import F32, F64, I32, Chunks

Bound = Callable[[I32, F32], F32]


def slack(chord: F32) -> F32:
    """Metres by which the order of two chords may differ from that of the geodesics, and single precision from both."""
    return np.asarray(5.0 + 2e-17 * (chord.astype(np.float64) ** 2 * chord), np.float32)


def search(chunks: Chunks, here: F64, top: NDArray[np.int64], reach: F64) -> tuple[I32, I32]:
    """Pairs (position * kinds + kind, leaf): leaves that can hold the nearest point of a kind, or lie in reach.

    ``here`` (n, 3) metres; ``top`` numbers balls of the top level, those of the kinds asked for; ``reach`` (n, top)
    metres, -inf to look for nothing but the nearest. The pairs are sorted by position and kind.
    """
    node = np.tile(top + chunks.level[-2], len(here)).astype(np.int32)
    least, best = reach.ravel().astype(np.float32), np.full(len(node), np.inf, np.float32)

    def bound(owner: I32, chord: F32) -> F32:
        begin = np.flatnonzero(starts(owner))
        np.minimum(best, np.minimum.reduceat(chord, begin), out=best)  # none is ever without a ball
        return np.asarray(np.maximum(best + slack(best), least))

    return _descend(chunks, np.repeat(here, len(top), axis=0), node, bound)


def within(chunks: Chunks, here: F64, reach: F64) -> tuple[NDArray[np.int64], I32]:
    """Pairs (position, leaf): every leaf within ``reach`` (n) metres of a position."""
    kinds = len(chunks.rank)
    node = np.tile(np.arange(kinds, dtype=np.int32) + chunks.level[-2], len(here))
    limit = np.repeat(reach + 5.0, kinds).astype(np.float32)
    owner, leaf = _descend(chunks, np.repeat(here, kinds, axis=0), node, lambda *_: limit)
    return np.asarray(owner // max(kinds, 1), np.int64), leaf


def _descend(chunks: Chunks, here: F64, node: I32, bound: Bound) -> tuple[I32, I32]:
    """From one ball for each row of ``here`` down to the leaves that reach closer than the bound of their row."""
    x, y, z = np.ascontiguousarray(here.T, np.float32)
    owner = np.arange(len(node), dtype=np.int32)
    for height in range(len(chunks.level) - 2, -1, -1):
        if not len(owner):
            break
        ball = chunks.ball.take(node, axis=0)
        dx, dy, dz = ball[:, 0] - x.take(owner), ball[:, 1] - y.take(owner), ball[:, 2] - z.take(owner)
        chord = np.sqrt(dx * dx + dy * dy + dz * dz)
        keep = np.flatnonzero(chord - ball[:, 3] <= bound(owner, chord).take(owner))
        owner, node = owner.take(keep), node.take(keep)
        if height:
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
