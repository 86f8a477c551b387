"""What the list of targets shows, read as columns: no object per statement, no question per target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Text, func, or_, select, type_coerce

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.targets import ENDED
from maoc_tui.store.markings import COLUMNS, marking_of
from maoc_tui.store.targets import FACT, LINK, SIGHTING, TARGET
from maoc_tui.store.targets_heard import CONTACT


class Head(NamedTuple):
    """A target's own line."""

    id: str
    """As the database holds it: to join by within one reading, nothing else."""
    number: int
    version: int
    kind: str
    type: str
    status: str
    designation: str
    description: str
    area: str
    lat: float | None
    lon: float | None
    radius_nm: float | None
    created_ms: int
    updated_ms: int
    mark: tuple[str, ...]

    @property
    def marking(self) -> Marking:
        """Its marking."""
        return marking_of(*self.mark)


class Said(NamedTuple):
    """A statement about identity, as far as the list needs it."""

    target: str
    id: str
    attribute: str
    value: str
    since_ms: int
    to_ms: int | None
    replaces: str | None
    withdrawal: bool
    entered_ms: int
    mark: tuple[str, ...]

    @property
    def marking(self) -> Marking:
        """Its marking."""
        return marking_of(*self.mark)


class Seen(NamedTuple):
    """A sighting of a target."""

    target: str
    id: str
    seen_ms: int
    lat: float
    lon: float
    radius_nm: float
    entered_ms: int


class Hearing(NamedTuple):
    """A contact a target is, or was, heard as, with its last fix; None where there is none."""

    target: str
    id: str
    """Of the link."""
    to_ms: int | None
    """None while it is heard as that contact."""
    entered_ms: int
    ended_ms: int | None
    key: int
    time: int | None
    lat: int | None
    """1e-7 degrees."""
    lon: int | None
    error_m: int | None
    sog: int | None
    """Tenths of a knot; ``cog`` tenths of a degree."""
    cog: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One reading of the list: lines by the target's id."""

    heads: list[Head]
    said: Mapping[str, list[Said]]
    """In the order of entry."""
    seen: Mapping[str, Seen]
    """The newest of each."""
    heard: Mapping[str, list[Hearing]]
    """As what it is heard now, in the order of entry."""


def read(
    conn: Connection,
    *,
    number: int | None = None,
    only: Collection[str] | None = None,
    since_ms: int | None = None,
) -> Listed:
    """Every target the viewer may see, by number; or of ``number`` alone, of these ids, or alive ``since_ms``."""
    if number is not None:
        queries = _where(TARGET.c.number == number)
    elif only is not None:
        queries = _where(_raw(TARGET.c.id).in_(only))
    else:
        queries = _EVERY if since_ms is None else _alive(since_ms)
    heads_of, said_of, seen_of, heard_of = (conn.execute(query).fetchall() for query in queries)
    marks = len(COLUMNS)
    said = [Said._make((*row[:-marks], row[-marks:])) for row in said_of]
    seen = [Seen._make(row) for row in seen_of]
    heard = [Hearing._make(row) for row in heard_of]
    told = _newest_entries(said, seen, heard)
    heads = [_head(row, told.get(row[0], 0)) for row in heads_of]
    now = (line for line in heard if line.to_ms is None)
    return Listed(heads, _by_target(said), _newest(seen), _by_target(now))


def named(conn: Connection, only: Collection[str]) -> tuple[list[Head], Mapping[str, list[Said]]]:
    """The lines of some targets, and what was said of their names, in the order of entry."""
    heads_of, said_of, *_ = _where(_raw(TARGET.c.id).in_(only))
    marks = len(COLUMNS)
    said = [
        Said._make((*row[:-marks], row[-marks:]))
        for row in conn.execute(said_of.where(FACT.c.attribute == "name"))
    ]
    return [_head(row, 0) for row in conn.execute(heads_of)], _by_target(said)


