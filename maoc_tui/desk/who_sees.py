"""Who sees a statement and who does not, partner by partner, each with the reason: of whatever has a reference."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.desk import clocks, gate, requests
from maoc_tui.desk.release_statements import candidates
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput


@dataclass(frozen=True, slots=True)
class Seen:
    """One partner and one statement."""

    partner: str
    status: str
    """What the partner is today."""
    seen: bool
    reason: str
    """``In: own statement``; ``Out: H2, originator FR, not asked``."""


def who_sees(room: Room, viewer: Viewer, ref: str, partner: str = "") -> tuple[Seen, ...]:
    """Every partner that reads anything today, or the one given, for whatever has a reference (or the id of a line).

    Raises BadInput for what the viewer does not see, as for what does not exist.
    """
    require(viewer, Act.READ)
    statement, now = _statement(room, viewer, ref), room.clock.now_ms()
    known = room.register
    every = known.codes if gate.told_of_others(room, viewer) else (viewer.partner,)
    codes = [known.partner(partner).code] if partner.strip() else list(every)
    found = []
    for code in codes:
        standing = known.standing(code, now)
        if standing.reads or partner.strip():
            verdict = gate.why(room, viewer, statement, code)
            found.append(Seen(code, standing.status, verdict.seen, verdict.reason))
    return tuple(sorted(found, key=lambda one: not one.seen))


def _statement(room: Room, viewer: Viewer, ref: str) -> str:
    """The id of what a reference names; a target's reference, or an id, as it is."""
    name = ref.strip().upper()
    if name.startswith(("OP", "SZ", "AS")):
        with room.db.reading(viewer) as conn:
            return candidates(conn, name)[0].id
    if not name.startswith(("RQ", "CK")):
        if name.startswith(("Q-", "R-")):
            raise BadInput(f"{name} is as hidden as the lines it is about.", "Ask about what it is of.")
        return ref
    with room.db.reading(viewer) as conn:
        return str((requests if name.startswith("RQ") else clocks).find(conn, name).id)
