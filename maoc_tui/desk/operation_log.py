"""The log of an operation: a line in two seconds, appended at once, corrected by another line, never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.clash import in_place
from maoc_tui.desk.clocks import keep
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.operation_facts import around
from maoc_tui.desk.operation_reading import entries_of
from maoc_tui.desk.operation_snapshots import LogEntry
from maoc_tui.desk.operation_words import audience
from maoc_tui.desk.operations import find
from maoc_tui.desk.recalling import recall_all
from maoc_tui.desk.release_record import by
from maoc_tui.desk.request_snapshots import ClockLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import as_own, marked, words
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.log_lines import check_happened, due_in, split, time_beside
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.operation_guards import bases
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import parse_line_reference
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.targets import parse_reference as target_reference
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import operation_log as store
from maoc_tui.store import targets as targets_store
from maoc_tui.store.clocks import Started
from maoc_tui.store.operation_log import Line
from maoc_tui.store.operations import Operation

TEXT = 2000
"""Characters of a line."""


def log(
    room: Room,
    viewer: Viewer,
    ref: str,
    text: str,
    *,
    kind: str = "",
    at: str = "",
    marking: Marking | None = None,
    client_id: str = "",
    typed_ms: int | None = None,
    also: Callable[[Connection, UUID], None] = lambda _conn, _line: None,
) -> LogEntry:
    """Write a line: ``0312 boarding, two aboard`` is 03:12Z; the kind is guessed unless given, or typed (``h: …``).

    A line sent again with the same ``client_id`` stands once, and is answered as the first time. One typed some time
    ago, ``typed_ms``, is read as it was meant then. ``also`` writes what belongs to the line in the same transaction,
    by its id. Raises BadInput, for a time to come too.
    """
    require(viewer, Act.LOG)
    now = room.clock.now_ms()
    new, figure = _typed(room, viewer, text, kind, at, min(typed_ms or now, now))
    with changing(room, viewer) as (conn, seen):
        made = find(seen, ref)
        if (before := _sent_before(seen, viewer, made, client_id)) is not None:
            return _shown(seen, before)
        mark = marked(viewer, marking or audience(viewer, made))
        line = replace(
            new, operation=made.id, operation_number=made.number, number=store.next_number(conn),
            marking=mark, client_id=client_id,
        )  # fmt: skip
        _keep(conn, viewer, line)
        also(conn, line.id)
        warning = _uncovered(room, viewer, seen, made, line.kind)
    return replace(next(entries_of([line])), warning=warning, figure=figure)


def correct(
    room: Room, viewer: Viewer, ref: str, text: str, reason: str, *, kind: str = "", at: str = ""
) -> LogEntry:
    """Write the line that a wrong one should have been, pointing back to it; both stay. Raises BadInput, NotPermitted.

    The wrong one is recalled from whoever has it by release.

    Time and kind of the wrong line stand unless others are typed, a time of day on the day of the wrong line; only who
    said a line corrects it.
    """
    require(viewer, Act.LOG)
    why = words(reason, "reason", 300)
    with changing(room, viewer) as (conn, seen):
        found = find_line(seen, ref)
        wrong = in_place(lambda: store.load(seen, operation=found.operation), found, text)
        require_own(viewer, wrong.marking)
        new, _ = _typed(room, viewer, text, kind, at, room.clock.now_ms(), wrong.at_ms)
        if any(one.corrects == wrong.id for one in store.load(seen, operation=wrong.operation)):
            raise BadInput(f"{wrong.ref} was corrected already.", "Correct the line that corrects it.")
        said, guessed = bool(new.said_time or at.strip()), new.kind == "NOTE" and not kind.strip()
        line = replace(
            new,
            operation=wrong.operation,
            operation_number=wrong.operation_number,
            number=store.next_number(conn),
            at_ms=new.at_ms if said else wrong.at_ms,
            said_time=new.said_time if said else wrong.said_time,
            kind=wrong.kind if guessed else new.kind,
            text=words(f"{new.text} (corrected: {why})", "text", TEXT + 320),
            marking=wrong.marking,
            corrects=wrong.id,
        )
        _keep(conn, viewer, line, f"corrects {wrong.ref}: {why}")
        recall_all(conn, viewer, {str(wrong.id)}, by(viewer, line.entered_ms), f"corrected: {why}")
    return replace(next(entries_of([line])), corrects=wrong.ref)


def entries(room: Room, viewer: Viewer, ref: str) -> tuple[LogEntry, ...]:
    """The lines of an operation's log that the viewer may see, by when they happened. Raises BadInput."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        lines = store.load(conn, operation=find(conn, ref).id)
    return tuple(entries_of(lines))


