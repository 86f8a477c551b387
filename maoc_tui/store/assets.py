"""Assets in the record: what they are, what they can do, what was told of them; appended, never changed."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, Table, insert, select

from maoc_tui.domain.asset_rules import SeaLimit
from maoc_tui.domain.assets import Asset, Availability, Profile, Report, Said
from maoc_tui.store import numbers
from maoc_tui.store.asset_tables import AssetProfileTable, AssetReportTable, AssetTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table

ASSET, PROFILE, REPORT = table(AssetTable), table(AssetProfileTable), table(AssetReportTable)


def next_number(conn: Connection) -> int:
    """A number no asset has."""
    return numbers.unused(conn, ASSET.c.number)


def add(conn: Connection, asset: Asset) -> None:
    """Record an asset, without what is said of it."""
    conn.execute(
        insert(ASSET).values(
            id=asset.id, number=asset.number, name=asset.name, kind=asset.kind, owner=asset.owner,
            entered_by=asset.said.by, entered_ms=asset.said.entered_ms, **to_columns(asset.said.marking),
        )
    )  # fmt: skip


def add_profile(conn: Connection, asset: UUID, profile: Profile, as_typed: str, said: Said) -> None:
    """Record what an asset can do."""
    conn.execute(
        insert(PROFILE).values(
            asset_id=asset,
            base=profile.base,
            base_lat=_null(profile.base_lat),
            base_lon=_null(profile.base_lon),
            cruise_kn=profile.cruise_kn,
            max_kn=profile.max_kn,
            endurance_h=_null(profile.endurance_h),
            range_nm=_null(profile.range_nm),
            team=profile.team,
            sea_value=profile.sea.value if profile.sea else None,
            sea_unit=profile.sea.unit if profile.sea else "",
            daylight=profile.daylight,
            said=as_typed,
            **_stamp(said),
        )
    )


def add_report(conn: Connection, asset: UUID, report: Report, said: Said) -> None:
    """Record what was told of an asset."""
    conn.execute(
        insert(REPORT).values(
            asset_id=asset,
            as_of_ms=report.as_of_ms,
            expires_ms=report.expires_ms,
            availability=report.availability.name if report.availability else "",
            ready_min=report.ready_min,
            lat=_null(report.lat),
            lon=_null(report.lon),
            course=_null(report.course),
            speed_kn=_null(report.speed_kn),
            fuel_h=_null(report.fuel_h),
            at_base=report.at_base,
            text=report.text,
            **_stamp(said),
        )
    )


def load(conn: Connection, number: int | None = None) -> list[Asset]:
    """Assets the connection shows with all it shows of them, in order of entry; one of them when given."""
    wanted = _whole(ASSET) if number is None else _whole(ASSET).where(ASSET.c.number == number)
    found = list(conn.execute(wanted))
    only = None if number is None else [row.id for row in found]
    profiles: dict[UUID, list[tuple[Profile, Said]]] = defaultdict(list)
    for row in _lines(conn, PROFILE, only):
        profiles[row.asset_id].append((_profile(row), _said(row)))
    reports: dict[UUID, list[tuple[Report, Said]]] = defaultdict(list)
    for row in _lines(conn, REPORT, only):
        reports[row.asset_id].append((_report(row), _said(row)))
    return [
        Asset(
            row.id, row.number, row.name, row.kind, row.owner, _said(row),
            tuple(profiles[row.id]), tuple(reports[row.id]),
        )
        for row in found
    ]  # fmt: skip


@lru_cache(maxsize=8)
def _whole(lines: Table) -> Select[Any]:
    return select(lines).order_by(lines.c.seq)


def _lines(conn: Connection, lines: Table, only: list[UUID] | None) -> list[Any]:
    wanted = _whole(lines)
    if only is not None:
        wanted = wanted.where(lines.c.asset_id.in_(only))
    return list(conn.execute(wanted))


def _stamp(said: Said) -> dict[str, Any]:
    return {
        "id": UUID(said.id) if said.id else uuid4(),
        "entered_by": said.by,
        "entered_ms": said.entered_ms,
        **to_columns(said.marking),
    }


def _said(row: Any) -> Said:
    return Said(str(row.id), row.entered_by, row.entered_ms, from_columns(row))


def _profile(row: Any) -> Profile:
    return Profile(
        base=row.base,
        base_lat=_nan(row.base_lat),
        base_lon=_nan(row.base_lon),
        cruise_kn=row.cruise_kn,
        max_kn=row.max_kn,
        endurance_h=_nan(row.endurance_h),
        range_nm=_nan(row.range_nm),
        team=None if row.team is None else bool(row.team),
        sea=None if row.sea_value is None else SeaLimit(row.sea_value, row.sea_unit),
        daylight=None if row.daylight is None else bool(row.daylight),
    )


def _report(row: Any) -> Report:
    return Report(
        as_of_ms=row.as_of_ms,
        expires_ms=row.expires_ms,
        availability=Availability[row.availability] if row.availability else None,
        ready_min=row.ready_min,
        lat=_nan(row.lat),
        lon=_nan(row.lon),
        course=_nan(row.course),
        speed_kn=_nan(row.speed_kn),
        fuel_h=_nan(row.fuel_h),
        at_base=bool(row.at_base),
        text=row.text,
    )


def _null(value: float) -> float | None:
    return None if math.isnan(value) else value


def _nan(value: float | None) -> float:
    return math.nan if value is None else value
