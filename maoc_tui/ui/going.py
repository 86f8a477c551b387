"""From a reference to the screen that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.ui.actions import Actions

_SCREENS = {"T": "targets", "RQ": "requests", "CK": "requests", "OP": "operations", "AS": "assets"}
"""Beginning of a reference to the screen that lists what it names."""


def go_to(app: Actions, ref: str) -> None:
    """Bring the screen of a reference (T-0417, OP-0002/0003) to the front, the cursor on it. Raises BadInput."""
    name = ref.partition("/")[0].strip()
    mode = _SCREENS.get(name.partition("-")[0])
    if mode is None:
        told = printable(ref, 60)
        raise BadInput(f"{told} has no line on a screen of its own.", f"See it with: maoc … show {told}")
    app.action_go(mode)

    def there() -> None:
        screen: Any = app.screen_stack[0]
        if hasattr(screen, "point_to"):
            screen.point_to(name)

    app.call_after_refresh(there)
