"""Chosen interceptions reckoned anew as contacts are heard: which of them slip."""

from __future__ import annotations

import time
from typing import Any

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted, Problem
from maoc_tui.ui.moment import Slipping

RECKONED_EVERY_S = 5.0
"""Real time between two reckonings, however often something is heard."""


class SlipWatch:
    """What the last reckoning said, for one viewer."""

    def __init__(self) -> None:
        self._viewer: Viewer | None = None
        self._seen: Any = None
        self._at = 0.0
        self._held: tuple[Slipping, ...] = ()

    def read(self, room: Any, viewer: Viewer, generation: int) -> tuple[Slipping, ...]:
        """Alarms, reckoned anew when something was heard or committed since, but not more often than every so often.

        Called from worker threads, one at a time.
        """
        seen = (room.db.data_version(), generation, room.clock.now_ms() // 60_000)
        now = time.monotonic()
        due = seen != self._seen and now - self._at >= RECKONED_EVERY_S
        if due or viewer != self._viewer:
            self._held = _slipping(room, viewer)
            self._viewer, self._seen, self._at = viewer, seen, now
        return self._held


def _slipping(room: Any, viewer: Viewer) -> tuple[Slipping, ...]:
    """A fault in one reckoning must not hold up the picture: it is told in place of the alarms."""
    from maoc_tui.desk import intercept_watch

    try:
        found = intercept_watch.slips(room, viewer)
    except NotPermitted:
        return ()
    except Problem as problem:
        text = f"Chosen interceptions cannot be reckoned: {problem.message.rstrip('.')}"
        return (Slipping("", (), ("fault",), text),)
    return tuple(
        Slipping(one.operation, (one.operation, one.asset, one.target), one.kinds, one.text)
        for one in found
        if one.alarm
    )
