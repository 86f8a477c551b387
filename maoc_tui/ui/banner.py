"""Lines that take as many rows as they need: an identity banner, a note under a form."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size

from maoc_tui.ui.lines import Line, Lines


class Banner(Lines, can_focus=False):
    """Lines that never scroll and are never cut off at their own end."""

    def show(self, lines: Sequence[Line], *, keep_place: bool = True) -> None:
        """Show these lines; takes or gives back rows when their number changes."""
        before = self.text
        super().show(lines, keep_place=keep_place)
        if self.text != before:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(sum(len(self._wrapped(line, width)) for line in self._content), 1)
