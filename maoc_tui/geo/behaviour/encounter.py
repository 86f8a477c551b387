"""Encounters: two vessels close together and slow at instant after instant of the grid, away from port.

After Miller et al. 2018 and the public pipeline of Global Fishing Watch, with limits of the room's own (data).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.geo.behaviour.near import Places, pairs
from maoc_tui.geo.behaviour.recent import I64, Recent
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, Spell, begun, cause, dtg, short, span
from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.plausibility import sphere_nm

ID = "encounter"
_NONE = np.empty((0, 3))


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two rows that kept together."""

    row: int
    other: int
    first: int
    """Instants of the grid."""
    last: int
    nearest_nm: float
    middle_nm: float


def slow(recent: Recent, instant: int, knots: float) -> NDArray[np.bool_]:
    """Rows that moved at less than ``knots`` over the step up to an instant; False where either end is unknown."""
    if not recent.holds(instant - 1):
        return np.zeros(len(recent.key), np.bool_)
    (lat, lon), (to_lat, to_lon) = recent.at(instant - 1), recent.at(instant)
    found = np.zeros(len(recent.key), np.bool_)
    limit_nm = knots * recent.step_ms / HOUR_MS
    roughly = np.abs(to_lat - lat) * 60 < limit_nm * 1.01
    some = np.flatnonzero(roughly)
    found[some] = sphere_nm(lat[some], lon[some], to_lat[some], to_lon[some]) < limit_nm
    return found


@dataclass(slots=True)
class EncounterWatch:
    """Keeps the pairs of each instant, so that a sweep looks only at instants at which something new is known."""

    together: dict[int, F64] = field(default_factory=dict)
    """By instant: columns row, other row, nm apart."""
    known: dict[tuple[int, ...], int] = field(default_factory=dict)
    """By contact keys, the lower first: the last instant of an encounter that was told and may go on."""
    standing: dict[tuple[int, ...], Spell] = field(default_factory=dict)
    """By contact keys: from when to when the encounter lasted that stands in the record."""

    def find(self, scene: Scene, touched: set[int]) -> list[Finding]:
        """Encounters that go on or ended within what is remembered."""
        return [finding(scene, one, self.standing) for one in self.meetings(scene, touched)]

    def meetings(self, scene: Scene, touched: set[int]) -> list[Meeting]:
        """The same in numbers, by row."""
        recent, rule = scene.recent, scene.rules[ID]
        again = touched | {instant + 1 for instant in touched}
        for instant in sorted(again):
            if recent.holds(instant):
                self.together[instant] = close_pairs(scene, instant)
        self.together = {i: found for i, found in self.together.items() if recent.holds(i)}
        steps = rule.of("least_min") * 60_000 / recent.step_ms
        apart = round(rule.of("bridge_min") * 60_000 / recent.step_ms)
        long = [one for one in runs(self.together, apart) if one.last - one.first >= steps]
        return [one for one in long if self._meets(scene, one)]

    def _meets(self, scene: Scene, one: Meeting) -> bool:
        """One of them came, or they are known to have met before what is remembered begins."""
        keys = tuple(sorted((int(scene.recent.key[one.row]), int(scene.recent.key[one.other]))))
        met = one.first <= self.known.get(keys, -1)
        if met or came(scene, one.row, one.first) or came(scene, one.other, one.first):
            self.known[keys] = max(one.last, self.known.get(keys, -1))
            return True
        return False


def close_pairs(scene: Scene, instant: int) -> F64:
    """Slow rows away from port that are near each other at an instant: columns row, other row, nm apart."""
    rule, recent = scene.rules[ID], scene.recent
    lat, lon = recent.at(instant)
    row = np.flatnonzero(slow(recent, instant, rule.of("speed_kn")))
    row = row[~scene.ports.near(lat[row], lon[row], scene.port_nm)]
    row = row[_company(lat[row], lon[row], rule.of("company_nm")) <= rule.of("company")]
    if len(row) < 2:
        return _NONE
    first, second, nm = pairs(lat[row], lon[row], rule.of("distance_nm"))
    one, other = row[first], row[second]
    return np.column_stack([np.minimum(one, other), np.maximum(one, other), nm])


