"""What leaves the program as a file or on a clipboard: who may take it, and that it was taken."""

from __future__ import annotations

from maoc_tui.desk.access import permit
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act
from maoc_tui.domain.viewer import Viewer


def take_out(room: Room, viewer: Viewer, kind: str, ref: str, marking: Marking | None = None) -> None:
    """Let ``viewer`` take a copy of an item out, and write so into the journal before there is one.

    An item with statements of several originators is written for each by itself; traffic (no marking) is
    nobody's. Raises NotPermitted; ConfirmNeeded when the passphrase must be given again first.
    """
    permit(room, viewer, Act.EXPORT)
    with room.db.bookkeeping() as conn:
        for owner in sorted(marking.originators) if marking is not None else [""]:
            note(conn, viewer, room.clock.now_ms(), "export", kind, ref, owner=owner, detail="copy")
