"""A list of any length, drawn by line: only the rows in view are ever turned into text.

The cursor belongs to a record, not to a line (ui.cursor). Only lines whose text changed are repainted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from maoc_tui.commands import LIST
from maoc_tui.ui.columns import Cell, Column, Rows
from maoc_tui.ui.cursor import Cursor
from maoc_tui.ui.grid_paint import Painter
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.mouse import WheelTurns

T = TypeVar("T")
ROWS_KEPT = 400
"""Texts of rows kept while the rows stay the same, so that moving the cursor writes only what comes into view."""


class Grid(WheelTurns, Widget, can_focus=True):
    """A list drawn by line, with a header, a cursor and a count."""

    LOOKS: ClassVar[tuple[str, ...]] = ("text", "dim", "good", "warn", "bad", "mark", "strong")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--header-focus",
        "grid--cursor",
        "grid--cursor-blurred",
        *(f"grid--{look}" for look in LOOKS),
    }
    BINDINGS = bindings(LIST)

    @dataclass
    class Moved(Message):
        """The cursor stands on another record."""

        grid: Grid
        key: Hashable

        @property
        def control(self) -> Grid:
            """The list itself."""
            return self.grid

    @dataclass
    class Opened(Message):
        """A record was opened with Enter."""

        grid: Grid
        key: Hashable

        @property
        def control(self) -> Grid:
            """The list itself."""
            return self.grid

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        newest_first: bool = False,
        waits: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """``newest_first`` and ``waits`` as of a Cursor."""
        super().__init__(id=id)
        self._cursor = Cursor(newest_first, waits)
        self.sorted_by: tuple[str, bool] = ("", False)
        """Column id and whether descending, for the mark in the header."""
        self._empty = empty
        self._painted: list[tuple[Any, ...]] = []
        self._known: dict[int, tuple[Cell, ...]] = {}
        """The texts of rows already in view."""
        self._painter = Painter(columns, lambda look: self.get_component_rich_style(f"grid--{look}"))

    # -- what is shown -------------------------------------------------------------------------

    def show(self, rows: Rows, sorted_by: tuple[str, bool] | None = None, anew: bool = False) -> None:
        """Show these rows now; the cursor stays with its record and its line.

        ``anew``: they were asked for as another list, so that a record missing from it has not left.
        """
        self._known.clear()
        if sorted_by is not None:
            self.sorted_by = sorted_by
        self._go(lambda: self._cursor.follow(rows, anew))

    def say(self, empty: str) -> None:
        """The sentence shown when there are no rows."""
        if empty != self._empty:
            self._empty = empty
            self._repaint()

    @property
    def rows(self) -> Rows:
        """What is shown."""
        return self._cursor.rows

    @property
    def cursor_key(self) -> Hashable | None:
        """The record under the cursor; None where it stands on nothing."""
        return self._cursor.key

    @property
    def cursor(self) -> int:
        """The row of the cursor, or where it waits; 0 when there is none."""
        return self._cursor.at

    @property
    def top(self) -> int:
        """The first row in view."""
        return self._cursor.top

    def select(self, key: Hashable) -> bool:
        """Put the cursor on a record; False when it is not in the list."""
        return self._go(lambda: self._cursor.select(key))

    @property
    def page(self) -> int:
        """Rows in view below the header."""
        return max(self.size.height - 1, 1)

    def _go(self, change: Callable[[], T]) -> T:
        """Change where the cursor stands; tell when that is on another record."""
        before, self._cursor.page = self._cursor.key, self.page
        done, key = change(), self._cursor.key
        self._repaint()
        if key not in (before, None) and self.is_mounted:
            self.post_message(self.Moved(self, key))
        return done

    # -- drawing -------------------------------------------------------------------------------

    def _state(self) -> list[tuple[Any, ...]]:
        """What each line shows; equal entries need no repaint."""
        lines: list[tuple[Any, ...]] = [("header", self._painter.titles(self.sorted_by), self.has_focus)]
        stop = min(self.top + self.size.height - 1, len(self.rows))
        for at in range(self.top, stop):
            here = self.rows.key(at) == self.cursor_key
            lines.append(("row", self._cells(at), here and (2 if self.has_focus else 1)))
        if not len(self.rows):
            lines += [("empty", line) for line in wrap(self._empty, max(self.size.width - 2, 8))]
        return lines

    def _cells(self, at: int) -> tuple[Cell, ...]:
        cells = self._known.get(at)
        if cells is None:
            if len(self._known) > ROWS_KEPT:
                self._known.clear()
            cells = self._known[at] = tuple(self.rows.cells(at))
        return cells

    def _repaint(self) -> None:
        if not self.is_mounted or not self.size.height:
            return
        before, after = self._painted, self._state()
        self._painted = after
        changed = [y for y, (old, new) in enumerate(zip_longest(before, after)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self) -> None:
        """Choose the columns that fit, keep the cursor in view."""
        self._painter.resize(self.size.width)
        self._go(self._cursor.stay_in_view)
        self.refresh()

    def watch_has_focus(self, value: bool) -> None:
        """Show whether the keys go to this panel."""
        super().watch_has_focus(value)
        self._repaint()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painter.forget()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the widget: the header, a record, or nothing."""
        if y >= len(self._painted):
            self._painted = self._state()
        if y >= len(self._painted):
            return Strip.blank(self.size.width, self.rich_style)
        kind, content, *rest = self._painted[y]
        if kind == "header":
            return self._painter.header(content, "header-focus" if rest[0] else "header")
        if kind == "empty":
            return self._painter.text(f" {content}", "dim")
        return self._painter.row(content, ("", "cursor-blurred", "cursor")[int(rest[0])])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    # -- keys ----------------------------------------------------------------------------------

    def action_row_down(self) -> None:
        """One row down."""
        self._go(lambda: self._cursor.step(1))

    def action_row_up(self) -> None:
        """One row up."""
        self._go(lambda: self._cursor.step(-1))

    def action_page_down(self) -> None:
        """One page down."""
        self._go(lambda: self._cursor.turn(1))

    def action_page_up(self) -> None:
        """One page up."""
        self._go(lambda: self._cursor.turn(-1))

    def action_first(self) -> None:
        """To the first row."""
        self._go(lambda: self._cursor.move(0))

    def action_last(self) -> None:
        """To the last row."""
        self._go(lambda: self._cursor.move(len(self.rows) - 1))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self.cursor_key is not None:
            self.post_message(self.Opened(self, self.cursor_key))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row clicked; open it where the cursor stands there already."""
        place = event.get_content_offset(self)
        at = self.top + place.y - 1 if place is not None else -1
        if place is None or place.y < 1 or at >= len(self.rows):
            return
        if self.rows.key(at) == self.cursor_key:
            self.action_open()
        else:
            self._go(lambda: self._cursor.move(at))
