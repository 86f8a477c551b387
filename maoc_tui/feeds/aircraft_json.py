"""Aircraft in JSON: readsb, dump1090-fa and dump1090-mutability objects, and OpenSky's state arrays.

Everything comes out in knots, feet, degrees and milliseconds. The rough guess ``rr_lat``/``rr_lon`` is the
place of the receiver, not of the aircraft: it is not taken. ``lastPosition`` is, at its own time, and then
without speed, course and altitude, which belong to now and not to that time.
"""

from __future__ import annotations

import re
from typing import Any

from maoc_tui.domain.contacts import ContactClass, Doubt, Space, contact_key
from maoc_tui.feeds.json_document import Heard
from maoc_tui.feeds.json_values import (
    NAN,
    Unusable,
    circle,
    clock_ms,
    number,
    position,
    stamped,
    text,
    within,
)
from maoc_tui.feeds.source import ReadContext

KNOTS_PER_MS = 3600 / 1852
FEET_PER_M = 1 / 0.3048
ASSUMED_M = 185.2
"""Containment radius assumed where none is given: a tenth of a mile, NIC 8 (DO-260B)."""
_MLAT_M = 1000.0
_NUCP_M = {9: 7.5, 8: 25.0, 7: 185.2, 6: 370.4, 5: 926.0, 4: 1852.0, 3: 3704.0, 2: 18520.0, 1: 37040.0}
"""Horizontal protection limit of the older quality number (DO-260, NUCp), metres."""
_SOURCE_M = {0: ASSUMED_M, 1: 500.0, 2: _MLAT_M, 3: 100.0}
"""Error assumed by OpenSky position source: ADS-B, ASTERIX, multilateration, FLARM."""
_CATEGORY = {n: f"A{n - 1}" for n in range(2, 9)} | {n: f"B{n - 8}" for n in range(9, 16)}
_CATEGORY |= {n: f"C{n - 15}" for n in range(16, 21)}
"""OpenSky's category numbers as the emitter categories of DO-260B."""
_HEX = re.compile(r"(~?)([0-9a-fA-F]{6})")
_SQUAWK = re.compile(r"[0-7]{4}")
_NO_ADDRESS = frozenset({0x000000, 0xFFFFFF})


def address(value: Any) -> tuple[int, Doubt]:
    """Contact key of a 24-bit address in hexadecimal; one with a leading ``~`` is no ICAO address."""
    found = _HEX.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise Unusable("hex", "missing or not a 24-bit address")
    space = Space.OTHER_HEX if found[1] else Space.ICAO
    bits = int(found[2], 16)
    return contact_key(space, bits), Doubt.PLACEHOLDER if bits in _NO_ADDRESS else Doubt.NONE


def altitude_ft(*values: Any) -> float:
    """The first altitude given, in feet; 0 for "ground"; NaN when none is plausible."""
    for value in values:
        if value == "ground":
            return 0.0
        feet = within(value, -2000.0, 130_000.0)
        if feet == feet:
            return feet
    return NAN


def speed_kn(value: Any) -> float:
    """Ground speed in knots; NaN beyond anything that flies."""
    return within(value, 0.0, 3000.0)


def track_deg(value: Any) -> float:
    """Degrees true; 360 is north here, unlike in AIS."""
    return 0.0 if number(value) == 360.0 else circle(value)


def identity(**given: Any) -> dict[str, str | int | float]:
    """The values an aircraft states of itself, blank and meaningless ones left out."""
    found: dict[str, str | int | float] = {}
    for name in ("call_sign", "registration", "aircraft_type", "category", "origin"):
        if words := text(given.get(name)):
            found[name] = words
    squawk = given.get("squawk")
    if isinstance(squawk, str) and _SQUAWK.fullmatch(squawk.strip()):
        found["squawk"] = squawk.strip()
    emergency = text(given.get("emergency"))
    if emergency and emergency != "none":
        found["emergency"] = emergency
    return found


