"""Only the changed part of a row goes to the terminal.

Textual 8.2 sends a row from its widget's left edge to the end of the part to be repainted, once for every part.
Over a slow line that is most of what a live chart costs. ``install`` makes it begin where the part begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome

from maoc_tui.ui.themes import WITHOUT_COLOUR


class WithoutColour(LineFilter):
    """Takes every colour out of a line; bold, underlined and reversed stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same texts in the terminal's own two colours."""
        return [
            Segment(text, style.without_color if style is not None else None, control)
            for text, style, control in segments
        ]


_WITHOUT = (WithoutColour(),)


class TrueColourApp(App[None]):
    """An app that names no colour of the terminal's own palette: none has to be looked for in every line."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters in force but the one that puts true colours in place of the palette's.

        Without colour, none is sent at all, not even grey.
        """
        if self.theme == WITHOUT_COLOUR:
            return _WITHOUT
        unwanted = (ANSIToTruecolor, Monochrome)
        return [kept for kept in super().get_line_filters() if not isinstance(kept, unwanted)]


def install() -> None:
    """Let partial updates send no more than their parts."""
    ChopsUpdate.render_segments = _render  # type: ignore[method-assign]


def _render(self: ChopsUpdate, console: Console) -> str:
    """The terminal's bytes for all parts, row by row."""
    return "".join(_parts(self, console))


def _parts(update: ChopsUpdate, console: Console) -> Iterator[str]:
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= x2 or end <= x1:
                continue
            first, last = max(x, x1), min(end, x2)
            if (first, last) != (x, end):
                strip = strip.crop(first - x, last - x)
            yield f"\x1b[{y + 1};{first + 1}H"
            yield strip.render(console)
