"""The cursor of a list, and which rows are in view: plain arithmetic, on no screen.

The cursor belongs to a key, not to a line: when rows are added, sorted or filtered the same record stays selected
on the same line of the screen.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from maoc_tui.ui.columns import NoRows, Rows


@dataclass
class Cursor:
    """Where a list stands."""

    newest_first: bool = False
    """Until it is moved the cursor stands on whatever comes first."""
    waits: bool = False
    """When the record under the cursor leaves the list by itself, no other takes its place until the cursor is moved,
    and it is back on it when it comes back."""
    rows: Rows = field(default_factory=NoRows)
    page: int = 1
    """Rows in view."""
    key: Hashable | None = None
    """The record it stands on; None where it stands on nothing."""
    top: int = 0
    """The first row in view."""
    moved: bool = False
    """Somebody has moved it."""
    gone: tuple[Hashable, int] | None = None
    """The record that left from under it, and the row that stood in."""

    @property
    def at(self) -> int:
        """The row it stands in, or where it waits; 0 when there is none."""
        if self.gone is not None:
            return self.gone[1]
        return max(self.rows.find(self.key), 0) if self.key is not None else 0

    def follow(self, rows: Rows, anew: bool = False) -> None:
        """Take other rows and stay with the record, on its line.

        ``anew``: they were asked for as another list, so that a record missing from it has not left.
        """
        line = self.at - self.top
        record = self.gone[0] if self.gone else self.key
        self.rows = rows
        if self.newest_first and not self.moved:
            record = None
        at = rows.find(record) if record is not None else -1
        if at >= 0:
            self.top = at - line if self.moved else self.top
            self._place(at)
            return
        at = min(max(self.top + line, 0), len(rows) - 1)
        if self.waits and record is not None and not anew:
            self.gone, self.key = (record, max(at, 0)), None
            self._keep_top_within()
        else:
            self._place(at)

    def select(self, key: Hashable) -> bool:
        """Put it on a record; False when that is not in the list."""
        at = self.rows.find(key)
        if at >= 0:
            self.move(at)
        return at >= 0

    def move(self, to: int) -> None:
        """Put it on a row, or the nearest there is."""
        self.moved = True
        self._place(to)

    def step(self, by: int) -> None:
        """So many rows on; the first step after a record has left only brings it back."""
        self.move(self.at + by if self.gone is None else self.at)

    def turn(self, pages: int) -> None:
        """So many pages on."""
        self.top += pages * self.page
        self.move(self.at + pages * self.page)

    def stay_in_view(self) -> None:
        """Another number of rows is in view now."""
        if self.gone is None:
            self._place(self.at)

    def _place(self, at: int) -> None:
        count = len(self.rows)
        at = min(max(at, 0), count - 1)
        if not self.top <= at < self.top + self.page:
            self.top = min(max(self.top, at - self.page + 1), at)
        self._keep_top_within()
        self.key, self.gone = (self.rows.key(at) if count else None), None

    def _keep_top_within(self) -> None:
        self.top = min(max(self.top, 0), max(len(self.rows) - self.page, 0))
