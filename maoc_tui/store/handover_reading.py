"""What was corrected or withdrawn since an instant, as far as a connection shows it: for the sheet of a handover."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import reference as operation_reference
from maoc_tui.domain.targets import reference as target_reference
from maoc_tui.store.alerts import ALERT
from maoc_tui.store.alerts import reference as alert_reference
from maoc_tui.store.markings import from_columns
from maoc_tui.store.operation_tables import LogLineTable, OperationTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import IdentityFactTable, TargetTable

_LINE, _OPERATION = table(LogLineTable), table(OperationTable)
_FACT, _TARGET = table(IdentityFactTable), table(TargetTable)


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


def lines(conn: Connection, since_ms: int) -> list[Replaced]:
    """Log lines of operations that were corrected since."""
    wrong = _LINE.alias("wrong")
    query = (
        select(_LINE, _OPERATION.c.number.label("operation"), wrong.c.number.label("wrong"))
        .join(_OPERATION, _OPERATION.c.id == _LINE.c.operation_id)
        .join(wrong, wrong.c.id == _LINE.c.corrects)
        .where(_LINE.c.entered_ms >= since_ms)
        .order_by(_LINE.c.seq)
    )
    return [
        Replaced(operation_reference(row.operation), f"line {row.wrong}", row.text, from_columns(row))
        for row in conn.execute(query)
    ]


def facts(conn: Connection, since_ms: int) -> list[Replaced]:
    """Statements about the identity of targets that were corrected or withdrawn since."""
    query = (
        select(_FACT, _TARGET.c.number.label("target"))
        .join(_TARGET, _TARGET.c.id == _FACT.c.target_id)
        .where(_FACT.c.replaces.is_not(None), _FACT.c.entered_ms >= since_ms)
        .order_by(_FACT.c.seq)
    )
    return [
        Replaced(
            target_reference(row.target),
            row.attribute,
            "" if row.withdrawal else row.value,
            from_columns(row),
        )
        for row in conn.execute(query)
    ]


def withdrawn_alerts(conn: Connection, since_ms: int) -> list[tuple[str, str]]:
    """Alerts that late data dissolved since: reference, and why they had been raised."""
    query = select(ALERT.c.number, ALERT.c.because).where(ALERT.c.withdrawn, ALERT.c.raised_ms >= since_ms)
    return [(alert_reference(row.number), row.because) for row in conn.execute(query.order_by(ALERT.c.seq))]
