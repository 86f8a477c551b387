"""A record whose clock stands still until it is moved, and traffic told to it, for tests of what sweeps make of it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from maoc_tui.desk.alert_sweep import leave, sweep
from maoc_tui.desk.room import Room
from maoc_tui.desk.storing import store_batch
from maoc_tui.domain.alerts import Finding
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.reports import Batch, Fixes, Identity
from maoc_tui.store import alerts, sources
from maoc_tui.store.database import Database

BEGIN = 1_670_990_400_000
MINUTE = 60_000
LAT, LON = 36.0, -12.0
"""Off Cape St Vincent, in no State's territorial sea."""


def ship(n: int) -> int:
    return contact_key(Space.AIS, 227_000_000 + n)


class World:
    """A record whose clock stands still until it is moved."""

    def __init__(self, room: Room) -> None:
        self.room = room
        with room.db.writing_traffic() as conn:
            self.source = sources.register(conn, "test", "feed", "csv")

    def at(self, minute: float) -> int:
        return BEGIN + round(minute * MINUTE)

    def tell(self, key: int, minutes, lat, lon, cls: int = ContactClass.SHIP_A, **more) -> None:
        minutes = np.asarray(minutes, float)
        fixes = Fixes.build(key=np.full(len(minutes), key), time=BEGIN + (minutes * MINUTE).astype(np.int64),
                            lat=np.broadcast_to(lat, len(minutes)), lon=np.broadcast_to(lon, len(minutes)), cls=cls,
                            error_m=15.0, **more)  # fmt: skip
        store_batch(self.room, Batch(fixes=fixes), self.source)

    def say(self, key: int, minute: float, cls: int = ContactClass.SHIP_A, **values) -> None:
        one = Identity(key, self.at(minute), int(cls), values, 1)
        store_batch(self.room, Batch(identities=[one], others=1), self.source)

    def traffic(self, first: float, last: float) -> None:
        """Four vessels that sail by and report every five minutes."""
        for n in range(4):
            minutes = np.arange(first, last, 5.0)
            self.tell(ship(10 + n), minutes, LAT + 0.05 * n - 0.1 + 0.001 * (minutes % 50), LON + 0.05)

    def sweep(self, minute: float):
        self.room.clock.set_to(self.at(minute))
        return sweep(self.room)

    def of(self, rule: str) -> list[Finding]:
        with self.room.db.reading_whole() as conn:
            return [one.finding for one in alerts.load(conn) if one.finding.rule == rule]


@cache
def _template() -> Path:
    """The record each begins with, made once: migrations take their time."""
    path = Path(tempfile.mkdtemp(prefix="maoc-alerts-")) / "template.db"
    Database.open(path, create=True).close()
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return path


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    """A world on a new record."""
    shutil.copy(_template(), folder / "maoc.db")
    room = Room.open(folder / "maoc.db", clock=ScenarioClock(BEGIN, 0.0))
    yield World(room)
    leave(room)
    room.close()
