"""Writing the seizure ledger: events, finds, weights, persons. Each function is one commit.

Nothing is changed: a correction is a line of its own that points back, and both stay.
"""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_entering import entering
from maoc_tui.desk.seizure_events import begun, check_outcome, not_boarded
from maoc_tui.desk.seizure_lines import find_of, new_find, weighing
from maoc_tui.desk.seizure_snapshots import NewFind, NewSeizure, Recorded, Said
from maoc_tui.desk.seizure_words import count_of, state_code
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.operations import parse_reference as parse_operation
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.seizures import Persons
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operations
from maoc_tui.store import seizures as store
from maoc_tui.store.operations import Operation


def add(room: Room, viewer: Viewer, entry: NewSeizure) -> Recorded:
    """Record an event, of an operation or by itself, with what is known of it; warns of one that may be the same."""
    require(viewer, Act.OPERATE)
    with changing(room, viewer) as (conn, seen):
        event, warnings = begun(room, viewer, conn, seen, entry)
    return Recorded(event.ref, find=event.finds[0].ref if event.finds else "", warnings=warnings)


def find(
    room: Room, viewer: Viewer, ref: str | NewSeizure, entry: NewFind, said: Said | None = None
) -> Recorded:
    """Record one more find of an event, or correct the one that ``said.replaces`` names (SF-0412)."""
    with entering(room, viewer, ref, said) as here:
        old = find_of(here.event, here.base["replaces"]) if here.base["replaces"] else None
        warnings = here.warnings
        if old is not None:
            here.correct(old)
        else:
            led = _led(here.seen, here.event.operation)
            warnings = (*here.warnings, *not_boarded(led)) if isinstance(ref, str) else here.warnings
            for one in led:
                check_outcome(one)
        here.check_official(entry.official)
        made = new_find(entry, old.number if old is not None else store.next_find(here.conn), here.base)
        if not entry.weight.strip():
            here.record(made, what="find")
            return Recorded(here.event.ref, made.id, made.ref, warnings)
        if old is not None:
            raise BadInput("A correction of a find carries no weight.", "Record the weight by itself.")
        base = {**here.base, "id": str(uuid4())}
        weight = weighing(base, made, entry.weight, entry.basis, "", entry.official)
        here.record(made, weight, what="find")
    return Recorded(here.event.ref, made.id, made.ref, warnings)


def _led(seen: Connection, ref: str) -> list[Operation]:
    """The operation that led to an event, where there is one and the viewer sees it."""
    return operations.load(seen, number=parse_operation(ref)) if ref else []


def weigh(
    room: Room,
    viewer: Viewer,
    ref: str,
    weight: str,
    basis: str,
    *,
    packages: str = "",
    official: bool = False,
    said: Said | None = None,
) -> Recorded:
    """Record a weight of a find (SF-0412), or of the only find of an event (SZ-0007); earlier ones are kept."""
    with entering(room, viewer, ref, said) as here:
        here.check_official(official)
        of = find_of(here.event, ref)
        old = here.replaced(here.event.weighings, "weighing")
        if old is not None and old.find != of.number:
            raise BadInput("That weight is of another find.", "Withdraw it, and record it of the right one.")
        made = weighing(here.base, of, weight, basis, packages, official)
        here.record(made, what="weighing")
    return Recorded(here.event.ref, made.id, of.ref)


def persons(
    room: Room,
    viewer: Viewer,
    ref: str | NewSeizure,
    condition: str,
    count: str,
    *,
    nationality: str = "",
    official: bool = False,
    said: Said | None = None,
) -> Recorded:
    """Record how many persons of a condition one source counts; ``0`` is none. Never a name.

    ``ref`` is an event, or a new one that is recorded with it.
    """
    with entering(room, viewer, ref, said) as here:
        here.check_official(official)
        here.replaced(here.event.persons, "count")
        made = Persons(
            **here.base,
            condition=seizure_terms.shipped().condition(condition),
            nationality=state_code(nationality, "nationality") if nationality.strip() else "",
            count=count_of(count, "persons"),
            official=official,
        )
        here.record(made, what="persons")
    return Recorded(here.event.ref, made.id, warnings=here.warnings)
