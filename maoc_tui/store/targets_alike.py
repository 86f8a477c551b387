"""Which targets share a number, a name or a contact with something: the few worth comparing in full."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Text, and_, or_, select, type_coerce

from maoc_tui.store.targets import FACT, LINK


def names(conn: Connection) -> dict[str, set[str]]:
    """Every name ever stated, with the targets it was stated of (ids as the database holds them)."""
    found: dict[str, set[str]] = {}
    query = select(FACT.c.value, type_coerce(FACT.c.target_id, Text)).where(FACT.c.attribute == "name")
    for value, target in conn.execute(query).fetchall():
        found.setdefault(value, set()).add(target)
    return found


def stating(conn: Connection, wanted: Mapping[str, Collection[str]]) -> set[str]:
    """Targets of which one of these values was ever stated, by attribute."""
    said = [and_(FACT.c.value.in_(some), FACT.c.attribute == name) for name, some in wanted.items() if some]
    if not said:
        return set()
    return set(conn.scalars(select(type_coerce(FACT.c.target_id, Text)).where(or_(*said))))


def heard_as(conn: Connection, keys: Collection[int]) -> set[str]:
    """Targets that are heard as one of these contacts now."""
    query = select(type_coerce(LINK.c.target_id, Text)).where(LINK.c.to_ms.is_(None))
    return set(conn.scalars(query.where(LINK.c.contact_key.in_(sorted(keys))))) if keys else set()
