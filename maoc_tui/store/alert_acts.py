"""What officers did and said about alerts: appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.alert_stages import Done, Quiet
from maoc_tui.domain.assets import reference as asset_reference
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operations import reference as operation_reference
from maoc_tui.domain.targets import reference as target_reference
from maoc_tui.store.alert_tables import (
    AlertActTable,
    AlertLineTable,
    AlertSilenceEndTable,
    AlertSilenceTable,
    AlertTargetTable,
    AlertWordTable,
)
from maoc_tui.store.alerts import ALERT, Alert
from maoc_tui.store.asset_tables import AssetTable
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.operation_tables import LogLineTable, OperationTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

ACT, SILENCE, END = table(AlertActTable), table(AlertSilenceTable), table(AlertSilenceEndTable)
WORD, TARGET_OF, LINE_OF = table(AlertWordTable), table(AlertTargetTable), table(AlertLineTable)
_ASSET, _TARGET, _LINE = table(AssetTable), table(TargetTable), table(LogLineTable)
_OPERATION = table(OperationTable)
_MANY = 500
"""More alerts than this are not asked for one by one."""


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, for whom, when."""

    name: str
    officer: str
    partner: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Word:
    """What an officer wrote."""

    text: str
    by: str
    at_ms: int
    marking: Marking
    of: str
    """Id of the act or silence it is the reason of; "" of a note."""


@dataclass(frozen=True, slots=True)
class Became:
    """A record that an alert became."""

    ref: str
    """``T-0417``, ``OP-0031/14``."""
    table: str
    """target or log_line, and the ``id`` of the row there."""
    id: UUID
    what: str
    """target, sighting, line."""
    by: str
    partner: str
    at_ms: int


def add(
    conn: Connection, alert: Alert, act: str, by: By, *, stage: str = "", useful: bool | None = None
) -> UUID:
    """Record an act at the alert's present revision; its id."""
    made = uuid4()
    conn.execute(
        insert(ACT).values(
            **_stamp(made, by), alert_id=alert.id, act=act, revision=alert.revision, stage=stage, useful=useful
        )
    )  # fmt: skip
    return made


def silence(conn: Connection, alert: Alert, by: By, until_ms: int, wide: bool) -> UUID:
    """Record a silence up to the alert's present level; its id."""
    made = uuid4()
    conn.execute(
        insert(SILENCE).values(
            **_stamp(made, by), alert_id=alert.id, wide=wide, level=alert.finding.level, until_ms=until_ms
        )
    )
    return made


def end_silence(conn: Connection, silence_id: str, by: By) -> None:
    """Record that a silence was ended."""
    conn.execute(insert(END).values(**_stamp(uuid4(), by), silence_id=UUID(silence_id)))


def say(conn: Connection, alert: Alert, by: By, text: str, marking: Marking, act: UUID | None) -> None:
    """Record what an officer wrote: a statement with its own marking."""
    conn.execute(
        insert(WORD).values(
            id=uuid4(), alert_id=alert.id, asset_id=alert.asset_id,
            report_id=UUID(alert.finding.report) if alert.finding.report else None, act_id=act, text=text,
            entered_by=by.name, entered_ms=by.at_ms, **to_columns(marking),
        )
    )  # fmt: skip


def became_target(conn: Connection, alert: Alert, target: UUID, became: str, by: By) -> None:
    """Record that an alert became a target, or a sighting of one."""
    stamp = _stamp(uuid4(), by)
    conn.execute(insert(TARGET_OF).values(**stamp, alert_id=alert.id, target_id=target, became=became))


def became_line(conn: Connection, alert: Alert, line: UUID, by: By) -> None:
    """Record that an alert became a line of a log."""
    conn.execute(insert(LINE_OF).values(**_stamp(uuid4(), by), alert_id=alert.id, line_id=line))


