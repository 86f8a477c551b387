"""A record with a few contacts, and a room around it, for tests of targets."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from maoc_tui.desk.reference import Reference
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.reports import Fixes, Identity
from maoc_tui.geo.zonemodel import Area, Dataset
from maoc_tui.store import contacts, sources
from maoc_tui.store.database import Database

NOW = 1_670_987_261_000
"""2022-12-14 03:07:41Z."""
HOUR = 3_600_000
YACHT = contact_key(Space.AIS, 263_601_890)
"""A Portuguese yacht called LA PALOMA."""
TANKER = contact_key(Space.AIS, 371_234_000)
JET = contact_key(Space.ICAO, 0x4CA815)
PLACEHOLDER = contact_key(Space.AIS, 123_456_789)


class Zones:
    """Two zones, parted by a meridian: the high seas west of 15 W, the territorial sea of Portugal east."""

    areas = (
        Area(0, "high_seas", (), "agreed", "derived", "high seas", "", "made up", "1"),
        Area(1, "territorial", ("PT",), "agreed", "derived", "Portugal", "PT", "made up", "1"),
    )
    dataset = Dataset("made up", "1", "2022", "none", "nobody")

    def locate(self, lat: Any, lon: Any) -> Any:
        return np.where(np.atleast_1d(lon) < -15, 0, 1)

    def candidates(self, lat: float, lon: float, radius_nm: float) -> list[int]:
        return [0, 1] if abs(lon + 15) * 60 < radius_nm else [0 if lon < -15 else 1]

    def nearest_lines(self, lat: float, lon: float) -> tuple[()]:
        return ()

    def next_crossing(self, lat: float, lon: float, course: float, speed_kn: float, hours: float) -> None:
        return None


def make_room(path: Path, clock: ScenarioClock | None = None) -> Any:
    """A room on a new record with three contacts and one placeholder heard."""
    shutil.copy(_template(), path)
    db = Database.open(path)
    return SimpleNamespace(
        db=db,
        clock=clock or ScenarioClock(NOW, 0.0),
        reference=Reference.load(),
        zones=Zones(),
        zones_outdated=lambda: False,
        close=db.close,
    )


@cache
def _template() -> Path:
    """The record every test begins with, made once: migrations take their time."""
    path = Path(tempfile.mkdtemp(prefix="maoc-test-")) / "template.db"
    db = Database.open(path, create=True)
    _hear(db)
    db.close()
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return path


def _hear(db: Database) -> None:
    keys = [YACHT, TANKER, JET, PLACEHOLDER]
    classes = [ContactClass.SHIP_B, ContactClass.SHIP_A, ContactClass.AIRCRAFT, ContactClass.SHIP_A]
    fixes = Fixes.build(
        keys,
        [NOW - 2 * HOUR, NOW - HOUR, NOW - 60_000, NOW - HOUR],
        [33.1667, 36.0, 38.0, 0.5],
        [-41.3333, -6.0, -9.0, 0.5],
        sog=[5.0, 12.0, 220.0, 0.0],
        cog=[90.0, 45.0, 180.0, 0.0],
        error_m=[10.0, 10.0, 50.0, 10.0],
        cls=classes,
    )
    said = [
        Identity(YACHT, NOW - 48 * HOUR, 2, {"name": "LA PALOMA", "ship_type": 36, "length_m": 12.0}, 1),
        Identity(TANKER, NOW - 9 * HOUR, 1, {"name": "EAGLE [/red]\x1b]52;c;QQ\x07", "imo": 9074729}, 2),
        Identity(JET, NOW - HOUR, 3, {"registration": "EI-DEO", "aircraft_type": "A320"}, 3),
        Identity(PLACEHOLDER, NOW - HOUR, 1, {"name": "-", "call_sign": "0"}, 4),
    ]
    with db.writing_traffic() as conn:
        source = sources.register(conn, "made.nmea", "file", "nmea", "0" * 64)
        contacts.update(conn, fixes, np.array([0, 1, 1, 0], np.int32), source)
        contacts.identities(conn, said, source)
