"""What is only ever done to the roster and the directory to undo another act."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal, liaison_undo
from maoc_tui.desk.officers import find, may_keep, ref_of
from maoc_tui.desk.room import Room
from maoc_tui.desk.undo_keeping import UNDO
from maoc_tui.domain.officers import Channel, Officer
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.roster import Duty
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import officers as store
from maoc_tui.store import roster


def stand_again(
    room: Room, viewer: Viewer, officer: str, *, post: str, from_ms: int, to_ms: int, note: str, again: str
) -> None:
    """Put a duty that was cancelled on the roster again. Raises BadInput, NotPermitted."""
    now = room.clock.now_ms()
    with room.db.writing() as conn:
        entry = _kept(room, viewer, conn, officer)
        made = Duty(
            uuid4(), entry.id, entry.name, entry.partner, post, from_ms, to_ms, note, viewer.name, now
        )
        held = (one for one in roster.load(conn, from_ms, to_ms) if one.stands)
        if any(one.officer == entry.id and one.post == post for one in held):
            raise BadInput(f"{entry.name} stands that post then already.", "Cancel that duty first.")
        roster.add(conn, made)
        journal.note(conn, viewer, now, "collect", "duty", ref_of(made.id), owner=entry.partner, reason=UNDO)
        liaison_undo.duty_added(conn, viewer, made, again)


def post_until(room: Room, viewer: Viewer, officer: str, *, last: str) -> None:
    """Let a posting end as it did before: on a day, or not at all (""). Raises BadInput, NotPermitted."""
    now = room.clock.now_ms()
    with room.db.writing() as conn:
        entry = _kept(room, viewer, conn, officer)
        store.edit(conn, entry, posted_to=last)
        detail = f"posted_to {entry.posted_to or 'open'} -> {last or 'open'}"
        _noted(conn, viewer, entry, detail, now)
        day = date.fromisoformat(last) if last else None
        liaison_undo.posting_ended(conn, viewer, entry, day, now)


def reach_as_before(
    room: Room, viewer: Viewer, officer: str, *, order: list[tuple[str, str, str, int | None, str]]
) -> None:
    """Let the ways to reach an officer be those of before, in their order, each found to work when it was.

    One that was taken out of use stays so; another like it takes its place. Raises BadInput, NotPermitted.
    """
    require(viewer, Act.ROSTER)
    now = room.clock.now_ms()
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, UUID(officer).hex)
        wanted = [_like(entry, *one) for one in order]
        if [one.id for one in entry.channels] != [one.id for one in wanted]:
            may_keep(viewer, entry.partner)
        there = {one.id for one in entry.channels}
        for gone in there - {one.id for one in wanted}:
            store.retire(conn, gone, now)
        for one in wanted:
            if one.id in there:
                store.verified(conn, one.id, one.verified_by, one.verified_ms)
            else:
                store.add_channel(conn, entry.id, one, viewer.name, now)
        store.order(conn, [one.id for one in wanted])
        _noted(conn, viewer, entry, "ways to reach as before", now)
        liaison_undo.channels_changed(conn, viewer, entry, "ways to reach as before", now)


def _like(
    entry: Officer, kind: str, address: str, note: str, verified_ms: int | None, verified_by: str
) -> Channel:
    """The channel in use that is meant, or a new one like it."""
    same = (one for one in entry.channels if (one.kind, one.address, one.note) == (kind, address, note))
    known = next((one.id for one in same), uuid4())
    return Channel(known, 0, kind, address, note, verified_ms, verified_by)


def _kept(room: Room, viewer: Viewer, conn: Connection, officer: str) -> Officer:
    entry = find(room, viewer, conn, UUID(officer).hex)
    may_keep(viewer, entry.partner)
    return entry


def _noted(conn: Connection, viewer: Viewer, entry: Officer, detail: str, now: int) -> None:
    ref, owner = ref_of(entry.id), entry.partner
    journal.note(conn, viewer, now, "alter", "officer", ref, reason=UNDO, detail=detail, owner=owner)
