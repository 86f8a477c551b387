"""Edits that cannot overwrite what somebody else saved in the meantime."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, update

from maoc_tui.problems import StoreProblem


class Changed(StoreProblem):
    """Somebody else saved the same record first; nothing was overwritten."""

    code = "changed"


def edit(conn: Connection, table: Table, row_id: Any, version: int, **values: Any) -> int:
    """Change one row that is still at ``version``; the new version. Raises Changed.

    ``table`` has an ``id`` and an integer ``version`` column.
    """
    statement = update(table).where(table.c.id == row_id, table.c.version == version)
    if conn.execute(statement.values(**values, version=version + 1)).rowcount != 1:
        raise Changed(
            "The entry was changed by somebody else while you edited it; nothing was overwritten.",
            "Look at it as it is now, then enter your change again.",
        )
    return version + 1
