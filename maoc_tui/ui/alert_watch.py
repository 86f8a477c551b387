"""Which alerts wait for somebody, read anew as they come: for the top bar and the bell of every screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted

if TYPE_CHECKING:
    from maoc_tui.desk.alert_snapshots import Pending

READ_EVERY_S = 15.0
"""Real time after which they are read again though nothing became of any: links and releases may have changed."""


class AlertWatch:
    """What was read last, for one viewer."""

    def __init__(self) -> None:
        self._seen: Any = None
        self._stamp: Any = None
        self._version: Any = None
        self._at = 0.0
        self._held: tuple[Pending, ...] = ()

    def read(self, room: Any, viewer: Viewer) -> tuple[Pending, ...]:
        """What waits, quiet or not; () where the role reads none. Called from worker threads, one at a time."""
        from maoc_tui.desk import alerts

        version, now = room.db.data_version(), time.monotonic()
        if version != self._version:
            self._version, self._stamp = version, alerts.stamp(room)
        seen = (self._stamp, viewer)
        if seen != self._seen or now - self._at >= READ_EVERY_S:
            self._held = _pending(room, viewer)
            self._seen, self._at = seen, now
        return self._held


def _pending(room: Any, viewer: Viewer) -> tuple[Pending, ...]:
    from maoc_tui.desk import alerts

    try:
        return alerts.pending(room, viewer)
    except NotPermitted:
        return ()
