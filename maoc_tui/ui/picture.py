"""A screen as a small SVG: its lines of text with their colours, for the manual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.segment import Segment

CELL, LINE = 8.4, 17
"""Width and height of a cell."""
_FONT = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace"
Look = tuple[str, str, bool]
"""Ink, ground, and whether it is bold."""


def svg(strips: Sequence[Strip], title: str, ground: str) -> str:
    """The lines of a screen; ``ground`` is the colour behind everything (#rrggbb)."""
    width = max(strip.cell_length for strip in strips) * CELL
    looks: dict[tuple[str, bool], str] = {}
    body = "".join(_row(strip, at, ground, looks) for at, strip in enumerate(strips))
    rules = "".join(
        f".{name}{{fill:{ink}{';font-weight:bold' * bold}}}" for (ink, bold), name in looks.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {len(strips) * LINE}" role="img">'
        f"<title>{escape(title)}</title>"
        f"<style>text{{font:14px {_FONT};white-space:pre}}{rules}</style>"
        f'<rect width="100%" height="100%" fill="{ground}"/>{body}</svg>\n'
    )


def _row(strip: Strip, at: int, ground: str, looks: dict[tuple[str, bool], str]) -> str:
    papers, inks, x = [], [], 0
    for (ink, paper, bold), text, cells in _runs(strip, ground):
        left, wide = f"{x * CELL:g}", f"{cells * CELL:g}"
        if paper != ground:
            papers.append(f'<rect x="{left}" y="{at * LINE}" width="{wide}" height="{LINE}" fill="{paper}"/>')
        if text.strip():
            name = looks.setdefault((ink, bold), f"l{len(looks)}")
            inks.append(f'<tspan x="{left}" textLength="{wide}" class="{name}">{escape(text)}</tspan>')
        x += cells
    line = f'<text xml:space="preserve" y="{at * LINE + 13}">{"".join(inks)}</text>' if inks else ""
    return "".join(papers) + line


def _runs(strip: Strip, ground: str) -> Iterator[tuple[Look, str, int]]:
    """What stands side by side in one look, with its cells."""
    for look, together in groupby(strip, key=lambda segment: _look(segment, ground)):
        segments = tuple(together)
        yield look, "".join(one.text for one in segments), sum(one.cell_length for one in segments)


def _look(segment: Segment, ground: str) -> Look:
    style = segment.style or Style()
    ink = style.color.get_truecolor().hex if style.color else "#ffffff"
    paper = style.bgcolor.get_truecolor().hex if style.bgcolor else ground
    return (paper, ink, bool(style.bold)) if style.reverse else (ink, paper, bool(style.bold))
