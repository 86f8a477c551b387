"""The intercept desk: which asset can meet which target, when, where, and what stands against it.

Assets and targets are first brought to one instant. The target is taken to hold course and speed along a rhumb line
(or a geodesic), the asset to go the shortest way; geometry in geo.intercept. It advises and decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from maoc_tui.desk.intercept_ground import aground
from maoc_tui.desk.intercept_inputs import PACES, Chased, Pursuer, chased, columns, everyone, land_of
from maoc_tui.desk.intercept_law import Told, judged, shorts, zones_at
from maoc_tui.desk.intercept_limits import Solved, all_limits, fuel_of
from maoc_tui.desk.intercept_snapshots import Cell, Limit, Matrix, MatrixAsset, MatrixTarget
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.domain.asset_rules import SeaLimit, parse_sea, rules
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.what_if import WhatIf, parse
from maoc_tui.geo.daylight import is_dark
from maoc_tui.geo.intercept import Track, meet
from maoc_tui.geo.landway import first_land
from maoc_tui.problems import BadInput
from maoc_tui.store import operations as operations_store

F64 = NDArray[np.float64]
HOUR_MS = 3_600_000
TRACKS: tuple[Track, ...] = ("rhumb", "geodesic")


def matrix(
    room: Room,
    viewer: Viewer,
    *,
    operation: str = "",
    targets: Sequence[str] = (),
    assets: Sequence[str] = (),
    target_speed: str = "",
    target_course: str = "",
    sea: str = "",
    at_ms: int | None = None,
    track: str = "rhumb",
    pace: str = "max",
) -> Matrix:
    """Every asset the viewer may see against the targets of an operation, those named, or all open ones.

    ``target_speed`` and ``target_course`` are what-ifs as typed (domain.what_if); ``sea`` is the sea expected. Raises
    BadInput for what does not exist or cannot be.
    """
    require(viewer, Act.READ)
    at = room.clock.now_ms() if at_ms is None else at_ms
    what_if, expected, model = parse(target_speed, target_course), parse_sea(sea), track_of(track)
    with room.db.reading(viewer) as conn:
        own = _own_targets(conn, operation) if operation else []
        wanted = [*targets, *(ref for ref in own if ref not in targets)]
        against = chased(room, viewer, conn, wanted, at, what_if, lenient=own)
        every = everyone(conn, assets, at)
    of = [one for one in every if one.placed]
    lost = [one.lost for one in every if not one.placed]
    lost += [ref for ref in own if ref not in {one.row.ref for one in against}]
    cells = solve(room, viewer, of, against, at, model, pace_of(pace), expected)
    return _matrix(of, against, cells, at, model, pace, what_if, lost)


def _own_targets(conn: Connection, operation: str) -> list[str]:
    """References of the targets of an operation that the connection shows; BadInput where there are none."""
    about = operations_store.find(conn, parse_operation(operation)).targets
    if not about:
        raise BadInput("The operation has no target that you see.", "Add one, or name a target.")
    return [one.ref for one in about]


def track_of(text: str) -> Track:
    """rhumb or geodesic; BadInput for another."""
    for track in TRACKS:
        if text == track:
            return track
    raise BadInput(f"{text[:40]!r} is no way to hold a course.", "Choose rhumb or geodesic.")


def pace_of(text: str) -> str:
    """max or cruise; BadInput for another."""
    if text not in PACES:
        raise BadInput(f"{text[:40]!r} is no pace of an asset.", "Choose max or cruise.")
    return text


def solve(
    room: Room,
    viewer: Viewer,
    of: Sequence[Pursuer],
    against: Sequence[Chased],
    at_ms: int,
    track: Track,
    pace: str,
    sea: SeaLimit | None = None,
) -> list[list[Cell]]:
    """The cells of pursuers against targets that are where they are at the instant, by pursuer."""
    if not of or not against:
        return [[] for _ in of]
    zones, wide = waters(room, viewer), len(against)
    solved, course = _geometry(zones, of, against, at_ms, track, pace)
    found = zones_at(zones, solved.lat, solved.lon, np.tile([one.radius_nm for one in against], len(of)))
    law = judged(
        zones, found, solved.lat, solved.lon,
        [one.asset.owner for one in of for _ in against],
        [target.row.flag for target in against] * len(of),
        [target.flies for target in against] * len(of),
        at_ms, room.register.members(at_ms),
    )  # fmt: skip
    names = [(one.asset.ref, target.row.ref) for one in of for target in against]
    limits = all_limits(of, against, solved, law, sea)
    cells = _cells(names, solved, course, at_ms, shorts(zones, found), law, limits)
    return [cells[begin : begin + wide] for begin in range(0, len(cells), wide)]


def _cells(
    names: Sequence[tuple[str, str]],
    solved: Solved,
    course: F64,
    at_ms: int,
    zones: Sequence[str],
    law: Sequence[Told],
    limits: Sequence[tuple[Limit, ...]],
) -> list[Cell]:
    """A cell of every pair of asset and target, flat."""
    met = np.where(np.isfinite(solved.hours), at_ms + solved.hours * HOUR_MS, 0).round().astype(np.int64)
    figures = (solved.hours, met, solved.lat, solved.lon, course, solved.out_nm, solved.gap_nm)
    rows = zip(names, *(column.tolist() for column in figures), zones, law, limits, strict=True)
    return [
        Cell(
            asset,
            target,
            hours,
            ms or None,
            lat,
            lon,
            steer,
            out,
            gap,
            zone,
            told.result,
            told.consent_from,
            held,
        )
        for (asset, target), hours, ms, lat, lon, steer, out, gap, zone, told, held in rows
    ]


def _geometry(
    zones: Waters, of: Sequence[Pursuer], against: Sequence[Chased], at_ms: int, track: Track, pace: str
) -> tuple[Solved, F64]:
    """Meetings of all pairs, flat, and the course to steer; light, shore and land in the way at each."""
    lat, lon = np.array([one.lat for one in of]), np.array([one.lon for one in of])
    speed = np.array([one.speed_kn(pace) for one in of])
    ready = np.array([one.held.ready_min / 60 for one in of])
    met = meet(
        lat[:, None], lon[:, None], speed[:, None], *columns(against),
        delay_h=ready[:, None], within_h=rules().within_h, track=track,
    )  # fmt: skip
    hours, at_lat, at_lon = met.hours.ravel(), met.lat.ravel(), met.lon.ravel()
    possible, is_land, out = np.isfinite(hours), land_of(zones), met.distance_nm.ravel()
    surface = np.repeat([not one.rule.flies for one in of], len(against))
    ashore, fuel = is_land(at_lat, at_lon) & possible & surface, fuel_of(of, out, at_lat, at_lon)
    look = np.flatnonzero(possible & surface & ~ashore & ~fuel.short)
    begin = look // len(against)
    land = np.full(len(hours), np.nan)
    land[look] = first_land(is_land, lat[begin], lon[begin], at_lat[look], at_lon[look])
    dark = is_dark(at_lat, at_lon, at_ms + hours * HOUR_MS)
    gap_ms = at_ms + met.gap_hours.ravel() * HOUR_MS
    ground = aground(is_land, against, met.hours, track)
    solved = Solved(hours, met.gap_nm.ravel(), gap_ms, out, at_lat, at_lon, dark, ashore, land, ground, fuel)
    return solved, met.course.ravel()


def _matrix(
    of: Sequence[Pursuer],
    against: Sequence[Chased],
    cells: list[list[Cell]],
    at_ms: int,
    track: str,
    pace: str,
    what_if: WhatIf,
    lost: Sequence[str],
) -> Matrix:
    order = sorted(range(len(of)), key=lambda row: (*_when(cells[row]), of[row].asset.ref))
    return Matrix(
        at_ms=at_ms,
        track=track,
        pace=pace,
        what_if=what_if.text,
        assets=tuple(asset_of(of[row]) for row in order),
        targets=tuple(target_of(one) for one in against),
        cells=tuple(tuple(cells[row]) for row in order),
        notes=(*_left_out(lost), *notes(track, pace)),
        marking=marking_of(of, against),
    )


def _left_out(refs: Sequence[str]) -> tuple[str, ...]:
    return (f"left out, place not known: {', '.join(refs)}",) if refs else ()


def _when(row: list[Cell]) -> tuple[int, float]:
    """Those that can first, the soonest first; then those that could but for something; then those that cannot."""
    tones = {"able": 0, "doubtful": 0, "unable": 1}
    ranked = [(tones[cell.tone], cell.hours) for cell in row if cell.possible]
    return min(ranked, default=(2, 0.0))


def asset_of(one: Pursuer) -> MatrixAsset:
    """A row of the matrix."""
    asset = one.asset
    return MatrixAsset(asset.ref, asset.name, asset.kind, asset.owner, one.held.availability.value)


def target_of(one: Chased) -> MatrixTarget:
    """A column of the matrix."""
    row, seen = one.row, one.seen
    return MatrixTarget(
        row.ref, row.title, one.lat, one.lon, one.course, one.speed_kn, seen.at_ms, seen.how, one.radius_nm
    )


def marking_of(of: Sequence[Pursuer], against: Sequence[Chased]) -> Marking | None:
    """The marking of everything that was used; None when nothing was."""
    marks = [mark for one in of for mark in one.held.marks] + [target.row.marking for target in against]
    return reduce(combine, marks) if marks else None


def notes(track: str, pace: str) -> tuple[str, ...]:
    """What holds of all cells."""
    held = "a rhumb line (constant course)" if track == "rhumb" else "a geodesic (shortest way on)"
    told = [f"targets hold course and speed along {held}; assets go the shortest way"]
    if pace == "max":
        told.append("assets at their highest speed; endurance and range are those of cruising speed")
    else:
        told.append("assets at cruising speed")
    share = f"{rules().full_reach:.0%}"
    return (
        *told,
        f"{share} of endurance and range is planned with; interceptions within {rules().within_h:.0f} h",
    )
