"""Which bells of clocks were heard, and by whom: what is added to each line of a clock or a request.

Hearing a bell stops no clock and answers nothing. A clock that passes its end rings again, though somebody heard
it at half of its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maoc_tui.desk import requests
from maoc_tui.desk.clock_lines import of_request, others
from maoc_tui.desk.request_snapshots import ClockLine, RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import clock_acks as store
from maoc_tui.store.clock_acks import Ack, Passed

HALF, END = "half", "end"


def passed(line: ClockLine, now_ms: int) -> tuple[Passed, ...]:
    """What a clock has passed by now: half of its time, its end."""
    found: list[Passed] = []
    if now_ms >= line.half_ms:
        found.append((line.ref, HALF, line.half_ms))
    if line.due_ms is not None and now_ms >= line.due_ms:
        found.append((line.ref, END, line.due_ms))
    return tuple(found)


def told(room: Room, lines: Iterable[ClockLine]) -> tuple[ClockLine, ...]:
    """The lines with who heard their bells."""
    known = tuple(lines)
    held = _held(room, frozenset(line.ref for line in known))
    return tuple(_with(line, held) for line in known) if held else known


def all_bells(room: Room, viewer: Viewer, now_ms: int) -> tuple[ClockLine, ...]:
    """Every clock that runs or ran, whatever desk it is of, with who heard its bells and when it was stopped."""
    asked = (of_request(line, past=True) for line in requests.requests(room, viewer, past=True))
    return told(room, [*(one for one in asked if one is not None), *others(room, viewer, now_ms, past=True)])


def told_of_requests(room: Room, lines: Iterable[RequestLine]) -> tuple[RequestLine, ...]:
    """The requests with who heard the bells of their clocks."""
    known = tuple(lines)
    held = _held(room, frozenset(line.asked.ref for line in known))
    if not held:
        return known
    clocked = ((line, of_request(line)) for line in known)
    return tuple(
        line if clock is None else replace(line, heard=_with(clock, held).heard(line.now_ms))
        for line, clock in clocked
    )


def _held(room: Room, refs: frozenset[str]) -> dict[Passed, Ack]:
    with room.db.reading_whole() as conn:
        return store.load(conn, refs) if refs else {}


def _with(line: ClockLine, held: dict[Passed, Ack]) -> ClockLine:
    half = held.get((line.ref, HALF, line.half_ms))
    end = held.get((line.ref, END, line.due_ms)) if line.due_ms is not None else None
    return replace(
        line, heard_half=_said(half), heard_end=_said(end), heard_half_ms=_at(half), heard_end_ms=_at(end)
    )


def _at(ack: Ack | None) -> int | None:
    return ack.at_ms if ack is not None else None


def _said(ack: Ack | None) -> str:
    return f"{ack.by}, {ack.partner}, {format_dtg(from_ms(ack.at_ms))}" if ack is not None else ""
