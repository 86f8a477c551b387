"""What people type about an event of the ledger, understood: statements, spans, counts, lines that are corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from maoc_tui.desk.target_listing import types
from maoc_tui.desk.target_words import place_of, words
from maoc_tui.domain.clock import CLOCK_SLACK_MS, Clock
from maoc_tui.domain.credits import format_shares, parse_shares
from maoc_tui.domain.liaison_terms import chosen
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.seizure_terms import Terms
from maoc_tui.domain.seizures import Line, parse_reference, reference, standing
from maoc_tui.domain.spans import Span, parse_span
from maoc_tui.domain.target_record import Place
from maoc_tui.domain.targets import Kind
from maoc_tui.problems import BadInput

NO_FLAG = "NONE"
"""Stands for a vessel of no State."""
_PLACE = re.compile(r"(.+?)(?:±|\+/-|\+-)(.+)")
_MOST = 100_000
L = TypeVar("L", bound=Line)


def when_of(text: str, clock: Clock) -> Span:
    """When an event was, as far as it is known; BadInput for a time to come."""
    span = parse_span(text, clock.now())
    if span.from_ms > clock.now_ms() + CLOCK_SLACK_MS:
        raise BadInput("The event lies in the future.", "Give the time it happened, such as 140310Z.")
    return span


def stated(terms: Terms, what: str, value: str, status: str) -> tuple[str, str]:
    """Value and status of a statement as they are kept; BadInput naming what was wrong."""
    fact = terms.facts[what]
    if fact.kind == "flag":
        return _flag(terms, value, status)
    if fact.kind == "position":
        return _position(value), words(status, "origin of the position", 100, empty=True)
    if status.strip():
        raise BadInput(f"The {fact.title} has no status.", "Leave it out.")
    return _plain(terms, what, value), ""


def _plain(terms: Terms, what: str, value: str) -> str:
    fact = terms.facts[what]
    if fact.kind == "state":
        return state_code(value, fact.title)
    if fact.kind == "type":
        return _type(value)
    if fact.kind == "credit":
        return format_shares(parse_shares(value))
    if fact.kind == "event":
        return reference(parse_reference(value))
    if fact.kind in ("vessel", "drugs"):
        known = terms.vessel if fact.kind == "vessel" else terms.drugs
        return chosen(value, known, f"disposition of the {fact.kind}")
    return words(value, fact.title, 400)


def state_code(text: str, what: str) -> str:
    """Two letters of a State; BadInput otherwise."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise BadInput(f"{text[:40]!r} is no {what}.", "Write the State's two letters, such as ES.")
    return code


def _flag(terms: Terms, value: str, status: str) -> tuple[str, str]:
    known = chosen(status, terms.flag_statuses, "status of a flag") if status.strip() else "CLAIMED"
    none = value.strip().upper() == NO_FLAG
    return (NO_FLAG if none else state_code(value, "flag")), known


def place_said(value: str) -> Place:
    """The place of a position as typed, or as the ledger keeps it: ``36 55N 010 52W ±10 nm``; BadInput otherwise."""
    match = _PLACE.fullmatch(value.strip())
    return place_of(match[1], match[2]) if match else place_of(value, "")


def _position(value: str) -> str:
    place = place_said(value)
    radius = f" ±{place.radius_nm:g} nm" if place.radius_nm else ""
    return f"{format_position(place.lat, place.lon)}{radius}"


def _type(value: str) -> str:
    try:
        code = types().parse(value, Kind.VESSEL)
    except BadInput as problem:
        try:
            code = types().parse(value, Kind.AIRCRAFT)
        except BadInput:
            raise problem from None
    if not code:
        raise BadInput("The type is missing.", "Type it, such as sail or tug.")
    return code


def count_of(text: str, what: str) -> int:
    """A whole number of persons or packages; BadInput otherwise."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and int(digits[:7]) <= _MOST and len(digits) < 7:
        return int(digits)
    raise BadInput(f"{digits[:40]!r} is no number of {what}.", "Type a whole number; 0 is none.")


def line_of(lines: Sequence[L], start: str, what: str) -> L:
    """The line that stands whose id begins so; BadInput when there is none, or several."""
    word = start.strip().lower()
    fits = [one for one in standing(lines) if one.id.startswith(word)] if len(word) >= 4 else []
    if len(fits) != 1:
        reason = "fits several lines" if fits else f"is no {what} that stands"
        raise BadInput(
            f"{start.strip()[:40]!r} {reason}.", "See the ids with: maoc seizure show SZ-0007 --json."
        )
    return fits[0]
