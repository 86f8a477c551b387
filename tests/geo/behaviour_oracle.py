"""The behaviour rules once more, written the slow way: one contact, one pair, one instant at a time, in plain Python.

Nothing here comes from the program but the limits. It is what the detectors are held against.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import combinations, pairwise
from math import asin, cos, radians, sin, sqrt
from statistics import median

Place = tuple[float, float]
Fix = tuple[int, int, float, float]
"""Time in ms, class, latitude, longitude."""


def nm(a: Place, b: Place) -> float:
    p, q = radians(a[0]), radians(b[0])
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * 3440.065 * asin(sqrt(min(h, 1.0)))


def tracks(fixes) -> dict[int, list[Fix]]:
    """Each contact's fixes in order of time, the first of those stamped alike."""
    found: dict[int, dict[int, Fix]] = defaultdict(dict)
    for key, time, cls, lat, lon in zip(
        fixes.key.tolist(), fixes.time.tolist(), fixes.cls.tolist(), fixes.lat.tolist(), fixes.lon.tolist(), strict=True
    ):  # fmt: skip
        found[key].setdefault(time, (time, cls, lat, lon))
    return {key: [by[time] for time in sorted(by)] for key, by in found.items()}


class Oracle:
    """Everything is reckoned from the tracks when asked."""

    def __init__(self, fixes, rules, limits, ports, now_ms: int, oldest: int) -> None:
        self.oldest = oldest
        self.tracks, self.rules, self.limits, self.now = tracks(fixes), rules, limits, now_ms
        self.ports = sorted(zip(ports.lat.tolist(), ports.lon.tolist(), strict=True))
        self.step = rules.step_ms
        self.grid = {key: self._grid(track) for key, track in self.tracks.items()}
        self.north = {
            key: (min(f[2] for f in track), max(f[2] for f in track)) for key, track in self.tracks.items()
        }

    def is_jump(self, a: Fix, b: Fix) -> bool:
        far = nm(a[2:], b[2:])
        limit = float(self.limits.by_class[b[1]])
        return far > self.limits.minimum_nm and far > limit * max(b[0] - a[0], 1000) / 3_600_000

    def jumps(self) -> set[tuple[int, int]]:
        """(contact, time of the fix jumped to)."""
        return {
            (k, b[0]) for k, track in self.tracks.items() for a, b in pairwise(track) if self.is_jump(a, b)
        }

    def _grid(self, track: list[Fix]) -> dict[int, Place]:
        places = {}
        for a, b in pairwise(track):
            if self.is_jump(a, b) or b[0] - a[0] > self.rules.join_ms:
                continue
            for instant in range(a[0] // self.step + 1, b[0] // self.step + 1):
                part = (instant * self.step - a[0]) / (b[0] - a[0])
                east = (b[3] - a[3] + 180) % 360 - 180
                places[instant] = (a[2] + part * (b[2] - a[2]), (a[3] + part * east + 180) % 360 - 180)
        return places

    def in_port(self, place: Place) -> bool:
        reach = self.rules.sweep["port_nm"].value
        first = bisect_left(self.ports, (place[0] - reach / 59,))
        last = bisect_left(self.ports, (place[0] + reach / 59,))
        return any(nm(place, port) <= reach for port in self.ports[first:last])

    def encounters(self) -> set[tuple[int, int, int, int]]:
        """(contact, other, first instant, last instant)."""
        rule = self.rules["encounter"]
        slow: dict[int, dict[int, Place]] = defaultdict(dict)
        for key, places in self.grid.items():
            for instant, place in places.items():
                before = places.get(instant - 1)
                if (
                    before
                    and nm(before, place) < rule.of("speed_kn") * self.step / 3_600_000
                    and not self.in_port(place)
                ):
                    slow[instant][key] = place
        together = defaultdict(list)
        for instant in sorted(slow):
            alone = self._alone(slow[instant])
            for (key, a), (other, b) in combinations(sorted(alone.items()), 2):
                if abs(a[0] - b[0]) < 0.01 and nm(a, b) <= rule.of("distance_nm"):
                    together[key, other].append(instant)
        runs = {(*pair, *run) for pair, instants in together.items() for run in self._runs(instants)}
        return {run for run in runs if self._came(run[0], run[2]) or self._came(run[1], run[2])}

    def _came(self, key: int, first: int) -> bool:
        rule, places = self.rules["encounter"], self.grid[key]
        steps = round(rule.of("came_min") * 60_000 / self.step)
        before = [i for i in range(first - steps - 1, first) if i >= self.oldest]
        if not any(i in places for i in before):
            return len(before) == steps + 1
        limit = rule.of("speed_kn") * self.step / 3_600_000
        return any(
            i in places and i + 1 in places and nm(places[i], places[i + 1]) >= limit for i in before[:-1]
        )

    def _alone(self, slow: dict[int, Place]) -> dict[int, Place]:
        """Those that lie in no crowd."""
        rule = self.rules["encounter"]
        most, reach = rule.of("company"), rule.of("company_nm")
        return {
            key: here
            for key, here in slow.items()
            if sum(
                abs(here[0] - there[0]) < reach / 59 and nm(here, there) <= reach for there in slow.values()
            )
            <= most + 1
        }

    def _runs(self, instants: list[int]) -> list[tuple[int, int]]:
        rule, found = self.rules["encounter"], []
        first = last = instants[0]
        for instant in [*instants[1:], 1 << 60]:
            if (instant - last) * self.step > rule.of("bridge_min") * 60_000 + self.step:
                if (last - first) * self.step >= rule.of("least_min") * 60_000:
                    found.append((first, last))
                first = instant
            last = instant
        return found

    def gaps(self) -> set[tuple[int, int, int]]:
        """(contact, time of the fix before, time of the fix after or 0)."""
        rule, found = self.rules["ais_gap"], set()
        for key, track in self.tracks.items():
            times = [fix[0] for fix in track]
            for n, at in enumerate(times):
                cls = track[-1][1]
                floor = {1: "ship_a_min", 2: "ship_b_min"}.get(cls, "other_min")
                before = [b - a for a, b in pairwise(times[: n + 1])][-16:]
                if len(before) < rule.of("intervals"):
                    continue
                limit = max(median(before) * rule.of("times_usual"), rule.of(floor) * 60_000)
                until = times[n + 1] if n + 1 < len(times) else self.now
                if (
                    until - at > limit
                    and not self.in_port(track[n][2:])
                    and self._heard(key, track[n], limit)
                ):
                    found.add((key, at, times[n + 1] if n + 1 < len(times) else 0))
        return found

    def _heard(self, key: int, last: Fix, limit: float) -> bool:
        rule = self.rules["ais_gap"]
        judged = (last[0] + int(limit)) // self.step
        instants = range(max(judged - 3_600_000 // self.step, last[0] // self.step) + 1, judged + 1)
        others = sum(
            any(i in places and nm(places[i], last[2:]) <= rule.of("others_nm") for i in instants)
            for other, places in self.grid.items()
            if other != key and self.north[other][0] - 1 < last[2] < self.north[other][1] + 1
        )
        return others >= rule.of("others")
