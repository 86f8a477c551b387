"""Tables of the journal: one line per act, chained by hashes, and the signed checkpoints of the chain."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long

STRICT = {"sqlite_strict": True}


class JournalTable(SQLModel, table=True):
    """Who did, saw or passed on what, when and why. Never changed, never deleted, without a gap.

    It holds no content of a statement, only which one: who may read the journal of another's act must not
    learn by it what the statement says.
    """

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("length(hash) = 32", name="hash"),
        CheckConstraint("who <> '' AND action <> ''", name="said"),
        STRICT,
    )
    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    at_ms: int = Field(sa_type=Long)
    who: str = Field(sa_type=Text)
    officer: str = Field(sa_type=Text, description='id of the officer signed in; "" in single-user mode')
    partner: str = Field(sa_type=Text, description="whom the officer acts for")
    action: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text, description="what it was done to: target, sighting, export, account …")
    ref: str = Field(sa_type=Text, description="which one")
    owner: str = Field(sa_type=Text, description='originator of what was touched; "" for none')
    recipient: str = Field(sa_type=Text, description="to whom, for a disclosure or a release")
    reason: str = Field(sa_type=Text, description="why: Art. 25 (2) of Directive (EU) 2016/680")
    detail: str = Field(sa_type=Text)
    hash: bytes = Field(sa_type=LargeBinary, description="SHA-256 of this entry and the one before")


class CheckpointTable(SQLModel, table=True):
    """A signature over the chain as it stood at one entry."""

    __tablename__ = "journal_checkpoint"
    __table_args__ = (
        CheckConstraint("length(hash) = 32 AND length(signature) = 64", name="lengths"),
        CheckConstraint("length(public_key) = 32", name="public_key"),
        STRICT,
    )
    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    at_ms: int = Field(sa_type=Long)
    hash: bytes = Field(sa_type=LargeBinary)
    public_key: bytes = Field(sa_type=LargeBinary, description="Ed25519, raw")
    signature: bytes = Field(sa_type=LargeBinary)
