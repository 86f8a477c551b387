"""The request board: its columns, one row as text, and everything on one request as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine, RequestLine
    from maoc_tui.ui.liaison_sheets import LongSheet

COLUMNS = (
    Column("ref", "Request", 8, 1),
    Column("target", "Target", 7, 1),
    Column("left", "Left", 9, 1, right=True),
    Column("state", "State", 14, 1, grow=True),
    Column("kind", "Asked", 17, 1),
    Column("to", "To", 6, 1),
    Column("clock", "Clock", 6, 2),
    Column("due", "Due", 13, 2),
    Column("allows", "Allows", 20, 3),
    Column("for", "For", 5, 3),
)
SIGNS = {"RUNNING": "", "CHASE": "! ", "EXPIRED": "▲ ", "STOPPED": ""}
"""A shape beside the colour for how far a clock has run."""
HEARD = "✓ "
"""In place of the shape, where somebody has acknowledged the bell."""
_LOOKS = {"RUNNING": "text", "CHASE": "warn", "EXPIRED": "bad", "STOPPED": "dim"}
_LABEL = 12


def ref_of(line: RequestLine | ClockLine) -> str:
    """What a row is called: RQ-0007, CK-0003, Q-0001, R-0002."""
    return line.ref if hasattr(line, "ref") else line.asked.ref


def marking_of(line: RequestLine | ClockLine) -> str:
    """The marking a row came with, as text; "" for what carries none of its own."""
    return line.marking if hasattr(line, "marking") else str(line.asked.marking)


def target_of(line: RequestLine | ClockLine) -> str:
    """Reference of the target a row is about."""
    return line.target if hasattr(line, "target") else line.asked.target


def told(line: RequestLine | ClockLine) -> str:
    """What became of a row, in one sentence."""
    if hasattr(line, "asked"):
        return f"{line.asked.ref} {line.asked.kind.value}: {line.standing.state.value}."
    return f"{line.ref} {printable(line.title, 60)}: {'stopped' if line.stopped else 'runs'}."


def listed(lines: Sequence[RequestLine | ClockLine], now_ms: int, local: bool) -> Listed:
    """The board, the soonest clock first as the desk gave it."""

    def cells(line: RequestLine | ClockLine) -> Sequence[Cell]:
        return _cells(line, now_ms, local) if hasattr(line, "asked") else _clock_cells(line, now_ms, local)

    return Listed([(ref_of(line), line) for line in lines], cells)


def _clock_cells(line: ClockLine, now_ms: int, local: bool) -> Sequence[Cell]:
    stage = stage_of(line, now_ms)
    look, sign = _LOOKS[stage], HEARD if line.heard(now_ms) else SIGNS[stage]
    return (
        (line.ref, "mark"),
        (line.target, "mark"),
        (f"{sign}{fmt.left(line.left_ms(now_ms))}" if not line.stopped else "", look),
        (printable(line.title, 120), "dim" if line.stopped else look),
        ("stopped" if line.stopped else "clock", "text"),
        ("", "text"),
        (line.clock, "dim"),
        (fmt.day_clock(line.next_ms, local, now_ms), "dim"),
        (printable(line.text, 120), "text"),
        ("", "dim"),
    )


def stage_of(line: ClockLine, now_ms: int) -> str:
    """How far a clock has run by now: the line itself was read some time ago."""
    if line.stopped:
        return "STOPPED"
    if line.due_ms is not None and now_ms >= line.due_ms:
        return "EXPIRED"
    return "CHASE" if now_ms >= line.half_ms else "RUNNING"


def _cells(line: RequestLine, now_ms: int, local: bool) -> Sequence[Cell]:
    asked, stands = line.asked, line.standing
    stage = stands.clock.stage(now_ms).name if stands.clock is not None else "STOPPED"
    look, sign = _LOOKS[stage], HEARD if line.heard else SIGNS[stage]
    allows = ", ".join(sorted(scope.value for scope in stands.scope))
    return (
        (asked.ref, "mark"),
        (asked.target, "mark"),
        (f"{sign}{left(line, now_ms)}", look),
        (f"{stands.state.value}{_until(line, now_ms, local)}", "strong" if stands.scope else look),
        (asked.kind.value, "text"),
        (printable(asked.addressee, 12), "text"),
        (stands.clock.rule.id if stands.clock is not None else asked.clock, "dim"),
        (fmt.day_clock(stands.clock.next_ms, local, now_ms) if stands.clock is not None else "", "dim"),
        (f"{allows}{' (oral)' if stands.oral_only else ''}", "good" if allows else "dim"),
        (printable(asked.acting, 12), "dim"),
    )


def _until(line: RequestLine, now_ms: int, local: bool) -> str:
    """`` until 141800Z`` of a grant with an end; "" of all else."""
    ends = line.standing.until_ms
    return f" until {fmt.day_clock(ends, local, now_ms)}" if ends is not None else ""


def form_sheet(form: Any) -> LongSheet:
    """A filled form, with what is still blank or held back."""
    from maoc_tui.ui.liaison_sheets import LongSheet

    lines: list[Line] = [((printable(text, 600), "text"),) for text in form.text.splitlines()]
    blank = f"Still blank or held back: {printable(', '.join(form.blanks), 600) or 'nothing'}"
    return LongSheet(form.ref, [*lines, (("", "text"),), ((blank, "warn"),)])


def left(line: RequestLine, now_ms: int) -> str:
    """What is left of the clock, ``-1 h 05`` once it has passed; "" when none runs."""
    clock = line.standing.clock
    if clock is None or clock.stopped_ms is not None:
        return ""
    return fmt.left(clock.left_ms(now_ms))


def sheet(line: RequestLine | ClockLine, now_ms: int, local: bool) -> list[Line]:
    """One request: where it stands, what it allows, its clock, its history; or one other clock."""
    return request_sheet(line, now_ms, local) if hasattr(line, "asked") else clock_sheet(line, now_ms, local)


def clock_sheet(line: ClockLine, now_ms: int, local: bool) -> list[Line]:
    """One clock that is no request's: what it is, when it ends, what its end means."""
    look = _LOOKS[stage_of(line, now_ms)]
    rows = [
        (
            "chase at" if line.due_ms is None else "runs out",
            fmt.day_clock(line.next_ms, local, now_ms),
            "text",
        ),
        ("left", "stopped" if line.stopped else fmt.left(line.left_ms(now_ms)), look),
        ("began", fmt.day_clock(line.start_ms, local, now_ms), "text"),
        ("said", line.text, "text"),
        ("limit", f"{line.limit}; {line.cite} ({line.verification})" if line.clock else "", "text"),
        ("at its end", line.on_expiry, "text"),
        ("bell heard", line.heard(now_ms), "text"),
        ("started by", line.by, "text"),
        ("stopped", line.stopped, "text"),
        ("marking", line.marking, "dim"),
    ]
    name = " ".join(filter(None, (line.clock, printable(line.title, 200))))
    head: Line = ((f"{line.ref} ", "mark"), (f"{name} ", "strong"), (f"about {line.target}", "mark"))
    return [head, *(_field(label, text, look) for label, text, look in rows if text)]


