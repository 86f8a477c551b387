"""The Briefs screen: every version, and for one of them lines by recipients, each cell with its reason."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from maoc_tui import resources
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import brief_rows as rows
from maoc_tui.ui import briefs_desk as line
from maoc_tui.ui.asking import Answered
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.brief_actions import BriefActions
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.liaison import Matrix
from maoc_tui.ui.record_screen import why
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from maoc_tui.desk.brief_grid import GridLine
    from maoc_tui.desk.briefing import Summary
    from maoc_tui.ui.briefs_desk import Briefs
    from maoc_tui.ui.live import LiveDesk

READ_AFTER_S = 0.12
"""The cursor rests so long on a version before its grid is read."""
REST, LEAST_REST_S = 40, 10.0
"""A reading compiles a copy for each recipient: it is followed by so many times its length of rest, and so much at
least. What is done on this screen is read at once."""
_MOST_VERSIONS = 8


class BriefsScreen(BriefActions):
    """Versions above, lines by recipients below."""

    CSS_PATH = str(resources.layout("briefs.tcss"))

    HURRIES_FOR = ("brief", "manifest")
    """Versions that come and go; the record as it is now takes long to compile, and rests in between."""

    def __init__(self) -> None:
        super().__init__()
        self.versions = Grid(rows.VERSIONS, empty="opening the record …", id="briefs")
        self.banner = Banner(id="brief-banner")
        self.grid = Matrix(rows.columns(None, 0, range(0)), empty="opening the record …", id="brief-grid")
        self.note = Banner(id="brief-note")
        self.known: Briefs | None = None
        self._of = rows.NOW
        self._column = 1
        """The recipient selected; at first whoever comes after the viewer's own partner."""
        self._wanted: str | None = None
        """The version the cursor goes to as soon as the list has it."""
        self._timer: Any = None

    def body(self) -> ComposeResult:
        """Versions, head, lines by recipients, the cell in full."""
        with Vertical(id="briefs-body"):
            yield self.versions
            yield self.banner
            yield self.grid
            yield self.note

    def on_mount(self) -> None:
        """Start in the versions."""
        self.versions.focus()
        self._give_room()

    def on_resize(self, event: events.Resize) -> None:
        """As many recipients as fit."""
        self.set_class(event.size.height >= 36, "-tall")
        self.call_after_refresh(self._show_grid)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The versions give their room to the lines while those have the keys."""
        self._give_room()

    def _give_room(self) -> None:
        count = len(self.known.versions) + 2 if self.known is not None else 2
        most = _MOST_VERSIONS if self.versions.has_focus or self.has_class("-tall") else 2
        self.versions.styles.height = min(count, most)

    # -- reading -------------------------------------------------------------------------------

    def wish(self) -> str:
        """The version whose grid is shown; "" for the record as it is now."""
        return self._of

    def ask(self, desk: LiveDesk, wish: str) -> Briefs:
        """Versions and grid, saying how far it is."""
        app, asked = self._app_of, self

        def said(text: str) -> None:
            app.post_message(Answered(asked.show_progress, text))

        return line.briefs(desk, wish, said)

    def _take(self, reading: Any) -> None:
        began = time.monotonic()
        super()._take(reading)
        if reading is not None:
            self._rest_until = began + max(reading.took_s * REST, LEAST_REST_S)

    def show_progress(self, text: str) -> None:
        """How far compiling is, where nothing stands yet."""
        if self.is_mounted and (self.known is None or self.known.of != self._of):
            self.banner.show([((f"{text} …", "dim"),)])

    def take(self, known: Briefs, anew: bool) -> None:
        """Show versions and grid."""
        if known.of != self._of and self._of not in [one.name for one in known.versions]:
            self._of = known.of
        self.known = known
        found = known.grid
        self.marked = highest(one.marking for one in found.lines) if found is not None else ""
        self.show_marking()
        self.versions.show(rows.versions(known.versions))
        self.arrive(self.versions)
        self._give_room()
        self.grid.say(known.refused or "there is no line in your own copy")
        self._show_grid()

    def _show_grid(self) -> None:
        found = self.known.grid if self.known is not None else None
        if self.known is None or not self.is_mounted:
            return
        self._column = min(self._column, len(found.recipients) - 1) if found is not None else 0
        shown = rows.window(found, self._column, self.grid.size.width)
        self.grid.columns(rows.columns(found, self._column, shown))
        self.grid.show(rows.listed(found, self._column, shown))
        self.banner.show(
            rows.head(found, self._column) if found is not None else [((self.known.refused, "warn"),)]
        )
        self._show_note()

    def _show_note(self) -> None:
        found = self.known.grid if self.known is not None else None
        if found is not None:
            self.note.show(rows.said(self.line_here(), found.recipients[self._column], self._column))
        else:
            self.note.show(())

    def show_fault(self, problem: Problem) -> None:
        """What could not be read is said where it would stand, unless something stands there already."""
        if self.known is None:
            self.grid.say(why(problem))
            self.versions.say(why(problem))
            self.banner.show(())

    # -- what is selected ----------------------------------------------------------------------

    @property
    def _app_of(self) -> Any:
        return self.app

    def line_here(self) -> GridLine | None:
        """The line under the cursor; None on a heading."""
        found, key = self.known.grid if self.known is not None else None, self.grid.cursor_key
        return next((one for one in found.lines if one.key == key), None) if found is not None else None

    @property
    def code(self) -> str:
        """The recipient whose column is selected. Raises BadInput where there is none."""
        if self.known is None or self.known.grid is None:
            raise BadInput("There is no copy to look at yet.", "Wait a moment, or choose another brief.")
        return self.known.grid.recipients[self._column]

    @property
    def of(self) -> str:
        """The version whose grid stands there; "" for the record as it is now."""
        return self.known.of if self.known is not None else rows.NOW

    def version_here(self) -> Summary | None:
        """The version under the cursor; None for the record as it is now."""
        key = self.versions.cursor_key
        found = self.known.versions if self.known is not None else ()
        return next((one for one in found if one.name == key), None)

    def point_at(self, code: str) -> None:
        """Select a recipient's column, and the first line that is held back from it."""
        found = self.known.grid if self.known is not None else None
        if found is None or code not in found.recipients:
            return
        self._column = found.recipients.index(code)
        self.grid.focus()
        self._show_grid()
        back = (one for one in found.lines if not one.cells[self._column].inside)
        if (first := next(back, None)) is not None:
            self.grid.select(first.key)

    # -- keys ----------------------------------------------------------------------------------

    @on(Grid.Moved, "#briefs")
    def _another(self, event: Grid.Moved) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(READ_AFTER_S, self._read_version)

    def _read_version(self) -> None:
        key = self.versions.cursor_key
        if isinstance(key, str) and key != self._of:
            self._of = key
            self.read_again(force=True)

    @on(Grid.Moved, "#brief-grid")
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        self._show_note()

    @on(Grid.Opened, "#briefs")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.grid.focus()

    @on(Grid.Opened, "#brief-grid")
    def _read(self, event: Grid.Opened) -> None:
        event.stop()
        self.action_brief_read()

    def action_brief_next(self) -> None:
        """The next recipient's column."""
        self._turn(1)

    def action_brief_previous(self) -> None:
        """The column before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if self.known is not None and self.known.grid is not None:
            self._column = (self._column + by) % len(self.known.grid.recipients)
            self._show_grid()

    def action_back(self) -> None:
        """Back to the versions; then to the screen before."""
        if not self.versions.has_focus:
            self.versions.focus()
        else:
            super().action_back()

    def show_saved(self, made: Any) -> None:
        """Read again after a commit; a new version is selected."""
        if isinstance(made, str):
            self._wanted = self._of = made
        super().show_saved(made)
