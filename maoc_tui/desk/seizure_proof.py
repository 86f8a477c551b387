"""Proving an event of the ledger: a digest of each line went into the journal's chain as it was entered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.seizures import parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import seizure_digests as digests
from maoc_tui.store import seizures as store


@dataclass(frozen=True, slots=True)
class LedgerProof:
    """What comparing an event with the journal found; the event itself is one of its lines."""

    lines: int
    """Lines compared that the viewer sees."""
    broken: tuple[str, ...] = ()
    """Ids of lines that do not say what was entered, or that nobody entered."""
    gone: tuple[str, ...] = ()
    """Ids of lines of the viewer's own partner that were entered and are not there any more."""
    hidden: int = 0
    """How many lines that are not shown to the viewer were changed or taken away."""
    older: int = 0
    """How many lines cannot be proved: they were entered before digests were kept."""

    @property
    def whole(self) -> bool:
        """Whether everything says what was entered, and nothing was taken away."""
        return not (self.broken or self.gone or self.hidden)


def prove(room: Room, viewer: Viewer, ref: str) -> LedgerProof:
    """Compare an event with what the journal holds of it. Raises BadInput.

    Of lines that the viewer does not see only how many are not as they were is told.
    """
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        event = store.find(conn, parse_reference(ref))
    seen = {str(event.id), *(line.id for line in event.lines)}
    with room.db.reading_whole() as conn:
        wrong, gone, older = compared(conn, event.id, event.ref)
    own = {one for one, owner in gone.items() if viewer.all_seeing or viewer.partner in owner.split(",")}
    broken = tuple(one for one in wrong if one in seen)
    hidden = len(wrong) - len(broken) + len(gone) - len(own)
    return LedgerProof(len(seen), broken, tuple(sorted(own)), hidden, older)


def compared(conn: Connection, event: UUID, ref: str) -> tuple[list[str], dict[str, str], int]:
    """Ids of lines that are not as entered; those taken away, each with whose it was; how many cannot be proved."""
    there, noted = digests.digests(conn, event), digests.noted(conn, ref)
    older = [] if str(event) in noted else [one for one in there if one not in noted]
    proved = {one: digest for one, digest in there.items() if one not in older}
    wrong = [one for one, digest in proved.items() if one not in noted or noted[one][0] != digest]
    gone = {one: owner for one, (_, owner) in noted.items() if one not in there}
    return wrong, gone, len(older)
