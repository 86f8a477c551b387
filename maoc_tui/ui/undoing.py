"""Undo and redo on every screen: one sentence says what is meant before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.log_line import LogLines

if TYPE_CHECKING:
    from maoc_tui.desk.undo import Step


class Undoing(LogLines):
    """The part of the program that undoes what its officer did, and does it again."""

    def action_undo(self, _: str = "") -> None:
        """Undo the last own act, after asking."""
        self._ask_undo(None)

    def action_undo_list(self, _: str = "") -> None:
        """List the own acts that can be undone, and undo the one chosen, or do it again."""
        self.read(lambda: line.act(self.desk, "undo.steps"), self._list_steps, self.say_problem)

    def action_redo(self, _: str = "") -> None:
        """Do again what was undone last, after asking."""
        self._ask_redo(None)

    def _ask_undo(self, number: int | None) -> None:
        self._look_up("undo.last", number, self._sure_undo)

    def _ask_redo(self, number: int | None) -> None:
        self._look_up("undo.next_again", number, self._sure_redo)

    def _look_up(self, what: str, number: int | None, ask: Callable[[Step], None]) -> None:
        """Read which act is meant, then ask: unless somebody went on meanwhile, whose next Enter is no answer."""
        front = self.screen

        def found(step: Step) -> None:
            if self.screen is front and getattr(front, "open_line", None) is None:
                ask(step)
            else:
                self.say("Nothing is undone or done again: you went on before it was asked.")

        self.read(partial(line.act, self.desk, what, number), found, self.say_problem)

    def _sure_undo(self, step: Step) -> None:
        self._sure(
            f"Undo: {step.sentence}?", partial(line.act, self.desk, "undo.undo", step.number), "Undone"
        )

    def _sure_redo(self, step: Step) -> None:
        self._sure(
            f"Do again: {step.sentence}?",
            partial(line.act, self.desk, "undo.redo", step.number),
            "Done again",
        )

    def _sure(self, question: str, act: Any, verb: str) -> None:
        from maoc_tui.ui.dialogs import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.read(act, partial(self._replayed, verb), self.say_problem, for_anybody=True)

        self.push_screen(Confirm(printable(question, 400)), answered)

    def _replayed(self, verb: str, step: Step) -> None:
        self.say(f"{verb}: {printable(step.sentence, 200)}.")
        self.look_now()

    def _list_steps(self, found: tuple[Step, ...]) -> None:
        from maoc_tui.ui.undo_window import UndoWindow

        stands = {one.number: one.stands for one in found}

        def chosen(number: int | None) -> None:
            if number is not None:
                (self._ask_undo if stands[number] else self._ask_redo)(number)

        self.push_screen(UndoWindow(found, self.clock.now_ms(), self.local), chosen)
