"""What is near an object or a position: contacts with bearing and distance, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from maoc_tui.desk import closest, listing, picture
from maoc_tui.desk.room import Room
from maoc_tui.domain import ageing
from maoc_tui.domain.viewer import Viewer
from maoc_tui.geo.geodesy import inverse


@dataclass(frozen=True, slots=True)
class Near:
    """The contacts about a place."""

    of: str
    """What they are near to: a reference, or the position."""
    lat: float
    lon: float
    rows: list[dict[str, Any]]
    """As of ``listing.contacts``, with bearing (degrees true) and distance_nm from the place to the last fix."""
    within: int
    """How many there are within the distance, shown or not."""


def near(room: Room, viewer: Viewer, text: str, within_nm: float = 50.0, limit: int = 20) -> Near:
    """Contacts within a distance of T-0417, AS-0007, a contact or a position, but not itself.

    Distances are geodesic, to each last fix as it was heard; its age stands beside it. BadInput for what is not known.
    """
    name, lat, lon = closest.place(room, viewer, text)
    shown, now = picture.load(room, viewer), room.clock.now_ms()
    far, bearing, _ = inverse(lat, lon, shown.lat, shown.lon)
    others = (shown.target != name) & (shown.key != _key(text))
    rows = np.flatnonzero((far <= within_nm) & others)
    rows = rows[np.argsort(far[rows], kind="stable")]
    states = ageing.states(shown.cls, now - shown.time, room.reference.ageing)
    found = [
        {
            "bearing": round(float(bearing[row]), 1),
            "distance_nm": round(float(far[row]), 2),
            "age_s": (now - int(shown.time[row])) // 1000,
            **listing.contact(room, shown, int(row), ageing.Age(int(states[row])).name.lower()),
        }
        for row in rows[: limit or None]
    ]
    return Near(name, lat, lon, found, len(rows))


def _key(text: str) -> int:
    """The contact a text names; 0 for none."""
    from maoc_tui.domain.contacts import parse_key
    from maoc_tui.problems import BadInput

    try:
        return parse_key(text) if ":" in text else 0
    except BadInput:
        return 0
