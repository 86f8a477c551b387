"""What can be done to the operation selected on the Operations screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maoc_tui.commands import OPERATIONS
from maoc_tui.problems import BadInput
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.operation_targets import OnItsTargets
from maoc_tui.ui.operation_told import told


class OperationActions(OnItsTargets):
    """A screen with an operation selected: its forms, its log, what a boarding brings, interceptions."""

    BINDINGS = bindings(OPERATIONS)
    PLACES = (OPERATIONS,)

    def _record(self, form: Any, said: Callable[[Any], str] | None = None) -> None:
        """Open a form; what it recorded is said in a sentence."""
        view = self.selected()
        ref = view.row.ref if view is not None else ""
        self.open_form(form, said or (lambda made: told(made, ref)))

    # -- the operation -------------------------------------------------------------------------

    def action_operation_new(self, _: str = "") -> None:
        """Nominate an operation; the target put on the chart last, or of the contact selected, is proposed."""
        from maoc_tui.ui import operation_forms as forms
        from maoc_tui.ui.reaching import selected_target

        ref = selected_target(self.app)
        self._record(
            forms.opened(self.app.desk, ref), lambda made: f"{made.row.ref} {made.row.name} is nominated."
        )

    def _form(self, name: str) -> None:
        from maoc_tui.ui import operation_forms as forms

        self._record(getattr(forms, name)(self.app.desk, self.the_selected().sheet))

    def _decision(self, name: str) -> None:
        from maoc_tui.ui import decision_forms as forms

        self._record(getattr(forms, name)(self.app.desk, self.the_selected().sheet))

    def action_operation_step(self, _: str = "") -> None:
        """Take a step; what is missing and who fills it stands in the form."""
        self._form("StepForm")

    def action_operation_check_in(self, _: str = "") -> None:
        """Set a team's check-in, hear ops normal, end it."""
        self._form("check_in")

    def action_operation_decide(self, _: str = "") -> None:
        """Record a national decision."""
        self._decision("decided")

    def action_operation_go(self, _: str = "") -> None:
        """Say go or no-go."""
        self._decision("go")

    def action_operation_states(self, _: str = "") -> None:
        """Say which State is which of the six."""
        self._form("state")

    def action_operation_basis(self, _: str = "") -> None:
        """Record the legal basis of the boarding."""
        self._decision("basis")

    def action_operation_target(self, _: str = "") -> None:
        """Add a target, or drop one."""
        self._form("target")

    def action_operation_noted(self, _: str = "") -> None:
        """Take note of the conditions of the consents in force."""
        view = self.the_selected()
        if not view.sheet.conditions:
            raise BadInput(
                f"No consent in force has a condition for {view.row.ref}.", "7 lists the requests."
            )
        self._decision("noted")

    def action_operation_force(self, _: str = "") -> None:
        """Report a use of force."""
        self._decision("force")

    def action_operation_ask(self, _: str = "") -> None:
        """Ask a State for an asset."""
        from maoc_tui.ui import asset_forms

        view = self.the_selected()
        targets = [one.ref for one in view.sheet.targets]
        target = targets[0] if len(targets) == 1 else ""
        self._record(asset_forms.asked(self.app.desk, "", view.row.ref, target, view.sheet), asset_forms.told)

    # -- its log -------------------------------------------------------------------------------

    def _log_form(self, name: str) -> None:
        from maoc_tui.ui import log_forms as forms

        self._record(getattr(forms, name)(self.app.desk, self.the_selected().sheet))

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

        self._record(getattr(forms, name)(self.app.desk, self.the_selected(), **given))

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

    # -- interceptions -------------------------------------------------------------------------

    def action_operation_matrix(self, _: str = "") -> None:
        """Who reaches its targets, when and where."""
        from maoc_tui.ui.intercept_matrix import MatrixWindow

        self.app.push_screen(MatrixWindow(self.app, self.the_selected().sheet), self._matrix_left)

    def _matrix_left(self, changed: Any) -> None:
        if changed and (view := self.selected()) is not None:
            self.show_saved(view)

    def action_operation_options(self, _: str = "") -> None:
        """The ways to intercept that were considered."""
        from maoc_tui.ui.intercept_options import show_options

        show_options(self.app, self.the_selected().row.ref)
