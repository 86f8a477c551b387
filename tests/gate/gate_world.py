"""A record in which every statement that somebody may not see carries a word of its own: a canary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert

from maoc_tui.domain.gate import GateContext, Released, Statement, context, may_see
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import numbers
from maoc_tui.store.database import Database
from maoc_tui.store.markings import to_columns
from maoc_tui.store.release_tables import ProposalLineTable, ProposalTable, RecallTable, ReleaseTable
from maoc_tui.store.tables_traffic import table
from maoc_tui.store.targets import FACT, SIGHTING, TARGET

PROPOSAL, LINE = table(ProposalTable), table(ProposalLineTable)
RELEASE, RECALL = table(ReleaseTable), table(RecallTable)
NOW = 1_670_987_261_000
"""2022-12-14 03:07:41Z."""
HOUR = 3_600_000


@dataclass(frozen=True)
class At:
    """How a partner stands."""

    code: str
    status: str = "member"
    reads: bool = True
    named_from_ms: int | None = 0


STANDINGS = {
    "ES": At("ES"),
    "FR": At("FR"),
    "PT": At("PT"),
    "MAOC": At("MAOC", "centre"),
    "BE": At("BE", "prospective", named_from_ms=None),
    "DE": At("DE", named_from_ms=NOW - HOUR),
    "NL": At("NL", "suspended", False, None),
}
"""DE became a member an hour ago; BE is prospective; NL is suspended."""


def officer(partner: str, role: Role = Role.LIAISON) -> Viewer:
    return Viewer(f"officer of {partner}", partner, roles=frozenset({role}))


def mark(originator: str, *named: str) -> Marking:
    return Marking(frozenset({originator}), releasable_to=frozenset(named))


def canary(statement: Statement) -> str:
    """The word that stands in a statement and nowhere else."""
    return f"CANARY{statement.id.replace('-', '')}"


@dataclass
class World:
    """A record and what a test put into it."""

    db: Database
    statements: list[Statement]
    releases: list[Released]
    standings: dict[str, At]
    now: int = NOW

    writer: Connection | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Put in much at once: one transaction."""
        with self.db.writing() as self.writer:
            yield
        self.writer = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The transaction that is open, or one of its own."""
        if self.writer is not None:
            yield self.writer
            return
        with self.db.writing() as conn:
            yield conn

    def context(self, viewer: Viewer) -> GateContext:
        return context(viewer, self.standings.get(viewer.partner), self.now)

    def target(self, marking: Marking, at: int = NOW - 2 * HOUR) -> Statement:
        """A target whose description and designation carry its canary."""
        made = Statement(uuid4().hex, marking, at)
        number = 1 + len(self.statements)
        said = f"grey sloop {canary(made)}"
        row = {
            "id": UUID(made.id), "number": number, "version": 1, "kind": "vessel", "type": "sail", "status": "ACTIVE",
            "designation": canary(made), "description": said, "area": canary(made), "position": "", "lat": None,
            "lon": None, "radius_nm": None, "created_by": "x", "created_ms": at, "updated_by": "x", "updated_ms": at,
            "closed_ms": None,
        }  # fmt: skip
        self._add(TARGET, row, made)
        return made

    def fact(self, parent: Statement, marking: Marking, at: int = NOW - 2 * HOUR) -> Statement:
        """A name stated of a target: its canary."""
        made = Statement(uuid4().hex, marking, at, (parent,))
        row = {
            "id": UUID(made.id), "target_id": UUID(parent.id), "entered_by": "x", "entered_ms": at, "attribute": "name",
            "value": canary(made), "raw": canary(made), "from_ms": None, "to_ms": None, "source": canary(made),
            "replaces": None, "withdrawal": False, "reason": "",
        }  # fmt: skip
        self._add(FACT, row, made)
        return made

    def sighting(self, parent: Statement, marking: Marking, at: int = NOW - 2 * HOUR) -> Statement:
        """A sighting of a target, with its canary as text."""
        made = Statement(uuid4().hex, marking, at, (parent,))
        row = {
            "id": UUID(made.id), "target_id": UUID(parent.id), "entered_by": "x", "entered_ms": at, "seen_ms": at,
            "position": "", "lat": 36.0, "lon": -20.0, "radius_nm": 0.0, "source": "x", "text": canary(made),
        }  # fmt: skip
        self._add(SIGHTING, row, made)
        return made

    def _add(self, table: Any, row: dict[str, Any], made: Statement) -> None:
        with self.writing() as conn:
            conn.execute(insert(table).values(**row, **to_columns(made.marking)))
        self.statements.append(made)

    def release(self, statement: Statement, partner: str, **given: Any) -> Released:
        """Record a release past the desk, as if two officers had approved it."""
        made = Released(statement.id, partner, **{"from_ms": self.now - HOUR, **given})
        with self.writing() as conn:
            add_release(conn, made, (*statement.parents, statement)[0].id)
        self.releases.append(made)
        return made

    def visible(self, viewer: Viewer) -> set[str]:
        """Ids of what the pure rule shows."""
        standing = self.standings.get(viewer.partner)
        return {s.id for s in self.statements if may_see(s, viewer, standing, self.releases, self.now)}

    def hidden_words(self, viewer: Viewer) -> list[str]:
        """The canaries of everything the viewer may not see."""
        seen = self.visible(viewer)
        return [canary(s) for s in self.statements if s.id not in seen]

    def rows(self, viewer: Viewer) -> set[str]:
        """Ids of what the viewer's connection shows, over all governed tables here."""
        with self.db.reading(viewer) as conn:
            return set(ids(conn))


