"""Ways to reach an officer: in the order in which to try them, each with the day it was last found to work."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal, liaison_undo
from maoc_tui.desk.liaison_snapshots import OfficerLine
from maoc_tui.desk.liaison_words import terms
from maoc_tui.desk.officers import find, line, may_keep, ref_of
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_of, words
from maoc_tui.domain.liaison_terms import chosen
from maoc_tui.domain.officers import Channel, Officer
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import officers as store


def add(
    room: Room,
    viewer: Viewer,
    officer: str,
    kind: str,
    address: str,
    *,
    note: str = "",
    verified: bool = False,
) -> OfficerLine:
    """Record a way to reach an officer, after those there are; ``verified``: it was found to work just now."""
    what, now = chosen(kind, terms().channels, "channel"), room.clock.now_ms()
    told, extra = words(address, "address", 120), words(note, "note", 200, empty=True)
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, officer)
        may_keep(viewer, entry.partner)
        checked = (now, viewer.name) if verified else (None, "")
        store.add_channel(conn, entry.id, Channel(uuid4(), 0, what, told, extra, *checked), viewer.name, now)
        return _noted(room, conn, viewer, entry, f"added {what}")


def verify(room: Room, viewer: Viewer, officer: str, place: int, *, at: str = "") -> OfficerLine:
    """Note that an officer's channel of that order was found to work, now or at a time in the past.

    Whoever keeps a roster may say so of any officer: it is the caller who knows that the phone rang.
    """
    require(viewer, Act.ROSTER)
    now = room.clock.now_ms()
    tried = time_of(at, room.clock) if at.strip() else now
    if tried > now:
        raise BadInput("That time is still to come.", "Give the time at which it was tried.")
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, officer)
        store.verified(conn, _placed(entry, place).id, viewer.name, tried)
        return _noted(room, conn, viewer, entry, f"channel {place} found to work")


def move(room: Room, viewer: Viewer, officer: str, place: int, to: int) -> OfficerLine:
    """Put an officer's channel into another place of the order."""
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, officer)
        may_keep(viewer, entry.partner)
        order = [channel.id for channel in entry.channels]
        order.remove(moved := _placed(entry, place).id)
        order.insert(max(to, 1) - 1, moved)
        store.order(conn, order)
        return _noted(room, conn, viewer, entry, f"channel {place} -> {to}")


def retire(room: Room, viewer: Viewer, officer: str, place: int, reason: str) -> OfficerLine:
    """Take a channel out of use; it stays in the record."""
    why = words(reason, "reason", 400)
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, officer)
        may_keep(viewer, entry.partner)
        gone = _placed(entry, place)
        store.retire(conn, gone.id, room.clock.now_ms())
        store.order(conn, [channel.id for channel in entry.channels if channel.id != gone.id])
        return _noted(room, conn, viewer, entry, f"retired channel {place}", why)


def _placed(entry: Officer, place: int) -> Channel:
    for channel in entry.channels:
        if channel.place == place:
            return channel
    raise BadInput(f"{entry.name} has no channel {place}.", f"There are {len(entry.channels)}.")


def _noted(
    room: Room, conn: Connection, viewer: Viewer, entry: Officer, detail: str, reason: str = ""
) -> OfficerLine:
    """Journal a change of an officer's channels; the officer as it then is."""
    now, ref = room.clock.now_ms(), ref_of(entry.id)
    journal.note(
        conn, viewer, now, "alter", "officer", ref, reason=reason, detail=detail, owner=entry.partner
    )
    liaison_undo.channels_changed(conn, viewer, entry, detail, now)
    return line(find(room, viewer, conn, entry.id.hex), now)
