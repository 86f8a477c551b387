"""The board of operations: its columns, and one operation as a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationRow

COLUMNS = (
    Column("ref", "Operation", 9, 1),
    Column("name", "Name", 10, 1, grow=True),
    Column("state", "State", 10, 1),
    Column("check", "Ops normal", 10, 1, right=True),
    Column("missing", "Lack", 4, 1, right=True),
    Column("next", "Next action", 18, 1, grow=True),
    Column("owner", "Whose", 12, 2),
    Column("targets", "Targets", 8, 3),
    Column("lead", "Lead", 5, 3),
    Column("newest", "New", 5, 4, right=True),
)
SHORT = {"approved": "approved", "under_way": "under way"}
"""State to a word that fits its column, where its title does not."""


def listed(rows: Sequence[OperationRow], now_ms: int) -> Listed:
    """The board as the desk sorted it."""
    return Listed([(row.ref, row) for row in rows], lambda row: _cells(row, now_ms))


def check_in(row: OperationRow, now_ms: int) -> Cell:
    """What is left until ops normal is due, by shape and colour once it is overdue; "" where no check-in runs."""
    if row.check_in_due_ms is None:
        return "", "dim"
    left = row.check_in_due_ms - now_ms
    return (f"▲ {fmt.left(left)}", "bad") if left <= 0 else (fmt.left(left), "text")


def _cells(row: OperationRow, now_ms: int) -> Sequence[Cell]:
    ended = row.next_step is None
    missing = f"! {row.missing_count}" if row.missing_count else "" if ended else "✓"
    short = SHORT.get(row.state.value, row.state_title) if row.state is not None else row.state_title
    state = row.outcome if ended and row.outcome else short
    return (
        (row.ref, "mark"),
        (printable(row.name, 60), "strong"),
        (state, "dim" if ended else "text"),
        check_in(row, now_ms),
        (missing, "warn" if row.missing_count else "good"),
        (printable(row.next_action, 120), "text"),
        (printable(row.owner, 80), "dim"),
        (" ".join(row.targets), "mark"),
        (next((code for field, code in row.states.items() if field.value == "lead"), ""), "text"),
        (fmt.age(max(now_ms - row.newest_ms, 0)), "dim"),
    )
