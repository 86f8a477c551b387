"""What a report in prose offers for a new target, and a new target of it where every offer is taken."""

from __future__ import annotations

from dataclasses import replace

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain import reported
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.reported import Offer
from maoc_tui.domain.targets import parse_kind

_OF_A_KIND = {"vessel": ("registration", "hex"), "aircraft": ("imo", "length_m")}
"""What a target of a kind is not asked for."""


def offers(room: Room, text: str, kind: str = "vessel") -> tuple[Offer, ...]:
    """What can be read out of a report on a target of a kind, an offer a field. Raises BadInput for no kind."""
    names = room.reference.flag_tables.names
    without = _OF_A_KIND[parse_kind(kind).value]
    found = reported.read(text, from_ms(room.clock.now_ms()), names)
    return tuple(one for one in found if one.field not in without)


def filled(room: Room, text: str, entry: NewTarget) -> NewTarget:
    """``entry`` with the report as its description, and what the report offers wherever ``entry`` says nothing."""
    found = {one.field: one.value for one in offers(room, text, entry.kind)}
    plain = {name: found.pop(name, "") for name in ("type", "position", "at", "source")}
    return replace(
        entry,
        description=entry.description or " ".join(text.split()),
        type=entry.type or plain["type"],
        position=entry.position or ("" if entry.area else plain["position"]),
        at=entry.at or plain["at"],
        source=entry.source or plain["source"],
        values={**found, **entry.values},
    )
