"""Frozen figures in the record, appended, never changed; and what was entered of where targets are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select

from maoc_tui.domain.releases import By
from maoc_tui.store.figure_tables import FigureFreezeTable, FigureFrozenTable
from maoc_tui.store.journal import JOURNAL
from maoc_tui.store.journal_chain import encoded
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets import LINK, SIGHTING
from maoc_tui.store.targets_tables import TargetTable

FREEZE, FROZEN = table(FigureFreezeTable), table(FigureFrozenTable)
TARGET = table(TargetTable)
_STILL = ("consult", "disclose", "deny", "export", "lock", "login", "logout", "verify")
"""Acts that leave the record as it is."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """One freeze of a period, without its figures."""

    id: UUID
    period: str
    """``2026-03`` or ``2026``."""
    version: int
    scope: str
    """Partner through whose eyes it was reckoned; ``*`` for the whole record."""
    checkpoint: str
    """Short form of the journal's newest entry."""
    by: By

    @property
    def name(self) -> str:
        """``2026-03 v1``."""
        return f"{self.period} v{self.version}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement of where a target is: a sighting, or a link to a contact."""

    kind: str
    id: UUID
    entered_ms: int


def next_version(conn: Connection, scope: str, period: str) -> int:
    """The version a freeze of a period will have."""
    newest = select(func.max(FREEZE.c.version)).where(FREEZE.c.scope == scope, FREEZE.c.period == period)
    return 1 + int(conn.scalar(newest) or 0)


def add(conn: Connection, made: Freeze, figures: Mapping[str, str]) -> None:
    """Record a freeze with its figures: measure to their frozen form."""
    who = {"by": made.by.name, "officer": made.by.officer, "by_partner": made.by.partner}
    conn.execute(
        insert(FREEZE).values(
            id=made.id, period=made.period, version=made.version, scope=made.scope, checkpoint=made.checkpoint,
            entered_ms=made.by.at_ms, **who,
        )
    )  # fmt: skip
    rows = [
        {"id": uuid4(), "freeze_id": made.id, "measure": code, "frozen": text}
        for code, text in figures.items()
    ]
    conn.execute(insert(FROZEN), rows)


def load(conn: Connection, scope: str | None = None) -> list[Freeze]:
    """Freezes in order of entry; of one scope when given."""
    query = select(FREEZE).order_by(FREEZE.c.seq)
    if scope is not None:
        query = query.where(FREEZE.c.scope == scope)
    return [
        Freeze(row.id, row.period, row.version, row.scope, row.checkpoint,
               By(row.by, row.officer, row.by_partner, row.entered_ms))
        for row in conn.execute(query)
    ]  # fmt: skip


def digest(conn: Connection, made: Freeze) -> str:
    """SHA-256 of a freeze as it stands in the record: what it is, who made it, and every frozen text."""
    query = select(FROZEN.c.measure, FROZEN.c.frozen).where(FROZEN.c.freeze_id == made.id)
    texts = [part for row in sorted(map(tuple, conn.execute(query))) for part in row]
    by = (made.by.name, made.by.officer, made.by.partner, made.by.at_ms)
    head = (str(made.id), made.period, made.version, made.scope, made.checkpoint, *by)
    return sha256(encoded([*head, *texts])).hexdigest()


def kept(conn: Connection, made: Freeze) -> bool:
    """Whether a freeze is what the journal says was frozen."""
    entry = JOURNAL.c
    noted = select(entry.detail).where(
        entry.kind == "figures", entry.ref == made.name, entry.action == "confirm"
    )
    return any(detail.endswith(digest(conn, made)) for detail in conn.scalars(noted))


def changed_since(conn: Connection, seq: int) -> bool:
    """Whether the journal holds, after an entry, an act that changes what is counted."""
    entry = JOURNAL.c
    query = select(entry.seq).where(entry.seq > seq, entry.action.not_in(_STILL))
    return conn.scalar(query.limit(1)) is not None


def frozen(conn: Connection, freeze: UUID, measure: str) -> str | None:
    """The figures of a measure as frozen; None where that freeze has none of it."""
    query = select(FROZEN.c.frozen).where(FROZEN.c.freeze_id == freeze, FROZEN.c.measure == measure)
    found: str | None = conn.scalar(query)
    return found


def released_targets(conn: Connection) -> frozenset[UUID]:
    """Targets this connection shows only because they were released: nobody is told to have entered them."""
    return frozenset(conn.scalars(select(TARGET.c.id).where(TARGET.c.created_by == "")))


def placed(conn: Connection) -> dict[UUID, tuple[Placed, ...]]:
    """Target to the sightings and links entered of it, as far as this connection shows them."""
    found: dict[UUID, list[Placed]] = defaultdict(list)
    for kind, lines in (("sighting", SIGHTING), ("contact_link", LINK)):
        query: Any = select(lines.c.target_id, lines.c.id, lines.c.entered_ms).order_by(lines.c.seq)
        for target, identifier, entered in conn.execute(query):
            found[target].append(Placed(kind, identifier, entered))
    return {target: tuple(held) for target, held in found.items()}
