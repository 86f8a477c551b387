"""The journal: every act is written here in the same transaction as the act itself, or neither is.

Actions are those of Art. 25 (1) of Directive (EU) 2016/680 (collect, alter, consult, disclose, combine, erase)
and those a centre of several states needs besides (release, recall, sign-in, refusals).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from maoc_tui.problems import Problem
from maoc_tui.store import bulk, journal_key
from maoc_tui.store.journal_chain import GENESIS, link
from maoc_tui.store.journal_tables import CheckpointTable, JournalTable
from maoc_tui.store.tables_traffic import table

JOURNAL = table(JournalTable)
CHECKPOINT = table(CheckpointTable)
ACTIONS = (
    "collect", "alter", "consult", "disclose", "combine", "erase", "release", "recall", "refuse", "login",
    "logout", "lock", "deny", "export", "verify", "confirm", "assign", "ask", "answer", "grant", "propose",
)  # fmt: skip
EVERY_ENTRIES, EVERY_MS = 100, 15 * 60_000
"""A checkpoint is signed at the latest after so many entries, or with the first one after so long."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. Names what was touched, never what it says."""

    at_ms: int
    who: str
    partner: str
    action: str
    """One of ACTIONS."""
    kind: str
    """What it was done to: target, identity_fact, sighting, source, export, account …"""
    ref: str
    """Which one: T-0417, R-0012, an id."""
    reason: str = ""
    detail: str = ""
    owner: str = ""
    """Originator of what was touched: its liaison may read this entry."""
    recipient: str = ""
    """To whom, for a disclosure, release or export."""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The chain as it stood at one entry, signed."""

    seq: int
    at_ms: int
    hash: bytes
    public_key: bytes
    signature: bytes


_FIELDS = tuple(column.name for column in JOURNAL.columns if column.name not in ("seq", "hash"))
COLUMNS = ("seq", *_FIELDS, "hash")
"""In the order they are hashed; the hash itself last."""
_TIP = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(JOURNAL.c.seq.desc()).limit(1)
_LAST = select(CHECKPOINT).order_by(CHECKPOINT.c.seq.desc()).limit(1)
_FIRST = select(JOURNAL.c.at_ms).where(JOURNAL.c.seq == 1)


def write(conn: Connection, entry: Entry) -> int:
    """Append one entry; its number. Call inside the writing transaction of the act it tells of."""
    if entry.action not in ACTIONS:
        raise ValueError(f"{entry.action} is no action of the journal")
    seq, before = tip(conn)
    values = (seq + 1, *(_plain(getattr(entry, name)) for name in _FIELDS))
    digest = link(before, values)
    bulk.add(conn, JOURNAL, COLUMNS, [(*values, digest)])
    if _due(conn, seq + 1, entry.at_ms):
        _try_checkpoint(conn, seq + 1, entry.at_ms, digest)
    return seq + 1


def _plain(value: Any) -> Any:
    """Text as any database holds it: neither a NUL nor half a surrogate pair."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
    return value


def details(conn: Connection, kind: str, action: str) -> dict[str, list[tuple[int, str]]]:
    """What each act of a kind was noted with: reference to when and the detail, in order."""
    entry = JOURNAL.c
    query = select(entry.ref, entry.at_ms, entry.detail).where(entry.kind == kind, entry.action == action)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in conn.execute(query.order_by(entry.seq)):
        found[row[0]].append((row[1], row[2]))
    return found


def tip(conn: Connection) -> tuple[int, bytes]:
    """Number and hash of the newest entry; (0, GENESIS) of an empty journal."""
    row = conn.execute(_TIP).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def last_checkpoint(conn: Connection) -> Checkpoint | None:
    """The newest checkpoint; None before the first."""
    row = conn.execute(_LAST).first()
    return _checkpoint(row) if row else None


def _checkpoint(row: Any) -> Checkpoint:
    return Checkpoint(*(getattr(row, one.name) for one in fields(Checkpoint)))


def _due(conn: Connection, seq: int, at_ms: int) -> bool:
    last = last_checkpoint(conn)
    if last is not None:
        return seq - last.seq >= EVERY_ENTRIES or at_ms - last.at_ms >= EVERY_MS
    first: int | None = conn.scalar(_FIRST)
    return seq >= EVERY_ENTRIES or (first is not None and at_ms - first >= EVERY_MS)


def _try_checkpoint(conn: Connection, seq: int, at_ms: int, digest: bytes) -> None:
    """Sign when the key can be used. An act is never lost because its checkpoint cannot be signed."""
    try:
        _sign(conn, seq, at_ms, digest)
    except Problem:
        return


def checkpoint(conn: Connection, at_ms: int) -> Checkpoint | None:
    """Sign the chain as it stands, in a writing transaction; None of an empty journal. Raises StoreProblem."""
    seq, digest = tip(conn)
    if not seq:
        return None
    last = last_checkpoint(conn)
    return last if last and last.seq == seq else _sign(conn, seq, at_ms, digest)


def _sign(conn: Connection, seq: int, at_ms: int, digest: bytes) -> Checkpoint:
    key = journal_key.load(_file(conn), create=True)
    made = Checkpoint(
        seq, at_ms, digest, journal_key.raw_public(key), journal_key.sign(key, seq, at_ms, digest)
    )
    conn.execute(insert(CHECKPOINT), {one.name: getattr(made, one.name) for one in fields(Checkpoint)})
    return made


def _file(conn: Connection) -> Path:
    return Path(conn.exec_driver_sql("PRAGMA database_list").all()[0][2])
