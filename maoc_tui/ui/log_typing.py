"""Typing a log line: the prompt names the operation, the line is in the record when it is said to be.

What is typed is kept as a draft and offered again after a dropped line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.drafts import Draft
from maoc_tui.domain.text import printable
from maoc_tui.problems import Problem
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.operation_told import logged, when
from maoc_tui.ui.view_as import SeeingAs
from maoc_tui.ui.watch_told import logged as watch_logged
from maoc_tui.ui.watch_told import understood as watch_understood

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import LogEntry
    from maoc_tui.desk.watch_snapshots import WatchLine

PURPOSE = "log"
WATCH_LOG = ("WATCH", "log")
"""Stands for the watch log where an operation's reference and name stand."""
LINE = "log line"
"""The drafts of log lines: ``name`` of the operation, ``text``, and when its first word was ``typed_ms``."""
_OFFERED_FOR_S = 60.0
_NAME = 24
"""Characters of an operation's name in the prompt."""


@dataclass(frozen=True, slots=True)
class _Typing:
    """The line that is being typed."""

    draft: Draft
    asked: bool = False
    """It was sent once already: the record may hold it."""

    @property
    def text(self) -> str:
        return self.draft.values["text"]

    @property
    def typed_ms(self) -> int:
        """When its first word was typed: a time of day there is meant as of then."""
        return int(self.draft.values["typed_ms"])


