"""Undoing what one did: the reverse is done through the same functions of the desk, and stands in the journal.

Nothing is rolled back. Each officer undoes their own acts, the last first or one chosen from the list; what somebody
changed since, what the officer may no longer do, and what others may have acted on is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from maoc_tui.desk.room import Room
from maoc_tui.desk.undo_keeping import check_unchanged, read_call, replaying
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.undo_rules import shipped
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import journal, statements
from maoc_tui.store import undo as store
from maoc_tui.store.undo import REDONE, UNDONE, Row

_QUIET = ("consult", "disclose", "verify", "login", "logout", "lock", "deny")
"""Actions of the journal that change nothing anybody could want back."""


KEPT_MS = 30 * 86_400_000
"""What was done earlier is not undone any more: too much rests on it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of an officer that can be undone, or was."""

    number: int
    """Counts the officer's acts, the first is 1."""
    sentence: str
    at_ms: int
    """When it came to stand as it does."""
    stands: bool
    """False while it is undone."""


def steps(room: Room, viewer: Viewer) -> tuple[Step, ...]:
    """The viewer's acts that can be undone, or were, the newest first; of what the viewer may still see."""
    require(viewer, Act.READ)
    return tuple(Step(n, row.sentence, row.at_ms, row.stands) for n, row in reversed(_own(room, viewer)))


def last(room: Room, viewer: Viewer, number: int | None = None) -> Step:
    """The act that would be undone: the viewer's last, or the one of a number.

    Raises BadInput when there is none, NotPermitted where it cannot be undone, saying why and what to do instead.
    """
    return _step(*_wanted(room, viewer, number, stands=True))


def next_again(room: Room, viewer: Viewer, number: int | None = None) -> Step:
    """The act that would be done again: the one undone last, or the one of a number. Raises BadInput, NotPermitted."""
    return _step(*_wanted(room, viewer, number, stands=False))


def undo(room: Room, viewer: Viewer, number: int | None = None) -> Step:
    """Undo the viewer's last act, or the one of a number, in one commit. Raises BadInput, NotPermitted."""
    return _replay(room, viewer, number, UNDONE)


def redo(room: Room, viewer: Viewer, number: int | None = None) -> Step:
    """Do again what was undone last, or the act of a number, in one commit. Raises BadInput, NotPermitted."""
    return _replay(room, viewer, number, REDONE)


def _replay(room: Room, viewer: Viewer, number: int | None, what: str) -> Step:
    found, row = _wanted(room, viewer, number, stands=what == UNDONE)
    with room.db.reading_whole() as conn:
        name, given = read_call(row.back, store.calls_since(conn, row))
    if name not in shipped().backs:
        raise Problem(
            f"The record says {name!r} undoes this, which this program does not know.", "Update maoc-tui."
        )
    with replaying(row, what) as now:
        _function(name)(room, viewer, **given)
    if not now.kept:
        raise Problem(f"{name} was done and did not say so.", "Look at the record as it is now.")
    return Step(found, row.sentence, room.clock.now_ms(), what == REDONE)


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"maoc_tui.desk.{module}"), function)
    return found


def _wanted(room: Room, viewer: Viewer, number: int | None, *, stands: bool) -> tuple[int, Row]:
    require(viewer, Act.READ)
    own = _own(room, viewer)
    fits = [(n, row) for n, row in own if row.stands is stands and number in (None, n)]
    if number is None and stands:
        _check_last(room, viewer, own)
    if not fits:
        told = "undone" if stands else "done again"
        raise BadInput(f"There is nothing of yours to be {told}.", "See: maoc undo --list.")
    found = max(fits, key=lambda pair: pair[0] if stands else pair[1].seq)
    with room.db.reading_whole() as conn, room.db.reading(viewer) as seen:
        check_unchanged(conn, found[1], lambda about: _shows(seen, about))
    return found


def _check_last(room: Room, viewer: Viewer, own: list[tuple[int, Row]]) -> None:
    """Raise NotPermitted where the last thing the viewer did is nothing that can be undone: nothing is passed over."""
    newest = max((row.journal_seq for _, row in own), default=0)
    table, who = journal.JOURNAL.c, viewer.behind or viewer
    query = select(table.action, table.kind, table.ref, table.at_ms).where(
        table.seq > newest,
        table.who == who.name,
        table.officer == who.officer,
        table.partner == who.partner,
        table.action.not_in(_QUIET),
    )
    with room.db.reading_whole() as conn:
        done = conn.execute(query.order_by(table.seq.desc()).limit(1)).first()
    if done is None:
        return
    stays, at = shipped().stays(done.action, done.kind), format_dtg(from_ms(done.at_ms))
    raise NotPermitted(
        f"Your last act ({done.kind.replace('_', ' ')} {done.ref}, {at}) is not undone. {stays.why}.",
        f"{stays.instead} Acts before it: :undo, or maoc undo --list.",
    )


def _own(room: Room, viewer: Viewer) -> list[tuple[int, Row]]:
    """The viewer's acts with their numbers, in the order they were done, of what the viewer may still see."""
    who, since = viewer.behind or viewer, room.clock.now_ms() - KEPT_MS
    with room.db.reading_whole() as conn:
        rows = store.acts(conn, (who.name, who.officer, who.partner), since)
    with room.db.reading(viewer) as seen:
        shown = {about for about in {row.about for _, row in rows} if _shows(seen, about)}
    return [(number, row) for number, row in rows if row.about in shown]


def _shows(seen: Connection, about: UUID | None) -> bool:
    return about is None or statements.find(seen, about) is not None


def _step(number: int, row: Row) -> Step:
    return Step(number, row.sentence, row.at_ms, row.stands)
