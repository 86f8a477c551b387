"""Small windows of operations: which target is meant, what is to be released, which operation a line goes into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui.columns import Column
from maoc_tui.ui.list_window import ListWindow, TextRows

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import OperationRow, OperationTarget

_FOOT = "j k choose · Enter takes it · Esc close"
_TARGETS = (
    Column("ref", "Target", 7, 1),
    Column("title", "Name", 20, 1, grow=True),
    Column("zone", "Waters", 12, 1),
)
_ABOUT = (Column("ref", "Ref", 8, 1), Column("name", "Of what", 24, 1, grow=True))
_OPERATIONS = (
    Column("ref", "Operation", 9, 1),
    Column("name", "Name", 20, 1, grow=True),
    Column("state", "State", 18, 1),
    Column("targets", "Targets", 16, 2),
)


class TargetWindow(ListWindow):
    """The targets of an operation, to choose one."""

    def __init__(self, ref: str, targets: Sequence[OperationTarget]) -> None:
        super().__init__(f"{ref}: which target?", _TARGETS, _FOOT)
        self._targets = tuple(targets)

    def show_rows(self) -> None:
        """Every target."""
        self.list.show(
            TextRows(
                [
                    (
                        one.ref,
                        (
                            (one.ref, "mark"),
                            (printable(one.title, 60), "strong"),
                            (printable(one.zone, 24), "text"),
                        ),
                    )
                    for one in self._targets
                ]
            )
        )


class ReleaseWindow(ListWindow):
    """An operation, its seizures and its targets, to choose what a release is of."""

    def __init__(self, ref: str, about: Sequence[tuple[str, str]]) -> None:
        super().__init__(f"{ref}: release statements of what?", _ABOUT, _FOOT)
        self._about = tuple(about)

    def show_rows(self) -> None:
        """The operation itself first."""
        self.list.show(
            TextRows([(ref, ((ref, "mark"), (printable(name, 80), "text"))) for ref, name in self._about])
        )


class OperationWindow(ListWindow):
    """The operations that run and the watch log, to choose where a log line goes."""

    def __init__(self, rows: Sequence[OperationRow]) -> None:
        super().__init__("Log line: into which log?", _OPERATIONS, _FOOT)
        self._rows = tuple(rows)

    def show_rows(self) -> None:
        """Every operation, then the watch log."""
        of_watch = ("WATCH", (("WATCH", "mark"), ("the watch log", "strong"), ("", "text"), ("", "text")))
        rows = [
            (
                row.ref,
                (
                    (row.ref, "mark"),
                    (printable(row.name, 60), "strong"),
                    (row.state_title, "text"),
                    (" ".join(row.targets), "mark"),
                ),
            )
            for row in self._rows
        ]
        self.list.show(TextRows([*rows, of_watch]))
