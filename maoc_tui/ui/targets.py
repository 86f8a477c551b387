"""The Targets screen: the list, and everything on the one selected under its identity banner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui import resources
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import targets_desk as line
from maoc_tui.ui import targets_sheet
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.prompt import Prompt
from maoc_tui.ui.status import highest
from maoc_tui.ui.targets_actions import TargetActions
from maoc_tui.ui.targets_rows import COLUMNS, TargetRows

if TYPE_CHECKING:
    from maoc_tui.desk.targets import Saved, TargetRow, TargetSheet


class TargetsScreen(TargetActions):
    """Targets with identity, links and sightings."""

    CSS_PATH = str(resources.layout("targets.tcss"))
    WIDE = 110
    UNCHOSEN = "No target selected."
    NEEDED = ("No target is selected.", "Select one in the list, or make one with n.")

    def __init__(self) -> None:
        super().__init__(COLUMNS, id="targets", one="target", waits=True)
        self.query_text = ""
        self._away = True
        """Another screen was in front since."""
        self._wrong = False
        """The filter typed cannot be understood."""
        self._before = ""
        """The filter that was in force when another one was begun."""

    def on_mount(self) -> None:
        """Start on the target of the contact selected on the watch."""
        self._follow()

    # -- what is shown -------------------------------------------------------------------------

    def wish(self) -> str:
        """The filter."""
        return self.query_text

    def version(self, desk: LiveDesk) -> Any:
        """Differs when something was committed since, or other zones are in force."""
        return line.version(desk)

    def ask(self, desk: LiveDesk, wish: str) -> tuple[TargetRow, ...]:
        """The targets that match a filter."""
        return line.rows(desk, wish)

    def ask_sheet(self, desk: LiveDesk, ref: str) -> TargetSheet:
        """Everything on one target."""
        return line.sheet(desk, ref)

    def listed(self, now_ms: int) -> Rows:
        """The list."""
        return TargetRows(self.known, now_ms)

    def nothing(self) -> str:
        """No target at all, or none that the filter finds."""
        return "no target matches" if self.query_text else "no target yet: n makes one"

    def banner_of(self, sheet: TargetSheet, now_ms: int, local: bool) -> Sequence[Line]:
        """Which boat or aircraft that is."""
        return targets_sheet.banner(sheet, now_ms, local)

    def lines_of(self, sheet: TargetSheet, now_ms: int, local: bool) -> Sequence[Line]:
        """Everything on one target."""
        return targets_sheet.sheet_lines(sheet, now_ms, local)

    def marking_of(self, row: TargetRow) -> object:
        """The handling of a line of the list."""
        return row.marking.highest.name

    def marking_shown(self, sheet: TargetSheet) -> Any:
        """Of everything on the sheet combined."""
        return sheet.marking

    def highest_marking(self) -> str:
        """Of the list, and of every line of the target selected."""
        return highest([self.marked, *([str(self.shown.marking)] if self.shown is not None else [])])

    def take(self, known: tuple[TargetRow, ...], anew: bool) -> None:
        """Show the targets; a filter being typed is told how many it finds."""
        self._wrong = False
        super().take(known, anew)
        for prompt in self.prompts():
            prompt.note(f"{len(known)} match")

    def take_sheet(self, sheet: TargetSheet, keep_place: bool) -> None:
        """Show a target; its statements may be marked more strictly than its line."""
        super().take_sheet(sheet, keep_place)
        self.show_marking()

    def give_room(self) -> None:
        """On a narrow terminal the panel with the keys is the one shown."""
        self.set_class(self.sheet.has_focus, "-sheet")

    # -- coming from another screen ------------------------------------------------------------

    def catch_up(self) -> None:
        """Follow what was selected meanwhile, and read again what happened."""
        if self.is_mounted:
            self._follow()
        super().catch_up()

    def on_screen_suspend(self) -> None:
        """A form in front is still this screen; another one is not."""
        self._away = self.app.current_mode != "targets"

    def _follow(self) -> None:
        """Coming from another screen: the cursor goes to the target of the contact selected there."""
        moment, chosen = self.app.moment, self.app.chosen
        if not self._away or moment is None:
            return
        self._away = False
        row = moment.picture.row(chosen) if chosen else -1
        if row >= 0 and (ref := str(moment.picture.target[row])) and not self.list.select(ref):
            self._wanted = ref

    def point_to(self, ref: str) -> None:
        """Put the cursor on a target, whatever the filter was."""
        self.query_text = ""
        self.key_bar.show_filter("")
        super().point_to(ref)

    def ref_saved(self, made: Saved) -> str:
        """The target that was saved."""
        return made.ref

    # -- filter --------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Back to the list; there, clear the filter; then to the screen before."""
        if self.list.has_focus and self.query_text:
            self._filter("")
        else:
            super().action_back()

    def show_only(self, query: str) -> None:
        """Take a filter over from a saved view."""
        self._filter(query)

    def action_target_filter(self, query: str = "") -> None:
        """Open the filter line, or take a filter typed after the colon."""
        if query:
            self._filter(query)
        else:
            self._before = self.query_text
            self.ask_line("filter", "/", self.query_text, "flag:VE status:tracked type:sail, or words")

    def _filter(self, query: str) -> None:
        self.query_text = query.strip()
        self.key_bar.show_filter(self.query_text)
        self.read_again(force=True)

    def amiss(self, problem: Problem) -> bool:
        """A filter that cannot be understood is said in its line; without a line the one before is in force."""
        if not isinstance(problem, BadInput):
            return False
        prompts = self.prompts()
        if prompts:
            self._wrong = True
            prompts[0].note(f"{problem.message} {problem.way_out}".strip(), bad=True)
        else:
            self._filter(self._seen.wish if self._seen is not None else "")
        return bool(prompts)

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Filter while typing."""
        if event.purpose == "filter":
            self._filter(event.text)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Keep the filter; a wrong one stays open with its error."""
        if event.purpose == "filter" and not self._wrong:
            self.close_line()

    def on_prompt_left(self, event: Prompt.Left) -> None:
        """Go back to the filter that was in force."""
        if event.purpose == "filter":
            self._filter(self._before)
