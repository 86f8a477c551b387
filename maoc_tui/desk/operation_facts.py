"""What stands around operations in the record, read once for all of them: places, consents, assets, results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import consents, requests
from maoc_tui.desk.operation_snapshots import OperationTarget
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_listing import rows_of
from maoc_tui.desk.target_snapshots import TargetRow
from maoc_tui.domain import check_ins
from maoc_tui.domain.consents import Given, Whereabouts, against, conditions
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import NOT_AGREED, Condition, Facts, Field, Result, condition, states
from maoc_tui.domain.requests import Scope
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operation_facts as store
from maoc_tui.store import targets_listing
from maoc_tui.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Around:
    """What the viewer's connection shows around some operations."""

    rows: Mapping[str, TargetRow]
    """Their targets by reference."""
    consents: Mapping[str, tuple[Given, ...]]
    """Target to the requests that may be a consent."""
    where: Callable[[TargetRow], Whereabouts]
    """Whose ship a target is, and in whose waters."""
    acknowledged: frozenset[UUID]
    recorded: Mapping[UUID, frozenset[Result]]
    force: Mapping[UUID, tuple[str, ...]]
    now_ms: int

    def of(self, made: Operation) -> tuple[OperationTarget, ...]:
        """The targets of an operation."""
        return tuple(
            OperationTarget(row.ref, row.title, row.seen.zone if row.seen else "") for row in self._rows(made)
        )

    def conditions(self, made: Operation) -> tuple[Condition, ...]:
        """Conditions of the consents that count for who acts."""
        told = (
            condition(given.id, given.ref, text)
            for row in self._rows(made)
            for given in self.consents.get(row.ref, ())
            for scope in given.standing.scope
            for text in conditions([given], scope, acting(made) or given.to, self._about(row))
        )
        return tuple(dict.fromkeys(told))

    def said(self) -> dict[str, str]:
        """Digest of each condition of any consent that is seen, in force or not, to its words."""
        every = (
            condition(given.id, given.ref, text)
            for known in self.consents.values()
            for given in known
            for text in given.said
        )
        return {one.digest: str(one) for one in every}

    def against(self, made: Operation, wanted: Scope) -> tuple[str, ...]:
        """What stands against a measure for want of consent to who acts, target by target."""
        return tuple(
            f"{row.ref}: {words}"
            for row in self._rows(made)
            for words in against(self.consents.get(row.ref, ()), wanted, acting(made), self._about(row))
        )

    def _rows(self, made: Operation) -> Iterator[TargetRow]:
        return (self.rows[about.ref] for about in made.targets if about.ref in self.rows)

    def _about(self, row: TargetRow) -> Whereabouts:
        if not any(given.standing.scope for given in self.consents.get(row.ref, ())):
            return Whereabouts()
        return self.where(row)


def acting(made: Operation) -> str:
    """The State that acts: the seizing one, else the lead; "" where neither is known."""
    named = states(made.acts)
    return next(
        (code for code in (named[Field.SEIZING], named[Field.LEAD]) if code not in ("", NOT_AGREED)), ""
    )


def around(room: Room, viewer: Viewer, conn: Connection, made: Iterable[Operation]) -> Around:
    """Everything the guards of these operations ask for, on a connection of the viewer's."""
    operations = list(made)
    ids = {about.id.hex for one in operations for about in one.targets}
    rows = rows_of(room, viewer, targets_listing.read(conn, only=ids)) if ids else []
    asked: dict[str, list[Given]] = defaultdict(list)
    for line in requests.requests(room, viewer, past=True) if ids else ():
        if consents.may_consent(line):
            asked[line.asked.target].append(consents.given(line))
    force = [kind.id for kind in shipped().kinds.values() if kind.force]
    return Around(
        {row.ref: row for row in rows},
        {ref: tuple(lines) for ref, lines in asked.items()},
        partial(consents.whereabouts, room, viewer),
        store.acknowledged(conn, operations[0].id if len(operations) == 1 else None),
        store.recorded(conn),
        store.kinds_logged(conn, force),
        room.clock.now_ms(),
    )


def facts(made: Operation, stands: Around, outcome: str = "") -> Facts:
    """What the guards of an operation are held against."""
    targets = stands.of(made)
    return Facts(
        acts=made.acts,
        check_ins=check_ins.check_ins(made.check_ins),
        targets=tuple(one.ref for one in targets),
        zones_unknown=tuple(one.ref for one in targets if not one.zone),
        consent=bool(targets) and not stands.against(made, Scope.BOARD),
        conditions=stands.conditions(made),
        asset_acknowledged=made.id in stands.acknowledged,
        recorded=stands.recorded.get(made.id, frozenset()),
        force=stands.force.get(made.id, ()),
        outcome=outcome,
        covered_from=made.covered_from,
        now_ms=stands.now_ms,
    )
