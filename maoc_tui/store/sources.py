"""Where traffic came from: each file that was read, each feed that is polled and how it does."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from maoc_tui.store import bulk
from maoc_tui.store.tables_traffic import FeedState, Source, table

_SOURCE, _FEED = table(Source), table(FeedState)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file or feed, as recorded."""

    id: int
    name: str
    kind: str
    format: str
    sha256: str
    state: str
    read: int
    accepted: int
    rejected: int
    duplicate: int
    first_ms: int | None
    last_ms: int | None
    opened_ms: int
    finished_ms: int | None


@dataclass(frozen=True, slots=True)
class FeedRow:
    """How a feed does."""

    name: str
    kind: str
    source_id: int | None
    last_ms: int | None
    """Last time it brought something."""
    tried_ms: int | None
    error: str
    """One sentence; "" when the last try went well."""
    failures: int
    """Tries in a row that failed."""
    fixes: int
    """New fixes since it was first heard."""


_COLUMNS = [_SOURCE.c[name] for name in SourceRow.__slots__]
_FEED_COLUMNS = [_FEED.c[name] for name in FeedRow.__slots__]


def register(conn: Connection, name: str, kind: str, format: str, sha256: str = "") -> int:  # noqa: A002
    """The id of a source from now on. A feed keeps its id; a file gets one each time it is read."""
    if kind == "feed" and (before := known(conn, name, kind, format)) is not None:
        return before
    counts = {"read": 0, "accepted": 0, "rejected": 0, "duplicate": 0}
    made = insert(_SOURCE).values(
        name=name, kind=kind, format=format, sha256=sha256, state="open", opened_ms=_now(), **counts
    )
    key = conn.execute(made).inserted_primary_key
    assert key is not None
    return int(key[0])


def known(conn: Connection, name: str, kind: str, format: str) -> int | None:  # noqa: A002
    """The id of a source that was heard of before; None for none."""
    same = (_SOURCE.c.name == name) & (_SOURCE.c.kind == kind) & (_SOURCE.c.format == format)
    found: int | None = conn.scalar(select(_SOURCE.c.id).where(same).limit(1))
    return found


def finish(
    conn: Connection,
    source_id: int,
    read: int,
    accepted: int,
    rejected: int,
    duplicate: int,
    *,
    first_ms: int | None = None,
    last_ms: int | None = None,
    state: str = "done",
) -> None:
    """Close the account of a file: ``state`` is done, failed or cancelled. The times are of its fixes."""
    conn.execute(
        update(_SOURCE)
        .where(_SOURCE.c.id == source_id)
        .values(
            read=read,
            accepted=accepted,
            rejected=rejected,
            duplicate=duplicate,
            first_ms=first_ms,
            last_ms=last_ms,
            state=state,
            finished_ms=_now(),
        )
    )


def count(
    conn: Connection,
    source_id: int,
    read: int,
    accepted: int,
    rejected: int,
    duplicate: int,
    *,
    first_ms: int | None = None,
    last_ms: int | None = None,
) -> None:
    """Add to the account of a feed, which is never closed."""
    values = {"read": read, "accepted": accepted, "rejected": rejected, "duplicate": duplicate}
    changes = {name: _SOURCE.c[name] + value for name, value in values.items()}
    if first_ms is not None:
        changes["first_ms"] = bulk.lesser(func.coalesce(_SOURCE.c.first_ms, first_ms), first_ms)
    if last_ms is not None:
        changes["last_ms"] = bulk.greater(func.coalesce(_SOURCE.c.last_ms, last_ms), last_ms)
    conn.execute(update(_SOURCE).where(_SOURCE.c.id == source_id).values(changes))


def find_file(conn: Connection, sha256: str, format: str) -> SourceRow | None:  # noqa: A002
    """The last whole reading of the same bytes in the same format, if there was one."""
    query = (
        select(*_COLUMNS)
        .where(_SOURCE.c.sha256 == sha256, _SOURCE.c.format == format)
        .where(_SOURCE.c.kind == "file", _SOURCE.c.state == "done")
        .order_by(_SOURCE.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else SourceRow(*row)


def all_sources(conn: Connection, limit: int = 1_000) -> list[SourceRow]:
    """The newest sources, newest first."""
    query = select(*_COLUMNS).order_by(_SOURCE.c.id.desc()).limit(limit)
    return [SourceRow(*row) for row in conn.execute(query)]


def heard(conn: Connection, name: str, kind: str, source_id: int, at_ms: int, fixes: int = 0) -> None:
    """A feed brought something: ``fixes`` new ones. Its failures are over."""
    given = {
        "kind": kind,
        "source_id": source_id,
        "last_ms": at_ms,
        "tried_ms": at_ms,
        "error": "",
        "failures": 0,
    }
    insert_ = bulk.upsert(conn.dialect.name, _FEED).values(name=name, fixes=fixes, **given)
    latest = bulk.greater(func.coalesce(_FEED.c.last_ms, at_ms), at_ms)
    changes = {**given, "last_ms": latest, "fixes": _FEED.c.fixes + fixes}
    conn.execute(insert_.on_conflict_do_update(index_elements=[_FEED.c.name], set_=changes))


def answered(conn: Connection, name: str, kind: str, source_id: int, at_ms: int) -> None:
    """A try went well and brought nothing new. Its failures are over; its last news stays as old as it is."""
    given = {"kind": kind, "source_id": source_id, "tried_ms": at_ms, "error": "", "failures": 0}
    insert_ = bulk.upsert(conn.dialect.name, _FEED).values(name=name, fixes=0, **given)
    conn.execute(insert_.on_conflict_do_update(index_elements=[_FEED.c.name], set_=given))


def failed(conn: Connection, name: str, kind: str, at_ms: int, sentence: str) -> None:
    """A try went wrong; ``sentence`` says how."""
    given = {"kind": kind, "tried_ms": at_ms, "error": sentence}
    insert_ = bulk.upsert(conn.dialect.name, _FEED).values(name=name, fixes=0, failures=1, **given)
    changes = {**given, "failures": _FEED.c.failures + 1}
    conn.execute(insert_.on_conflict_do_update(index_elements=[_FEED.c.name], set_=changes))


def forget(conn: Connection, name: str, kind: str) -> None:
    """Nothing is said of something any more that is told of only while it fails."""
    conn.execute(delete(_FEED).where(_FEED.c.name == name, _FEED.c.kind == kind))


def feeds(conn: Connection) -> list[FeedRow]:
    """Every feed that was ever tried, by name."""
    return [FeedRow(*row) for row in conn.execute(select(*_FEED_COLUMNS).order_by(_FEED.c.name))]


def _now() -> int:
    return time.time_ns() // 1_000_000
