"""Ships in JSON, one object at a time: each provider's keys, units and sentinels."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.contacts import ContactClass, Doubt
from maoc_tui.feeds.json_document import Heard
from maoc_tui.feeds.json_values import (
    Unusable,
    circle,
    clock_ms,
    nav_status,
    number,
    position,
    stamped,
    text,
    whole,
    within,
    written_ms,
)
from maoc_tui.feeds.source import ReadContext
from maoc_tui.feeds.stations import station

MOST_KNOTS = 102.2
"""Fastest speed AIS can state; 102.3 means 'not available' (ITU-R M.1371)."""
ACCURATE_M = 10.0
"""Position error where the accuracy flag is set: better than 10 m (ITU-R M.1371)."""
ASSUMED_M = 30.0
"""Position error assumed where the flag is not set: plain satellite navigation."""
COARSE_M = 161.0
"""Message 27: half a step of a tenth of a minute each way, 131 m, besides the assumed error."""
_CLASS_B = frozenset({18, 19, 24})
_AISSTREAM_CLASS_B = frozenset(
    {"StandardClassBPositionReport", "ExtendedClassBPositionReport", "StaticDataReport"}
)
_TYPED = frozenset({"ShipStaticData", "ExtendedClassBPositionReport", "StaticDataReport"})
"""Messages whose type is a ship's; an aid to navigation counts its types otherwise."""

_ETA = ("Month", "Day", "Hour", "Minute")


def heard(mmsi: Any, ms: int | None, context: ReadContext) -> Heard:
    """A report of one AIS station at one time, still without position."""
    key, cls, doubt = station(mmsi)
    time, late = stamped(ms, context)
    return Heard(key=key, time=time, cls=cls, doubt=doubt | late)


def place(report: Heard, lat: Any, lon: Any, accurate: Any = None) -> None:
    """Put the position, and the error it is stated or assumed to have, into a report."""
    report.lat, report.lon = position(lat, lon)
    report.error_m = ACCURATE_M if accurate in (True, 1) else ASSUMED_M


def mapping(value: Any, field: str = "") -> dict[str, Any]:
    """A JSON object; Unusable when it is anything else."""
    if not isinstance(value, dict):
        raise Unusable(field, "not a JSON object")
    return value


def size(bow: Any, stern: Any, port: Any, starboard: Any) -> dict[str, float]:
    """Length and beam in metres from the four distances to the antenna; absent where they are zero."""
    length = within(bow, 0, 511) + within(stern, 0, 511)
    beam = within(port, 0, 63) + within(starboard, 0, 63)
    found = {}
    if length > 0:
        found["length_m"] = length
    if beam > 0:
        found["beam_m"] = beam
    return found


def packed_eta(value: Any) -> str:
    """``MM-DD HH:MM`` from the 20-bit number of ITU-R M.1371; '' when the day is not given."""
    eta = whole(value, 0, (1 << 20) - 1)
    return "" if eta is None else eta_text(eta >> 16, eta >> 11 & 31, eta >> 6 & 31, eta & 63)


def eta_text(month: Any, day: Any, hour: Any, minute: Any) -> str:
    """``MM-DD HH:MM``, ``MM-DD`` where the hour is not given, '' where the day is not."""
    m, d, h, n = whole(month, 1, 12), whole(day, 1, 31), whole(hour, 0, 23), whole(minute, 0, 59)
    if m is None or d is None:
        return ""
    return f"{m:02d}-{d:02d}" if h is None or n is None else f"{m:02d}-{d:02d} {h:02d}:{n:02d}"


def identity(**given: Any) -> dict[str, str | int | float]:
    """The values a ship states of itself, those that are blank, zero or no such thing left out."""
    found: dict[str, str | int | float] = {}
    for name in ("name", "call_sign", "destination", "eta"):
        if words := text(given.get(name)):
            found[name] = words
    if imo := whole(given.get("imo"), 1, (1 << 30) - 1):
        found["imo"] = imo
    if ship_type := whole(given.get("ship_type"), 1, 99):
        found["ship_type"] = ship_type
    draught = within(given.get("draught_m"), 0.05, 25.5)
    if draught > 0:
        found["draught_m"] = round(draught, 1)
    return found


def digitraffic_location(record: Any, context: ReadContext) -> Heard:
    """A feature of ``/api/ais/v1/locations``; ``timestampExternal`` is the time, in ms."""
    feature = mapping(record)
    properties = mapping(feature.get("properties"), "properties")
    mmsi = feature.get("mmsi", properties.get("mmsi"))
    report = heard(mmsi, clock_ms(properties.get("timestampExternal"), 1.0), context)
    place(report, *_point(feature), properties.get("posAcc"))
    _motion(report, properties.get("sog"), properties.get("cog"), properties.get("heading"))
    report.status = nav_status(properties.get("navStat"))
    return report