def request_sheet(line: RequestLine, now_ms: int, local: bool) -> list[Line]:
    """One request: where it stands, what it allows, its clock, its history."""
    asked, stands = line.asked, line.standing
    lines: list[Line] = [
        (
            (f"{asked.ref} ", "mark"),
            (f"{asked.kind.value} to {printable(asked.addressee, 12)} ", "strong"),
            (f"about {asked.target}", "mark"),
        ),
        _field("stands", f"{stands.state.value}{_until(line, now_ms, local)}", "strong"),
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
    lines.append(_field("bell heard", line.heard))
    if stands.nationality is not None:
        lines.append(_field("nationality", _said(stands.nationality, now_ms, local)))
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


def _said(event: Any, now_ms: int, local: bool) -> str:
    return f"{event.act.value}, {fmt.day_clock(event.at_ms, local, now_ms)}, {event.who}"


def spoken(event: Any) -> str:
    """Whether an answer or a request was spoken or written; "" of what was neither."""
    if not event.channel:
        return ""
    return "by word of mouth" if event.oral else "in writing"


def _event(event: Any, now_ms: int, local: bool) -> Line:
    at = fmt.day_clock(event.at_ms, local, now_ms)
    ends = f"until {fmt.day_clock(event.until_ms, local, now_ms)}" if event.until_ms is not None else ""
    told = [event.act.value, spoken(event), event.who, event.channel, event.text]
    scope = ", ".join(sorted(one.value for one in event.scope))
    conditions = [f"condition: {one}" for one in event.conditions]
    text = "; ".join(filter(None, (*told, scope, ends, *conditions, f"entered by {event.by}")))
    return _field(at, text)


def _field(label: str, text: str, look: str = "text") -> Line:
    return ((label.ljust(_LABEL) + " ", "dim"), (printable(text, 600), look))
