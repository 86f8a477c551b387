"""One run of the demo in the program: the clock is there at once, the scenario follows in a worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.settings import Settings

if TYPE_CHECKING:
    from maoc_tui.desk.demo import Demo
    from maoc_tui.desk.room import Room, Said

OPENS_MS = 1_670_996_700_000
"""14 December 2022, 05:45Z: shown until the scenario itself has been read."""
EVENING_MS = OPENS_MS - 10 * 3_600_000
"""19:45Z of the evening before, when the night opens."""


class DemoSession:
    """What the program needs before the scenario is ready, and what must be ended after it."""

    def __init__(self, path: Path, settings: Settings, rate: float | None, night: bool = False) -> None:
        self.clock = ScenarioClock(start_ms=EVENING_MS if night else OPENS_MS, rate=0)
        self.settings = settings
        self._path, self._rate, self._night = path, rate, night
        self._demo: Demo | None = None
        self.made = False
        """Whether this session made the record; one that was there already is none of its business."""

    def make(self, said: Said, _key: bytes | None) -> Room:
        """Make the scenario and start its replay; ``said`` hears how far it is. Runs in a worker."""
        from maoc_tui.desk.demo import Demo
        from maoc_tui.desk.demo_night import Night

        night = Night.load() if self._night else None
        self._demo = Demo(self.settings, self._rate, self.clock, night)
        room = self._demo.make(self._path, said)
        self.made = True
        self._demo.start(room)
        return room

    def close(self) -> None:
        """End the replay."""
        if self._demo:
            self._demo.stop()