def digitraffic_vessel(record: Any, context: ReadContext) -> Heard:
    """A row of ``/api/ais/v1/vessels``: identity only; draught in tenths of a metre, ETA packed."""
    row = mapping(record)
    report = heard(row.get("mmsi"), clock_ms(row.get("timestamp"), 1.0), context)
    report.values = identity(
        name=row.get("name"), call_sign=row.get("callSign"), destination=row.get("destination"),
        imo=row.get("imo"), ship_type=row.get("shipType"), draught_m=number(row.get("draught")) / 10,
        eta=packed_eta(row.get("eta")),
    )  # fmt: skip
    report.values |= size(*(row.get(f"referencePoint{side}") for side in "ABCD"))
    return report


def receiver(record: Any, context: ReadContext) -> Heard:
    """A feature of a shore receiver's snapshot: ``dtg`` is yy-mm-dd hh:mm:ss in UTC."""
    feature = mapping(record)
    row = mapping(feature.get("properties"), "properties")
    dtg = row.get("dtg")
    report = heard(row.get("mmsi"), written_ms(f"20{dtg}" if isinstance(dtg, str) and dtg else dtg), context)
    place(report, *_point(feature))
    _motion(report, row.get("sog"), row.get("cog"), row.get("heading"))
    _class_b(report, row.get("message_type") in _CLASS_B)
    report.values = identity(
        name=row.get("vessel_name"), ship_type=row.get("vessel_type"), call_sign=row.get("callsign"),
        imo=row.get("imo"), destination=row.get("destination"), draught_m=row.get("draught"),
    )  # fmt: skip
    report.values |= size(
        row.get("dim_to_bow"), row.get("dim_to_stern"), row.get("dim_to_port"), row.get("dim_to_starboard")
    )
    return report


def barentswatch(record: Any, context: ReadContext) -> Heard:
    """An object of the Norwegian combined stream; what is not available is null there."""
    row = mapping(record)
    report = heard(row.get("mmsi"), written_ms(row.get("msgtime")), context)
    place(report, row.get("latitude"), row.get("longitude"))
    _motion(report, row.get("speedOverGround"), row.get("courseOverGround"), row.get("trueHeading"))
    report.status = nav_status(row.get("navigationalStatus"))
    report.values = identity(
        name=row.get("name"), ship_type=row.get("shipType"), call_sign=row.get("callSign"),
        imo=row.get("imoNumber"), destination=row.get("destination"),
        draught_m=number(row.get("draught")) / 10,
    )  # fmt: skip
    return report


def aisstream(record: Any, context: ReadContext) -> Heard:
    """An envelope of the websocket stream: the message named by MessageType, with AIS sentinels in it."""
    envelope = mapping(record)
    if "error" in envelope:
        raise Unusable("error", "the service refused: " + text(envelope.get("error"))[:80])
    meta = mapping(envelope.get("MetaData"), "MetaData")
    kind = text(envelope.get("MessageType"))
    message = mapping(mapping(envelope.get("Message"), "Message").get(kind), "Message")
    report = heard(meta.get("MMSI"), written_ms(meta.get("time_utc")), context)
    _class_b(report, kind in _AISSTREAM_CLASS_B)
    if "Latitude" in message:
        place(report, message.get("Latitude"), message.get("Longitude"), message.get("PositionAccuracy"))
        _motion(report, message.get("Sog"), message.get("Cog"), message.get("TrueHeading"))
        report.status = nav_status(message.get("NavigationalStatus"))
    if kind == "LongRangeAisBroadcastMessage":
        report.doubt |= Doubt.COARSE
        report.error_m = COARSE_M
    if kind == "StandardSearchAndRescueAircraftReport":
        report.altitude = within(message.get("Altitude"), 0, 4094) / 0.3048
    report.values = _aisstream_identity(kind, message, meta)
    return report


def _aisstream_identity(kind: str, message: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    if kind == "StaticDataReport":
        first, second = message.get("ReportA"), message.get("ReportB")
        parts = {**(first if isinstance(first, dict) else {}), **(second if isinstance(second, dict) else {})}
    else:
        parts = message
    eta = parts.get("Eta")
    found = identity(
        name=parts.get("Name") or meta.get("ShipName"), call_sign=parts.get("CallSign"),
        destination=parts.get("Destination"), imo=parts.get("ImoNumber"),
        ship_type=parts.get("Type", parts.get("ShipType")) if kind in _TYPED else None,
        draught_m=parts.get("MaximumStaticDraught"),
        eta=eta_text(*(eta.get(part) for part in _ETA)) if isinstance(eta, dict) else "",
    )  # fmt: skip
    box = parts.get("Dimension")
    return found | (size(*(box.get(side) for side in "ABCD")) if isinstance(box, dict) else {})


def _point(feature: dict[str, Any]) -> tuple[Any, Any]:
    """Latitude and longitude of a GeoJSON point, which says longitude first."""
    geometry = feature.get("geometry")
    if geometry is None:
        return None, None
    pair = mapping(geometry, "geometry").get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2:
        raise Unusable("coordinates", "not a point")
    return pair[1], pair[0]


def _motion(report: Heard, sog: Any, cog: Any, heading: Any) -> None:
    report.sog, report.cog, report.heading = within(sog, 0.0, MOST_KNOTS), circle(cog), circle(heading)


def _class_b(report: Heard, is_b: bool) -> None:
    if is_b and report.cls == ContactClass.SHIP_A:
        report.cls = ContactClass.SHIP_B
