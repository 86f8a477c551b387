"""Aircraft low over the sea beyond the territorial sea, where nobody lands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.reports import Fixes
from maoc_tui.geo.behaviour.scene import MINUTE_MS, Scene, cause, dtg, short

ID = "aircraft_low"


def suspects(scene: Scene, fixes: Fixes) -> NDArray[np.intp]:
    """The fixes that are low, fast enough to fly, and fresh; the newest of each aircraft, wherever it is."""
    rule = scene.rules[ID]
    low = (fixes.cls == ContactClass.AIRCRAFT) & (fixes.altitude > 0) & (fixes.altitude < rule.of("feet"))
    low &= (fixes.sog > rule.of("speed_kn")) & (
        scene.now_ms - fixes.time <= rule.of("within_min") * MINUTE_MS
    )
    some = np.flatnonzero(low)
    some = some[np.lexsort((fixes.time[some], fixes.key[some]))]
    newest: NDArray[np.intp] = some[np.r_[fixes.key[some][1:] != fixes.key[some][:-1], True][: len(some)]]
    return newest


def finding(scene: Scene, fixes: Fixes, n: int, waters: str) -> Finding:
    """One of them, which is over ``waters`` beyond the territorial sea."""
    rule = scene.rules[ID]
    key, at = int(fixes.key[n]), int(fixes.time[n])
    feet, knots = float(fixes.altitude[n]), float(fixes.sog[n])
    return Finding(
        rule=ID, cause=cause(ID, short(key), at), keys=(key,), asset="", first_ms=at, last_ms=at,
        lat=float(fixes.lat[n]), lon=float(fixes.lon[n]),
        because=f"{scene.called(key)} low over the sea at {dtg(at)}.",
        evidence=(
            Measure("altitude", f"{feet:,.0f} ft", f"under {rule.limits['feet']}"),
            Measure("speed", f"{knots:.0f} kn", f"over {rule.limits['speed_kn']}"),
            Measure("over", waters, "beyond the territorial sea"),
        ),
        innocent=rule.innocent, against=(), level=rule.level,
    )  # fmt: skip
