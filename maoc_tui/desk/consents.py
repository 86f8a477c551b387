"""What the record holds of consents: requests as the consents they may be, and whose consent a target takes."""

from __future__ import annotations

from maoc_tui.desk import zones
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import TargetRow
from maoc_tui.desk.zone_hand import waters
from maoc_tui.domain.consents import Given, Whereabouts
from maoc_tui.domain.requests import CONSENTS
from maoc_tui.domain.viewer import Viewer

_SOVEREIGN = ("land", "internal", "archipelagic", "territorial")
"""Zones where nobody acts without the coastal State: UNCLOS Art. 2."""


def given(line: RequestLine) -> Given:
    """A request as the consent it may be."""
    state, asked = law().treaties.state, line.asked
    said = tuple(text for event in asked.events for text in event.conditions)
    return Given(
        asked.ref, asked.kind, state(asked.addressee), state(asked.acting), line.standing, str(asked.id), said
    )


def may_consent(line: RequestLine) -> bool:
    """Whether it is of a kind that can give a consent at all."""
    return line.asked.kind in CONSENTS


def whereabouts(room: Room, viewer: Viewer, row: TargetRow) -> Whereabouts:
    """Whose ship a target is as far as the viewer may know, and in whose waters its newest place lies."""
    flag = law().treaties.state(row.flag) if row.flag else ""
    return Whereabouts(flag, _waters(room, viewer, row))


def _waters(room: Room, viewer: Viewer, row: TargetRow) -> tuple[str, ...]:
    seen, state = row.seen, law().treaties.state
    if seen is None:
        return ()
    radius = min(seen.radius_nm, zones.MAX_RADIUS_NM)
    found = zones.answer(waters(room, viewer), seen.lat, seen.lon, radius, key=seen.key, target=row.ref)
    held: list[str] = []
    for area in found.possible:
        held += [state(one) for one in area.states] if area.kind in _SOVEREIGN else [""]
    return tuple(dict.fromkeys(held))
