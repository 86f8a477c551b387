"""A field to type in, of one line: what is pasted into it comes whole."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from maoc_tui.domain.reported import one_line
from maoc_tui.domain.text import printable

LONGEST = 2000
"""Characters in a field."""


class FieldInput(Input):
    """A field that takes in every line of what is pasted, one after the other; the library's takes the first alone."""

    def on_paste(self, event: Paste) -> None:
        """Put it in the place of what is selected; what has no room is cut, and shown to be."""
        event.prevent_default().stop()
        room = (self.max_length or LONGEST) - len(self.value) + len(self.selected_text)
        self.replace(printable(one_line(event.text), room), *self.selection)
