"""The Targets screen: the list, and everything on the one selected under its identity banner."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from maoc_tui import resources
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import targets_desk as line
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.prompt import Prompt
from maoc_tui.ui.status import highest
from maoc_tui.ui.targets_actions import TargetActions
from maoc_tui.ui.targets_rows import COLUMNS, TargetRows
from maoc_tui.ui.targets_sheet import banner, nothing_chosen, sheet_lines

if TYPE_CHECKING:
    from textual import events

    from maoc_tui.desk.targets import Saved, TargetRow, TargetSheet
    from maoc_tui.ui.status import Status

WIDE = 110
"""Cells from which list and sheet stand side by side."""
_LOOK_EVERY_S = 2.0
_SHEET_AFTER_S = 0.12
_AFTER_FAULT_S = 30.0
_REST = 9
"""A reading of the list is followed by so many times its length of rest: a tenth of a core at most."""


class TargetsScreen(TargetActions):
    """Targets with identity, links and sightings."""

    CSS_PATH = str(resources.layout("targets.tcss"))

    def __init__(self) -> None:
        super().__init__()
        self.list = Grid(COLUMNS, empty="opening the record …", waits=True, id="targets")
        self.banner = Banner(id="target-banner")
        self.sheet = Lines(id="target-sheet")
        self.query_text = ""
        self._rows: tuple[TargetRow, ...] = ()
        self._marked = ""
        self._shown: TargetSheet | None = None
        self._seen: tuple[Any, str] = (None, "")
        self._reading = self._again = False
        self._rest_until = 0.0
        self._wanted = ""
        """Reference the cursor goes to as soon as the list has it."""
        self._away = True
        """Another screen was in front since."""
        self._wrong = False
        self._before = ""
        self._timer: Any = None

    def body(self) -> ComposeResult:
        """List and sheet."""
        with Horizontal(id="targets-body"):
            yield self.list
            with Vertical(id="target-panel"):
                yield self.banner
                yield self.sheet

    def on_mount(self) -> None:
        """Read the list, keep looking, start in it."""
        self.sheet.show(nothing_chosen())
        self.list.focus()
        self._follow()
        self.refresh_list()
        self.set_interval(_LOOK_EVERY_S, self.refresh_list)

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where there is room; otherwise one at a time."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a narrow terminal the panel with the keys is the one shown."""
        self.set_class(event.widget is self.sheet, "-sheet")

    # -- reading -------------------------------------------------------------------------------

    def refresh_list(self, force: bool = False) -> None:
        """Read the list again when something was committed since; one read at a time."""
        self._again = self._again or (force and self._reading)
        if self._reading or not self.is_current or (not force and time.monotonic() < self._rest_until):
            return
        self._reading, self._again = True, False
        desk, query, seen = self.app.desk, self.query_text, self._seen

        def ask() -> Any:
            began, now = time.monotonic(), (line.version(desk), query)
            if now == seen and not force:
                return None
            return now, line.rows(desk, query), time.monotonic() - began

        self.app.read(ask, self._take_list, self._list_failed)

    def _take_list(self, answer: Any) -> None:
        self._reading = False
        if self._again:
            self.call_later(self.refresh_list, True)
        if answer is None:
            return
        self._wrong = False
        anew = answer[0][1] != self._seen[1]
        self._seen, self._rows, took = answer
        self._marked = max((row.marking.highest.name for row in self._rows), default="")
        self._rest_until = time.monotonic() + took * _REST
        self.list.say("no target matches" if self.query_text else "no target yet: n makes one")
        self._show_rows(anew)
        if self._wanted and (self.list.select(self._wanted) or not self._again):
            self._wanted = ""
        for prompt in self.query(Prompt):
            prompt.note(f"{len(self._rows)} match")
        self._read_sheet()

    def _list_failed(self, problem: Problem) -> None:
        self._reading = False
        if self._again:
            self.call_later(self.refresh_list, True)
        wrong = isinstance(problem, BadInput)
        if wrong and (prompts := self.query(Prompt)):
            self._wrong = True
            prompts.first().note(f"{problem.message} {problem.way_out}".strip(), bad=True)
            return
        if wrong:
            self._filter(self._seen[1])
        self._rest_until = time.monotonic() + _AFTER_FAULT_S
        self.show_fault(problem)
        if self.app.fault is None or self.app.fault.message != problem.message:
            self.app.say_problem(problem)

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand, unless something stands there already."""
        why = printable(problem.message, 300)
        self.list.say(why)
        if self._shown is None:
            self.sheet.show([((why, "bad"),)])

    def highest_marking(self) -> str:
        """Of the list, and of every line of the target selected."""
        shown = [str(self._shown.marking)] if self._shown is not None else []
        return highest([self._marked, *shown])

    def _show_rows(self, anew: bool = False) -> None:
        self.list.show(TargetRows(self._rows, self.app.clock.now_ms()), anew=anew)

    @on(Grid.Moved, "#targets")
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SHEET_AFTER_S, self._read_sheet)

    def _read_sheet(self) -> None:
        ref = self.list.cursor_key
        if isinstance(ref, str):
            desk = self.app.desk
            self.app.read(lambda: line.sheet(desk, ref), self._take_sheet)
        else:
            self._shown = None
            self._show_sheet()

    def _take_sheet(self, sheet: TargetSheet) -> None:
        if sheet.row.ref == self.list.cursor_key:
            same = self._shown is not None and self._shown.row.ref == sheet.row.ref
            self._shown = sheet
            self._show_sheet(keep_place=same)
            self.show_marking()

    def _show_sheet(self, keep_place: bool = True) -> None:
        if self._shown is None:
            self.banner.show(())
            self.sheet.show(nothing_chosen())
            return
        local = self.app.local
        self.banner.show(banner(self._shown, self.app.clock.now_ms(), local))
        self.sheet.show(sheet_lines(self._shown, self.app.clock.now_ms(), local), keep_place=keep_place)

    def show_status(self, status: Status) -> None:
        """The clock moved on: ages too."""
        super().show_status(status)
        self._show_rows()
        self._show_sheet()

    def catch_up(self) -> None:
        """Read again what happened while another screen was in front."""
        if self.is_mounted:
            self._follow()
            self.refresh_list()

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

    # -- commands ------------------------------------------------------------------------------

    @on(Grid.Opened, "#targets")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.sheet.focus()

    def action_back(self) -> None:
        """Back to the list; there, clear the filter; then to the screen before."""
        if not self.list.has_focus:
            self.list.focus()
        elif self.query_text:
            self._filter("")
        else:
            super().action_back()

    def selected(self) -> TargetSheet | None:
        """The sheet of the target under the cursor, once it has been read."""
        same = self._shown is not None and self._shown.row.ref == self.list.cursor_key
        return self._shown if same else None

    def being_read(self) -> str:
        """The target under the cursor while its sheet is on its way."""
        ref = self.list.cursor_key
        return ref if isinstance(ref, str) and self.selected() is None else ""

    def show_saved(self, saved: Saved) -> None:
        """Read again after a commit; the cursor goes to what was saved."""
        self._wanted = saved.ref
        self.refresh_list(force=True)
        self.app.look_now()

    # -- filter --------------------------------------------------------------------------------

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
        self.refresh_list(force=True)

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
