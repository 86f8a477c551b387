"""Privacy: nothing on the screen but the clock."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from maoc_tui.commands import BY_ID
from maoc_tui.ui.topbar import TopBar


class Blank(Screen[None], inherit_bindings=False):
    """An empty screen under the clock; only the privacy key (or Esc) works."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(BY_ID["blank"].keys, "back", show=False, id="blank"),
        Binding("escape", "back", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The clock."""
        yield TopBar()

    def on_mount(self) -> None:
        """Keep the clock going."""
        self._tick()
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        app = self.app
        self.query_one(TopBar).show_clock(app.clock.now_ms(), app.local)  # type: ignore[attr-defined]

    def action_back(self) -> None:
        """Bring the screen back."""
        self.dismiss()
