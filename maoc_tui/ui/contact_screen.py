"""What can be done with the contact selected on the Watch screen or the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maoc_tui.commands import SIGHT
from maoc_tui.domain.contacts import key_text
from maoc_tui.problems import BadInput
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.moment import View
from maoc_tui.ui.zone_asking import override_of_position, why, why_of_position

if TYPE_CHECKING:
    from maoc_tui.ui.moment import Moment
    from maoc_tui.ui.prompt import Prompt


class ContactScreen(DeskScreen):
    """A screen of contacts: filter, order, and actions on the one selected."""

    BINDINGS = bindings(SIGHT)
    _query_before = ""
    _wrong = False
    """What stands in the filter line is no filter."""

    @property
    def view(self) -> View:
        """What the list and the charts show, the same on every screen of contacts."""
        return self.app.view

    def highest_marking(self) -> str:
        """Of the targets and links that the contacts shown tell of."""
        return self.app.moment.highest if self.app.moment is not None else ""

    def catch_up(self) -> None:
        """Show the shared state again, and the filter in force."""
        self.key_bar.show_filter(self.view.query)
        super().catch_up()

    # -- filter --------------------------------------------------------------------------------

    def action_filter(self, query: str = "") -> None:
        """Open the filter line, or take a filter typed after the colon."""
        if query:
            self._take_filter(query)
        else:
            self._query_before = self.view.query
            self.ask_line("filter", "/", self.view.query, "flag:VE type:sail age<6h zone:HS")

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Filter while typing; say in place what is wrong."""
        if event.purpose != "filter":
            return
        if hint := _unfinished(event.text):
            self._wrong = True
            self.prompts()[0].note(hint)
        else:
            self._try_filter(event.text)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Keep the filter; a wrong one stays open with its error."""
        if event.purpose == "filter" and self._try_filter(event.text):
            self.close_line()

    def on_prompt_left(self, event: Prompt.Left) -> None:
        """Go back to the filter that was in force."""
        if event.purpose == "filter":
            self._take_filter(self._query_before)

    def _try_filter(self, query: str) -> bool:
        try:
            self._take_filter(query)
        except BadInput as problem:
            self._wrong = True
            self.prompts()[0].note(f"{problem.message} {problem.way_out}", bad=True)
            return False
        self._wrong = False
        return True

    def _take_filter(self, query: str) -> None:
        from maoc_tui.domain.query import parse

        parse(query)
        self.set_view(View(query.strip(), self.view.column, self.view.descending))

    def set_view(self, view: View) -> None:
        """Show other contacts, or the same in another order."""
        self.app.view = view
        self.key_bar.show_filter(view.query)
        self.app.look_now()

    def note_matches(self, moment: Moment) -> None:
        """Say beside the open filter how many contacts match."""
        for prompt in self.prompts():
            if prompt.purpose == "filter" and not self._wrong and moment.view == self.view:
                prompt.note(f"{len(moment.rows):,} of {len(moment.picture):,}")

    # -- the selected contact ------------------------------------------------------------------

    def selected(self) -> tuple[Moment, int]:
        """The moment and the row of the selected contact; raises BadInput when there is none."""
        moment = self.app.moment
        row = moment.picture.row(self.app.chosen) if moment is not None and self.app.chosen else -1
        if moment is None or row < 0:
            raise BadInput("No contact is selected.", "Select one in the list or on the chart.")
        return moment, row

    def selected_position(self) -> tuple[float, float]:
        """Latitude and longitude of the selected contact, degrees; raises BadInput without any."""
        moment, row = self.selected()
        lat, lon = float(moment.picture.lat[row]), float(moment.picture.lon[row])
        if lat != lat:
            raise BadInput("This contact has never given a position.", "Select another one.")
        return lat, lon

    def action_why(self, position: str = "") -> None:
        """Whose waters and why, for the selected contact or the position typed."""
        if position:
            why_of_position(self.app, position)
            return
        lat, lon = self.selected_position()
        moment, row = self.selected()
        key, target = int(moment.picture.key[row]), str(moment.picture.target[row])
        error = float(moment.picture.error_m[row])
        why(self.app, lat, lon, error / 1852 if error == error else 0.0, key, target)

    def action_law(self, _: str = "") -> None:
        """What may be done to the selected contact where it is."""
        from maoc_tui.domain.contacts import ContactClass
        from maoc_tui.ui.law_asking import ask

        lat, lon = self.selected_position()
        moment, row = self.selected()
        shown, error = moment.picture, float(moment.picture.error_m[row])
        flying = int(shown.cls[row]) in (ContactClass.AIRCRAFT, ContactClass.SAR_AIRCRAFT)
        ask(
            self.app,
            key_text(int(shown.key[row])),
            (lat, lon, error / 1852 if error == error else 0.0),
            flag=str(shown.flag[row]),
            medium="air" if flying else "sea",
            seen_ms=int(shown.time[row]),
            key=int(shown.key[row]),
            target=str(shown.target[row]),
        )

    def action_override(self, position: str = "") -> None:
        """Say by hand what waters the selected contact is in, or what they are about the position typed."""
        from maoc_tui.ui.detail import one_line
        from maoc_tui.ui.zone_forms import OverrideDialog
        from maoc_tui.ui.zone_list import open_form

        if position:
            open_form(self.app, override_of_position(self.app, position), "saved")
            return
        self.selected_position()
        moment, row = self.selected()
        key = int(moment.picture.key[row])
        top = ((one_line(moment, key, self.app.clock.now_ms()).plain, "strong"),)
        form = OverrideDialog(self.app.desk, f"{key_text(key)}: zone by hand", {"contact": key}, [top])
        open_form(self.app, form, "saved")

    def action_copy(self) -> None:
        """Copy the selected contact to a file, and offer it to the terminal's clipboard."""
        from maoc_tui.ui.copying import copy_contact

        moment, row = self.selected()
        copy_contact(self.app, moment, int(moment.picture.key[row]))

    def action_new_target(self) -> None:
        """Make the selected contact a target."""
        from maoc_tui.ui.targets_dialogs import new_from_contact

        moment, row = self.selected()
        new_from_contact(self.app, moment.picture, row)


def _unfinished(query: str) -> str:
    """What the term being typed wants, while all before it can be understood; "" when nothing is amiss."""
    from maoc_tui.domain.query import parse

    try:
        parse(query)
    except BadInput as problem:
        try:
            before = query[: query.rindex('"')] if query.count('"') % 2 else query
            parse(before.rpartition(" ")[0])
        except BadInput:
            return ""
        return "" if query.endswith(" ") else problem.way_out
    return ""
