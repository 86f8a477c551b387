"""Alerts in the record: one row per cause, brought up to date by what the rules see, whoever looks.

What was acknowledged stays so until something material changes: the level rises above what it was, or the cause
comes back after it was over or withdrawn. Everything else changes the row and rings nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, alias, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from maoc_tui.domain.alerts import Finding
from maoc_tui.domain.assets import parse_reference as asset_number
from maoc_tui.problems import BadInput
from maoc_tui.store import bulk, numbers
from maoc_tui.store.alert_row import Alert, alert_of, columns, parse_reference, reference
from maoc_tui.store.alert_tables import (
    AlertActTable,
    AlertEventTable,
    AlertSilenceEndTable,
    AlertSilenceTable,
    AlertTable,
)
from maoc_tui.store.asset_tables import AssetTable
from maoc_tui.store.tables_traffic import table

__all__ = [
    "ALERT", "Alert", "Happened", "Merged", "find", "history", "load", "merge", "parse_reference", "reference", "seen",
    "stamp", "standing", "unheard",
]  # fmt: skip
ALERT, EVENT, _ASSET = table(AlertTable), table(AlertEventTable), table(AssetTable)
_ACT = table(AlertActTable)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of findings: references (AL-0007) of new and changed alerts, and how many stood as they were."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    same: tuple[str, ...] = ()
    """References of those that stood as they were; what never was has none."""
    refused: tuple[str, ...] = ()
    """Causes that could not be kept."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that became of a cause."""

    what: str
    level: int
    revision: int
    at_ms: int


def merge(conn: Connection, findings: Sequence[Finding], now_ms: int, *, each: bool = False) -> Merged:
    """Bring the alerts up to date with what the rules see now; call it inside one writing transaction.

    A cause that was never seen and is withdrawn already is none. Raises BadInput for an asset that is not there; with
    ``each`` one that cannot be kept is named and costs no other.
    """
    known = {one.finding.cause: one for one in _known(conn, [one.cause for one in findings])}
    tally: dict[str, list[str]] = {name: [] for name in ("new", "changed", "same", "never", "refused")}
    for found in findings:
        try:
            with conn.begin_nested() if each else nullcontext():
                what, told = _merged(conn, known, found, now_ms)
        except (BadInput, IntegrityError):
            if not each:
                raise
            what, told = "refused", found.cause
        tally[what].append(told)
    new, changed, same, never, refused = (tuple(held) for held in tally.values())
    return Merged(new, changed, len(same) + len(never), same, refused)


def _merged(conn: Connection, known: dict[str, Alert], found: Finding, now_ms: int) -> tuple[str, str]:
    """Merge one finding: what became of it, and its reference, or its cause where it has none."""
    before = known.get(found.cause)
    if before is None and found.withdrawn:
        return "never", found.cause
    if before is not None and before.finding == found:
        return "same", before.ref
    made = _add(conn, found, now_ms) if before is None else _change(conn, before, found, now_ms)
    known[found.cause] = made
    return "new" if before is None else "changed", made.ref


def _known(conn: Connection, causes: Sequence[str]) -> list[Alert]:
    found: list[Alert] = []
    for at in range(0, len(causes), _AT_ONCE):
        found += _rows(conn, ALERT.c.cause.in_(causes[at : at + _AT_ONCE]))
    return found


def _add(conn: Connection, found: Finding, now_ms: int) -> Alert:
    made = Alert(
        uuid4(), numbers.unused(conn, ALERT.c.number), found, _asset(conn, found), found.level, 1, now_ms, now_ms
    )  # fmt: skip
    values = columns(made) | {"id": made.id, "number": made.number, "entered_ms": now_ms}
    conn.execute(insert(ALERT).values(**values))
    _note(conn, made, "raised", now_ms)
    if found.over:
        _note(conn, made, "over", now_ms)
    return made