def came(scene: Scene, row: int, first: int) -> bool:
    """Whether a row was under way before an instant, or was heard for the first time then."""
    recent, rule = scene.recent, scene.rules[ID]
    steps = round(rule.of("came_min") * 60_000 / recent.step_ms)
    before = recent.instants(first - steps - 1, first - 1)
    lat, lon = recent.past(row, before)
    if np.isnan(lat).all():
        return len(before) > steps
    limit = rule.of("speed_kn") * recent.step_ms / HOUR_MS
    return bool((sphere_nm(lat[:-1], lon[:-1], lat[1:], lon[1:]) >= limit).any())


def _company(lat: F64, lon: F64, nm: float) -> I64:
    """How many of the places lie within ``nm`` of each, itself not counted."""
    asked, _, _ = Places.build(lat, lon, nm).within(lat, lon)
    return np.bincount(asked, minlength=len(lat)) - 1


def runs(together: dict[int, F64], apart: int) -> list[Meeting]:
    """Pairs with the instants they kept together, broken where they were apart for more than ``apart`` steps."""
    parts = [(instant, found) for instant, found in sorted(together.items()) if len(found)]
    if not parts:
        return []
    whole = np.concatenate([found for _, found in parts])
    instant: I64 = np.concatenate([np.full(len(found), at, np.int64) for at, found in parts])
    row, other = whole[:, 0].astype(np.int64), whole[:, 1].astype(np.int64)
    order = np.lexsort((instant, other, row))
    row, other, instant, nm = row[order], other[order], instant[order], whole[order, 2]
    new = (row[1:] != row[:-1]) | (other[1:] != other[:-1]) | (instant[1:] - instant[:-1] > apart + 1)
    begins = np.flatnonzero(np.r_[True, new])
    ends = np.r_[begins[1:], len(row)]
    return [
        Meeting(
            int(row[a]), int(other[a]), int(instant[a]), int(instant[b - 1]),
            float(nm[a:b].min()), float(np.median(nm[a:b])),
        )
        for a, b in zip(begins.tolist(), ends.tolist(), strict=True)
        if b > a + 1
    ]  # fmt: skip


def finding(scene: Scene, one: Meeting, standing: Mapping[tuple[int, ...], Spell]) -> Finding:
    """One encounter in words; it began when the one began that stands and that it goes on from."""
    rule, recent = scene.rules[ID], scene.recent
    key, other = sorted((int(recent.key[one.row]), int(recent.key[one.other])))
    lat, lon = (float(c[one.row]) for c in recent.at(one.last))
    end = one.last * recent.step_ms
    start = begun(standing.get((key, other)), one.first * recent.step_ms, end, rule.of("bridge_min"))
    over = _parted(scene, one)
    return Finding(
        rule=ID, cause=cause(ID, short(key), short(other), start), keys=(key, other), asset="",
        first_ms=start, last_ms=end, lat=lat, lon=lon,
        because=f"{scene.called(key)} and {scene.called(other)} together and slow from {dtg(start)}.",
        evidence=(
            Measure("together", span(end - start), f"{rule.limits['least_min']} or more"),
            Measure("middle distance", f"{one.middle_nm:.2f} nm", f"within {rule.limits['distance_nm']}"),
            Measure("nearest", f"{one.nearest_nm:.2f} nm"),
            Measure("speed", "both slower", f"under {rule.limits['speed_kn']}"),
            scene.port_measure(lat, lon),
        ),
        innocent=rule.innocent, against=(), over=over, level=rule.level,
    )  # fmt: skip


def _parted(scene: Scene, one: Meeting) -> bool:
    """Both were heard since, long enough to be seen apart; or one has not been heard for long."""
    recent, apart = scene.recent, scene.rules[ID].of("bridge_min") * 60_000
    heard = min(int(recent.time[one.row]), int(recent.time[one.other]))
    end = one.last * recent.step_ms
    lost = scene.rules[ID].of("silent_min") * MINUTE_MS
    return heard > end + apart + recent.step_ms or scene.now_ms - heard > lost + apart
