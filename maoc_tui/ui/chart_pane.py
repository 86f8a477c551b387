"""What other panels tell the chart: what to show, and where to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import Picture, Track, ZoneLabel
from maoc_tui.geo.coast import Coast
from maoc_tui.ui.chart_ground import ZoneOutline
from maoc_tui.ui.chart_marks import Rings
from maoc_tui.ui.chart_overlay import Overlay
from maoc_tui.ui.chart_scene import LAYERS
from maoc_tui.ui.chart_surface import ChartSurface
from maoc_tui.ui.chart_tint import Locate
from maoc_tui.ui.chart_traffic import Estimates, Traffic, same_path
from maoc_tui.ui.projection import DOTS_X, DOTS_Y, View

SYMBOLS = ("braille", "block", "ascii")


class ChartPane(ChartSurface):
    """A chart under the program's control; the keys come in ChartView."""

    following = False
    """Whether the selected contact is kept in sight."""

    # -- what is shown -------------------------------------------------------------------------

    def set_coast(self, coast: Coast) -> None:
        """Draw this coast."""
        self.scene.ground.set_coast(coast)
        self.scene.forget_ground()
        self.redraw()

    def set_zone_lines(
        self, lines: Iterable[ZoneOutline], locate: Locate | None = None, labels: Sequence[ZoneLabel] = ()
    ) -> None:
        """Draw these zone boundaries; ``locate`` tells the area id of positions, for tint and cursor.

        ``labels`` are the areas by id; the picture's own when not given.
        """
        self.scene.set_zone_lines(lines, locate, labels)
        self.waters_wanted()
        self.redraw()

    def set_picture(
        self,
        picture: Picture,
        rows: NDArray[Any] | None,
        now_ms: int,
        states: NDArray[np.uint8] | None = None,
    ) -> None:
        """Show these rows of a picture as of ``now_ms`` (rows None: all).

        ``states`` is 0 fresh, 1 old, 2 lost per row of the picture; all fresh when not given. Estimates of
        another picture are forgotten.
        """
        if self.scene.picture is None or self.scene.picture.generation != picture.generation:
            self.scene.estimates = None
        self.scene.picture = picture
        self.scene.traffic = Traffic.of(picture, rows, states)
        self._keep_in_sight()
        self.redraw()

    def set_estimates(self, lat: NDArray[Any], lon: NDArray[Any], rows: NDArray[Any]) -> None:
        """Show dead-reckoned present positions (degrees) of these rows of the picture."""
        self.scene.estimates = Estimates(
            np.asarray(lat, np.float64), np.asarray(lon, np.float64), np.asarray(rows, np.int64)
        )
        self.redraw()

    def set_track(self, track: Track | None) -> None:
        """Show the path of one contact, or none."""
        before, self.scene.track = self.scene.track, track
        if not same_path(before, track):
            self.redraw()

    def select(self, key: int | None) -> None:
        """Mark a contact as selected; the chart moves only when it follows."""
        if key == self.scene.selected:
            return
        self.scene.selected = key
        self.following = self.following and key is not None
        self._keep_in_sight()
        self.redraw()

    def set_rings(self, lat: float, lon: float, radii_nm: Sequence[float], key: int | None = None) -> None:
        """Range rings about a point, going with contact ``key`` if given; no radii takes them away."""
        self.scene.rings = Rings(lat, lon, tuple(radii_nm)) if len(radii_nm) else None
        self.scene.rings_key = key
        self.redraw()

    def lay(self, overlay: Overlay | None) -> None:
        """Lay this over the chart and bring it into view; None takes away what was."""
        self.scene.overlay = overlay
        if overlay is not None and len(overlay.reach[0]):
            self.following = False
            self.fit(np.asarray(overlay.reach[0]), np.asarray(overlay.reach[1]))
        self.redraw()

    def set_symbols(self, symbols: str) -> None:
        """Draw with ``braille``, ``block`` or ``ascii``; raises KeyError for anything else."""
        if symbols not in SYMBOLS:
            raise KeyError(symbols)
        self.scene.symbols = symbols
        self.redraw()

    def toggle(self, layer: str) -> None:
        """Show or hide a layer (chart_scene.LAYERS); raises KeyError for an unknown one."""
        if layer not in LAYERS:
            raise KeyError(layer)
        self.scene.layers ^= {layer}
        self.waters_wanted()
        self.redraw()

    def start_measure(self) -> None:
        """Measure from the cursor to wherever it goes next; a second call takes the line away."""
        scene = self.scene
        scene.anchor = None if scene.anchor else scene.view.cell_centre(*scene.cursor)
        self.redraw()

    def waters_wanted(self) -> None:
        """Called when the waters of cells may have to be asked for."""

    # -- where it looks ------------------------------------------------------------------------

    def look_at(self, view: View) -> None:
        """Show exactly this view."""
        self._untouched = False
        self.scene.move(view)
        self.redraw()
        self.moved()

    def centre_on(self, lat: float, lon: float) -> None:
        """Bring a position (degrees) to the middle, under the cursor."""
        self.scene.cursor = (self.scene.view.columns // 2, self.scene.view.rows // 2)
        self.look_at(self.scene.view.centred(lat, lon))

    def fit(self, lat: NDArray[Any], lon: NDArray[Any]) -> None:
        """Show all these positions (degrees) as large as possible; nothing happens without any."""
        if np.isfinite(np.asarray(lat, np.float64)).any():
            view = self.scene.view
            self.look_at(View.fitting(np.asarray(lat), np.asarray(lon), view.columns, view.rows))

    def zoom(self, factor: float) -> None:
        """Magnify about the cursor; below 1 shows more sea."""
        column, row = self.scene.cursor
        about = ((column + 0.5) * DOTS_X, (row + 0.5) * DOTS_Y)
        self.look_at(self.scene.view.zoomed(factor, about))

    def pan(self, dx: float, dy: float) -> None:
        """Move by fractions of the width and height; positive goes east and south."""
        view = self.scene.view
        self.shift(_cells(dx * view.columns), _cells(dy * view.rows))

    def shift(self, columns: int, rows: int) -> None:
        """Move by whole cells; positive goes east and south."""
        self.look_at(self.scene.view.panned(columns, rows))

    def _keep_in_sight(self) -> None:
        """While following, bring the selected contact back once it leaves the middle of the chart."""
        place = self.scene.place_of(self.scene.selected) if self.following else None
        if place is not None:
            view = self.scene.view
            px, py = view.dots(*place)
            if abs(px / view.width - 0.5) > 0.2 or abs(py / view.height - 0.5) > 0.2:
                self.centre_on(*place)


def _cells(cells: float) -> int:
    """Whole cells of a wish to move, at least one."""
    return round(cells) or (cells > 0) - (cells < 0)
