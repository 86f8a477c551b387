"""The Liaison screen: partners by status, who is on which target, officers, and the roster with its holes."""

from __future__ import annotations

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
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.record_screen import why
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from textual import events

    from maoc_tui.ui.liaison_desk import Liaison

WIDE = 120
"""Cells from which all four lists stand side by side."""


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
        self._wanted = ""
        """Partner the cursor goes to as soon as it is listed."""

    @property
    def lists(self) -> tuple[Grid, ...]:
        """The four lists, in the order of the tab key."""
        return self.partners, self.board, self.officers, self.roster

    def body(self) -> ComposeResult:
        """The four lists."""
        with Container(id="liaison-body"):
            yield from self.lists

    def on_mount(self) -> None:
        """Start with the partners."""
        self._front(self.partners)
        self.partners.focus()

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

    # -- what is shown -------------------------------------------------------------------------

    def point_to(self, code: str) -> None:
        """Put the cursor on a partner as soon as it is listed; for other screens that lead here."""
        self._wanted = code
        self._front(self.partners)
        self.partners.focus()
        self.read_again(force=True)

    def ask(self, desk: LiveDesk, wish: None) -> Liaison:
        """Partners, assignments, officers and roster as the viewer may see them."""
        return line.everything(desk)

    def take(self, known: Liaison, anew: bool) -> None:
        """Show all four lists."""
        self.known = known
        if self._wanted:
            self.call_after_refresh(self.partners.select, self._wanted)
            self._wanted = ""
        self.marked = highest(row.marking for row in known.board.rows) if known.board is not None else ""
        self.show_marking()
        self._say_why(known)
        self.show_now()

    def _say_why(self, known: Liaison) -> None:
        self.partners.say(printable(known.refused, 300) or "no partner")
        self.officers.say(printable(known.refused, 300) or "no officer yet: n adds one")
        self.roster.say(printable(known.refused, 300) or "nobody is on the roster: n adds a duty")
        self.board.say(printable(known.refused_board, 300) or "no open target")

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand."""
        for one in self.lists:
            one.say(why(problem))

    def show_now(self) -> None:
        """Write all four lists, ages as of now."""
        known, now, local = self.known, self.app.clock.now_ms(), self.app.local
        if known is None:
            return
        self.partners.show(rows.partners(known.partners))
        self.board.columns(rows.board_columns(known.board))
        self.board.show(rows.board(known.board, now))
        self.officers.show(rows.officers(known.officers, now))
        self.roster.show(rows.roster(known.roster, now, local))

    # -- commands ------------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.open_sheet()
