"""A ship and an aircraft at one time, written the way each service writes them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ship:
    """One ship at one time, with what it says of itself."""

    mmsi: int
    name: str
    kind: int
    length: int
    knots: float
    lat: float
    lon: float
    course: float
    heard_ms: int

    def digitraffic(self, _now_ms: int) -> dict[str, Any]:
        """A feature of the locations."""
        return {
            "mmsi": self.mmsi,
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(self.lon, 6), round(self.lat, 6)]},
            "properties": {
                "mmsi": self.mmsi,
                "sog": round(self.knots, 1),
                "cog": round(self.course, 1),
                "navStat": 0,
                "rot": 0,
                "posAcc": True,
                "raim": False,
                "heading": round(self.course) % 360,
                "timestamp": self.heard_ms // 1000 % 60,
                "timestampExternal": self.heard_ms,
            },
        }

    def metadata(self, now_ms: int) -> dict[str, Any]:
        """A row of the vessels: draught in tenths, ETA packed (4 July 13:00)."""
        return {
            "mmsi": self.mmsi,
            "name": self.name,
            "shipType": self.kind,
            "referencePointA": self.length - 20,
            "referencePointB": 20,
            "referencePointC": 10,
            "referencePointD": 12,
            "posType": 1,
            "draught": 72,
            "imo": 0,
            "callSign": f"CS{self.mmsi % 10000:04d}",
            "eta": 7 << 16 | 4 << 11 | 13 << 6,
            "timestamp": now_ms - now_ms % 360_000,
            "destination": "PTLIS",
        }

    def listed(self, now_ms: int) -> dict[str, Any]:
        """A row of an own receiver's list: how long ago, null where unknown."""
        row = {"mmsi": self.mmsi, "lat": round(self.lat, 6), "lon": round(self.lon, 6), "heading": None}
        row |= {"cog": round(self.course, 1), "speed": round(self.knots, 1), "shiptype": self.kind}
        row |= {"to_bow": self.length - 20, "to_stern": 20, "to_port": 10, "to_starboard": 12, "status": 0}
        row |= {"draught": 7.2, "eta_month": 7, "eta_day": 4, "eta_hour": 13, "eta_minute": 0, "imo": None}
        row |= {"callsign": "CSAB", "shipname": self.name, "destination": "PTLIS", "approx": False}
        return row | {"msg_type": 34, "last_signal": (now_ms - self.heard_ms) // 1000}

    def aishub(self, _now_ms: int, human: bool) -> dict[str, Any]:
        """A record in human units or in AIS units."""
        stamp = time.strftime("%Y-%m-%d %H:%M:%S GMT", time.gmtime(self.heard_ms / 1000))
        row = {
            "MMSI": self.mmsi,
            "HEADING": 511,
            "ROT": 128,
            "NAVSTAT": 0,
            "IMO": 0,
            "NAME": self.name,
            "CALLSIGN": "CSAB",
            "TYPE": self.kind,
            "A": self.length - 20,
            "B": 20,
            "C": 10,
            "D": 12,
            "DEST": "PTLIS",
        }
        if human:
            return row | {
                "TIME": stamp,
                "LONGITUDE": round(self.lon, 5),
                "LATITUDE": round(self.lat, 5),
                "DRAUGHT": 7.2,
                "COG": round(self.course, 1),
                "SOG": round(self.knots, 1),
                "ETA": "07-04 13:00",
            }
        return row | {
            "TIME": str(self.heard_ms // 1000),
            "LONGITUDE": round(self.lon * 600_000),
            "DRAUGHT": 72,
            "LATITUDE": round(self.lat * 600_000),
            "COG": round(self.course * 10) % 3600,
            "SOG": round(self.knots * 10),
            "ETA": 7 << 16 | 4 << 11 | 13 << 6,
        }


@dataclass(frozen=True)
class Plane:
    """One aircraft at one time."""

    hex: str
    flight: str
    knots: float
    feet: float
    lat: float
    lon: float
    course: float
    age_s: float

    def v2(self, _now_ms: int) -> dict[str, Any]:
        """An object of ``ac`` or ``aircraft``."""
        return {
            "hex": self.hex,
            "type": "adsb_icao",
            "flight": f"{self.flight:8}",
            "alt_baro": round(self.feet),
            "gs": round(self.knots, 1),
            "track": round(self.course, 2),
            "squawk": "2345",
            "category": "A3",
            "lat": round(self.lat, 6),
            "lon": round(self.lon, 6),
            "nic": 8,
            "rc": 186,
            "seen_pos": self.age_s,
            "seen": self.age_s,
            "emergency": "none",
            "mlat": [],
            "tisb": [],
            "rssi": -20.1,
        }

    def opensky(self, now_ms: int) -> list[Any]:
        """A state array: metres, metres per second, longitude first."""
        heard = (now_ms - round(self.age_s * 1000)) // 1000
        return [
            self.hex,
            f"{self.flight:8}",
            "Portugal",
            heard,
            heard,
            self.lon,
            self.lat,
            self.feet * 0.3048,
            False,
            self.knots * 1852 / 3600,
            self.course,
            0.0,
            None,
            self.feet * 0.3048,
            "2345",
            False,
            0,
            4,
        ]


def fishing(ship: Ship) -> bool:
    """True for the type that Digitraffic never shows."""
    return ship.kind == 30
