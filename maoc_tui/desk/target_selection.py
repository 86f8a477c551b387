"""Which targets a filter asks for: the same language as for contacts, where it makes sense of a target."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from maoc_tui.desk.room import Room
from maoc_tui.desk.selection import matches
from maoc_tui.desk.target_snapshots import TargetRow
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.matching import Row
from maoc_tui.domain.query import And, Not, Or, Query, parse
from maoc_tui.domain.query_fields import DOUBTS
from maoc_tui.domain.query_terms import Term, Word
from maoc_tui.domain.targets import Status
from maoc_tui.problems import BadInput

_SAID = {
    "name": "name", "call": "call_sign", "mmsi": "mmsi", "imo": "imo", "hex": "hex", "reg": "registration",
    "model": "aircraft_type",
}  # fmt: skip
"""Fields that look in statements about identity, of the past too."""
_OTHERS = (
    "age", "class", "cog", "doubt", "flag", "lat", "length", "lon", "near", "sog", "status", "target", "type", "zone",
)  # fmt: skip
_CLASSES = {
    "vessel": (ContactClass.SHIP_A, ContactClass.SHIP_B),
    "aircraft": (ContactClass.AIRCRAFT,),
}


def chosen(room: Room, rows: Sequence[TargetRow], text: str) -> tuple[TargetRow, ...]:
    """The rows a filter matches, in their order; raises BadInput for what cannot be asked of a target."""
    query = _asked(parse(text))
    if not text.strip():
        return tuple(rows)
    now, reference = room.clock.now_ms(), room.reference
    return tuple(row for row in rows if matches(_fields(row), query, now, reference))


def _asked(query: Query) -> Query:
    """The query with every term as it is meant of a target; raises BadInput for what cannot be asked."""
    if isinstance(query, And | Or):
        return replace(query, items=tuple(_asked(item) for item in query.items))
    if isinstance(query, Not):
        return Not(_asked(query.item))
    return _term(query) if isinstance(query, Term) else query


def _term(term: Term) -> Query:
    name = term.field.name
    if name not in (*_SAID, *_OTHERS):
        known = ", ".join(sorted((*_SAID, *_OTHERS)))
        raise BadInput(f"{name} cannot be asked of a target.", f"Ask for {known}.")
    if name == "doubt" and not set(term.words) <= {"yes", "no"}:
        raise BadInput("A target is doubtful or not.", "Ask for doubt:yes or doubt:no.")
    if name == "status":
        return replace(term, words=tuple(_statuses(term.words)))
    if name == "target" and not set(term.words) <= {"yes", "no"}:
        return Or(tuple(Word(word) for word in term.words))
    return term


def _statuses(words: Sequence[str]) -> Iterator[str]:
    """Every status that begins with one of the words."""
    for word in words:
        begins = word.upper().replace(" ", "_").replace("-", "_")
        yield from (str(status) for status in Status if status.startswith(begins))


def _fields(row: TargetRow) -> Row:
    """What can be asked of a target, and what free words look in."""
    seen = row.seen
    return {
        "ref": row.ref,
        "description": (row.title, *row.words, *(value for values in row.known.values() for value in values)),
        **{name: tuple(row.known.get(attribute, ())) for name, attribute in _SAID.items()},
        "class": _CLASSES[row.kind],
        "doubt": DOUBTS["yes"] if row.badges else None,
        "flag": row.flag,
        "length": tuple(map(float, row.known.get("length_m", ()))),
        "status": row.status,
        "target": "linked" if row.contacts else None,
        "type": (row.type, row.type_title),
        "zone": seen.zone if seen else "",
        "at": seen.at_ms if seen else None,
        "lat": seen.lat if seen else None,
        "lon": seen.lon if seen else None,
        "sog": seen.sog if seen else math.nan,
        "cog": seen.cog if seen else math.nan,
    }
