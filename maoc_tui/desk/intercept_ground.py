"""Whether a target on its course meets land before anybody can meet it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.intercept_inputs import Chased, columns
from maoc_tui.geo.geodesy import direct
from maoc_tui.geo.intercept import Track
from maoc_tui.geo.landway import IsLand, first_land
from maoc_tui.geo.rhumb import rhumb_direct

F64 = NDArray[np.float64]
_MARGIN_NM = 1.0
"""Land within this of the contact is not before it."""


def aground(is_land: IsLand, against: Sequence[Chased], hours: F64, track: Track) -> F64:
    """Nautical miles of each target's way to land that it meets before contact, flat by pursuer; NaN for none.

    ``hours`` to contact are (pursuers, targets), NaN without one. Each way is looked at once, to its last contact.
    """
    lat, lon, course, speed = columns(against)
    latest = np.where(np.isfinite(hours), hours, 0.0).max(axis=0)
    sails = np.array([not one.flies for one in against]) & (speed > 0) & (latest > 0)
    rows, found = np.flatnonzero(sails), np.full(len(against), np.nan)
    if rows.size:
        start = lat[rows], lon[rows], course[rows], speed[rows] * latest[rows]
        end = direct(*start) if track == "geodesic" else rhumb_direct(*start)
        found[rows] = first_land(is_land, lat[rows], lon[rows], end[0], end[1], rhumb=track == "rhumb")
    before = found[None, :] < speed * hours - _MARGIN_NM
    return np.where(before, found[None, :], np.nan).ravel()
