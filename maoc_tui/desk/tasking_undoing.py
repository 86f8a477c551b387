"""What is only ever done to a tasking to undo that it was asked."""

from __future__ import annotations

from maoc_tui.desk import journal, tasking_undo
from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.tasking import find
from maoc_tui.desk.undo_keeping import UNDO
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.taskings import Act, Event, check_owner
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.store import taskings as store


def take_back(room: Room, viewer: Viewer, ref: str) -> None:
    """Withdraw what was asked and nobody answered. Raises BadInput, NotPermitted."""
    require(viewer, Right.OPERATE)
    now = room.clock.now_ms()
    event = Event(Act.WITHDRAWN, now, now, viewer.name, viewer.partner, text=UNDO)
    with changing(room, viewer) as (conn, seen):
        task = find(seen, ref)
        if not viewer.all_seeing:
            check_owner(event, task.owner, task.events[0].partner, True)
        last = task.events[-1]
        if last.act is not Act.ASKED:
            at = format_dtg(from_ms(last.entered_ms))
            raise NotPermitted(
                f"{task.ref} is {last.act.value}, entered by {last.by} {at}.",
                "Record on the Assets screen what became of it: withdrawn, or off task.",
            )
        store.append(conn, task.id, event)
        journal.note(
            conn, viewer, now, "answer", "tasking", task.ref, owner=journal.origin(task.marking),
            recipient=task.owner, detail=f"{task.operation} {task.asset}: withdrawn",
        )  # fmt: skip
        tasking_undo.taken_back(conn, viewer, task, now)
