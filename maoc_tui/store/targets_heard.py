"""What the traffic says of the contacts that targets are linked to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from maoc_tui.store.tables_traffic import Contact, ContactIdentity, Source, table

CONTACT, IDENTITY, SOURCE = table(Contact), table(ContactIdentity), table(Source)
_AT_ONCE = 500
"""Keys in one statement; SQLite takes at most some thousand parameters."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A contact's last fix and what it says of itself now. NaN and "" where not available."""

    key: int
    cls: int
    time: int | None
    """Of the last fix, milliseconds; None when never fixed."""
    lat: float
    lon: float
    sog: float
    cog: float
    error_m: float
    status: int
    ship_type: int
    """-1 unknown."""
    name: str
    call_sign: str
    registration: str
    model: str


@dataclass(frozen=True, slots=True)
class Said:
    """One value a contact gave for one attribute."""

    attribute: str
    value: str
    raw: str
    first_ms: int
    """0 when no source gave a time."""
    last_ms: int
    source: str


def heard(conn: Connection, keys: Collection[int]) -> dict[int, Heard]:
    """The contacts of these keys that were ever heard."""
    ordered = sorted(set(keys))
    parts = (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
    return {row.key: _heard(row) for part in parts for row in _rows(conn, part)}


def _rows(conn: Connection, keys: list[int]) -> Iterator[Any]:
    yield from conn.execute(select(CONTACT).where(CONTACT.c.key.in_(keys)))


def _heard(row: Any) -> Heard:
    return Heard(
        key=row.key,
        cls=row.cls,
        time=row.time,
        lat=_scaled(row.lat, 1e7),
        lon=_scaled(row.lon, 1e7),
        sog=_scaled(row.sog, 10),
        cog=_scaled(row.cog, 10),
        error_m=_scaled(row.error_m, 1),
        status=row.status,
        ship_type=-1 if row.ship_type is None else row.ship_type,
        name=row.name or "",
        call_sign=row.call_sign or "",
        registration=row.registration or "",
        model=row.model or "",
    )


def _scaled(value: int | None, per_unit: float) -> float:
    return float("nan") if value is None else value / per_unit


def said(conn: Connection, keys: Collection[int]) -> dict[int, list[Said]]:
    """Every value each contact ever gave, by attribute, oldest first."""
    found: dict[int, list[Said]] = {}
    if not keys:
        return found
    columns = (*IDENTITY.c, SOURCE.c.name.label("source_name"))
    query = select(*columns).join(SOURCE, SOURCE.c.id == IDENTITY.c.source_id)
    query = query.where(IDENTITY.c.key.in_(sorted(set(keys))[:_AT_ONCE]))
    for row in conn.execute(query.order_by(IDENTITY.c.attribute, IDENTITY.c.first_ms, IDENTITY.c.id)):
        line = Said(
            row.attribute, row.value, row.raw or row.value, row.first_ms, row.last_ms, row.source_name
        )
        found.setdefault(row.key, []).append(line)
    return found
