"""Officers and their channels in the record."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from maoc_tui.domain.officers import Channel, Officer
from maoc_tui.store import edits
from maoc_tui.store.liaison_tables import OfficerChannelTable, OfficerTable
from maoc_tui.store.tables_traffic import table

OFFICER, CHANNEL = table(OfficerTable), table(OfficerChannelTable)
_LIVE = select(CHANNEL).where(CHANNEL.c.retired_ms.is_(None)).order_by(CHANNEL.c.place, CHANNEL.c.entered_ms)


def add(conn: Connection, made: Officer, by: str, at_ms: int) -> None:
    """Record an officer; channels follow one by one."""
    conn.execute(
        insert(OFFICER).values(
            id=made.id,
            version=1,
            partner=made.partner,
            name=made.name,
            agency=made.agency,
            functions=",".join(made.functions),
            posted_from=made.posted_from.isoformat(),
            posted_to=made.posted_to.isoformat() if made.posted_to else "",
            note=made.note,
            entered_by=by,
            entered_ms=at_ms,
        )
    )


def edit(conn: Connection, officer: Officer, **values: Any) -> None:
    """Change an officer that nobody changed since it was read; raises edits.Changed."""
    edits.edit(conn, OFFICER, officer.id, officer.version, **values)


def load(conn: Connection) -> list[Officer]:
    """Every officer with the channels in use, by partner and name."""
    channels: dict[UUID, list[Channel]] = defaultdict(list)
    for row in conn.execute(_LIVE):
        channels[row.officer_id].append(_channel(row))
    rows = conn.execute(select(OFFICER).order_by(OFFICER.c.partner, OFFICER.c.name))
    return [_officer(row, tuple(channels[row.id])) for row in rows]


def _officer(row: Any, channels: tuple[Channel, ...]) -> Officer:
    return Officer(
        id=row.id,
        version=row.version,
        partner=row.partner,
        name=row.name,
        agency=row.agency,
        functions=tuple(filter(None, row.functions.split(","))),
        posted_from=date.fromisoformat(row.posted_from),
        posted_to=date.fromisoformat(row.posted_to) if row.posted_to else None,
        note=row.note,
        channels=channels,
    )


def _channel(row: Any) -> Channel:
    return Channel(row.id, row.place, row.kind, row.address, row.note, row.verified_ms, row.verified_by)


def names(conn: Connection) -> dict[UUID, tuple[str, str]]:
    """Officer id to name and partner."""
    rows = conn.execute(select(OFFICER.c.id, OFFICER.c.name, OFFICER.c.partner))
    return {row.id: (row.name, row.partner) for row in rows}


def add_channel(conn: Connection, officer: UUID, made: Channel, by: str, at_ms: int) -> None:
    """Record a way to reach an officer, after those there are."""
    last = conn.scalar(select(func.max(CHANNEL.c.place)).where(CHANNEL.c.officer_id == officer)) or 0
    conn.execute(
        insert(CHANNEL).values(
            id=made.id,
            officer_id=officer,
            place=last + 1,
            kind=made.kind,
            address=made.address,
            note=made.note,
            verified_ms=made.verified_ms,
            verified_by=made.verified_by,
            entered_by=by,
            entered_ms=at_ms,
        )
    )


def verified(conn: Connection, channel: UUID, by: str, at_ms: int | None) -> None:
    """Note that a channel was found to work; None, with no name, that nobody found it to."""
    conn.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(verified_ms=at_ms, verified_by=by))


def retire(conn: Connection, channel: UUID, at_ms: int) -> None:
    """A channel is no longer used; it stays in the record."""
    conn.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(retired_ms=at_ms))


def order(conn: Connection, channels: list[UUID]) -> None:
    """Number an officer's channels in the order given, from 1."""
    for place, channel in enumerate(channels, 1):
        conn.execute(update(CHANNEL).where(CHANNEL.c.id == channel).values(place=place))
