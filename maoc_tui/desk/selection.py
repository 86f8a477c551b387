"""Which contacts of the picture a filter asks for, by whole columns."""

from __future__ import annotations

import re
import weakref
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.reference import Reference
from maoc_tui.desk.snapshots import Picture
from maoc_tui.domain import ageing, matching
from maoc_tui.domain.contacts import Space
from maoc_tui.domain.law_rules import Result
from maoc_tui.domain.query import And, Not, Or, Query, parse
from maoc_tui.domain.query_fields import CLASSES, DOUBTS, NAVIGATION, Kind, folded
from maoc_tui.domain.query_terms import Term, Word
from maoc_tui.domain.query_values import law_parts
from maoc_tui.geo.geodesy import distance_nm

Mask = NDArray[np.bool_]

_COLUMNS = {
    "sog": "sog",
    "cog": "cog",
    "heading": "heading",
    "alt": "altitude",
    "lat": "lat",
    "lon": "lon",
    "length": "length_m",
}
_TEXT = {"name": "name", "call": "call_sign", "reg": "registration", "model": "model", "dest": "destination"}
_EARTH_NM = 6371008.8 / 1852
_SPHERE_SLACK = 1.006
"""A great circle on the mean sphere is off by less than this from the geodesic (0.56 % at most)."""


def select(
    picture: Picture,
    query: str | Query,
    now_ms: int,
    reference: Reference,
    members: frozenset[str] = frozenset(),
) -> NDArray[np.intp]:
    """Rows of the picture that match, in the picture's order; raises BadInput for a text that is no query.

    ``members`` are the parties of the Centre, for what the law allows among them.
    """
    parsed = parse(query) if isinstance(query, str) else query
    return np.flatnonzero(_Selection(picture, now_ms, reference, members).mask(parsed))


def matches(row: Mapping[str, Any], query: Query, now_ms: int, reference: Reference | None = None) -> bool:
    """Whether one row (domain.matching.Row: a target's fields and values) is what the query asks for."""
    state_of = reference.state_of if reference is not None else str
    return matching.matches(row, query, now_ms, lambda *ends: float(distance_nm(*ends)), state_of)


