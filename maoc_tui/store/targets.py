"""Targets in the record: Core statements on the viewer's connection, values of the domain in and out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, Table, insert, select, update

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.target_record import Change, Link, Place, Sighting, Target
from maoc_tui.domain.targets import Kind, Status
from maoc_tui.problems import BadInput
from maoc_tui.store import edits, numbers
from maoc_tui.store import targets_tables as tables
from maoc_tui.store.markings import from_columns, to_columns
from maoc_tui.store.tables_traffic import table

TARGET = table(tables.TargetTable)
FACT = table(tables.IdentityFactTable)
SIGHTING = table(tables.SightingTable)
LINK = table(tables.ContactLinkTable)
CHANGE = table(tables.TargetChangeTable)


def add(conn: Connection, target: Target) -> Target:
    """Record a new target under a number of its own. Call inside a writing transaction."""
    numbered = replace(target, number=numbers.unused(conn, TARGET.c.number))
    place = numbered.place
    conn.execute(
        insert(TARGET).values(
            **{name: getattr(numbered, name) for name in _PLAIN},
            kind=str(numbered.kind),
            status=str(numbered.status),
            position=place.text if place else "",
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            radius_nm=place.radius_nm if place else None,
            **to_columns(numbered.marking),
        )
    )
    return numbered


_PLAIN = (
    "id", "number", "version", "type", "designation", "description", "area",
    "created_by", "created_ms", "updated_by", "updated_ms", "closed_ms",
)  # fmt: skip


def load(conn: Connection) -> list[Target]:
    """Every target the viewer may see, by number."""
    return [_target(row) for row in conn.execute(select(TARGET).order_by(TARGET.c.number))]


def find(conn: Connection, ref: str) -> Target:
    """The target of a reference (T-0417); raises BadInput when there is none the viewer may see."""
    row = conn.execute(select(TARGET).where(TARGET.c.number == int(ref.removeprefix("T-")))).first()
    if row is None:
        raise BadInput(f"There is no target {ref}.", "List them with: maoc target list.")
    return _target(row)


def _target(row: Any) -> Target:
    place = None
    if row.lat is not None:
        place = Place(row.lat, row.lon, row.radius_nm or 0.0, row.position)
    return Target(
        **{name: getattr(row, name) for name in _PLAIN},
        kind=Kind(row.kind),
        status=Status(row.status),
        place=place,
        marking=from_columns(row),
    )


def edit(
    conn: Connection,
    target: Target,
    version: int,
    values: Mapping[str, Any],
    reason: str,
    by: str,
    at_ms: int,
) -> None:
    """Change columns of a target if nobody did since ``version``; log old and new. Raises Changed."""
    if target.version != version:
        at = f"{from_ms(target.updated_ms):%H:%MZ}"
        raise edits.Changed(
            f"{target.ref} was changed by {target.updated_by} at {at}, after you read it.",
            "Look at it again, then repeat your change.",
        )
    edits.edit(conn, TARGET, target.id, version, **values, updated_by=by, updated_ms=at_ms)
    for name, new in values.items():
        if name != "closed_ms":
            line = Change(name, str(getattr(target, name)), str(new), reason, by, at_ms)
            log(conn, target, line)


def log(conn: Connection, target: Target, line: Change) -> None:
    """Record a change of the target; marked as the target is."""
    values = {"field": line.field, "old": line.old, "new": line.new, "reason": line.reason}
    conn.execute(insert(CHANGE).values(**values, **_entry(target.id, line.by, line.at_ms, target.marking)))


def _entry(target_id: UUID, by: str, at_ms: int, marking: Any, entry: str = "") -> dict[str, Any]:
    identifier = UUID(entry) if entry else uuid4()
    stamp = {"id": identifier, "target_id": target_id, "entered_by": by, "entered_ms": at_ms}
    return stamp | to_columns(marking)


def add_fact(conn: Connection, target_id: UUID, fact: Fact) -> None:
    """Record a statement about identity, or the correction or withdrawal of one."""
    values = {name: getattr(fact, name) for name in _FACT}
    back = UUID(fact.replaces) if fact.replaces else None
    entry = _entry(target_id, fact.by, fact.at_ms, fact.marking, fact.id)
    conn.execute(insert(FACT).values(**values, replaces=back, **entry))


_FACT = ("attribute", "value", "raw", "from_ms", "to_ms", "source", "withdrawal", "reason")


def facts(conn: Connection, target_id: UUID | None = None) -> dict[UUID, list[Fact]]:
    """Every statement by target, in the order of entry; of one target when given."""
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for row in conn.execute(_of(FACT, target_id)):
        fields = {name: getattr(row, name) for name in _FACT}
        back = str(row.replaces) if row.replaces else ""
        found[row.target_id].append(Fact(**fields, replaces=back, **_stamp(row)))
    return found


def _of(lines: Table, target_id: UUID | None) -> Select[Any]:
    query = select(lines).order_by(lines.c.seq)
    return query if target_id is None else query.where(lines.c.target_id == target_id)


def _stamp(row: Any) -> dict[str, Any]:
    return {"id": str(row.id), "by": row.entered_by, "at_ms": row.entered_ms, "marking": from_columns(row)}


def add_sighting(conn: Connection, target_id: UUID, seen: Sighting) -> None:
    """Record a sighting."""
    where = seen.place
    values = {"seen_ms": seen.seen_ms, "source": seen.source, "text": seen.text, "position": where.text}
    place = {"lat": where.lat, "lon": where.lon, "radius_nm": where.radius_nm}
    entry = _entry(target_id, seen.by, seen.at_ms, seen.marking, seen.id)
    conn.execute(insert(SIGHTING).values(**values, **place, **entry))


def sightings(conn: Connection, target_id: UUID | None = None) -> dict[UUID, list[Sighting]]:
    """Sightings by target, in the order of entry; of one target when given."""
    found: dict[UUID, list[Sighting]] = defaultdict(list)
    for row in conn.execute(_of(SIGHTING, target_id)):
        place = Place(row.lat, row.lon, row.radius_nm, row.position)
        entry = Sighting(seen_ms=row.seen_ms, place=place, source=row.source, text=row.text, **_stamp(row))
        found[row.target_id].append(entry)
    return found


def add_link(conn: Connection, target_id: UUID, link: Link) -> None:
    """Record that the target is heard as a contact from ``link.from_ms`` on."""
    values = {name: getattr(link, name) for name in _LINK}
    entry = _entry(target_id, link.by, link.at_ms, link.marking, link.id)
    conn.execute(insert(LINK).values(**values, contact_key=link.key, **entry))


_LINK = ("from_ms", "to_ms", "reason", "warning", "ended_by", "ended_ms", "ended_reason")


def end_link(conn: Connection, link: Link, to_ms: int, reason: str, by: str, at_ms: int) -> None:
    """Date the end of a link. What it said while it held stays in the record."""
    ended = {"to_ms": to_ms, "ended_reason": reason, "ended_by": by, "ended_ms": at_ms}
    conn.execute(update(LINK).where(LINK.c.id == UUID(link.id), LINK.c.to_ms.is_(None)).values(**ended))


def links(conn: Connection, target_id: UUID | None = None) -> dict[UUID, list[Link]]:
    """Links by target, in the order of entry; of one target when given."""
    found: dict[UUID, list[Link]] = defaultdict(list)
    for row in conn.execute(_of(LINK, target_id)):
        fields = {name: getattr(row, name) for name in _LINK}
        found[row.target_id].append(Link(key=row.contact_key, **fields, **_stamp(row)))
    return found


def links_now(conn: Connection, ended: Collection[str]) -> list[tuple[int, int]]:
    """(contact key, target number) of every link that holds, by number; without targets in ``ended``."""
    join = select(LINK.c.contact_key, TARGET.c.number).join(TARGET, TARGET.c.id == LINK.c.target_id)
    holds = join.where(LINK.c.to_ms.is_(None), TARGET.c.status.not_in(ended))
    return [(row.contact_key, row.number) for row in conn.execute(holds.order_by(TARGET.c.number))]


def highest_heard(conn: Connection, ended: Collection[str]) -> str:
    """The strictest handling code (H2) of the targets with a link that holds, and of these links; "" for none."""
    join = select(LINK.c.handling, TARGET.c.handling.label("above"))
    held = join.join(TARGET, TARGET.c.id == LINK.c.target_id).distinct()
    rows = conn.execute(held.where(LINK.c.to_ms.is_(None), TARGET.c.status.not_in(ended)))
    return max((code for row in rows for text in row for code in text.split(",")), default="")


def changes(conn: Connection, target_id: UUID) -> list[Change]:
    """The edits of one target, in the order they were made."""
    rows = conn.execute(_of(CHANGE, target_id))
    return [Change(r.field, r.old, r.new, r.reason, r.entered_by, r.entered_ms) for r in rows]
