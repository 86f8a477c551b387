"""A line of the watch log as typed: when it happened, what kind it is, and what time to come it promises.

``0500Z call Dakar`` at 03:07Z is a promise: five o'clock is nearer ahead than behind. ``0251 rang Dakar`` is what
happened. A date-time group to come is a promise wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from maoc_tui.domain.clock import CLOCK_SLACK_MS
from maoc_tui.domain.log_lines import Typed, split, times_of
from maoc_tui.domain.watch_rules import NOTE, WatchRules


@dataclass(frozen=True, slots=True)
class Said:
    """A line understood."""

    at: datetime | None
    """When it happened; None for now."""
    said: str
    """The time as typed; "" for none."""
    due: datetime | None
    """The time to come that it promises; None for none."""
    kind: str
    text: str
    figure: str = ""
    """As of log_lines.Typed."""


def understood(line: str, now: datetime, rules: WatchRules, corrected: datetime | None = None) -> Said:
    """Take a line apart; a time of day in a correction is of the day of the line ``corrected``. Raises BadInput.

    What such a time promised that has passed by now is no promise.
    """
    typed = split(line, now, corrected)
    at, due = typed.at, None
    if at is not None and corrected is None:
        due = _ahead(at, typed.said, now, rules)
    kind, text = _kind(typed, rules)
    if due is not None:
        return Said(None, "", due, kind, f"{typed.said} {text}".strip())
    later = promised(text, corrected or now, rules)
    due = later if later is not None and later > now else None
    return Said(at, typed.said, due, kind, text, typed.figure)


def instead(line: str, now: datetime, rules: WatchRules, wrong: datetime, promises: bool, done: bool) -> Said:
    """Take a correction apart of a line that stood at ``wrong``: its times are of that day. Raises BadInput.

    In the correction of a promise a time to come is when it is due; what is done already promises nothing more, and
    its time stays in the text.
    """
    said = understood(line, now, rules)
    if promises and done:
        return replace(said, at=None, said="", due=None, text=f"{said.said} {said.text}".strip())
    return said if promises and said.due is not None else understood(line, now, rules, wrong)


def promised(text: str, now: datetime, rules: WatchRules) -> datetime | None:
    """The first time to come that a text names: ``0500Z`` where that is nearer ahead than behind, or a whole group."""
    for said, when in times_of(text, now):
        due = _ahead(when, said, now, rules)
        if due is not None:
            return due
    return None


def _ahead(when: datetime, said: str, now: datetime, rules: WatchRules) -> datetime | None:
    """The instant a time means, if that is to come."""
    if len(said.replace(":", "").rstrip("Zz")) == 4:
        day = timedelta(days=1)
        around = (when - day, when, when + day)
        near = min(around, key=lambda one: abs(one - now))
        late = near - now > timedelta(milliseconds=CLOCK_SLACK_MS)
        return near if late and near - now <= timedelta(milliseconds=rules.nearer_ms) else None
    return when if when - now > timedelta(milliseconds=CLOCK_SLACK_MS) else None


def _kind(typed: Typed, rules: WatchRules) -> tuple[str, str]:
    """Its kind by the word before the colon, and what is left of the text."""
    kind = rules.tags.get(typed.tag.casefold(), "") if typed.tag else ""
    return (kind, typed.rest) if kind else (NOTE, typed.text)