def snapshot_ms(now: Any) -> int | None:
    """Milliseconds of a snapshot's ``now``: seconds in aircraft.json, milliseconds in the v2 services."""
    return clock_ms(now, 1.0 if number(now) > 1e11 else 1000.0)


def aircraft(record: Any, context: ReadContext, now_ms: int | None) -> Heard:
    """An object of ``aircraft`` or ``ac``; the time of its position is ``now`` less ``seen_pos``."""
    if not isinstance(record, dict):
        raise Unusable("", "not a JSON object")
    key, doubt = address(record.get("hex"))
    last = record.get("lastPosition")
    if "lat" in record or not isinstance(last, dict):
        report = _located(Heard(key, 0, ContactClass.AIRCRAFT, doubt), record, context, now_ms)
        _now_values(report, record)
    else:
        report = _located(Heard(key, 0, ContactClass.AIRCRAFT, doubt), last, context, now_ms)
    report.values = identity(
        call_sign=record.get("flight"), registration=record.get("r"), aircraft_type=record.get("t"),
        squawk=record.get("squawk"), category=record.get("category"), emergency=record.get("emergency"),
    )  # fmt: skip
    return report


def _located(report: Heard, row: dict[str, Any], context: ReadContext, now_ms: int | None) -> Heard:
    """Position, its error and its time from the object itself or from its ``lastPosition``."""
    age = row.get("seen_pos")
    if age is not None and not -60.0 <= number(age) < 1e7:
        raise Unusable("seen_pos", "not an age in seconds")
    at = None if now_ms is None else now_ms - round(1000 * number(age or 0))
    report.time, late = stamped(at, context)
    report.doubt |= late
    report.lat, report.lon = position(row.get("lat"), row.get("lon"))
    report.error_m = _error_m(row)
    return report


def _error_m(row: dict[str, Any]) -> float:
    mlat = row.get("mlat")
    if isinstance(mlat, list) and "lat" in mlat:
        return _MLAT_M
    rc = within(row.get("rc"), 0.1, 100_000.0)
    return rc if rc == rc else _looked_up(_NUCP_M, row.get("nucp"), ASSUMED_M)


def _looked_up(table: dict[int, Any], code: Any, otherwise: Any) -> Any:
    """The entry of a small integer code; ``otherwise`` for a code unknown or of another kind."""
    return table.get(code, otherwise) if isinstance(code, int) else otherwise


def _now_values(report: Heard, row: dict[str, Any]) -> None:
    report.sog = speed_kn(row.get("gs", row.get("speed")))
    report.cog = track_deg(row.get("track"))
    report.heading = track_deg(row.get("true_heading"))
    report.altitude = altitude_ft(row.get("alt_baro"), row.get("altitude"), row.get("alt_geom"))


def state_vector(record: Any, context: ReadContext) -> Heard:
    """One OpenSky state array: metres and metres per second, longitude before latitude."""
    if not isinstance(record, list) or len(record) < 11:
        raise Unusable("", "not a state array")
    row = record + [None] * (18 - len(record))
    key, doubt = address(row[0])
    ms = clock_ms(row[3])
    time, late = stamped(clock_ms(row[4]) if ms is None else ms, context)
    if ms is None:
        late |= Doubt.ARRIVAL_TIME
    report = Heard(key, time, ContactClass.AIRCRAFT, doubt | late)
    report.lat, report.lon = position(row[6], row[5])
    report.error_m = _looked_up(_SOURCE_M, row[16], ASSUMED_M)
    report.sog = speed_kn(number(row[9]) * KNOTS_PER_MS)
    report.cog = track_deg(row[10])
    report.altitude = (
        0.0 if row[8] is True else altitude_ft(*(number(m) * FEET_PER_M for m in (row[7], row[13])))
    )
    report.values = identity(
        call_sign=row[1], origin=row[2], squawk=row[14],
        category=_looked_up(_CATEGORY, row[17], None),
    )  # fmt: skip
    return report
