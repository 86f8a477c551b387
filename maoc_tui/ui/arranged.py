"""A screen of contacts whose panels a dashboard arranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from maoc_tui import user_files
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui.contact_screen import ContactScreen
from maoc_tui.ui.dashboards import Dashboard, fitting, load_all, of_choice
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.panels import Panels
from maoc_tui.ui.record_panels import RecordPanels
from maoc_tui.ui.status import highest

if TYPE_CHECKING:
    from textual import events


class Arranged(ContactScreen):
    """The part of the Watch screen that knows the dashboards."""

    panels: Panels
    records: RecordPanels

    def arrange_panels(self, first: dict[str, Widget]) -> None:
        """Have panels, those of the first frame to begin with."""
        self.panels = Panels(first)
        self.records = RecordPanels(self)
        self._dashboards: dict[str, Dashboard] = {}
        self._wanted = ""

    def read_dashboards(self) -> None:
        """Read the dashboards, take the one chosen or the one that fits; say what is wrong with the user's own."""
        chosen = self.app.settings.dashboard
        self._dashboards, faults = load_all()
        self._wanted = chosen if chosen in self._dashboards else ""
        if faults := (*faults, *of_choice(chosen, self._dashboards)):
            self.app.show_problem(user_files.problem(faults))
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        """Take the dashboard that fits the terminal, unless one was chosen."""
        if self._dashboards:
            self._arrange()

    def _arrange(self) -> None:
        width = self.app.size.width
        chosen = (self._dashboards.get(self._wanted) or fitting(self._dashboards, width)).at(width)
        self.panels.lay_out(chosen)
        if self.app.moment is not None:
            self.call_later(self._complete_panels)

    async def _complete_panels(self) -> None:
        """Bring in what the dashboard shows of the record."""
        if self.panels.dashboard is not None:
            await self.records.want(self.panels.dashboard.panels())
            self.panels.bring_first()

    def catch_up(self) -> None:
        """Read again what happened to the record while another screen was in front."""
        super().catch_up()
        self.records.read_again()

    def highest_marking(self) -> str:
        """Of the contacts, and of what the dashboard shows of the record."""
        return highest((super().highest_marking(), self.records.highest()))

    @on(Grid.Opened)
    def _record_opened(self, event: Grid.Opened) -> None:
        self.records.opened(event.grid)

    def action_panel_next(self) -> None:
        """The next panel of the dashboard."""
        self.panels.step(1)

    def action_panel_previous(self) -> None:
        """The panel before."""
        self.panels.step(-1)

    def action_dashboard(self, name: str = "") -> None:
        """The next arrangement of panels, or the one named; auto fits the terminal's width."""
        order = ["", *self._dashboards]
        if name and name != "auto" and name not in order:
            known = ", ".join(["auto", *self._dashboards])
            raise BadInput(f"There is no dashboard {printable(name, 20)!r}.", f"Dashboards: {known}.")
        if name:
            self._wanted = "" if name == "auto" else name
        else:
            self._wanted = order[(order.index(self._wanted) + 1) % len(order)]
        self._arrange()
        self.app.say(f"Dashboard {self._wanted or 'auto'}.")
