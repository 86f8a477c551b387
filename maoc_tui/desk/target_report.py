"""What a report offers for a new target, and a new target of it where every offer is taken."""

from __future__ import annotations

from dataclasses import replace

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_listing import types
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain import reported
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.reported import Offer
from maoc_tui.domain.targets import parse_kind

_OF_A_KIND = {"vessel": ("registration", "hex"), "aircraft": ("mmsi", "imo", "call_sign", "length_m")}
"""What a target of a kind is not asked for."""


def offers(room: Room, text: str, kind: str = "vessel") -> tuple[Offer, ...]:
    """What stands in a report on a target of a kind, an offer a field. Raises BadInput for no kind."""
    of = parse_kind(kind)
    names = room.reference.flag_tables.names
    found = reported.read(text, from_ms(room.clock.now_ms()), of, types(), names)
    return tuple(one for one in found if one.field not in _OF_A_KIND[of.value])


def filled(room: Room, text: str, entry: NewTarget) -> NewTarget:
    """``entry`` with the report in its description, and what the report offers wherever ``entry`` says nothing.

    Position and time of a report belong together: where ``entry`` gives a place or a time, neither is taken.
    """
    found = {one.field: one.value for one in offers(room, text, entry.kind)}
    kind, position, at, source = (found.pop(name, "") for name in ("type", "position", "at", "source"))
    placed = bool(entry.position or entry.area or entry.at)
    return replace(
        entry,
        description=reported.LINE_END.join(filter(None, (entry.description, reported.one_line(text)))),
        type=entry.type or kind,
        position=entry.position if placed else position,
        at=entry.at if placed else at,
        source=entry.source or source,
        values={**found, **entry.values},
    )
