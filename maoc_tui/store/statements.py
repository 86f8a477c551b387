"""Statements as the gate sees them, whatever they are of: their marking, when recorded, what they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.gate import Released, Statement
from maoc_tui.domain.times import format_dtg
from maoc_tui.store.gate_tables import GOVERNED, Governed
from maoc_tui.store.markings import COLUMNS, marking_of
from maoc_tui.store.release_tables import (
    OriginAnswerTable,
    OriginRequestLineTable,
    OriginRequestTable,
    RecallTable,
    ReleaseTable,
)
from maoc_tui.store.schema import metadata
from maoc_tui.store.tables_traffic import table

_RELEASE, _RECALL = table(ReleaseTable), table(RecallTable)
_REQUEST, _LINE, _ANSWER = table(OriginRequestTable), table(OriginRequestLineTable), table(OriginAnswerTable)


def find(conn: Connection, identifier: UUID) -> Statement | None:
    """The statement of an id, of whatever kind, with what it belongs to; None when this connection shows none."""
    tables = metadata().tables
    for name in GOVERNED:
        row = _row(conn, tables[name], identifier)
        if row is not None:
            return _statement(conn, name, row)
    return None


def _row(conn: Connection, source: Table, identifier: UUID) -> Any:
    kind = GOVERNED[source.name]
    wanted = [
        source.c[name] for name in (*COLUMNS, "id", kind.recorded, *(above.column for above in kind.line_of))
    ]
    return conn.execute(select(*wanted).where(source.c.id == identifier)).mappings().first()


def _statement(conn: Connection, name: str, row: Any) -> Statement:
    kind = GOVERNED[name]
    return Statement(
        str(row["id"]),
        marking_of(*(row[mark] for mark in COLUMNS)),
        row[kind.recorded],
        tuple(_parents(conn, kind, row)),
        name,
    )


def _parents(conn: Connection, kind: Governed, row: Any) -> Iterator[Statement]:
    for above in kind.line_of:
        found = row[above.column] and _row(conn, metadata().tables[above.table], row[above.column])
        if found:
            yield _statement(conn, above.table, found)


def releases(conn: Connection, identifiers: Collection[str]) -> list[Released]:
    """Every release of these statements, recalled ones too, in order of entry."""
    query = (
        select(_RELEASE, _RECALL.c.entered_ms.label("recalled_ms"))
        .outerjoin(_RECALL, _RECALL.c.release_id == _RELEASE.c.id)
        .where(_RELEASE.c.statement_id.in_([UUID(one) for one in identifiers]))
        .order_by(_RELEASE.c.seq)
    )
    return [
        Released(
            str(row.statement_id),
            row.partner,
            row.from_ms,
            row.until_ms,
            row.recalled_ms,
            f"R-{row.number:04d}",
            row.approved_partner,
        )
        for row in conn.execute(query)
    ]


def asked(conn: Connection, identifier: str, partner: str, now_ms: int) -> str:
    """How asking the originator for a partner goes, in a few words; ``not asked`` when nobody did."""
    query = (
        select(_REQUEST.c.entered_ms, _REQUEST.c.due_ms, _ANSWER.c.answer)
        .join(_LINE, _LINE.c.request_id == _REQUEST.c.id)
        .outerjoin(_ANSWER, _ANSWER.c.request_id == _REQUEST.c.id)
        .where(_LINE.c.statement_id == UUID(identifier), _REQUEST.c.partner == partner)
        .order_by(_REQUEST.c.seq.desc(), _ANSWER.c.seq.desc())
    )
    row = conn.execute(query.limit(1)).first()
    if row is None:
        return "not asked"
    if row.answer:
        return f"asked, {row.answer}"
    overdue = " (overdue)" if now_ms >= row.due_ms else ""
    return f"asked {format_dtg(from_ms(row.entered_ms))}, no answer yet{overdue}"
