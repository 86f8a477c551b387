"""Tables of the daily brief: what was compiled for whom, who approved it, what went out, what was recalled.

A variant holds the words of other partners' statements, so none of these is ever read on behalf of a viewer: the
briefing desk reads them as the system, after asking who may have which copy. Every row stands.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.acts import Act
from maoc_tui.store.tables_traffic import Long


class BriefTable(Act, table=True):
    """One version of the brief of a day, as compiled."""

    __tablename__ = "brief"
    number: str = Field(sa_type=Text, index=True)
    """``BR-2022-348``."""
    version: int
    from_ms: int = Field(sa_type=Long)
    to_ms: int = Field(sa_type=Long)


class BriefVariantTable(SQLModel, table=True):
    """The brief for one recipient, frozen."""

    __tablename__ = "brief_variant"
    __table_args__ = (Index("uq_brief_variant", "brief_id", "recipient", unique=True),)
    seq: int | None = Field(default=None, primary_key=True)
    brief_id: UUID = Field(foreign_key="brief.id")
    recipient: str = Field(sa_type=Text)
    frozen: str = Field(sa_type=Text)


class BriefApprovalTable(Act, table=True):
    """A second person approved it: number and version are taken from then on."""

    __tablename__ = "brief_approval"
    __table_args__ = (
        Index("uq_brief_approval", "number", "version", unique=True),
        CheckConstraint("checkpoint <> ''", name="checkpoint"),
    )
    brief_id: UUID = Field(foreign_key="brief.id", unique=True, index=True)
    number: str = Field(sa_type=Text)
    version: int
    checkpoint: str = Field(sa_type=Text)
    """Short form of the journal's newest signed checkpoint."""


class BriefFileTable(SQLModel, table=True):
    """The manifest: each form of each variant with its hash, as approved."""

    __tablename__ = "brief_file"
    __table_args__ = (Index("uq_brief_file", "brief_id", "recipient", "form", unique=True),)
    seq: int | None = Field(default=None, primary_key=True)
    brief_id: UUID = Field(foreign_key="brief.id")
    recipient: str = Field(sa_type=Text)
    form: str = Field(sa_type=Text)
    size: int = Field(sa_type=Long)
    sha256: str = Field(sa_type=Text)


class BriefBegunTable(Act, table=True):
    """Writing out one variant began: from then on it may lie in that folder, finished or not."""

    __tablename__ = "brief_begun"
    brief_id: UUID = Field(foreign_key="brief.id", index=True)
    recipient: str = Field(sa_type=Text)
    forms: str = Field(sa_type=Text)
    folder: str = Field(sa_type=Text)


class BriefIssueTable(Act, table=True):
    """One variant was written out; its id is that of its beginning."""

    __tablename__ = "brief_issue"
    brief_id: UUID = Field(foreign_key="brief.id", index=True)
    recipient: str = Field(sa_type=Text)
    forms: str = Field(sa_type=Text)
    """Endings parted by commas."""


class BriefRecallTable(Act, table=True):
    """One line of one variant was recalled."""

    __tablename__ = "brief_recall"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)
    brief_id: UUID = Field(foreign_key="brief.id", index=True)
    recipient: str = Field(sa_type=Text)
    line: str = Field(sa_type=Text)
    """Key of the line."""
    reason: str = Field(sa_type=Text)
