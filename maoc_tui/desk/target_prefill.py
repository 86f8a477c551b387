"""A new target proposed from a contact: what it says of itself, each value with source and first hearing."""

from __future__ import annotations

import numpy as np

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_duplicates import likely_duplicates
from maoc_tui.desk.target_listing import types
from maoc_tui.desk.target_snapshots import Duplicate, NewTarget, Prefilled
from maoc_tui.domain.contacts import ContactClass, Space, key_text, space_of
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.target_facts import parse_attribute, understand
from maoc_tui.domain.target_identity import heard_as
from maoc_tui.domain.targets import Kind, parse_kind
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store.identity_history import HistoryLine, history
from maoc_tui.store.targets_heard import Heard, heard

_TAKEN = {
    "name": "name", "call_sign": "call_sign", "imo": "imo", "length_m": "length_m",
    "registration": "registration", "aircraft_type": "aircraft_type", "squawk": "squawk",
}  # fmt: skip
"""What contacts say, and the attribute it becomes."""
_FLYING = {ContactClass.AIRCRAFT, ContactClass.SAR_AIRCRAFT}


def kind_of(key: int, cls: int) -> Kind:
    """Vessel or aircraft, by numbering space and class."""
    flies = space_of(key) in (Space.ICAO, Space.OTHER_HEX) or cls in _FLYING
    return Kind.AIRCRAFT if flies else Kind.VESSEL


def prefill(room: Room, viewer: Viewer, key: int) -> Prefilled:
    """What is known of a contact as a new target; raises BadInput when it was never heard."""
    with room.db.reading(viewer) as conn:
        contact, lines = heard(conn, (key,)).get(key), history(conn, key)
    if contact is None:
        raise BadInput(f"{key_text(key)} has not been heard.", "Check the number, or give a description.")
    kind = kind_of(key, contact.cls)
    values, sources = _values(room, key, kind, lines)
    type_code = types().from_ais(contact.ship_type) if kind is Kind.VESSEL else ""
    called = types().get(type_code)
    what = called.title if called else str(kind)
    name = values.get("name") or values.get("registration", "")
    located = contact.time is not None and not np.isnan(contact.lat)
    entry = NewTarget(
        description=f"{what} {name}, heard as {key_text(key)}".replace(" ,", ","),
        kind=str(kind),
        type=type_code,
        area="" if located else "heard without a position",
        position=format_position(contact.lat, contact.lon) if located else "",
        radius=_radius(contact),
        values=values,
        source=key_text(key),
    )
    return Prefilled(entry, key, sources)


def _radius(contact: Heard) -> str:
    return "" if np.isnan(contact.error_m) or contact.error_m <= 0 else f"{contact.error_m:g} m"


def _values(
    room: Room, key: int, kind: Kind, lines: list[HistoryLine]
) -> tuple[dict[str, str], dict[str, tuple[str, int | None]]]:
    values: dict[str, str] = {}
    sources: dict[str, tuple[str, int | None]] = {}
    for line in sorted(lines, key=lambda entry: entry.last_ms):
        attribute = _TAKEN.get(line.attribute, "")
        if _applies(attribute, kind, line.value):
            values[attribute] = line.value
            sources[attribute] = (f"{key_text(key)} by {line.source}", line.first_ms or None)
    attribute, number = heard_as(key)
    if attribute:
        values[attribute], sources[attribute] = number, (f"transmission of {key_text(key)}", None)
    if flag := str(room.reference.flags(np.array([key], np.int64))[0]):
        values["flag"], sources["flag"] = flag, (f"number block of {key_text(key)}", None)
    return values, sources


def _applies(attribute: str, kind: Kind, value: str) -> bool:
    try:
        return bool(attribute and parse_attribute(attribute, kind) and understand(attribute, value))
    except BadInput:
        return False


def duplicates_of(room: Room, viewer: Viewer, entry: NewTarget, key: int = 0) -> tuple[Duplicate, ...]:
    """Targets that may be the same as one being typed; what cannot be understood yet is left out."""
    kind = parse_kind(entry.kind)
    values = {}
    for text, raw in entry.values.items():
        try:
            attribute = parse_attribute(text, kind)
            values[attribute] = frozenset({understand(attribute, raw)})
        except BadInput:
            continue
    return likely_duplicates(room, viewer, kind, values, (key,) if key else ())