def done(conn: Connection, *alerts: UUID) -> dict[UUID, list[Done]]:
    """Acts by alert, in order of entry; of these alerts where some are given, and of all where they are many."""
    found: dict[UUID, list[Done]] = {}
    query = select(ACT).order_by(ACT.c.seq)
    for row in conn.execute(query.where(ACT.c.alert_id.in_(alerts)) if 0 < len(alerts) <= _MANY else query):
        found.setdefault(row.alert_id, []).append(
            Done(
                row.act, row.revision, row.by, row.by_partner, row.entered_ms, row.stage,
                None if row.useful is None else bool(row.useful), str(row.id),
            )
        )  # fmt: skip
    return found


def silences(conn: Connection) -> list[Quiet]:
    """Every silence the connection shows, in order of entry; ended and run out ones too."""
    query = (
        select(
            SILENCE,
            ALERT.c.rule,
            ALERT.c.subject,
            _ASSET.c.number.label("asset_number"),
            END.c.entered_ms.label("ended_ms"),
            END.c.by.label("ended_by"),
        )
        .join(ALERT, ALERT.c.id == SILENCE.c.alert_id)
        .outerjoin(_ASSET, _ASSET.c.id == ALERT.c.asset_id)
        .outerjoin(END, END.c.silence_id == SILENCE.c.id)
    )
    return [_quiet(row) for row in conn.execute(query.order_by(SILENCE.c.seq))]


def _quiet(row: Any) -> Quiet:
    return Quiet(
        id=str(row.id),
        alert=str(row.alert_id),
        rule=row.rule,
        subject=row.subject,
        asset="" if row.asset_number is None else asset_reference(row.asset_number),
        wide=bool(row.wide),
        level=row.level,
        from_ms=row.entered_ms,
        until_ms=row.until_ms,
        by=row.by,
        partner=row.by_partner,
        ended_ms=row.ended_ms,
        ended_by=row.ended_by or "",
    )


def words(conn: Connection, alert: UUID | None = None) -> dict[UUID, list[Word]]:
    """What officers wrote by alert, as far as the connection shows it, in order of entry."""
    found: dict[UUID, list[Word]] = {}
    query = select(WORD).order_by(WORD.c.seq)
    for row in conn.execute(query.where(WORD.c.alert_id == alert) if alert is not None else query):
        found.setdefault(row.alert_id, []).append(
            Word(row.text, row.entered_by, row.entered_ms, from_columns(row), str(row.act_id or ""))
        )
    return found


def became(conn: Connection) -> dict[UUID, list[Became]]:
    """The records alerts became, by alert, as far as the connection shows both."""
    found: dict[UUID, list[Became]] = {}
    targets = select(TARGET_OF, _TARGET.c.number).join(_TARGET, _TARGET.c.id == TARGET_OF.c.target_id)
    for row in conn.execute(targets.order_by(TARGET_OF.c.seq)):
        made = Became(
            target_reference(row.number),
            "target",
            row.target_id,
            row.became,
            row.by,
            row.by_partner,
            row.entered_ms,
        )
        found.setdefault(row.alert_id, []).append(made)
    lines = (
        select(LINE_OF, _LINE.c.number, _OPERATION.c.number.label("operation_number"))
        .join(_LINE, _LINE.c.id == LINE_OF.c.line_id)
        .join(_OPERATION, _OPERATION.c.id == _LINE.c.operation_id)
    )
    for row in conn.execute(lines.order_by(LINE_OF.c.seq)):
        ref = f"{operation_reference(row.operation_number)}/{row.number}"
        found.setdefault(row.alert_id, []).append(
            Became(ref, "log_line", row.line_id, "line", row.by, row.by_partner, row.entered_ms)
        )
    return found


def _stamp(made: UUID, by: By) -> dict[str, Any]:
    return {
        "id": made, "by": by.name, "officer": by.officer, "by_partner": by.partner, "entered_ms": by.at_ms,
    }  # fmt: skip
