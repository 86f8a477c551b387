"""Gaps, encounters and jumps equal the slow reckoning of behaviour_oracle, on made tracks and on recorded files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from behaviour_oracle import Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain.alert_rules import parse
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.reports import Fixes
from maoc_tui.feeds.formats import HEAD, recognise
from maoc_tui.feeds.source import ReadContext
from maoc_tui.geo.behaviour import jump
from maoc_tui.geo.behaviour.encounter import EncounterWatch
from maoc_tui.geo.behaviour.gap import GapWatch
from maoc_tui.geo.behaviour.recent import VESSELS, Recent
from maoc_tui.geo.behaviour.scene import Scene
from maoc_tui.geo.plausibility import SpeedLimits
from maoc_tui.geo.ports import Ports

RULES = parse(resources.data("alerts.toml").read_text("utf-8"))
LIMITS = SpeedLimits.build(
    {c.name.lower(): {1: 60, 2: 90, 9: 90}.get(int(c), 100) for c in ContactClass}, minimum_nm=0.54
)
PORTS = Ports.load()
ROUND_ABOUT = Ports(("NEAR", "FAR"), np.array([38.2, -20.0]), np.array([-30.0, 60.0]))
NOW = 1_900_000_000_000
HOUR = 3_600_000
FEEDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "feeds"


class Watch:
    """Takes fixes in pieces, as a sweep does."""

    def __init__(self, begins: int, ends: int, ports: Ports = PORTS) -> None:
        span = (ends - begins) // RULES.step_ms + 2
        self.recent = Recent(RULES.step_ms, int(span), RULES.join_ms, LIMITS)
        self.recent.move_to(ends)
        self.now, self.ports = ends, ports
        self.gaps, self.encounters = GapWatch(), EncounterWatch()
        self.jumped, self.closed, self.open = set(), set(), set()
        self.met = set()

    def take(self, fixes: Fixes, now: int) -> None:
        steps, late = self.recent.absorb(fixes)
        assert not len(late)
        scene = Scene(self.recent, now, RULES, self.ports, lambda _: "")
        key = self.recent.key
        self.jumped |= {
            (int(key[r]), int(t)) for r, t in zip(steps.row[steps.jump], steps.to_ms[steps.jump], strict=True)
        }
        for found in self.gaps.find(scene, steps):
            of = self.closed if found.over else self.open
            of.add((found.keys[0], found.first_ms))
        jump.find(scene, steps)
        touched, self.recent.touched = self.recent.touched, set()
        self.met = {
            (*sorted((int(key[m.row]), int(key[m.other]))), m.first, m.last)
            for m in self.encounters.meetings(scene, touched)
        }


def compared(fixes: Fixes, parts: int = 1, ports: Ports = PORTS) -> dict[str, set]:
    """Hold the detectors against the oracle on fixes given in ``parts`` pieces; what both found."""
    fixes = fixes.take(np.isin(fixes.cls, VESSELS) & np.isfinite(fixes.lat) & (fixes.doubt & 1 == 0))
    fixes = fixes.take(np.lexsort((fixes.time,)))
    first, last = int(fixes.time.min()), int(fixes.time.max())
    now = last // RULES.step_ms * RULES.step_ms + RULES.step_ms - 1
    one_class = dict(zip(fixes.key.tolist(), fixes.cls.tolist(), strict=True))
    fixes = replace(fixes, cls=np.array([one_class[k] for k in fixes.key.tolist()], np.uint8))
    watch = Watch(first, now, ports)
    oracle = Oracle(fixes, RULES, LIMITS, ports, now, watch.recent.oldest)
    cuts = np.linspace(first, last, parts + 1)[1:-1]
    for piece in np.split(np.arange(len(fixes)), np.searchsorted(fixes.time, cuts)):
        watch.take(fixes.take(piece), now)
    jumps, met, gaps = oracle.jumps(), oracle.encounters(), oracle.gaps()
    assert watch.jumped == jumps
    assert watch.met == met
    assert watch.closed == {(key, at) for key, at, back in gaps if back}
    assert watch.open >= {(key, at) for key, at, back in gaps if not back}
    if parts == 1:
        assert watch.open == {(key, at) for key, at, back in gaps if not back}
    return {"jumps": jumps, "encounters": met, "gaps": gaps}


def made(seed: int, contacts: int, hours: int) -> Fixes:
    """Tracks that meet, fall silent and jump, round one place at sea and over the antimeridian."""
    rng = np.random.default_rng(seed)
    middle = rng.choice([-30.0, 179.95])
    parts = []
    for n in range(contacts):
        every = rng.choice([60, 180, 400, 900]) * 1000
        time = np.cumsum(rng.integers(every // 2, every * 3 // 2, int(hours * HOUR / every)))
        time = time[time < hours * HOUR]
        if rng.random() < 0.6:
            begin = rng.integers(hours * HOUR // 2)
            time = time[(time < begin) | (time > begin + rng.integers(HOUR // 2, 4 * HOUR))]
        knots = rng.choice([0.3, 1.0, 6.0], len(time), p=[0.7, 0.295, 0.005])
        hop = np.diff(time, prepend=0) / HOUR * knots / 60
        course = rng.uniform(0, 6.28) + rng.normal(0, 0.6, len(time)).cumsum() * 0.2
        lat = 38 + 0.1 * rng.choice(4) + rng.normal(0, 0.002) + np.cumsum(hop * np.cos(course))
        lon = middle + rng.normal(0, 0.002) + np.cumsum(hop * np.sin(course)) / 0.79
        away = np.clip(1 - time / HOUR, 0, 1) * rng.choice([0.0, 0.1])
        lat, lon = lat + away * np.cos(course), lon + away * np.sin(course)
        far = rng.random(len(time)) < 0.008
        lat = lat + np.where(far, rng.uniform(-3, 3, len(time)), 0)
        key = contact_key(Space.AIS, 227_000_000 + n)
        cls = rng.choice([int(ContactClass.SHIP_A), int(ContactClass.SHIP_B)])
        parts.append(Fixes.build(key=np.full(len(time), key), time=1_670_000_000_000 + time, lat=lat,
                                 lon=(lon + 180) % 360 - 180, cls=cls))  # fmt: skip
    return Fixes.concat(parts)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(3, 14), st.sampled_from([1, 4, 17]))
def test_made_tracks_are_judged_as_the_slow_reckoning_judges_them(
    seed: int, contacts: int, parts: int
) -> None:
    compared(made(seed, contacts, 8), parts, ROUND_ABOUT)


def test_made_tracks_hold_all_three_kinds() -> None:
    found = [compared(made(seed, 12, 8), ports=ROUND_ABOUT) for seed in range(8)]
    for kind in ("jumps", "encounters", "gaps"):
        assert sum(len(one[kind]) for one in found) > 3


@pytest.mark.skipif(not FEEDS.exists(), reason="the recorded samples are not beside this checkout")
@pytest.mark.parametrize(("name", "crowd", "least"), [
    ("ais_csv/marinecadastre_20220103_a.csv", 4, {"jumps": 30, "gaps": 100, "encounters": 0}),
    ("ais_csv/gibraltar_20160601_a.csv", 4, {"jumps": 0, "gaps": 50, "encounters": 0}),
    ("ais_csv/solent_20160112.csv", 4, {"jumps": 1, "gaps": 3, "encounters": 0}),
    ("ais_csv/solent_20160112.csv", 100, {"jumps": 1, "gaps": 3, "encounters": 20}),
    ("ais_nmea/channel_20110726.nmea", 4, {"jumps": 0, "gaps": 50, "encounters": 0}),
])  # fmt: skip
def test_recorded_files_are_judged_as_the_slow_reckoning_judges_them(
    name: str, crowd: int, least: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Solent is full of marinas that the list of ports does not know: without the crowd's limit they drown all."""
    limits = RULES["encounter"].limits
    monkeypatch.setitem(limits, "company", replace(limits["company"], value=crowd))  # type: ignore[arg-type]
    path = FEEDS / name
    with path.open("rb") as file:
        read = recognise(file.read(HEAD), path.name)
    with path.open("rb") as file:
        fixes = Fixes.concat([batch.fixes for batch in read.read(file, ReadContext(NOW, NOW))])
    found = compared(fixes)
    for kind, count in least.items():
        assert len(found[kind]) >= count
    if crowd == 4:
        assert len(found["encounters"]) < 20
