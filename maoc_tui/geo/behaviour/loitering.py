"""Loitering: slow for hours far from any shore (feeds study 5.7, with limits of the room's own)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.geo.behaviour.encounter import slow
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, Spell, begun, cause, dtg, short
from maoc_tui.geo.behaviour.shore import shore

ID = "loitering"
_OPENLY = (1, 5, 7)
"""Navigational status at anchor, moored, fishing (ITU-R M.1371-5): it says itself why it is slow."""


@dataclass(slots=True)
class LoiterWatch:
    """Keeps which rows were slow at each instant; an instant is looked at again when something new is known of it."""

    slow: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    seen: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))
    """By row: where the run began and how many whole hours it had when its distance from shore was looked at."""
    told: dict[int, Finding] = field(default_factory=dict)
    """By row: what was found."""
    standing: dict[int, Spell] = field(default_factory=dict)
    """By contact key: from when to when the one lasted that stands in the record."""

    def find(self, scene: Scene, touched: set[int]) -> list[Finding]:
        """Vessels that have been slow without a break for long enough up to their last fix, far from shore."""
        recent, rule = scene.recent, scene.rules[ID]
        for instant in touched | {one + 1 for one in touched}:
            if recent.holds(instant):
                self.slow[instant] = slow(recent, instant, rule.of("speed_kn"))
        self.slow = {one: found for one, found in self.slow.items() if recent.holds(one)}
        length, first = self._runs(scene)
        row = np.flatnonzero(length * recent.step_ms >= rule.of("least_h") * HOUR_MS)
        row = row[scene.now_ms - recent.time[row] < rule.of("quiet_min") * MINUTE_MS]
        row = row[~np.isin(recent.status[row], _OPENLY)]
        run = np.column_stack([first, length * recent.step_ms // HOUR_MS])
        self.seen = np.concatenate([self.seen, np.full((len(run) - len(self.seen), 2), -1)])
        self.seen[np.isin(recent.status, _OPENLY)] = -1
        anew = row[(self.seen[row] != run[row]).any(axis=1)]
        self.seen[anew] = run[anew]
        away = shore(rule.of("shore_nm")).nm(recent.at_lat[anew], recent.at_lon[anew]) > rule.of("shore_nm")
        going = set(row.tolist()) - set(anew[~away].tolist())
        self.told = {r: one for r, one in self.told.items() if r in going}
        self.told |= {r: self._finding(scene, r, *run[r].tolist()) for r in anew[away].tolist()}
        return list(self.told.values())

    def _runs(self, scene: Scene) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """By row: steps of the run of slow instants that goes on to its last one, and where the run begins."""
        recent = scene.recent
        length, first = (np.zeros(len(recent.key), np.int64) for _ in range(2))
        running = np.ones(len(recent.key), np.bool_)
        last = recent.time // recent.step_ms
        for instant in range(recent.newest, recent.oldest, -1):
            found = self.slow.get(instant)
            here = np.zeros(len(recent.key), np.bool_)
            if found is not None:
                here[: len(found)] = found
            running &= here | (instant > last)
            step = running & here
            length += step
            np.copyto(first, instant - 1, where=step)
            if not running.any():
                break
        return length, first

    def _finding(self, scene: Scene, row: int, first: int, hours: int) -> Finding:
        recent, rule = scene.recent, scene.rules[ID]
        key, seen = int(recent.key[row]), first * recent.step_ms
        start = begun(self.standing.get(key), seen, seen + hours * HOUR_MS, rule.of("quiet_min"))
        hours = (seen + hours * HOUR_MS - start) // HOUR_MS
        end = start + hours * HOUR_MS
        lat, lon = float(recent.at_lat[row]), float(recent.at_lon[row])
        return Finding(
            rule=ID, cause=cause(ID, short(key), start), keys=(key,), asset="", first_ms=start, last_ms=end,
            lat=lat, lon=lon,
            because=f"{scene.called(key)} slow since {dtg(start)}, far from shore.",
            evidence=(
                Measure("slow for more than", f"{hours} h", f"{rule.limits['least_h']} or more"),
                Measure("speed", "slower over each step", f"under {rule.limits['speed_kn']}"),
                Measure("shore", f"more than {rule.limits['shore_nm']}", f"over {rule.limits['shore_nm']}"),
            ),
            innocent=rule.innocent, against=(), level=rule.level,
        )  # fmt: skip
