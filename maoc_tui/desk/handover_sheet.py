"""The sheet of a handover: what one officer has to know, as a difference since that officer held the watch last.

It is made anew at each look, through the gate of who reads it: what an officer may not see is neither named nor
counted on that officer's sheet. What was said of its items stands with them: to who walks, and to who hands over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection

from maoc_tui.desk import handover_alerts, handover_items, handover_log
from maoc_tui.desk.handover_items import Reading, dtg
from maoc_tui.desk.handover_markings import combined
from maoc_tui.desk.room import Room
from maoc_tui.desk.watch import since, state_of
from maoc_tui.desk.watch_snapshots import HandoverSheet, WatchState
from maoc_tui.domain.handover import Answer, Item, against, with_answers
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import handovers as store
from maoc_tui.store import journal, watch_terms
from maoc_tui.store.journal_chain import short

SECTIONS = ("clocks", "alerts", "operations", "decisions", "promises", "questions", "corrections", "lines")
"""In the order of a sheet."""
_PARTS: tuple[handover_items.Section, ...] = (
    *handover_items.SECTIONS,
    handover_alerts.raised,
    handover_alerts.zones,
    handover_log.logged,
)


def sheet(room: Room, viewer: Viewer) -> HandoverSheet:
    """The sheet of a viewer now; what it walks where a handover is offered. Raises NotPermitted."""
    return walked(room, viewer, read(room, viewer))


def read(room: Room, viewer: Viewer) -> HandoverSheet:
    """The sheet of a viewer now without what was said of its items: the costly part of it. Raises NotPermitted."""
    require(viewer, Act.READ)
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        terms, state = watch_terms.load(conn), state_of(conn, viewer)
    me = By(viewer.name, viewer.officer, viewer.partner, now)
    begins, never = since(terms, me, now)
    made = Reading(room, viewer, now, begins, state.offer.at_ms if state.offer is not None else None)
    items = in_order([item for section in _PARTS for item in section(made)])
    return HandoverSheet(
        state, f"{viewer.name} {viewer.partner}", begins, never, now, items, handover_items.in_manoeuvre(made),
        (), False, _checkpoint(room),
    )  # fmt: skip


def walked(room: Room, viewer: Viewer, made: HandoverSheet) -> HandoverSheet:
    """A sheet as ``read`` with what was said of its items by now, and what of that stands against signing."""
    with room.db.reading(viewer) as conn:
        state = state_of(conn, viewer)
    items, walks = _walked(room, viewer, state, made.items)
    return replace(made, state=state, items=items, against=against(items) if walks else (), walking=walks)


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """By section, what is red first."""
    known = {name: at for at, name in enumerate(SECTIONS)}
    return handover_items.once(sorted(items, key=lambda one: (known[one.section], not one.red)))


def walker(viewer: Viewer) -> str:
    """Whose walk it is."""
    return viewer.officer or f"{viewer.name} {viewer.partner}"


def offered(conn: Connection) -> store.Offered | None:
    """The handover that waits now, on a connection of the viewer."""
    term = watch_terms.newest(conn)
    return store.waiting(conn, term.seq) if term is not None and term.held else None


def questions(room: Room, handover: store.Offered) -> list[tuple[str, Answer]]:
    """What was said of its items, whoever walked: for who hands over and who walks alone."""
    with room.db.reading_whole() as conn:
        return store.answers(conn, handover.id)


def _walked(
    room: Room, viewer: Viewer, state: WatchState, items: tuple[Item, ...]
) -> tuple[tuple[Item, ...], bool]:
    """The items with what was said of them, and whether the viewer is the one to walk them.

    Who hands over reads what was said of the items on its own sheet; who walks, its own walk; nobody else any.
    """
    if state.offer is None:
        return items, False
    with room.db.reading(viewer) as conn:
        waits = offered(conn)
    if waits is None:
        return items, False
    said = questions(room, waits)
    if waits.by.same_person(viewer.name, viewer.officer):
        by_key = [(item, [one for _, one in said if one.item == item.key]) for item in items]
        return tuple(replace(item, said=tuple(one)) for item, one in by_key), False
    mine = [one for who, one in said if who == walker(viewer)]
    return with_answers(items, mine), True


def _checkpoint(room: Room) -> str:
    """Short form of the newest checkpoint: what a witness outside holds the journal to."""
    with room.db.reading_whole() as conn:
        made = journal.last_checkpoint(conn)
    return short(made.seq, made.hash) if made is not None else ""


def printed(made: HandoverSheet, ref: str = "") -> tuple[str, str]:
    """The sheet as text with its SHA-256 in the last line, and that hash."""
    body = "\n".join(_lines(made, ref)) + "\n"
    digest = sha256(body.encode()).hexdigest()
    return f"{body}sha256 {digest}\n", digest


def hash_of(text: str) -> str:
    """The SHA-256 of a printed sheet's body, whatever its last line claims."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    body = lines[:-1] if lines[-1].startswith("sha256 ") else lines
    return sha256(("\n".join(body) + "\n").encode()).hexdigest()


def _lines(made: HandoverSheet, ref: str) -> list[str]:
    state = made.state
    held = f"{state.name} {state.partner}, since {dtg(state.since_ms)}" if state.held else "nobody"
    goes = "the last day, for the reader never held the watch" if made.never else "the reader's last watch"
    mark = combined(item.marking for item in made.items)
    lines = [
        f"HANDOVER OF THE WATCH {ref}".rstrip(),
        f"marking    {mark or 'no statement with a marking'}",
        f"held by    {held}",
        f"read by    {made.reader}, {dtg(made.now_ms)}",
        f"difference since {dtg(made.since_ms)}: {goes}",
        *([f"offered by {state.offer.by}, {dtg(state.offer.at_ms)}"] if state.offer else []),
        f"journal    {made.checkpoint or 'no checkpoint yet'}",
        *(f"MANOEUVRE  {one}" for one in made.manoeuvre),
    ]
    section = ""
    for item in made.items:
        if item.section != section:
            section = item.section
            lines += ["", section.upper()]
        lines += _item(item)
    return [*lines, *(["", "nothing to hand over"] if not made.items else []), ""]


def _item(item: Item) -> list[str]:
    red = f"  RED: {item.red}" if item.red else ""
    verdict = f"  [{item.verdict}]" if item.verdict else ""
    said = [f"      {one.verdict}: {one.words} ({one.by})" for one in item.said if one.words]
    return [f"{item.sign} {item.ref:9} {item.text}{red}{verdict}  #{item.digest}", *said]
