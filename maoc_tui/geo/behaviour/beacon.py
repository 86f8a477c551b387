"""Distress beacons: AIS-SART (970), man overboard (972), EPIRB-AIS (974). One message is enough: nobody waits.

Most begin to send before their satellite navigation has a position; what they say without one counts as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.contacts import BEACONS, Space, contact_key, number_of
from maoc_tui.domain.identity import mmsi_of
from maoc_tui.domain.reports import BEACON_ACTIVE, BEACON_STATUS, Fixes
from maoc_tui.geo.behaviour.identity import Said
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, Spell, begun, cause, dtg, short

ID = "distress_beacon"
_ACTIVE = "active"
Place = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class _Message:
    at: int
    active: bool
    place: Place


@dataclass(slots=True)
class BeaconWatch:
    """Knows of the alerts that stand, so that what goes on keeps its beginning."""

    standing: dict[tuple[int, bool], Spell] = field(default_factory=dict)
    """By contact key and whether it said that it was active: from when to when it was heard."""

    def recall(self, one: Finding) -> None:
        """Know of an alert that stands."""
        self.standing[one.keys[0], one.cause.split(":")[2] == _ACTIVE] = one.first_ms, one.last_ms

    def find(self, scene: Scene, fixes: Fixes, said: Iterable[Said]) -> list[Finding]:
        """Beacons heard lately; one alert for all that a beacon sends without a long pause.

        That it is active is an alert of its own: whoever heard of a test has not heard of that.
        """
        oldest = scene.now_ms - scene.rules[ID].of("within_h") * HOUR_MS
        heard: dict[int, list[_Message]] = {}
        for key, message in (*_placed(fixes), *_unplaced(said, scene.now_ms)):
            if message.at >= oldest:
                heard.setdefault(key, []).append(message)
        return [
            self._finding(scene, key, _last_spell(scene, messages)) for key, messages in sorted(heard.items())
        ]

    def _finding(self, scene: Scene, key: int, heard: Sequence[_Message]) -> Finding:
        rule = scene.rules[ID]
        quiet, last = rule.of("quiet_min"), heard[-1].at
        before = self.standing.get((key, True))
        going_on = before is not None and begun(before, heard[0].at, last, quiet) < heard[0].at
        active = going_on or any(one.active for one in heard)
        first = begun(self.standing.get((key, active)), heard[0].at, last, quiet)
        kind = mmsi_of(number_of(key)).kind.value
        lat, lon = next((one.place for one in reversed(heard) if one.place is not None), (None, None))
        return Finding(
            rule=ID, cause=cause(ID, short(key), *((_ACTIVE,) if active else ()), first), keys=(key,), asset="",
            first_ms=first, last_ms=last, lat=lat, lon=lon,
            because=f"{kind} {short(key)} heard from {dtg(first)}.",
            evidence=(
                Measure("kind", kind, "MMSI begins with 970, 972 or 974"),
                Measure("says of itself", "active" if active else "nothing, or test", "status 14 is active"),
            ),
            innocent=rule.innocent,
            against=("It says itself that it is active, not under test.",) if active else (),
            over=scene.now_ms - last > quiet * MINUTE_MS, level=rule.level,
        )  # fmt: skip


def _placed(fixes: Fixes) -> list[tuple[int, _Message]]:
    which = np.flatnonzero(np.isin((fixes.key - contact_key(Space.AIS, 0)) // 1_000_000, BEACONS))
    columns = (getattr(fixes, name)[which].tolist() for name in ("key", "time", "status", "lat", "lon"))
    return [
        (key, _Message(at, status == BEACON_STATUS, (lat, lon)))
        for key, at, status, lat, lon in zip(*columns, strict=True)
    ]


def _unplaced(said: Iterable[Said], now_ms: int) -> list[tuple[int, _Message]]:
    """Of each thing said it is known when it was heard first and last."""
    return [
        (one.key, _Message(at, one.value == BEACON_ACTIVE, None))
        for one in said
        for at in (one.first_ms, one.last_ms)
        if 0 < at <= now_ms
    ]


def _last_spell(scene: Scene, messages: list[_Message]) -> Sequence[_Message]:
    """What was sent since the last long pause, in order."""
    messages = sorted(messages, key=lambda one: one.at)
    quiet = scene.rules[ID].of("quiet_min") * MINUTE_MS
    begins = max(
        (n for n in range(1, len(messages)) if messages[n].at - messages[n - 1].at > quiet), default=0
    )
    return messages[begins:]
