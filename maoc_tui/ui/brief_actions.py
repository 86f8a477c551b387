"""What can be done on the Briefs screen: the keys act on the version, the line and the recipient selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import BRIEFS
from maoc_tui.problems import BadInput
from maoc_tui.ui import brief_forms as forms
from maoc_tui.ui import brief_rows as rows
from maoc_tui.ui import briefs_desk as line
from maoc_tui.ui.going import not_listed, open_record
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.record_screen import RecordScreen

if TYPE_CHECKING:
    from maoc_tui.desk.brief_grid import GridLine
    from maoc_tui.desk.briefing import Summary
    from maoc_tui.ui.briefs_desk import Briefs, Copy


class BriefActions(RecordScreen):
    """A screen of versions and of one grid."""

    BINDINGS = bindings(BRIEFS)
    PLACES = (BRIEFS,)
    known: Briefs | None

    def line_here(self) -> GridLine | None:
        """The line under the cursor."""
        raise NotImplementedError

    @property
    def code(self) -> str:
        """The recipient selected."""
        raise NotImplementedError

    @property
    def of(self) -> str:
        """The version whose grid stands there."""
        raise NotImplementedError

    def version_here(self) -> Summary | None:
        """The version under the cursor."""
        raise NotImplementedError

    def point_at(self, code: str) -> None:
        """Select what is held back from a recipient."""
        raise NotImplementedError

    # -- reading -------------------------------------------------------------------------------

    def action_brief_read(self, _: str = "") -> None:
        """Read the copy of the recipient selected."""
        desk, of, code = self.app.desk, self.of, self.code
        self.app.say(f"compiling the copy for {code} …" if not of else f"opening the copy for {code} …")
        self.app.read(lambda: line.read(desk, of, code), self._open_copy)

    def _open_copy(self, copy: Copy) -> None:
        from maoc_tui.ui.brief_windows import CopyWindow

        self.app.say("")
        self.app.push_screen(CopyWindow(copy))

    def action_brief_why(self, _: str = "") -> None:
        """Why the line is in or out of the copy selected."""
        from maoc_tui.ui.liaison_sheets import LongSheet

        about, code = self._line(), self.code
        lines = rows.why_lines(about, code, self._at(code))
        self.app.push_screen(LongSheet(f"{code} and {about.ref}", lines))

    def action_brief_check(self, _: str = "") -> None:
        """What is missing, stale, ungraded or held back."""
        desk, codes = self.app.desk, self.known.grid.recipients if self.known and self.known.grid else ()
        self.app.say("checking …")
        self.app.read(lambda: line.check(desk, codes), self._open_check)

    def _open_check(self, found: Any) -> None:
        from maoc_tui.ui.brief_windows import CheckWindow

        self.app.say("")
        self.app.push_screen(CheckWindow(found), self._go_to_finding)

    def _go_to_finding(self, finding: Any) -> None:
        if finding is None:
            return
        if finding.kind == "unreleased":
            self.point_at(finding.ref)
        else:
            handed = finding.ref.startswith("W-")
            ref = finding.ref if handed else finding.look.split()[-1]
            if "-" not in ref:
                self.app.say_problem(BadInput(f"{finding.ref}: {finding.text}.", f"See: {finding.look}"))
            else:
                self._go_to(ref)

    def action_brief_item(self, _: str = "") -> None:
        """Go to what the line is about."""
        about = self._line()
        self._go_to(about.sources[0] if about.sources else about.ref)

    def point_to(self, name: str) -> None:
        """Put the cursor on a version as soon as it is listed; for other screens that lead here."""
        self._wanted: str | None = name
        self.read_again(force=True)

    def arrive(self, versions: Grid) -> None:
        """Put the cursor where another screen leads, once that is listed; say so where it is not."""
        wanted = self._wanted
        if wanted is None or (not versions.select(wanted) and self._again):
            return
        if versions.cursor_key != wanted:
            self.app.say_problem(not_listed(wanted))
        self._wanted = None

    def _go_to(self, ref: str) -> None:
        open_record(self.app, "", ref)

    # -- changing ------------------------------------------------------------------------------

    def action_brief_ask(self, _: str = "") -> None:
        """Ask the originators of what keeps the line out of the copy selected."""
        about, code = self._line(), self.code
        cell = about.cells[self._at(code)]
        if cell.mark not in ("ask", "in part"):
            raise BadInput(f"Nobody is to be asked: {cell.why}.", "w tells all of it.")
        desk, of = self.app.desk, self.of
        self.app.read(
            lambda: line.asked_about(desk, of, about.key, code),
            lambda stops: self.open_form(
                forms.ask(desk, of, about, code, stops),
                lambda made: f"Asked: {', '.join(f'{one.ref} {one.originator}' for one in made)}.",
            ),
        )

    def action_brief_release(self, _: str = "") -> None:
        """What the recipient selected sees of what the line is about; release it."""
        from maoc_tui.ui.release_panel import open_panel

        about = self._line()
        subjects = [ref for ref in about.sources if ref.startswith(("T-", "OP-", "SZ-", "AS-"))]
        if not subjects:
            raise BadInput(
                f"{about.ref} rests on nothing that is released.",
                "Release lines of targets, operations, seizures.",
            )
        open_panel(self.app, subjects[0].partition("/")[0], self.code)

    def action_brief_draft(self, _: str = "") -> None:
        """Compile and keep a copy for every recipient."""
        codes = self.known.grid.recipients if self.known and self.known.grid and not self.of else ()
        self.open_form(
            forms.draft(self.app.desk, codes),
            lambda name: f"{name} waits for a second officer: v reads, a approves.",
        )

    def action_brief_approve(self, _: str = "") -> None:
        """Approve the version selected as the second person."""
        one = self._version("waits for approval", "waits for approval")
        self.open_form(
            forms.approve(self.app.desk, one), lambda name: f"{name} is approved: x writes it into a folder."
        )

    def action_brief_issue(self, _: str = "") -> None:
        """Write the approved version into a folder."""
        form = forms.issue(self.app.desk, self._approved(), self.app.settings.export_folder)

        def done(made: Any) -> None:
            if made is not None:
                from maoc_tui.ui.dialogs import Sheet

                self.show_saved(None)
                self.app.push_screen(Sheet(f"{made.name}: written", rows.issued_lines(made)))

        self.app.push_screen(form, done)

    def action_brief_recall(self, _: str = "") -> None:
        """Recall the line selected of an approved version."""
        one, about = self._approved(), self._line()
        if one.name != self.of:
            raise BadInput(f"{one.name} is still being read.", "Press the key again.")

        def done(made: Any) -> None:
            if made is not None:
                from maoc_tui.ui.dialogs import Sheet

                self.show_saved(None)
                ref, held = made
                self.app.push_screen(Sheet("Who holds it", rows.held_lines(one.name, ref, held)))

        self.app.push_screen(forms.recall(self.app.desk, one, about), done)

    # -- what is selected ----------------------------------------------------------------------

    def _line(self) -> GridLine:
        about = self.line_here()
        if about is None:
            raise BadInput("No line is selected.", "Enter goes to the lines, j and k choose one.")
        return about

    def _at(self, code: str) -> int:
        assert self.known is not None
        assert self.known.grid is not None
        return self.known.grid.recipients.index(code)

    def _approved(self) -> Summary:
        return self._version("approved", "approved", "issued")

    def _version(self, what: str, *states: str) -> Summary:
        one = self.version_here()
        if one is None:
            raise BadInput("No brief is selected.", "n drafts one; choose it above with j and k.")
        if one.state not in states:
            raise BadInput(f"{one.name} is {one.state}, not one that is {what}.", "Choose another above.")
        return one
