"""The painted side of the chart: frames, looks from the stylesheet, and only the changed cells repainted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from rich.style import Style
from textual.color import TRANSPARENT, Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from maoc_tui import resources
from maoc_tui.ui.chart_canvas import Ink, Paper, css_class
from maoc_tui.ui.chart_frame import Frame, Look, ink_and_paper
from maoc_tui.ui.chart_scene import Scene
from maoc_tui.ui.projection import View

HOME = (np.array([30.0, 45.5]), np.array([-24.0, 3.0]))
"""Latitudes and longitudes of the sea shown first: Iberia, Morocco, Madeira."""


class _Paints(dict[Look, Style]):
    """How each look is painted, worked out when it is first needed."""

    def __init__(self, surface: ChartSurface) -> None:
        self._surface = surface

    def __missing__(self, look: Look) -> Style:
        style = self[look] = self._surface.blend(*ink_and_paper(look))
        return style


class ChartSurface(Widget, can_focus=True):
    """A widget that shows a scene; it brings its inks along wherever it is placed."""

    DEFAULT_CSS = resources.layout("chart_ink.tcss").read_text(encoding="utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {css_class(kind) for kinds in (Ink, Paper) for kind in kinds}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.scene = Scene(View.fitting(*HOME, 1, 1, margin=0))
        self._untouched = True
        self._frame: Frame | None = None
        self._strips: list[Strip | None] = []
        """The lines of the frame, as far as they have been painted."""
        self._paints = _Paints(self)
        self._due = False

    def redraw(self) -> None:
        """Draw a new frame soon; several calls in one turn make one frame."""
        if not self._due and self.is_mounted and self._frame is not None:
            self._due = True
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._due = False
        if not self.size:
            return
        if not self._fits():
            self._fit_size()
        before, self._frame = self._frame, self.scene.frame()
        regions = self._frame.changed(before)
        for region in regions:
            self._strips[region.y : region.bottom] = [None] * region.height
        if regions:
            self.refresh(*regions)

    def _fits(self) -> bool:
        return (self.scene.view.columns, self.scene.view.rows) == self.size

    def _fit_size(self) -> None:
        """Keep centre and scale in the new size; until something was moved, keep the home waters in sight."""
        columns, rows = self.size
        if self._untouched:
            self.scene.move(View.fitting(*HOME, columns, rows, margin=0))
        else:
            self.scene.move(self.scene.view.resized(columns, rows))
        self.scene.cursor = (columns // 2, rows // 2)
        self.moved()

    def on_resize(self) -> None:
        """Draw at once in the new size."""
        if self.size:
            self._fit_size()
            self._frame = self.scene.frame()
            self._paint_anew()

    def moved(self) -> None:
        """Called when the chart shows another part of the sea."""

    def _paint_anew(self) -> None:
        self._strips = [None] * (len(self._frame.look) if self._frame else 0)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the widget; those of the chart alone need none of the work that a frame around it does."""
        if not self._fits():
            self.redraw()
        self._painted(range(len(self._strips)))
        bare = crop.size == self.size == self.outer_size and not self.get_line_filters()
        if bare and self._frame is not None and self._frame.look.shape == (crop.height, crop.width):
            return self._painted(range(crop.height))
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the last frame."""
        width = self.size.width
        if y >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        strip = self._painted(range(y, y + 1))[0]
        return strip if strip.cell_length == width else strip.adjust_cell_length(width, self.rich_style)

    def _painted(self, rows: Sequence[int]) -> list[Strip]:
        """Lines of the last frame."""
        missing = [y for y in rows if self._strips[y] is None]
        if missing and self._frame is not None:
            for y, strip in zip(missing, self._frame.strips(missing, self._paints), strict=True):
                self._strips[y] = strip
        return [strip for y in rows if (strip := self._strips[y]) is not None]

    def notify_style_update(self) -> None:
        """Take the new theme's colours."""
        super().notify_style_update()
        self._paints.clear()
        self._paint_anew()

    def blend(self, ink: Ink, paper: Paper) -> Style:
        """The ink's colour laid over the paper's, the paper's over the widget's ground."""
        marker = self.get_component_styles(css_class(ink))
        ground: Color = self.background_colors[1] + self.get_component_styles(css_class(paper)).background
        if marker.background != TRANSPARENT:
            ground = ground + marker.background
        colour = ground + marker.color
        return Style.from_color(colour.rich_color, ground.rich_color) + marker.text_style
