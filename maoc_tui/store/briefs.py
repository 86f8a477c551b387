"""Briefs in the record: versions with their variants, approvals, manifest, issues, recalls; appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, insert, select

from maoc_tui.domain.releases import By
from maoc_tui.store import brief_tables as tables
from maoc_tui.store.tables_traffic import table

BRIEF, VARIANT = table(tables.BriefTable), table(tables.BriefVariantTable)
APPROVAL, FILE = table(tables.BriefApprovalTable), table(tables.BriefFileTable)
ISSUE, RECALL = table(tables.BriefIssueTable), table(tables.BriefRecallTable)
BEGUN = table(tables.BriefBegunTable)


@dataclass(frozen=True, slots=True)
class File:
    """One form of one variant, as approved."""

    recipient: str
    form: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Begun:
    """That writing out a variant began."""

    id: UUID
    recipient: str
    forms: tuple[str, ...]
    folder: str
    by: By


@dataclass(frozen=True, slots=True)
class Issue:
    """That a variant was written out."""

    id: UUID
    """That of its beginning."""
    recipient: str
    forms: tuple[str, ...]
    by: By


@dataclass(frozen=True, slots=True)
class Recall:
    """That a line of a variant was recalled."""

    recipient: str
    line: str
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class Brief:
    """One version of the brief of a day, without the words of its variants."""

    id: UUID
    number: str
    version: int
    from_ms: int
    to_ms: int
    by: By
    recipients: tuple[str, ...]
    approved: By | None = None
    checkpoint: str = ""
    files: tuple[File, ...] = ()
    issues: tuple[Issue, ...] = ()
    recalls: tuple[Recall, ...] = ()
    begun: tuple[Begun, ...] = ()
    digest: str = ""
    """Of all its copies together, of a fresh draft: what an approver says to have read; not read from the record."""

    @property
    def name(self) -> str:
        """``BR-2022-348 v1``."""
        return f"{self.number} v{self.version}"

    @property
    def unfinished(self) -> tuple[Begun, ...]:
        """Copies whose writing began and never ended, unless one to the same recipient did later."""
        done, left = {one.id for one in self.issues}, dict[str, Begun]()
        for one in self.begun:
            left.pop(one.recipient, None)
            if one.id not in done:
                left[one.recipient] = one
        return tuple(left.values())

    def went_out(self, recipient: str) -> tuple[str, ...]:
        """The forms in which a recipient's copy was, or may have been, handed out."""
        done = [form for one in self.issues if one.recipient == recipient for form in one.forms]
        begun = [form for one in self.begun if one.recipient == recipient for form in one.forms]
        return tuple(dict.fromkeys((*done, *begun)))


def add(conn: Connection, made: Brief, frozen: Mapping[str, str]) -> None:
    """Record a version with its variants: recipient to frozen document."""
    spans = {"from_ms": made.from_ms, "to_ms": made.to_ms}
    values = {"id": made.id, "number": made.number, "version": made.version, **spans}
    conn.execute(insert(BRIEF).values(**values, **_who(made.by)))
    rows = [{"brief_id": made.id, "recipient": code, "frozen": text} for code, text in frozen.items()]
    conn.execute(insert(VARIANT), rows)


def approve(conn: Connection, made: Brief, by: By, checkpoint: str, files: Iterable[File]) -> None:
    """Record the approval with the manifest; the database refuses it to whoever compiled the brief."""
    values = {"brief_id": made.id, "number": made.number, "version": made.version, "checkpoint": checkpoint}
    conn.execute(insert(APPROVAL).values(id=uuid4(), **values, **_who(by)))
    rows = [
        {
            "brief_id": made.id,
            "recipient": one.recipient,
            "form": one.form,
            "size": one.size,
            "sha256": one.sha256,
        }
        for one in files
    ]
    conn.execute(insert(FILE), rows)


def begin(conn: Connection, made: Brief, recipient: str, forms: Iterable[str], folder: str, by: By) -> Begun:
    """Record that writing out a variant begins."""
    begun = Begun(uuid4(), recipient, tuple(forms), folder, by)
    values = {"brief_id": made.id, "recipient": recipient, "forms": ",".join(begun.forms), "folder": folder}
    conn.execute(insert(BEGUN).values(id=begun.id, **values, **_who(by)))
    return begun


def issue(conn: Connection, made: Brief, begun: Begun, forms: Iterable[str], by: By) -> None:
    """Record that a variant was written out, in these forms."""
    values = {"brief_id": made.id, "recipient": begun.recipient, "forms": ",".join(forms)}
    conn.execute(insert(ISSUE).values(id=begun.id, **values, **_who(by)))


def recall(conn: Connection, made: Brief, recipient: str, line: str, reason: str, by: By) -> None:
    """Record that a line of a variant was recalled."""
    values = {"brief_id": made.id, "recipient": recipient, "line": line, "reason": reason}
    conn.execute(insert(RECALL).values(id=uuid4(), **values, **_who(by)))


def _who(by: By) -> dict[str, Any]:
    return {"by": by.name, "officer": by.officer, "by_partner": by.partner, "entered_ms": by.at_ms}


def frozen(conn: Connection, brief: UUID, recipient: str) -> str | None:
    """The frozen document of a variant; None where there is none."""
    query = select(VARIANT.c.frozen).where(VARIANT.c.brief_id == brief, VARIANT.c.recipient == recipient)
    found: str | None = conn.scalar(query)
    return found


def load(conn: Connection, number: str = "") -> list[Brief]:
    """Versions in order of entry; those of a number when given."""
    query: Select[Any] = select(BRIEF).order_by(BRIEF.c.seq)
    if number:
        query = query.where(BRIEF.c.number == number)
    rows = list(conn.execute(query))
    only = [row.id for row in rows]
    recipients = _by_brief(conn, select(VARIANT.c.brief_id, VARIANT.c.recipient), VARIANT, only)
    approved = _by_brief(conn, select(APPROVAL), APPROVAL, only)
    files, issues = _by_brief(conn, select(FILE), FILE, only), _by_brief(conn, select(ISSUE), ISSUE, only)
    recalls, begun = (
        _by_brief(conn, select(RECALL), RECALL, only),
        _by_brief(conn, select(BEGUN), BEGUN, only),
    )
    return [
        Brief(
            row.id, row.number, row.version, row.from_ms, row.to_ms, _by(row),
            tuple(one.recipient for one in recipients[row.id]),
            next((_by(one) for one in approved[row.id]), None),
            next((one.checkpoint for one in approved[row.id]), ""),
            tuple(File(one.recipient, one.form, one.size, one.sha256) for one in files[row.id]),
            tuple(Issue(one.id, one.recipient, tuple(one.forms.split(",")), _by(one)) for one in issues[row.id]),
            tuple(Recall(one.recipient, one.line, one.reason, _by(one)) for one in recalls[row.id]),
            tuple(
                Begun(one.id, one.recipient, tuple(one.forms.split(",")), one.folder, _by(one)) for one in begun[row.id]
            ),
        )
        for row in rows
    ]  # fmt: skip


def _by_brief(conn: Connection, query: Select[Any], of: Any, only: list[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in conn.execute(query.where(of.c.brief_id.in_(only)).order_by(of.c.seq)):
        found[row.brief_id].append(row)
    return found


def _by(row: Any) -> By:
    return By(row.by, row.officer, row.by_partner, row.entered_ms)
