"""What a filter can ask for: every field with its kind, its other names and a line of help."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from maoc_tui.domain.contacts import ContactClass, Doubt

SHIP_GROUPS = (
    "cargo", "fishing", "hsc", "law", "medical", "military", "neutral", "other", "passenger", "pilot",
    "pleasure", "reserved", "sail", "sar", "tanker", "tug", "unknown", "wig", "work",
)  # fmt: skip
"""Group words of AIS ship types, as in data/ship_types.csv."""


class Kind(Enum):
    """What values a field takes."""

    TEXT = "words, found anywhere in it"
    DIGITS = "digits it begins with"
    FLAG = "ISO codes such as VE, or none"
    TYPE = "ship type words"
    CLASS = "kinds of transmitter"
    WORD = "words, whole"
    ZONE = "zones"
    LINK = "yes, no or a reference"
    DOUBT = "yes, no or a doubt"
    NUMBER = "a number, a comparison or a range a..b"
    ANGLE = "degrees, a comparison or a range a..b"
    AGE = "a length of time such as 6h, a comparison or a range"
    NEAR = "a position and a distance"
    LAW = "a State and what it may do: GO, ASK, LOOK or STOP"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a filter can ask for."""

    name: str
    kind: Kind
    help: str
    example: str
    aliases: tuple[str, ...] = ()


FIELDS = (
    Field(
        "flag", Kind.FLAG, "State by MID or address block; a State stands for its territories", "flag:VE,CO"
    ),
    Field("type", Kind.TYPE, "ship or target type", "type:sail"),
    Field("class", Kind.CLASS, "transmitter: ship, a, b, air, base, aid, sar, distress", "class:air"),
    Field("zone", Kind.ZONE, "TS, CZ, EEZ, HS, IW, land, a coastal State, or both", "zone:HS zone:PT-EEZ"),
    Field("age", Kind.AGE, "time since the last fix", "age<6h"),
    Field("state", Kind.WORD, "fresh, old or lost", "state:lost"),
    Field("sog", Kind.NUMBER, "speed over ground, knots", "sog>20", ("speed", "kn")),
    Field("cog", Kind.ANGLE, "course over ground, degrees true", "cog:350..10", ("course",)),
    Field("heading", Kind.ANGLE, "heading, degrees true", "heading:80..100", ("hdg",)),
    Field("alt", Kind.NUMBER, "altitude, feet", "alt<2000", ("altitude",)),
    Field("lat", Kind.NUMBER, "latitude, degrees north", "lat>30"),
    Field("lon", Kind.ANGLE, "longitude, degrees east; a range may cross the antimeridian", "lon:-30..-10"),
    Field("near", Kind.NEAR, "within so many nautical miles of a position", "near:38.7,-9.1<50"),
    Field("length", Kind.NUMBER, "length, metres", "length:10..20", ("len",)),
    Field("name", Kind.TEXT, "name", "name:paloma"),
    Field("call", Kind.TEXT, "call sign or flight", "call:CQ", ("callsign", "call_sign", "flight")),
    Field("mmsi", Kind.DIGITS, "MMSI or how it begins", "mmsi:263"),
    Field("imo", Kind.DIGITS, "IMO number or how it begins", "imo:9074729"),
    Field("hex", Kind.TEXT, "ICAO address or part of it", "hex:4ca", ("icao",)),
    Field("reg", Kind.TEXT, "aircraft registration", "reg:CS-", ("registration",)),
    Field("model", Kind.TEXT, "aircraft type designator", "model:B190"),
    Field("dest", Kind.TEXT, "destination as transmitted", "dest:lisbon", ("destination",)),
    Field("target", Kind.LINK, "linked to a target", "target:yes target:T-0417"),
    Field("status", Kind.WORD, "state of a target", "-status:closed"),
    Field("nav", Kind.WORD, "navigational status", "nav:anchored"),
    Field("doubt", Kind.DOUBT, "doubtful fixes", "doubt:jump"),
    Field("law", Kind.LAW, "what a State may do to a contact, its flag as it claims", "law:ES=GO"),
)
"""Every field, in the order help shows them."""

_BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}

CLASSES: dict[str, tuple[ContactClass, ...]] = {
    "ship": (ContactClass.SHIP_A, ContactClass.SHIP_B),
    "a": (ContactClass.SHIP_A,),
    "b": (ContactClass.SHIP_B,),
    "air": (ContactClass.AIRCRAFT, ContactClass.SAR_AIRCRAFT),
    "aircraft": (ContactClass.AIRCRAFT, ContactClass.SAR_AIRCRAFT),
    "base": (ContactClass.BASE_STATION,),
    "aid": (ContactClass.AID,),
    "sar": (ContactClass.SAR_AIRCRAFT,),
    "distress": (ContactClass.DISTRESS,),
    "handheld": (ContactClass.HANDHELD,),
    "craft": (ContactClass.CRAFT,),
    "unknown": (ContactClass.UNKNOWN,),
}
"""Words for ``class:``."""

DOUBTS: dict[str, Doubt] = {
    "zero": Doubt.ZERO_ISLAND,
    "future": Doubt.FUTURE,
    "jump": Doubt.JUMP,
    "coarse": Doubt.COARSE,
    "arrival": Doubt.ARRIVAL_TIME,
    "twin": Doubt.TWIN,
    "placeholder": Doubt.PLACEHOLDER,
    "mmsi": Doubt.MMSI_FORM,
    "late": Doubt.LATE,
    "yes": Doubt(sum(doubt.value for doubt in Doubt)),
}
"""Words for ``doubt:``; ``yes`` is any of them."""

NAVIGATION = (
    "underway", "anchored", "nocommand", "restricted", "draught", "moored", "aground", "fishing", "sailing",
    "hazard", "hazard", "towing", "pushing", "reserved", "distress", "unknown",
)  # fmt: skip
"""Words for ``nav:`` by AIS navigational status 0 to 15 (ITU-R M.1371-5, table 48)."""

ZONES = {
    "land": "land",
    "iw": "internal", "internal": "internal",
    "aw": "archipelagic", "archipelagic": "archipelagic",
    "ts": "territorial", "territorial": "territorial",
    "cz": "contiguous", "contiguous": "contiguous",
    "eez": "eez",
    "jr": "joint", "joint": "joint",
    "hs": "high_seas", "high_seas": "high_seas",
}  # fmt: skip
"""Words for the kinds of zone."""
ZONE_STATUS = ("agreed", "disputed", "unsettled")
STATES = ("fresh", "old", "lost")


def find(name: str) -> Field | None:
    """The field of that name or alias, in any case."""
    return _BY_NAME.get(name.lower())


def nearest(name: str) -> str:
    """The name of the field a misspelt one was most likely meant to be; "" when none is near."""
    close = get_close_matches(name.lower(), _BY_NAME, 1, 0.6)
    return _BY_NAME[close[0]].name if close else ""


_COMBINING = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """Text as filters compare it: without case and accents. Line feeds stay where they are."""
    if text.isascii():
        return text.lower()
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text)).casefold()
