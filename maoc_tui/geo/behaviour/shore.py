"""How far a place is from the drawn shore: from the nearest vertex of the coast at its finest level."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from maoc_tui.geo.behaviour.near import Places
from maoc_tui.geo.coast import Coast
from maoc_tui.geo.ellipsoid import F64


@dataclass(frozen=True, slots=True)
class Shore:
    """The coast's vertices, searched to a given distance."""

    places: Places

    def nm(self, lat: F64, lon: F64) -> F64:
        """Nautical miles to the shore; inf beyond the distance searched. Good to a mile (Natural Earth 1:10m)."""
        found = np.full(len(lat), np.inf)
        asked, _, apart = self.places.within(lat, lon)
        np.minimum.at(found, asked, apart)
        return found


@lru_cache(maxsize=2)
def shore(within_nm: float) -> Shore:
    """The shipped coast, to be searched to ``within_nm``."""
    lines = Coast.load().level("coast", 0.0).lines
    return Shore(Places.build(lines.lat, (lines.lon + 180) % 360 - 180, within_nm))
