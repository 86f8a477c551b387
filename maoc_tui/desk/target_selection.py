"""Which targets a filter asks for: the same language as for contacts, where it makes sense of a target."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import TargetRow
from maoc_tui.domain.query import And, Not, Or, Query, parse
from maoc_tui.domain.query_terms import Term, Word
from maoc_tui.problems import BadInput

_SAID = {
    "name": "name", "call": "call_sign", "mmsi": "mmsi", "imo": "imo", "hex": "hex", "reg": "registration",
    "model": "aircraft_type",
}  # fmt: skip
"""Fields that look in statements about identity, of the past too."""
_MEASURED = ("age", "lat", "lon", "sog", "cog")
_OTHERS = ("flag", "type", "class", "status", "zone", "near", "length", "target", "doubt")
_CLASSES = {"ship": "vessel", "a": "vessel", "b": "vessel", "air": "aircraft"}


def chosen(room: Room, rows: Sequence[TargetRow], text: str) -> tuple[TargetRow, ...]:
    """The rows a filter matches, in their order; raises BadInput for what cannot be asked of a target."""
    query = parse(text)
    for term in _terms(query):
        if term.field.name not in (*_SAID, *_MEASURED, *_OTHERS):
            known = ", ".join(sorted((*_SAID, *_MEASURED, *_OTHERS)))
            raise BadInput(f"{term.field.name} cannot be asked of a target.", f"Ask for {known}.")
    return tuple(row for row in rows if _Asked(room, row).matches(query))


def _terms(query: Query) -> Iterator[Term]:
    if isinstance(query, And | Or):
        for item in query.items:
            yield from _terms(item)
    elif isinstance(query, Not):
        yield from _terms(query.item)
    elif isinstance(query, Term):
        yield query


class _Asked:
    """One target, and whether it is what a query asks for."""

    def __init__(self, room: Room, row: TargetRow) -> None:
        self.room, self.row, self.seen = room, row, row.seen

    def matches(self, query: Query) -> bool:
        if isinstance(query, And):
            return all(self.matches(item) for item in query.items)
        if isinstance(query, Or):
            return any(self.matches(item) for item in query.items)
        if isinstance(query, Not):
            return not self.matches(query.item)
        return self._word(query.text) if isinstance(query, Word) else self._term(query)

    def _word(self, word: str) -> bool:
        values = (value for known in self.row.known.values() for value in known)
        return any(word.casefold() in text.casefold() for text in (self.row.ref, self.row.title, *values))

    def _term(self, term: Term) -> bool:
        name = term.field.name
        if name in _MEASURED:
            return _within(term, self._measured(name))
        if name == "near":
            return self._near(term)
        if name == "length":
            return any(_within(term, float(value)) for value in self.row.known.get("length_m", ()))
        return any(self._is(name, word) for word in term.words)

    def _measured(self, name: str) -> float:
        if self.seen is None:
            return math.nan
        if name == "age":
            return (self.room.clock.now_ms() - self.seen.at_ms) / 1000
        return float(getattr(self.seen, name))

    def _near(self, term: Term) -> bool:
        from maoc_tui.geo.geodesy import distance_nm

        if self.seen is None or term.centre is None:
            return False
        away = distance_nm(term.centre.lat, term.centre.lon, self.seen.lat, self.seen.lon)
        return float(away) <= term.high

    def _is(self, name: str, word: str) -> bool:
        row = self.row
        if name in _SAID:
            values = [value.casefold() for value in row.known.get(_SAID[name], ())]
            begins = name in ("mmsi", "imo")
            return any(value.startswith(word) if begins else word in value for value in values)
        if name == "flag":
            codes = (row.flag, self.room.reference.state_of(row.flag)) if row.flag else ("NONE",)
            return word.upper() in codes
        if name == "type":
            return word == row.type or word in row.type_title
        if name == "class":
            return _CLASSES.get(word) == row.kind
        if name == "status":
            return row.status.casefold().startswith(word.replace(" ", "_").replace("-", "_"))
        if name == "zone":
            here = set(_parts(self.seen.zone if self.seen else ""))
            return set(_parts(word)) <= here
        if name == "doubt":
            return bool(row.badges) is (word != "no")
        return {"yes": bool(row.contacts), "no": not row.contacts}.get(word, word == row.ref.casefold())


def _parts(zone: str) -> list[str]:
    return zone.casefold().replace("?", " ").replace("/", " ").replace("-", " ").split()


def _within(term: Term, value: float) -> bool:
    if term.low > term.high:
        return value >= term.low or value <= term.high
    return term.low < value < term.high if term.open else term.low <= value <= term.high