def ids(conn: Connection) -> Iterator[str]:
    """The ids of the rows of the tables a world fills."""
    for name in ("target", "identity_fact", "sighting"):
        yield from conn.exec_driver_sql(f"SELECT id FROM {name}").scalars()


def add_release(conn: Connection, made: Released, target_id: str) -> None:
    """A release and, when it was recalled, its recall."""
    proposal, release_id = uuid4(), uuid4()
    number = numbers.unused(conn, PROPOSAL.c.number)
    act = {"by": "y", "officer": "", "by_partner": "ES", "entered_ms": made.from_ms}
    conn.execute(
        insert(PROPOSAL).values(
            **act, id=proposal, number=number, target_id=UUID(target_id), partner=made.partner, status="", need="x",
            recipient_class="A", checklist="{}", condition="", channel="", emergency=False, threat="",
        )
    )  # fmt: skip
    conn.execute(
        insert(LINE).values(
            proposal_id=proposal, statement_kind="", statement_id=UUID(made.statement), originator="ES", wording="",
            digest="",
        )
    )  # fmt: skip
    conn.execute(
        insert(RELEASE).values(
            id=release_id, number=number, proposal_id=proposal, statement_kind="", statement_id=UUID(made.statement),
            partner=made.partner, from_ms=made.from_ms, until_ms=made.until_ms, condition="", proposed_by="y",
            approved_by="z", approved_officer="", approved_partner="ES", emergency=False, wording="", digest="",
            entered_ms=made.from_ms,
        )
    )  # fmt: skip
    if made.recalled_ms is not None:
        conn.execute(insert(RECALL).values(**act, id=uuid4(), release_id=release_id, reason="x"))


@contextmanager
def world(path: Path) -> Iterator[World]:
    """An empty record whose gate knows STANDINGS."""
    db = Database.open(path, create=True)
    made = World(db, [], [], dict(STANDINGS))
    db.context_of = made.context
    try:
        yield made
    finally:
        db.close()


def filled(made: World) -> World:
    """Targets and lines of several states, some named, some released, some hidden by what they belong to."""
    own = made.target(mark("ES"))
    named = made.target(mark("FR", "ES", "BE", "DE", "MAOC"))
    hidden = made.target(mark("FR"))
    centre = made.target(mark("MAOC", "ES", "FR", "PT"))
    later = made.target(mark("PT", "DE", "BE"), at=NOW - HOUR // 2)
    for parent in (own, named, hidden, centre, later):
        for marking in (mark("ES"), mark("FR"), mark("FR", "ES", "DE"), mark("MAOC", "ES", "FR", "PT", "BE")):
            made.fact(parent, marking)
            made.sighting(parent, marking)
    made.release(named, "BE")
    made.release(hidden, "PT", until_ms=NOW)
    made.release(hidden, "ES", recalled_ms=NOW - HOUR // 2)
    made.release(hidden, "DE", from_ms=NOW + 1)
    return made


def viewers() -> Iterable[Viewer]:
    """Typical viewers: every standing, and the roles that see nothing."""
    yield from (officer(code) for code in STANDINGS)
    yield from (officer("ES", role) for role in (Role.COORDINATOR, Role.ANALYST, Role.RELEASER))
    yield from (officer("ES", role) for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.FEEDER))
    yield replace(officer("ES"), roles=frozenset())
    yield officer("XX")
    yield replace(WATCH, all_seeing=False)
