"""Handovers in the record: offered, walked, signed or taken back. Of a sheet only its hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.domain.handover import Answer, Verdict
from maoc_tui.domain.releases import By
from maoc_tui.store import numbers
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.watch_tables import HandoverAnswerTable, HandoverEndTable, HandoverTable

HANDOVER, END, ANSWER = table(HandoverTable), table(HandoverEndTable), table(HandoverAnswerTable)
SIGNED, WITHDRAWN = "signed", "withdrawn"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed which sheet: its SHA-256, and the short form of the journal printed on it."""

    by: By
    sha256: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A handover that its holder has signed."""

    id: UUID
    number: int
    term_seq: int
    by: By
    sha256: str
    checkpoint: str
    outcome: str = ""
    """signed, withdrawn; "" while it waits."""
    ended: Signature | None = None
    reason: str = ""

    @property
    def ref(self) -> str:
        """``HO-0007``."""
        return f"HO-{self.number:04d}"


def offer(conn: Connection, term_seq: int, made: Signature) -> Offered:
    """Record that the holder offers the watch, signed."""
    one = Offered(
        uuid4(), numbers.unused(conn, HANDOVER.c.number), term_seq, made.by, made.sha256, made.checkpoint
    )
    conn.execute(insert(HANDOVER).values(id=one.id, number=one.number, term_seq=term_seq, **_signed(made)))
    return one


def end(conn: Connection, handover: UUID, outcome: str, made: Signature, reason: str = "") -> None:
    """Record that a handover was signed by the officer who takes over, or taken back."""
    conn.execute(insert(END).values(handover_id=handover, outcome=outcome, reason=reason, **_signed(made)))


def waiting(conn: Connection, term_seq: int) -> Offered | None:
    """The handover of a term that waits to be signed; None for none."""
    return next((one for one in load(conn, term_seq=term_seq) if not one.outcome), None)


def load(conn: Connection, *, term_seq: int | None = None, limit: int | None = None) -> list[Offered]:
    """Handovers, the newest first; of a term, the newest ``limit``."""
    columns = [column.label(f"end_{column.name}") for column in END.columns]
    query = select(HANDOVER, *columns).outerjoin(END, END.c.handover_id == HANDOVER.c.id)
    if term_seq is not None:
        query = query.where(HANDOVER.c.term_seq == term_seq)
    return [_offered(row) for row in conn.execute(query.order_by(HANDOVER.c.seq.desc()).limit(limit))]


def answer(conn: Connection, handover: UUID, walker: str, made: Answer) -> None:
    """Record what was said of one item."""
    conn.execute(
        insert(ANSWER).values(
            handover_id=handover,
            walker=walker,
            item=made.item,
            digest=made.digest,
            verdict=made.verdict.value,
            words=made.words,
            partner=made.partner,
            entered_by=made.by,
            entered_ms=made.at_ms,
        )
    )


def answers(conn: Connection, handover: UUID, walker: str = "") -> list[tuple[str, Answer]]:
    """What was said of items, in order of entry, each with whose walk it is; of one walk alone when it is named."""
    query = select(ANSWER).where(ANSWER.c.handover_id == handover)
    if walker:
        query = query.where(ANSWER.c.walker == walker)
    return [
        (
            row.walker,
            Answer(
                row.item,
                row.digest,
                Verdict(row.verdict),
                row.words,
                row.entered_by,
                row.entered_ms,
                row.partner,
            ),
        )
        for row in conn.execute(query.order_by(ANSWER.c.seq))
    ]


def _signed(made: Signature) -> dict[str, Any]:
    return {
        "sha256": made.sha256,
        "checkpoint": made.checkpoint,
        "officer": made.by.officer,
        "partner": made.by.partner,
        "entered_by": made.by.name,
        "entered_ms": made.by.at_ms,
    }


def _offered(row: Any) -> Offered:
    by = By(row.entered_by, row.officer, row.partner, row.entered_ms)
    ended = None
    if row.end_outcome is not None:
        who = By(row.end_entered_by, row.end_officer, row.end_partner, row.end_entered_ms)
        ended = Signature(who, row.end_sha256, row.end_checkpoint)
    return Offered(
        row.id, row.number, row.term_seq, by, row.sha256, row.checkpoint, row.end_outcome or "", ended,
        row.end_reason or "",
    )  # fmt: skip
