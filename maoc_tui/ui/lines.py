"""A panel of lines that scrolls by keys: detail, help, manual. Lines are Content, never parsed text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget

from maoc_tui.commands import LIST
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.mouse import WheelTurns

Span = tuple[str, str]
"""Text and the name of its look: one of Lines.LOOKS."""
Line = Sequence[Span]
LABEL_LEAST = 4
"""Cells from which the first span of a line is a label, beside which the rest hangs."""


class Lines(WheelTurns, Widget, can_focus=True):
    """Lines of styled text, wrapped to the width."""

    LOOKS: ClassVar[tuple[str, ...]] = ("text", "dim", "good", "warn", "bad", "mark", "strong", "title")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{look}" for look in LOOKS}
    BINDINGS = bindings(LIST)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._content: tuple[Line, ...] = ()
        self._strips: list[Strip] = []
        """The lines wrapped, each as wide as the panel."""
        self._blank = Strip([])
        self._top = 0
        self._looks: dict[str, Style] = {}
        self._inks: dict[str, RichStyle] = {}
        self._stale = False
        """The theme has changed: wrap anew before drawing."""

    def show(self, lines: Sequence[Line], *, keep_place: bool = True) -> None:
        """Show these lines; repaints only when they differ."""
        content = tuple(tuple(line) for line in lines)
        if not keep_place:
            self._top = 0
        elif content == self._content:
            return
        self._content = content
        self._wrap()

    @property
    def text(self) -> str:
        """The lines as plain text."""
        return "\n".join("".join(text for text, _ in line) for line in self._content)

    def on_resize(self) -> None:
        """Wrap again to the new width."""
        self._wrap()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()
        self._stale = True
        self.refresh()

    def _wrap(self) -> None:
        width = self.content_size.width
        if not width or not self.is_mounted:
            return
        self._stale = False
        self._inks.clear()
        ground, before = self.rich_style, self._shown()
        self._blank = Strip.blank(width, ground)
        self._strips = [
            strip.adjust_cell_length(width, ground)
            for line in self._content
            for strip in self._wrapped(line, width)
        ]
        self._top = min(self._top, self._last_top)
        self._repaint(before)

    def _shown(self) -> list[Strip]:
        """The lines in view."""
        return self._strips[self._top : self._top + self.content_size.height]

    def _repaint(self, before: list[Strip]) -> None:
        """Have the lines in view painted that differ from those ``before``."""
        size, blank = self.content_size, self._blank
        pairs = enumerate(zip_longest(before, self._shown(), fillvalue=blank))
        regions = [Region(0, y, size.width, 1) for y, (old, new) in pairs if old != new]
        if regions:
            self.refresh(*regions)

    def _wrapped(self, line: Line, width: int) -> list[Strip]:
        """The line in as many strips as it needs; what follows a label hangs beside it."""
        if len(line) < 2 or _fits(line, width):
            return self._strips_of(line, width)
        label = line[:1] if LABEL_LEAST <= cell_len(line[0][0]) <= width // 2 else ()
        hang = cell_len(label[0][0]) if label else 0
        strips = self._strips_of(line[len(label) :], width - hang)
        if not label:
            return strips
        first = self._strips_of(label, hang)[:1]
        blank = Strip.blank(hang, self.rich_style)
        return [Strip.join([first[0] if n == 0 else blank, strip]) for n, strip in enumerate(strips)]

    def _strips_of(self, spans: Line, width: int) -> list[Strip]:
        if _fits(spans, width):
            return [Strip([Segment(text, self._ink(look)) for text, look in spans if text])]
        content = Content.assemble(*((text, self._look(look)) for text, look in spans))
        options = RenderOptions(self._get_style, self.styles)
        return content.render_strips(width, None, self.visual_style, options) or [
            Strip.blank(width, self.rich_style)
        ]

    def _look(self, name: str) -> Style:
        style = self._looks.get(name)
        if style is None:
            style = self._looks[name] = self.get_visual_style(f"lines--{name}", partial=True)
        return style

    def _ink(self, name: str) -> RichStyle:
        """A look on this panel's ground."""
        ink = self._inks.get(name)
        if ink is None:
            ink = self._inks[name] = (self.visual_style + self._look(name)).rich_style
        return ink

    @property
    def _last_top(self) -> int:
        return max(len(self._strips) - self.content_size.height, 0)

    def render_line(self, y: int) -> Strip:
        """One line of the panel."""
        if self._stale:
            self._wrap()
        at = self._top + y
        return self._strips[at] if at < len(self._strips) else self._blank

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._content), 1)

    def _scroll_to_line(self, top: int) -> None:
        top = min(max(top, 0), self._last_top)
        if top != self._top:
            before, self._top = self._shown(), top
            self._repaint(before)

    def action_row_down(self) -> None:
        """One line down."""
        self._scroll_to_line(self._top + 1)

    def action_row_up(self) -> None:
        """One line up."""
        self._scroll_to_line(self._top - 1)

    def action_page_down(self) -> None:
        """One page down."""
        self._scroll_to_line(self._top + self.content_size.height)

    def action_page_up(self) -> None:
        """One page up."""
        self._scroll_to_line(self._top - self.content_size.height)

    def action_first(self) -> None:
        """To the first line."""
        self._scroll_to_line(0)

    def action_last(self) -> None:
        """To the last line."""
        self._scroll_to_line(len(self._strips))

    def action_open(self) -> None:
        """Nothing to open in text."""


def _fits(line: Line, width: int) -> bool:
    """Whether a line stands in one row as it is."""
    return sum(cell_len(text) for text, _ in line) <= width and all(text.isprintable() for text, _ in line)
