"""Options that were considered for an interception, as they stood; appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import reference
from maoc_tui.store.asset_tables import AssetTable, InterceptOptionTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.operation_tables import OperationTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

OPTION = table(InterceptOptionTable)
_ASSET, _OPERATION, _TARGET = table(AssetTable), table(OperationTable), table(TargetTable)


@dataclass(frozen=True, slots=True)
class Option:
    """One option as it stood when it was considered."""

    operation_id: UUID
    asset_id: UUID
    target_id: UUID
    set_number: int
    chosen: bool
    reason: str
    at_ms: int
    contact_ms: int | None
    lat: float | None
    lon: float | None
    course: float | None
    zone: str
    law: str
    limiting: str
    track: str
    pace: str
    what_if: str
    by: str
    entered_ms: int
    marking: Marking
    operation: str = ""
    asset: str = ""
    asset_name: str = ""
    target: str = ""


_PLAIN = (
    "operation_id", "asset_id", "target_id", "set_number", "chosen", "reason", "at_ms", "contact_ms", "lat", "lon",
    "course", "zone", "law", "limiting", "track", "pace", "what_if", "entered_ms",
)  # fmt: skip


def next_set(conn: Connection, operation: UUID) -> int:
    """The number of a new set of options of an operation."""
    newest = conn.scalar(select(func.max(OPTION.c.set_number)).where(OPTION.c.operation_id == operation))
    return (newest or 0) + 1


def add(conn: Connection, option: Option) -> None:
    """Record an option."""
    plain = {name: getattr(option, name) for name in _PLAIN}
    conn.execute(
        insert(OPTION).values(id=uuid4(), entered_by=option.by, **plain, **to_columns(option.marking))
    )


def load(conn: Connection, operation: UUID | None = None) -> list[Option]:
    """Options the connection shows with their operation, asset and target, in order of entry."""
    rows = (
        select(
            OPTION, _ASSET.c.number.label("asset_number"), _ASSET.c.name.label("asset_name"),
            _OPERATION.c.number.label("operation_number"), _TARGET.c.number.label("target_number"),
        )
        .join(_ASSET, _ASSET.c.id == OPTION.c.asset_id)
        .join(_OPERATION, _OPERATION.c.id == OPTION.c.operation_id)
        .join(_TARGET, _TARGET.c.id == OPTION.c.target_id)
    )  # fmt: skip
    if operation is not None:
        rows = rows.where(OPTION.c.operation_id == operation)
    return [_option(row) for row in conn.execute(rows.order_by(OPTION.c.seq))]


def _option(row: Any) -> Option:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Option(
        **{**plain, "chosen": bool(row.chosen)},
        by=row.entered_by,
        marking=from_columns(row),
        operation=f"OP-{row.operation_number:04d}",
        asset=f"AS-{row.asset_number:04d}",
        asset_name=row.asset_name,
        target=reference(row.target_number),
    )
