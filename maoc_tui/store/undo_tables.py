"""The list of acts that can be undone: each act, and each time it was undone or done again, is a row of its own."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from maoc_tui.store.acts import Act


class UndoActTable(Act, table=True):
    """What somebody did, undid or did again, and the call that takes it back. Appended, never changed."""

    __tablename__ = "undo_act"
    __table_args__ = (
        CheckConstraint("what IN ('done', 'undone', 'redone')", name="what"),
        CheckConstraint("sentence <> '' AND back <> ''", name="said"),
    )
    act_id: UUID = Field(index=True)
    """Of the act: the id of its first row."""
    what: str = Field(sa_type=Text)
    sentence: str = Field(sa_type=Text)
    """What was done, as its officer reads it."""
    touches: str = Field(sa_type=Text)
    """What it changed, a name a line: who changes one of them afterwards stands in the way."""
    about: UUID | None = Field(default=None)
    """Id of the target, operation … it is about; NULL for officers and the roster."""
    back: str = Field(sa_type=Text)
    """The call, in JSON, that takes this row back."""
    journal_seq: int
    """Newest entry of the journal when it was written."""
