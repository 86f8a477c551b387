"""Assets and targets brought to one instant, in columns: what every reckoning of interceptions begins with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from maoc_tui.desk.asset_reading import find as find_asset
from maoc_tui.desk.asset_reading import stands
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_listing import rows_of
from maoc_tui.desk.target_snapshots import LastSeen, TargetRow
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.domain.ageing import growth_kn, may_reckon
from maoc_tui.domain.asset_rules import KindRule, rules
from maoc_tui.domain.assets import Asset, Standing
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.times import format_dtg, format_span
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.what_if import WhatIf
from maoc_tui.geo.geodesy import dead_reckon, doubt_radius_nm
from maoc_tui.geo.landway import IsLand
from maoc_tui.problems import BadInput
from maoc_tui.store import assets as assets_store
from maoc_tui.store import targets_listing
from maoc_tui.store import taskings as tasks_store
from maoc_tui.store.targets_heard import Heard, heard
from maoc_tui.store.taskings import Tasking

F64 = NDArray[np.float64]
METRES_PER_NM = 1852.0
PACES = ("max", "cruise")
_STILL_KN = 0.5
"""Below this a course is not needed."""


@dataclass(frozen=True, slots=True)
class Pursuer:
    """An asset at the common instant."""

    asset: Asset
    held: Standing
    rule: KindRule
    tasks: tuple[Tasking, ...]
    """Those of this asset that are open."""
    lat: float
    lon: float

    @property
    def placed(self) -> bool:
        """Whether its position or base is known."""
        return self.lat == self.lat

    @property
    def lost(self) -> str:
        """What is said of it where it is left out: with the time of a position that is too old to be carried on."""
        told = self.held.position_ms
        return (
            f"{self.asset.ref} (last of {format_dtg(from_ms(told))})" if told is not None else self.asset.ref
        )

    @property
    def nowhere(self) -> BadInput:
        """Why it has no place, as a refusal."""
        if self.held.position_ms is None:
            return BadInput(
                f"Neither position nor base of {self.asset.ref} is known.", "Record where it is on Assets."
            )
        at, hours = format_dtg(from_ms(self.held.position_ms)), self.rule.reckon_h
        return BadInput(
            f"The position of {self.asset.ref} is of {at}; after {hours:g} h nobody knows where it is.",
            "Record where it is on Assets.",
        )

    def speed_kn(self, pace: str) -> float:
        """At its highest or cruising speed."""
        profile = self.asset.profile
        return profile.max_kn if pace == "max" else profile.cruise_kn


@dataclass(frozen=True, slots=True)
class Chased:
    """A target at the common instant, with the what-if laid over it."""

    row: TargetRow
    seen: LastSeen
    lat: float
    lon: float
    course: float
    """NaN not known."""
    speed_kn: float
    radius_nm: float
    """Of doubt at the common instant."""
    doubt: str
    """Why its place or motion is doubtful, in words; "" for none."""
    still: bool
    """It is reckoned to stay where it was for want of course or speed."""

    @property
    def flies(self) -> bool:
        """Whether it is an aircraft."""
        return self.row.kind == "aircraft"


def pursuers(conn: Connection, refs: Sequence[str], at_ms: int) -> list[Pursuer]:
    """Assets of these references, or all the connection shows, at an instant; those nobody can place left out."""
    return [one for one in everyone(conn, refs, at_ms) if one.placed]


def everyone(conn: Connection, refs: Sequence[str], at_ms: int) -> list[Pursuer]:
    """The same with those whose place nobody told, or told too long ago to carry it on."""
    found = [find_asset(conn, ref) for ref in refs] if refs else assets_store.load(conn)
    tasks = tasks_store.load(conn)
    return [pursuer(asset, tasks, at_ms) for asset in found]


def pursuer(asset: Asset, tasks: Sequence[Tasking], at_ms: int) -> Pursuer:
    """An asset at an instant with its own taskings; without a place where that is not known."""
    held, own = stands(asset, tasks, at_ms), tuple(task for task in tasks if task.asset_id == asset.id)
    lat, lon = held.lat, held.lon
    rule = rules().kind(asset.kind)
    seconds = (at_ms - held.position_ms) / 1000 if held.position_ms is not None else 0.0
    if seconds > rule.reckon_h * 3600:
        lat = lon = float("nan")
    elif held.speed_kn > 0 and held.course == held.course:
        moved = dead_reckon(lat, lon, held.course, held.speed_kn, seconds)
        lat, lon = float(moved[0]), float(moved[1])
    return Pursuer(asset, held, rule, own, lat, lon)


def chased(
    room: Room,
    viewer: Viewer,
    conn: Connection,
    refs: Sequence[str],
    at_ms: int,
    what_if: WhatIf,
    *,
    lenient: Collection[str] = (),
) -> list[Chased]:
    """Targets of these references at an instant, or every open one with a place.

    Raises BadInput for one that there is not, and for one without a place unless it is among the ``lenient``.
    """
    listed = targets_listing.read(conn, only=_ids(conn, refs) if refs else None)
    rows = [row for row in rows_of(room, viewer, listed) if (refs or row.open) and row.seen is not None]
    missing = {parse_reference(ref) for ref in refs} - {row.ref for row in rows} - set(lenient)
    if missing:
        raise BadInput(f"No place of {min(missing)} is known.", "Record a sighting, or leave it out.")
    contacts = heard(conn, {row.seen.key for row in rows if row.seen and row.seen.key})
    return [
        _chased(room, row, row.seen, contacts.get(row.seen.key), at_ms, what_if) for row in rows if row.seen
    ]


def _ids(conn: Connection, refs: Sequence[str]) -> list[str]:
    from maoc_tui.store import targets

    return [targets.find(conn, parse_reference(ref)).id.hex for ref in refs]


def _chased(
    room: Room, row: TargetRow, seen: LastSeen, fix: Heard | None, at_ms: int, what_if: WhatIf
) -> Chased:
    limits, seconds = room.reference.ageing, (at_ms - seen.at_ms) / 1000
    course, speed = np.array([seen.cog]), np.array([seen.sog])
    cls = np.array([fix.cls if fix is not None else ContactClass.SHIP_B], np.uint8)
    status = np.array([fix.status if fix is not None else 15], np.uint8)
    young = bool(may_reckon(cls, np.array([seen.at_ms]), speed, course, status, at_ms, limits)[0])
    then_speed, then_course = what_if.speeds(speed), what_if.courses(course)
    known = _moves(speed, course)
    by_course, by_speed = (course, speed) if known else (then_course, then_speed)
    place = np.array([seen.lat]), np.array([seen.lon])
    if _moves(by_speed, by_course) and by_speed[0] > 0 and seconds > 0:
        place = dead_reckon(seen.lat, seen.lon, by_course, by_speed, [seconds])
    grown = float(growth_kn(cls, speed, limits)[0]) if seen.how == "fix" else 0.0
    radius = doubt_radius_nm([seen.radius_nm * METRES_PER_NM], [seconds], [grown])
    moves = _moves(then_speed, then_course)
    good = young if seen.how == "fix" else seen.how == "sighting" and seconds <= limits.fresh_s[cls[0]]
    return Chased(
        row=row,
        seen=seen,
        lat=float(place[0][0]),
        lon=float(place[1][0]),
        course=float(then_course[0]),
        speed_kn=float(then_speed[0]),
        radius_nm=float(radius[0]),
        doubt=_doubt(seen, bool(good), moves, seconds),
        still=not moves,
    )


def _moves(speed: F64, course: F64) -> bool:
    """Whether course and speed are known, or the speed is nothing."""
    return bool(np.isfinite(speed[0]) and (np.isfinite(course[0]) or speed[0] < _STILL_KN))


def _doubt(seen: LastSeen, good: bool, moves: bool, seconds: float) -> str:
    age = f"{format_span(seconds)} old"
    if not moves:
        return f"course and speed not known: to where it was, {seen.how} {age}"
    if good:
        return ""
    return f"reckoned from a {seen.how} {age}"


def columns(of: Sequence[Chased]) -> tuple[F64, F64, F64, F64]:
    """Latitude, longitude, course and speed of targets; what does not move for want of a value stands still."""
    lat, lon = np.array([t.lat for t in of], np.float64), np.array([t.lon for t in of], np.float64)
    course = np.array([0.0 if t.still else t.course for t in of], np.float64)
    speed = np.array([0.0 if t.still else t.speed_kn for t in of], np.float64)
    return lat, lon, np.where(speed == 0, 0.0, course), speed


@lru_cache(maxsize=2)
def land_of(zones: Waters) -> IsLand:
    """What tells land from water in the zones in force, for flat columns of degrees."""
    kinds = np.array([area.kind == "land" for area in zones.areas] + [False])
    return lambda lat, lon: np.asarray(kinds[zones.locate(lat, lon)])
