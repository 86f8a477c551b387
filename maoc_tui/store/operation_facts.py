"""What other desks recorded of operations, as far as their guards ask: assets, seizures, persons, force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, select

from maoc_tui.domain.operations import Result
from maoc_tui.domain.taskings import Act
from maoc_tui.store import taskings
from maoc_tui.store.operation_tables import LogLineTable
from maoc_tui.store.seizure_tables import SeizureFindTable, SeizurePersonsTable, SeizureTable
from maoc_tui.store.tables_traffic import table

_LINE, _EVENT = table(LogLineTable), table(SeizureTable)
_RESULTS = {Result.SEIZURE: table(SeizureFindTable), Result.PERSONS: table(SeizurePersonsTable)}
_BOUND = (Act.ACKNOWLEDGED, Act.ACCEPTED, Act.ON_TASK)


def acknowledged(conn: Connection, operation: UUID | None = None) -> frozenset[UUID]:
    """Operations for which the State of a tasked asset has acknowledged, and not declined or withdrawn since."""
    found = taskings.load(conn, operation=operation)
    return frozenset(one.operation_id for one in found if one.act in _BOUND)


def recorded(conn: Connection) -> dict[UUID, frozenset[Result]]:
    """Operation to the results that stand in the seizure ledger, as far as the connection shows them."""
    found: dict[UUID, set[Result]] = defaultdict(set)
    for result, lines in _RESULTS.items():
        newer = lines.alias()
        replaced = select(newer.c.id).where(newer.c.replaces == lines.c.id).exists()
        query = select(_EVENT.c.operation_id).join(lines, lines.c.seizure_id == _EVENT.c.id).distinct()
        query = query.where(~replaced, ~lines.c.withdrawal, _EVENT.c.operation_id.is_not(None))
        for (operation,) in conn.execute(query):
            found[operation].add(result)
    return {operation: frozenset(results) for operation, results in found.items()}


def kinds_logged(conn: Connection, kinds: Collection[str]) -> dict[UUID, tuple[str, ...]]:
    """Operation to the kinds of the lines of its log that are of these kinds and were not corrected, one for each."""
    newer = _LINE.alias()
    query = (
        select(_LINE.c.operation_id, _LINE.c.kind)
        .where(_LINE.c.kind.in_(kinds), ~select(newer.c.id).where(newer.c.corrects == _LINE.c.id).exists())
        .order_by(_LINE.c.seq)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for operation, kind in conn.execute(query):
        found[operation].append(kind)
    return {operation: tuple(names) for operation, names in found.items()}
