"""The chart fed from the moment: coast and zone lines once, then contacts, estimates, the chosen track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maoc_tui.commands import CHART
from maoc_tui.ui.chart import ChartView

if TYPE_CHECKING:
    from maoc_tui.problems import Problem
    from maoc_tui.ui.desk_app import DeskApp
    from maoc_tui.ui.moment import Moment, Subject


class ChartPanel(ChartView):
    """A chart that knows how to draw a moment."""

    PLACE = CHART
    app: DeskApp
    _stamp: tuple[str, ...] | None = None
    """Of the zones drawn; None while they are being read."""

    def on_mount(self) -> None:
        """Ask for coast and zone lines; the chart is usable before they come."""
        self.set_symbols(self.app.settings.chart_symbols)
        self.app.read(self.app.desk.ground, self._take_ground, self._no_ground)

    def _no_ground(self, problem: Problem) -> None:
        """While no record is open it is asked for again with the first moment, and the fault has been said."""
        if self.app.moment is None:
            self._stamp = ()
        if self.app.fault is None:
            self.app.show_problem(problem)

    def _take_ground(self, ground: Any) -> None:
        self.set_coast(ground.coast)
        self._stamp = ground.stamp
        self.set_zone_lines(ground.outlines, ground.locate)

    def show_moment(self, moment: Moment) -> None:
        """Draw the contacts of a moment, and where the aged ones should be by now; other zones when they changed."""
        if self._stamp is not None and self._stamp != moment.picture.zone_stamp:
            self._stamp = None
            self.app.read(self.app.desk.ground, self._take_ground)
        self.set_picture(moment.picture, moment.rows, moment.at, moment.states)
        guess = moment.estimates
        if guess is not None:
            rows = moment.rows[np.isfinite(guess.lat[moment.rows])]
            self.set_estimates(guess.lat[rows], guess.lon[rows], rows)

    def show_subject(self, key: int, subject: Subject | None) -> None:
        """Mark the chosen contact and draw its track."""
        self.select(key or None)
        self.set_track(subject.track if subject is not None and subject.key == key else None)
