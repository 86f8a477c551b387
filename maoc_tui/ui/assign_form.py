"""Asking a partner from any screen: read who is on the target, then open the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.ui import liaison_desk as line

if TYPE_CHECKING:
    from maoc_tui.ui.desk_app import DeskApp


def open_offer(app: DeskApp, ref: str) -> None:
    """Open the form that asks a partner to be something to a target."""
    from maoc_tui.ui.liaison_forms import offer

    def done(made: Any) -> None:
        if made is not None:
            app.say(" ".join((f"{made.target}: {made.partner} is asked to be {made.role}.", *made.notes)))
            app.look_now()

    app.read(
        lambda: line.row(app.desk, ref), lambda row: app.push_screen(offer(app.desk, ref, row), done) and None
    )
