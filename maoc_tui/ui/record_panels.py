"""The lists of the record on a dashboard, read together in a worker when something was committed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.problems import Problem
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.record_screen import AFTER_FAULT_S, LOOK_EVERY_S, REST, why
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.ui.arranged import Arranged
    from maoc_tui.ui.live import LiveDesk


class RecordPanels:
    """The record's panels of one screen, made when a dashboard first wants them."""

    def __init__(self, screen: Arranged) -> None:
        self._screen = screen
        self._grids: dict[str, Grid] = {}
        self._known: dict[str, Any] = {}
        self._wanted: tuple[str, ...] = ()
        self._seen: Any = None
        """The state of the record that was read last, and for which panels."""
        self._reading = False
        self._rest_until = 0.0

    async def want(self, panels: Sequence[str]) -> None:
        """Show these of all panels of a dashboard; the others are not ours, or are shown no more."""
        from maoc_tui.ui.record_kinds import KINDS

        wanted = tuple(name for name in panels if name in KINDS)
        if wanted != self._wanted:
            self._wanted, self._rest_until = wanted, 0.0
        for name in self._wanted:
            if name not in self._grids:
                kind = KINDS[name]
                grid = self._grids[name] = Grid(
                    kind.columns, empty="opening the record …", id=f"panel-{name}"
                )
                await self._screen.panels.add_panel(name, grid)
        self.look()

    def look(self) -> None:
        """Read what is shown when something was committed since; one reading at a time."""
        app = self._screen.app
        resting = time.monotonic() < self._rest_until and self._seen is not None
        if not self._wanted or self._reading or resting or app.moment is None:
            return
        self._reading = True
        desk, seen, wanted = app.desk, self._seen, self._wanted
        app.read(lambda: _read(desk, seen, wanted), self._take, self._failed)

    def _take(self, found: tuple[Any, dict[str, Any], float] | None) -> None:
        self._reading = False
        self._rest_until = time.monotonic() + LOOK_EVERY_S
        if found is None:
            return
        self._seen, self._known, took = found
        if self._seen[2] == self._wanted:
            self._rest_until += took * REST
        else:
            self._rest_until = 0.0  # another dashboard was chosen meanwhile
        self.show_now()
        self._screen.show_marking()

    def _failed(self, problem: Problem) -> None:
        self._reading = False
        self._rest_until = time.monotonic() + AFTER_FAULT_S
        for name in self._wanted:
            self._grids[name].say(why(problem))

    def show_now(self) -> None:
        """Write the lists, ages and terms as of now."""
        from maoc_tui.ui.record_kinds import KINDS

        now, local = self._screen.app.clock.now_ms(), self._screen.app.local
        for name in self._wanted:
            kind, known = KINDS[name], self._known.get(name)
            if isinstance(known, Problem):
                self._grids[name].say(why(known))
            elif known is not None:
                self._grids[name].say(kind.nothing)
                self._grids[name].show(kind.listed(known, now, local))

    def highest(self) -> str:
        """The strictest handling code of what these lists tell."""
        from maoc_tui.ui.record_kinds import KINDS

        shown = {name: self._known.get(name) for name in self._wanted}
        rows = {name: one for name, one in shown.items() if one is not None and not isinstance(one, Problem)}
        return highest(one for name, known in rows.items() for one in KINDS[name].markings(known))

    def opened(self, grid: Grid) -> None:
        """Bring the screen of a list to the front, the cursor on the same record."""
        from maoc_tui.ui.record_kinds import KINDS

        name = next((name for name, one in self._grids.items() if one is grid), "")
        if not name:
            return
        app, key = self._screen.app, str(grid.cursor_key or "")
        app.action_go(KINDS[name].screen)
        if name != "briefs":
            app.call_after_refresh(lambda: app.screen_stack[0].point_to(key))


def _read(desk: LiveDesk, seen: Any, wanted: tuple[str, ...]) -> tuple[Any, dict[str, Any], float] | None:
    """Every list wanted; of one that cannot be read, the Problem. None where nothing was committed since."""
    from maoc_tui.ui import liaison_desk
    from maoc_tui.ui.record_kinds import KINDS

    began = time.monotonic()
    state = (liaison_desk.version(desk), desk.viewer, wanted)
    if state == seen:
        return None
    found: dict[str, Any] = {}
    for name in wanted:
        try:
            found[name] = KINDS[name].ask(desk)
        except Problem as problem:
            found[name] = problem
    return state, found, time.monotonic() - began
