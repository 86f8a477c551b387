"""Keeping up with the record: what was entered stands here within a second, at whatever terminal it was entered.

Nothing here waits: the record is read in a worker, one reading at a time, and a reading is followed by a rest.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, ClassVar

from maoc_tui.problems import Problem
from maoc_tui.ui import liaison_desk
from maoc_tui.ui.live import LiveDesk

LOOK_EVERY_S = 0.5
"""What somebody enters at another terminal stands here within a second."""
AFTER_FAULT_S = 30.0
REST = 9
"""A reading for traffic alone is preceded by so many times its length of rest: a tenth of a core at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and of which state of the record."""

    version: Any
    wish: Any
    """What was asked for: a filter, past ones too."""
    known: Any
    took_s: float
    entry: int
    """The newest entry of the journal when it was read."""


class KeepsUp:
    """Something on the screen that shows what stands in the record; it says what it reads and how it shows that."""

    app: Any
    HURRIES_FOR: ClassVar[tuple[str, ...]] = ()
    """Kinds of things, as the journal names them, whose change is shown without a rest; () for all."""
    _seen: Reading | None = None
    """What is on the screen."""
    _reading = False
    _again = False
    """Wanted anew by force while a reading was under way."""
    _rest_until = 0.0
    _amiss_until = 0.0
    """After a fault nothing is read until then, unless by force."""

    # -- what is defined for each --------------------------------------------------------------

    def looks(self) -> bool:
        """Whether it is read at all just now."""
        raise NotImplementedError

    def wish(self) -> Any:
        """What is asked for beside the record itself: a filter, past ones too."""
        return None

    def version(self, desk: LiveDesk) -> Any:
        """Differs when there is something new to read. Called in a worker: touches nothing of the screen."""
        return liaison_desk.version(desk)

    def ask(self, desk: LiveDesk, wish: Any) -> Any:
        """Read what is shown; raises Problem. Called in a worker: touches nothing of the screen."""
        raise NotImplementedError

    def take(self, known: Any, anew: bool) -> None:
        """Show what was read; ``anew``: another wish was asked for than what stood there."""
        raise NotImplementedError

    def amiss(self, problem: Problem) -> bool:
        """Whether what was wished for is what is wrong: then that has been said, and the looking goes on."""
        return False

    def unread(self, problem: Problem) -> None:
        """Say why nothing could be read; it is tried again after a while."""
        raise NotImplementedError

    # -- reading -------------------------------------------------------------------------------

    def read_again(self, force: bool = False) -> None:
        """Read when something was committed since, or by force; one reading at a time."""
        self._again = self._again or (force and self._reading)
        if self._reading or not self.looks() or (not force and time.monotonic() < self._amiss_until):
            return
        self._reading, self._again = True, False
        desk, wish, seen = self.app.desk, self.wish(), None if force else self._seen
        rests = time.monotonic() < self._rest_until
        self.app.read(lambda: self.reading(desk, wish, seen, rests), self._take, self._failed)

    def reading(self, desk: LiveDesk, wish: Any, seen: Reading | None, rests: bool) -> Reading | None:
        """What is new since ``seen``, None where nothing is; while it ``rests``, only what somebody did."""
        began, version = time.monotonic(), self.version(desk)
        if seen is not None and wish == seen.wish:
            if version == seen.version:
                return None
            if rests and not liaison_desk.acted_since(desk, seen.entry, *self.HURRIES_FOR):
                return None
        entry = liaison_desk.newest(desk)
        return Reading(version, wish, self.ask(desk, wish), time.monotonic() - began, entry)

    def _take(self, reading: Reading | None) -> None:
        self._done()
        if reading is None:
            return
        anew = self._seen is not None and self._seen.wish != reading.wish
        self._seen = reading
        self._rest_until = time.monotonic() + reading.took_s * REST
        self.take(reading.known, anew)

    def _done(self) -> None:
        self._reading = False
        if self._again:
            self.app.call_later(self.read_again, True)

    def _failed(self, problem: Problem) -> None:
        self._done()
        if not self.amiss(problem):
            self._amiss_until = time.monotonic() + AFTER_FAULT_S
            self.unread(problem)
