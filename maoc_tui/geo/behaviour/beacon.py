"""Distress beacons: AIS-SART (970), man overboard (972), EPIRB-AIS (974). One fix is enough: nobody waits."""

from __future__ import annotations

import numpy as np

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.contacts import Space, contact_key, number_of
from maoc_tui.domain.identity import mmsi_of
from maoc_tui.domain.reports import Fixes
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, cause, dtg, short

ID = "distress_beacon"
_FIRST = (970, 972, 974)
"""What the MMSI of a beacon begins with (ITU-R M.585-9)."""
_ACTIVE = 14
"""Navigational status of an active transmitter (ITU-R M.1371-5); a test sends 15."""


def find(scene: Scene, fixes: Fixes) -> list[Finding]:
    """Beacons among fixes heard lately; one alert for all that a beacon sends without a long pause."""
    rule = scene.rules[ID]
    found = []
    number = fixes.key - contact_key(Space.AIS, 0)
    for key in np.unique(fixes.key[np.isin(number // 1_000_000, _FIRST)]).tolist():
        mine = fixes.take(np.flatnonzero(fixes.key == key))
        mine = mine.take(scene.now_ms - mine.time <= rule.of("within_h") * HOUR_MS)
        if len(mine):
            found.append(_finding(scene, mine.take(np.argsort(mine.time, kind="stable"))))
    return found


def _finding(scene: Scene, fixes: Fixes) -> Finding:
    rule = scene.rules[ID]
    quiet = rule.of("quiet_min") * MINUTE_MS
    pauses = np.flatnonzero(np.diff(fixes.time) > quiet)
    fixes = fixes.take(np.arange(int(pauses[-1]) + 1 if len(pauses) else 0, len(fixes)))
    key, first, last = int(fixes.key[0]), int(fixes.time[0]), int(fixes.time[-1])
    active = bool((fixes.status == _ACTIVE).any())
    kind = mmsi_of(number_of(key)).kind.value
    against = ("It says itself that it is active, not under test.",) if active else ()
    return Finding(
        rule=ID, cause=cause(ID, short(key), first), keys=(key,), asset="", first_ms=first, last_ms=last,
        lat=float(fixes.lat[-1]), lon=float(fixes.lon[-1]),
        because=f"{kind} {short(key)} heard from {dtg(first)}.",
        evidence=(
            Measure("kind", kind, "MMSI begins with 970, 972 or 974"),
            Measure("says of itself", "active" if active else "nothing, or test", "status 14 is active"),
        ),
        innocent=rule.innocent, against=against,
        over=scene.now_ms - last > quiet, level=rule.level,
    )  # fmt: skip
