"""The last guard of who speaks for whom: no statement is written in the name of a partner that did not say it.

The desks refuse it first, with a way out (desk.target_words.marked); this one stands behind all of them, so that a
desk added later cannot forget it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Insert, event

from maoc_tui.problems import NotPermitted
from maoc_tui.store.gate_tables import GOVERNED

SPEAKS_FOR = "maoc_speaks_for"
"""Execution option of a connection that writes for an officer: the code of the officer's partner."""


def guard(engine: Engine) -> None:
    """Watch every statement that is inserted through an engine."""
    event.listen(engine, "before_execute", _look)


def _look(_conn: Connection, clause: Any, many: Any, params: Any, options: Any) -> None:
    """Refuse a statement of another partner than the one its writer speaks for."""
    partner = options.get(SPEAKS_FOR)
    if partner is None or not isinstance(clause, Insert) or clause.table.name not in GOVERNED:
        return
    rows = many or [params or clause.compile().params]
    for row in rows:
        origin = row.get("originator", partner)
        if origin != partner:
            raise NotPermitted(
                f"Only officers of {origin} speak for {origin}.",
                f"Record it as yours and name {origin} as the source.",
            )
