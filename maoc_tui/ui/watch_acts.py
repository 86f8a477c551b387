"""Taking the watch, leaving it and handing it over, from any screen: ``:watch take``, ``hand``, ``sign``, ``leave``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import WatchState


def do(app: Any, text: str) -> None:
    """Do one of the acts by its word; raises BadInput for another word."""
    acts = {"take": take, "hand": sheet, "sign": sheet, "leave": leave}
    word = text.strip().lower()
    if word not in acts:
        raise BadInput(
            f"{printable(text, 20)!r} is nothing to do to the watch.", f"Words: {', '.join(acts)}."
        )
    acts[word](app)


def take(app: Any) -> None:
    """Take the watch at once where nobody holds it; ask why where somebody does."""
    _writes(app)
    desk = app.desk

    def held(state: WatchState) -> None:
        from maoc_tui.ui.watch_forms import taken_over

        if state.mine:
            app.say("You hold the watch already.")
        elif state.held:
            app.push_screen(taken_over(desk, f"{state.name} {state.partner}"), lambda made: told(app, made))
        else:
            app.read(lambda: line.act(desk, "watch.take"), lambda made: told(app, made), app.say_problem)

    app.read(lambda: line.act(desk, "watch.state"), held, app.say_problem)


def leave(app: Any) -> None:
    """Leave the watch, with the reason."""
    from maoc_tui.ui.watch_forms import left

    _writes(app)
    app.push_screen(left(app.desk), lambda made: told(app, made))


def sheet(app: Any) -> None:
    """Open the sheet of the handover: its holder offers, another walks and signs."""
    from maoc_tui.ui.handover import HandoverWindow

    _writes(app)
    app.push_screen(HandoverWindow(app), lambda made: told(app, made))


def told(app: Any, made: WatchState | None) -> None:
    """Say who holds the watch, and let every panel know."""
    if made is None:
        return
    who = f"{made.name} {made.partner} holds the watch." if made.held else "Nobody holds the watch."
    waits = f" {made.offer.ref} is offered: another officer walks it." if made.offer is not None else ""
    app.say(printable(f"{'You hold the watch.' if made.mine else who}{waits}", 200))
    app.look_now()
    front = app.screen_stack[0]
    if hasattr(front, "show_logged"):
        front.show_logged()


def _writes(app: Any) -> None:
    if app.seeing_as:
        raise BadInput(f"Nothing is done while you see as {app.seeing_as}.", "Esc leaves the view.")
