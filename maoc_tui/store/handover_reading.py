"""What was corrected or withdrawn since an instant, as far as a connection shows it: for the sheet of a handover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, FromClause, Label, func, select

from maoc_tui.domain.assets import reference as asset_reference
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.operations import reference as operation_reference
from maoc_tui.domain.targets import reference as target_reference
from maoc_tui.store.alerts import ALERT, EVENT
from maoc_tui.store.alerts import reference as alert_reference
from maoc_tui.store.asset_tables import AssetTable
from maoc_tui.store.markings import COLUMNS, from_columns, marking_of
from maoc_tui.store.operation_tables import LogLineTable, OperationTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import IdentityFactTable, TargetTable

_LINE, _OPERATION = table(LogLineTable), table(OperationTable)
_FACT, _TARGET, _ASSET = table(IdentityFactTable), table(TargetTable), table(AssetTable)


@dataclass(frozen=True, slots=True)
class Replaced:
    """One statement that another stands in place of."""

    ref: str
    """What it belongs to: OP-0031, T-0417."""
    what: str
    """``line 14``, ``name``."""
    now: str
    """What stands in its place; "" where it was withdrawn."""
    marking: Marking
    """Of what stands, and of what it belongs to: it is hidden with either."""


def lines(conn: Connection, since_ms: int) -> list[Replaced]:
    """Log lines of operations that were corrected since."""
    wrong = _LINE.alias("wrong")
    query = (
        select(
            _LINE, _OPERATION.c.number.label("operation"), wrong.c.number.label("wrong"), *_above(_OPERATION)
        )
        .join(_OPERATION, _OPERATION.c.id == _LINE.c.operation_id)
        .join(wrong, wrong.c.id == _LINE.c.corrects)
        .where(_LINE.c.entered_ms >= since_ms)
        .order_by(_LINE.c.seq)
    )
    return [
        Replaced(operation_reference(row.operation), f"line {row.wrong}", row.text, _marking(row))
        for row in conn.execute(query)
    ]


def facts(conn: Connection, since_ms: int) -> list[Replaced]:
    """Statements about the identity of targets that were corrected or withdrawn since."""
    query = (
        select(_FACT, _TARGET.c.number.label("target"), *_above(_TARGET))
        .join(_TARGET, _TARGET.c.id == _FACT.c.target_id)
        .where(_FACT.c.replaces.is_not(None), _FACT.c.entered_ms >= since_ms)
        .order_by(_FACT.c.seq)
    )
    return [
        Replaced(
            target_reference(row.target),
            row.attribute,
            "" if row.withdrawal else row.value,
            _marking(row),
        )
        for row in conn.execute(query)
    ]


def _above(parent: FromClause) -> list[Label[Any]]:
    """The marking of the row that a statement belongs to, as columns beside its own."""
    return [parent.c[name].label(f"above_{name}") for name in COLUMNS]


def _marking(row: Any) -> Marking:
    return combine(from_columns(row), marking_of(*(getattr(row, f"above_{name}") for name in COLUMNS)))


@dataclass(frozen=True, slots=True)
class Dissolved:
    """One alert that late data dissolved."""

    ref: str
    """AL-0007."""
    because: str
    """Why it had been raised."""
    asset: str
    """The asset it was about (AS-0007); "" for none."""


def withdrawn_alerts(conn: Connection, since_ms: int) -> list[Dissolved]:
    """Alerts that late data dissolved since, whenever they were raised, the newest first."""
    gone = select(func.max(EVENT.c.entered_ms)).where(
        EVENT.c.alert_id == ALERT.c.id, EVENT.c.what == "withdrawn"
    )
    when = gone.correlate(ALERT).scalar_subquery()
    query = (
        select(ALERT.c.number, ALERT.c.because, _ASSET.c.number.label("asset"))
        .outerjoin(_ASSET, _ASSET.c.id == ALERT.c.asset_id)
        .where(ALERT.c.withdrawn, when >= since_ms)
        .order_by(when.desc(), ALERT.c.seq.desc())
    )
    return [
        Dissolved(
            alert_reference(row.number),
            row.because,
            asset_reference(row.asset) if row.asset is not None else "",
        )
        for row in conn.execute(query)
    ]
