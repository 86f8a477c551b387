"""A screen that keeps up with the record: read when it opens, and again after every commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import NotPermitted, Problem
from maoc_tui.ui.frame import DeskScreen
from maoc_tui.ui.keeping_up import LOOK_EVERY_S, KeepsUp
from maoc_tui.ui.status import Status


class RecordScreen(KeepsUp, DeskScreen):
    """A screen of what stands in the record; a screen says what it reads and how it shows that."""

    def show_now(self) -> None:
        """Show what is known again: the clock has moved on, and with it ages and what is left of a term."""

    # -- reading -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read, and keep looking."""
        self.read_again()
        self.set_interval(LOOK_EVERY_S, self.read_again)

    def looks(self) -> bool:
        """While it is in front."""
        return self.is_current

    def unread(self, problem: Problem) -> None:
        """Say that what stands here is old, aloud unless everybody knows; a refusal stands in its place."""
        self.show_fault(problem)
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
