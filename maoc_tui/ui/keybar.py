"""The bottom bar: what was just done, or the fault that stands, or the keys that matter here."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from maoc_tui.commands import Command, key_text, keys_of
from maoc_tui.ui.columns import fit

SAID_FOR_S = 8.0


class KeyBar(Widget):
    """One line of keys with their titles; a message takes its place until the next key or for some seconds."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "keybar--text", "keybar--key", "keybar--said", "keybar--bad", "keybar--filter",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str]] = []
        self._said = ("", "")
        self._fault = ""
        self._filter = ""
        self._timer: Timer | None = None

    def offer(self, commands: tuple[Command, ...], rebound: dict[str, str]) -> None:
        """Show the keys of these commands, those that have a rank in the bar; ``rebound`` are the user's own."""
        shown = sorted((c for c in commands if c.bar and c.keys), key=lambda c: c.bar)
        keys = [(key_text(keys_of(c, rebound).split(",")[0]), c.title) for c in shown]
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def say(self, text: str, bad: bool = False, for_s: float | None = None) -> None:
        """Show what was done, or why not, for so many seconds; "" takes it away."""
        if not text and not self.said:
            return
        self._said = (text, "bad" if bad else "said")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(for_s or SAID_FOR_S, self._unsay) if text else None
        self.refresh()

    def stand(self, fault: str) -> None:
        """Show a fault whenever nothing else is said, for as long as it stands; "" when it does not."""
        if fault != self._fault:
            self._fault = fault
            self.refresh()

    def show_filter(self, text: str) -> None:
        """Show the filter in force at the right end; "" for none."""
        if text != self._filter:
            self._filter = text
            self.refresh()

    @property
    def said(self) -> str:
        """The message shown now."""
        return self._said[0]

    @property
    def confirmed(self) -> str:
        """The message shown now where it says that something was done; "" for a refusal, a bell or nothing."""
        return self._said[0] if self._said[1] == "said" else ""

    @property
    def standing(self) -> str:
        """The fault that stands."""
        return self._fault

    def _unsay(self) -> None:
        self._said = ("", "")
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The keys, or the message, and the filter at the right."""
        width = self.size.width
        base = self.get_component_rich_style("keybar--text")
        said, look = self._said if self.said else (self._fault, "bad")
        tail = f" ▽ {self._filter} " if self._filter else ""
        room = max(width - len(tail), width // 2)
        if said:
            segments = [Segment(fit(f" {said}", room), self.get_component_rich_style(f"keybar--{look}"))]
        else:
            segments = self._key_segments(room)
        if tail:
            segments.append(Segment(fit(tail, width - room), self.get_component_rich_style("keybar--filter")))
        return Strip(segments).adjust_cell_length(width, base)

    def _key_segments(self, room: int) -> list[Segment]:
        base = self.get_component_rich_style("keybar--text")
        key_style = self.get_component_rich_style("keybar--key")
        segments: list[Segment] = []
        used = 0
        for key, title in self._keys:
            if used + len(key) + len(title) + 3 > room:
                break
            segments += [Segment(f" {key}", key_style), Segment(f" {title} ", base)]
            used += len(key) + len(title) + 3
        segments.append(Segment(" " * (room - used), base))
        return segments
