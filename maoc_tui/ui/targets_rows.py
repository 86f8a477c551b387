"""Targets as a list: the columns, and one row's values as text."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column

if TYPE_CHECKING:
    from maoc_tui.desk.targets import TargetRow

COLUMNS = (
    Column("kind", "", 1, 1),
    Column("ref", "Target", 6, 1),
    Column("badge", "", 3, 1),
    Column("name", "Name", 16, 1, grow=True),
    Column("flag", "Fl", 2, 2),
    Column("type", "Type", 6, 3),
    Column("status", "Status", 9, 2),
    Column("zone", "Zone", 8, 3),
    Column("seen", "Last", 5, 1, right=True),
    Column("how", "by", 3, 4),
)
_STATUS = {"INTERCEPT_PLANNED": "INT PLAN", "UNDER_PURSUIT": "PURSUIT", "HANDED_OVER": "HANDED"}
"""Statuses longer than their column."""
_KIND = {"vessel": "▲", "aircraft": "^"}
_HOW = {"fix": "●", "sighting": "◎", "entered": "□"}
"""A fix, a sighting, the place it was entered with: shapes, not colours."""
_HOT = {"INTERCEPT_PLANNED", "UNDER_PURSUIT", "BOARDED"}


class TargetRows:
    """Targets in a list; the key of a row is the reference."""

    def __init__(self, rows: Sequence[TargetRow], now_ms: int) -> None:
        self._rows = tuple(rows)
        self._now_ms = now_ms
        self._at = {row.ref: at for at, row in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, at: int) -> str:
        """The reference of row ``at``."""
        return self._rows[at].ref

    def find(self, key: Hashable) -> int:
        """The row of a reference; -1 when it is not listed."""
        return self._at.get(key, -1)  # type: ignore[call-overload,no-any-return]

    def cells(self, at: int) -> Sequence[Cell]:
        """What COLUMNS show of row ``at``."""
        row = self._rows[at]
        look = "text" if row.open else "dim"
        seen = row.seen
        return (
            (_KIND.get(row.kind, "?"), look),
            (row.ref, "mark" if row.open else "dim"),
            ("ID?" if row.badges else "", "warn"),
            (row.title if row.named else f"({row.title})", "strong" if row.named and row.open else look),
            (row.flag, look),
            (row.type, "dim"),
            (_STATUS.get(row.status, row.status), "bad" if row.status in _HOT else look),
            (seen.zone if seen else "", look),
            (fmt.age(self._now_ms - seen.at_ms) if seen else fmt.NOTHING, look),
            (_HOW.get(seen.how, "") if seen else "", "dim"),
        )
