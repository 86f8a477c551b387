"""The window that says who sees a statement and who does not, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.ui.desk_app import DeskApp


def show(app: DeskApp, ref: str) -> None:
    """Open it on a target, request or clock; what the desk refuses is said in the bottom bar."""

    def opened(found: Any) -> None:
        from maoc_tui.ui.liaison_sheets import LongSheet

        app.push_screen(LongSheet(f"{ref}: who sees it, and why", lines(found)))

    app.read(lambda: line.act(app.desk, "who_sees.who_sees", ref), opened, app.say_problem)


def lines(found: Any) -> list[Line]:
    """Who sees it first; a shape beside the colour."""
    return [
        (
            ("● " if one.seen else "○ ", "good" if one.seen else "dim"),
            (f"{printable(one.partner, 8):<8} ", "strong" if one.seen else "text"),
            (f"{printable(one.status, 14):<14} ", "dim"),
            (printable(one.reason, 200), "text"),
        )
        for one in found
    ]