class _Selection:
    """One picture, one instant: masks of its length."""

    def __init__(
        self, picture: Picture, now_ms: int, reference: Reference, members: frozenset[str] = frozenset()
    ) -> None:
        self.members = members
        self.picture, self.now, self.reference = picture, now_ms, reference
        self.number = picture.key & ((1 << 40) - 1)
        self.space = picture.key >> 40

    def mask(self, query: Query) -> Mask:
        """True where the query matches."""
        if isinstance(query, Not):
            return ~self.mask(query.item)
        if isinstance(query, And):
            return self._all(query.items)
        if isinstance(query, Or):
            return _any([self.mask(item) for item in query.items])
        if isinstance(query, Word):
            return self._word(query.text)
        return self._term(query)

    def _all(self, items: tuple[Query, ...]) -> Mask:
        mask = np.ones(len(self.picture), bool)
        for item in items:
            mask &= self.mask(item)
        return mask

    def _word(self, text: str) -> Mask:
        mask = np.zeros(len(self.picture), bool)
        for column in ("name", "call_sign", "registration", "target"):
            mask |= self._contains(column, text)
        if text.isascii() and text.isdigit():
            mask |= self._digits("mmsi", text) | self._digits("imo", text)
        return np.asarray(mask | ((self.space == Space.ICAO) & (self.number == _address(text))))

    def _contains(self, column: str, text: str) -> Mask:
        """Rows whose text holds ``text``: one search through the whole column."""
        mask = np.zeros(len(self.picture), bool)
        haystack, ends = _haystack(getattr(self.picture, column))
        found = [match.start() for match in re.finditer(re.escape(folded(text)), haystack)]
        mask[np.searchsorted(ends, np.array(found, np.int64))] = True
        return mask

    def _digits(self, name: str, text: str) -> Mask:
        width = 9 if name == "mmsi" else 7
        if len(text) > width:
            return np.zeros(len(self.picture), bool)
        number = self.number if name == "mmsi" else self.picture.imo.astype(np.int64)
        known = (self.space == Space.AIS) & (number > 0) if name == "mmsi" else number > 0
        return np.asarray(known & (number // 10 ** (width - len(text)) == int(text)))

    def _term(self, term: Term) -> Mask:
        kind = term.field.kind
        if kind is Kind.AGE:
            return _within((self.now - self.picture.time) / 1000, term)
        if kind in (Kind.NUMBER, Kind.ANGLE):
            return _within(getattr(self.picture, _COLUMNS[term.field.name]), term)
        if kind is Kind.NEAR:
            return self._near(term)
        if kind is Kind.FLAG:
            return self._flag(term.words)
        return _any([self._one(term, word) for word in term.words])

    def _one(self, term: Term, word: str) -> Mask:
        name, kind, picture = term.field.name, term.field.kind, self.picture
        if name in _TEXT:
            return self._contains(_TEXT[name], word)
        if name == "hex":
            return self._hex(word)
        if kind is Kind.DIGITS:
            return self._digits(name, word)
        if kind is Kind.CLASS:
            return np.isin(picture.cls, CLASSES[word])
        if kind is Kind.DOUBT:
            return np.asarray(picture.doubt == 0 if word == "no" else picture.doubt & int(DOUBTS[word]), bool)
        if kind is Kind.ZONE:
            return self._zone(word)
        if kind is Kind.LAW:
            return self._law(word)
        if kind is Kind.TYPE:
            return self._type(word)
        if name == "target":
            return self._target(word)
        if name == "nav":
            return np.isin(picture.status, [code for code, text in enumerate(NAVIGATION) if text == word])
        if name == "state":
            ages = ageing.states(picture.cls, self.now - picture.time, self.reference.ageing)
            return np.asarray(ages == ageing.Age[word.upper()])
        return np.zeros(len(picture), bool)

    def _flag(self, words: tuple[str, ...]) -> Mask:
        wanted = {word.upper() for word in words}
        codes = set(self.picture.flag.tolist())
        good = [code for code in codes if code in wanted or self.reference.state_of(code) in wanted]
        if "NONE" in wanted:
            good.append("")
        nothing = np.zeros(len(self.picture), bool)
        return _any([nothing, *(self.picture.flag == code for code in good)])

    def _hex(self, word: str) -> Mask:
        mask = np.asarray(self.space == Space.ICAO)
        for row in np.flatnonzero(mask):
            mask[row] = word in f"{self.number[row]:06x}"
        return mask

    def _zone(self, word: str) -> Mask:
        zones = [(zone.kind, zone.states, zone.status) for zone in self.picture.zones]
        good = np.array([*(matching.zone_is(zone, word) for zone in zones), word == "none"])
        mask = good[self.picture.zone]
        if len(self.picture.other):
            mask = mask | (good[self.picture.other] & (self.picture.other >= 0))
        return np.asarray(mask)

    def _law(self, word: str) -> Mask:
        from maoc_tui.desk.law_sweep import sweep

        state, result = law_parts(word)
        found = sweep(self.picture, self.members, state.upper(), self.now)
        return np.asarray(found == Result[result.upper()])

    def _type(self, word: str) -> Mask:
        names = self.reference.ship_type_names
        codes = [code for code, name in names.items() if name == word]
        return np.isin(self.picture.ship_type, codes)

    def _target(self, word: str) -> Mask:
        linked = self.picture.linked
        if word in ("yes", "no"):
            return np.asarray(linked if word == "yes" else ~linked, bool)
        return np.array([folded(word) == folded(text) for text in self.picture.target], bool)

    def _near(self, term: Term) -> Mask:
        """Within the distance: by the sphere where it is clear, by the geodesic where it is close."""
        assert term.centre is not None
        lat, lon = term.centre.lat, term.centre.lon
        rough = _sphere_nm(lat, lon, self.picture.lat, self.picture.lon)
        mask = rough * _SPHERE_SLACK <= term.high
        close = np.flatnonzero(~mask & (rough <= term.high * _SPHERE_SLACK + 1e-6))
        mask[close] = distance_nm(lat, lon, self.picture.lat[close], self.picture.lon[close]) <= term.high
        return np.asarray(mask)


_haystacks: dict[int, tuple[weakref.ref[NDArray[Any]], str, NDArray[np.int64]]] = {}


def _haystack(column: NDArray[Any]) -> tuple[str, NDArray[np.int64]]:
    """A text column folded and joined by line feeds, with where each row ends; kept as long as the column."""
    kept = _haystacks.get(id(column))
    if kept is not None and kept[0]() is column:
        return kept[1], kept[2]
    text = folded("\n".join(column.tolist()))
    ends = np.flatnonzero(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) == ord("\n"))
    name = id(column)
    _haystacks[name] = (weakref.ref(column, lambda _: _haystacks.pop(name, None)), text, ends)
    return text, ends


def _any(masks: list[Mask]) -> Mask:
    return np.asarray(np.logical_or.reduce(masks), bool)


def _within(values: NDArray[Any], term: Term) -> Mask:
    if term.low > term.high:
        return np.asarray((values >= term.low) | (values <= term.high))
    if term.open:
        return np.asarray((values > term.low) & (values < term.high))
    return np.asarray((values >= term.low) & (values <= term.high))


def _address(text: str) -> int:
    """A free word as a 24-bit address; -1 when it is none."""
    try:
        return int(text, 16) if len(text) == 6 and text.isascii() and text.isalnum() else -1
    except ValueError:
        return -1


def _sphere_nm(
    lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> NDArray[np.float64]:
    phi, phis = np.radians(lat), np.radians(lats)
    half = (
        np.sin((phis - phi) / 2) ** 2 + np.cos(phi) * np.cos(phis) * np.sin(np.radians(lons - lon) / 2) ** 2
    )
    return np.asarray(2 * _EARTH_NM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))
