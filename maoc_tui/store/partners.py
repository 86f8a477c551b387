"""What officers recorded of partners: statuses and instruments, appended and read, never changed."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from maoc_tui.domain.partner_facts import Instrument, StatusAct
from maoc_tui.store.liaison_tables import PartnerActTable, PartnerInstrumentTable
from maoc_tui.store.tables_traffic import table

ACT, INSTRUMENT = table(PartnerActTable), table(PartnerInstrumentTable)
_NEWEST = select(
    select(func.max(ACT.c.seq)).scalar_subquery(), select(func.max(INSTRUMENT.c.seq)).scalar_subquery()
)


def newest(conn: Connection) -> tuple[int, int]:
    """Numbers of the newest act and instrument; both only grow."""
    act, instrument = conn.execute(_NEWEST).one()
    return act or 0, instrument or 0


def add_act(conn: Connection, act: StatusAct) -> None:
    """Record what a partner is from a day on."""
    conn.execute(
        insert(ACT).values(
            id=uuid4(),
            code=act.code,
            status=act.status,
            recipient_class=act.recipient_class,
            since=act.since.isoformat(),
            confirms=_text(act.confirms),
            name=act.name,
            kind=act.kind,
            source=act.source,
            reason=act.reason,
            entered_by=act.by,
            entered_ms=act.recorded_ms,
        )
    )


def acts(conn: Connection) -> list[StatusAct]:
    """Every recorded status, in the order of entry."""
    return [
        StatusAct(
            code=row.code,
            status=row.status,
            recipient_class=row.recipient_class,
            since=date.fromisoformat(row.since),
            source=row.source,
            reason=row.reason,
            by=row.entered_by,
            recorded_ms=row.entered_ms,
            confirms=_day(row.confirms),
            name=row.name,
            kind=row.kind,
        )
        for row in conn.execute(select(ACT).order_by(ACT.c.seq))
    ]


def add_instrument(conn: Connection, code: str, made: Instrument, reason: str, by: str, at_ms: int) -> None:
    """Record an instrument; one of the same title recorded before stands no more."""
    conn.execute(
        insert(INSTRUMENT).values(
            id=uuid4(),
            code=code,
            kind=made.kind,
            title=made.title,
            since=_text(made.since),
            until=_text(made.until),
            source=made.source,
            reason=reason,
            entered_by=by,
            entered_ms=at_ms,
        )
    )


def instruments(conn: Connection) -> list[tuple[str, Instrument]]:
    """Every recorded instrument with its partner's code, in the order of entry."""
    rows = conn.execute(select(INSTRUMENT).order_by(INSTRUMENT.c.seq))
    return [
        (
            row.code,
            Instrument(
                kind=row.kind,
                title=row.title,
                since=_day(row.since),
                until=_day(row.until),
                source=row.source,
                verification="C",
                note=row.reason,
                recorded_ms=row.entered_ms,
            ),
        )
        for row in rows
    ]


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
