"""The watch log: what happens on the watch and belongs to no operation; appended at once, never changed.

A line that names a time to come runs as a clock among all others until what it promises is done. What is wrong is
corrected or withdrawn by another line; both stay.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.clash import in_place
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.desk.watch_reading import as_shown, entries, find, handed, shown
from maoc_tui.desk.watch_snapshots import WatchLine
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.log_lines import check_happened, time_beside
from maoc_tui.domain.marking import Marking, default
from maoc_tui.domain.partners import CENTRE
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.watch_lines import Said, instead, understood
from maoc_tui.domain.watch_rules import NOTE, shipped
from maoc_tui.problems import BadInput
from maoc_tui.store import watch_log as store
from maoc_tui.store.clocks import Stop
from maoc_tui.store.watch_log import Line

__all__ = ["audience", "correct", "entries", "find", "handed", "keep", "kept", "log", "promise", "withdraw"]

TEXT = 2000
"""Characters of a line."""


def audience(viewer: Viewer) -> Marking:
    """How a line is marked unless another marking is chosen: the officer's own partner and the Centre read it."""
    return replace(default(viewer.partner), releasable_to=frozenset({CENTRE}) - {viewer.partner})


def log(
    room: Room,
    viewer: Viewer,
    text: str,
    *,
    kind: str = "",
    at: str = "",
    due: str = "",
    marking: Marking | None = None,
    client_id: str = "",
    typed_ms: int | None = None,
) -> WatchLine:
    """Write a line: ``0251 rang Dakar`` happened, ``0500Z call Dakar`` is promised and runs as a clock.

    ``due`` is when, where the text does not say; ``worry:``, ``weather:`` and ``people:`` are the free lines of a
    handover. Sent again with the same ``client_id`` it stands once. Raises BadInput, NotPermitted.
    """
    require(viewer, Act.LOG)
    now = room.clock.now_ms()
    typed = min(typed_ms or now, now)
    said = understood(words(text, "line", TEXT), from_ms(typed), shipped())
    made = replace(_line(viewer, said, kind, at, typed, now), client_id=_client(client_id))
    if due.strip():
        made = replace(made, due_ms=_due(due, now))
    with changing(room, viewer) as (conn, seen):
        if (before := _sent_before(seen, viewer, made.client_id)) is not None:
            return shown(seen, viewer, [before])[0]
        made = keep(conn, viewer, replace(made, marking=marked(viewer, marking or audience(viewer))))
    return replace(as_shown(made, viewer, {}, {}), figure="" if at.strip() else said.figure)


def promise(
    room: Room, viewer: Viewer, text: str, due: str = "", *, marking: Marking | None = None
) -> WatchLine:
    """Write a line that must run as a clock: by ``due``, or by the time to come that it names. Raises BadInput."""
    said = understood(words(text, "line", TEXT), room.clock.now(), shipped())
    if said.due is None and not due.strip():
        raise BadInput("The line names no time to come.", "Give one: --at 0500Z.")
    return log(room, viewer, text, due=due, marking=marking)


def kept(room: Room, viewer: Viewer, ref: str, reason: str, *, at: str = "") -> WatchLine:
    """Say that what a line promised is done, or why it is not to be done; its clock stops. Raises BadInput.

    Whoever sees the line may: promises pass on with the watch.
    """
    require(viewer, Act.LOG)
    now, why = room.clock.now_ms(), words(reason, "reason", 300)
    when = to_ms(parse_time(at, room.clock.now())) if at.strip() else now
    check_happened(from_ms(when), room.clock.now())
    with changing(room, viewer) as (conn, seen):
        found = find(seen, ref)
        told = shown(seen, viewer, [found])[0]
        if not told.runs:
            raise BadInput(f"{found.ref} does not run as a clock.", "See: maoc watch list.")
        made = Stop(min(when, now), why, viewer.name, now)
        store.done(conn, found.id, made)
        owner = journal.origin(found.marking)
        journal.note(conn, viewer, now, "alter", "watch_promise", found.ref, owner=owner, reason=why)
    return replace(told, done_ms=made.at_ms, done=f"{why} ({viewer.name})")


