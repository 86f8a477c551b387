"""The request board: its columns, one row as text, and everything on one request as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import RequestLine

COLUMNS = (
    Column("ref", "Request", 8, 1),
    Column("target", "Target", 7, 1),
    Column("left", "Left", 9, 1, right=True),
    Column("state", "State", 14, 1, grow=True),
    Column("kind", "Asked", 17, 1),
    Column("to", "To", 6, 1),
    Column("clock", "Clock", 6, 2),
    Column("due", "Due", 12, 2),
    Column("allows", "Allows", 20, 3),
    Column("for", "For", 5, 3),
)
SIGNS = {"RUNNING": "", "CHASE": "! ", "EXPIRED": "▲ ", "STOPPED": ""}
"""A shape beside the colour for how far a clock has run."""
_LOOKS = {"RUNNING": "text", "CHASE": "warn", "EXPIRED": "bad", "STOPPED": "dim"}
_LABEL = 12


def listed(lines: Sequence[RequestLine], now_ms: int, local: bool) -> Listed:
    """The board, the soonest clock first as the desk gave it."""
    return Listed([(line.asked.ref, line) for line in lines], lambda line: _cells(line, now_ms, local))


def _cells(line: RequestLine, now_ms: int, local: bool) -> Sequence[Cell]:
    asked, stands = line.asked, line.standing
    stage = stands.clock.stage(now_ms).name if stands.clock is not None else "STOPPED"
    look = _LOOKS[stage]
    allows = ", ".join(sorted(scope.value for scope in stands.scope))
    return (
        (asked.ref, "mark"),
        (asked.target, "mark"),
        (f"{SIGNS[stage]}{left(line, now_ms)}", look),
        (stands.state.value, "strong" if stands.scope else look),
        (asked.kind.value, "text"),
        (printable(asked.addressee, 12), "text"),
        (asked.clock, "dim"),
        (fmt.day_clock(stands.clock.next_ms, local, now_ms) if stands.clock is not None else "", "dim"),
        (f"{allows}{' (oral)' if stands.oral_only else ''}", "good" if allows else "dim"),
        (printable(asked.acting, 12), "dim"),
    )


def left(line: RequestLine, now_ms: int) -> str:
    """What is left of the clock, ``-1 h 05`` once it has passed; "" when none runs."""
    clock = line.standing.clock
    if clock is None or clock.stopped_ms is not None:
        return ""
    return fmt.left(clock.left_ms(now_ms))


def sheet(line: RequestLine, now_ms: int, local: bool) -> list[Line]:
    """One request: where it stands, what it allows, its clock, its history."""
    asked, stands = line.asked, line.standing
    lines: list[Line] = [
        (
            (f"{asked.ref} ", "mark"),
            (f"{asked.kind.value} to {printable(asked.addressee, 12)} ", "strong"),
            (f"about {asked.target}", "mark"),
        ),
        _field("stands", stands.state.value, "strong"),
    ]
    if stands.clock is not None:
        rule, stage = stands.clock.rule, stands.clock.stage(now_ms).name
        lines += [
            _field("clock", f"{rule.id} {rule.title} ({rule.verification.value})"),
            _field("limit", f"{rule.limit}; {rule.cite}"),
            _field("left", f"{left(line, now_ms) or 'stopped'}", _LOOKS[stage]),
            _field(
                "at its end",
                f"{rule.on_expiry}; silence is not consent" if not rule.silence else rule.on_expiry,
            ),
        ]
    allowed = ", ".join(sorted(scope.value for scope in stands.scope))
    lines.append(_field("allows", allowed or "nothing", "good" if allowed else "warn"))
    if stands.oral_only:
        lines.append(_field("", "given by word of mouth, not yet confirmed in writing", "warn"))
    lines += [_field("condition", one, "warn") for one in stands.conditions]
    lines += [
        _field("asks for", ", ".join(sorted(scope.value for scope in asked.measures))),
        _field("grounds", asked.grounds),
        _field("position", asked.position),
        _field("rests on", asked.rule),
        _field("marking", str(asked.marking)),
        (("", "text"),),
        (("History", "title"),),
    ]
    lines += [_event(event, now_ms, local) for event in asked.events]
    return [line for line in lines if len(line) < 2 or line[1][0]]


def _event(event: object, now_ms: int, local: bool) -> Line:
    at = fmt.day_clock(event.at_ms, local, now_ms)  # type: ignore[attr-defined]
    told = [event.act.value, event.who, event.channel, event.text]  # type: ignore[attr-defined]
    scope = ", ".join(sorted(one.value for one in event.scope))  # type: ignore[attr-defined]
    text = "; ".join(filter(None, (*told, scope, f"entered by {event.by}")))  # type: ignore[attr-defined]
    return _field(at, text)


def _field(label: str, text: str, look: str = "text") -> Line:
    return ((label.ljust(_LABEL) + " ", "dim"), (printable(text, 600), look))