class LogTyping(SeeingAs):
    """The part of the program that has the line typed, sends it, and keeps what was not finished."""

    operation_shown: tuple[str, str] = ("", "")
    """Reference and name of the operation that was on the screen, or written into, last."""
    _typing: _Typing | None = None
    _offered_to = ""

    # -- typing --------------------------------------------------------------------------------

    def type_line(self, screen: Any, ref: str, name: str, text: str) -> None:
        """Open the line kept for an operation, with what was left unfinished in it, or ``text``."""
        before = self.drafts.offered(LINE, ref)
        if (ref, name) != WATCH_LOG:
            self.operation_shown = (ref, name)
        now = self.clock.now_ms()
        if before is not None:
            self._typing = _Typing(self.drafts.keep(before), asked=True)
        else:
            values = {"name": name, "text": text, "typed_ms": str(now)}
            self._typing = _Typing(replace(self.drafts.begun(LINE, ref), values=values))
        sign = f"{ref} {printable(name, _NAME)} ▸ "
        hint = (
            "0251 rang Dakar · 0500Z call Dakar" if (ref, name) == WATCH_LOG else "0312 boarding, two aboard"
        )
        screen.open_held(sign, self._typing.text, hint)
        if before is not None and screen.open_line is not None:
            screen.open_line.note(f"not finished {when(before.at_ms, now, self.local)}")

    @property
    def _who(self) -> str:
        viewer = self.desk.viewer
        return f"{viewer.officer or viewer.name} {viewer.partner}"

    def log_typed(self, text: str) -> str:
        """Take in what stands in the line; how it is understood: ``03:12Z boarding``. Raises BadInput."""
        if self._typing is None:
            return ""
        before, now = self._typing, self.clock.now_ms()
        if text == before.text and before.asked:
            return self._understood(text, before.draft, before.typed_ms)
        typed = before.typed_ms if text.split()[:1] == before.text.split()[:1] else now
        self._typing = replace(before, draft=self._with(before.draft, text, typed))
        return self._understood(text, before.draft, typed if before.asked else 0)

    def _with(self, draft: Draft, text: str, typed_ms: int) -> Draft:
        """A draft with another text; kept, unless nothing is left of it."""
        values = {**draft.values, "text": text, "typed_ms": str(typed_ms)}
        return self.drafts.keep(draft, values) if text.strip() else replace(draft, values=values)

    def _understood(self, text: str, draft: Draft, typed_ms: int) -> str:
        if draft.about == WATCH_LOG[0]:
            return watch_understood(text, self.clock, self.local, self.desk.viewer, typed_ms)
        return understood(text, self.clock, self.local, typed_ms)

    def log_left(self) -> None:
        """Esc: what was typed is there again with the next key; nothing is there once the line is empty."""
        typing, self._typing = self._typing, None
        if typing is None:
            return
        if typing.text.strip():
            self.drafts.leave(typing.draft)
            self.say(f"{typing.draft.about}: the line is kept; l brings it back, empty it to throw it away.")
        else:
            self.drafts.drop(typing.draft)

    def log_entered(self, text: str) -> None:
        """Send the line; it is said to be in the log once it is in the record."""
        typing, self._typing = self._typing, None
        if typing is None:
            return
        draft, screen = self._with(typing.draft, text, typing.typed_ms), self.screen_stack[0]
        if not text.strip():
            self.drafts.drop(draft)
            return

        where = ("watch_log.log",) if draft.about == WATCH_LOG[0] else ("operation_log.log", draft.about)

        def send() -> LogEntry | WatchLine:
            with self.drafts.sending(draft):
                entry: LogEntry | WatchLine = line.act(
                    self.desk,
                    *where,
                    text,
                    client_id=draft.id,
                    typed_ms=typing.typed_ms if typing.asked else None,
                )
            return entry

        self.read(
            send,
            lambda entry: self._logged(screen, entry, draft, typing.asked),
            lambda problem: self._not_logged(screen, problem, draft),
            for_anybody=True,
        )

    def _logged(self, screen: Any, entry: LogEntry | WatchLine, draft: Draft, again: bool) -> None:
        """The line is in the record; it may have been there before where it was sent ``again``."""
        self.drafts.drop(draft)
        watch = not hasattr(entry, "warning")
        said = watch_logged(entry) if watch else logged(entry)
        if again and not draft.values["text"].rstrip().endswith(entry.text):
            there = f"{entry.ref} was in the log already, as: {printable(entry.text, 60)}"
            said = f"{there}. E on {0 if watch else 4} corrects it."
        self.say(said, bad=bool(getattr(entry, "warning", "")))
        if hasattr(screen, "show_logged"):
            screen.show_logged()
        self.look_now()

    def _not_logged(self, screen: Any, problem: Problem, draft: Draft) -> None:
        """The line is open again with what was typed and what is wrong with it, unless another is being typed."""
        self.drafts.leave(draft)
        free = screen is self.screen and self._typing is None and screen.open_line is None
        if not free:
            self.say(f"{draft.about}: NOT in the log: {problem.message} l brings the line back.", bad=True)
            return
        screen.hold_line(PURPOSE)
        self.type_line(screen, draft.about, draft.values["name"], "")
        screen.open_line.note(f"NOT in the log: {problem.message} {problem.way_out}".strip(), bad=True)

    # -- after a dropped line ------------------------------------------------------------------

    def _looked(self, moment: Any, viewer: Any) -> None:
        """With the first picture shown to an officer: what they had not finished is offered."""
        super()._looked(moment, viewer)
        if viewer == self.desk.viewer and self._offered_to != self._who and not self.seeing_as:
            self._offered_to = self._who
            self._offer(self.drafts.offered(LINE))

    def _offer(self, newest: Draft | None) -> None:
        if newest is None:
            return
        if newest.about != WATCH_LOG[0]:
            self.operation_shown = (newest.about, newest.values["name"])
        at = when(newest.at_ms, self.clock.now_ms(), self.local)
        said = printable(newest.values["text"], 60)
        self.say(
            f"Not finished {at}, {newest.about}: “{said}” l takes it up.", bad=True, for_s=_OFFERED_FOR_S
        )


def understood(text: str, clock: Any, local: bool, typed_ms: int = 0) -> str:
    """How a line being typed, or typed at ``typed_ms``, will be taken: its time and kind; "" for nothing.

    Raises BadInput.
    """
    from maoc_tui.domain.clock import from_ms, to_ms
    from maoc_tui.domain.log_lines import check_happened, split
    from maoc_tui.domain.operation_rules import shipped

    if not text.strip():
        return ""
    then = from_ms(typed_ms) if typed_ms else clock.now()
    typed, rules = split(text, then), shipped()
    at = typed.at or then
    check_happened(at, clock.now())
    tagged = rules.known_kind(typed.tag) if typed.tag else ""
    kind = rules.kinds[tagged or rules.guess(typed.text)].title
    left = f", {typed.figure} stays in the text" if typed.figure else ""
    return f"{when(to_ms(at), clock.now_ms(), local)} {kind}{left}"
