"""The screens' way to ask a desk and to say what came of it: nothing here waits.

A desk is asked in a worker thread; the answer is taken in on the screen's own thread, unless the view it was
asked for has gone meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui.repaint import TrueColourApp


@dataclass
class Answered(Message):
    """A worker has read something; ``deliver`` takes it in on the screen's own thread."""

    deliver: Callable[[Any], None]
    value: Any
    asked_in: int | None = None
    """The viewing the question was asked in; None for an answer that is wanted in any."""
    bubble = False


class Asking(TrueColourApp):
    """A program that asks desks and says what they answered."""

    _viewing = 0
    """Counts whose view is shown: an answer asked for in an earlier viewing is not taken in any more."""

    def read(
        self,
        ask: Callable[[], Any],
        deliver: Callable[[Any], None],
        failed: Callable[[Problem], None] | None = None,
        for_anybody: bool = False,
    ) -> None:
        """Ask a desk in a worker thread, then take the answer in here; a failure opens the problem window.

        What was asked on behalf of one viewer is dropped, answer or failure, once another one's view is
        shown: unless it is ``for_anybody``.
        """
        asked_in = None if for_anybody else self._viewing

        def work() -> None:
            try:
                value = ask()
            except Problem as problem:
                self.post_message(Answered(failed or self.show_problem, problem, asked_in))
            except Exception as error:
                from maoc_tui.crash import report

                self.post_message(Answered(failed or self.show_problem, report(error), asked_in))
            else:
                self.post_message(Answered(deliver, value, asked_in))

        self.run_worker(work, thread=True, group="desk", description="desk", exit_on_error=False)

    def drop_answers(self) -> None:
        """What was asked until now, unless for anybody, is not taken in any more."""
        self._viewing += 1

    def on_answered(self, message: Answered) -> None:
        """Take an answer in, on the screen's own thread."""
        message.stop()
        if message.asked_in in (None, self._viewing):
            message.deliver(message.value)

    # -- saying things -------------------------------------------------------------------------

    def say(self, text: str, bad: bool = False, for_s: float | None = None) -> None:
        """Say what was done in the bottom bar of the screen in front, until the next key or for so many seconds."""
        front = self._screen_stack[0] if self._screen_stack else None
        if front is not None and hasattr(front, "say"):
            front.say(text, bad, for_s)

    def say_problem(self, problem: Problem) -> None:
        """Say in the bottom bar what cannot be done; open the problem window for faults."""
        if isinstance(problem, BadInput):
            self.say(f"{problem.message} {problem.way_out}".strip(), bad=True)
        else:
            self.show_problem(problem)

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:
        """Do an action; a Problem it raises is said, not fatal."""
        try:
            return await super().run_action(*args, **kwargs)
        except Problem as problem:
            self.say_problem(problem)
            return True

    def show_problem(self, problem: Problem) -> None:
        """Open the problem window: what is wrong and the way out."""
        from maoc_tui.ui.dialogs import ProblemDialog

        self.push_screen(ProblemDialog(problem))

    def _front(self, method: str, value: Any) -> None:
        """Hand a value to the screen in front, if it is whole and wants it."""
        screen = self._screen_stack[0] if self._screen_stack else None
        show = getattr(screen, method, None)
        if show is not None and getattr(screen, "is_whole", False):
            show(value)
