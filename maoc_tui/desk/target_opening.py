"""Opening a target: the one way to its sheet that a person goes, noted in the journal when it is H2 or H3."""

from __future__ import annotations

from maoc_tui.desk.journal import consult
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_reading import sheet
from maoc_tui.desk.target_snapshots import TargetSheet
from maoc_tui.domain.viewer import Viewer


def opened(room: Room, viewer: Viewer, ref: str) -> TargetSheet:
    """Everything on one target, as ``sheet``; that it was consulted is in the journal before it is returned."""
    found = sheet(room, viewer, ref)
    consult(room, viewer, "target", found.row.ref, found.marking)
    return found
