"""The bell of the clocks: once when to chase, once at the end, never for what somebody has acknowledged."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.ui.moment import NextClock, RunsOut


class ClockBell:
    """Which clocks this terminal has rung for. What had passed before it was first told is not rung for."""

    def __init__(self) -> None:
        self._rung: set[tuple[str, str, int]] = set()
        self._started = False

    def hear(self, clock: NextClock | None, now_ms: int) -> tuple[str, ...]:
        """What has just passed, a sentence each; () when there is nothing new."""
        passed = list(_passed(clock.all, now_ms)) if clock is not None else []
        new = [(key, text) for key, text in passed if key not in self._rung]
        self._rung.update(key for key, _ in new)
        first, self._started = not self._started, True
        return () if first else tuple(text for _, text in new)


def _passed(clocks: tuple[RunsOut, ...], now_ms: int) -> Iterator[tuple[tuple[str, str, int], str]]:
    """Everything a clock has passed: its end, or half of its time."""
    for one in clocks:
        name = " ".join(filter(None, (one.clock, one.ref, one.target)))
        due = one.due_ms
        what = "end" if due is not None and now_ms >= due else "half"
        if what in one.heard:
            continue
        if due is not None and now_ms >= due:
            yield (one.ref, "end", due), f"▲ {name}: its time has run out."
        elif now_ms >= one.half_ms:
            gone = "chase; no limit is fixed." if due is None else "half of its time is gone; chase."
            yield (one.ref, "half", one.half_ms), f"! {name}: {gone}"
