"""How a live source is: ok, silent (it answers nothing new, or not at all), failing, or left alone until a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from maoc_tui.domain.clock import from_ms

OK, SILENT, FAILING, BACKING_OFF, STARTING = "ok", "silent", "failing", "backing_off", "starting"
_OPEN_AFTER = 3
"""Failures in a row after which a service is left alone for longer and longer."""
_LONGEST_PAUSE_S = 900.0
_SHORTEST_PAUSE_S = 2.0
_REFUSED_PAUSE_S = 60.0
"""Pause after a refusal that names no time."""
LONGEST_WAIT_S = 1.5 * _LONGEST_PAUSE_S
"""A source that failed without naming a time is asked again within this, or within its own pause."""
_MUTE = "silent: "
"""Begins what the record keeps of a service that took the question and sent no answer."""


def silent_after_s(every_s: float) -> float:
    """How long a source polled every ``every_s`` may bring nothing new before it is called silent."""
    return max(3 * every_s, 60.0)


def quiet(for_ms: int, limit_s: float) -> tuple[str, str]:
    """State and words of a source that answers and last brought something ``for_ms`` ago."""
    if for_ms > limit_s * 1000:
        return SILENT, f"silent for {for_ms / 1000:.0f} s"
    return OK, OK


def failed(kept: str, for_ms: int) -> tuple[str, str]:
    """State and words of a failure as the record keeps it (``FeedHealth.kept``), ``for_ms`` after the last news."""
    if kept.startswith(_MUTE):
        return SILENT, f"silent for {max(for_ms, 0) / 1000:.0f} s: {kept.removeprefix(_MUTE)}"
    return (BACKING_OFF if kept.startswith("backing off") else FAILING), kept


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """The state of one source at one time."""

    state: str
    """starting, ok, silent, failing or backing_off."""
    text: str
    """One sentence for the status line: ``ok``, ``silent for 84 s``, ``failing: cannot be reached``."""
    last_data_ms: int | None
    """When new reports last came; None when never."""
    error: str
    """What went wrong last, one sentence without a full stop; "" when the last poll went well."""
    failures: int
    """Failed polls in a row."""
    next_due_ms: int
    credits_left: int | None = None

    @property
    def kept(self) -> str:
        """What the record keeps of a failed poll, without the time that goes on; "" when the last went well."""
        return "" if not self.error else f"{_MUTE}{self.error}" if self.state == SILENT else self.text


@dataclass(slots=True)
class Pulse:
    """Keeps the record of successes and failures, and decides how long to leave a failing service alone."""

    every_s: float
    started_ms: int
    chance: Callable[[], float]
    """Uniform 0..1, so that many terminals do not come back at the same instant."""
    last_data_ms: int | None = None
    last_ok_ms: int | None = None
    last_seen_ms: int = 0
    failures: int = 0
    refused: bool = False
    mute: bool = False
    """The service took the last question and sent no answer."""
    sentence: str = ""
    lacking: str = ""
    """Why identities served apart did not come; "" when they did."""
    closed_until_ms: int = 0
    credits_left: int | None = None
    silent_after_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.silent_after_s = silent_after_s(self.every_s)

    def succeeded(self, now_ms: int, new: bool) -> None:
        """A poll was answered; ``new`` when it brought anything not known before."""
        self.failures, self.refused, self.sentence, self.closed_until_ms = 0, False, "", 0
        self.last_ok_ms = now_ms
        if new:
            self.last_data_ms = now_ms

    def failed(
        self, now_ms: int, sentence: str, wait_s: float | None, refused: bool, mute: bool = False
    ) -> None:
        """A poll failed: pause twice as long after each failure, never less than the service asks for."""
        self.failures += 1
        self.refused, self.mute = refused, mute
        self.sentence = sentence.rstrip(".")
        doubled = max(self.every_s, _SHORTEST_PAUSE_S) * 2 ** min(self.failures - 1, 16)
        pause = min(doubled, max(_LONGEST_PAUSE_S, self.every_s)) * (1.0 + 0.5 * self.chance())
        if refused:
            pause = max(pause, wait_s if wait_s is not None else _REFUSED_PAUSE_S)
        self.closed_until_ms = now_ms + round(pause * 1000)

    def health(self, now_ms: int, next_due_ms: int) -> FeedHealth:
        """The state in words."""
        state, words = self._said(now_ms)
        return FeedHealth(
            state, words, self.last_data_ms, self.sentence, self.failures, next_due_ms, self.credits_left
        )

    def _said(self, now_ms: int) -> tuple[str, str]:
        since_ms = now_ms - (self.last_data_ms or self.started_ms)
        if self.failures and self.mute:
            return failed(_MUTE + self.sentence, since_ms)
        if self.failures and (self.refused or self.failures >= _OPEN_AFTER):
            until = from_ms(self.closed_until_ms).strftime("%H:%M:%SZ")
            return BACKING_OFF, f"backing off until {until}: {self.sentence}"
        if self.failures:
            return FAILING, f"failing: {self.sentence}"
        if self.last_ok_ms is None:
            return STARTING, "not asked yet"
        state, text = quiet(since_ms, self.silent_after_s)
        return state, f"{text}, without names: {self.lacking}" if self.lacking else text
