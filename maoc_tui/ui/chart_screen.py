"""The chart on the full screen, with one line about the selected contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from maoc_tui import resources
from maoc_tui.commands import CHART, SIGHT
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui.chart import ChartView
from maoc_tui.ui.chart_panel import ChartPanel
from maoc_tui.ui.contact_screen import ContactScreen
from maoc_tui.ui.detail import one_line

if TYPE_CHECKING:
    from maoc_tui.ui.chart_overlay import Overlay
    from maoc_tui.ui.moment import Moment, Subject
    from maoc_tui.ui.status import Status


class ChartScreen(ContactScreen):
    """Where everything is."""

    CSS_PATH = str(resources.layout("chart.tcss"))
    PLACES = (SIGHT, CHART)

    def __init__(self) -> None:
        super().__init__()
        self.chart = ChartPanel(id="chart")
        self.line = Static(id="selected")

    def body(self) -> ComposeResult:
        """The chart and the line."""
        yield self.chart
        yield self.line

    def on_mount(self) -> None:
        """The chart has the keys."""
        self.chart.focus()

    def show_moment(self, moment: Moment | None) -> None:
        """Draw the moment."""
        if moment is not None and moment.view == self.view:
            self.chart.show_moment(moment)
            self.note_matches(moment)
        self._show_line()

    def show_chosen(self, key: int) -> None:
        """Mark the contact chosen."""
        self.chart.show_subject(key, self.app.subject)
        self._show_line()

    def show_subject(self, subject: Subject | None) -> None:
        """Draw the track of the contact chosen."""
        self.chart.show_subject(self.app.chosen, subject)

    def show_status(self, status: Status) -> None:
        """The clock moved on."""
        super().show_status(status)
        self._show_line()

    def show_fault(self, problem: Problem) -> None:
        """The record could not be opened: the line says why."""
        self.line.update(Content(printable(problem.message, 300)), layout=False)

    def _show_line(self) -> None:
        moment = self.app.moment
        if moment is not None:
            line = one_line(moment, self.app.chosen, self.app.clock.now_ms())
            self.line.update(line, layout=False)

    def on_chart_view_contact_picked(self, event: ChartView.ContactPicked) -> None:
        """A contact was chosen on the chart."""
        self.app.chosen = event.key

    def centre_on(self, lat: float, lon: float) -> None:
        """Bring a position (degrees) to the middle."""
        self.chart.centre_on(lat, lon)

    def lay(self, overlay: Overlay) -> None:
        """Lay what a desk reckoned over the chart."""
        self.chart.lay(overlay)

    def action_show_on_chart(self) -> None:
        """Bring the selected contact to the middle."""
        self.chart.centre_on(*self.selected_position())
