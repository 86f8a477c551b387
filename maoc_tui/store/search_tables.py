"""Tables of the search: which row each entry of the index stands for, and which rows changed since.

The index itself, ``search_index``, is no table of the models: an FTS5 index over pieces of three letters of the
words of each row. It is read by the program alone, and only ever proposes rows; whether a row
answers is judged by what the viewer's own connection shows of it.
"""

from __future__ import annotations

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class SearchEntryTable(SQLModel, table=True):
    """One row that is indexed; ``id`` is its number in the index."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "row", name="uq_search_entry_kind"),
        Index("ix_search_entry_record", "record"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    """Its table."""
    row: str = Field(sa_type=Text)
    """Its id, as text."""
    record: str = Field(sa_type=Text)
    """Kind and id of the record it belongs to: ``target:…``."""
    digest: str = Field(sa_type=Text)
    """Of what was indexed, to notice when that is no longer what the row says."""


class SearchDueTable(SQLModel, table=True):
    """A row that was written since it was indexed; empty between two transactions of this program."""

    __tablename__ = "search_due"
    seq: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    row: str = Field(sa_type=Text)
