"""Cursor on Target events, one after the other as a TAK server streams them (MITRE event schema 2.0).

Ships and aircraft (types ``a-?-S``, ``a-?-A``) are contacts: ``MMSI-`` and ``ICAO-`` in the uid name the
transmitter, any other uid an anonymous track. Points, routes and circles are accepted and give no contact.
An event ends at its closing tag, wherever a stream was cut; one with a document type is refused unread, for
that is where XML hides its bombs and its doors to other files. ``stale`` says nothing: age is judged by class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
from maoc_tui.domain.reports import Batch
from maoc_tui.feeds.aircraft_json import FEET_PER_M, KNOTS_PER_MS, address, altitude_ft, speed_kn, track_deg
from maoc_tui.feeds.json_document import Heard, batches
from maoc_tui.feeds.json_literals import Damaged
from maoc_tui.feeds.json_values import NAN, Unusable, number, position, stamped, text, within, written_ms
from maoc_tui.feeds.source import Format, ReadContext
from maoc_tui.feeds.stations import station

LONGEST = 256 * 1024
"""Bytes of one event; a longer one is refused, and the search goes on behind it."""
_STEP = 64 * 1024
_NO_END = "an event without an end: cut or damaged"
_END = re.compile(rb"</event\s*>|<event\b[^<>]*/>")
_TYPE = re.compile(r"a-[a-z]-([SA])\b")
_SNIFF = re.compile(rb"\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE\b.*)?<event\b", re.DOTALL)
_NOT_KNOWN_M = 9_999_999.0
"""How the schema writes an error or height that is not known."""


def events(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Line number and bytes of each event; Damaged for what is longer than any event."""
    held, line = b"", 1
    while chunk := stream.read(_STEP):
        held += chunk
        while end := _END.search(held):
            event, held = held[: end.end()], held[end.end() :]
            lead = len(event) - len(event.lstrip())
            yield line + event[:lead].count(b"\n"), event.strip()
            line += event.count(b"\n")
        if len(held) > LONGEST:
            yield line, Damaged(held[:200], reason=_NO_END)
            line, held = line + held.count(b"\n"), b""
    if held.strip():
        yield line, Damaged(held[:200], reason=_NO_END)


def understand(record: Any, context: ReadContext) -> Heard:
    """One event to what it says; Unusable naming the attribute."""
    event = _parsed(record)
    time, doubt = stamped(written_ms(event.get("time")), context)
    kind = _TYPE.match(event.get("type", ""))
    if not event.get("type"):
        raise Unusable("type", "missing")
    if not kind:
        return Heard(0, time, ContactClass.UNKNOWN)
    key, cls, about = _who(event.get("uid", ""), kind[1])
    report = Heard(key, time, cls, doubt | about)
    point = event.find("point")
    if point is None:
        raise Unusable("point", "missing")
    report.lat, report.lon = position(point.get("lat"), point.get("lon"))
    report.error_m = within(point.get("ce"), 0.0, _NOT_KNOWN_M - 1)
    _moving(report, event.find("detail/track"))
    callsign = event.find("detail/contact")
    if callsign is not None and (name := text(callsign.get("callsign"))):
        report.values = {"name" if kind[1] == "S" else "call_sign": name}
    if kind[1] == "A":
        report.altitude = altitude_ft(_known(point.get("hae")) * FEET_PER_M)
    return report


def _parsed(record: Any) -> ET.Element:
    if b"<!DOCTYPE" in record or b"<!ENTITY" in record:
        raise Unusable("DOCTYPE", "an event with a document type is not read")
    try:
        event = ET.fromstring(record)  # noqa: S314  no document type, so no entities
    except (ET.ParseError, ValueError, LookupError):
        raise Unusable("", "not a whole XML event") from None
    if event.tag != "event":
        raise Unusable("", "not an event")
    return event


def _who(uid: str, kind: str) -> tuple[int, ContactClass, Doubt]:
    """Contact key, class and doubt by the uid; "S" is a ship, "A" an aircraft."""
    scheme, _, rest = uid.partition("-")
    if scheme == "MMSI":
        return station(rest)
    if scheme == "ICAO":
        key, doubt = address(rest)
        return key, ContactClass.AIRCRAFT, doubt
    if not uid:
        raise Unusable("uid", "missing")
    track = int.from_bytes(blake2b(uid.encode("utf-8", "replace"), digest_size=5).digest(), "big")
    cls = ContactClass.SHIP_A if kind == "S" else ContactClass.AIRCRAFT
    return contact_key(Space.TRACK, track), cls, Doubt.NONE


def _moving(report: Heard, track: ET.Element | None) -> None:
    """Course and speed (metres a second) of the track element."""
    if track is not None:
        report.cog = track_deg(track.get("course"))
        report.sog = speed_kn(number(track.get("speed")) * KNOTS_PER_MS)


def _known(metres: Any) -> float:
    value = number(metres)
    return NAN if value >= _NOT_KNOWN_M else value


def read(stream: BinaryIO, context: ReadContext) -> Iterator[Batch]:
    """Batches of a recording or stream of events."""
    return batches(events(stream), understand, context)


FORMATS = (Format("cot", "Cursor on Target events (XML)", lambda head: bool(_SNIFF.match(head)), read),)
