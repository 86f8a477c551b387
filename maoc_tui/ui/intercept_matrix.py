"""The intercept matrix in a window: who reaches which target, when, and what stands against it; what if."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import DIALOG, MATRIX
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import intercept_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.intercept_acts import MatrixActs
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.liaison import Matrix as Columns
from maoc_tui.ui.operation_forms import identity

if TYPE_CHECKING:
    from textual import events

    from maoc_tui.desk.intercept_snapshots import Cell, Matrix
    from maoc_tui.desk.operation_snapshots import OperationSheet
    from maoc_tui.ui.actions import Actions
    from maoc_tui.ui.grid import Grid

_FOOT = "Enter all · c choose · a ask · []{}s what if · L law · l log · m chart · Esc"


class MatrixWindow(MatrixActs):
    """Assets against the targets of one operation, reckoned anew whenever something is committed."""

    BINDINGS = bindings(DIALOG, MATRIX)

    def __init__(self, app: Actions, about: OperationSheet) -> None:
        super().__init__(f"{about.row.ref} {printable(about.row.name, 40)}: who can reach it", (), _FOOT)
        self._app, self._about = app, about
        self.list = Columns(rows.columns(None, 0), empty="reckoning …", id="window-list")
        self.known: Matrix | None = None
        self._column = 0
        self._speed = self._course = 0
        self._pace, self._track, self._sea = "max", "rhumb", ""
        self._asked = 0
        self._seen: Any = None

    def on_mount(self) -> None:
        """Reckon at once, and again on each new fix."""
        self.set_interval(5.0, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room everything that stands against a cell is shown."""
        self.set_class(event.size.height >= 36, "-wide")

    # -- reckoning -----------------------------------------------------------------------------

    @property
    def assumed(self) -> dict[str, Any]:
        """What is assumed, as the desk takes it."""
        return {
            "target_speed": f"{self._speed:+d}" if self._speed else "",
            "target_course": f"{self._course:+d}" if self._course else "",
            "sea": self._sea,
            "pace": self._pace,
            "track": self._track,
        }

    def show_rows(self) -> None:
        """Reckon; an answer to an older question is not shown."""
        self._asked += 1
        asked, desk, given, ref = self._asked, self._app.desk, self.assumed, self._about.row.ref

        def reckon() -> Any:
            return line.version(desk), line.act(desk, "intercepts.matrix", operation=ref, **given)

        self._app.read(reckon, lambda answer: self._take(asked, answer), self.failed)

    def _look(self) -> None:
        """Reckon anew when something was committed since, and every minute."""
        desk, seen = self._app.desk, self._seen

        def again(now: Any) -> None:
            if self.is_mounted and now != seen:
                self.show_rows()

        if self._app.screen is self:
            self._app.read(lambda: line.version(desk), again, lambda _: None)

    def _take(self, asked: int, answer: Any) -> None:
        if asked != self._asked or not self.is_mounted:
            return
        self._seen, self.known = answer
        assert self.known is not None
        self._column = min(self._column, max(len(self.known.targets) - 1, 0))
        self.head([*identity(self._about), *rows.head(self.known, self._sea, self._app.local)])
        self.list.say("no asset has a place: 6 lists them")
        self._show()

    def _show(self) -> None:
        if self.known is None or not self.known.targets:
            return
        self.list.columns(rows.columns(self.known, self._column))  # type: ignore[attr-defined]
        self.list.show(rows.listed(self.known, self._column))
        self._say_cell()

    def _say_cell(self) -> None:
        found = self._cell()
        names = self._names(found) if found is not None else ("", "")
        note = self.query_one("#window-note")
        note.set_class(True, "-said")
        note.show(rows.said(found, *names, self._app.local))  # type: ignore[attr-defined]

    def _cell(self) -> Cell | None:
        if self.known is None or not self.known.targets or not isinstance(self.list.cursor_key, str):
            return None
        return self.known.cell(self.list.cursor_key, self.known.targets[self._column].ref)

    def _names(self, cell: Cell) -> tuple[str, str]:
        assert self.known is not None
        asset = next(one for one in self.known.assets if one.ref == cell.asset)
        target = next(one for one in self.known.targets if one.ref == cell.target)
        return f"{asset.ref} {asset.name}", f"{target.ref} {target.title}"

    def _here(self) -> Cell:
        cell = self._cell()
        if cell is None:
            raise BadInput("Nothing is reckoned yet.", "Wait a moment, or close with Esc.")
        return cell

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Another asset: say its cell in full."""
        event.stop()
        self._say_cell()

    # -- keys ----------------------------------------------------------------------------------

    def action_column(self, step: int | str) -> None:
        """The next target's column, or the one before."""
        if self.known is not None and self.known.targets:
            self._column = (self._column + int(step)) % len(self.known.targets)
            self._show()

    def action_what_if(self, speed: int, course: int) -> None:
        """What if the target went faster or slower, or steered another course?"""
        self._speed = max(min(self._speed + speed, 60), -60)
        self._course = (self._course + course + 180) % 360 - 180
        self.show_rows()

    def action_matrix_reported(self) -> None:
        """Course and speed as reported."""
        self._speed = self._course = 0
        self.show_rows()

    def action_matrix_pace(self) -> None:
        """Assets at cruising speed, or as fast as they can."""
        self._pace = "cruise" if self._pace == "max" else "max"
        self.show_rows()

    def action_matrix_track(self) -> None:
        """Targets on a constant course, or the shortest way."""
        self._track = "geodesic" if self._track == "rhumb" else "rhumb"
        self.show_rows()

    def action_close(self) -> None:
        """Close it; says whether something was recorded."""
        self.dismiss(self._changed)
