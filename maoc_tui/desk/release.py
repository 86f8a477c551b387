"""The release desk: what may be shown to whom by a recorded decision of two persons, for screen and command line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from maoc_tui.desk.asking import answer, ask
from maoc_tui.desk.journal import consulted
from maoc_tui.desk.recalling import Holder, Recalled, holders, recall
from maoc_tui.desk.release_case import Permission, Recipient, case, judge, recipient
from maoc_tui.desk.release_draft import Draft, Looked, look
from maoc_tui.desk.release_panel import Panel, PanelLine, panel, recipients
from maoc_tui.desk.release_record import find, lines_of, the_word
from maoc_tui.desk.release_statements import candidates
from maoc_tui.desk.release_tasks import finish, tasks
from maoc_tui.desk.releasing import approve, propose, refuse
from maoc_tui.desk.room import Room
from maoc_tui.domain.releases import Proposal, Request
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.safeguards import Line
from maoc_tui.domain.safeguards_file import shipped
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import releases as store

__all__ = [
    "Draft", "Holder", "Looked", "Panel", "PanelLine", "Permission", "Recalled", "Received", "Recipient", "answer",
    "approve", "ask", "finish", "holders", "look", "panel", "proposals", "propose", "recall", "received",
    "recipient", "recipients", "refuse", "requests", "tasks", "the_word",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """A statement that was released to the viewer's own partner, with the terms it came under."""

    ref: str
    kind: str
    statement: str
    since_ms: int
    until_ms: int | None
    condition: str


def proposals(room: Room, viewer: Viewer) -> tuple[Proposal, ...]:
    """Releases from their proposal on, the newest first: those all of whose lines the viewer may see.

    Never those to the viewer's own partner: the checklist weighs the recipient.
    """
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        found = store.proposals(conn)
    return tuple(made for made in found if viewer.all_seeing or made.partner != viewer.partner)


def requests(room: Room, viewer: Viewer) -> tuple[Request, ...]:
    """What originators were asked, the newest first: about lines the viewer may see."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        found = store.requests(conn)
    return tuple(made for made in found if viewer.all_seeing or made.partner != viewer.partner)


def received(room: Room, viewer: Viewer) -> tuple[Received, ...]:
    """What was released to the viewer's own partner and still counts, with its conditions."""
    require(viewer, Act.READ)
    row, now = store.RELEASE.c, room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        ended = {one.release_id for one in conn.execute(select(store.RECALL.c.release_id))}
        rows = conn.execute(
            select(store.RELEASE).where(row.partner == viewer.partner).order_by(row.seq.desc())
        ).all()
    return tuple(
        Received(
            f"R-{r.number:04d}", r.statement_kind, str(r.statement_id), r.from_ms, r.until_ms, r.condition
        )
        for r in rows
        if r.id not in ended and (r.until_ms is None or r.until_ms > now)
    )


def proposal(room: Room, viewer: Viewer, ref: str) -> Proposal:
    """One release from its proposal on. Raises BadInput when there is none the viewer may read."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        made = find(conn, ref, viewer)
        _, held = lines_of(conn, made)
    lines = {line.id for line in made.lines}
    consulted(room, viewer, "release", made.ref, (line.marking for line in held if line.id in lines))
    return made


def all_lines(room: Room, viewer: Viewer, draft: Draft) -> Draft:
    """A draft with every line that the viewer sees of what it is about, to choose from."""
    with room.db.reading(viewer) as conn:
        _, held = candidates(conn, draft.ref)
    return replace(draft, lines=tuple(line.id for line in held))


def questions(room: Room, viewer: Viewer, partner: str) -> tuple[Line, ...]:
    """The questions a release to a partner brings today, not answered yet; those of originators all of them."""
    require(viewer, Act.READ)
    to = recipient(room, partner)
    every = frozenset(code for asked in shipped().questions for code in asked.originators)
    where = replace(case(room, to, (), (), conditions=True), originators=every)
    return judge(where, {}).lines
