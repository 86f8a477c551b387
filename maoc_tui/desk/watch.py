"""The watch: who holds it; taking it, leaving it, taking it over from somebody who is gone.

One officer holds it or nobody, and every terminal shows who. Each act is one commit, in the journal with its reason;
what follows a term is refused once another act has followed it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.access import permit
from maoc_tui.desk.gate import changing
from maoc_tui.desk.release_record import by
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.desk.watch_snapshots import Offer, WatchState
from maoc_tui.domain import watch
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.watch import How, Term
from maoc_tui.domain.watch_rules import shipped
from maoc_tui.store import handovers
from maoc_tui.store import watch_terms as store


def state(room: Room, viewer: Viewer) -> WatchState:
    """Who holds the watch now, and which handover waits. Raises NotPermitted."""
    require(viewer, Act.READ_PARTNERS)
    with room.db.reading(viewer) as conn:
        return state_of(conn, viewer)


def state_of(conn: Connection, viewer: Viewer) -> WatchState:
    """The same, on a connection of the viewer."""
    term = store.newest(conn)
    if term is None:
        return WatchState()
    offered = handovers.waiting(conn, term.seq) if term.held else None
    offer = None
    if offered is not None:
        who = f"{offered.by.name} {offered.by.partner}"
        offer = Offer(offered.ref, who, offered.by.at_ms, offered.sha256, offered.checkpoint)
    mine = watch.holds(term, viewer.name, viewer.officer)
    name, partner = (term.holder.name, term.holder.partner) if term.holder is not None else ("", "")
    return WatchState(name, partner, term.at_ms, term.how, term.reason, mine, offer)


def terms(room: Room, viewer: Viewer, limit: int = 50) -> tuple[Term, ...]:
    """The newest terms in order, who held the watch and how it passed on. Raises NotPermitted."""
    require(viewer, Act.READ_PARTNERS)
    with room.db.reading(viewer) as conn:
        return tuple(store.load(conn, limit=limit))


def take(room: Room, viewer: Viewer, *, gone: str = "") -> WatchState:
    """Take the watch that nobody holds; with ``gone``, the reason, over from a holder who is not there.

    Raises BadInput with who holds it, NotPermitted, ConfirmNeeded for taking over.
    """
    how, why = (How.GONE, words(gone, "reason", 300)) if gone.strip() else (How.TAKEN, "")
    permit(room, viewer, Act.SIGN_WATCH if how is How.GONE else Act.WATCH)
    return _next(room, viewer, how, why)


def leave(room: Room, viewer: Viewer, reason: str) -> WatchState:
    """End the watch with nobody to take over, with the reason. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.WATCH)
    return _next(room, viewer, How.LEFT, words(reason, "reason", 300))


def _next(room: Room, viewer: Viewer, how: How, why: str) -> WatchState:
    who = by(viewer, room.clock.now_ms())
    with changing(room, viewer) as (conn, _):
        now = store.newest(conn)
        watch.check(now, how, viewer.name, viewer.officer)
        store.begin(conn, now, how, None if how is How.LEFT else who, why, who)
        said = f"{how.value}; before: {watch.told(now)}"
        journal.note(conn, viewer, who.at_ms, "assign", "watch", "watch", reason=why, detail=said)
        return state_of(conn, viewer)


def since(every: Sequence[Term], who: By, now_ms: int) -> tuple[int, bool]:
    """From when on an officer's difference goes (ms), and whether that officer never held the watch.

    The end of the last watch; while it is held, its beginning.
    """
    held = watch.last_held(every, who.name, who.officer)
    if held is None:
        return now_ms - shipped().first_ms, True
    begun, ended = held
    return (ended, False) if ended <= now_ms else (begun, False)
