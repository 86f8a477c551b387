"""The sheet of a handover on the screen: its head, an item in a row, an item in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.handover import Verdict
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.lines import Line
from maoc_tui.ui.list_window import TextRows

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import HandoverSheet
    from maoc_tui.domain.handover import Item

COLUMNS = (
    Column("sign", "", 1, 1),
    Column("red", "", 1, 1),
    Column("section", "About", 11, 2),
    Column("ref", "Ref", 8, 1),
    Column("text", "What", 24, 1, grow=True),
    Column("said", "Said", 12, 1),
)
_LOOKS = {Verdict.QUESTION: "warn", Verdict.REFUSED: "bad"}


def listed(made: HandoverSheet) -> TextRows:
    """Every item."""
    return TextRows([(item.key, _cells(item)) for item in made.items])


def _cells(item: Item) -> Sequence[Cell]:
    verdict = item.verdict
    said = str(verdict) if verdict is not None else "to be walked" if item.red else ""
    look = _LOOKS.get(verdict, "good") if verdict is not None else "warn"
    return (
        (item.sign, "mark"),
        ("▲" if item.red else "", "bad"),
        (item.section, "dim"),
        (item.ref, "mark"),
        (printable(item.text, 300), "strong" if item.red else "text"),
        (said, look),
    )


def head(made: HandoverSheet, local: bool) -> tuple[Line, ...]:
    """Who hands what to whom, since when it is a difference, what stands in the way."""
    state = made.state
    held = f"{state.name} {state.partner}" if state.held else "nobody"
    goes = "the last day" if made.never else "your last watch"
    left = f"{made.left} of {made.red} red to walk" if made.walking else f"{made.red} red"
    lines: list[Line] = [
        (
            (printable(f"held by {held}", 60), "strong"),
            (f"  difference since {fmt.day_clock(made.since_ms, local)} ({goes})", "text"),
        ),
        (
            (f"{len(made.items)} items, {left}", "text"),
            (f"  journal {made.checkpoint or '–'}", "dim"),
            _offer(made),
        ),
    ]
    lines += [
        ((printable(f"▲ {one}: no handover during a manoeuvre", 120), "bad"),) for one in made.manoeuvre[:2]
    ]
    return tuple(lines)


def _offer(made: HandoverSheet) -> Cell:
    offer = made.state.offer
    if offer is None:
        told = "  S offers it" if made.state.mine else "  not offered yet"
        return told, "dim"
    return f"  {offer.ref} is offered", "warn"


def in_full(item: Item) -> tuple[Line, ...]:
    """One item with why it is red, its marking and what was said of it."""
    lines: list[Line] = [
        (
            (f"{item.sign} ", "mark"),
            (f"{item.ref or item.section}  ", "mark"),
            (printable(item.text, 500), "strong"),
        ),
    ]
    if item.red:
        lines.append((("red      ", "dim"), (printable(item.red, 200), "bad")))
    if item.marking is not None:
        lines.append((("marking  ", "dim"), (printable(str(item.marking), 200), "text")))
    for one in item.said:
        said = f"{one.verdict}{f': {one.words}' if one.words else ''}  ({one.by})"
        lines.append((("said     ", "dim"), (printable(said, 500), _LOOKS.get(one.verdict, "good"))))
    return tuple(lines)
