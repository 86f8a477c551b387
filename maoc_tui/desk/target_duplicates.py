"""Which targets of the record may be the same object: found by what they share, then compared in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_listing import title_of
from maoc_tui.desk.target_snapshots import Duplicate, DuplicatePair
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.target_facts import current
from maoc_tui.domain.target_identity import identifies
from maoc_tui.domain.target_likeness import SAME, Likeness, Values, compare, values_of
from maoc_tui.domain.target_names import NameIndex
from maoc_tui.domain.targets import Kind, parse_reference, reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import targets as store
from maoc_tui.store import targets_alike, targets_listing
from maoc_tui.store.targets_listing import Head, Listed

_SAME_CONTACT = 100
"""Points for being heard as one contact."""


def likely_duplicates(
    room: Room, viewer: Viewer, kind: Kind, values: Values, keys: Iterable[int] = (), but: str = ""
) -> tuple[Duplicate, ...]:
    """Targets that may be the same object as one with these values and contacts, the likeliest first.

    ``but`` is the reference of the target itself. Placeholders are no reason.
    """
    wanted, now = frozenset(keys), room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        numbers = {name: _usable(name, values) for name in SAME}
        near = targets_alike.stating(conn, numbers) | targets_alike.heard_as(conn, wanted)
        if named := _usable("name", values):
            bearers = targets_alike.names(conn)
            index, known = NameIndex(list(bearers)), list(bearers)
            near |= {at for name in named for found in index.alike(name) for at in bearers[known[found]]}
        listed = targets_listing.read(conn, only=near)
    found: list[tuple[int, Duplicate]] = []
    for head in listed.heads:
        likeness = _likeness(listed, head, kind, values, wanted)
        if likeness and reference(head.number) != but:
            found.append((-likeness.points, _duplicate(listed, head, likeness, now)))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: (pair[0], pair[1].ref)))


def _usable(name: str, values: Values) -> frozenset[str]:
    return frozenset(value for value in values.get(name, ()) if identifies(name, value))


def _keys(listed: Listed, head: Head) -> frozenset[int]:
    return frozenset(line.key for line in listed.heard.get(head.id, ()))


def _values(listed: Listed, head: Head) -> Values:
    return values_of(listed.said.get(head.id, ()))


def _likeness(listed: Listed, head: Head, kind: Kind, values: Values, keys: Collection[int]) -> Likeness:
    likeness = compare(kind, values, _values(listed, head), Kind(head.kind))
    if shared := _keys(listed, head) & frozenset(keys):
        heard_as = f"heard as the same contact {key_text(min(shared))}"
        likeness = Likeness(likeness.points + _SAME_CONTACT, (heard_as, *likeness.reasons))
    return likeness


def _title(listed: Listed, head: Head, now_ms: int) -> str:
    return title_of(head, current(listed.said.get(head.id, ()), now_ms).get("name"))


def _duplicate(listed: Listed, head: Head, likeness: Likeness, now_ms: int) -> Duplicate:
    title = _title(listed, head, now_ms)
    return Duplicate(reference(head.number), title, head.status, likeness.likely, likeness.reasons)


def duplicates(room: Room, viewer: Viewer, ref: str = "") -> tuple[DuplicatePair, ...]:
    """Pairs of targets that may be the same object, the likeliest first; of one target when ``ref`` is given."""
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        number = store.find(conn, parse_reference(ref)).number if ref.strip() else None
        listed = targets_listing.read(conn, number=number)
    if number is not None:
        (head,) = listed.heads
        alike = likely_duplicates(
            room, viewer, Kind(head.kind), _values(listed, head), _keys(listed, head), reference(number)
        )
        return tuple(_pair(listed, head, other, now) for other in alike)
    found: list[tuple[int, DuplicatePair]] = []
    for head, other in _near(listed):
        likeness = _likeness(listed, other, Kind(head.kind), _values(listed, head), _keys(listed, head))
        if likeness:
            pair = _pair(listed, head, _duplicate(listed, other, likeness, now), now)
            found.append((-likeness.points, pair))
    found.sort(key=lambda entry: (entry[0], entry[1].ref, entry[1].other.ref))
    return tuple(pair for _, pair in found)


def _pair(listed: Listed, head: Head, other: Duplicate, now_ms: int) -> DuplicatePair:
    return DuplicatePair(reference(head.number), _title(listed, head, now_ms), head.status, other)


def _near(listed: Listed) -> Iterator[tuple[Head, Head]]:
    """Pairs worth comparing: they share a number, a contact, or a name nearly."""
    sharing: dict[object, set[int]] = defaultdict(set)
    names: dict[str, set[int]] = defaultdict(set)
    for at, head in enumerate(listed.heads):
        for line in listed.said.get(head.id, ()):
            if line.attribute in SAME and identifies(line.attribute, line.value):
                sharing[line.attribute, line.value].add(at)
            elif line.attribute == "name" and identifies("name", line.value):
                names[line.value].add(at)
        for key in _keys(listed, head):
            sharing[key].add(at)
    known = list(names)
    index = NameIndex(known)
    for name in known:
        for found in index.alike(name):
            sharing[name, "like", known[found]] = names[name] | names[known[found]]
    pairs = {pair for group in sharing.values() for pair in combinations(sorted(group), 2)}
    for first, second in sorted(pairs):
        yield listed.heads[first], listed.heads[second]
