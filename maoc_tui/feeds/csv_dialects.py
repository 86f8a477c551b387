"""Which column means what in each publisher's files: one table a dialect, found by the header's names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from maoc_tui.domain.contacts import Space


@dataclass(frozen=True, slots=True)
class Dialect:
    """One publisher's form of a table of positions."""

    name: str
    title: str
    columns: Mapping[str, str]
    """Column name in lower case with single underscores, to our field."""
    marks: tuple[frozenset[str], ...]
    """Sets of column names; a header that holds all of one set is this dialect."""
    space: Space = Space.AIS
    header: tuple[str, ...] = field(default=())
    """The columns of a form that has no header line; empty for all others."""


_COMMON = {
    "mmsi": "mmsi", "sog": "sog", "cog": "cog", "heading": "heading", "status": "status", "imo": "imo",
    "length": "length", "width": "beam", "draught": "draught", "draft": "draught",
}  # fmt: skip

_MARINECADASTRE = _COMMON | {
    "basedatetime": "time", "base_date_time": "time", "lat": "lat", "lon": "lon", "latitude": "lat",
    "longitude": "lon", "vesselname": "name", "vessel_name": "name", "callsign": "call_sign",
    "call_sign": "call_sign", "vesseltype": "ship_type", "vessel_type": "ship_type",
    "transceiverclass": "class", "transcieverclass": "class", "transceiver": "class",
    "transceiver_class": "class",
}  # fmt: skip

_AISDK = _COMMON | {
    "timestamp": "time", "type_of_mobile": "mobile", "latitude": "lat", "longitude": "lon",
    "navigational_status": "status_word", "callsign": "call_sign", "name": "name", "ship_type": "type_word",
    "destination": "destination", "eta": "eta", "a": "bow", "b": "stern", "c": "port", "d": "starboard",
}  # fmt: skip

_MARINETRAFFIC = _COMMON | {
    "status": "provider_status", "speed_knotsx10": "sog_tenths", "speed": "sog_tenths", "lat": "lat",
    "lon": "lon", "course": "cog", "timestamp_utc": "time", "timestamp": "time", "vessel_type": "type_word",
    "draught_metersx10": "draught_tenths", "draught": "draught_tenths", "shipname": "name",
    "callsign": "call_sign", "shiptype": "ship_type", "destination": "destination", "eta": "eta",
}  # fmt: skip

_OPENSKY = {
    "icao24": "icao24", "time": "time", "lastposupdate": "position_time", "lat": "lat", "lon": "lon",
    "velocity": "sog_ms", "heading": "cog", "callsign": "flight", "onground": "on_ground", "squawk": "squawk",
    "baroaltitude": "altitude_m", "geoaltitude": "geo_altitude_m",
}  # fmt: skip

_ANY = _COMMON | {
    "sourcemmsi": "mmsi", "userid": "mmsi", "user_id": "mmsi", "time": "time", "timestamp": "time",
    "timestamp_utc": "time", "basedatetime": "time", "base_date_time": "time", "datetime": "time",
    "date_time": "time", "date_time_utc": "time", "utc": "time", "t": "time", "ts": "time", "msgtime": "time",
    "lat": "lat", "latitude": "lat", "latitude_degrees": "lat", "lat_deg": "lat", "lon": "lon", "lng": "lon",
    "long": "lon", "longitude": "lon", "longitude_degrees": "lon", "lon_deg": "lon", "speed": "sog",
    "sog_knots": "sog", "speed_knots": "sog", "speedoverground": "sog", "speed_over_ground": "sog",
    "speed_knotsx10": "sog_tenths", "course": "cog", "cog_degrees": "cog", "courseoverground": "cog",
    "course_over_ground": "cog", "hdg": "heading", "trueheading": "heading", "true_heading": "heading",
    "navstatus": "status", "nav_status": "status", "navstat": "status", "navigationalstatus": "status",
    "navigational_status": "status", "name": "name", "shipname": "name", "ship_name": "name",
    "vesselname": "name", "vessel_name": "name", "callsign": "call_sign", "call_sign": "call_sign",
    "imo_number": "imo", "shiptype": "ship_type", "ship_type": "ship_type", "vesseltype": "ship_type",
    "vessel_type": "ship_type", "beam": "beam", "destination": "destination", "eta": "eta",
    "class": "class", "transceiverclass": "class",
}  # fmt: skip


def _sets(*texts: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(text.split()) for text in texts)


_NAMES = {
    mean: [name for name, is_ in _ANY.items() if is_ == mean] for mean in ("mmsi", "lat", "lon", "time")
}

DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "marinecadastre", "MarineCadastre, United States (CSV)", MappingProxyType(_MARINECADASTRE),
        _sets("mmsi basedatetime lat lon", "mmsi base_date_time longitude latitude"),
    ),
    Dialect(
        "aisdk", "Danish Maritime Authority (CSV)", MappingProxyType(_AISDK),
        _sets("timestamp type_of_mobile mmsi latitude longitude"),
    ),
    Dialect(
        "marinetraffic-csv", "MarineTraffic (CSV)", MappingProxyType(_MARINETRAFFIC),
        _sets("mmsi speed_knotsx10 lon lat timestamp_utc", "mmsi ship_id lat lon speed timestamp"),
    ),
    Dialect(
        "opensky-csv", "OpenSky state vectors (CSV)", MappingProxyType(_OPENSKY),
        _sets("time icao24 lat lon"), Space.ICAO,
    ),
    Dialect("ais-csv", "AIS positions with named columns (CSV)", MappingProxyType(_ANY), ()),
    Dialect(
        "track-text", "Anonymous track: number, longitude, latitude, Unix time (text)",
        MappingProxyType({"id": "track", "lon": "lon", "lat": "lat", "t": "time"}), (),
        Space.TRACK, ("id", "lon", "lat", "t"),
    ),
)  # fmt: skip

_TRACK_LINE = re.compile(rb"\d{1,12} -?\d{1,3}\.\d+ -?\d{1,2}\.\d+ \d{9,10}(\.\d+)?\s*")


def normal(name: str) -> str:
    """A column name in lower case, other characters than letters and digits as single underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def by_header(names: Sequence[str]) -> Dialect | None:
    """The dialect of a header line's column names (normal form); None when it is none we know."""
    have = frozenset(names)
    for dialect in DIALECTS:
        if any(marks <= have for marks in dialect.marks):
            return dialect
    if all(have.intersection(choices) for choices in _NAMES.values()):
        return next(dialect for dialect in DIALECTS if dialect.name == "ais-csv")
    return None


def headerless(lines: Sequence[bytes]) -> bool:
    """True when every line (at least one) is ``id lon lat t`` with blanks between."""
    return bool(lines) and all(_TRACK_LINE.fullmatch(line) for line in lines)


def wanted(dialect: Dialect, names: Sequence[str]) -> dict[str, int]:
    """Where each field stands: our field to column number, the first column that means it."""
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        meaning = dialect.columns.get(name)
        if meaning:
            found.setdefault(meaning, at)
    return found
