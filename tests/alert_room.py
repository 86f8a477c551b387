"""Findings as the rules would hand them on, for tests of what becomes of them."""

from __future__ import annotations

from typing import Any

from target_room import HOUR, NOW, YACHT

from maoc_tui.desk.room import Room
from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.store import alerts
from maoc_tui.store.alerts import Merged


def finding(cause: str = "ais_gap:263601890:1", **given: Any) -> Finding:
    """A gap of the yacht, unless another is said."""
    values: dict[str, Any] = {
        "rule": cause.partition(":")[0],
        "keys": (YACHT,),
        "asset": "",
        "first_ms": NOW - 7 * HOUR,
        "last_ms": NOW - HOUR,
        "lat": 33.1667,
        "lon": -41.3333,
        "because": "Not heard for 6 h; its longest silence before was 14 min.",
        "evidence": (Measure("silent for", "6 h 00", "over 1 h"), Measure("longest interval", "14 min")),
        "innocent": ("Reception: at the edge of a receiver.", "A fault of the set."),
        "against": ("Three others were heard near by in the same hour.",),
    }
    return Finding(cause=cause, **{**values, **given})


def raised(room: Room, *findings: Finding) -> Merged:
    """Merge findings, as a sweep does."""
    with room.db.writing() as conn:
        return alerts.merge(conn, findings, room.clock.now_ms())
