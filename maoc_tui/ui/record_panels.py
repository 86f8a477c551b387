"""The lists of the record on a dashboard, read together in a worker when something was committed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.problems import Problem
from maoc_tui.ui import liaison_desk
from maoc_tui.ui.dashboards import RECORDS
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keeping_up import LOOK_EVERY_S, KeepsUp
from maoc_tui.ui.record_screen import why
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.ui.arranged import Arranged
    from maoc_tui.ui.live import LiveDesk


class RecordPanels(KeepsUp):
    """The record's panels of one screen, made when a dashboard first wants them."""

    def __init__(self, screen: Arranged) -> None:
        self._screen = screen
        self._grids: dict[str, Grid] = {}
        self._known: dict[str, Any] = {}
        self._wanted: tuple[str, ...] | None = None

    @property
    def app(self) -> Any:
        """Of the screen."""
        return self._screen.app

    async def want(self, panels: Sequence[str]) -> None:
        """Show these of all panels of a dashboard; the others are not ours, or are shown no more."""
        if self._wanted is None:
            self._screen.set_interval(LOOK_EVERY_S, self.read_again)
        wanted = tuple(name for name in panels if name in RECORDS)
        for name in wanted:
            if name not in self._grids:
                await self._screen.panels.add_panel(name, self._made(name))
        self._wanted = wanted
        self.read_again()

    def _made(self, name: str) -> Grid:
        from maoc_tui.ui.record_kinds import KINDS

        grid = Grid(KINDS[name].columns, empty="opening the record …", id=f"panel-{name}")
        self._grids[name] = grid
        return grid

    # -- reading -------------------------------------------------------------------------------

    def looks(self) -> bool:
        """While they are in front and the record is open."""
        return bool(self._wanted) and self._screen.is_current and self.app.moment is not None

    def wish(self) -> tuple[str, ...]:
        """The panels wanted."""
        return self._wanted or ()

    def version(self, desk: LiveDesk) -> Any:
        """Of the record, and of whoever reads it."""
        return liaison_desk.version(desk), desk.viewer

    def ask(self, desk: LiveDesk, wish: tuple[str, ...]) -> dict[str, Any]:
        """Every list wanted; of one that cannot be read, the Problem."""
        from maoc_tui.ui.record_kinds import KINDS

        found: dict[str, Any] = {}
        for name in wish:
            try:
                found[name] = KINDS[name].ask(desk)
            except Problem as problem:
                found[name] = problem
        return found

    def take(self, known: dict[str, Any], anew: bool) -> None:
        """Show the lists."""
        self._known = known
        self.show_now()
        self._screen.show_marking()

    def unread(self, problem: Problem) -> None:
        """In the place of each list."""
        for name in self.wish():
            self._grids[name].say(why(problem))

    # -- what is shown -------------------------------------------------------------------------

    def show_now(self) -> None:
        """Write the lists, ages and terms as of now."""
        if not self._known:
            return
        from maoc_tui.ui.record_kinds import KINDS

        now, local = self._screen.app.clock.now_ms(), self._screen.app.local
        for name in self.wish():
            kind, known = KINDS[name], self._known.get(name)
            if isinstance(known, Problem):
                self._grids[name].say(why(known))
            elif known is not None:
                self._grids[name].say(kind.nothing)
                self._grids[name].show(kind.listed(known, now, local))

    def highest(self) -> str:
        """The strictest handling code of what these lists tell."""
        if not self._known:
            return highest(())
        from maoc_tui.ui.record_kinds import KINDS

        shown = {name: self._known.get(name) for name in self.wish()}
        rows = {name: one for name, one in shown.items() if one is not None and not isinstance(one, Problem)}
        return highest(one for name, known in rows.items() for one in KINDS[name].markings(known))

    def opened(self, grid: Grid) -> None:
        """Bring the screen or the window of a list to the front, the cursor on the same record."""
        from maoc_tui.ui.going import point
        from maoc_tui.ui.record_kinds import KINDS
        from maoc_tui.ui.release_list import open_list

        name = next((name for name, one in self._grids.items() if one is grid), "")
        app, key = self.app, str(grid.cursor_key or "")
        if not name:
            return
        if KINDS[name].screen:
            point(app, KINDS[name].screen, key)
        else:
            open_list(app, key)
