"""The assignments desk: which partner is what to a target or operation, who leads, and who has not answered yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.assigning import accept, begin, decline, lead_not_agreed, offer, relieve
from maoc_tui.desk.assigning_rules import Subject, subject
from maoc_tui.desk.liaison_snapshots import AssignmentLine, Board, BoardRow, StepLine
from maoc_tui.desk.liaison_words import terms
from maoc_tui.desk.officers import in_directory
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_listing import title_of
from maoc_tui.domain.assignments import NOBODY, OPEN, Assignment, lead_of
from maoc_tui.domain.marking import combine
from maoc_tui.domain.officers import Officer
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.target_facts import latest, standing
from maoc_tui.domain.target_record import Target
from maoc_tui.domain.targets import ENDED, parse_reference, reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import assignments as store
from maoc_tui.store import officers, targets_listing
from maoc_tui.store import operations as operations_store
from maoc_tui.store import targets as targets_store
from maoc_tui.store.operations import Operation

__all__ = [
    "accept", "assignments", "begin", "board", "decline", "lead_not_agreed", "of_operation", "of_target", "offer",
    "relieve", "row",
]  # fmt: skip
Titles = Mapping[str, str]


def board(room: Room, viewer: Viewer, *, past: bool = False) -> Board:
    """Targets the viewer sees by partners; open ones only, unless ``past``. The longest without a lead first."""
    require(viewer, Act.READ)
    rows = _rows(room, viewer, past=past)
    seen = {cell.partner for row in rows for cell in row.cells}
    known, now = room.register, room.clock.now_ms()
    usual = {code for code in known.codes if known.standing(code, now).status in ("member", "prospective")}
    columns = [code for code in known.codes if code in usual | seen]
    return Board(now, tuple(columns), tuple(rows))


def row(room: Room, viewer: Viewer, ref: str) -> BoardRow:
    """One target of the board; BadInput when there is none the viewer may see."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        target = targets_store.find(conn, parse_reference(ref))
        return of_target(room, viewer, conn, target, _titles(room, conn, target.number)[target.ref])


def of_target(room: Room, viewer: Viewer, conn: Connection, target: Target, title: str = "") -> BoardRow:
    """Who leads a target the viewer sees and who is on it, on a connection of the viewer's."""
    found = store.load(conn, target.id).get(target.id, [])
    names = _names(room, viewer, officers.load(conn)) if found else {}
    return _row(room, target, found, {target.ref: title} if title else {}, names)


def assignments(
    room: Room, viewer: Viewer, ref: str = "", partner: str = "", *, past: bool = False
) -> tuple[AssignmentLine, ...]:
    """Assignments the viewer sees: of one target, operation or partner when given; past ones too with ``past``."""
    require(viewer, Act.READ)
    code = room.register.partner(partner).code if partner else ""
    with room.db.reading(viewer) as conn:
        wanted = subject(conn, ref) if ref else None
        names = _names(room, viewer, officers.load(conn))
        lines = [
            line
            for ledger, told in _told(room, conn, wanted)
            for subjects in store.load(conn, wanted.id if wanted else None, ledger).items()
            for line in _lines(*subjects, told, names)
        ]
    kept = (line for line in lines if (past or line.state in OPEN) and code in ("", line.partner))
    return tuple(sorted(kept, key=lambda line: line.since_ms, reverse=True))


def of_operation(room: Room, viewer: Viewer, conn: Connection, made: Operation) -> tuple[AssignmentLine, ...]:
    """Who is what to an operation now, on a connection of the viewer's."""
    found = store.load(conn, made.id, store.TO_OPERATIONS).get(made.id, [])
    names = _names(room, viewer, officers.load(conn)) if found else {}
    live = (entry for entry in found if entry.state in OPEN)
    return tuple(_line(entry, made.ref, made.name, names) for entry in live)


def _told(
    room: Room, conn: Connection, wanted: Subject | None
) -> Iterator[tuple[store.Ledger, dict[UUID, tuple[str, str]]]]:
    """Each ledger with reference and title by id of what it is about, as far as the connection shows it."""
    if wanted is None or not wanted.operation:
        titles = _titles(room, conn)
        known = {one.id: (one.ref, titles.get(one.ref, one.description)) for one in targets_store.load(conn)}
        yield store.TO_TARGETS, known
    if wanted is None or wanted.operation:
        made = operations_store.load(conn)
        yield store.TO_OPERATIONS, {one.id: (one.ref, one.name) for one in made}


def _lines(
    about: UUID,
    entries: Iterable[Assignment],
    told: Mapping[UUID, tuple[str, str]],
    names: Mapping[UUID, str],
) -> Iterator[AssignmentLine]:
    if about in told:
        yield from (_line(entry, *told[about], names) for entry in entries)


def _rows(room: Room, viewer: Viewer, *, past: bool) -> list[BoardRow]:
    with room.db.reading(viewer) as conn:
        targets = targets_store.load(conn)
        found = store.load(conn)
        names = _names(room, viewer, officers.load(conn))
        titles = _titles(room, conn)
    rows = [
        _row(room, target, found.get(target.id, []), titles, names)
        for target in targets
        if past or target.status not in ENDED
    ]
    return sorted(rows, key=lambda row: (not row.amber, row.lead.since_ms if row.amber else 0, row.target))


def _row(
    room: Room, target: Target, found: Iterable[Assignment], titles: Titles, names: Mapping[UUID, str]
) -> BoardRow:
    kept = list(found)
    lead = lead_of(kept, target.created_ms)
    live = [entry for entry in kept if entry.state in OPEN]
    marks = [entry.marking for entry in live]
    owed = target.status not in ENDED
    return BoardRow(
        target=target.ref,
        title=titles.get(target.ref, target.description),
        status=target.status.value,
        lead=lead,
        officer=names.get(lead.officer, "") if lead.officer else "",
        amber=owed and lead.amber(room.clock.now_ms(), terms().unassigned_ms),
        cells=tuple(
            _line(entry, target.ref, titles.get(target.ref, target.description), names)
            for entry in live
            if entry.partner != NOBODY
        ),
        marking=reduce(combine, marks) if marks else None,
    )


def _line(entry: Assignment, ref: str, title: str, names: Mapping[UUID, str]) -> AssignmentLine:
    return AssignmentLine(
        id=entry.id,
        target=ref,
        title=title,
        partner=entry.partner,
        role=entry.role,
        state=entry.state,
        since_ms=entry.since_ms,
        officer=names.get(entry.officer, "") if entry.officer else "",
        steps=tuple(
            StepLine(e.state, e.at_ms, e.by, names.get(e.officer, "") if e.officer else "", e.reason)
            for e in entry.events
        ),
        marking=entry.marking,
    )


def _names(room: Room, viewer: Viewer, found: list[Officer]) -> dict[UUID, str]:
    return {entry.id: entry.name for entry in in_directory(room, viewer, found)}


def _titles(room: Room, conn: Connection, number: int | None = None) -> dict[str, str]:
    """Reference to what each target the viewer sees is called; of one when its number is given."""
    listed, now = targets_listing.read(conn, number=number), room.clock.now_ms()
    names = {
        head.id: latest(standing(listed.said.get(head.id, ())), now).get("name") for head in listed.heads
    }
    return {reference(head.number): title_of(head, names[head.id]) for head in listed.heads}
