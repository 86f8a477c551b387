"""Windows of what an officer keeps: saved views, records opened last, pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.commands import DIALOG
from maoc_tui.commands.command import MARKS, VIEWS
from maoc_tui.domain.saved_views import check_screen
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import format as fmt
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.columns import Column
from maoc_tui.ui.form import Field
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.list_window import ListWindow, TextRows
from maoc_tui.ui.marking_form import MarkedAct
from maoc_tui.ui.screen_views import standing, take_up

if TYPE_CHECKING:
    from maoc_tui.desk.marks import Mark
    from maoc_tui.desk.views import SavedView
    from maoc_tui.domain.marking import Marking
    from maoc_tui.ui.desk_app import DeskApp

_VIEWS = (
    Column("digit", "Key", 3, 1),
    Column("name", "Name", 18, 1, grow=True),
    Column("screen", "Screen", 10, 1),
    Column("query", "Filter", 16, 1, grow=True),
    Column("by", "By", 12, 2),
    Column("marking", "Marking", 16, 2),
)
_MARKS = (
    Column("pin", "", 1, 1),
    Column("ref", "Ref", 14, 1),
    Column("title", "What", 24, 1, grow=True),
    Column("when", "Opened", 12, 1),
)


class ViewsWindow(ListWindow):
    """Saved views; a figure or Enter opens one."""

    BINDINGS = bindings(DIALOG, VIEWS)

    def __init__(self, app: DeskApp) -> None:
        foot = "1-9 or Enter opens · n saves this screen · x withdraws · Esc closes"
        super().__init__("Views", _VIEWS, foot, empty="no view is saved: n saves what stands on the screen")
        self._app = app
        self.found: tuple[SavedView, ...] | None = None
        """What is listed; None until it was read."""

    def show_rows(self) -> None:
        """Read them anew."""
        desk = self._app.desk
        self._app.read(lambda: line.act(desk, "views.views"), self._take, self.failed)

    def _take(self, found: tuple[SavedView, ...]) -> None:
        self.found = found
        rows = [
            (
                str(one.id),
                (
                    (str(one.digit or ""), "strong"),
                    (printable(one.name, 60), "text"),
                    (one.screen, "text"),
                    (printable(one.query, 200), "text"),
                    ("yours" if one.own and not one.shared else printable(one.by, 40), "dim"),
                    (str(one.marking) if one.shared else "", "mark"),
                ),
            )
            for one in found
        ]
        if self.is_mounted:
            self.list.show(TextRows(rows))

    def _chosen(self) -> SavedView | None:
        key = str(self.list.cursor_key or "")
        return next((one for one in self.found or () if str(one.id) == key), None)

    def action_accept(self) -> None:
        """Open the view under the cursor."""
        chosen = self._chosen()
        if chosen is not None:
            self.dismiss(chosen)

    def action_view_digit(self) -> None:
        """Open the view with the key that was struck."""
        struck = self._app.last_key
        chosen = next((one for one in self.found or () if str(one.digit) == struck), None)
        if chosen is not None:
            self.dismiss(chosen)
        elif self.found is not None:
            self.say(f"No view has the key {printable(struck, 3)}.", "warn")

    def action_view_save(self) -> None:
        """Save what stands on the screen behind."""
        screen, query, sort, descending = standing(self._app)
        try:
            check_screen(screen)
        except BadInput as problem:
            self.failed(problem)
            return
        fields = [
            Field("name", "name", hint="Sloops off Flores"),
            Field("digit", "key", hint="1 to 9, struck after V; empty for none"),
            Field("shared", "shared", "no", "yes: your partner's officers, and whom the marking names"),
        ]
        desk = self._app.desk

        def do(values: dict[str, str], marking: Marking | None) -> Any:
            digit = values["digit"].strip() or "0"
            if not (len(digit) == 1 and digit in "0123456789"):
                raise BadInput("The key of a view is 1 to 9.", "Give another, or none.")
            shared = values["shared"].strip().lower() in ("yes", "y")
            return line.act(
                desk, "views.save", values["name"], screen, query, sort,
                descending=descending, digit=int(digit), shared=shared, marking=marking,
            )  # fmt: skip

        told = f"Save {screen}" + (f" with {query}" if query else "")
        self.app.push_screen(MarkedAct(desk, printable(told, 100), fields, do), self._saved)

    def _saved(self, made: Any) -> None:
        if made is not None:
            self.say(f"View {made.name} saved.", "good")
            self.show_rows()

    def action_view_remove(self) -> None:
        """Withdraw the view under the cursor."""
        chosen, desk = self._chosen(), self._app.desk
        if chosen is not None:
            which = chosen.id
            self._app.read(lambda: line.act(desk, "views.remove", which), self._removed, self.failed)

    def _removed(self, gone: SavedView) -> None:
        self.say(f"View {gone.name} is withdrawn.", "good")
        self.show_rows()


class MarksWindow(ListWindow):
    """Records opened last, or pins; Enter opens one."""

    BINDINGS = bindings(DIALOG, MARKS)

    def __init__(self, app: DeskApp, pins: bool) -> None:
        title, empty = ("Pins", "nothing is pinned: p on a record opened last") if pins else (
            "Opened last", "Enter on a record of any list, or in a search, puts it here"
        )  # fmt: skip
        super().__init__(title, _MARKS, "Enter opens · p pins or lets go · Esc closes", empty=empty)
        self._app, self._pins = app, pins
        self.found: tuple[Mark, ...] | None = None
        """What is listed; None until it was read."""

    def show_rows(self) -> None:
        """Read them anew."""
        desk, name = self._app.desk, "marks.pins" if self._pins else "marks.recent"
        self._app.read(lambda: line.act(desk, name), self._take, self.failed)

    def _take(self, found: tuple[Mark, ...]) -> None:
        self.found = found
        now, local = self._app.clock.now_ms(), self._app.local
        rows = [
            (
                one.ref,
                (
                    ("*" if one.pinned else "", "mark"),
                    (one.ref, "strong"),
                    (printable(one.title, 120), "text"),
                    (fmt.short_time(one.opened_ms, now, local) if one.opened_ms else "", "dim"),
                ),
            )
            for one in found
        ]
        if self.is_mounted:
            self.list.show(TextRows(rows))

    def _chosen(self) -> Mark | None:
        return next((one for one in self.found or () if one.ref == self.list.cursor_key), None)

    def action_accept(self) -> None:
        """Open the record under the cursor."""
        chosen = self._chosen()
        if chosen is not None:
            self.dismiss(chosen)

    def action_mark_pin(self) -> None:
        """Pin the record under the cursor, or let it go."""
        chosen, desk = self._chosen(), self._app.desk
        if chosen is not None:
            ref, off = chosen.ref, chosen.pinned
            self._app.read(
                lambda: line.act(desk, "marks.pin", ref, off=off), lambda _: self.show_rows(), self.failed
            )


def open_views(app: DeskApp) -> None:
    """Open the list of views; the one chosen is taken up."""

    def chosen(one: SavedView | None) -> None:
        if one is not None:
            take_up(app, one)

    app.push_screen(ViewsWindow(app), chosen)


def open_marks(app: Any, pins: bool) -> None:
    """Open the records opened last, or the pins; the one chosen is opened where it is shown."""
    from maoc_tui.ui.going import note_opened, open_record

    def chosen(one: Mark | None) -> None:
        if one is not None:
            open_record(app, one.kind, one.ref)
            note_opened(app, one.ref)

    app.push_screen(MarksWindow(app, pins), chosen)
