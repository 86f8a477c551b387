"""The overrides of zones in a window: which count, which expired or were withdrawn; Enter withdraws one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from maoc_tui.commands import DIALOG
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.text import printable
from maoc_tui.geo.zonemodel import ABBREVIATION
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.grid import Grid
from maoc_tui.ui.keys import bindings

if TYPE_CHECKING:
    from maoc_tui.domain.zone_override import ZoneOverride
    from maoc_tui.ui.desk_app import DeskApp

_COLUMNS = (
    Column("ref", "Ref", 6, 1),
    Column("state", "State", 9, 1),
    Column("zone", "Zone", 9, 1),
    Column("about", "About", 13, 3),
    Column("until", "Until", 12, 1),
    Column("name", "Name", 9, 2),
    Column("reason", "Reason", 11, 2, grow=True),
)
_LOOK = {"holds": "strong", "expired": "dim", "withdrawn": "dim"}


class OverrideRows:
    """Overrides in a list; the key of a row is the reference."""

    def __init__(self, found: Sequence[ZoneOverride], now_ms: int) -> None:
        self._found, self._now_ms = tuple(found), now_ms

    def __len__(self) -> int:
        return len(self._found)

    def key(self, at: int) -> str:
        """The reference of row ``at``."""
        return self._found[at].ref

    def find(self, key: Hashable) -> int:
        """The row of a reference; -1 when it is not listed."""
        return next((at for at, one in enumerate(self._found) if one.ref == key), -1)

    def cells(self, at: int) -> Sequence[Cell]:
        """What the columns show of row ``at``."""
        one = self._found[at]
        state = one.state(self._now_ms)
        look = _LOOK[state]
        return (
            (one.ref, "mark" if state == "holds" else "dim"),
            (state if state == "holds" else state.upper(), "good" if state == "holds" else "warn"),
            (f"{'/'.join(one.states)} {ABBREVIATION[one.kind]}".strip(), look),
            (key_text(one.key) if one.key else one.target or one.scope, look),
            (one.until, look),
            (printable(one.name, 40), look),
            (printable(one.reason, 200), look),
        )


class OverrideList(ModalScreen["ZoneOverride | None"], inherit_bindings=False):
    """A window with the overrides: Enter takes the one under the cursor, Esc none."""

    BINDINGS = bindings(DIALOG)

    def __init__(self, found: Sequence[ZoneOverride], now_ms: int) -> None:
        super().__init__()
        self._found, self._now_ms = tuple(found), now_ms
        self._list = Grid(_COLUMNS, empty="nothing has been entered by hand", id="overrides")

    def compose(self) -> ComposeResult:
        """Title, list, foot."""
        with Vertical(classes="window"):
            yield Static(Content("Zones by hand"), classes="window--title")
            yield self._list
            yield Static(Content("j k choose · Enter withdraws it · Esc close"), classes="window--foot")

    def on_mount(self) -> None:
        """Show them; the keys are the list's."""
        self._list.show(OverrideRows(self._found, self._now_ms))
        self._list.focus()

    @on(Grid.Opened, "#overrides")
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Take the one under the cursor."""
        self.dismiss(next((one for one in self._found if one.ref == self._list.cursor_key), None))

    def action_close(self) -> None:
        """Take none."""
        self.dismiss(None)


def show_overrides(app: DeskApp) -> None:
    """Read every override and list them; one that counts can be withdrawn from there."""

    def ask() -> Any:
        from maoc_tui.desk import zone_overrides

        return zone_overrides.listing(app.desk.open(), app.desk.viewer, every=True)

    def listed(found: Any) -> None:
        app.push_screen(OverrideList(found, app.clock.now_ms()), chosen)

    def chosen(one: ZoneOverride | None) -> None:
        if one is None:
            return
        if one.state(app.clock.now_ms()) != "holds":
            app.say(f"{one.ref} no longer counts: there is nothing to withdraw.", bad=True)
            return
        from maoc_tui.ui.zone_forms import WithdrawOverrideDialog

        open_form(app, WithdrawOverrideDialog(app.desk, one), "withdrawn")

    app.read(ask, listed)


def open_form(app: DeskApp, form: Any, done: str) -> None:
    """Open a form about an override; what was committed is said and shown."""

    def closed(saved: ZoneOverride | None) -> None:
        if saved is not None:
            app.say(f"{saved.ref} {done}.")
            app.look_now()
            app.read_subject_again()

    app.push_screen(form, closed)
