"""What stands against a step in the whole record, as no more than yes or no, for whoever may take the step.

A guard is passed only where it is passed both by what the viewer sees and by all there is. Where the two differ the
viewer is told that something it is not shown stands against the step, and nothing else of it; whoever may not take
the step is told nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maoc_tui.desk.operation_facts import Around, around, facts
from maoc_tui.desk.operation_words import runs
from maoc_tui.desk.room import Room
from maoc_tui.domain.operation_guards import hidden_against
from maoc_tui.domain.operations import Facts
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import operations as store
from maoc_tui.store.operations import Operation


def all_facts(
    room: Room, viewer: Viewer, found: Sequence[Operation], stands: Around, outcome: str = ""
) -> list[Facts]:
    """What the guards of operations are held against, in their order; ``stands`` is what the viewer sees."""
    seen = [facts(made, stands, outcome) for made in found]
    acting = {made.id for made in found if _acts(viewer, made)}
    if not acting:
        return seen
    with room.db.reading_whole() as conn:
        whole = {made.id: made for made in store.load(conn, ids=acting)}
        there = around(room, WATCH, conn, whole.values())
    return [
        replace(held, unseen=hidden_against(held, facts(whole[made.id], there, outcome)))
        if made.id in whole
        else held
        for made, held in zip(found, seen, strict=True)
    ]


def _acts(viewer: Viewer, made: Operation) -> bool:
    if viewer.all_seeing or viewer.read_only or not made.told:
        return False
    return bool(allowed(viewer, Act.OPERATE)) and runs(viewer, made)
