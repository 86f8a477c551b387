"""The Operations screen's line to its desks: every function may block and runs in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import TaskLine
    from maoc_tui.desk.intercept_snapshots import Slip
    from maoc_tui.desk.operation_snapshots import OperationRow, OperationSheet
    from maoc_tui.desk.seizure_snapshots import SeizureRow
    from maoc_tui.desk.target_snapshots import TargetSheet


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation with everything the other desks hold of it."""

    sheet: OperationSheet
    tasks: tuple[TaskLine, ...]
    seizures: tuple[SeizureRow, ...]
    slips: tuple[Slip, ...]
    """How the chosen interceptions stand now."""

    @property
    def row(self) -> OperationRow:
        """Its line on the board."""
        return self.sheet.row


def board(desk: LiveDesk, past: bool) -> tuple[OperationRow, ...]:
    """The operations the viewer may see, those furthest on first."""
    from maoc_tui.desk import operations

    return operations.operations(desk.open(), desk.viewer, past=past)


def view(desk: LiveDesk, ref: str) -> OperationView:
    """Everything on one operation; that it was opened is in the journal before it is returned."""
    from maoc_tui.desk import intercept_watch, operations, seizures, tasking

    room, viewer = desk.open(), desk.viewer
    sheet = operations.opened(room, viewer, ref)
    return OperationView(
        sheet,
        tasking.taskings(room, viewer, operation=ref, past=True),
        seizures.listing(room, viewer, ref),
        intercept_watch.slips(room, viewer, ref),
    )


def target(desk: LiveDesk, ref: str) -> TargetSheet:
    """Everything on one target."""
    from maoc_tui.desk import targets

    return targets.sheet(desk.open(), desk.viewer, ref)
