"""The bar that is never hidden: the watch clock and what needs attention, in 80 columns."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from maoc_tui.ui.columns import Cell
from maoc_tui.ui.format import day_time
from maoc_tui.ui.status import Status

GAP = " │ "


class TopBar(Widget):
    """One line: clock, pace, contacts and targets, new events, feed ages."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "topbar--text",
        "topbar--clock",
        "topbar--warn",
        "topbar--bad",
        "topbar--dim",
    }

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[Cell, ...], ...] = ()

    def show(self, status: Status) -> None:
        """Show this state of things; repaints only when the line changed."""
        parts = status.parts()
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    def show_clock(self, now_ms: int, local: bool) -> None:
        """Show nothing but the clock."""
        self._parts = (((day_time(now_ms, local), "clock"),),)
        self.refresh()

    @property
    def text(self) -> str:
        """The line as plain text."""
        return GAP.join(" ".join(text for text, _ in part) for part in self._parts)

    def render_line(self, y: int) -> Strip:
        """The line, whole parts only, as many as fit."""
        width = self.size.width
        base = self.get_component_rich_style("topbar--text")
        segments: list[Segment] = [Segment(" ", base)]
        used = 1
        for index, part in enumerate(self._parts):
            gap = GAP if index else ""
            length = len(gap) + sum(len(text) + 1 for text, _ in part) - 1
            if used + length > width - 1 and index:
                break
            segments.append(Segment(gap, base))
            for number, (text, look) in enumerate(part):
                segments.append(
                    Segment(" " * bool(number) + text, self.get_component_rich_style(f"topbar--{look}"))
                )
            used += length
        return Strip(segments).adjust_cell_length(width, base)