def alive(since_ms: int) -> ColumnElement[bool]:
    """The condition on a target that it is open, or was changed since."""
    return or_(TARGET.c.status.not_in([status.value for status in ENDED]), TARGET.c.updated_ms >= since_ms)


def _head(row: Any, told_ms: int) -> Head:
    """A target's line; it was last changed when something the viewer sees was said of it."""
    marks = len(COLUMNS)
    head = Head._make((*row[:-marks], row[-marks:]))
    return head._replace(updated_ms=told_ms) if told_ms > head.updated_ms else head


def _newest_entries(said: list[Said], seen: list[Seen], heard: list[Hearing]) -> Mapping[str, int]:
    """Target to when something was last said of it: a link counts when it was made, and when it was ended."""
    newest: dict[str, int] = {}
    for line in chain[Said | Seen | Hearing](said, seen, heard):
        if line.entered_ms > newest.get(line.target, 0):
            newest[line.target] = line.entered_ms
    for link in heard:
        if link.ended_ms is not None and link.ended_ms > newest.get(link.target, 0):
            newest[link.target] = link.ended_ms
    return newest


def _newest(seen: Iterable[Seen]) -> Mapping[str, Seen]:
    """The last sighting of each target; of the same instant the one entered first."""
    newest: dict[str, Seen] = {}
    for one in seen:
        if one.target not in newest or one.seen_ms > newest[one.target].seen_ms:
            newest[one.target] = one
    return newest


_Line = TypeVar("_Line", Said, Hearing)


def _by_target(lines: Iterable[_Line]) -> Mapping[str, list[_Line]]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        found[line.target].append(line)
    return found


def _raw(column: Any) -> Any:
    return type_coerce(column, Text)


def _marks(lines: Any) -> tuple[Any, ...]:
    return tuple(lines.c[name] for name in COLUMNS)


_HEADS = select(
    _raw(TARGET.c.id), *(TARGET.c[name] for name in Head._fields[1:-1]), *_marks(TARGET)
).order_by(TARGET.c.number)
_SAID = select(
    _raw(FACT.c.target_id), _raw(FACT.c.id), FACT.c.attribute, FACT.c.value,
    func.coalesce(FACT.c.from_ms, FACT.c.entered_ms), FACT.c.to_ms, _raw(FACT.c.replaces), FACT.c.withdrawal,
    FACT.c.entered_ms, *_marks(FACT),
).order_by(FACT.c.seq)  # fmt: skip
_SEEN = select(
    _raw(SIGHTING.c.target_id), _raw(SIGHTING.c.id), *(SIGHTING.c[name] for name in Seen._fields[2:])
).order_by(SIGHTING.c.seq)  # fmt: skip
"""Every sighting: the gate's rule on each is what costs, and the newest is soon found among them."""
_HEARD = (
    select(
        _raw(LINK.c.target_id), _raw(LINK.c.id), LINK.c.to_ms, LINK.c.entered_ms, LINK.c.ended_ms,
        LINK.c.contact_key, *(CONTACT.c[name] for name in Hearing._fields[6:]),
    )
    .outerjoin(CONTACT, CONTACT.c.key == LINK.c.contact_key)
    .order_by(LINK.c.seq)
)  # fmt: skip
_EVERY: tuple[Select[Any], ...] = (_HEADS, _SAID, _SEEN, _HEARD)


def _where(wanted: ColumnElement[bool]) -> tuple[Select[Any], ...]:
    """The same of the targets that are wanted."""
    lines = zip(_EVERY[1:], (FACT, SIGHTING, LINK), strict=True)
    of = (query.join(TARGET, TARGET.c.id == source.c.target_id).where(wanted) for query, source in lines)
    return _HEADS.where(wanted), *of


@lru_cache(maxsize=16)
def _alive(since_ms: int) -> tuple[Select[Any], ...]:
    return _where(alive(since_ms))
