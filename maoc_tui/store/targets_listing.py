"""What the list of targets shows, read as columns: no object per statement, no question per target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, func, or_, select, type_coerce

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
    mark: tuple[str, ...]

    @property
    def marking(self) -> Marking:
        """Its marking."""
        return marking_of(*self.mark)


class Seen(NamedTuple):
    """The newest sighting of a target."""

    target: str
    seen_ms: int
    lat: float
    lon: float
    radius_nm: float


class Hearing(NamedTuple):
    """A contact a target is heard as now, with its last fix; None where there is none."""

    target: str
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
    heard: Mapping[str, list[Hearing]]


def read(
    conn: Connection,
    *,
    number: int | None = None,
    only: Collection[str] | None = None,
    since_ms: int | None = None,
) -> Listed:
    """Every target the viewer may see, by number; or of ``number`` alone, of these ids, or alive ``since_ms``."""
    wanted: ColumnElement[bool] | None = None
    if number is not None:
        wanted = TARGET.c.number == number
    elif only is not None:
        wanted = _raw(TARGET.c.id).in_(only)
    elif since_ms is not None:
        wanted = alive(since_ms)

    def rows(query: Select[Any], lines: Any) -> Iterable[Any]:
        if wanted is not None:
            if lines is not TARGET:
                query = query.join(TARGET, TARGET.c.id == lines.c.target_id)
            query = query.where(wanted)
        return conn.execute(query).fetchall()

    marks = len(COLUMNS)
    told = _newest_entries(rows(query, lines) for query, lines in _ENTERED)
    heads = [_head(row, told.get(row[0], 0)) for row in rows(_HEADS, TARGET)]
    said = (Said._make((*row[:-marks], row[-marks:])) for row in rows(_SAID, FACT))
    seen = {row[0]: Seen(*row) for row in rows(_SEEN, _ranked)}
    heard = (Hearing(*row) for row in rows(_HEARD, LINK))
    return Listed(heads, _by_target(said), seen, _by_target(heard))


def alive(since_ms: int) -> ColumnElement[bool]:
    """The condition on a target that it is open, or was changed since."""
    return or_(TARGET.c.status.not_in([status.value for status in ENDED]), TARGET.c.updated_ms >= since_ms)


def _head(row: Any, told_ms: int) -> Head:
    """A target's line; it was last changed when something the viewer sees was said of it."""
    marks = len(COLUMNS)
    head = Head._make((*row[:-marks], row[-marks:]))
    return head._replace(updated_ms=told_ms) if told_ms > head.updated_ms else head


def _newest_entries(entered: Iterable[Iterable[Any]]) -> Mapping[str, int]:
    newest: dict[str, int] = {}
    for rows in entered:
        for target, at_ms in rows:
            newest[target] = max(at_ms, newest.get(target, 0))
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
    *_marks(FACT),
).order_by(FACT.c.seq)  # fmt: skip


def _newest_of(lines: Table, name: str) -> tuple[Select[Any], Table]:
    newest = select(_raw(lines.c.target_id), func.max(lines.c[name])).where(lines.c[name].is_not(None))
    return newest.group_by(lines.c.target_id), lines


_ENTERED = (
    *(_newest_of(lines, "entered_ms") for lines in (FACT, SIGHTING, LINK)),
    _newest_of(LINK, "ended_ms"),
)
_newest = func.row_number().over(
    partition_by=SIGHTING.c.target_id, order_by=(SIGHTING.c.seen_ms.desc(), SIGHTING.c.seq)
)
_ranked = select(SIGHTING, _newest.label("rank")).subquery()
_SEEN = select(
    _raw(_ranked.c.target_id), _ranked.c.seen_ms, _ranked.c.lat, _ranked.c.lon, _ranked.c.radius_nm
).where(_ranked.c.rank == 1)
_HEARD = (
    select(
        _raw(LINK.c.target_id), LINK.c.contact_key,
        *(CONTACT.c[name] for name in ("time", "lat", "lon", "error_m", "sog", "cog")),
    )
    .outerjoin(CONTACT, CONTACT.c.key == LINK.c.contact_key)
    .where(LINK.c.to_ms.is_(None))
    .order_by(LINK.c.seq)
)  # fmt: skip