def correct(room: Room, viewer: Viewer, ref: str, text: str, reason: str) -> WatchLine:
    """Write the line that a wrong one should have been, pointing back to it; both stay. Raises BadInput, NotPermitted.

    Its time stands unless another is typed, on the day of the wrong line; so does what is due, unless that is done.
    Withdraw a promise that no longer holds.
    """
    why = words(reason, "reason", 300)
    return _instead(room, viewer, ref, words(text, "line", TEXT), why)


def withdraw(room: Room, viewer: Viewer, ref: str, reason: str) -> WatchLine:
    """Say why a line no longer stands; both stay, and its clock stops. Raises BadInput, NotPermitted."""
    return _instead(room, viewer, ref, "", words(reason, "reason", 300))


def _line(viewer: Viewer, said: Said, kind: str, at: str, typed_ms: int, now: int) -> Line:
    """A line as understood, not marked and without a number yet."""
    when = time_beside(at, from_ms(typed_ms)) if at.strip() else said.at or from_ms(typed_ms)
    check_happened(when, from_ms(now))
    if not said.text.strip():
        raise BadInput(
            "The line says nothing.", "Write what happened, or what is promised: 0500Z call Dakar."
        )
    named = shipped().parse_kind(kind) if kind.strip() else said.kind
    due = to_ms(said.due) if said.due is not None else None
    return Line(
        uuid4(), 0, named, to_ms(when), at.strip() or said.said, said.text, due, viewer.name, viewer.officer, now,
        default(viewer.partner),
    )  # fmt: skip


def _instead(room: Room, viewer: Viewer, ref: str, text: str, why: str) -> WatchLine:
    """Record a correction, or without ``text`` a withdrawal."""
    require(viewer, Act.LOG)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        wrong = in_place(lambda: store.load(seen), find(seen, ref), text or "withdrawn")
        require_own(viewer, wrong.marking)
        told = shown(seen, viewer, [wrong])[0]
        if not told.stands:
            what = f"by {told.corrected_by} already" if told.corrected_by else "no more: it withdraws another"
            raise BadInput(f"{wrong.ref} is corrected {what}.", "Correct the line that stands.")
        done = store.was_done(seen, wrong)
        promises = done or wrong.due_ms is not None
        said = instead(text or "withdrawn", from_ms(now), shipped(), from_ms(wrong.at_ms), promises, done)
        line = _line(viewer, said, "" if text else wrong.kind, "", now, now)
        line = replace(
            line,
            kind=wrong.kind if said.kind == NOTE else line.kind,
            at_ms=line.at_ms if said.said else wrong.at_ms,
            said_time=said.said or wrong.said_time,
            text=words(
                f"{said.text} (corrected: {why})" if text else f"withdrawn: {why}", "text", TEXT + 320
            ),
            marking=wrong.marking,
            due_ms=(line.due_ms or wrong.due_ms) if text and not done else None,
            corrects=wrong.id,
            withdrawal=not text,
        )
        made = keep(conn, viewer, line, f"{'corrects' if text else 'withdraws'} {wrong.ref}: {why}")
    return replace(as_shown(made, viewer, {}, {}), corrects=wrong.ref)


def keep(conn: Connection, viewer: Viewer, line: Line, reason: str = "") -> Line:
    """Record a line, and its digest in the journal; the line with its number."""
    made = store.add(conn, line)
    journal.note(
        conn, viewer, made.entered_ms, "alter" if reason else "collect", store.IN_JOURNAL, made.ref,
        owner=journal.origin(made.marking), reason=reason, detail=store.digest(made),
    )  # fmt: skip
    return made


def _due(text: str, now: int) -> int:
    due = to_ms(parse_time(text, from_ms(now), ahead=True))
    if due <= now:
        raise BadInput("That time has passed.", "Give a later one, such as 0500Z or 150500Z.")
    return due


def _client(name: str) -> str:
    if name and (len(name) > 64 or not name.isascii() or not name.replace("-", "").isalnum()):
        raise BadInput("The name of the draft is not one.", "Use letters, digits and dashes.")
    return name


def _sent_before(seen: Connection, viewer: Viewer, client_id: str) -> Line | None:
    for line in store.load(seen, client_id=client_id) if client_id else []:
        if line.by != viewer.name:
            raise BadInput("A draft of that name was sent by somebody else.", "Send it again as a new line.")
        return line
    return None
