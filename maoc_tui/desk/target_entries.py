"""What every act on a target looks up and notes: the statement that stands, the link meant, the line in the journal."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk import clash
from maoc_tui.desk.journal import note, origin
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_of
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.target_facts import Fact, standing
from maoc_tui.domain.target_record import Link, Target
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as store


def validity(room: Room, since: str, until: str) -> tuple[int | None, int | None]:
    """From when to when something holds, as typed; None where nothing is typed."""
    begins = time_of(since, room.clock) if since.strip() else None
    ends = time_of(until, room.clock) if until.strip() else None
    if begins is not None and ends is not None and ends <= begins:
        raise BadInput("It ends before it begins.", "Exchange the two times.")
    return begins, ends


def standing_fact(
    view: Connection, target: Target, fact_id: str, attribute: str = "", *, yours: str | None = None
) -> Fact:
    """The statement of an id, which stands on this connection; BadInput when it does not any more.

    For somebody who saw it and says ``yours`` instead, the one that took its place meanwhile, unless that was
    withdrawn. Raises Clash.
    """
    every = store.facts(view, target.id).get(target.id, [])
    if yours is not None and clash.compared("value"):
        later = {entry.replaces: entry for entry in every if entry.replaces}
        while fact_id in later:
            now = later[fact_id]
            fact_id = now.id
            if fact_id not in later and not now.withdrawal:
                stands = clash.Stands(now.value, now.by, now.at_ms, now.attribute)
                clash.settle(target.ref, {"value": stands}, {"value": yours})
    for entry in standing(every):
        if entry.id == fact_id and attribute in ("", entry.attribute):
            return entry
    raise BadInput("That statement does not stand any more.", "Look at the target as it is now.")


def own_link(viewer: Viewer, links: list[Link]) -> Link | None:
    """Of the links of several partners to one contact, the viewer's own; another when there is none."""
    return next(
        (line for line in links if line.marking.originators == {viewer.partner}), links[0] if links else None
    )


def noted(
    conn: Connection,
    viewer: Viewer,
    at_ms: int,
    act: str,
    entity: str,
    target: Target,
    marking: Marking,
    what: str = "",
    why: str = "",
) -> None:
    """Enter an act on something of a target, marked so, in the journal."""
    note(conn, viewer, at_ms, act, entity, target.ref, owner=origin(marking), detail=what, reason=why)