def clock(
    room: Room, viewer: Viewer, ref: str, *, target: str = "", at: str = "", marking: Marking | None = None
) -> ClockLine:
    """Let a line with a time (``call Dakar 0500Z``) run as a clock on the operation's target, until it is stopped.

    ``at`` is when it is due where the line names no time; ``target`` which one where there are several.
    Raises BadInput, NotPermitted.
    """
    require(viewer, Act.REQUEST)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        line = find_line(seen, ref)
        made = find(seen, line.ref.partition("/")[0])
        if line.clock is not None:
            raise BadInput(f"{line.ref} runs as CK-{line.clock:04d} already.", "See: maoc clocks.")
        due = _due(room, line, at)
        if due <= now:
            raise BadInput("That time has passed.", "Give a later one: --at 0500Z.")
        about = targets_store.find(seen, _one_target(made, target))
        mark = marked(viewer, marking or as_own(line.marking, viewer.partner))
        text = words(f"{line.ref} {line.text}"[:300], "text", 300)
        started = Started(
            uuid4(), 0, about.ref, about.id, "", text, min(line.at_ms, now), due, viewer.name, now, mark
        )
        told = keep(conn, viewer, started, "free clock", now)
        store.became(conn, line.id, started.id, viewer.name, now)
    return told


def find_line(conn: Connection, ref: str) -> Line:
    """The line of a reference (OP-0031/14) on this connection; BadInput when there is none."""
    operation, number = parse_line_reference(ref)
    found = [one for one in store.load(conn, number=number) if one.operation_number == operation]
    if not found:
        raise BadInput(f"There is no log line {ref.strip()[:20]}.", "See: maoc op show OP-0031.")
    return found[0]


def _typed(
    room: Room, viewer: Viewer, text: str, kind: str, at: str, typed_ms: int, corrected_ms: int | None = None
) -> tuple[Line, str]:
    """A line as understood, not yet of any operation; and the figure before it that was not taken for its time."""
    now, rules = room.clock.now_ms(), shipped()
    wrong = from_ms(corrected_ms) if corrected_ms is not None else None
    typed = split(words(text, "line", TEXT), from_ms(typed_ms), wrong)
    said, told = typed.text, rules.parse_kind(kind) if kind.strip() else ""
    if not told and typed.tag and (tagged := rules.known_kind(typed.tag)):
        said, told = typed.rest, tagged
    if not said:
        raise BadInput("The line says nothing.", "Write what happened: 0312 boarding, two aboard.")
    when = time_beside(at, from_ms(typed_ms), wrong) if at.strip() else typed.at or from_ms(typed_ms)
    check_happened(when, room.clock.now())
    line = Line(
        id=uuid4(), operation=UUID(int=0), operation_number=0, number=0, kind=told or rules.guess(said),
        at_ms=to_ms(when), said_time=at.strip() or typed.said, text=said, by=viewer.name, entered_ms=now,
        marking=Marking(frozenset({viewer.partner})),
    )  # fmt: skip
    return line, "" if at.strip() else typed.figure


def _keep(conn: Connection, viewer: Viewer, line: Line, reason: str = "") -> None:
    """Record a line, and its digest in the journal."""
    store.add(conn, line)
    journal.note(
        conn, viewer, line.entered_ms, "alter" if reason else "collect", store.IN_JOURNAL, line.ref,
        owner=journal.origin(line.marking), reason=reason, detail=store.digest(line),
    )  # fmt: skip


def _sent_before(seen: Connection, viewer: Viewer, made: Operation, client_id: str) -> Line | None:
    if not client_id:
        return None
    if len(client_id) > 64 or not client_id.isascii() or not client_id.replace("-", "").isalnum():
        raise BadInput("The name of the draft is not one.", "Use letters, digits and dashes.")
    for line in store.load(seen, client_id=client_id):
        if line.operation != made.id or line.by != viewer.name:
            raise BadInput("A draft of that name was sent to another log.", "Send it again as a new line.")
        return line
    return None


def _shown(seen: Connection, line: Line) -> LogEntry:
    """A line as it stands among the others."""
    lines = store.load(seen, operation=line.operation)
    return next(one for one in entries_of(lines) if one.ref == line.ref)


def _uncovered(room: Room, viewer: Viewer, seen: Connection, made: Operation, kind: str) -> str:
    """What no consent in force covers of what the line tells, where the operation rests on no other basis."""
    wanted = shipped().kinds[kind].measure
    if wanted is None or bases(made.acts, made.covered_from):
        return ""
    return "; ".join(around(room, viewer, seen, [made]).against(made, wanted))


def _due(room: Room, line: Line, at: str) -> int:
    if at.strip():
        return to_ms(parse_time(at, room.clock.now(), ahead=True))
    due = due_in(line.text, from_ms(line.at_ms))
    if due is None:
        raise BadInput(f"{line.ref} names no time to come.", "Give one: --at 0500Z.")
    return to_ms(due)


def _one_target(made: Operation, target: str) -> str:
    refs: Iterator[str] = iter(one.ref for one in made.targets)
    if target.strip():
        wanted = target_reference(target)
        if wanted not in set(refs):
            raise BadInput(f"{wanted} is not in {made.ref}.", "Name one of its targets.")
        return wanted
    known = tuple(refs)
    if len(known) != 1:
        told = f"{made.ref} has {len(known)} targets" if known else f"{made.ref} has no target you see"
        raise BadInput(f"{told}.", "Say which target the clock belongs to.")
    return known[0]
