"""What is sent and its draft are one: the draft goes in the transaction that writes what was typed into the record.

After a kill exactly one of the two is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection

_SENT: ContextVar[str] = ContextVar("sent", default="")


@contextmanager
def sending(draft: str) -> Iterator[None]:
    """What is written meanwhile on this thread sends a draft (its id)."""
    token = _SENT.set(draft)
    try:
        yield
    finally:
        _SENT.reset(token)


def settle(conn: Connection) -> None:
    """Let go of the draft that this transaction sends, if it sends one."""
    if draft := _SENT.get():
        conn.exec_driver_sql("DELETE FROM draft WHERE id = ?", (draft,))
