"""What can be done to the operation selected and its targets: a release; their waters, the law, the chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from maoc_tui.problems import BadInput
from maoc_tui.ui import operations_desk as line
from maoc_tui.ui import target_place
from maoc_tui.ui.sheet_board import SheetBoard

if TYPE_CHECKING:
    from maoc_tui.desk.target_snapshots import TargetSheet
    from maoc_tui.ui.operations_desk import OperationView


def releasable(view: OperationView) -> tuple[tuple[str, str], ...]:
    """Reference and name of the operation itself, of what was seized, and of its targets."""
    row = view.row
    return (
        (row.ref, row.name),
        *((one.ref, f"{one.when} {one.vessel}".strip()) for one in view.seizures),
        *((one.ref, one.title) for one in view.sheet.targets),
    )


class OnItsTargets(SheetBoard["OperationView"]):
    """A board of operations whose keys reach the targets of the one selected."""

    def _on_target(self, do: Callable[[TargetSheet], None]) -> None:
        """Read the operation's target, asking which where there are several, then do something with it."""
        view: OperationView = self.the_selected()
        desk = self.app.desk

        def read(ref: str | None) -> None:
            if ref is not None:
                self.app.read(lambda: line.target(desk, ref), lambda sheet: self._or_said(do, sheet))

        targets = view.sheet.targets
        if not targets:
            raise BadInput(f"{view.row.ref} has no target that you see.", "Add one with t.")
        if len(targets) == 1:
            read(targets[0].ref)
        else:
            from maoc_tui.ui.operation_windows import TargetWindow

            self.app.push_screen(TargetWindow(view.row.ref, targets), read)

    def _or_said(self, do: Callable[[TargetSheet], None], sheet: TargetSheet) -> None:
        """What cannot be done once the target was read is said, as for a key."""
        try:
            do(sheet)
        except BadInput as problem:
            self.app.say_problem(problem)

    def action_law(self, _: str = "") -> None:
        """What may be done to its target where that was last."""
        self._on_target(lambda sheet: target_place.ask_law(self.app, sheet))

    def action_why(self, position: str = "") -> None:
        """Whose waters and why, for its target's newest place or the position typed."""
        from maoc_tui.ui.zone_asking import why_of_position

        if position:
            why_of_position(self.app, position)
        else:
            self._on_target(lambda sheet: target_place.show_waters(self.app, sheet))

    def action_override(self, position: str = "") -> None:
        """Say by hand what waters a position typed is in; a target's own are said on Targets."""
        from maoc_tui.ui.zone_asking import override_of_position
        from maoc_tui.ui.zone_list import open_form

        if not position:
            raise BadInput("Zones by hand are said of a target or a position.", "Press H on Targets.")
        open_form(self.app, override_of_position(self.app, position), "saved")

    def action_operation_release(self, partner: str = "") -> None:
        """What a partner sees of it, of its seizures or targets, and why; release it, ask for it."""
        from maoc_tui.ui.release_panel import open_panel

        view: OperationView = self.the_selected()
        about = releasable(view)

        def opened(ref: str | None) -> None:
            if ref is not None:
                open_panel(self.app, ref, partner)

        if len(about) == 1:
            opened(view.row.ref)
        else:
            from maoc_tui.ui.operation_windows import ReleaseWindow

            self.app.push_screen(ReleaseWindow(view.row.ref, about), opened)

    def action_operation_on_chart(self, _: str = "") -> None:
        """Centre the chart on its target, with the interception chosen last."""
        self._on_target(lambda sheet: target_place.show_on_chart(self.app, sheet))
