"""Tables of releases: what is asked of originators, proposed, approved, refused, recalled, and still to be done.

Times are milliseconds since 1970-01-01T00:00Z. Every row is appended and stands: an answer is not edited but
followed by another, a release is not taken back but recalled by a row of its own.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from maoc_tui.store.acts import Act
from maoc_tui.store.tables_traffic import Long

ONE_SUBJECT = (
    " + ".join(f"({kind}_id IS NOT NULL)" for kind in ("target", "operation", "seizure", "asset")) + " = 1"
)


class AboutSubject(Act):
    """An act about some statements of one subject: a target, an operation, a seizure or an asset."""

    target_id: UUID | None = Field(default=None, foreign_key="target.id", index=True)
    operation_id: UUID | None = Field(default=None, foreign_key="operation.id", index=True)
    seizure_id: UUID | None = Field(default=None, foreign_key="seizure.id", index=True)
    asset_id: UUID | None = Field(default=None, foreign_key="asset.id", index=True)


class ProposalTable(AboutSubject, table=True):
    """A release somebody proposed: one partner, some statements of one subject, the checklist as answered."""

    __tablename__ = "release_proposal"
    __table_args__ = (
        CheckConstraint("need <> ''", name="need"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
    )
    number: int = Field(index=True, unique=True)
    """12 is R-0012."""
    partner: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    """Of the partner on that day."""
    recipient_class: str = Field(sa_type=Text)
    need: str = Field(sa_type=Text)
    checklist: str = Field(sa_type=Text)
    """JSON: question -> {"answer", "note"}."""
    condition: str = Field(sa_type=Text)
    channel: str = Field(sa_type=Text)
    until_ms: int | None = Field(default=None, sa_type=Long)
    emergency: bool = False
    threat: str = Field(default="", sa_type=Text)


class ProposalLineTable(SQLModel, table=True):
    """One statement of a proposal, with the wording that stands for it, and what it said then."""

    __tablename__ = "release_line"
    __table_args__ = (UniqueConstraint("proposal_id", "statement_id", name="uq_release_line"),)
    seq: int | None = Field(default=None, primary_key=True)
    proposal_id: UUID = Field(foreign_key="release_proposal.id")
    statement_kind: str = Field(sa_type=Text)
    statement_id: UUID = Field(index=True)
    originator: str = Field(sa_type=Text)
    wording: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    """SHA-256 of the statement as it was when it was proposed."""


class ReleaseTable(SQLModel, table=True):
    """A statement one partner may read: proposed by one officer, approved by another."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("proposal_id", "statement_id", name="uq_release"),
        CheckConstraint("proposed_by <> approved_by", name="two_persons"),
        CheckConstraint("until_ms IS NULL OR until_ms > from_ms", name="term"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    number: int = Field(index=True)
    """Of the proposal: every statement of one bundle has it."""
    proposal_id: UUID = Field(foreign_key="release_proposal.id")
    statement_kind: str = Field(sa_type=Text)
    statement_id: UUID = Field(index=True)
    partner: str = Field(sa_type=Text, index=True)
    from_ms: int = Field(sa_type=Long)
    until_ms: int | None = Field(default=None, sa_type=Long)
    condition: str = Field(sa_type=Text)
    proposed_by: str = Field(sa_type=Text)
    approved_by: str = Field(sa_type=Text)
    approved_officer: str = Field(sa_type=Text)
    approved_partner: str = Field(sa_type=Text)
    emergency: bool = False
    wording: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class RefusalTable(Act, table=True):
    """A proposal that was refused or taken back, and why; it is kept."""

    __tablename__ = "release_refusal"
    proposal_id: UUID = Field(foreign_key="release_proposal.id", unique=True, index=True)
    reason: str = Field(sa_type=Text)


class RecallTable(Act, table=True):
    """The end of a release by recall; it hides the statement from the partner at once."""

    __tablename__ = "release_recall"
    release_id: UUID = Field(foreign_key="release.id", unique=True, index=True)
    reason: str = Field(sa_type=Text)


class FollowUpTable(Act, table=True):
    """Something that must be done because of a release or a recall, shown until it is."""

    __tablename__ = "release_task"
    proposal_id: UUID = Field(foreign_key="release_proposal.id", index=True)
    kind: str = Field(sa_type=Text)
    """inform_originator, complete_checklist, inform_supervisor, send_correction."""
    partner: str = Field(sa_type=Text)
    """Whom it concerns."""
    text: str = Field(sa_type=Text)
    due_ms: int = Field(sa_type=Long)


class FollowUpDoneTable(Act, table=True):
    """That a follow-up was done, and how."""

    __tablename__ = "release_task_done"
    task_id: UUID = Field(foreign_key="release_task.id", unique=True, index=True)
    words: str = Field(sa_type=Text)


class OriginRequestTable(AboutSubject, table=True):
    """An originator was asked whether a partner may read its statements."""

    __tablename__ = "origin_request"
    __table_args__ = (CheckConstraint(ONE_SUBJECT, name="one_subject"),)
    number: int = Field(index=True, unique=True)
    """7 is Q-0007."""
    originator: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    due_ms: int = Field(sa_type=Long)


class OriginRequestLineTable(SQLModel, table=True):
    """One statement asked about, with the wording proposed for it."""

    __tablename__ = "origin_request_line"
    __table_args__ = (UniqueConstraint("request_id", "statement_id", name="uq_origin_request_line"),)
    seq: int | None = Field(default=None, primary_key=True)
    request_id: UUID = Field(foreign_key="origin_request.id")
    statement_kind: str = Field(sa_type=Text)
    statement_id: UUID = Field(index=True)
    wording: str = Field(sa_type=Text)


class OriginAnswerTable(Act, table=True):
    """What an officer of the originator answered; the last answer to a request is the one that counts."""

    __tablename__ = "origin_answer"
    __table_args__ = (CheckConstraint("answer IN ('granted', 'refused', 'withdrawn')", name="answer"),)
    request_id: UUID = Field(foreign_key="origin_request.id", index=True)
    answer: str = Field(sa_type=Text)
    condition: str = Field(sa_type=Text)
    until_ms: int | None = Field(default=None, sa_type=Long)
    reason: str = Field(sa_type=Text)


class RetentionReviewTable(Act, table=True):
    """Somebody looked at what is kept of persons, and decided until when it is kept, or that it should go."""

    __tablename__ = "retention_review"
    __table_args__ = (CheckConstraint("decision IN ('keep', 'erase')", name="decision"),)
    target_id: UUID = Field(foreign_key="target.id", index=True)
    statement_id: UUID = Field(index=True)
    rule: str = Field(sa_type=Text)
    decision: str = Field(sa_type=Text)
    until: str = Field(sa_type=Text)
    """Day until which it is kept, as 2027-01-31; "" when it should go."""
    reason: str = Field(sa_type=Text)
