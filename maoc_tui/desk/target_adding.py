"""New targets: provisional from a description and a place, or from a contact that is heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import target_undo
from maoc_tui.desk.gate import speaks_for
from maoc_tui.desk.journal import note, origin
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_linking import check_joinable, recorded
from maoc_tui.desk.target_listing import types
from maoc_tui.desk.target_prefill import duplicates_of, prefill
from maoc_tui.desk.target_snapshots import Duplicate, NewTarget, Prefilled, Saved
from maoc_tui.desk.target_words import (
    marked,
    new_fact,
    new_link,
    new_sighting,
    place_of,
    said_by,
    words,
)
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.target_facts import Fact, parse_attribute
from maoc_tui.domain.target_record import Sighting, Target
from maoc_tui.domain.targets import Kind, Status, check_provisional, parse_kind
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as store


def add(room: Room, viewer: Viewer, entry: NewTarget) -> Saved:
    """Record a provisional target from a description and a place; warns of likely duplicates."""
    require(viewer, Act.EDIT)
    made, facts = _target(room, viewer, entry), _facts(room, viewer, entry)
    seen = _first_seen(room, viewer, entry, made)
    warnings = _warnings(duplicates_of(room, viewer, entry))
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        target = store.add(conn, made)
        _state(conn, target, facts, seen)
        note(conn, viewer, made.created_ms, "collect", "target", target.ref, owner=origin(made.marking))
        target_undo.added(conn, viewer, target)
    return Saved(target.ref, target.version, warnings)


def add_from_contact(
    room: Room,
    viewer: Viewer,
    key: int,
    entry: NewTarget | None = None,
    reason: str = "",
    *,
    also: Callable[[Connection, UUID], None] | None = None,
) -> Saved:
    """Record a target heard as a contact, linked to it; values the contact gave keep it as their source.

    ``entry`` is the proposal of ``prefill`` as a person left it; what it leaves out is taken from there,
    an empty value is left out. ``also`` writes what belongs to it in the same transaction, by the target's id, and is
    not undone; nor is the target then.
    """
    require(viewer, Act.EDIT)
    check_joinable(key)
    proposed = prefill(room, viewer, key)
    whole = _completed(entry or proposed.entry, proposed.entry)
    made, facts = _target(room, viewer, whole), _facts(room, viewer, whole, proposed)
    seen = _first_seen(room, viewer, whole, made)
    warnings = _warnings(duplicates_of(room, viewer, whole, key))
    why = words(reason, "reason", 400, empty=True) or "made a target from this contact"
    link = new_link(key, None, why, recorded(warnings), viewer, made.created_ms, made.marking)
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        target = store.add(conn, made)
        _state(conn, target, facts, seen)
        store.add_link(conn, target.id, link)
        now, whose, what = made.created_ms, origin(made.marking), f"linked to {key_text(key)}"
        note(conn, viewer, now, "collect", "target", target.ref, owner=whose)
        note(conn, viewer, now, "combine", "contact_link", target.ref, owner=whose, detail=what, reason=why)
        if also is None:
            target_undo.added(conn, viewer, target)
        else:
            also(conn, target.id)
    return Saved(target.ref, target.version, warnings)


def _state(conn: Connection, target: Target, facts: tuple[Fact, ...], seen: Sighting | None) -> None:
    for line in facts:
        store.add_fact(conn, target.id, line)
    if seen is not None:
        store.add_sighting(conn, target.id, seen)


def _first_seen(room: Room, viewer: Viewer, entry: NewTarget, made: Target) -> Sighting | None:
    """The place it is entered with as a sighting, when it was said when it was seen there."""
    if not entry.at.strip():
        return None
    if made.place is None:
        raise BadInput(
            "A time without a position is no sighting.", "Give the position, or leave out the time."
        )
    source = said_by(entry.source, viewer)
    return new_sighting(room, viewer, made.place, entry.at, source, "", made.marking)


def _warnings(duplicates: tuple[Duplicate, ...]) -> tuple[str, ...]:
    return tuple(f"May be {d.ref} {d.title}: {'; '.join(d.reasons)}." for d in duplicates)


def _completed(entry: NewTarget, proposed: NewTarget) -> NewTarget:
    given = _by_name(entry.values, parse_kind(proposed.kind))
    whole = replace(
        entry,
        kind=proposed.kind,
        description=entry.description or proposed.description,
        type=entry.type or proposed.type,
        area=entry.area or proposed.area,
        values={**proposed.values, **given},
    )
    if entry.position.strip():
        return whole
    return replace(whole, position=proposed.position, radius=proposed.radius)


def _by_name(values: Mapping[str, str], kind: Kind) -> dict[str, str]:
    return {parse_attribute(text, kind): raw for text, raw in values.items()}


def _target(room: Room, viewer: Viewer, entry: NewTarget) -> Target:
    now, kind = room.clock.now_ms(), parse_kind(entry.kind)
    check_provisional(entry.description, entry.area, bool(entry.position.strip()))
    return Target(
        id=uuid4(),
        number=0,
        version=1,
        kind=kind,
        type=types().parse(entry.type, kind),
        status=Status.NOMINATED,
        designation=words(entry.designation, "designation", 80, empty=True),
        description=words(entry.description, "description", 2000),
        area=words(entry.area, "area", 200, empty=True),
        place=place_of(entry.position, entry.radius) if entry.position.strip() else None,
        created_by=viewer.name,
        created_ms=now,
        updated_by=viewer.name,
        updated_ms=now,
        closed_ms=None,
        marking=marked(viewer, entry.marking),
    )


def _facts(
    room: Room, viewer: Viewer, entry: NewTarget, proposed: Prefilled | None = None
) -> tuple[Fact, ...]:
    now, mark = room.clock.now_ms(), marked(viewer, entry.marking)
    source = said_by(entry.source, viewer)
    facts = []
    for attribute, raw in _by_name(entry.values, parse_kind(entry.kind)).items():
        if not raw.strip():
            continue
        fact = new_fact(attribute, raw, source, viewer, now, mark)
        if proposed and attribute in proposed.heard and proposed.entry.values[attribute] == raw:
            told, since = proposed.heard[attribute]
            fact = replace(fact, source=words(told, "source", 200), from_ms=since)
        facts.append(fact)
    return tuple(facts)
