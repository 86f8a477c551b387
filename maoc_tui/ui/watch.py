"""The Watch: live list, chart, detail and zone events, arranged by a dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from maoc_tui.commands import CHART, SIGHT, WATCH
from maoc_tui.domain.contacts import parse_key
from maoc_tui.domain.saved_views import SORTABLE
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import contact_rows, event_rows
from maoc_tui.ui.arranged import Arranged
from maoc_tui.ui.contact_rows import ContactRows
from maoc_tui.ui.event_rows import EventRows
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.moment import Moment, Subject, View
from maoc_tui.ui.status import Status

if TYPE_CHECKING:
    from textual import events


AGED_EVERY_MS = 5_000
"""Watch time after which ages in list and detail are written anew."""
QUARTER_MS = 900_000
"""A new day begins on a quarter of an hour in every time zone."""


class WatchScreen(Arranged):
    """What can hurt in the next hours, at a glance."""

    BINDINGS = bindings(WATCH)
    PLACES = (WATCH, SIGHT, CHART)

    def __init__(self) -> None:
        super().__init__()
        self.contacts = Grid(contact_rows.COLUMNS, empty="opening the record …", waits=True, id="contacts")
        self.events = Grid(event_rows.COLUMNS, empty="opening the record …", newest_first=True, id="events")
        self.detail = Lines(id="detail")
        self.arrange_panels({"contacts": self.contacts})
        self._chart: Any = None
        self._aged_at = 0
        self._listed = ""
        """The filter of the rows listed."""
        self._sought = 0
        """The contact another screen leads to, until it is listed."""
        self._told: tuple[Any, ...] = ()
        """The events shown, the newest seen, whether times are local, and the present quarter of an hour."""

    def body(self) -> ComposeResult:
        """The panels."""
        yield self.panels

    def on_mount(self) -> None:
        """Read the dashboards, take the one that fits, start at the list."""
        self.read_dashboards()
        self.contacts.focus()

    async def complete(self) -> None:
        """Bring in what the first frame does without."""
        await self.panels.add_panel("detail", self.detail)
        await self.panels.add_panel("events", self.events)
        self.catch_up()

    # -- what flows down -----------------------------------------------------------------------

    async def show_chart(self, moment: Moment) -> None:
        """Bring in the chart, once there is a picture to draw."""
        from maoc_tui.ui.chart_panel import ChartPanel

        self._chart = ChartPanel()
        await self.panels.add_panel("chart", self._chart)
        if self._chart.is_attached:
            self._chart.show_moment(moment)

    def show_moment(self, moment: Moment | None) -> None:
        """Bring list, events, chart and detail up to date."""
        if moment is None:
            return
        if moment.view == self.view:
            self.contacts.say(self._nothing())
            anew, self._listed = self._listed != self.view.query, self.view.query
            rows = ContactRows(moment, self.app.clock.now_ms())
            self.contacts.show(rows, (self.view.column, self.view.descending), anew)
            if self._sought and self.contacts.select(self._sought):
                self._sought = 0
        quarter = self.app.clock.now_ms() // QUARTER_MS * QUARTER_MS
        told = (moment.events, self.app.seen_event, self.app.local, quarter)
        if told != self._told:
            self._told = told
            self.events.say("no contact has changed zone yet")
            self.events.show(EventRows(*told))
        self.note_matches(moment)
        self._show_detail()
        if self._chart is None:
            self._chart = False
            self.call_later(self.show_chart, moment)
            self.call_later(self._complete_panels)
        elif self._chart:
            self._chart.show_moment(moment)

    def show_fault(self, problem: Problem) -> None:
        """The record could not be opened: every panel says why."""
        why = printable(problem.message, 300)
        self.contacts.say(why)
        self.events.say(why)
        self.detail.show([((why, "bad"),)])
        if self._chart is None:
            self.call_later(self._show_no_chart, why)

    async def _show_no_chart(self, why: str) -> None:
        """In the chart's place, until there is something to draw, the fault."""
        place = self.panels.panel("chart")
        if place is None:
            place = Lines(id="no-chart")
            await self.panels.add_panel("chart", place)
        if isinstance(place, Lines):
            place.show([((why, "bad"),)])

    def _nothing(self) -> str:
        return (
            "nothing matches the filter: Esc clears it"
            if self.view.query
            else "no contacts in the record yet"
        )

    def point_to(self, ref: str) -> None:
        """For other screens that lead here: the cursor on a contact; a filter that does not hold it is taken away."""
        moment, key = self.app.moment, parse_key(ref)
        row = moment.picture.row(key) if moment is not None else -1
        if moment is not None and row < 0:
            self.app.say_problem(
                BadInput(f"{printable(ref, 30)} is not in the picture.", "Look again in a moment.")
            )
            return
        if self.view.query and not (moment is not None and moment.view == self.view and row in moment.rows):
            self.set_view(View("", self.view.column, self.view.descending))
        self._sought = 0 if self.contacts.select(key) else key
        self.app.chosen = key

    def show_chosen(self, key: int) -> None:
        """Follow a choice made anywhere."""
        if key and self.contacts.cursor_key != key:
            self.contacts.select(key)
        self._show_detail()

    def show_rested(self, key: int) -> None:
        """The cursor rests: mark the contact on the chart."""
        if self._chart:
            self._chart.show_subject(key, self.app.subject)

    def show_subject(self, subject: Subject | None) -> None:
        """Show what has been read of the chosen contact."""
        self._show_detail()
        if self._chart:
            self._chart.show_subject(self.app.chosen, subject)

    def show_status(self, status: Status) -> None:
        """The clock moved on: ages too."""
        super().show_status(status)
        moment = self.app.moment
        if abs(status.now_ms - self._aged_at) < AGED_EVERY_MS:
            return
        self._aged_at = status.now_ms
        self.records.show_now()
        if moment is not None and moment.view == self.view:
            self.contacts.show(ContactRows(moment, status.now_ms))
            self._show_detail()

    def _show_detail(self) -> None:
        moment, key = self.app.moment, self.app.chosen
        if moment is not None and self.detail.display:
            from maoc_tui.ui.detail import detail_lines

            now = self.app.clock.now_ms()
            self.detail.show(detail_lines(moment, key, self.app.subject, now, self.app.local))

    # -- what comes up -------------------------------------------------------------------------

    @on(Grid.Moved, "#contacts")
    def _contact_moved(self, event: Grid.Moved) -> None:
        if isinstance(event.key, int):
            self.app.chosen = event.key

    @on(Grid.Opened, "#contacts")
    def _contact_opened(self) -> None:
        self.panels.bring("detail")

    @on(Grid.Opened, "#events")
    def _event_opened(self, event: Grid.Opened) -> None:
        rows = self.events.rows
        if isinstance(rows, EventRows) and (key := rows.contact(event.key)):
            self.app.chosen = key

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer the panel's keys; events that have the keys have been seen."""
        super().on_descendant_focus(event)
        if event.widget is self.events:
            self.app.see_events()

    # -- commands ------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Back to the list; there, clear the filter."""
        if not self.contacts.has_focus and self.panels.bring("contacts"):
            return
        if self.view.query:
            self.set_view(View("", self.view.column, self.view.descending))

    def action_sort(self, column: str = "") -> None:
        """Sort by the next column, or the one named."""
        known = SORTABLE
        if column and column not in known:
            raise BadInput(f"There is no column {printable(column, 20)!r}.", f"Columns: {', '.join(known)}.")
        follows = known[(known.index(self.view.column) + 1) % len(known)]
        self.set_view(View(self.view.query, column or follows, False))
        self.app.say(f"Sorted by {self.view.column}.")

    def action_sort_reverse(self) -> None:
        """Turn the order around."""
        self.set_view(View(self.view.query, self.view.column, not self.view.descending))

    def action_show_on_chart(self) -> None:
        """Centre the chart on the selected contact, here or on the full screen."""
        place = self.selected_position()
        if self._chart and self._chart.display:
            self._chart.centre_on(*place)
        else:
            self.app.show_on_chart(*place)
