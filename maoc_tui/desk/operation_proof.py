"""Proving an operation: digests of lines, acts and check-ins went into the journal's chain as each was entered.

What was changed since, or taken away, is found; the journal itself is proved by ``maoc journal verify``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, select

from maoc_tui.desk.operations import find
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import journal, operation_digests
from maoc_tui.store import operation_log as store
from maoc_tui.store.operations import Operation


@dataclass(frozen=True, slots=True)
class LogProof:
    """What comparing an operation with the journal found."""

    lines: int
    """Lines compared that the viewer sees."""
    broken: tuple[str, ...]
    """References of lines that do not say what was entered; () when all do."""
    gone: tuple[str, ...] = ()
    """References of lines of the viewer's own partner that were entered and are not there any more."""
    hidden: int = 0
    """How many lines that are not shown to the viewer were changed or taken away."""
    acts: int = 0
    """Acts and check-ins compared."""
    acts_broken: tuple[str, ...] = ()
    """What those are that do not say what was entered: DECISION, OK."""
    acts_gone: int = 0
    """How many acts and check-ins were entered and are not there any more."""
    older: int = 0
    """How many acts and check-ins cannot be proved: they were entered before their digests were kept."""

    @property
    def whole(self) -> bool:
        """Whether everything says what was entered, and nothing was taken away."""
        return not (self.broken or self.gone or self.hidden or self.acts_broken or self.acts_gone)


def prove(room: Room, viewer: Viewer, ref: str) -> LogProof:
    """Compare an operation with what the journal holds of it. Raises BadInput.

    Of lines that the viewer does not see only how many are not as they were is told.
    """
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        made = find(conn, ref)
        seen = {line.ref for line in store.load(conn, operation=made.id)}
    with room.db.reading_whole() as conn:
        broken, gone = lines(conn, made)
        acts, changed, missing, older = acts_of(conn, made)
    own = {one for one, owner in gone.items() if viewer.all_seeing or viewer.partner in owner.split(",")}
    shown = tuple(one for one in broken if one in seen)
    hidden = len(broken) - len(shown) + len(gone) - len(own)
    return LogProof(len(seen), shown, tuple(sorted(own)), hidden, acts, changed, missing, older)


def lines(conn: Connection, made: Operation) -> tuple[list[str], dict[str, str]]:
    """References of lines changed since; those taken away, each with whose it was."""
    entry = journal.JOURNAL.c
    query = select(entry.ref, entry.detail, entry.owner).where(
        entry.kind == store.IN_JOURNAL, entry.ref.startswith(f"{made.ref}/")
    )
    noted = [tuple(row) for row in conn.execute(query)]
    said = {(ref, detail) for ref, detail, _ in noted}
    there = store.load(conn, operation=made.id)
    refs = {line.ref for line in there}
    broken = [line.ref for line in there if (line.ref, store.digest(line)) not in said]
    return broken, {ref: owner for ref, _, owner in noted if ref not in refs}


def acts_of(conn: Connection, made: Operation) -> tuple[int, tuple[str, ...], int, int]:
    """How many acts and check-ins there are, which were changed, how many are gone, how many cannot be proved."""
    since = operation_digests.noted_since(conn)
    count, changed, gone, older = 0, list[str](), 0, 0
    for kind in operation_digests.KINDS:
        there = operation_digests.rows(conn, made.id, kind)
        noted = Counter(operation_digests.noted(conn, made.ref, kind))
        wrong = [(entered, act) for digest, entered, act in there if digest not in noted]
        before = [act for entered, act in wrong if entered < since]
        lost = sum((noted - Counter(digest for digest, _, _ in there)).values())
        count, older = count + len(there), older + len(before)
        changed += [act for entered, act in wrong if entered >= since]
        gone += max(0, lost - (len(wrong) - len(before)))
    return count, tuple(changed), gone, older
