"""Digests of the lines of the seizure ledger, kept in the journal as each is entered, so that it can be proved."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from maoc_tui.store import seizure_tables as tables
from maoc_tui.store.journal import JOURNAL
from maoc_tui.store.journal_chain import encoded
from maoc_tui.store.seizures import EVENT, FIND
from maoc_tui.store.tables_traffic import table

IN_JOURNAL = "seizure_line"
"""What the journal's entry on a line is of; its detail is the line's id and its digest."""
_MARK = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
_LINE = (
    "id",
    "at_ms",
    "source",
    "text",
    "withdrawal",
    "reason",
    "entered_by",
    "entered_ms",
    "replaces",
    *_MARK,
)
_WEIGHING = table(tables.SeizureWeighingTable)
_SAID = {
    EVENT: ("id", "number", "operation_id", "said", "from_ms", "to_ms", "text", "entered_by", "entered_ms", *_MARK),
    FIND: (*_LINE, "seizure_id", "number", "substance", "fate", "packages", "hidden"),
    _WEIGHING: (*_LINE, "find_id", "grams", "said", "basis", "packages", "official"),
    table(tables.SeizurePersonsTable): (*_LINE, "seizure_id", "condition", "nationality", "count", "official"),
    table(tables.SeizureStatedTable): (*_LINE, "seizure_id", "what", "value", "status"),
    table(tables.SeizureTransferTable): (
        *_LINE, "seizure_id", "item", "giver", "taker", "seal", "place", "file", "size", "sha256",
    ),
}  # fmt: skip
"""What a digest is of. A column added later does not belong here: what was entered before would not fit any more."""


def digests(conn: Connection, event: UUID) -> dict[str, str]:
    """Id of the event and of each of its lines to the digest of its row."""
    found: dict[str, str] = {}
    for rows, said in _SAID.items():
        query: Select[Any] = select(*(rows.c[name] for name in said))
        if rows is _WEIGHING:
            query = query.join(FIND, FIND.c.id == _WEIGHING.c.find_id).where(FIND.c.seizure_id == event)
        else:
            query = query.where((rows.c.id if rows is EVENT else rows.c.seizure_id) == event)
        for row in conn.execute(query):
            plain = [
                int(one) if isinstance(one, bool) else str(one) if isinstance(one, UUID) else one
                for one in row
            ]
            found[str(row[0])] = sha256(encoded([str(rows.name), *plain])).hexdigest()
    return found


def noted(conn: Connection, ref: str) -> dict[str, tuple[str, str]]:
    """Id of each line of an event that was entered to its digest and whose it is, as the journal holds them."""
    entry = JOURNAL.c
    query = select(entry.detail, entry.owner).where(entry.kind == IN_JOURNAL, entry.ref == ref)
    return {detail[:36]: (detail[37:101], owner) for detail, owner in conn.execute(query)}
