"""The Liaison screen: partners by status, who is on which target, officers, and the roster with its holes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from maoc_tui import resources
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui import liaison_rows as rows
from maoc_tui.ui.columns import Column
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.liaison_actions import LiaisonActions
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from textual import events

    from maoc_tui.ui.liaison_desk import Liaison
    from maoc_tui.ui.status import Status

WIDE = 120
"""Cells from which all four lists stand side by side."""
_LOOK_EVERY_S = 2.0
_AFTER_FAULT_S = 30.0
_REST = 9
"""A reading is followed by so many times its length of rest: a tenth of a core at most."""


class Matrix(Grid):
    """A list whose columns change with the partners that are on a target."""

    def columns(self, columns: Sequence[Column]) -> None:
        """Show these columns from now on."""
        if tuple(columns) != self._painter.columns:
            self._painter.columns = tuple(columns)
            self._painter.resize(self.size.width)
            self._painted = []
            self.refresh()


class LiaisonScreen(LiaisonActions):
    """Partners, assignments, officers, roster."""

    CSS_PATH = str(resources.layout("liaison.tcss"))

    def __init__(self) -> None:
        super().__init__()
        self.board = Matrix(rows.board_columns(None), empty="opening the record …", id="liaison-board")
        self.partners = Grid(rows.PARTNERS, empty="opening the record …", id="liaison-partners")
        self.officers = Grid(rows.OFFICERS, empty="opening the record …", id="liaison-officers")
        self.roster = Grid(rows.ROSTER, empty="opening the record …", id="liaison-roster")
        self._seen: Any = None
        self._reading = self._again = False
        self._rest_until = 0.0

    @property
    def lists(self) -> tuple[Grid, ...]:
        """The four lists, in the order of the tab key."""
        return self.partners, self.board, self.officers, self.roster

    def body(self) -> ComposeResult:
        """The four lists."""
        with Container(id="liaison-body"):
            yield from self.lists

    def on_mount(self) -> None:
        """Read everything, keep looking, start with the partners."""
        self._front(self.partners)
        self.partners.focus()
        self.refresh_lists()
        self.set_interval(_LOOK_EVERY_S, self.refresh_lists)

    def on_resize(self, event: events.Resize) -> None:
        """All four where there is room; otherwise the one with the keys."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a narrow terminal the list with the keys is the one shown."""
        super().on_descendant_focus(event)
        if event.widget in self.lists:
            self._front(event.widget)

    def action_panel_next(self) -> None:
        """Give the keys to the next list; on a narrow terminal it comes to the front."""
        self._turn(1)

    def action_panel_previous(self) -> None:
        """Give the keys to the list before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        at = next((at for at, one in enumerate(self.lists) if one.has_focus), -step)
        chosen = self.lists[(at + step) % len(self.lists)]
        self._front(chosen)
        chosen.focus()

    def _front(self, shown: Any) -> None:
        for one in self.lists:
            one.set_class(one is shown, "-front")

    # -- reading -------------------------------------------------------------------------------

    def refresh_lists(self, force: bool = False) -> None:
        """Read again when something was committed since, and every minute; one read at a time."""
        self._again = self._again or (force and self._reading)
        if self._reading or not self.is_current or (not force and time.monotonic() < self._rest_until):
            return
        self._reading, self._again = True, False
        desk, seen = self.app.desk, self._seen

        def ask() -> Any:
            began, now = time.monotonic(), line.version(desk)
            if now == seen and not force:
                return None
            return now, line.everything(desk), time.monotonic() - began

        self.app.read(ask, self._take, self._failed)

    def _take(self, answer: Any) -> None:
        self._reading = False
        if self._again:
            self.call_later(self.refresh_lists, True)
        if answer is None:
            return
        self._seen, self.known, took = answer
        self._rest_until = time.monotonic() + took * _REST
        board = self.known.board
        self.marked = highest(row.marking for row in board.rows) if board is not None else ""
        self.show_marking()
        self._say_why(self.known)
        self._show()

    def _say_why(self, known: Liaison) -> None:
        self.partners.say(printable(known.refused, 300) or "no partner")
        self.officers.say(printable(known.refused, 300) or "no officer yet: n adds one")
        self.roster.say(printable(known.refused, 300) or "nobody is on the roster: n adds a duty")
        self.board.say(printable(known.refused_board, 300) or "no open target")

    def _failed(self, problem: Problem) -> None:
        self._reading = False
        self._rest_until = time.monotonic() + _AFTER_FAULT_S
        self.show_fault(problem)
        if self.app.fault is None or self.app.fault.message != problem.message:
            self.app.say_problem(problem)

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand."""
        for one in self.lists:
            one.say(printable(problem.message, 300))

    def _show(self) -> None:
        known, now, local = self.known, self.app.clock.now_ms(), self.app.local
        if known is None:
            return
        self.partners.show(rows.partners(known.partners))
        self.board.columns(rows.board_columns(known.board))
        self.board.show(rows.board(known.board, now))
        self.officers.show(rows.officers(known.officers, now))
        self.roster.show(rows.roster(known.roster, now, local))

    def show_status(self, status: Status) -> None:
        """The clock moved on: ages too."""
        super().show_status(status)
        self._show()

    def catch_up(self) -> None:
        """Read again what happened while another screen was in front."""
        if self.is_mounted:
            self.refresh_lists()

    # -- commands ------------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.open_sheet()

    def show_saved(self) -> None:
        """Read again after a commit."""
        self.refresh_lists(force=True)
        self.app.look_now()
