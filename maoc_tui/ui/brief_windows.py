"""Windows of the Briefs screen: one copy as its recipient reads it, and what the check found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from maoc_tui import resources
from maoc_tui.commands import DIALOG
from maoc_tui.domain.text import printable
from maoc_tui.ui import brief_rows as rows
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.list_window import ListWindow

if TYPE_CHECKING:
    from maoc_tui.desk.brief_check import Finding
    from maoc_tui.ui.briefs_desk import Copy


class CopyWindow(ModalScreen[None], inherit_bindings=False):
    """A copy on the whole screen, exactly as its text form is; its marking stays in view."""

    CSS_PATH = str(resources.layout("briefs.tcss"))
    BINDINGS = bindings(DIALOG)

    def __init__(self, copy: Copy) -> None:
        super().__init__()
        self.copy = copy

    def compose(self) -> ComposeResult:
        """Title with the marking, the text, what the keys do."""
        with Vertical(id="copy"):
            yield Static(Content(printable(f"{self.copy.marking}  {self.copy.title}", 300)), id="copy-title")
            yield Lines(id="copy-text")
            yield Static(Content("j k PgUp PgDn scroll · g G ends · Esc closes"), id="copy-foot")

    def on_mount(self) -> None:
        """Fill it and give it the keys."""
        text = self.query_one("#copy-text", Lines)
        text.show([((line, "text"),) for line in self.copy.text.splitlines()])
        text.focus()

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)

    def action_accept(self) -> None:
        """Close it."""
        self.dismiss(None)


class CheckWindow(ListWindow):
    """What is missing, stale, ungraded or held back; Enter closes with the finding under the cursor."""

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__(
            f"Before the brief goes out: {len(found)} to look at", rows.FINDINGS,
            "j k choose · Enter goes to it · Esc close", empty="Nothing is missing.",
        )  # fmt: skip
        self._found = tuple(found)

    def show_rows(self) -> None:
        """Every finding, the first to mend first."""
        self.list.show(rows.findings(self._found))

    def action_accept(self) -> None:
        """Go to the finding under the cursor."""
        at: Any = self.list.cursor_key
        self.dismiss(self._found[at] if isinstance(at, int) else None)
