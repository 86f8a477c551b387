"""One term of a filter: a field with what is asked of it, its values read and checked while parsing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from maoc_tui.domain.query_fields import Field, Kind
from maoc_tui.domain.query_values import LIMITS, fault
from maoc_tui.domain.units import (
    Position,
    format_position,
    format_span,
    parse_distance,
    parse_duration,
    parse_position,
    parse_speed,
)
from maoc_tui.problems import BadInput

_NUMBERS = (Kind.NUMBER, Kind.ANGLE, Kind.AGE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Word:
    """A free word or phrase."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """What one field is asked for; exactly one of ``words``, ``low``/``high`` and ``centre`` says it."""

    field: Field
    words: tuple[str, ...] = ()
    """Any of these, in lower case."""
    low: float = -math.inf
    high: float = math.inf
    """Both included, unless ``open``; ``low`` above ``high`` only for angles: across north or 180 degrees."""
    open: bool = False
    """Whether the bounds themselves are excluded (< and >)."""
    centre: Position | None = None
    """With ``high`` as the distance in nautical miles."""


def read_term(field: Field, op: str, value: str, at: int) -> Term:
    """The term ``field op value`` that starts in column ``at``; raises BadInput naming place and fault."""
    value = value.strip()
    if not value.replace('"', "").strip():
        raise _bad(at, f"{field.name}{op} has no value.", field)
    if field.kind is Kind.NEAR:
        return _near(field, op, value, at)
    if field.kind in _NUMBERS:
        return _bounds(field, op, value.replace('"', ""), at)
    if op not in (":", "="):
        raise _bad(at, f"{field.name} cannot be more or less than something.", field)
    words = tuple(word for part in _split(value) if (word := part.strip().lower()))
    if not words:
        raise _bad(at, f"{field.name}{op} has no value.", field)
    for word in words:
        _check(field, word, at)
    return Term(field, words)


def _split(value: str) -> list[str]:
    """Parts between commas, except within quotes."""
    return [part.replace('"', "") for part in re.findall(r'(?:"[^"]*"|[^",])+', value)]


def _check(field: Field, word: str, at: int) -> None:
    """Raise BadInput for a word the field cannot take, and name those it can."""
    wrong, known = fault(field, word)
    if wrong and known:
        raise BadInput(f"At {at}: {wrong}", known)
    if wrong:
        raise _bad(at, wrong, field)


def _bounds(field: Field, op: str, value: str, at: int) -> Term:
    if op in (":", "=") and ".." in value:
        low_text, _, high_text = value.partition("..")
        low, high = _number(field, low_text, at), _number(field, high_text, at)
        if low > high and field.kind is not Kind.ANGLE:
            raise _bad(at, f"{value} begins above its end.", field)
        return Term(field, low=low, high=high)
    number = _number(field, value, at)
    if op in (":", "="):
        slack = 0.5 * 10.0 ** -len(value.partition(".")[2]) if field.kind is not Kind.AGE else 0.0
        return Term(field, low=number - slack, high=number + slack)
    low, high = (-math.inf, number) if op[0] == "<" else (number, math.inf)
    return Term(field, low=low, high=high, open=len(op) == 1)


def _number(field: Field, text: str, at: int) -> float:
    try:
        if field.kind is Kind.AGE:
            return parse_duration(text)
        if field.name == "sog" and not _NUMBER.fullmatch(text):
            return parse_speed(text).value
    except BadInput as refused:
        raise BadInput(f"At {at}: {refused.message}", refused.way_out) from None
    if not _NUMBER.fullmatch(text):
        raise _bad(at, f"{text!r} is not a number.", field)
    least, most = LIMITS.get(field.name, (-math.inf, math.inf))
    if not least <= float(text) <= most:
        raise _bad(at, f"{field.name} goes from {least:g} to {most:g}, not to {text}.", field)
    return float(text)


def _near(field: Field, op: str, value: str, at: int) -> Term:
    place, sign, distance = value.partition("<")
    if op not in (":", "=") or not sign:
        raise _bad(at, "near needs a position and a distance.", field)
    try:
        centre = parse_position(place.replace('"', ""))
        miles = parse_distance(distance.removeprefix("=").replace('"', "")).value
    except BadInput as refused:
        raise BadInput(
            f"At {at}: {refused.message}", f"{refused.way_out} Quote a position with blanks."
        ) from None
    return Term(field, high=miles, centre=centre)


def _bad(at: int, fault: str, field: Field) -> BadInput:
    return BadInput(f"At {at}: {fault}", f"{field.name} takes {field.kind.value}: {field.example}")


def describe_term(term: Term | Word) -> str:
    """One term in words."""
    if isinstance(term, Word):
        return f"“{term.text}”"
    name = term.field.name
    if term.centre is not None:
        return f"within {term.high:g} nm of {format_position(term.centre.lat, term.centre.lon)}"
    if term.words:
        shown = (
            word.upper() if term.field.kind in (Kind.FLAG, Kind.ZONE, Kind.LAW) else word
            for word in term.words
        )
        return f"{name} {' or '.join(shown)}"
    show = format_span if term.field.kind is Kind.AGE else _plain
    if math.isinf(term.low):
        return f"{name} {'below' if term.open else 'at most'} {show(term.high)}"
    if math.isinf(term.high):
        return f"{name} {'above' if term.open else 'at least'} {show(term.low)}"
    return f"{name} {show(term.low)} to {show(term.high)}"


def _plain(number: float) -> str:
    return f"{number:g}"
