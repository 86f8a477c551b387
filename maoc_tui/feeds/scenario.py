"""The demo's traffic: a fleet made from data/demo by a seeded generator, reported like a feed reports.

The same seed gives the same fleet and the same reports, whoever asks and in whatever pieces.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui import resources
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.reports import Batch, Fixes, Identity
from maoc_tui.feeds.scenario_events import happened
from maoc_tui.feeds.scenario_fleet import Member, build_fleet
from maoc_tui.feeds.scenario_motion import HOUR_MS, Paths

_IDENTITY_EVERY_MS = 6 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Scenario:
    """A made-up picture of traffic over some days."""

    title: str
    begins: int
    """Milliseconds: the first report."""
    opens: int
    """Milliseconds: when the watch begins; reports before it are history."""
    ends: int
    rate: float
    """Seconds of scenario in one real second."""
    fleet: tuple[Member, ...]
    targets: tuple[dict[str, Any], ...]
    """The target entries of targets.toml, in order."""
    paths: Paths

    @classmethod
    def load(cls) -> Scenario:
        """Build the shipped scenario."""
        raw = tomllib.loads(resources.data("demo", "scenario.toml").read_text("utf-8"))
        targets = tomllib.loads(resources.data("demo", "targets.toml").read_text("utf-8"))["target"]
        begins, opens, ends = (to_ms(raw[name]) for name in ("begins", "opens", "ends"))
        fleet = happened(build_fleet(raw, targets, begins, ends), raw["event"], begins)
        paths = Paths.join([member.path for member in fleet])
        return cls(raw["title"], begins, opens, ends, float(raw["rate"]), fleet, tuple(targets), paths)

    def reports(self, since: int, until: int) -> Batch:
        """Every report with ``since`` < time <= ``until`` (milliseconds), in time order, as one batch."""
        fixes = self._fixes(since, until)
        identities = [i for n, m in enumerate(self.fleet) if (i := self._identity(n, m, since, until))]
        return Batch(fixes=fixes, identities=identities, others=len(identities))

    def _fixes(self, since: int, until: int) -> Fixes:
        members, times = self._due(since, until)
        lat, lon, sog, cog = self.paths.at(members, times)
        still = np.array([m.moored for m in self.fleet])[members]
        noise = _noise(members, times)
        lat, lon = lat + noise[0] * 4e-5, lon + noise[1] * 4e-5
        sog = np.where(still, np.float32(0.1) * (noise[0] > 0), np.maximum(sog + noise[0] * 0.15, 0)).astype(
            np.float32
        )
        cog = ((cog + noise[1] * 1.2) % 360).astype(np.float32)
        column = {
            name: np.array([getattr(m, name) for m in self.fleet])[members]
            for name in ("key", "cls", "status", "feet")
        }
        air = column["cls"] == ContactClass.AIRCRAFT
        order = np.lexsort((members, times))
        fixes = Fixes.build(
            key=column["key"], time=times, lat=lat, lon=lon, sog=sog,
            cog=np.where(still, np.nan, cog), heading=np.where(air, np.nan, cog),
            altitude=column["feet"], error_m=np.where(air, 60.0, 15.0),
            status=column["status"], cls=column["cls"], record=np.arange(1, len(members) + 1),
        )  # fmt: skip
        return fixes.take(order)

    def _due(self, since: int, until: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(member, time) of every report in the interval."""
        every = np.array([m.every_s * 1000 for m in self.fleet], np.int64)
        phase = np.array([m.phase_ms for m in self.fleet], np.int64) % every + self.begins
        first = np.maximum((since - phase) // every + 1, 0)
        count = np.maximum((until - phase) // every - first + 1, 0)
        members = np.repeat(np.arange(len(self.fleet)), count)
        step = np.arange(len(members)) - np.repeat(np.cumsum(count) - count, count)
        times = phase[members] + (first[members] + step) * every[members]
        heard = (times >= self.paths.begins()[members]) & (times <= self.paths.ends()[members])
        for n, member in enumerate(self.fleet):
            for dark_from, dark_to in member.silent:
                heard &= ~((members == n) & (times >= dark_from) & (times < dark_to))
        return members[heard], times[heard]

    def _identity(self, n: int, member: Member, since: int, until: int) -> Identity | None:
        """What a member says of itself, if it was due to say so in the interval."""
        begin = int(self.paths.begins()[n])
        last = begin + (until - begin) // _IDENTITY_EVERY_MS * _IDENTITY_EVERY_MS
        if until < begin or last <= since or last > int(self.paths.ends()[n]):
            return None
        if any(dark_from <= last < dark_to for dark_from, dark_to in member.silent):
            return None
        said = dict(member.says)
        if member.renamed is not None and last >= member.renamed[0]:
            said["name"] = member.renamed[1]
        return Identity(member.key, last, member.cls, said, n + 1)


def _noise(members: NDArray[np.int64], times: NDArray[np.int64]) -> NDArray[np.float64]:
    """Two columns of repeatable noise in -1..1, from who and when alone: pieces equal the whole."""
    seed = (members * 2654435761 + times // 1000 * 40503) & 0xFFFFFFFF
    first = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    second = (first * 1103515245 + 12345) & 0x7FFFFFFF
    return np.stack([first, second]) / 0x3FFFFFFF - 1
