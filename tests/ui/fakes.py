"""A desk for screen tests: a made-up picture that needs no record, with the real desk's shapes."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace

import numpy as np

from maoc_tui.desk.snapshots import FeedState, IdentityValue, Picture, Track, ZoneEvent, ZoneLabel
from maoc_tui.domain.clock import Clock, ScenarioClock
from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.domain.identity_checks import Badge
from maoc_tui.settings import Settings
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.moment import Moment, View

NOW = 1_670_987_261_000
"""2022-12-14 03:07:41Z."""
ZONES = (
    ZoneLabel("high_seas", (), "agreed", "official", "HS"),
    ZoneLabel("territorial", ("PT",), "agreed", "derived", "PT TS"),
    ZoneLabel("eez", ("ES",), "agreed", "equidistance", "ES EEZ"),
    ZoneLabel("territorial", ("EH", "MA"), "disputed", "inferred", "EH/MA TS"),
)
_WORDS = ("PALOMA", "VENTO", "GALERNA", "SANTA RITA", "ATLANTIC", "BLUE MIST", "KEROLA", "MAR BRAVO")


def picture(count: int = 200, generation: int = 1, names: tuple[str, ...] = (), seed: int = 7) -> Picture:
    """A picture of ``count`` contacts about Iberia; the first ones carry the given names."""
    random = np.random.default_rng(seed)
    text = lambda values: np.array(values, dtype=object)  # noqa: E731
    serial = np.arange(count)
    given = list(names) + [
        f"{_WORDS[i % len(_WORDS)]} {i}" if i % 9 else "" for i in range(len(names), count)
    ]
    columns = {
        "key": np.array([contact_key(Space.AIS, 263_000_000 + int(i)) for i in serial], np.int64),
        "cls": np.where(serial % 7 == 3, 3, 1 + serial % 2).astype(np.uint8),
        "time": (NOW - random.integers(0, 12 * 3_600_000, count)).astype(np.int64),
        "lat": random.uniform(33, 44, count),
        "lon": random.uniform(-22, -5, count),
        "sog": random.uniform(0, 20, count).astype(np.float32),
        "cog": random.uniform(0, 360, count).astype(np.float32),
        "heading": np.full(count, np.nan, np.float32),
        "altitude": np.full(count, np.nan, np.float32),
        "error_m": np.full(count, 10, np.float32),
        "status": np.zeros(count, np.uint8),
        "doubt": np.where(serial % 11 == 0, 4, 0).astype(np.uint16),
        "zone": (serial % 5 - 1).astype(np.int32),
        "ship_type": np.where(serial % 3 == 0, 36, 70).astype(np.int16),
        "imo": np.full(count, 0, np.int32),
        "length_m": np.where(serial % 2, 12, 180).astype(np.float32),
        "flag": text(["PT" if i % 2 else "VE" for i in serial]),
        "name": text(given),
        "call_sign": text(["CS" + str(i) for i in serial]),
        "registration": text([""] * count),
        "model": text(["AT8T" if i % 7 == 3 else "" for i in serial]),
        "destination": text(["LISBOA" if i % 4 else "" for i in serial]),
        "target": text([f"T-{i:04d}" if i % 25 == 1 else "" for i in serial]),
    }
    known = {f.name for f in fields(Picture)}
    extra = {"changed": generation} if "changed" in known else {}
    return Picture(
        generation=generation, at=NOW, zones=ZONES, zone_dataset="made up 2022", **columns, **extra
    )


def events(count: int = 12, name: str = "") -> tuple[ZoneEvent, ...]:
    """Zone entries of the first contacts of ``picture``."""
    return tuple(
        ZoneEvent(
            i, contact_key(Space.AIS, 263_000_000 + i), name or f"{_WORDS[i % 8]} {i}", NOW - (count - i) * 60_000,
            36.0, -6.0, "HS", "PT TS", "T-0001" if i == 1 else "",
        )
        for i in range(1, count + 1)
    )  # fmt: skip


class FakeDesk(LiveDesk):
    """Answers from memory; another ``now_picture`` is a change in the record."""

    def __init__(self, count: int = 200, names: tuple[str, ...] = (), clock: Clock | None = None) -> None:
        self.clock = clock or ScenarioClock(NOW, 0.0)
        super().__init__(lambda said: SimpleNamespace(clock=self.clock, close=lambda: None))
        self.now_picture = picture(count, names=names)
        self.now_events = events(name=names[0] if names else "")
        self.names = names
        self.now_clock = None
        self.now_slips = ()
        held = self._on_watch
        self._on_watch = SimpleNamespace(
            read=lambda room, who: held.read(room, who) if hasattr(room, "db") else None
        )
        self._slips = SimpleNamespace(read=lambda *_: self.now_slips)
        self.now_alerts = ()
        self._alerts = SimpleNamespace(read=lambda *_: self.now_alerts)
        self.now_highest = "H2"
        self.looks = 0
        self.taken = []

    def _clock(self, room):
        return self.now_clock

    def _highest(self, room):
        return self.now_highest

    def _zones_outdated(self, room):
        return False

    def _picture(self, room, before):
        self.looks += 1
        return self.now_picture

    def _arrange(self, room, shown, view: View, now):
        from maoc_tui.ui.ordering import ordered

        rows = np.arange(len(shown))
        if view.query.startswith("flag:"):
            rows = rows[shown.flag == view.query[5:]]
        elif view.query:
            rows = rows[[view.query.lower() in str(name).lower() for name in shown.name]]
        return ordered(shown, rows, view.column, view.descending)

    def _states(self, room, shown, now):
        return np.searchsorted([3_600_000, 6 * 3_600_000], now - shown.time).astype(np.uint8)

    def _type_names(self, room):
        return {36: "sail", 70: "cargo"}

    def _events(self, room, before: Moment | None):
        return self.now_events

    def _feeds(self, room):
        return (
            FeedState("AIS", "digitraffic", NOW - 90_000, "ok", True, 10),
            FeedState("ADS-B", "readsb", NOW - 4_000, "silent for 84 s", False, 10),
        )

    def _estimates(self, room, shown, now):
        return SimpleNamespace(lat=shown.lat + 0.1, lon=shown.lon, radius_nm=np.full(len(shown), 2.0))

    def take_out(self, kind, ref, marking=None):
        self.taken.append((kind, ref))

    def ground(self):
        from maoc_tui.geo.coast import Coast
        from maoc_tui.ui.moment import Ground

        return Ground(Coast.load(), (), lambda lat, lon: np.full(len(lat), -1, np.int32))

    def subject(self, shown, key, since_ms, until_ms):
        from maoc_tui.ui.moment import Subject

        name = self.names[0] if self.names else "BLUE MIST"
        values = (IdentityValue("name", name, name, NOW - 86_400_000, NOW - 600_000, "made.nmea"),)
        return Subject(key, values, track(key), (Badge("imo", "the IMO number fails its check digit"),))

    def zone(self, lat, lon, radius_nm=0.0, key=0, target=""):
        line = SimpleNamespace(
            kind="territorial", states=("PT",), basis="derived", distance_nm=3.2, bearing=271.0,
            accuracy="typically 0.1 nm",
        )  # fmt: skip
        either = SimpleNamespace(kind="high_seas", states=(), basis="derived")
        area = SimpleNamespace(
            kind="territorial",
            states=("PT",),
            status="disputed",
            basis="derived",
            name="Madeira",
            source="x",
            edition="1",
        )
        dataset = SimpleNamespace(
            name="made up", edition="1", date="2022-12-14", licence="MIT", attribution="nobody"
        )
        return SimpleNamespace(
            lat=lat, lon=lon, radius_nm=radius_nm, area=area, determined=False, candidates=(area, either),
            lines=(line,), dataset=dataset, override=None, beneath=None, left=(),
        )  # fmt: skip


def track(key: int, count: int = 50) -> Track:
    """A straight path of one contact."""
    steps = np.arange(count)
    columns = {
        "time": NOW - (count - steps) * 600_000,
        "lat": 36 + steps * 0.01,
        "lon": -10 + steps * 0.02,
        **{name: np.full(count, 5, np.float32) for name in ("sog", "cog", "heading", "altitude", "error_m")},
        "status": np.zeros(count, np.uint8),
        "doubt": np.zeros(count, np.uint16),
        "source": np.ones(count, np.int32),
    }
    return Track(key=key, **columns)


def app(desk: FakeDesk | None = None, **chosen):
    """The program on a made-up desk, the clock standing still."""
    from maoc_tui.app import MaocApp

    desk = desk or FakeDesk()
    return MaocApp(lambda said: None, desk.clock, Settings(**chosen), "DEMO", desk=desk)
