"""The inbox and the gap board as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.alert_stages import STAGES
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed

if TYPE_CHECKING:
    from maoc_tui.desk.alert_snapshots import AlertRow

COLUMNS = (
    Column("level", "", 1, 1),
    Column("ref", "Alert", 7, 1),
    Column("rule", "Rule", 15, 1),
    Column("subject", "About", 14, 1, grow=True),
    Column("target", "Target", 6, 1),
    Column("zone", "Where", 8, 1),
    Column("age", "For", 5, 1, right=True),
    Column("stage", "Stage", 11, 1),
    Column("by", "By", 20, 2),
    Column("raised", "Raised", 12, 2),
    Column("position", "Position", 22, 3),
)
_SIGNS = (("·", "dim"), ("!", "warn"), ("▲", "bad"))
"""A shape and a colour for note, look, act now."""
HEARD, QUIET, GONE = "✓", "z", "–"
"""Acknowledged, silenced, withdrawn: in place of the sign of the level."""
_HEAD = "stage:"


def is_head(key: object) -> bool:
    """Whether a row is the head of a stage."""
    return isinstance(key, str) and key.startswith(_HEAD)


def listed(rows: Sequence[AlertRow], now_ms: int, local: bool, *, by_stage: bool) -> Listed:
    """The alerts as the desk ordered them; with a head before each stage where it is the board."""
    keyed: list[tuple[str, AlertRow | str]] = []
    before = ""
    for row in rows:
        stage = stage_of(row)
        if by_stage and stage != before:
            held = sum(stage_of(one) == stage for one in rows)
            keyed.append((f"{_HEAD}{stage}", f"{stage} {held}"))
            before = stage
        keyed.append((row.ref, row))

    def cells(row: AlertRow | str) -> Sequence[Cell]:
        return _head(row) if isinstance(row, str) else _cells(row, now_ms, local)

    return Listed(keyed, cells)


def stage_of(row: AlertRow) -> str:
    """The stage as shown; what late data dissolved stands by itself."""
    return "withdrawn" if row.withdrawn else row.stage


def sign(row: AlertRow) -> Cell:
    """How grave it is while it waits; else why it does not."""
    if row.pending:
        return _SIGNS[row.level]
    if row.withdrawn:
        return GONE, "dim"
    return (HEARD if row.heard else QUIET), "dim"


def stages() -> str:
    """The stages one may move an alert to."""
    return ", ".join(STAGES[1:])


def _head(text: str) -> Sequence[Cell]:
    empty: Cell = ("", "dim")
    return (empty, empty, (text, "mark"), *(empty for _ in COLUMNS[3:]))


def _cells(row: AlertRow, now_ms: int, local: bool) -> Sequence[Cell]:
    mark, look = sign(row)
    by = row.stage_by or row.heard
    over = " over" if row.over and not row.withdrawn else ""
    return (
        (mark, look),
        (row.ref, "mark"),
        (printable(row.title, 40), look if row.pending else "text"),
        (printable(row.subject, 60), "strong" if row.pending else "text"),
        (" ".join(row.targets), "mark"),
        (row.zone, "text"),
        (fmt.age(now_ms - row.first_ms), "text"),
        (f"{stage_of(row)}{over}", "dim" if row.withdrawn else "text"),
        (printable(by.rpartition(",")[0] or by, 40), "dim"),
        (fmt.short_time(row.raised_ms, now_ms, local), "dim"),
        (fmt.position(row.lat, row.lon), "dim"),
    )
