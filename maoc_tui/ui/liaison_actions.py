"""What can be done on the Liaison screen: the keys act on the row under the cursor of the list that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import LIAISON
from maoc_tui.problems import BadInput
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.record_screen import RecordScreen

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import BoardRow, OfficerLine, PartnerLine
    from maoc_tui.ui.grid import Grid
    from maoc_tui.ui.liaison_desk import Liaison


class LiaisonActions(RecordScreen):
    """A screen with four lists: forms to fill in, and a window on what is selected."""

    BINDINGS = bindings(LIAISON)
    PLACES = (LIAISON,)
    known: Liaison | None = None
    """What was read last."""
    partners: Grid
    board: Grid
    officers: Grid
    roster: Grid

    def action_seen_why(self) -> None:
        """Who sees the target selected among the assignments."""
        from maoc_tui.ui.who_sees import show

        show(self.app, self._row().target)

    def action_target_release(self, partner: str = "") -> None:
        """What a partner sees of the target selected and of who is on it; release it."""
        from maoc_tui.ui.release_panel import open_panel

        open_panel(self.app, self._row().target, partner)

    # -- what is selected ----------------------------------------------------------------------

    def _partner(self) -> PartnerLine:
        code = self.partners.cursor_key
        found = [one for one in (self.known.partners if self.known else ()) if one.code == code]
        return _one(found, "No partner is selected.")

    def _row(self) -> BoardRow:
        ref = self.board.cursor_key
        board = self.known.board if self.known else None
        found = [one for one in (board.rows if board else ()) if one.target == ref]
        return _one(found, "No target is selected.")

    def _officer(self) -> OfficerLine:
        ref = self.officers.cursor_key
        found = [one for one in (self.known.officers if self.known else ()) if one.ref == ref]
        return _one(found, "No officer is selected.")

    def _at(self, *lists: Grid) -> bool:
        return any(one.has_focus for one in lists)

    def _open(self, form: Any) -> None:
        self.open_form(form, _told)

    def open_sheet(self) -> None:
        """Everything on the row under the cursor, in a window."""
        from maoc_tui.ui import liaison_sheets as sheets

        now, local = self.app.clock.now_ms(), self.app.local
        if self._at(self.board):
            row = self._row()
            self.app.push_screen(sheets.LongSheet(row.target, sheets.board_lines(row, now, local)))
        elif self._at(self.officers):
            self.app.push_screen(sheets.LongSheet("Officer", sheets.officer_lines(self._officer())))
        elif self._at(self.partners):
            self.app.push_screen(sheets.LongSheet("Partner", sheets.partner_lines(self._partner(), local)))
        else:
            raise BadInput("A duty has no more to show.", "x cancels it, n adds one.")

    # -- commands ------------------------------------------------------------------------------

    def action_liaison_assign(self) -> None:
        """Ask a partner to be something to the target selected; the partner selected is proposed."""
        from maoc_tui.ui import liaison_forms as forms

        row = self._row()
        self._open(forms.offer(self.app.desk, row.target, row))

    def action_liaison_answer(self) -> None:
        """Accept, decline, begin or relieve."""
        from maoc_tui.ui import liaison_forms as forms

        self._open(forms.answer(self.app.desk, self._row()))

    def action_liaison_not_agreed(self) -> None:
        """Record that no lead is agreed on the target selected."""
        from maoc_tui.ui import liaison_forms as forms

        self._open(forms.not_agreed(self.app.desk, self._row()))

    def action_liaison_confirm(self) -> None:
        """Confirm what is reported of the partner selected."""
        from maoc_tui.ui import liaison_forms as forms

        self._open(forms.confirm(self.app.desk, self._partner()))

    def action_liaison_status(self) -> None:
        """Change the status of the partner selected."""
        from maoc_tui.ui import liaison_forms as forms

        self._open(forms.status(self.app.desk, self._partner()))

    def action_liaison_new(self) -> None:
        """Add to the list that has the keys: an officer, a duty, an assignment."""
        from maoc_tui.ui import roster_forms

        if self._at(self.board):
            self.action_liaison_assign()
        elif self._at(self.roster):
            self._open(roster_forms.duty(self.app.desk))
        else:
            at = self._partner().code if self._at(self.partners) else self._officers_partner()
            self._open(roster_forms.officer(self.app.desk, at))

    def _officers_partner(self) -> str:
        return self._officer().officer.partner if len(self.officers.rows) else ""

    def action_liaison_channel(self) -> None:
        """A new way to reach the officer selected."""
        from maoc_tui.ui import roster_forms

        self._open(roster_forms.channel(self.app.desk, self._officer()))

    def action_liaison_verify(self) -> None:
        """A channel of the officer selected was found to work."""
        from maoc_tui.ui import roster_forms

        self._open(roster_forms.verify(self.app.desk, self._officer()))

    def action_liaison_end(self) -> None:
        """End what is selected: a posting, a duty, an assignment."""
        from maoc_tui.ui import liaison_forms as forms
        from maoc_tui.ui import roster_forms

        if self._at(self.roster):
            key = self.roster.cursor_key
            if not isinstance(key, tuple) or key[0] != "duty":
                raise BadInput("That is a hole, not a duty.", "Fill it with n.")
            self._open(roster_forms.cancel_duty(self.app.desk, key[1]))
        elif self._at(self.officers):
            self._open(roster_forms.end_posting(self.app.desk, self._officer()))
        elif self._at(self.board):
            self._open(forms.answer(self.app.desk, self._row()))
        else:
            raise BadInput("A partner is not ended by a key.", "Change its status with e.")


def _one(found: list[Any], what: str) -> Any:
    if not found:
        raise BadInput(what, "Select one in its list; Tab goes from list to list.")
    return found[0]


def _told(made: Any) -> str:
    """What was recorded, in a sentence for the bottom bar."""
    if hasattr(made, "sentences"):
        return " ".join(made.sentences)
    if hasattr(made, "role"):
        who = (
            f"{made.partner} is {made.state.lower()} as {made.role}"
            if made.partner
            else "no lead agreed: recorded"
        )
        return " ".join((f"{made.target}: {who}.", *made.notes))
    name = made.officer.name if hasattr(made, "officer") else made.duty.name
    return f"{name}: saved."
