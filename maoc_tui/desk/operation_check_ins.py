"""Check-in timers of boarding teams: ops normal every so many minutes; overdue shows among the clocks and rings."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.gate import changing
from maoc_tui.desk.operation_reading import sheet
from maoc_tui.desk.operation_snapshots import CheckInLine, OperationSheet
from maoc_tui.desk.operation_words import may_run, note
from maoc_tui.desk.operations import find_open
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import happened, words
from maoc_tui.domain.check_ins import CheckIn, CheckInEvent, Heard, check_ins, folded
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import Kind, newest
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operations as store
from maoc_tui.store.operations import Operation


def check_in_every(
    room: Room, viewer: Viewer, ref: str, team: str = "", minutes: int = 0, *, at: str = ""
) -> OperationSheet:
    """Let a team's check-in run, every 15 minutes unless said otherwise; the team named last when none is given.

    A team keeps the spelling it was set with first. Raises BadInput, for one that is overdue too, NotPermitted.
    """
    every = minutes or shipped().check_in_min
    if not 1 <= every <= 240:
        raise BadInput(f"{every} is no check-in.", "Give 1 to 240 minutes.")
    when = happened(room, at)
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_run(viewer, made)
        named = newest(made.acts, Kind.TEAM)
        called = words(team or (named.what if named is not None else ""), "team", 60)
        known = [one for one in check_ins(made.check_ins) if folded(one.team) == folded(called)]
        if any(one.due_ms is not None and one.due_ms <= room.clock.now_ms() for one in known):
            raise BadInput(
                f"{known[0].team} is overdue: setting its timer anew would hide that.",
                "Record ops normal once it is heard, or end its check-in.",
            )
        called = known[0].team if known else called
        _hear(
            conn,
            room,
            viewer,
            made,
            CheckInEvent(called, Heard.SET, when, room.clock.now_ms(), viewer.name, every),
        )
    return sheet(room, viewer, made.ref)


def ops_normal(
    room: Room, viewer: Viewer, ref: str, team: str = "", *, at: str = "", text: str = ""
) -> OperationSheet:
    """Record that a team was heard and is well; the next one is due from then. Raises BadInput, NotPermitted."""
    return _heard(room, viewer, ref, team, Heard.OK, at, text)


def end(
    room: Room, viewer: Viewer, ref: str, team: str = "", *, at: str = "", text: str = ""
) -> OperationSheet:
    """End a team's check-in: it is back aboard its ship. Raises BadInput, NotPermitted."""
    return _heard(room, viewer, ref, team, Heard.ENDED, at, text)


def running(conn: Connection) -> tuple[CheckInLine, ...]:
    """Every check-in that runs, of the operations the connection shows."""
    found = {operation: check_ins(events) for operation, events in store.checked_in(conn).items()}
    live = {operation for operation, known in found.items() if any(one.due_ms is not None for one in known)}
    return tuple(
        CheckInLine(made.ref, made.name, made.targets[0].ref if made.targets else "", one)
        for made in (store.load(conn, ids=live) if live else ())
        for one in found[made.id]
        if one.due_ms is not None
    )


def _heard(
    room: Room, viewer: Viewer, ref: str, team: str, heard: Heard, at: str, text: str
) -> OperationSheet:
    require(viewer, Act.LOG)
    when, said = happened(room, at), words(text, "text", 300, empty=True)
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        if heard is Heard.ENDED:
            may_run(viewer, made)
        runs = _meant(made, team)
        if when < runs.started_ms:
            raise BadInput("That is before the check-in was set.", "Check the time.")
        event = CheckInEvent(runs.team, heard, when, room.clock.now_ms(), viewer.name, text=said)
        _hear(conn, room, viewer, made, event)
    return sheet(room, viewer, made.ref)


def _meant(made: Operation, team: str) -> CheckIn:
    """The check-in of a team, or the only one that runs; raises BadInput."""
    live = [one for one in check_ins(made.check_ins) if one.due_ms is not None]
    found = [one for one in live if folded(team) in ("", folded(one.team))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(
            f"No check-in of that team runs in {made.ref}.", "Set one: maoc op checkin OP-0031 TEAM."
        )
    raise BadInput("Several check-ins run.", f"Say which team: {', '.join(one.team for one in found)}.")


def _hear(conn: Connection, room: Room, viewer: Viewer, made: Operation, event: CheckInEvent) -> None:
    store.hear(conn, made.id, event)
    note(conn, viewer, room.clock.now_ms(), "alter", made, f"check-in {event.heard} of {event.team}")
