"""What can be done to the target selected on the Targets screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from maoc_tui.commands import TARGETS
from maoc_tui.problems import BadInput
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.targets_sheet import banner, sheet_lines

if TYPE_CHECKING:
    from maoc_tui.desk.targets import FactLine, LastSeen, Saved, TargetSheet


class TargetActions(DeskScreen):
    """A screen with a target selected: forms to fill in, the chart, a copy."""

    BINDINGS = bindings(TARGETS)
    PLACES = (TARGETS,)

    def selected(self) -> TargetSheet | None:
        """The sheet of the target the keys act on; None when there is none."""
        return None

    def being_read(self) -> str:
        """The reference of the target whose sheet is still being read; "" when none is."""
        return ""

    def show_saved(self, saved: Saved) -> None:
        """Take in what was committed."""

    def _target(self) -> TargetSheet:
        sheet = self.selected()
        if sheet is None and (ref := self.being_read()):
            raise BadInput(f"{ref} is still being read.", "Press the key again.")
        if sheet is None:
            raise BadInput("No target is selected.", "Select one in the list, or make one with n.")
        return sheet

    def _open(self, form: Any, what: Callable[[Saved], str]) -> None:
        def done(saved: Saved | None) -> None:
            if saved is not None:
                self.app.say(what(saved))
                self.show_saved(saved)

        self.app.push_screen(form, done)

    def _open_on_target(self, name: str, what: str, **given: Any) -> None:
        from maoc_tui.ui import target_forms

        form = getattr(target_forms, name)(self.app.desk, self._target(), self.app.clock.now_ms(), **given)
        self._open(form, lambda saved: f"{saved.ref}: {what} saved.")

    def _choose(self, title: str, name: str, what: str) -> None:
        """Choose a statement that stands, then open the form about it."""
        from maoc_tui.ui import statement_forms
        from maoc_tui.ui.statement_chooser import StatementChooser, standing

        sheet = self._target()
        if not (lines := standing(sheet)):
            raise BadInput(
                f"Nothing stands about the identity of {sheet.row.ref}.", "State something with e."
            )

        def chosen(wrong: FactLine | None) -> None:
            if wrong is not None:
                form = getattr(statement_forms, name)(self.app.desk, sheet, self.app.clock.now_ms(), wrong)
                self._open(form, lambda saved: f"{saved.ref}: {what} saved.")

        self.app.push_screen(StatementChooser(f"{sheet.row.ref}: {title}", lines), chosen)

    def action_target_new(self) -> None:
        """A new target from a description and a place."""
        from maoc_tui.ui.targets_dialogs import NewTargetDialog

        self._open(NewTargetDialog(self.app.desk), lambda saved: f"{saved.ref} saved.")

    def action_target_fact(self) -> None:
        """State something about its identity."""
        from maoc_tui.ui.statement_forms import FactDialog

        form = FactDialog(self.app.desk, self._target(), self.app.clock.now_ms())
        self._open(form, lambda saved: f"{saved.ref}: statement saved.")

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

        open_offer(self.app, self._target().row.ref)

    def action_target_release(self, partner: str = "") -> None:
        """What a partner sees of it and why; release it, ask for it."""
        from maoc_tui.ui.release_panel import open_panel

        open_panel(self.app, self._target().row.ref, partner)

    def action_target_releases(self, _: str = "") -> None:
        """What was asked, released, recalled, and is still to be done."""
        from maoc_tui.ui.release_list import open_list

        open_list(self.app)

    def action_target_rename(self) -> None:
        """Change what the Centre calls it."""
        self._open_on_target("RenameDialog", "designation")

    def action_why(self, position: str = "") -> None:
        """Whose waters and why, for its newest place or the position typed."""
        from maoc_tui.ui.zone_asking import why, why_of_position

        if position:
            why_of_position(self.app, position)
            return
        ref, seen = self._target().row.ref, self._place()
        why(self.app, seen.lat, seen.lon, seen.radius_nm, seen.key, ref)

    def action_law(self, _: str = "") -> None:
        """What may be done to the target where it was last."""
        from maoc_tui.ui.law_asking import ask

        sheet, seen = self._target(), self._place()
        ask(
            self.app,
            sheet.row.ref,
            (seen.lat, seen.lon, seen.radius_nm),
            flag=sheet.row.flag,
            medium="air" if sheet.row.kind == "aircraft" else "sea",
            seen_ms=seen.at_ms,
            key=seen.key,
            target=sheet.row.ref,
            top=banner(sheet, self.app.clock.now_ms(), False),
        )

    def action_override(self, position: str = "") -> None:
        """Say by hand what waters the target is in, or what they are about the position typed."""
        from maoc_tui.ui.zone_asking import override_of_position
        from maoc_tui.ui.zone_forms import OverrideDialog
        from maoc_tui.ui.zone_list import open_form

        if position:
            open_form(self.app, override_of_position(self.app, position), "saved")
            return
        sheet = self._target()
        self._place()
        top, ref = banner(sheet, self.app.clock.now_ms(), False), sheet.row.ref
        open_form(
            self.app, OverrideDialog(self.app.desk, f"{ref}: zone by hand", {"target": ref}, top), "saved"
        )

    def _place(self) -> LastSeen:
        seen = self._target().row.seen
        if seen is None:
            raise BadInput("No position of this target is known.", "Record a sighting with o.")
        return seen

    def action_target_on_chart(self) -> None:
        """Centre the chart on its last place."""
        seen = self._place()
        if seen.key:
            self.app.chosen = seen.key
        self.app.show_on_chart(seen.lat, seen.lon)

    def action_target_copy(self) -> None:
        """Copy the sheet to a file, and offer it to the terminal's clipboard."""
        from maoc_tui.ui import format as fmt
        from maoc_tui.ui.copying import Taken, copy_text

        sheet, now = self._target(), self.app.clock.now_ms()
        lines = [*banner(sheet, now, False), *sheet_lines(sheet, now, False)]
        body = "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)
        text = f"{sheet.row.ref}  copied {fmt.full_time(now)}  {sheet.marking}\n{body}\n"
        of = Taken("target", sheet.row.ref, sheet.marking)
        copy_text(self.app, text, f"{fmt.file_time(now)}-{sheet.row.ref}.txt", of)
