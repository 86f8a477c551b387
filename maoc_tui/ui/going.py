"""From a reference to the screen that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.ui.actions import Actions

_SCREENS = {
    "T": "targets",
    "RQ": "requests",
    "CK": "requests",
    "OP": "operations",
    "AS": "assets",
    "W": "log",
}
"""Beginning of a reference to the screen that lists what it names."""
_BY_KIND = {"partner": "liaison", "officer": "liaison", "brief": "briefs"}
"""Kind of a record without such a reference to the screen that lists it."""


def go_to(app: Actions, ref: str) -> None:
    """Bring the screen of a reference (T-0417, OP-0002/0003) to the front, the cursor on it. Raises BadInput."""
    name = ref.partition("/")[0].strip()
    mode = _SCREENS.get(name.partition("-")[0], "")
    if mode not in app.MODES:
        told = printable(ref, 60)
        raise BadInput(f"{told} has no line on a screen of its own.", f"See it with: maoc … show {told}")
    _point(app, mode, name)


def open_record(app: Any, kind: str, ref: str) -> None:
    """Bring the screen of a record to the front, the cursor on it; ``ref`` as ``desk.search`` tells it.

    Raises BadInput for what no screen shows.
    """
    if kind == "contact":
        from maoc_tui.domain.contacts import parse_key

        app.action_go("watch")
        app.chosen = parse_key(ref)
    elif kind in _BY_KIND:
        _point(app, _BY_KIND[kind], ref)
    else:
        go_to(app, ref)


def note_opened(app: Any, ref: str) -> None:
    """Remember that a record was opened; what cannot be remembered is no fault of the screen."""
    from maoc_tui.ui import liaison_desk as line

    desk = app.desk
    app.read(lambda: line.act(desk, "marks.note_opened", ref), lambda _: None, lambda _: None)


def _point(app: Any, mode: str, name: str) -> None:
    app.action_go(mode)

    def there() -> None:
        screen: Any = app.screen_stack[0]
        if hasattr(screen, "point_to"):
            screen.point_to(name)

    app.call_after_refresh(there)
