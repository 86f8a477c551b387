"""Releases, recalls and what originators were asked, in the record. Rows are appended; nothing is changed."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, insert, select

from maoc_tui.domain.releases import (
    SUBJECTS,
    By,
    FollowUp,
    Proposal,
    ProposedLine,
    Released,
    Reply,
    Request,
    Subject,
)
from maoc_tui.domain.safeguards import Answer
from maoc_tui.store import numbers
from maoc_tui.store import release_tables as tables
from maoc_tui.store.tables_traffic import table

PROPOSAL = table(tables.ProposalTable)
LINE = table(tables.ProposalLineTable)
RELEASE = table(tables.ReleaseTable)
REFUSAL = table(tables.RefusalTable)
RECALL = table(tables.RecallTable)
TASK = table(tables.FollowUpTable)
DONE = table(tables.FollowUpDoneTable)
REQUEST = table(tables.OriginRequestTable)
ASKED = table(tables.OriginRequestLineTable)
ANSWER = table(tables.OriginAnswerTable)


def next_number(conn: Connection, of: Table) -> int:
    """The number the next row of a numbered table gets. Call inside a writing transaction."""
    return numbers.unused(conn, of.c.number)


def add_proposal(conn: Connection, made: Proposal) -> None:
    """Record a proposal with its lines."""
    answers = {name: {"answer": said.key, "note": said.note} for name, said in made.answers.items()}
    conn.execute(
        insert(PROPOSAL),
        _entered(made.proposed, made.id)
        | {name: getattr(made, name) for name in _PROPOSAL}
        | {_column(made.subject.kind): UUID(made.subject.id)}
        | {"checklist": json.dumps(answers, sort_keys=True)},
    )
    for line in made.lines:
        values = {"originator": line.originator, "wording": line.wording, "digest": line.digest}
        where = {"proposal_id": UUID(made.id), "statement_kind": line.kind, "statement_id": UUID(line.id)}
        conn.execute(insert(LINE), values | where)


_PROPOSAL = (
    "number", "partner", "status", "recipient_class", "need", "condition", "channel", "until_ms", "emergency",
    "threat",
)  # fmt: skip


def approve(conn: Connection, made: Proposal, by: By) -> None:
    """Release every line of a standing proposal; the database refuses it to the proposer."""
    for line in made.lines:
        conn.execute(
            insert(RELEASE),
            {
                "id": uuid4(), "number": made.number, "proposal_id": UUID(made.id), "statement_kind": line.kind,
                "statement_id": UUID(line.id), "partner": made.partner, "from_ms": by.at_ms,
                "until_ms": made.until_ms, "condition": made.condition, "proposed_by": made.proposed.name,
                "approved_by": by.name, "approved_officer": by.officer, "approved_partner": by.partner,
                "emergency": made.emergency, "wording": line.wording, "digest": line.digest,
                "entered_ms": by.at_ms,
            },
        )  # fmt: skip


def refuse(conn: Connection, made: Proposal, by: By, reason: str) -> None:
    """Keep that a proposal was refused, and why."""
    conn.execute(insert(REFUSAL), _entered(by) | {"proposal_id": UUID(made.id), "reason": reason})


def recall(conn: Connection, released: Released, by: By, reason: str) -> None:
    """End the release of one statement."""
    conn.execute(insert(RECALL), _entered(by) | {"release_id": UUID(released.id), "reason": reason})


def add_task(
    conn: Connection, made: Proposal, by: By, kind: str, partner: str, text: str, due_ms: int
) -> None:
    """Record something that has to be done by ``due_ms``."""
    values = {"kind": kind, "partner": partner, "text": text, "due_ms": due_ms}
    conn.execute(insert(TASK), _entered(by) | values | {"proposal_id": UUID(made.id)})


def finish_task(conn: Connection, task: FollowUp, by: By, words: str) -> None:
    """Record that it was done, and how."""
    conn.execute(insert(DONE), _entered(by) | {"task_id": UUID(task.id), "words": words})


def add_request(conn: Connection, made: Request) -> None:
    """Record what an originator is asked."""
    values = {name: getattr(made, name) for name in ("number", "originator", "partner", "reason", "due_ms")}
    about = {_column(made.subject.kind): UUID(made.subject.id)}
    conn.execute(insert(REQUEST), _entered(made.asked, made.id) | values | about)
    for kind, statement, wording in made.lines:
        where = {"request_id": UUID(made.id), "statement_kind": kind, "statement_id": UUID(statement)}
        conn.execute(insert(ASKED), where | {"wording": wording})


def add_reply(conn: Connection, request: Request, reply: Reply) -> None:
    """Record an answer; the database refuses it from anybody but an officer of the originator."""
    values = {name: getattr(reply, name) for name in ("answer", "condition", "until_ms", "reason")}
    conn.execute(insert(ANSWER), _entered(reply.by) | values | {"request_id": UUID(request.id)})


def _entered(by: By, identifier: str = "") -> dict[str, Any]:
    return {
        "id": UUID(identifier) if identifier else uuid4(),
        "by": by.name,
        "officer": by.officer,
        "by_partner": by.partner,
        "entered_ms": by.at_ms,
    }


def _column(kind: str) -> str:
    """The column that points to a subject of a kind."""
    return f"{kind}_id"


def _subject(row: Any) -> Subject:
    """What a row is about; without kind and id where that is hidden from an originator of one of its lines."""
    held = ((kind, row._mapping[_column(kind)]) for kind in SUBJECTS)
    return next((Subject(kind, str(id_)) for kind, id_ in held if id_ is not None), Subject("", ""))


def proposals(conn: Connection) -> list[Proposal]:
    """Every proposal with what became of it, the newest first; released, under the terms of the approval."""
    lines, released, refused = _lines(conn), _released(conn), _refused(conn)
    found = []
    for row in conn.execute(_PROPOSALS):
        approved, releases, terms = released.get(row.id, (None, (), {}))
        said, why = refused.get(row.id, (None, ""))
        terms = terms if row.condition else terms | {"condition": ""}
        shown = {line.id for line in lines[row.id]}
        made = Proposal(
            id=str(row.id),
            subject=_subject(row),
            answers={k: Answer(v["answer"], v["note"]) for k, v in json.loads(row.checklist).items()},
            proposed=_by(row),
            lines=lines[row.id],
            approved=approved,
            refused=said,
            refusal=why,
            releases=tuple(one for one in releases if one.statement in shown),
            **({name: getattr(row, name) for name in _PROPOSAL} | terms),
        )
        found.append(made)
    return found


def _lines(conn: Connection) -> dict[UUID, tuple[ProposedLine, ...]]:
    found: dict[UUID, tuple[ProposedLine, ...]] = defaultdict(tuple)
    for row in conn.execute(_LINES):
        line = ProposedLine(
            row.statement_kind, str(row.statement_id), row.originator, row.wording, row.digest
        )
        found[row.proposal_id] += (line,)
    return found


def _released(conn: Connection) -> dict[UUID, tuple[By, tuple[Released, ...], dict[str, Any]]]:
    """Proposal -> who approved it, its lines, and the terms it was released under: those of the approval count."""
    recalls = {row.release_id: (_by(row), row.reason) for row in conn.execute(_RECALLS)}
    found: dict[UUID, tuple[By, tuple[Released, ...], dict[str, Any]]] = {}
    for row in conn.execute(_RELEASES):
        by, before, terms = found.get(row.proposal_id, (None, (), {}))
        terms = terms or {"until_ms": row.until_ms, "condition": row.condition}
        by = by or By(row.approved_by, row.approved_officer, row.approved_partner, row.entered_ms)
        recalled, why = recalls.get(row.id, (None, ""))
        line = Released(str(row.id), row.statement_kind, str(row.statement_id), recalled, why)
        found[row.proposal_id] = (by, (*before, line), terms)
    return found


def _refused(conn: Connection) -> dict[UUID, tuple[By, str]]:
    return {row.proposal_id: (_by(row), row.reason) for row in conn.execute(_REFUSALS)}


def _by(row: Any) -> By:
    return By(row.by, row.officer, row.by_partner, row.entered_ms)


def requests(conn: Connection) -> list[Request]:
    """Everything asked of originators with every answer, the newest first."""
    lines: dict[UUID, tuple[tuple[str, str, str], ...]] = defaultdict(tuple)
    for row in conn.execute(_ASKED):
        lines[row.request_id] += ((row.statement_kind, str(row.statement_id), row.wording),)
    replies: dict[UUID, tuple[Reply, ...]] = defaultdict(tuple)
    for row in conn.execute(_ANSWERS):
        said = Reply(row.answer, _by(row), row.condition, row.until_ms, row.reason, row.seq)
        replies[row.request_id] += (said,)
    return [
        Request(
            str(r.id), r.number, _subject(r), r.originator, r.partner, r.reason, r.due_ms, _by(r),
            lines[r.id], replies[r.id],
        )
        for r in conn.execute(_REQUESTS)
    ]  # fmt: skip


def tasks(conn: Connection, target: UUID | None = None) -> list[FollowUp]:
    """Everything that was or is to be done, the first due first; about one target when given."""
    done = {row.task_id: (_by(row), row.words) for row in conn.execute(_DONE)}
    query = select(TASK, PROPOSAL.c.number).join(PROPOSAL, PROPOSAL.c.id == TASK.c.proposal_id)
    if target is not None:
        query = query.where(PROPOSAL.c.target_id == target)
    found = []
    for row in conn.execute(query.order_by(TASK.c.due_ms, TASK.c.seq)):
        by, words = done.get(row.id, (None, ""))
        found.append(
            FollowUp(str(row.id), row.number, row.kind, row.partner, row.text, row.due_ms, by, words)
        )
    return found


_PROPOSALS = select(PROPOSAL).order_by(PROPOSAL.c.seq.desc())
_LINES = select(LINE).order_by(LINE.c.seq)
_RECALLS = select(RECALL)
_RELEASES = select(RELEASE).order_by(RELEASE.c.seq)
_REFUSALS = select(REFUSAL)
_ASKED = select(ASKED).order_by(ASKED.c.seq)
_ANSWERS = select(ANSWER).order_by(ANSWER.c.seq)
_REQUESTS = select(REQUEST).order_by(REQUEST.c.seq.desc())
_DONE = select(DONE)
