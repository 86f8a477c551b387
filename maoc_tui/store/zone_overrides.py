"""Overrides of zones in the record: entered, withdrawn, read; never changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from maoc_tui.domain.targets import reference as target_reference
from maoc_tui.domain.zone_override import Withdrawal, ZoneOverride, reference
from maoc_tui.problems import BadInput
from maoc_tui.store import numbers
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable
from maoc_tui.store.zone_tables import ZoneOverrideTable, ZoneWithdrawalTable

_OVERRIDE, _WITHDRAWAL, _TARGET = table(ZoneOverrideTable), table(ZoneWithdrawalTable), table(TargetTable)
_READ = (
    select(
        _OVERRIDE,
        _TARGET.c.number.label("target_number"),
        _WITHDRAWAL.c.reason.label("gone_reason"),
        _WITHDRAWAL.c.decided_by.label("gone_decided_by"),
        _WITHDRAWAL.c.entered_by.label("gone_by"),
        _WITHDRAWAL.c.entered_ms.label("gone_ms"),
    )
    .outerjoin(_WITHDRAWAL, _WITHDRAWAL.c.override_id == _OVERRIDE.c.id)
    .outerjoin(_TARGET, _TARGET.c.id == _OVERRIDE.c.target_id)
    .order_by(_OVERRIDE.c.number.desc())
)


def add(conn: Connection, made: ZoneOverride, target_id: UUID | None = None) -> ZoneOverride:
    """Record an override under a number of its own; ``target_id`` is that of its target, if it is about one."""
    numbered = replace(made, number=numbers.unused(conn, _OVERRIDE.c.number))
    plain = {name: getattr(numbered, name) for name in _PLAIN}
    conn.execute(
        insert(_OVERRIDE).values(
            **plain,
            id=UUID(made.id),
            contact_key=made.key or None,
            target_id=target_id,
            outline=" ".join(f"{lat!r},{lon!r}" for lat, lon in made.corners),
            states=",".join(made.states),
            decided_by=made.name,
            entered_by=made.by,
            entered_ms=made.at_ms,
            **to_columns(made.marking),
        )
    )
    return numbered


_PLAIN = (
    "number", "scope", "lat", "lon", "radius_nm", "place", "kind", "status", "reason", "until_ms",
)  # fmt: skip


def withdraw(conn: Connection, override: ZoneOverride, gone: Withdrawal) -> None:
    """Record that an override no longer counts."""
    conn.execute(
        insert(_WITHDRAWAL).values(
            override_id=UUID(override.id),
            reason=gone.reason,
            decided_by=gone.name,
            entered_by=gone.by,
            entered_ms=gone.at_ms,
        )
    )


def find(conn: Connection, number: int) -> ZoneOverride:
    """The override of a number; raises BadInput when there is none the viewer may see."""
    row = conn.execute(_READ.where(_OVERRIDE.c.number == number)).first()
    if row is None:
        raise BadInput(f"There is no override {reference(number)}.", "List them: maoc zones override list.")
    return _override(row)


def load(conn: Connection) -> list[ZoneOverride]:
    """Every override, the newest first."""
    return [_override(row) for row in conn.execute(_READ)]


_STANDING = _READ.where(_WITHDRAWAL.c.seq.is_(None), _OVERRIDE.c.until_ms > bindparam("now_ms"))


def standing(conn: Connection, now_ms: int) -> list[ZoneOverride]:
    """The overrides that count now, the newest first."""
    return [_override(row) for row in conn.execute(_STANDING, {"now_ms": now_ms})]


def standing_one(conn: Connection, number: int, now_ms: int) -> list[ZoneOverride]:
    """The override of a number, if it counts now."""
    query = _STANDING.where(_OVERRIDE.c.number == number)
    return [_override(row) for row in conn.execute(query, {"now_ms": now_ms})]


def _override(row: Any) -> ZoneOverride:
    corners = [tuple(map(float, corner.split(","))) for corner in row.outline.split()]
    return ZoneOverride(
        **{name: getattr(row, name) for name in _PLAIN},
        id=str(row.id),
        key=row.contact_key or 0,
        target=target_reference(row.target_number) if row.target_number else "",
        corners=tuple((lat, lon) for lat, lon in corners),
        states=tuple(filter(None, row.states.split(","))),
        name=row.decided_by,
        by=row.entered_by,
        at_ms=row.entered_ms,
        marking=from_columns(row),
        withdrawal=_withdrawal(row),
    )


def _withdrawal(row: Any) -> Withdrawal | None:
    if row.gone_ms is None:
        return None
    return Withdrawal(row.gone_reason, row.gone_decided_by, row.gone_by, row.gone_ms)
