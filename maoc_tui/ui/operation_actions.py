"""What can be done to the operation selected on the Operations screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from maoc_tui.commands import OPERATIONS
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import operations_desk as line
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.keys import bindings

if TYPE_CHECKING:
    from maoc_tui.desk.target_snapshots import TargetSheet
    from maoc_tui.ui.operations_desk import OperationView


class OperationActions(DeskScreen):
    """A screen with an operation selected: forms to fill in, the matrix, the law, the chart, a copy."""

    BINDINGS = bindings(OPERATIONS)
    PLACES = (OPERATIONS,)

    def selected(self) -> OperationView | None:
        """The operation the keys act on; None when there is none, or it is not read yet."""
        return None

    def being_read(self) -> str:
        """The reference of the operation that is still being read; "" when none is."""
        return ""

    def show_saved(self, ref: str) -> None:
        """Take in what was committed."""

    def _view(self) -> OperationView:
        view = self.selected()
        if view is None and (ref := self.being_read()):
            raise BadInput(f"{ref} is still being read.", "Press the key again.")
        if view is None:
            raise BadInput("No operation is selected.", "Select one on the board, or nominate one with n.")
        return view

    def _open(self, form: Any, what: Callable[[Any], str] | None = None) -> None:
        view = self.selected()
        ref = view.row.ref if view is not None else ""

        def done(made: Any) -> None:
            if made is not None:
                self.app.say(what(made) if what else told(made, ref))
                self.show_saved(made.row.ref if hasattr(made, "row") else ref)

        self.app.push_screen(form, done)

    # -- the operation -------------------------------------------------------------------------

    def action_operation_new(self, _: str = "") -> None:
        """Nominate an operation; the target selected on Targets is proposed."""
        from maoc_tui.ui import operation_forms as forms

        moment, chosen = self.app.moment, self.app.chosen
        row = moment.picture.row(chosen) if moment is not None and chosen else -1
        ref = self.app.target_shown or (str(moment.picture.target[row]) if moment and row >= 0 else "")
        self._open(
            forms.opened(self.app.desk, ref), lambda made: f"{made.row.ref} {made.row.name} is nominated."
        )

    def _form(self, name: str) -> None:
        from maoc_tui.ui import operation_forms as forms

        self._open(getattr(forms, name)(self.app.desk, self._view().sheet))

    def action_operation_step(self, _: str = "") -> None:
        """Take a step; what is missing and who fills it stands in the form."""
        self._form("StepForm")

    def action_operation_check_in(self, _: str = "") -> None:
        """Set a team's check-in, hear ops normal, end it."""
        self._form("check_in")

    def action_operation_decide(self, _: str = "") -> None:
        """Record a national decision."""
        self._form("decided")

    def action_operation_go(self, _: str = "") -> None:
        """Say go or no-go."""
        self._form("go")

    def action_operation_states(self, _: str = "") -> None:
        """Say which State is which of the six."""
        self._form("state")

    def action_operation_basis(self, _: str = "") -> None:
        """Record the legal basis of the boarding."""
        self._form("basis")

    def action_operation_target(self, _: str = "") -> None:
        """Add a target, or drop one."""
        self._form("target")

    def action_operation_noted(self, _: str = "") -> None:
        """Take note of the conditions of the consents in force."""
        view = self._view()
        if not view.sheet.conditions:
            raise BadInput(
                f"No consent in force has a condition for {view.row.ref}.", "7 lists the requests."
            )
        self._form("noted")

    def action_operation_force(self, _: str = "") -> None:
        """Report a use of force."""
        self._form("force")

    def action_operation_ask(self, _: str = "") -> None:
        """Ask a State for an asset."""
        from maoc_tui.ui import asset_forms

        view = self._view()
        targets = [one.ref for one in view.sheet.targets]
        target = targets[0] if len(targets) == 1 else ""
        self._open(asset_forms.asked(self.app.desk, "", view.row.ref, target, view.sheet), asset_forms.told)

    # -- its log -------------------------------------------------------------------------------

    def _log_form(self, name: str) -> None:
        from maoc_tui.ui import log_forms as forms

        self._open(getattr(forms, name)(self.app.desk, self._view().sheet))

    def action_operation_line(self, _: str = "") -> None:
        """A log line with kind, time and marking to choose."""
        self._log_form("written")

    def action_operation_correct(self, _: str = "") -> None:
        """Write what a wrong line should have been."""
        self._log_form("corrected")

    def action_operation_clock(self, _: str = "") -> None:
        """Let a line with a time to come run as a clock."""
        self._log_form("promised")

    # -- what a boarding brings ----------------------------------------------------------------

    def _seizure_form(self, name: str, **given: Any) -> None:
        from maoc_tui.ui import seizure_forms as forms

        self._open(getattr(forms, name)(self.app.desk, self._view(), **given))

    def action_seizure_found(self, _: str = "") -> None:
        """What was found, or that nothing was."""
        self._seizure_form("found")

    def action_seizure_jettison(self, _: str = "") -> None:
        """What went overboard."""
        self._seizure_form("found", jettisoned=True)

    def action_seizure_persons(self, _: str = "") -> None:
        """Persons met, or that there were none."""
        self._seizure_form("persons")

    def action_seizure_custody(self, _: str = "") -> None:
        """What passed from whom to whom."""
        self._seizure_form("custody")

    def action_seizure_weigh(self, _: str = "") -> None:
        """A new weight of a find."""
        self._seizure_form("weighed")

    def action_seizure_vessel(self, _: str = "") -> None:
        """What became of the vessel, whose credit it is."""
        self._seizure_form("stated")

    # -- its targets ---------------------------------------------------------------------------

    def _on_target(self, do: Callable[[TargetSheet], None]) -> None:
        """Read the operation's target, asking which where there are several, then do something with it."""
        view, desk = self._view(), self.app.desk

        def read(ref: str | None) -> None:
            if ref is not None:
                self.app.read(lambda: line.target(desk, ref), do)

        targets = view.sheet.targets
        if not targets:
            raise BadInput(f"{view.row.ref} has no target that you see.", "Add one with t.")
        if len(targets) == 1:
            read(targets[0].ref)
        else:
            from maoc_tui.ui.operation_windows import TargetWindow

            self.app.push_screen(TargetWindow(view.row.ref, targets), read)

    def action_law(self, _: str = "") -> None:
        """What may be done to its target where that was last."""
        from maoc_tui.ui.law_asking import ask
        from maoc_tui.ui.targets_sheet import banner

        def shown(sheet: TargetSheet) -> None:
            seen, ref = place(sheet), sheet.row.ref
            medium = "air" if sheet.row.kind == "aircraft" else "sea"
            top = banner(sheet, self.app.clock.now_ms(), False)
            ask(
                self.app, ref, (seen.lat, seen.lon, seen.radius_nm),
                flag=sheet.row.flag, medium=medium, seen_ms=seen.at_ms, key=seen.key, target=ref, top=top,
            )  # fmt: skip

        self._on_target(lambda sheet: self._said(shown, sheet))

    def action_why(self, position: str = "") -> None:
        """Whose waters and why, for its target's newest place or the position typed."""
        from maoc_tui.ui.zone_asking import why, why_of_position

        def shown(sheet: TargetSheet) -> None:
            seen = place(sheet)
            why(self.app, seen.lat, seen.lon, seen.radius_nm, seen.key, sheet.row.ref)

        if position:
            why_of_position(self.app, position)
        else:
            self._on_target(lambda sheet: self._said(shown, sheet))

    def _said(self, do: Callable[[TargetSheet], None], sheet: TargetSheet) -> None:
        """What cannot be done once the target was read is said, as for a key."""
        try:
            do(sheet)
        except BadInput as problem:
            self.app.say_problem(problem)

    def action_override(self, position: str = "") -> None:
        """Say by hand what waters a position typed is in; a target's own are said on Targets."""
        from maoc_tui.ui.zone_asking import override_of_position
        from maoc_tui.ui.zone_list import open_form

        if not position:
            raise BadInput("Zones by hand are said of a target or a position.", "Press H on Targets.")
        open_form(self.app, override_of_position(self.app, position), "saved")

    def action_operation_release(self, partner: str = "") -> None:
        """What a partner sees of its target and why; release it, ask for it."""
        from maoc_tui.ui.release_panel import open_panel

        self._on_target(lambda sheet: open_panel(self.app, sheet.row.ref, partner))

    def action_operation_on_chart(self, _: str = "") -> None:
        """Centre the chart on its target, with the interception chosen last."""

        def shown(sheet: TargetSheet) -> None:
            seen = place(sheet)
            self.app.target_shown = sheet.row.ref
            if seen.key:
                self.app.chosen = seen.key
            self.app.show_on_chart(seen.lat, seen.lon)

        self._on_target(lambda sheet: self._said(shown, sheet))

    # -- interceptions -------------------------------------------------------------------------

    def action_operation_matrix(self, _: str = "") -> None:
        """Who reaches its targets, when and where."""
        from maoc_tui.ui.intercept_matrix import MatrixWindow

        self.app.push_screen(MatrixWindow(self.app, self._view().sheet), self._matrix_left)

    def _matrix_left(self, changed: Any) -> None:
        if changed and (view := self.selected()) is not None:
            self.show_saved(view.row.ref)

    def action_operation_options(self, _: str = "") -> None:
        """The ways to intercept that were considered."""
        from maoc_tui.ui.intercept_options import show_options

        show_options(self.app, self._view().row.ref)


