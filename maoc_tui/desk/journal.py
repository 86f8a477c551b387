"""The journal desk: writing what was done and seen, and reading it back.

The auditor reads all of it. Everybody else reads their own acts, and officers of a partner also who consulted,
passed on or released that partner's statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select, true

from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Handling, Marking
from maoc_tui.domain.purpose import JUSTIFIED, justification
from maoc_tui.domain.roles import Act, allowed, require
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import journal as store

SAME_MS = 15 * 60_000
"""An officer who looks again within this time at what did not change is still consulting it."""
_LOOKED_BACK = 500
_PASSED_ON = ("consult", "disclose", "export", "release", "recall", "refuse")
"""What officers of the originator may read of others' acts on their statements."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the journal, as shown."""

    seq: int
    at: datetime
    who: str
    partner: str
    action: str
    kind: str
    ref: str
    owner: str
    recipient: str
    reason: str
    detail: str


def note(
    conn: Connection,
    viewer: Viewer,
    at_ms: int,
    action: str,
    kind: str,
    ref: str,
    *,
    reason: str = "",
    detail: str = "",
    owner: str = "",
    recipient: str = "",
) -> int:
    """Write one act of ``viewer`` into the journal, inside the act's own transaction; the entry's number.

    What is consulted, disclosed or exported is written with the purpose of the session before ``reason``.
    """
    actor = viewer.behind or viewer
    entry = store.Entry(
        at_ms=at_ms,
        who=actor.name,
        officer=actor.officer,
        partner=actor.partner,
        action=action,
        kind=kind,
        ref=ref,
        owner=owner,
        recipient=recipient,
        reason=justification(actor.purpose, reason) if action in JUSTIFIED else reason,
        detail="; ".join(filter(None, (detail, _eyes(viewer)))),
    )
    return store.write(conn, entry)


def newest(room: Room) -> int:
    """Number of the newest entry; 0 of an empty journal."""
    with room.db.reading_whole() as conn:
        return store.tip(conn)[0]


def acted_since(room: Room, seq: int, *kinds: str) -> bool:
    """Whether an entry after number ``seq`` tells of more than a look, on things of some kinds when given.

    Only what was written since is read, however long the journal is.
    """
    journal = store.JOURNAL.c
    query = select(journal.seq).where(journal.seq > seq, journal.action != "consult").limit(1)
    if kinds:
        query = query.where(journal.kind.in_(kinds))
    with room.db.reading_whole() as conn:
        return conn.scalar(query) is not None


def origin(marking: Marking) -> str:
    """Whose statement it is, for the journal."""
    return ",".join(sorted(marking.originators))


def consult(room: Room, viewer: Viewer, kind: str, ref: str, marking: Marking, reason: str = "") -> None:
    """Note that ``viewer`` opened an item marked H2 or H3; looking again within 15 minutes is the same act.

    Under another purpose it is another act. Of an item with statements of several originators each has an entry
    of its own, so that none learns of another. Call it before the item is shown: what cannot be noted is not
    shown (StoreProblem).
    """
    if marking.highest < Handling.H2:
        return
    now = room.clock.now_ms()
    with room.db.reading_whole() as conn:
        owners = [
            o for o in sorted(marking.originators) if not _consulting(conn, viewer, ref, o, now, reason)
        ]
    if not owners:
        return
    with room.db.bookkeeping() as conn:
        for owner in owners:
            note(conn, viewer, now, "consult", kind, ref, reason=reason, owner=owner)


def consulted(room: Room, viewer: Viewer, kind: str, ref: str, markings: Iterable[Marking]) -> None:
    """Note that ``viewer`` is shown several statements, as ``consult`` does: those marked H2 or H3 count, no others."""
    told = [marking for marking in markings if marking.highest >= Handling.H2]
    if told:
        owners = frozenset(owner for marking in told for owner in marking.originators)
        consult(room, viewer, kind, ref, replace(told[0], originators=owners))


def _consulting(conn: Connection, viewer: Viewer, ref: str, owner: str, now: int, reason: str) -> bool:
    """Whether the same officer opened the same item a short while ago, with the same eyes, for the same purpose."""
    journal, (newest, _) = store.JOURNAL.c, store.tip(conn)
    actor = viewer.behind or viewer
    query = select(journal.seq).where(
        journal.seq > newest - _LOOKED_BACK,
        journal.at_ms.between(now - SAME_MS, now),
        journal.action == "consult",
        journal.ref == ref,
        journal.owner == owner,
        journal.who == actor.name,
        journal.officer == actor.officer,
        journal.partner == actor.partner,
        journal.detail == _eyes(viewer),
        journal.reason == justification(actor.purpose, reason),
    )
    return conn.scalar(query.limit(1)) is not None


def _eyes(viewer: Viewer) -> str:
    """Through whose eyes, when not one's own."""
    return f"seen as {viewer.seeing_as}" if viewer.seeing_as else ""


def entries(
    room: Room,
    viewer: Viewer,
    *,
    limit: int = 100,
    action: str = "",
    who: str = "",
    ref: str = "",
    since_ms: int = 0,
) -> tuple[Line, ...]:
    """The newest entries the viewer may read, newest first. Raises NotPermitted, BadInput."""
    require(viewer, Act.READ_OWN_JOURNAL)
    if action and action not in store.ACTIONS:
        raise BadInput(
            f"{action!r} is no action of the journal.", f"Choose from: {', '.join(store.ACTIONS)}."
        )
    if not 1 <= limit <= 100_000:
        raise BadInput("The list holds 1 to 100000 entries.", "Give another --limit.")
    journal = store.JOURNAL.c
    wanted = [_readable(viewer), journal.at_ms >= since_ms]
    wanted += [column == text for column, text in ((journal.action, action), (journal.ref, ref)) if text]
    if who:
        wanted.append(journal.who == who)
    query = select(store.JOURNAL).where(and_(*wanted)).order_by(journal.seq.desc()).limit(limit)
    with room.db.reading_whole() as conn:
        return tuple(
            Line(
                r.seq, from_ms(r.at_ms), r.who, r.partner, r.action, r.kind, r.ref, r.owner, r.recipient,
                r.reason, r.detail,
            )
            for r in conn.execute(query)
        )  # fmt: skip


def _readable(viewer: Viewer) -> ColumnElement[bool]:
    """Which entries ``viewer`` may read, as a condition; another's view shows what that partner may read."""
    journal = store.JOURNAL.c
    if allowed(viewer, Act.READ_JOURNAL):
        return true()
    own = and_(journal.who == viewer.name, journal.officer == viewer.officer)
    owned = and_(journal.owner == viewer.partner, journal.action.in_(_PASSED_ON))
    if viewer.seeing_as:
        return owned
    return own if viewer.partner == CENTRE else or_(own, owned)
