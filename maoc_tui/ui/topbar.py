"""The bar that is never hidden: the watch clock and what needs attention, in 80 columns."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from maoc_tui.ui.columns import Cell
from maoc_tui.ui.format import day_time
from maoc_tui.ui.status import Status

GAP = " │ "
Parts = tuple[tuple[Cell, ...], ...]


class TopBar(Widget):
    """One line: clock, who is signed in, what runs out, new events, highest marking, contacts, feed ages."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "topbar--text",
        "topbar--clock",
        "topbar--warn",
        "topbar--bad",
        "topbar--dim",
    }

    def __init__(self) -> None:
        super().__init__()
        self._wide: Parts = ()
        self._narrow: Parts = ()

    def show(self, status: Status) -> None:
        """Show this state of things; repaints only when the line changed."""
        self._take(status.parts(), status.parts(narrow=True))

    def show_clock(self, now_ms: int, local: bool) -> None:
        """Show nothing but the clock."""
        clock: Parts = (((day_time(now_ms, local), "clock"),),)
        self._take(clock, clock)

    def _take(self, wide: Parts, narrow: Parts) -> None:
        if wide != self._wide:
            self._wide, self._narrow = wide, narrow
            self.refresh()

    @property
    def parts(self) -> Parts:
        """What is shown: all in full where the line has room for it."""
        return self._wide if _length(self._wide) <= self.size.width - 2 else self._narrow

    @property
    def text(self) -> str:
        """The line as plain text."""
        return GAP.join(" ".join(text for text, _ in part) for part in self.parts)

    def render_line(self, y: int) -> Strip:
        """The line, whole parts only, as many as fit."""
        width = self.size.width
        base = self.get_component_rich_style("topbar--text")
        segments: list[Segment] = [Segment(" ", base)]
        used = 1
        for index, part in enumerate(self.parts):
            gap = GAP if index else ""
            length = len(gap) + _length((part,))
            if used + length > width - 1 and index:
                break
            segments.append(Segment(gap, base))
            for number, (text, look) in enumerate(part):
                segments.append(
                    Segment(" " * bool(number) + text, self.get_component_rich_style(f"topbar--{look}"))
                )
            used += length
        return Strip(segments).adjust_cell_length(width, base)


def _length(parts: Parts) -> int:
    """Cells of the parts with their gaps."""
    return sum(sum(cell_len(text) + 1 for text, _ in part) - 1 + len(GAP) for part in parts) - len(GAP)
