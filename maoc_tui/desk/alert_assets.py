"""The rule of contacts that will come close to one of our assets: governed as what was told of the asset is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maoc_tui.desk.intercept_inputs import pursuers
from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.geo.behaviour.near import Places
from maoc_tui.geo.behaviour.scene import MINUTE_MS, Scene, cause, short, span
from maoc_tui.geo.cpa import approach
from maoc_tui.store import contacts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from maoc_tui.desk.intercept_inputs import Pursuer
    from maoc_tui.domain.marking import Marking
    from maoc_tui.store.contacts import Last


def near_assets(conn: Connection, scene: Scene) -> list[Finding]:
    """Contacts that will come close to an asset whose position is fresh.

    Such an alert tells where the asset is: it is seen by who sees the report that placed it.
    """
    rule, recent = scene.rules["asset_cpa"], scene.recent
    fresh = [
        one
        for one in pursuers(conn, (), scene.now_ms)
        if one.held.position_ms is not None
        and scene.now_ms - one.held.position_ms <= rule.of("asset_age_min") * MINUTE_MS
    ]
    row = np.flatnonzero(scene.now_ms - recent.time <= rule.of("heard_min") * MINUTE_MS)
    if not fresh or not len(row):
        return []
    lat, lon = (np.array([getattr(one, name) for one in fresh]) for name in ("lat", "lon"))
    places = Places.build(recent.at_lat[row], recent.at_lon[row], rule.of("range_nm"))
    who, found, _ = places.within(lat, lon)
    last = contacts.last(conn, recent.key[row[found]])
    return [
        one
        for n, (asset, at) in enumerate(zip(who.tolist(), row[found].tolist(), strict=True))
        if (one := _close(scene, fresh[asset], int(recent.key[at]), last, n)) is not None
    ]


def _close(scene: Scene, asset: Pursuer, key: int, last: Last, n: int) -> Finding | None:
    """A contact and an asset, if they come close."""
    rule, held = scene.rules["asset_cpa"], asset.held
    course, speed = (held.course, held.speed_kn) if held.speed_kn > 0 else (0.0, 0.0)
    mine = (asset.lat, asset.lon, course if course == course else 0.0, speed, scene.now_ms / 1000)
    theirs = (last.lat[n], last.lon[n], last.cog[n], last.sog[n], last.time[n] / 1000)
    met = approach(theirs, mine, scene.now_ms / 1000)
    cpa, minutes, now_nm = float(met.distance_nm), float(met.hours) * 60, float(met.now_nm)
    if not (
        cpa <= rule.of("cpa_nm") and 0 < minutes <= rule.of("tcpa_min") and now_nm > rule.of("itself_nm")
    ):
        return None
    ref, at, told = asset.asset.ref, int(last.time[n]), held.placed
    assert told is not None  # its position is fresh
    name = cause(rule.id, ref, short(key), *_narrower(asset.asset.said.marking, told.marking))
    return Finding(
        rule=rule.id, cause=name, keys=(key,), asset=ref, report=told.id, first_ms=at, last_ms=at,
        lat=float(last.lat[n]), lon=float(last.lon[n]),
        because=f"{scene.called(key)} will pass close to {ref} {asset.asset.name}.",
        evidence=(
            Measure("closest approach", f"{cpa:.1f} nm", f"within {rule.limits['cpa_nm']}"),
            Measure("in", span(minutes * MINUTE_MS), f"within {rule.limits['tcpa_min']}"),
            Measure("now", f"{now_nm:.1f} nm"),
        ),
        innocent=rule.innocent, against=(), level=rule.level,
    )  # fmt: skip


def _narrower(asset: Marking, report: Marking) -> tuple[str, ...]:
    """Whom the report is for, where that differs from the asset: what is told to others is another alert.

    One whose audience changed would tell the new one what was seen and done before.
    """
    if (asset.originators, asset.releasable_to) == (report.originators, report.releasable_to):
        return ()
    return (f"{'+'.join(sorted(report.originators))}>{'+'.join(sorted(report.releasable_to))}",)
