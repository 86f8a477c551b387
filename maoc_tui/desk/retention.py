"""Retention: what is kept of persons, by when it must be looked at, and what was decided. Nothing is erased here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from maoc_tui.desk.access import permit
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.retention import Rule, shipped
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.target_facts import ATTRIBUTES, Fact, standing
from maoc_tui.domain.target_record import Target
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as targets_store
from maoc_tui.store.release_tables import RetentionReviewTable
from maoc_tui.store.tables_traffic import table

REVIEW = table(RetentionReviewTable)
DECISIONS = ("keep", "erase")


@dataclass(frozen=True, slots=True)
class Item:
    """Something kept of persons, and by when it must be looked at."""

    ref: str
    statement: str
    """Id of the target or of the fact."""
    what: str
    """Names what it is, never what it says."""
    originator: str
    rule: Rule
    review_by: date
    due: bool
    decided: str
    """What the last review decided, in words; "" when there was none."""


def items(room: Room, viewer: Viewer, *, due: bool = False) -> tuple[Item, ...]:
    """Everything kept of persons that the viewer may see, by day; ``due``: only whose day has come."""
    require(viewer, Act.READ)
    today = from_ms(room.clock.now_ms()).date()
    with room.db.reading(viewer) as conn:
        reviews, facts = _reviews(conn), targets_store.facts(conn)
        found = [
            item
            for target in targets_store.load(conn)
            for item in _items(target, facts.get(target.id, []), reviews, today)
        ]
    found.sort(key=lambda one: (one.review_by, one.ref, one.statement))
    return tuple(one for one in found if one.due or not due)


def items_of(conn: Connection, target: Target, facts: list[Fact], today: date) -> tuple[Item, ...]:
    """Everything kept of persons in one target."""
    return tuple(_items(target, facts, _reviews(conn, target.id), today))


def _items(
    target: Target, facts: list[Fact], reviews: dict[UUID, tuple[str, date | None]], today: date
) -> Iterator[Item]:
    for statement, what, origin, rule, since_ms in _held(target, facts):
        decided, until = reviews.get(UUID(statement), ("", None))
        by = rule.review_by(since_ms, until)
        yield Item(target.ref, statement, what, origin, rule, by, by <= today, decided)


def _held(target: Target, facts: list[Fact]) -> Iterator[tuple[str, str, str, Rule, int]]:
    """What the rules say of a target and its facts: id, words, originator, rule, since when."""
    state = "open" if target.open else "closed"
    for rule in shipped():
        if rule.what == "target" and rule.state == state:
            since = {"created": target.created_ms, "updated": target.updated_ms, "closed": target.closed_ms}
            (origin,) = target.marking.originators
            yield (
                str(target.id),
                "the target and its lines",
                origin,
                rule,
                since[rule.since] or target.updated_ms,
            )
        for fact in standing(facts) if rule.what == "identity_fact" else ():
            if fact.attribute in rule.attributes:
                (origin,) = fact.marking.originators
                yield fact.id, f"its {ATTRIBUTES[fact.attribute].title}", origin, rule, fact.at_ms


def _reviews(conn: Connection, target: UUID | None = None) -> dict[UUID, tuple[str, date | None]]:
    """Statement -> what the last review decided in words, and until when it is kept; of one target when given."""
    found: dict[UUID, tuple[str, date | None]] = {}
    rows = select(REVIEW).order_by(REVIEW.c.seq)
    for row in conn.execute(rows if target is None else rows.where(REVIEW.c.target_id == target)):
        until = date.fromisoformat(row.until) if row.until else None
        day = from_ms(row.entered_ms).date()
        said = f"kept until {row.until}" if until else "should be erased"
        found[row.statement_id] = (f"{said}: {row.by}, {day}", until)
    return found


def review(
    room: Room, viewer: Viewer, ref: str, decision: str, reason: str, *, until: str = "", statement: str = ""
) -> Item:
    """Record that somebody looked at an item and what was decided. Nothing is erased. Raises BadInput."""
    permit(room, viewer, Act.RETAIN)
    if decision not in DECISIONS:
        raise BadInput(f"{decision[:40]!r} is no decision.", f"Say {' or '.join(DECISIONS)}.")
    why, now = words(reason, "reason", 400), room.clock.now_ms()
    day = _day(until, from_ms(now).date()) if decision == "keep" else None
    one = _found(room, viewer, ref, statement)
    with room.db.reading(viewer) as conn:
        target = targets_store.find(conn, one.ref)
    with room.db.writing() as conn:
        conn.execute(insert(REVIEW), {
            "id": uuid4(), "by": viewer.name, "officer": viewer.officer, "by_partner": viewer.partner,
            "entered_ms": now, "target_id": target.id, "statement_id": UUID(one.statement), "rule": one.rule.id,
            "decision": decision, "until": str(day) if day else "", "reason": why,
        })  # fmt: skip
        said = f"reviewed {one.what}: {decision}" + (f" until {day}" if day else "")
        note(conn, viewer, now, "alter", "retention", one.ref, owner=one.originator, reason=why, detail=said)
    return _found(room, viewer, ref, one.statement)


def _found(room: Room, viewer: Viewer, ref: str, statement: str) -> Item:
    """The item of a target: itself, or the fact whose id (or beginning of it) is given."""
    wanted, start = ref.strip().upper(), statement.strip().lower()
    held = [one for one in items(room, viewer) if one.ref == wanted]
    fits = [one for one in held if (one.statement.startswith(start) if start else one.rule.what == "target")]
    if len(fits) != 1:
        raise BadInput(f"{ref[:20]!r} {statement[:40]} is no item that is kept.", "See: maoc retention list.")
    return fits[0]


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(f"{text[:40]!r} is no day.", "Give --until as 2027-01-31.") from None
    if not today < day <= today.replace(year=today.year + 5, day=min(today.day, 28)):
        raise BadInput("It may be kept until a day within five years.", "Give another --until.")
    return day
