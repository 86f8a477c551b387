"""The clocks desk: everything that runs out, from whatever desk, the soonest first; clocks started by hand.

A request's clock runs from when it was sent. Beside them run the originators' answers and the tasks of
releases, clocks with legal effect that ask nobody (persons before a judge, a summary of evidence) and free
ones: a line with a time. All are start instants in the record; nothing counts down anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import clock_acks, clocks_undo, journal, requests, watch_log
from maoc_tui.desk.clock_lines import of_promise, of_request, of_started, others, urgency
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.law_reference import clock_rules
from maoc_tui.desk.request_snapshots import ClockLine, RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import happened, marked, words
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import clock_acks as acks
from maoc_tui.store import clocks as store
from maoc_tui.store import targets as targets_store
from maoc_tui.store.clocks import Started, Stop

Line = RequestLine | ClockLine


def running(room: Room, viewer: Viewer) -> tuple[ClockLine, ...]:
    """Every clock that runs for what the viewer may see, the soonest first."""
    require(viewer, Act.READ)
    now = room.clock.now_ms()
    asked = (of_request(line) for line in requests.requests(room, viewer))
    found = [*(one for one in asked if one is not None), *others(room, viewer, now)]
    return clock_acks.told(room, sorted(found, key=lambda one: (one.next_ms, one.ref)))


def board(room: Room, viewer: Viewer, *, past: bool = False) -> tuple[Line, ...]:
    """Requests and all other clocks in one list, the soonest first; answered and stopped ones with ``past``."""
    now = room.clock.now_ms()
    asked: list[Line] = list(clock_acks.told_of_requests(room, requests.requests(room, viewer, past=past)))
    return tuple(sorted([*asked, *clock_acks.told(room, others(room, viewer, now, past))], key=urgency))


def start(
    room: Room,
    viewer: Viewer,
    ref: str,
    clock: str,
    *,
    at: str = "",
    text: str = "",
    marking: Marking | None = None,
) -> ClockLine:
    """Start a clock with legal effect on a target, by when it began: C5, C6, C7, C8. Raises BadInput."""
    name = clock.strip().upper()
    by_hand = [rule.id for rule in clock_rules().values() if rule.by_hand]
    if name not in by_hand:
        raise BadInput(
            f"{clock[:20]!r} is not a clock that is started by hand.", f"Choose from {', '.join(by_hand)}."
        )
    began, said = happened(room, at, what="it began"), words(text, "text", 300, empty=True)
    return _made(room, viewer, ref, name, said, began, None, marking)


def add(
    room: Room, viewer: Viewer, ref: str, text: str, at: str, *, marking: Marking | None = None
) -> ClockLine:
    """Let a line with a time run as a clock on a target: ``0500Z`` is the next one. Raises BadInput."""
    now = room.clock.now_ms()
    due = to_ms(parse_time(at, room.clock.now(), ahead=True))
    if due <= now:
        raise BadInput("That time has passed.", "Give a later one, such as 0500Z or 150500Z.")
    return _made(room, viewer, ref, "", words(text, "text", 300), now, due, marking)


def stop(room: Room, viewer: Viewer, ref: str, reason: str, *, at: str = "") -> ClockLine:
    """Stop a clock that was started by hand, with the reason; W-0007 is a promise of the watch log.

    Raises BadInput, NotPermitted.
    """
    if ref.strip().upper().startswith("W-"):
        return _kept(room, viewer, ref, reason, at)
    require(viewer, Act.REQUEST)
    now = room.clock.now_ms()
    made = Stop(happened(room, at, now), words(reason, "reason", 300), viewer.name, now)
    with changing(room, viewer) as (conn, seen):
        found = find(seen, ref)
        require_own(viewer, found.marking)
        if found.stop is not None:
            raise BadInput(f"{found.ref} was stopped already.", "Nothing is to be done.")
        if made.at_ms < found.start_ms:
            raise BadInput("That is before the clock began.", "Check the time.")
        store.stop(conn, found.id, made)
        _note(conn, viewer, now, "alter", found, f"stopped: {made.reason}")
        clocks_undo.stopped(conn, viewer, found, now)
    return of_started(replace(found, stop=made), now)


def acknowledge(room: Room, viewer: Viewer, ref: str) -> tuple[ClockLine, ...]:
    """Say that what a clock rang for has been heard; its lines as they stand then.

    Only of what ``viewer`` sees. Raises BadInput where it has not rung yet, or somebody heard it before;
    NotPermitted.
    """
    require(viewer, Act.LOG)
    name, now = ref.strip().upper(), room.clock.now_ms()
    found = [line for line in running(room, viewer) if line.ref == name]
    if not found:
        raise BadInput(f"No clock {printable(ref, 20)} runs.", "See: maoc clocks.")
    rung = {what for line in found for what in clock_acks.passed(line, now)}
    if not rung:
        raise BadInput(f"{name} has not rung yet.", "It rings at half of its time and at its end.")
    heard = acks.Ack(viewer.name, viewer.partner, viewer.officer, now)
    with room.db.writing() as conn:
        new = [what for what in sorted(rung) if acks.add(conn, what, heard)]
        for _, what, _ in new:
            journal.note(conn, viewer, now, "alter", "clock", name, detail=f"bell heard: {what}")
    if not new:
        raise BadInput(f"{name}: {found[0].heard(now)} heard it.", "Nothing is to be done.")
    return tuple(line for line in running(room, viewer) if line.ref == name)


def _kept(room: Room, viewer: Viewer, ref: str, reason: str, at: str) -> ClockLine:
    """Stop the clock of a promise of the watch log."""
    made = watch_log.kept(room, viewer, ref, reason, at=at)
    with room.db.reading(viewer) as conn:
        return of_promise(watch_log.find(conn, made.ref), room.clock.now_ms())


def find(conn: Connection, ref: str) -> Started:
    """The clock of a reference (CK-0007) on this connection; BadInput when there is none."""
    digits = ref.strip().upper().removeprefix("CK").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise BadInput(f"{ref[:40]!r} is not a clock's reference.", "Write it as CK-0007.")
    found = store.load(conn, number=int(digits))
    if not found:
        raise BadInput(f"There is no clock CK-{int(digits):04d}.", "See: maoc clocks.")
    return found[0]


def _made(
    room: Room,
    viewer: Viewer,
    ref: str,
    rule: str,
    text: str,
    start_ms: int,
    due_ms: int | None,
    marking: Marking | None,
) -> ClockLine:
    require(viewer, Act.REQUEST)
    now, number = room.clock.now_ms(), parse_reference(ref)
    with changing(room, viewer) as (conn, seen):
        target = targets_store.find(seen, number)
        made = Started(
            uuid4(), 0, target.ref, target.id, rule, text, start_ms, due_ms, viewer.name,
            now, marked(viewer, marking),
        )  # fmt: skip
        told = keep(conn, viewer, made, rule or "free clock", now)
        clocks_undo.started(conn, viewer, made, told.ref)
    return told


def run_again(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    rule: str,
    text: str,
    start_ms: int,
    due_ms: int | None,
    marking: Marking,
) -> ClockLine:
    """Start a clock that was undone once more, by when it began; under a number of its own."""
    return _made(room, viewer, ref, rule, text, start_ms, due_ms, marking)


def keep(conn: Connection, viewer: Viewer, made: Started, what: str, now: int) -> ClockLine:
    """Record a clock under a number of its own, inside the act's transaction; as it stands now."""
    numbered = replace(made, number=store.next_number(conn))
    store.add(conn, numbered)
    _note(conn, viewer, now, "collect", numbered, what)
    return of_started(numbered, now)


def _note(conn: Connection, viewer: Viewer, at_ms: int, action: str, clock: Started, detail: str) -> None:
    owner = journal.origin(clock.marking)
    journal.note(
        conn, viewer, at_ms, action, "clock", clock.ref, owner=owner, detail=f"{clock.target}: {detail}"
    )
