"""Targets as the viewer may see them: the list, one sheet, likely duplicates, the links that hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from uuid import UUID

from maoc_tui import resources
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_places import newest, with_estimate, with_zones
from maoc_tui.desk.target_snapshots import Duplicate, FactLine, LastSeen, LinkLine, TargetRow, TargetSheet
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.identity_checks import Badge
from maoc_tui.domain.marking import combine
from maoc_tui.domain.target_facts import ATTRIBUTES, Fact, current, standing
from maoc_tui.domain.target_identity import badges
from maoc_tui.domain.target_likeness import Likeness, Values, compare, values_of
from maoc_tui.domain.target_record import Link, Sighting, Target
from maoc_tui.domain.targets import ENDED, Kind, TypeTable, parse_reference, reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import targets as store
from maoc_tui.store.targets_heard import Heard, heard


@cache
def types() -> TypeTable:
    """The types of target that ship with the program."""
    text = resources.data("target_types.toml").read_text(encoding="utf-8")
    return TypeTable.read(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Known:
    """What one read of the record brought."""

    targets: list[Target]
    facts: Mapping[UUID, list[Fact]]
    links: Mapping[UUID, list[Link]]
    sightings: Mapping[UUID, list[Sighting]]
    heard: Mapping[int, Heard]


def read(room: Room, viewer: Viewer, ref: str | None = None) -> Known:
    """Everything on all targets, or on one, in one read transaction."""
    with room.db.reading(viewer) as conn:
        targets = [store.find(conn, parse_reference(ref))] if ref else store.load(conn)
        only = targets[0].id if ref else None
        links = store.links(conn, only)
        keys = {link.key for lines in links.values() for link in lines}
        return Known(targets, store.facts(conn, only), links, store.sightings(conn, only), heard(conn, keys))


def listing(room: Room, viewer: Viewer) -> tuple[TargetRow, ...]:
    """Every target, open ones first, the last changed first."""
    known = read(room, viewer)
    places = with_zones(room, [_place(known, target) for target in known.targets])
    rows = [_row(room, known, target, place) for target, place in zip(known.targets, places, strict=True)]
    return tuple(sorted(rows, key=lambda row: (not row.open, -row.updated_ms, row.ref)))


def _place(known: Known, target: Target) -> LastSeen | None:
    links, sightings = known.links.get(target.id, []), known.sightings.get(target.id, [])
    return newest(target, links, sightings, known.heard)


def _row(room: Room, known: Known, target: Target, place: LastSeen | None) -> TargetRow:
    facts = known.facts.get(target.id, [])
    holds = current(facts, room.clock.now_ms())
    name, flag = holds.get("name"), holds.get("flag")
    kind = types().get(target.type)
    used = [target.marking, *(fact.marking for fact in (name, flag) if fact is not None)]
    return TargetRow(
        ref=target.ref,
        version=target.version,
        kind=str(target.kind),
        type=kind.short if kind else "",
        type_title=kind.title if kind else "",
        title=name.value if name else target.designation or target.description,
        named=name is not None,
        flag=flag.value if flag else "",
        status=str(target.status),
        open=target.open,
        seen=place,
        badges=tuple(badge.text for badge in _badges(room, known, target, holds)),
        contacts=tuple(link.key for link in known.links.get(target.id, ()) if link.holds),
        known=values_of(facts),
        marking=reduce(combine, used),
        updated_ms=target.updated_ms,
    )


def _badges(room: Room, known: Known, target: Target, holds: Mapping[str, Fact]) -> tuple[Badge, ...]:
    values = {name: fact.value for name, fact in holds.items()}
    keys = [link.key for link in known.links.get(target.id, ()) if link.holds]
    return badges(values, keys, room.reference.flag_tables)


def sheet(room: Room, viewer: Viewer, ref: str) -> TargetSheet:
    """Everything on one target. Raises BadInput when there is none the viewer may see."""
    known = read(room, viewer, ref)
    target = known.targets[0]
    links, seen = known.links.get(target.id, []), known.sightings.get(target.id, [])
    facts = known.facts.get(target.id, [])
    with room.db.reading(viewer) as conn:
        changes = store.changes(conn, target.id)
    place = with_estimate(room, with_zones(room, [_place(known, target)])[0], known.heard)
    keys = tuple(link.key for link in links if link.holds)
    statements: list[Fact | Link | Sighting] = [*facts, *links, *seen]
    return TargetSheet(
        row=_row(room, known, target, place),
        target=target,
        identity=history(facts, room.clock.now_ms()),
        links=tuple(_link(link, known.heard) for link in reversed(links)),
        sightings=tuple(sorted(seen, key=lambda entry: (entry.seen_ms, entry.at_ms), reverse=True)),
        changes=tuple(reversed(changes)),
        duplicates=likely_duplicates(room, viewer, target.kind, values_of(facts), keys, target.ref),
        marking=reduce(combine, (line.marking for line in statements), target.marking),
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


def likely_duplicates(
    room: Room,
    viewer: Viewer,
    kind: Kind,
    values: Values,
    keys: Iterable[int] = (),
    but: str = "",
) -> tuple[Duplicate, ...]:
    """Targets that may be the same object as one with these values and contacts, the likeliest first.

    ``but`` is the reference of the target itself. Placeholders are no reason.
    """
    known, wanted = read(room, viewer), frozenset(keys)
    found: list[tuple[int, Duplicate]] = []
    for target in known.targets:
        facts = known.facts.get(target.id, [])
        likeness = compare(kind, values, values_of(facts), target.kind)
        shared = wanted & {link.key for link in known.links.get(target.id, ()) if link.holds}
        if shared:
            heard_as = f"heard as the same contact {key_text(min(shared))}"
            likeness = Likeness(likeness.points + 100, (heard_as, *likeness.reasons))
        if likeness and target.ref != but:
            found.append((-likeness.points, _duplicate(room, target, facts, likeness)))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: (pair[0], pair[1].ref)))


def _duplicate(room: Room, target: Target, facts: Sequence[Fact], likeness: Likeness) -> Duplicate:
    name = current(facts, room.clock.now_ms()).get("name")
    title = name.value if name else target.designation or target.description
    return Duplicate(target.ref, title, str(target.status), likeness.likely, likeness.reasons)


def links_now(room: Room, viewer: Viewer) -> dict[int, str]:
    """Contact key to the reference of the open target it is linked to now; the first of several."""
    with room.db.reading(viewer) as conn:
        rows = store.links_now(conn, frozenset(str(status) for status in ENDED))
    return {key: reference(number) for key, number in reversed(rows)}


def heard_spans(room: Room, viewer: Viewer, ref: str) -> tuple[tuple[int, int | None, int | None], ...]:
    """(contact key, from, to) of every link a target ever had, in milliseconds; None is open."""
    known = read(room, viewer, ref)
    links = known.links.get(known.targets[0].id, ())
    return tuple((link.key, link.from_ms, link.to_ms) for link in links)
