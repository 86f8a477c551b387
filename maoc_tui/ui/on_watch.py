"""Who holds the watch, for the top bar of every screen."""

from __future__ import annotations

from typing import Any

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.ui.moment import OnWatch


class WatchHeld:
    """Who holds the watch, read again only when something was committed since."""

    def __init__(self) -> None:
        self._seen: Any = None
        self._held: OnWatch | None = None

    def read(self, room: Any, viewer: Viewer) -> OnWatch | None:
        """Who holds it; None where nobody ever took it, or the role does not read that."""
        seen = (room.db.data_version(), viewer)
        if self._seen != seen:
            self._held, self._seen = _on_watch(room, viewer), seen
        return self._held


def _on_watch(room: Any, viewer: Viewer) -> OnWatch | None:
    from maoc_tui.desk import watch

    try:
        state = watch.state(room, viewer)
    except NotPermitted:
        return None
    return OnWatch(state.name, state.partner, state.mine) if state.how is not None else None
