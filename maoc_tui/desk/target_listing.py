"""The list of targets as the viewer may see it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache, reduce
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from maoc_tui import resources
from maoc_tui.desk.reference import Reference
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_places import newest, with_zones
from maoc_tui.desk.target_snapshots import LastSeen, TargetRow
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.domain.marking import combine
from maoc_tui.domain.target_facts import latest, standing
from maoc_tui.domain.target_identity import badges
from maoc_tui.domain.target_likeness import grouped
from maoc_tui.domain.targets import ENDED, TypeTable, reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import targets_listing as store
from maoc_tui.store.targets_listing import Head, Listed, Said


@cache
def types() -> TypeTable:
    """The types of target that ship with the program."""
    text = resources.data("target_types.toml").read_text(encoding="utf-8")
    return TypeTable.read(tomllib.loads(text))


def listing(room: Room, viewer: Viewer) -> tuple[TargetRow, ...]:
    """Every target, open ones first, the last changed first."""
    with room.db.reading(viewer) as conn:
        listed = store.read(conn)
    return tuple(
        sorted(rows_of(room, viewer, listed), key=lambda row: (not row.open, -row.updated_ms, row.ref))
    )


def titles(conn: Connection, ids: Collection[str], now_ms: int) -> dict[str, str]:
    """What some targets are called now, by id as the database holds it; of those that the connection shows."""
    if not ids:
        return {}
    heads, said = store.named(conn, ids)
    return {
        head.id: title_of(head, latest(standing(said.get(head.id, ())), now_ms).get("name")) for head in heads
    }


def rows_of(room: Room, viewer: Viewer, listed: Listed, zones: Waters | None = None) -> list[TargetRow]:
    """The rows of one reading, in its order; by the zones given, else those in force now."""
    refs = [reference(head.number) for head in listed.heads]
    places = with_zones(zones or waters(room, viewer), refs, [newest(listed, head) for head in listed.heads])
    now, tables = room.clock.now_ms(), room.reference
    return [_row(listed, head, place, now, tables) for head, place in zip(listed.heads, places, strict=True)]


def _row(listed: Listed, head: Head, place: LastSeen | None, now_ms: int, tables: Reference) -> TargetRow:
    stands = standing(listed.said.get(head.id, ()))
    holds = latest(stands, now_ms)
    name, flag = holds.get("name"), holds.get("flag")
    kind, short = types().get(head.type), reference(head.number)
    contacts = tuple(line.key for line in listed.heard.get(head.id, ()))
    return TargetRow(
        ref=short,
        version=head.version,
        kind=head.kind,
        type=kind.short if kind else "",
        type_title=kind.title if kind else "",
        title=title_of(head, name),
        named=name is not None,
        flag=flag.value if flag else "",
        status=head.status,
        open=head.status not in ENDED,
        seen=place,
        badges=_doubts(tables, {at: fact.value for at, fact in holds.items()}, contacts),
        contacts=contacts,
        known=grouped(stands),
        words=tuple(filter(None, (head.designation, head.description, head.area))),
        marking=reduce(combine, [fact.marking for fact in (name, flag) if fact is not None], head.marking),
        updated_ms=head.updated_ms,
    )


def title_of(head: Head, name: Said | None) -> str:
    """Its name; what the Centre calls it; else its description."""
    return name.value if name else head.designation or head.description


_DOUBTED = ("mmsi", "imo", "hex", "call_sign", "registration", "flag")


_doubted: WeakKeyDictionary[Reference, dict[tuple[tuple[str, ...], tuple[int, ...]], tuple[str, ...]]]
_doubted = WeakKeyDictionary()
_KEPT = 20_000
"""Identities whose doubts are remembered: most are as they were at the last reading."""


def _doubts(reference: Reference, values: dict[str, str], keys: tuple[int, ...]) -> tuple[str, ...]:
    kept = _doubted.setdefault(reference, {})
    identity = tuple(values.get(name, "") for name in _DOUBTED), keys
    answer = kept.get(identity)
    if answer is None:
        if len(kept) >= _KEPT:
            kept.clear()
        said = {name: values[name] for name in _DOUBTED if name in values}
        answer = tuple(badge.text for badge in badges(said, keys, reference.flag_tables))
        kept[identity] = answer
    return answer
