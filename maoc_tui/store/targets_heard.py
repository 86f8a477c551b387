"""What the traffic says of the contacts that targets are linked to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from maoc_tui.store.tables_traffic import Contact, table

CONTACT = table(Contact)
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