def _change(conn: Connection, before: Alert, found: Finding, now_ms: int) -> Alert:
    ended = found.over or found.withdrawn
    again, worse = before.ended and not ended, not ended and found.level > before.peak
    material = again or worse
    made = Alert(
        before.id,
        before.number,
        found,
        _asset(conn, found),
        found.level if again else max(before.peak, found.level),
        before.revision + material,
        now_ms if material else before.raised_ms,
        before.entered_ms,
    )
    conn.execute(update(ALERT).where(ALERT.c.id == made.id).values(**columns(made)))
    for what, is_so in (
        ("again", again),
        ("worse", worse and not again),
        ("over", found.over and not before.finding.over),
        ("withdrawn", found.withdrawn and not before.finding.withdrawn),
    ):
        if is_so:
            _note(conn, made, what, now_ms)
    return made


def _note(conn: Connection, made: Alert, what: str, now_ms: int) -> None:
    conn.execute(
        insert(EVENT).values(
            alert_id=made.id, what=what, level=made.finding.level, revision=made.revision, entered_ms=now_ms
        )
    )


def _asset(conn: Connection, found: Finding) -> UUID | None:
    if not found.asset:
        return None
    held = conn.scalar(select(_ASSET.c.id).where(_ASSET.c.number == asset_number(found.asset)))
    if held is None:
        raise BadInput(f"There is no asset {found.asset[:20]}.", "See: maoc asset list.")
    return UUID(str(held))


def load(conn: Connection) -> list[Alert]:
    """Every alert the connection shows, in order of entry."""
    return _rows(conn)


def standing(conn: Connection, since_ms: int) -> list[Finding]:
    """What is neither over nor withdrawn, and all that was seen since a time: what a sweep goes on from."""
    open_now = ALERT.c.over.is_(False) & ALERT.c.withdrawn.is_(False)
    return [one.finding for one in _rows(conn, open_now | (ALERT.c.last_ms >= since_ms))]


def unheard(conn: Connection) -> list[Alert]:
    """The alerts the connection shows that nobody acknowledged as they are now, in order of entry.

    What was escalated is heard again by whoever does something after that.
    """
    mine = (_ACT.c.alert_id == ALERT.c.id, _ACT.c.revision == ALERT.c.revision)
    newest = select(func.coalesce(func.max(_ACT.c.seq), 0)).where(*mine, _ACT.c.act == "escalate")
    newest_one = newest.correlate(ALERT).scalar_subquery()
    later = alias(_ACT, "later")
    answered = exists().where(
        later.c.alert_id == ALERT.c.id, later.c.revision == ALERT.c.revision, later.c.seq > newest_one
    )
    return _rows(conn, ALERT.c.withdrawn.is_(False), ~answered)


def stamp(conn: Connection) -> tuple[int, ...]:
    """The newest row of every table here: differs when anything was added or became of an alert."""
    tables = (EVENT, *(table(one) for one in (AlertActTable, AlertSilenceTable, AlertSilenceEndTable)))
    return tuple(conn.scalar(select(func.max(one.c.seq))) or 0 for one in tables)


def find(conn: Connection, ref: str) -> Alert:
    """The alert of a reference (AL-0007) on this connection; BadInput when it shows none."""
    number = parse_reference(ref)
    found = _rows(conn, ALERT.c.number == number)
    if not found:
        raise BadInput(f"There is no alert {reference(number)}.", "See: maoc alert list --all.")
    return found[0]


def seen(conn: Connection, refs: Sequence[str]) -> frozenset[str]:
    """Those of some references that the connection shows."""
    found: set[int] = set()
    for chunk in bulk.chunks([parse_reference(ref) for ref in refs]):
        found.update(conn.scalars(select(ALERT.c.number).where(ALERT.c.number.in_(chunk))))
    return frozenset(map(reference, found))


def history(conn: Connection, alert: UUID) -> list[Happened]:
    """What became of the cause of an alert, oldest first."""
    rows = conn.execute(select(EVENT).where(EVENT.c.alert_id == alert).order_by(EVENT.c.seq))
    return [Happened(row.what, row.level, row.revision, row.entered_ms) for row in rows]


def _rows(conn: Connection, *where: Any) -> list[Alert]:
    query = select(ALERT, _ASSET.c.number.label("asset_number")).outerjoin(
        _ASSET, _ASSET.c.id == ALERT.c.asset_id
    )
    return [alert_of(row) for row in conn.execute(query.where(*where).order_by(ALERT.c.seq))]
