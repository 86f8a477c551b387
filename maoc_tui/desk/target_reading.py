"""One target as the viewer may see it, and the links that hold between targets and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from maoc_tui.desk.assignments import of_target as team_of
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_duplicates import likely_duplicates
from maoc_tui.desk.target_listing import rows_of
from maoc_tui.desk.target_owed import owed
from maoc_tui.desk.target_places import with_estimate
from maoc_tui.desk.target_snapshots import FactLine, LinkLine, TargetSheet
from maoc_tui.desk.zone_ahead import of_target
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import combine
from maoc_tui.domain.target_facts import ATTRIBUTES, Fact, current, standing
from maoc_tui.domain.target_record import Link, Sighting
from maoc_tui.domain.targets import ENDED, parse_reference, reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import targets as store
from maoc_tui.store import targets_listing
from maoc_tui.store.targets_heard import Heard, heard


def sheet(room: Room, viewer: Viewer, ref: str) -> TargetSheet:
    """Everything on one target. Raises BadInput when there is none the viewer may see."""
    with room.db.reading(viewer) as conn:
        target = store.find(conn, parse_reference(ref))
        listed = targets_listing.read(conn, number=target.number)
        facts = store.facts(conn, target.id).get(target.id, [])
        links = store.links(conn, target.id).get(target.id, [])
        seen = store.sightings(conn, target.id).get(target.id, [])
        changes = store.changes(conn, target.id)
        contacts = heard(conn, {link.key for link in links})
        waits = owed(conn, target, facts, room.clock.now_ms())
        team = team_of(room, viewer, conn, target)
    (row,) = rows_of(room, viewer, listed)
    fix = contacts.get(row.seen.key) if row.seen else None
    statements: list[Fact | Link | Sighting] = [*facts, *links, *seen]
    marks = [*(line.marking for line in statements), *([team.marking] if team.marking else [])]
    heard_by = fix if row.seen is not None and row.seen.how == "fix" else None
    return TargetSheet(
        outlook=of_target(room, viewer, target.ref, row.seen, heard_by),
        row=replace(row, seen=with_estimate(room, row.seen, fix)),
        target=target,
        identity=history(facts, room.clock.now_ms()),
        links=tuple(_link(link, contacts) for link in reversed(links)),
        sightings=tuple(sorted(seen, key=lambda entry: (entry.seen_ms, entry.at_ms), reverse=True)),
        changes=tuple(reversed(changes)),
        duplicates=likely_duplicates(room, viewer, target.kind, row.known, row.contacts, target.ref),
        marking=reduce(combine, marks, target.marking),
        team=team,
        owed=waits,
    )


def _link(link: Link, contacts: Mapping[int, Heard]) -> LinkLine:
    contact = contacts.get(link.key)
    return LinkLine(link, key_text(link.key), (contact.name or contact.registration) if contact else "")


def history(facts: Sequence[Fact], now_ms: int) -> tuple[FactLine, ...]:
    """Every statement by attribute with what became of it: the one that holds first, then back in time."""
    stands = {fact.id for fact in standing(facts)}
    withdrawn = {fact.replaces for fact in facts if fact.withdrawal}
    holds, entered = current(facts, now_ms), {fact.id: at for at, fact in enumerate(facts)}
    lines: list[FactLine] = []
    for name, attribute in ATTRIBUTES.items():
        of_name = [fact for fact in facts if fact.attribute == name and not fact.withdrawal]
        for fact in sorted(of_name, key=lambda f: (f.id in stands, f.since_ms, entered[f.id]), reverse=True):
            state = _state(fact, holds.get(name), stands, withdrawn, now_ms)
            lines.append(
                FactLine(fact, attribute.title, state, fact.to_ms or _succeeded(fact, of_name, stands))
            )
    return tuple(
        sorted(lines, key=lambda line: (list(ATTRIBUTES).index(line.fact.attribute), line.state != "holds"))
    )


def _state(fact: Fact, holds: Fact | None, stands: set[str], withdrawn: set[str], now_ms: int) -> str:
    if fact.id in withdrawn:
        return "withdrawn"
    if fact.id not in stands:
        return "corrected"
    if fact is holds:
        return "holds"
    if fact.since_ms > now_ms:
        return "to come"
    return "ended" if fact.to_ms is not None and fact.to_ms <= now_ms else "past"


def _succeeded(fact: Fact, others: Iterable[Fact], stands: set[str]) -> int | None:
    """When the next standing statement about the same attribute began."""
    if fact.id not in stands:
        return None
    later = [other.since_ms for other in others if other.id in stands and other.since_ms > fact.since_ms]
    return min(later, default=None)


def links_now(room: Room, viewer: Viewer) -> dict[int, str]:
    """Contact key to the reference of the open target it is linked to now; the first of several."""
    with room.db.reading(viewer) as conn:
        rows = store.links_now(conn, frozenset(str(status) for status in ENDED))
    return {key: reference(number) for key, number in reversed(rows)}


def highest_heard(room: Room, viewer: Viewer) -> str:
    """The strictest handling code of any target heard as a contact now, and of those links; "" for none."""
    with room.db.reading(viewer) as conn:
        return store.highest_heard(conn, frozenset(str(status) for status in ENDED))


def heard_spans(room: Room, viewer: Viewer, ref: str) -> tuple[tuple[int, int | None, int | None], ...]:
    """(contact key, from, to) of every link a target ever had, in milliseconds; None is open."""
    with room.db.reading(viewer) as conn:
        target = store.find(conn, parse_reference(ref))
        links = store.links(conn, target.id).get(target.id, [])
    return tuple((link.key, link.from_ms, link.to_ms) for link in links)
