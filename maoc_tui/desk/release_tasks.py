"""What a release or a recall leaves to be done, shown until it is."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.access import permit
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.domain.releases import By, Candidate, FollowUp, Proposal
from maoc_tui.domain.roles import Act
from maoc_tui.domain.safeguards_file import shipped
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import releases as store

HOUR_MS = 3_600_000
CORRECTION_HOURS = 24
"""Within which a recall is to be told to who held it."""


def after_emergency(
    conn: Connection, viewer: Viewer, made: Proposal, lines: tuple[Candidate, ...], now: int
) -> None:
    """Record the tasks of an emergency release, inside its transaction; nothing for any other."""
    if not made.emergency:
        return
    rules, by = shipped(), By(viewer.name, viewer.officer, viewer.partner, now)
    persons = {made.proposed.partner, viewer.partner}
    unasked = sorted({line.originator for line in lines} - persons)
    for task in rules.tasks:
        for origin in unasked if task.each == "originator" else [""]:
            text = task.text.format(partner=made.partner, originator=origin)
            due = now + rules.hours * HOUR_MS
            store.add_task(conn, made, by, task.kind, origin or made.partner, text, due)


def after_recall(conn: Connection, made: Proposal, by: By) -> None:
    """Record that the correction is to be sent, inside the recall's transaction."""
    text = f"Send {made.partner} the correction of {made.ref}, and record what it did with its copies"
    due = by.at_ms + CORRECTION_HOURS * HOUR_MS
    store.add_task(conn, made, by, "send_correction", made.partner, text, due)


def tasks(room: Room, viewer: Viewer, *, all_of_them: bool = False) -> tuple[FollowUp, ...]:
    """What is still to be done, the first due first; what was done too when asked."""
    with room.db.reading(viewer) as conn:
        found = store.tasks(conn)
    return tuple(task for task in found if all_of_them or task.done is None)


def finish(room: Room, viewer: Viewer, task_id: str, said: str) -> FollowUp:
    """Record that a follow-up was done, and how. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.RECALL)
    how, now = words(said, "account", 400), room.clock.now_ms()
    start = task_id.strip().lower()
    fits = [task for task in tasks(room, viewer) if len(start) >= 4 and task.id.startswith(start)]
    if len(fits) != 1:
        raise BadInput(f"{task_id[:40]!r} is no task that is open.", "See: maoc release tasks.")
    with room.db.writing() as conn:
        by = By(viewer.name, viewer.officer, viewer.partner, now)
        store.finish_task(conn, fits[0], by, how)
        ref = f"R-{fits[0].number:04d}"
        note(conn, viewer, now, "alter", "release_task", ref, recipient=fits[0].partner, detail=fits[0].kind)
    return fits[0]
