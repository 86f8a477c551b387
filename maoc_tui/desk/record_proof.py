"""Proving the whole record: what the journal holds the digest of must still say what was entered, frozen or approved.

Operations with logs and acts, events of the seizure ledger, frozen figures, manifests and frozen copies of briefs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from maoc_tui.desk import brief_copies, brief_proof, operation_proof, seizure_proof
from maoc_tui.desk.brief_proof import Verdict
from maoc_tui.desk.room import Room
from maoc_tui.domain.operations import reference
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.seizures import reference as event_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import brief_reading, briefs, figures, operation_log, operations, seizure_digests
from maoc_tui.store.brief_reading import FAULTS
from maoc_tui.store.journal import JOURNAL
from maoc_tui.store.seizures import EVENT


@dataclass(frozen=True, slots=True)
class Altered:
    """What the record holds that the journal does not bear out."""

    told: tuple[str, ...]
    """``OP-0031 (2 lines)``, ``frozen figures 2026-03 v1``: of what the viewer may know of."""
    hidden: int
    """How many more there are that the viewer may not know of."""

    @property
    def words(self) -> str:
        """A clause on all of it; "" where everything is as it was."""
        more = f"{self.hidden} that you may not see" if self.hidden else ""
        named = ", ".join(filter(None, (*self.told, more)))
        return f"what the record says is not what the journal holds of it: {named}" if named else ""


class _Wrong(NamedTuple):
    """One thing that is not as it was."""

    text: str
    known: bool
    """Whether the viewer may know of it."""


def altered(room: Room, viewer: Viewer) -> Altered:
    """Compare everything the journal holds digests of with the record, past the gate; told through it."""
    seen: dict[str, set[int]] = {"operation": set(), "seizure": set()}
    if allowed(viewer, Act.READ):
        with room.db.reading(viewer) as conn:
            seen = {name: set(brief_reading.numbers(conn, name)) for name in seen}
    with room.db.reading_whole() as conn:
        found = [
            *_all("operations", _operations(conn, seen["operation"], viewer)),
            *_all("seizures", _seizures(conn, seen["seizure"], viewer)),
            *_all("frozen figures", _freezes(conn, viewer)),
            *_all("briefs", _briefs(conn, viewer)),
        ]
    return Altered(tuple(one.text for one in found if one.known), sum(not one.known for one in found))


def _all(what: str, found: Iterator[_Wrong]) -> Iterator[_Wrong]:
    """What is wrong with things of one kind; that they cannot be read where they cannot."""
    try:
        yield from found
    except FAULTS as fault:
        yield _Wrong(f"{what} (cannot be read: {type(fault).__name__})", True)


def _unsound(read: Callable[[], str]) -> str:
    """What is wrong with one thing; that it cannot be read where it cannot."""
    try:
        return read()
    except FAULTS as fault:
        return f"cannot be read: {type(fault).__name__}"


def _noted(conn: Connection, kind: str, action: str = "") -> Iterable[tuple[str, str, str]]:
    """Reference, detail and acting partner of the journal's entries of a kind."""
    entry = JOURNAL.c
    query = select(entry.ref, entry.detail, entry.partner).where(entry.kind == kind)
    return [tuple(row) for row in conn.execute(query.where(entry.action == action) if action else query)]


def _operations(conn: Connection, seen: set[int], viewer: Viewer) -> Iterator[_Wrong]:
    def wrong(number: int) -> str:
        made = operations.find(conn, number)
        broken, gone = operation_proof.lines(conn, made)
        _, changed, missing, _ = operation_proof.acts_of(conn, made)
        lines, acts = len(broken) + len(gone), len(changed) + missing
        return ", ".join(f"{n} {what}" for n, what in ((lines, "lines"), (acts, "acts")) if n)

    there = brief_reading.numbers(conn, "operation")
    for number in there:
        if text := _unsound(partial(wrong, number)):
            yield _Wrong(f"{reference(number)} ({text})", viewer.all_seeing or number in seen)
    refs = {reference(number) for number in there}
    logged = {ref.partition("/")[0] for ref, _, _ in _noted(conn, operation_log.IN_JOURNAL)}
    yield from (_Wrong(f"{ref} (gone)", viewer.all_seeing) for ref in sorted(logged - refs))


def _seizures(conn: Connection, seen: set[int], viewer: Viewer) -> Iterator[_Wrong]:
    def wrong(event: UUID, ref: str) -> str:
        changed, gone, _ = seizure_proof.compared(conn, event, ref)
        lines = len(changed) + len(gone)
        return f"{lines} lines" if lines else ""

    refs = set[str]()
    for number, event in conn.execute(select(EVENT.c.number, EVENT.c.id).order_by(EVENT.c.number)):
        ref = event_reference(number)
        refs.add(ref)
        if text := _unsound(partial(wrong, event, ref)):
            yield _Wrong(f"{ref} ({text})", viewer.all_seeing or number in seen)
    noted = {ref for ref, _, _ in _noted(conn, seizure_digests.IN_JOURNAL)}
    yield from (_Wrong(f"{ref} (gone)", viewer.all_seeing) for ref in sorted(noted - refs))


def _freezes(conn: Connection, viewer: Viewer) -> Iterator[_Wrong]:
    """Frozen figures; two partners may have frozen the same month, each by its own eyes."""
    there = figures.load(conn)
    for one in there:
        if not figures.kept(conn, one):
            yield _Wrong(
                f"frozen figures {one.name} (changed)", viewer.all_seeing or one.scope == viewer.partner
            )
    held = {(one.name, one.by.partner) for one in there}
    for ref, _, partner in _noted(conn, "figures", "confirm"):
        if (ref, partner) not in held:
            yield _Wrong(f"frozen figures {ref} (gone)", viewer.all_seeing or partner == viewer.partner)


def _briefs(conn: Connection, viewer: Viewer) -> Iterator[_Wrong]:
    """The files of approved briefs, by the hash of their manifest, and their frozen copies, by their digest."""
    there = [one for one in briefs.load(conn) if one.approved is not None]
    listed, drafted = brief_proof.manifests(conn), brief_proof.drafts(conn)
    for one in there:
        if brief_proof.as_listed(one, listed) is Verdict.CHANGED:
            yield _Wrong(f"files of {one.name} (changed)", brief_copies.makes(viewer, one))
        if brief_proof.as_drafted(conn, one, drafted) is Verdict.CHANGED:
            yield _Wrong(f"copies of {one.name} (changed)", brief_copies.makes(viewer, one))
    held = {one.name for one in there}
    for ref, _, partner in _noted(conn, "manifest", "confirm"):
        if ref not in held:
            yield _Wrong(f"files of {ref} (gone)", viewer.all_seeing or partner == viewer.partner)
