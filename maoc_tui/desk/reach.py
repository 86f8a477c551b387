"""The reach fan: where a target can be now and later, cut by land; what it meets first, where it can land, who is near.

It is the furthest the target can have gone since its last fix, the error of the fix included; it may be anywhere
inside. Distances over water in geo.reach.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.intercept_inputs import Chased, chased, land_of, pursuers
from maoc_tui.desk.intercept_snapshots import Fan, FanLine
from maoc_tui.desk.reach_arrivals import HOUR_MS, Start, boundary, first_asset, landfalls
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.domain.reach_rules import SpeedRule, rules
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.times import format_span, parse_duration
from maoc_tui.domain.units import parse_speed
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.what_if import WhatIf
from maoc_tui.geo.contour import contour
from maoc_tui.geo.geodesy import direct
from maoc_tui.geo.reach import Field, over_water
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as targets_store

FURTHEST_NM = 3600.0
"""No fan goes further than this: a sixth of the way round the earth."""
_MOST_LINES = 8
_CIRCLE = 73
Polyline = tuple[Sequence[float], Sequence[float]]


def fan(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    slow: str = "",
    fast: str = "",
    hours: str = "",
    at_ms: int | None = None,
) -> Fan:
    """The reach fan of a target. Speeds and hours (``6,12,24`` or ``6h,2d``) as typed; by its type where left out.

    Raises BadInput for what cannot be, and where the fix is so old that the target may be anywhere.
    """
    require(viewer, Act.READ)
    at = room.clock.now_ms() if at_ms is None else at_ms
    with room.db.reading(viewer) as conn:
        (target,) = chased(room, viewer, conn, [ref], at, WhatIf())
        rule = rules().of_type(targets_store.find(conn, parse_reference(ref)).type)
        of = pursuers(conn, (), at)
    start = _start(target, at, _speeds(rule, slow, fast, target))
    wanted = [0.0, *(_hours(hours) or rule.hours)]
    kept = _within_reach(target.row.ref, start, wanted)
    zones = waters(room, viewer)
    field = field_of(zones, start, kept[-1], target.flies)
    return Fan(
        target=target.row.ref,
        title=target.row.title,
        fix_ms=start.fix_ms,
        lat=start.lat,
        lon=start.lon,
        radius_nm=start.radius_nm,
        slow_kn=start.slow_kn,
        fast_kn=start.fast_kn,
        at_ms=at,
        lines=tuple(_line(field, start, one) for one in kept),
        boundary=boundary(zones, field, start),
        landfalls=landfalls(zones, field, start),
        first=first_asset(of, start, land_of(zones)),
        method=_method(field, target, len(wanted) - len(kept)),
        marking=target.row.marking,
    )


def _start(target: Chased, at_ms: int, speeds: tuple[float, float]) -> Start:
    """Where it was last, with the error of that place where one is known, and how fast it can be since."""
    seen = target.seen
    radius = seen.radius_nm if seen.radius_nm == seen.radius_nm else 0.0
    return Start(seen.lat, seen.lon, radius, seen.at_ms, at_ms, *speeds)


def _within_reach(ref: str, start: Start, wanted: Sequence[float]) -> list[float]:
    """The hours after which a fan still says something; BadInput where even now it may be anywhere."""
    kept = [hours for hours in wanted if start.furthest(hours) <= FURTHEST_NM]
    if not kept:
        raise BadInput(
            f"{ref} may be anywhere, {format_span((start.at_ms - start.fix_ms) / 1000)} after it was seen,"
            f" at {start.fast_kn:g} kn.",
            "Say a lower highest speed, or record where it was seen since.",
        )
    return kept


def field_of(zones: Waters, start: Start, hours: float, flies: bool) -> Field:
    """Distances from the start over water, as far as the last line reaches and a little further."""
    land = np.array([area.kind == "land" for area in zones.areas] + [False])
    return over_water(zones, land, start.lat, start.lon, max(start.furthest(hours) * 1.02, 20.0), flies=flies)


def _speeds(rule: SpeedRule, slow: str, fast: str, target: Chased) -> tuple[float, float]:
    """Slowest and fastest: as typed, else by the type; never slower at most than it was heard to go."""
    heard = target.seen.sog if target.seen.sog == target.seen.sog else 0.0
    low = parse_speed(slow).value if slow.strip() else rule.slow_kn
    high = parse_speed(fast).value if fast.strip() else max(rule.fast_kn, heard)
    if not 0 < high <= 1000 or (low > high and slow.strip()):
        raise BadInput(
            "Those speeds cannot be.", "Say the slowest and the highest speed in knots, such as 4-7."
        )
    return min(low, high), high


def _hours(text: str) -> list[float]:
    """Hours from now, rising: ``6,12,24`` or ``6h,2d``."""
    words = text.replace(",", " ").split()
    found = sorted({parse_duration(word if word[-1:].isalpha() else f"{word}h") / 3600 for word in words})
    if len(found) > _MOST_LINES or (found and not 0 < found[0] <= found[-1] <= 24 * 60):
        raise BadInput(
            "Those hours cannot be.", f"Give at most {_MOST_LINES} times up to 60 days, such as 6,12,24."
        )
    return found


def _line(field: Field, start: Start, hours: float) -> FanLine:
    outer, inner = start.furthest(hours), start.slowest(hours)
    return FanLine(
        hours=hours,
        at_ms=start.at_ms + round(hours * HOUR_MS),
        reach_nm=outer,
        outer=outline(field, start, outer),
        inner=outline(field, start, inner) if inner > 0 else (),
    )


def outline(field: Field, start: Start, level: float) -> tuple[Polyline, ...]:
    """Where a distance is reached: the circle itself in the open, the grid's line where land is in the way."""
    if level <= 0:
        return ()
    near = field.distance_nm <= level + 2 * field.cell_nm
    shut = ~np.isfinite(field.distance_nm)
    away = _beside(near)
    if field.seen[near].all() and not (shut & away).any():
        lat, lon, _ = direct(start.lat, start.lon, np.linspace(0.0, 360.0, _CIRCLE), level)
        return ((lat.tolist(), np.unwrap(lon, period=360.0).tolist()),)
    lines = contour(field.lat, field.lon, field.distance_nm, level)
    return tuple((lat.tolist(), lon.tolist()) for lat, lon in lines)


def _beside(near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells of a region and those that touch it."""
    wide = np.pad(near, 1)
    height, width = near.shape
    parts = [wide[r : r + height, c : c + width] for r in range(3) for c in range(3)]
    return np.asarray(np.logical_or.reduce(parts))


def _method(field: Field, target: Chased, left_out: int) -> str:
    told = [
        "furthest it can be since its last place, by the shortest way over water; it may be anywhere inside",
        f"grid of {field.cell_nm:.1f} nm: good to one cell, straits narrower than a quarter of it may be shut",
    ]
    if target.flies:
        told[:] = ["furthest it can be since its last place, over land as well; it may be anywhere inside"]
    if left_out:
        told.append(f"{left_out} later lines left out, further than {FURTHEST_NM:.0f} nm")
    return "; ".join(told)
