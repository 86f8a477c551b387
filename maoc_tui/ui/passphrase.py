"""A window that asks for the passphrase again before an act that binds."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui.dialogs import Window


class PassphraseDialog(Window):
    """Closes with yes when the passphrase was right."""

    def __init__(self) -> None:
        super().__init__("Your passphrase, again", "Enter goes on · Esc leaves it undone")
        self._busy = False

    def body(self) -> ComposeResult:
        """The field, and what is wrong."""
        yield Static(Content("This act asks for it; it then stands for five minutes."))
        yield Input(password=True, compact=True, max_length=256, id="again")
        yield Static(classes="problem--message")

    def on_mount(self) -> None:
        """Give the field the keys."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value or self._busy:
            return
        self._busy = True
        app: Any = self.app
        given = event.value
        app.read(lambda: app.desk.confirm(given), lambda _: self.dismiss(True), self._refused)

    def _refused(self, problem: Problem) -> None:
        self._busy = False
        if self.is_mounted:
            self.query_one(Input).value = ""
            text = printable(f"{problem.message} {problem.way_out}".strip(), 400)
            self.query_one(".problem--message", Static).update(Content(text))

    def action_accept(self) -> None:
        """Enter in the field goes on; nowhere else."""
