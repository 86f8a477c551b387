"""A screen that keeps up with the record: read when it opens, and again after every commit.

Nothing here waits: the record is read in a worker, one reading at a time, and a reading is followed by a rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from maoc_tui.domain.text import printable
from maoc_tui.problems import NotPermitted, Problem
from maoc_tui.ui import liaison_desk
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.status import Status

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
    act: int
    """The newest act of anybody when it was read."""


class RecordScreen(DeskScreen):
    """A screen of what stands in the record; a screen says what it reads and how it shows that."""

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

    # -- what a screen defines -----------------------------------------------------------------

    def wish(self) -> Any:
        """What is asked for beside the record itself: a filter, past ones too."""
        return None

    def version(self, desk: LiveDesk) -> Any:
        """Differs when there is something new to read. Called in a worker: touches nothing of the screen."""
        return liaison_desk.version(desk)

    def ask(self, desk: LiveDesk, wish: Any) -> Any:
        """Read what the screen shows; raises Problem. Called in a worker: touches nothing of the screen."""
        raise NotImplementedError

    def take(self, known: Any, anew: bool) -> None:
        """Show what was read; ``anew``: another wish was asked for than what stood there."""
        raise NotImplementedError

    def show_now(self) -> None:
        """Show what is known again: the clock has moved on, and with it ages and what is left of a term."""

    # -- reading -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read, and keep looking."""
        self.read_again()
        self.set_interval(LOOK_EVERY_S, self.read_again)

    def read_again(self, force: bool = False) -> None:
        """Read when something was committed since, or by force; one reading at a time."""
        self._again = self._again or (force and self._reading)
        if self._reading or not self.is_current or (not force and time.monotonic() < self._amiss_until):
            return
        self._reading, self._again = True, False
        desk, wish, seen = self.app.desk, self.wish(), None if force else self._seen
        rests = time.monotonic() < self._rest_until

        def ask() -> Reading | None:
            began, version = time.monotonic(), self.version(desk)
            if seen is not None and (version, wish) == (seen.version, seen.wish):
                return None
            act = liaison_desk.newest_act(desk, *self.HURRIES_FOR)
            if rests and seen is not None and (act, wish) == (seen.act, seen.wish):
                return None
            return Reading(version, wish, self.ask(desk, wish), time.monotonic() - began, act)

        self.app.read(ask, self._take, self._failed)

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
            self.call_later(self.read_again, True)

    def _failed(self, problem: Problem) -> None:
        self._done()
        if not self.amiss(problem):
            self._amiss_until = time.monotonic() + AFTER_FAULT_S
            self.show_fault(problem)
            self._tell(problem)

    def amiss(self, problem: Problem) -> bool:
        """Whether what was wished for is what is wrong: then the screen has said so, and goes on looking."""
        return False

    def _tell(self, problem: Problem) -> None:
        """Tell aloud that what stands here is old, unless everybody knows; a refusal stands in its place."""
        known = self.app.fault is not None and self.app.fault.message == problem.message
        if not known and not isinstance(problem, NotPermitted):
            self.app.say_problem(problem)

    # -- what flows down -----------------------------------------------------------------------

    def show_status(self, status: Status) -> None:
        """The clock moved on: ages too."""
        super().show_status(status)
        self.show_now()

    def catch_up(self) -> None:
        """Read again what happened while another screen was in front."""
        if self.is_mounted:
            self.read_again()

    # -- after a commit ------------------------------------------------------------------------

    def open_form(self, form: Any, told: Callable[[Any], str]) -> None:
        """Open a form; what was committed is said with ``told`` and shown."""

        def done(made: Any) -> None:
            if made is not None:
                self.app.say(told(made))
                self.show_saved(made)

        self.app.push_screen(form, done)

    def show_saved(self, made: Any) -> None:
        """Show what was committed, here and on the watch."""
        self.read_again(force=True)
        self.app.look_now()


def why(problem: Problem) -> str:
    """What could not be read, and the way out, for the place where it would stand."""
    return printable(f"{problem.message} {problem.way_out}".strip(), 300)
