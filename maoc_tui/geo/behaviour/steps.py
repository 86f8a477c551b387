"""Steps: what a contact did from one fix to the next, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.ellipsoid import F64

I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Steps:
    """Pairs of fixes in a row of one contact, taken in at one time; columns of one length, by row, then time."""

    row: I64
    from_ms: I64
    to_ms: I64
    lat: F64
    lon: F64
    to_lat: F64
    to_lon: F64
    jump: NDArray[np.bool_]
    """Too fast for the class."""
    usual_s: F64
    """The middle one of the intervals before this one; NaN where none were heard."""
    heard: I64
    """How many intervals were heard before this one, at most HABIT."""

    def take(self, index: NDArray[Any]) -> Steps:
        """Some of them."""
        return Steps(*(getattr(self, name)[index] for name in self.__slots__))


def joined(one: Steps, other: Steps) -> Steps:
    """Both, by row, then time."""
    columns = [np.concatenate([getattr(one, name), getattr(other, name)]) for name in Steps.__slots__]
    both = Steps(*columns)
    return both.take(np.lexsort((both.to_ms, both.row)))
