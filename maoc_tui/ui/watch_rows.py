"""The watch log on the screen: its columns, one line in a row, one line in full, who holds the watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import WatchLine, WatchState

COLUMNS = (
    Column("at", "When", 13, 1),
    Column("kind", "Kind", 8, 2),
    Column("text", "Line", 24, 1, grow=True),
    Column("due", "Due", 10, 1, right=True),
    Column("by", "By", 10, 2),
    Column("ref", "Ref", 6, 1),
)
WHICH = {"all": "all lines", "mine": "your own lines", "since": "since you held the watch last"}


def listed(lines: Sequence[WatchLine], now_ms: int, local: bool) -> Listed:
    """The log, the newest last."""
    return Listed([(one.ref, one) for one in lines], lambda one: _cells(one, now_ms, local))


def due(one: WatchLine, now_ms: int) -> Cell:
    """What is left until a promise is due, by shape and colour when it has passed; a tick when it is done."""
    if one.due_ms is None:
        return "", "dim"
    if one.done_ms is not None:
        return "✓ done", "good"
    if not one.runs:
        return "", "dim"
    left = one.due_ms - now_ms
    return (f"▲ {fmt.left(left)}", "bad") if left <= 0 else (fmt.left(left), "text")


def _cells(one: WatchLine, now_ms: int, local: bool) -> Sequence[Cell]:
    stands = "text" if one.stands else "dim"
    wrong = "✗ " if one.corrected_by else "~ " if one.corrects else ""
    surname = one.by.split()[-1] if one.by.split() else one.by
    return (
        (fmt.short_time(one.at_ms, now_ms, local), "dim"),
        (one.title if one.kind != "NOTE" else "", "warn" if one.kind == "WORRY" else "mark"),
        (printable(f"{wrong}{one.text}", 300), stands),
        due(one, now_ms),
        (printable(surname, 20), "strong" if one.mine else "dim"),
        (one.ref, "mark"),
    )


def held(state: WatchState | None, which: str, since_ms: int) -> tuple[Line, ...]:
    """Who holds the watch, what is offered, and which lines stand below."""
    if state is None:
        return ((("reading …", "dim"),),)
    shown = f"{WHICH[which]}{f', {fmt.day_clock(since_ms)}' if which == 'since' else ''}"
    if not state.held:
        why = f" since {fmt.day_clock(state.since_ms)}: {state.reason}" if state.how is not None else ""
        first: Line = (
            ("Nobody holds the watch", "warn"),
            (why and f" {printable(why, 200)}", "text"),
            ("  t takes it", "dim"),
        )
    else:
        how = f"{state.how}" + (f": {state.reason}" if state.reason else "")
        mine = " (you)" if state.mine else ""
        first = (
            (printable(f"WATCH {state.name} {state.partner}{mine}", 60), "strong"),
            (f"  since {fmt.day_clock(state.since_ms)}, {printable(how, 200)}", "text"),
        )
    lines: list[Line] = [(*first, (f"  │ {shown}", "dim"))]
    if state.offer is not None:
        waits = "another officer walks it" if state.mine else "h walks it"
        said = f"{state.offer.ref} is offered since {fmt.day_clock(state.offer.at_ms)}: {waits}"
        lines.append(((said, "warn"),))
    return tuple(lines)


def in_full(one: WatchLine, now_ms: int) -> tuple[Line, ...]:
    """One line with everything there is to it."""
    lines: list[Line] = [
        ((f"{one.ref} ", "mark"), (f"{fmt.full_time(one.at_ms)}  ", "dim"), (one.title, "text")),
        ((printable(one.text, 2400), "strong" if one.stands else "dim"),),
    ]
    if one.due_ms is not None:
        text, look = due(one, now_ms)
        told = one.done or (f"{text} left" if one.runs else "not to be done any more")
        lines.append(
            (("due       ", "dim"), (f"{fmt.full_time(one.due_ms)}  ", "text"), (printable(told, 400), look))
        )
    if one.corrected_by:
        lines.append((("stands no more: ", "warn"), (one.corrected_by, "mark")))
    if one.corrects:
        what = "withdraws " if one.withdrawal else "corrects  "
        lines.append(((what, "dim"), (one.corrects, "mark")))
    entered = f"{printable(one.by, 60)}, {fmt.full_time(one.entered_ms)}"
    lines.append((("entered   ", "dim"), (entered, "text")))
    lines.append((("marking   ", "dim"), (printable(str(one.marking), 200), "text")))
    return tuple(lines)