def place(sheet: TargetSheet) -> Any:
    """Where a target was last; BadInput when nobody knows."""
    seen = sheet.row.seen
    if seen is None:
        raise BadInput(f"No position of {sheet.row.ref} is known.", "Record a sighting on Targets with o.")
    return seen


def told(made: Any, ref: str) -> str:
    """What was recorded, in a sentence for the bottom bar."""
    if hasattr(made, "warnings"):
        name = f"{ref}: {made.ref}{f' {made.find}' if made.find else ''} recorded."
        return " ".join((name, *(printable(one, 200) for one in made.warnings)))
    if hasattr(made, "said_time"):
        return logged(made)
    if hasattr(made, "row"):
        row = made.row
        return (
            f"{row.ref} {printable(row.name, 40)}: {row.state_title}. Next: {printable(row.next_action, 90)}."
        )
    if hasattr(made, "due_ms"):
        return f"{made.ref} runs now: {printable(made.text, 80)}."
    return f"{ref}: recorded."


def logged(entry: Any) -> str:
    """A log line that is in the record, as the bottom bar says it."""
    from maoc_tui.ui import format as fmt

    kind = entry.kind.lower().replace("_", " ")
    warning = f" ▲ {printable(entry.warning, 200)}" if entry.warning else ""
    return f"{entry.ref} {fmt.minute(entry.at_ms)} {kind}: in the log.{warning}"
