"""What can be done to the target selected on the Targets screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import TARGETS
from maoc_tui.problems import BadInput
from maoc_tui.ui import target_place
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.sheet_board import SheetBoard
from maoc_tui.ui.targets_sheet import banner

if TYPE_CHECKING:
    from maoc_tui.desk.targets import FactLine, TargetSheet


class TargetActions(SheetBoard["TargetSheet"]):
    """A screen with a target selected: forms to fill in, the chart, a copy."""

    BINDINGS = bindings(TARGETS)
    PLACES = (TARGETS,)

    def _open_on_target(self, name: str, what: str, **given: Any) -> None:
        from maoc_tui.ui import target_forms

        form = getattr(target_forms, name)(
            self.app.desk, self.the_selected(), self.app.clock.now_ms(), **given
        )
        self.open_form(form, lambda saved: f"{saved.ref}: {what} saved.")

    def _choose(self, title: str, name: str, what: str) -> None:
        """Choose a statement that stands, then open the form about it."""
        from maoc_tui.ui import statement_forms
        from maoc_tui.ui.statement_chooser import StatementChooser, standing

        sheet: TargetSheet = self.the_selected()
        if not (lines := standing(sheet)):
            raise BadInput(
                f"Nothing stands about the identity of {sheet.row.ref}.", "State something with e."
            )

        def chosen(wrong: FactLine | None) -> None:
            if wrong is not None:
                form = getattr(statement_forms, name)(self.app.desk, sheet, self.app.clock.now_ms(), wrong)
                self.open_form(form, lambda saved: f"{saved.ref}: {what} saved.")

        self.app.push_screen(StatementChooser(f"{sheet.row.ref}: {title}", lines), chosen)

    def action_target_new(self) -> None:
        """A new target from a description and a place."""
        from maoc_tui.ui.targets_dialogs import NewTargetDialog

        self.open_form(NewTargetDialog(self.app.desk), lambda saved: f"{saved.ref} saved.")

    def action_target_fact(self) -> None:
        """State something about its identity."""
        from maoc_tui.ui.statement_forms import FactDialog

        form = FactDialog(self.app.desk, self.the_selected(), self.app.clock.now_ms())
        self.open_form(form, lambda saved: f"{saved.ref}: statement saved.")

    def action_target_correct(self) -> None:
        """Correct a statement about its identity."""
        self._choose("which statement is to be corrected?", "CorrectDialog", "correction")

    def action_target_withdraw(self) -> None:
        """Withdraw a statement about its identity."""
        self._choose("which statement is to be withdrawn?", "WithdrawDialog", "withdrawal")

    def action_target_status(self) -> None:
        """Change its status."""
        self._open_on_target("StatusDialog", "status")

    def action_target_sight(self) -> None:
        """Record a sighting."""
        self._open_on_target("SightingDialog", "sighting")

    def action_target_link(self) -> None:
        """Link it to a contact; the one selected on the watch is proposed."""
        self._open_on_target("LinkDialog", "link", key=self.app.chosen)

    def action_target_unlink(self) -> None:
        """End a link."""
        self._open_on_target("UnlinkDialog", "end of the link")

    def action_target_assign(self) -> None:
        """Ask a partner to be something to it, with who is on it already."""
        from maoc_tui.ui.assign_form import open_offer

        open_offer(self.app, self.the_selected().row.ref)

    def action_target_release(self, partner: str = "") -> None:
        """What a partner sees of it and why; release it, ask for it."""
        from maoc_tui.ui.release_panel import open_panel

        open_panel(self.app, self.the_selected().row.ref, partner)

    def action_target_releases(self, _: str = "") -> None:
        """What was asked, released, recalled, and is still to be done."""
        from maoc_tui.ui.release_list import open_list

        open_list(self.app)

    def action_target_rename(self) -> None:
        """Change what the Centre calls it."""
        self._open_on_target("RenameDialog", "designation")

    def action_why(self, position: str = "") -> None:
        """Whose waters and why, for its newest place or the position typed."""
        from maoc_tui.ui.zone_asking import why_of_position

        if position:
            why_of_position(self.app, position)
            return
        target_place.show_waters(self.app, self.the_selected())

    def action_law(self, _: str = "") -> None:
        """What may be done to the target where it was last."""
        target_place.ask_law(self.app, self.the_selected())

    def action_override(self, position: str = "") -> None:
        """Say by hand what waters the target is in, or what they are about the position typed."""
        from maoc_tui.ui.zone_asking import override_of_position
        from maoc_tui.ui.zone_forms import OverrideDialog
        from maoc_tui.ui.zone_list import open_form

        if position:
            open_form(self.app, override_of_position(self.app, position), "saved")
            return
        sheet = self.the_selected()
        target_place.last_seen(sheet)
        top, ref = banner(sheet, self.app.clock.now_ms(), False), sheet.row.ref
        open_form(
            self.app, OverrideDialog(self.app.desk, f"{ref}: zone by hand", {"target": ref}, top), "saved"
        )

    def action_target_on_chart(self) -> None:
        """Centre the chart on its last place."""
        target_place.show_on_chart(self.app, self.the_selected())

    def action_target_copy(self) -> None:
        """Copy the sheet to a file, and offer it to the terminal's clipboard."""
        self.copy_sheet()
