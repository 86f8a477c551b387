"""Windows over a screen: a problem with its way out, a sheet of text, a question, long work that can stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from maoc_tui.commands import DIALOG
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line, Lines


class Window(ModalScreen[bool], inherit_bindings=False):
    """A framed window; Esc closes it with no, Enter with yes."""

    BINDINGS = bindings(DIALOG)
    DEFAULT_CSS = ""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__()
        self._title, self._foot = title, foot

    def compose(self) -> ComposeResult:
        """Title, body, foot."""
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="window--title")
            yield from self.body()
            yield Static(Content(self._foot), classes="window--foot")

    def body(self) -> ComposeResult:
        """What stands in the window."""
        return ()

    def action_close(self) -> None:
        """Close it; nothing is done."""
        self.dismiss(False)

    def action_accept(self) -> None:
        """Close it; go on."""
        self.dismiss(True)


class Sheet(Window):
    """Lines of text that scroll."""

    def __init__(self, title: str, lines: Sequence[Line], foot: str = "Esc closes · j k scroll") -> None:
        super().__init__(title, foot)
        self.lines = tuple(lines)

    def body(self) -> ComposeResult:
        """The lines."""
        yield Lines()

    def on_mount(self) -> None:
        """Fill the sheet and give it the keys."""
        panel = self.query_one(Lines)
        panel.show(self.lines)
        panel.focus()


class ProblemDialog(Window):
    """What is wrong, in one sentence, and the way out, in another."""

    def __init__(self, problem: Problem) -> None:
        super().__init__("This did not work", "Enter or Esc closes")
        self.problem = problem

    def body(self) -> ComposeResult:
        """The two sentences."""
        yield Static(Content(printable(self.problem.message, 2000)), classes="problem--message")
        if self.problem.way_out:
            yield Static(Content(printable(self.problem.way_out, 2000)), classes="problem--way-out")


class Confirm(Window):
    """A question that Enter answers with yes and Esc with no."""

    def __init__(self, question: str) -> None:
        super().__init__("Sure?", "Enter: yes · Esc: no")
        self._question = question

    def body(self) -> ComposeResult:
        """The question."""
        yield Static(Content(printable(self._question, 2000)))


class Progress(Window):
    """Long work in a worker thread: how far it is, what it found, and Esc to stop it."""

    def __init__(self, title: str, work: Callable[[Callable[[str], None], Callable[[], bool]], str]) -> None:
        """``work(say, stopped)`` runs in a thread and returns the sentence that sums it up."""
        super().__init__(title, "Esc stops the work; what is done stays")
        self._work = work
        self._stopped = False
        self.done = False

    def body(self) -> ComposeResult:
        """How far it is."""
        yield Static(Content("starting"), id="progress")

    def on_mount(self) -> None:
        """Start the work."""
        app: Any = self.app
        app.read(lambda: self._work(self._say, lambda: self._stopped), self._finish, self._fail)

    def _say(self, text: str) -> None:
        self.app.call_from_thread(self._show, text)

    def _show(self, text: str) -> None:
        if self.is_mounted:
            self.query_one("#progress", Static).update(Content(printable(text, 500)))

    def _finish(self, summary: str) -> None:
        self.done = True
        self._show(summary)
        if self.is_mounted:
            self.query_one(".window--foot", Static).update(Content("Enter or Esc closes"))

    def _fail(self, problem: Problem) -> None:
        self.done = True
        self._finish(f"{problem.message} {problem.way_out}".strip())

    def action_close(self) -> None:
        """Stop the work, or close when it is done."""
        if self.done:
            self.dismiss(True)
        elif not self._stopped:
            self._stopped = True
            self._show("stopping after the batch in hand …")

    def action_accept(self) -> None:
        """Close when the work is done."""
        if self.done:
            self.dismiss(True)
