"""Releases written past the desk, as if two officers had made them: for tests of what they show."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.store.release_tables import ProposalLineTable, ProposalTable, RecallTable, ReleaseTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets_tables import TargetTable

ALWAYS = 0


def release(
    conn: Connection,
    statement: UUID,
    partner: str,
    *,
    kind: str = "target",
    from_ms: int = ALWAYS,
    until_ms: int | None = None,
    recalled_ms: int | None = None,
    originator: str = "PT",
    wording: str = "",
) -> UUID:
    """Let ``partner`` read a statement; the release's id. Call inside a writing transaction."""
    proposal, made = uuid4(), uuid4()
    number = len(conn.execute(select(table(ProposalTable).c.number)).all()) + 1
    target = conn.scalar(select(table(TargetTable).c.id).limit(1))
    act: dict[str, Any] = {"by_partner": "MAOC", "entered_ms": from_ms}
    conn.execute(
        insert(table(ProposalTable)),
        act
        | {
            "id": proposal, "number": number, "target_id": target, "by": "first", "officer": "first",
            "partner": partner, "status": "", "recipient_class": "", "need": "a test", "checklist": "{}",
            "condition": "", "channel": "", "until_ms": until_ms, "emergency": False, "threat": "",
        },
    )  # fmt: skip
    line = {"statement_kind": kind, "statement_id": statement, "wording": wording, "digest": ""}
    conn.execute(insert(table(ProposalLineTable)), line | {"proposal_id": proposal, "originator": originator})
    conn.execute(
        insert(table(ReleaseTable)),
        line
        | {
            "id": made, "number": number, "proposal_id": proposal, "partner": partner, "from_ms": from_ms,
            "until_ms": until_ms, "condition": "", "proposed_by": "first", "approved_by": "second",
            "approved_officer": "second", "approved_partner": originator, "emergency": False,
            "entered_ms": from_ms,
        },
    )  # fmt: skip
    if recalled_ms is not None:
        recall(conn, made, recalled_ms)
    return made


def recall(conn: Connection, release_id: UUID, at_ms: int) -> None:
    """End a release by a recall."""
    conn.execute(
        insert(table(RecallTable)),
        {
            "id": uuid4(), "by": "second", "officer": "second", "by_partner": "MAOC", "entered_ms": at_ms,
            "release_id": release_id, "reason": "a test",
        },
    )  # fmt: skip
