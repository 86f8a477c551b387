"""The one point where strips become bytes for the terminal: nothing a terminal could obey leaves it.

Textual filters no escape sequences (security.md 0.2). Every widget's output passes Strip.render, so the
filter stands there, behind the cleaning at the edge; what it removes takes no cell, so the layout stays
exact. ``install`` proves that it bites and refuses to start the program otherwise.
"""

from __future__ import annotations

from functools import wraps

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from maoc_tui.domain.text import safe_line
from maoc_tui.problems import Problem

_PROBE = "A\x1b]52;c;AAAA\x07B\x9b2J\u202eC\u200bD\r\nE"
_PROBE_SENT = "A]52;c;AAAAB2JCDE"


def install() -> None:
    """Put the filter in place (once) and test it; raises Problem when Textual goes another way."""
    if not hasattr(Strip.render, "__wrapped__"):
        Strip.render = _guarded(Strip.render)  # type: ignore[method-assign]
    if Strip([Segment(_PROBE)]).render(Console()) != _PROBE_SENT:
        raise Problem(
            "The filter between foreign text and this terminal does not work.", "Install maoc-tui again."
        )


def _guarded(render):  # type: ignore[no-untyped-def]
    @wraps(render)
    def guarded(self: Strip, console: Console) -> str:
        if self._render_cache is None and not _harmless(self._segments):
            self._segments = [Segment(safe_line(text), style) for text, style, _ in self._segments]
        return render(self, console)

    return guarded


def _harmless(segments: list[Segment]) -> bool:
    text = "".join([segment.text for segment in segments])
    return (text.isascii() and text.isprintable()) or safe_line(text) == text
