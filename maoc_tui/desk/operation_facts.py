"""What stands around operations in the record, read once for all of them: places, consents, assets, results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk import requests
from maoc_tui.desk.operation_snapshots import OperationTarget
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_listing import rows_of
from maoc_tui.domain import check_ins
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import Facts, Result
from maoc_tui.domain.requests import Scope, Standing, guards
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operation_facts as store
from maoc_tui.store import targets_listing
from maoc_tui.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Around:
    """What the viewer's connection shows around some operations."""

    targets: Mapping[str, OperationTarget]
    """By reference."""
    consents: Mapping[str, tuple[tuple[str, Standing], ...]]
    """Target to its requests, each with how it stands."""
    acknowledged: frozenset[UUID]
    recorded: Mapping[UUID, frozenset[Result]]
    force: Mapping[UUID, frozenset[str]]

    def of(self, made: Operation) -> tuple[OperationTarget, ...]:
        """The targets of an operation."""
        return tuple(self.targets[about.ref] for about in made.targets if about.ref in self.targets)

    def conditions(self, made: Operation) -> tuple[str, ...]:
        """Conditions of the consents in force on its targets: ``RQ-0007: report within 12 h``."""
        told = (
            f"{ref}: {condition}"
            for about in made.targets
            for ref, stands in self.consents.get(about.ref, ())
            for condition in stands.conditions
        )
        return tuple(dict.fromkeys(told))

    def against(self, made: Operation, wanted: Scope) -> tuple[str, ...]:
        """What stands against a measure for want of consent, target by target."""
        return tuple(
            f"{about.ref}: {words}"
            for about in made.targets
            for words in guards((stands for _, stands in self.consents.get(about.ref, ())), wanted)
        )


def around(room: Room, viewer: Viewer, conn: Connection, made: Iterable[Operation]) -> Around:
    """Everything the guards of these operations ask for, on a connection of the viewer's."""
    operations = list(made)
    ids = {about.id.hex for one in operations for about in one.targets}
    rows = rows_of(room, viewer, targets_listing.read(conn, only=ids)) if ids else []
    consents: dict[str, list[tuple[str, Standing]]] = defaultdict(list)
    for line in requests.requests(room, viewer, past=True) if ids else ():
        consents[line.asked.target].append((line.asked.ref, line.standing))
    force = [kind.id for kind in shipped().kinds.values() if kind.force]
    return Around(
        {row.ref: OperationTarget(row.ref, row.title, row.seen.zone if row.seen else "") for row in rows},
        {ref: tuple(lines) for ref, lines in consents.items()},
        store.acknowledged(conn, operations[0].id if len(operations) == 1 else None),
        store.recorded(conn),
        store.kinds_logged(conn, force),
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
        force=stands.force.get(made.id, frozenset()),
        outcome=outcome,
    )
