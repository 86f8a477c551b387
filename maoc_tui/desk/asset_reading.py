"""Assets as a viewer may see them: the list, one with everything told of it, and its taskings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np
from sqlalchemy import Connection

from maoc_tui.desk.asset_profile import profile_fields
from maoc_tui.desk.asset_snapshots import AssetRow, AssetSheet, ReportLine, TaskEventLine, TaskLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.domain.asset_rules import rules
from maoc_tui.domain.assets import Asset, Profile, Report, Said, Standing, parse_reference, standing
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import combine
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.taskings import ENDED, Act, hours_on_task
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import assets as store
from maoc_tui.store import taskings as tasks_store
from maoc_tui.store.taskings import Tasking


def assets(room: Room, viewer: Viewer) -> tuple[AssetRow, ...]:
    """Every asset the viewer may see: those whose availability is unknown first, then by owner and name."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        found, tasks = store.load(conn), tasks_store.load(conn)
    rows = rows_of(found, tasks, waters(room, viewer), room.clock.now_ms())
    return tuple(sorted(rows, key=lambda row: (not row.stale, row.owner, row.name, row.ref)))


def sheet(room: Room, viewer: Viewer, ref: str) -> AssetSheet:
    """Everything on one asset. Raises BadInput when there is none the viewer may see."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        asset = find(conn, ref)
        tasks = tasks_store.load(conn, asset=asset.id)
    now = room.clock.now_ms()
    (row,) = rows_of([asset], tasks, waters(room, viewer), now)
    lines = [line(task) for task in tasks]
    return AssetSheet(
        row=row,
        profiles=tuple(_profile(*pair) for pair in reversed(asset.profiles)),
        reports=tuple(
            _report(*pair) for pair in sorted(asset.reports, key=lambda pair: pair[0].as_of_ms, reverse=True)
        ),
        tasks=tuple(sorted(lines, key=lambda one: -one.asked_ms)),
        hours_on_task=sum(hours_on_task(task.events, now) for task in tasks),
    )


def find(conn: Connection, ref: str) -> Asset:
    """The asset of a reference (AS-0007) on this connection; BadInput when there is none."""
    found = store.load(conn, number=parse_reference(ref))
    if not found:
        raise BadInput(f"There is no asset AS-{parse_reference(ref):04d}.", "See: maoc asset list.")
    return found[0]


def stands(asset: Asset, tasks: Iterable[Tasking], now_ms: int) -> Standing:
    """How an asset counts now, with the taskings the viewer may see."""
    out = any(task.asset_id == asset.id and task.act is Act.ON_TASK for task in tasks)
    return standing(asset, rules().kind(asset.kind), now_ms, out)


def rows_of(found: Sequence[Asset], tasks: Sequence[Tasking], zones: Waters, now_ms: int) -> list[AssetRow]:
    """The rows of assets, in their order."""
    held = [stands(asset, tasks, now_ms) for asset in found]
    if not held:
        return []
    areas = zones.locate(np.array([one.lat for one in held]), np.array([one.lon for one in held])).tolist()
    shorts = [zones.areas[area].short if area >= 0 else "" for area in areas]
    return [
        _row(asset, one, _task(asset, tasks), short)
        for asset, one, short in zip(found, held, shorts, strict=True)
    ]


def _task(asset: Asset, tasks: Sequence[Tasking]) -> Tasking | None:
    """The tasking that counts: the one that has it out, else the newest open one."""
    own = [task for task in tasks if task.asset_id == asset.id and task.act not in ENDED]
    return max(own, key=lambda task: (task.act is Act.ON_TASK, task.entered_ms), default=None)


def _row(asset: Asset, held: Standing, task: Tasking | None, zone: str) -> AssetRow:
    profile = asset.profile
    marks = [*held.marks, *([task.marking] if task is not None else [])]
    return AssetRow(
        ref=asset.ref,
        name=asset.name,
        kind=asset.kind,
        owner=asset.owner,
        base=profile.base,
        availability=held.availability.value,
        said=held.said.value if held.said is not None else "",
        as_of_ms=held.as_of_ms,
        expires_ms=held.expires_ms,
        stale=held.stale,
        ready_min=held.ready_min,
        lat=held.lat,
        lon=held.lon,
        position_ms=held.position_ms,
        zone=zone,
        cruise_kn=profile.cruise_kn,
        max_kn=profile.max_kn,
        endurance_h=profile.endurance_h,
        range_nm=profile.range_nm,
        fuel_h=held.fuel_h if held.fuel_told else float("nan"),
        team=profile.team,
        sea_limit=str(profile.sea or ""),
        task=line(task) if task is not None else None,
        marking=reduce(combine, marks),
        told=asset.said.by != "",
        profile=tuple(profile_fields(profile).items()),
    )


def line(task: Tasking) -> TaskLine:
    """A tasking as shown."""
    return TaskLine(
        ref=task.ref,
        asset=task.asset,
        asset_name=task.asset_name,
        owner=task.owner,
        operation=task.operation,
        target=task.target,
        state=task.act.value,
        asked_ms=task.events[0].at_ms,
        asked_by=task.by,
        words=task.words,
        events=tuple(
            TaskEventLine(
                one.act.value, one.at_ms, one.entered_ms, one.by, one.partner, one.who, one.channel, one.text
            )
            for one in task.events
        ),
        marking=task.marking,
    )


def _profile(profile: Profile, said: Said) -> ReportLine:
    return ReportLine(
        said.id, said.entered_ms, None, profile_words(profile), said.by, said.entered_ms, said.marking
    )


def profile_words(profile: Profile) -> str:
    """What an asset can do, in one line."""
    parts = [f"cruises {profile.cruise_kn:g} kn, at most {profile.max_kn:g} kn"]
    parts += [f"{profile.endurance_h:g} h of endurance"] if profile.endurance_h == profile.endurance_h else []
    parts += [f"range {profile.range_nm:g} nm"] if profile.range_nm == profile.range_nm else []
    if profile.team is not None:
        parts.append("boarding team" if profile.team else "no boarding team")
    parts += [f"sea up to {profile.sea}"] if profile.sea is not None else []
    parts += ["by day only"] if profile.daylight else []
    parts += [f"base {profile.base}"] if profile.base else []
    return ", ".join(parts)


def _report(report: Report, said: Said) -> ReportLine:
    return ReportLine(
        said.id,
        report.as_of_ms,
        report.expires_ms,
        report_words(report),
        said.by,
        said.entered_ms,
        said.marking,
    )


def report_words(report: Report) -> str:
    """What was told of an asset, in one line."""
    parts = [report.availability.value] if report.availability is not None else []
    parts += [f"ready in {report.ready_min} min"] if report.ready_min is not None else []
    parts += [f"until {format_dtg(from_ms(report.expires_ms))}"] if report.expires_ms is not None else []
    if report.placed:
        parts.append(f"at {format_position(report.lat, report.lon)}")
        parts += [f"course {report.course:03.0f}°"] if report.course == report.course else []
        parts += [f"{report.speed_kn:g} kn"] if report.speed_kn == report.speed_kn else []
    parts += ["at its base"] if report.at_base else []
    parts += [f"fuel for {report.fuel_h:g} h"] if report.fuel_h == report.fuel_h else []
    parts += [report.text] if report.text else []
    return ", ".join(parts)
