"""Sessions and tries to sign in, in the record."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select, update

from maoc_tui.store.access_tables import SessionTable, TryTable
from maoc_tui.store.tables_traffic import Meta, table

SESSION, TRY, META = table(SessionTable), table(TryTable), table(Meta)
_SALT = "access_salt"


@dataclass(frozen=True, slots=True)
class Session:
    """From signing in to signing out."""

    id: UUID
    account_id: UUID
    kind: str
    token_hash: str
    place: str
    began_ms: int
    seen_ms: int
    until_ms: int
    confirmed_ms: int
    ended_ms: int | None = None
    end_reason: str = ""
    purpose: str = ""


def begin(
    conn: Connection,
    account_id: UUID,
    kind: str,
    place: str,
    now_ms: int,
    until_ms: int,
    token_hash: str = "",
    purpose: str = "",
) -> Session:
    """Record a new session."""
    made = Session(
        uuid4(), account_id, kind, token_hash, place, now_ms, now_ms, until_ms, now_ms, purpose=purpose
    )
    conn.execute(insert(SESSION).values(**{n: getattr(made, n) for n in Session.__dataclass_fields__}))
    return made


def session(conn: Connection, session_id: UUID) -> Session | None:
    """A session by its id."""
    row = conn.execute(select(SESSION).where(SESSION.c.id == session_id)).mappings().first()
    return Session(**row) if row else None


def note(conn: Connection, session_id: UUID, **values: Any) -> None:
    """Change times and purpose of a session, or end it with ``ended_ms`` and ``end_reason``; ended ones stay."""
    conn.execute(
        update(SESSION).where(SESSION.c.id == session_id, SESSION.c.ended_ms.is_(None)).values(**values)
    )


def end_all(conn: Connection, account_id: UUID, now_ms: int, reason: str) -> None:
    """End every session of an account."""
    open_ones = (SESSION.c.account_id == account_id) & SESSION.c.ended_ms.is_(None)
    conn.execute(update(SESSION).where(open_ones).values(ended_ms=now_ms, end_reason=reason))


def who(conn: Connection, login: str) -> str:
    """What stands for a login among the tries; needs a writing transaction the first time."""
    salt = conn.scalar(select(META.c.value).where(META.c.name == _SALT))
    if salt is None:
        salt = os.urandom(16).hex()
        conn.execute(insert(META).values(name=_SALT, value=salt))
    return blake2b(login.encode(), digest_size=16, key=bytes.fromhex(salt)).hexdigest()


def failures(conn: Connection, who_it_was: str) -> tuple[int, int]:
    """How many tries failed in a row, and when the last one was made."""
    good = select(func.max(TRY.c.seq)).where(TRY.c.who == who_it_was, TRY.c.good)
    since = select(func.count(), func.max(TRY.c.at_ms)).where(
        TRY.c.who == who_it_was, TRY.c.seq > func.coalesce(good.scalar_subquery(), 0)
    )
    count, last = conn.execute(since).one()
    return int(count), int(last or 0)


def tried(conn: Connection, who_it_was: str, good: bool, now_ms: int) -> None:
    """Record a try. A try is written as failed before the passphrase is looked at, so that none is free."""
    conn.execute(insert(TRY).values(who=who_it_was, good=good, at_ms=now_ms))
