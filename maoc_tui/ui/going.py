"""From a reference to the screen that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.seizure_snapshots import SeizureSheet

_SCREENS = {
    "T": "targets",
    "RQ": "requests",
    "CK": "requests",
    "OP": "operations",
    "AS": "assets",
    "W": "watch_log",
    "AL": "inbox",
}
"""Beginning of a reference to the screen that lists what it names."""
_BY_KIND = {"contact": "watch", "partner": "liaison", "officer": "liaison", "brief": "briefs"}
"""Kind of a record without such a reference to the screen that lists it."""


def open_record(app: Any, kind: str, ref: str) -> None:
    """Bring the screen of a record to the front, the cursor on it; say so where no screen shows it.

    ``kind`` and ``ref`` are as ``desk.search`` tells them; a reference of its own (T-0417, OP-0002/0003) needs no kind.
    A seizure is shown on the sheet of the operation it came of.
    """
    name = ref.partition("/")[0].strip()
    mode = _BY_KIND.get(kind) or _SCREENS.get(name.partition("-")[0], "")
    if mode:
        point(app, mode, ref if kind in _BY_KIND else name)
    elif name.startswith("SZ-"):
        _open_seizure(app, name)
    else:
        told = printable(ref, 60)
        app.say_problem(
            BadInput(f"{told} has no line on a screen of its own.", f"See it with: maoc … show {told}")
        )


def _open_seizure(app: Any, ref: str) -> None:
    from maoc_tui.ui import liaison_desk as line

    def found(sheet: SeizureSheet) -> None:
        if sheet.row.operation:
            point(app, "operations", sheet.row.operation)
        else:
            told = f"{printable(ref, 20)} came of no operation that you see, and no other screen shows it."
            app.say_problem(BadInput(told, f"See it with: maoc seizure show {printable(ref, 20)}"))

    desk = app.desk
    app.read(lambda: line.act(desk, "seizures.sheet", ref), found, app.say_problem)


def note_opened(app: Any, ref: str) -> None:
    """Remember that a record was opened; what cannot be remembered is no fault of the screen."""
    from maoc_tui.ui import liaison_desk as line

    desk = app.desk
    app.read(lambda: line.act(desk, "marks.note_opened", ref), lambda _: None, lambda _: None)


def not_listed(ref: str) -> BadInput:
    """What a screen says of a record it was led to and does not list; the cursor stays, on something else."""
    told = printable(ref, 30)
    return BadInput(
        f"{told} is not in this list.", f"It may be hidden from you by now. :find {told} looks for it."
    )


def point(app: Any, mode: str, name: str) -> None:
    """Bring a screen to the front, the cursor on the record of that name; the screen says where it has none."""
    app.action_go(mode)

    def there() -> None:
        screen: Any = app.screen_stack[0]
        if hasattr(screen, "point_to"):
            screen.point_to(name)

    app.call_after_refresh(there)
