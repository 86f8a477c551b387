"""What is owed on a target: tasks that a release or a recall left, and the day by which what is kept is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from maoc_tui.desk import retention
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.releases import FollowUp
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.target_record import Target
from maoc_tui.store import releases as store


@dataclass(frozen=True, slots=True)
class Owed:
    """What somebody must still do about a target."""

    tasks: tuple[FollowUp, ...] = ()
    """Open ones, the first due first."""
    review_by: date | None = None
    """The first day by which something kept of persons must be looked at; None for nothing kept."""
    review_what: str = ""
    review_due: bool = False
    """That day has come."""

    @property
    def count(self) -> int:
        """How many things wait: open tasks, and a review whose day has come."""
        return len(self.tasks) + self.review_due


def owed(conn: Connection, target: Target, facts: list[Fact], now_ms: int) -> Owed:
    """What is owed on one target, as far as this connection shows it."""
    tasks = tuple(task for task in store.tasks(conn, target.id) if task.done is None)
    today = from_ms(now_ms).date()
    kept = retention.items_of(conn, target, facts, today)
    if not kept:
        return Owed(tasks)
    first = min(kept, key=lambda one: one.review_by)
    return Owed(tasks, first.review_by, first.what, first.due)
