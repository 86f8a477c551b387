"""The mouse, for whoever asks for it: a click chooses a row, another one opens it, the wheel goes three rows on.

It is off unless the settings say otherwise; everything it does has a key.
"""

from __future__ import annotations

from textual import events

WHEEL = 3
"""Rows the wheel goes on."""


class WheelTurns:
    """A list or a text that the wheel moves as its keys do."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Some rows down."""
        self._turn_wheel(event, "action_row_down")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Some rows up."""
        self._turn_wheel(event, "action_row_up")

    def _turn_wheel(self, event: events.MouseEvent, action: str) -> None:
        event.stop()
        for _ in range(WHEEL):
            getattr(self, action)()
