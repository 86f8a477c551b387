"""Lines that take as many rows as they need: an identity banner, a note under a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.geometry import Size
from textual.strip import Strip

from maoc_tui.ui.lines import Line, Lines, Span


class Banner(Lines, can_focus=False):
    """Lines that never scroll and are never cut off at their own end.

    A span that begins with a blank begins an item; a line breaks between items where each fits as a whole.
    """

    def show(self, lines: Sequence[Line], *, keep_place: bool = True) -> None:
        """Show these lines; takes or gives back rows when their number changes."""
        before = self.text
        super().show(lines, keep_place=keep_place)
        if self.text != before:
            self.refresh(layout=True)

    def _wrapped(self, line: Line, width: int) -> list[Strip]:
        rows: list[list[Span]] = [[]]
        used = 0
        for item in _items(line):
            cells = sum(cell_len(text) for text, _ in item)
            if used and used + cells > width:
                (text, look), *rest = item
                item, cells = [(text.lstrip(), look), *rest], cells - len(text) + len(text.lstrip())
                rows.append([])
                used = 0
            rows[-1] += item
            used += cells
        return [strip for row in rows for strip in self._strips_of(row, width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(sum(len(self._wrapped(line, width)) for line in self._content), 1)


def _items(line: Line) -> Iterator[list[Span]]:
    item: list[Span] = []
    for span in line:
        if item and span[0].startswith(" "):
            yield item
            item = []
        item.append(span)
    if item:
        yield item
