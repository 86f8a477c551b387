"""A request filled from the record: what is known, what is blank, and what may not leave.

Fields: domain study 3.4 (1988 Convention Art. 17, ETS 156 Art. 21). Only what the asking partner said itself,
or what the gate lets the addressee see, is filled in; the rest is named as held back, never written. The
program sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maoc_tui.desk import requests
from maoc_tui.desk.gate import why
from maoc_tui.desk.law_reference import clock_rules
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_reading import sheet
from maoc_tui.desk.target_snapshots import TargetSheet
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.target_facts import ATTRIBUTES
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store.requests import Asked

BLANK = "____"
_IDENTITY = (
    "name",
    "flag",
    "call_sign",
    "mmsi",
    "imo",
    "hull_mark",
    "home_port",
    "registration",
    "hex",
    "length_m",
)


@dataclass(frozen=True, slots=True)
class Form:
    """The text ready to copy, and what a person must still fill in."""

    ref: str
    text: str
    blanks: tuple[str, ...]
    marking: str


def form(room: Room, viewer: Viewer, ref: str) -> Form:
    """The form of one request; BadInput when there is none the viewer may see."""
    line = requests.request(room, viewer, ref)
    fields = list(_fields(room, viewer, line.asked))
    blanks = tuple(label for label, value in fields if not value or value.startswith("held back"))
    head = [
        f"{line.asked.kind.value.upper()} {line.asked.ref}",
        f"made {format_dtg(from_ms(line.now_ms))}; marking {line.asked.marking}",
        "",
    ]
    body = [f"{label}: {value or BLANK}" for label, value in fields]
    return Form(line.asked.ref, "\n".join([*head, *body, ""]), blanks, str(line.asked.marking))


def _fields(room: Room, viewer: Viewer, asked: Asked) -> Iterator[tuple[str, str]]:
    about = sheet(room, viewer, asked.target)
    yield "to", asked.addressee
    yield "requesting State", asked.acting
    yield "requesting authority", ""
    yield "investigating authority", ""
    yield from _identity(room, viewer, asked, about)
    yield "position and time", asked.position or _position(room, viewer, asked, about)
    yield "confirmation of nationality requested", "yes" if "ENQUIRY" in asked.kind.name else ""
    yield "suspected offence and grounds", asked.grounds
    yield "action proposed", ", ".join(scope.value for scope in sorted(asked.measures, key=lambda s: s.name))
    yield "the requesting State would do the same to its own ship", ""
    yield "answer by", _answer_by(asked)


def _identity(room: Room, viewer: Viewer, asked: Asked, about: TargetSheet) -> Iterator[tuple[str, str]]:
    for name in _IDENTITY:
        fact = about.holds(name)
        title = ATTRIBUTES[name].title
        if fact is not None:
            yield title, _let_out(room, viewer, asked, fact.id, fact.marking, fact.value)
        elif name in ("name", "flag", "call_sign"):
            yield title, ""
    words = _let_out(room, viewer, asked, about.target.ref, about.target.marking, about.target.description)
    yield "description", words


def _position(room: Room, viewer: Viewer, asked: Asked, about: TargetSheet) -> str:
    seen = about.row.seen
    if seen is None:
        return ""
    text = f"{format_position(seen.lat, seen.lon)} at {format_dtg(from_ms(seen.at_ms))}"
    if seen.how == "fix":
        return text
    if seen.how == "sighting":
        last = about.sightings[0]
        return _let_out(room, viewer, asked, last.id, last.marking, text)
    return _let_out(room, viewer, asked, about.target.ref, about.target.marking, text)


def _let_out(room: Room, viewer: Viewer, asked: Asked, statement: str, marking: Marking, text: str) -> str:
    """The text where it is the asking partner's own or the addressee may see it; else why it is held back."""
    if marking.originators == asked.marking.originators:
        return text
    try:
        verdict = why(room, viewer, statement, asked.addressee)
    except BadInput:
        verdict = None
    if verdict is not None and verdict.seen:
        return text
    return f"held back ({marking.highest.name}, originator {' '.join(sorted(marking.originators))})"


def _answer_by(asked: Asked) -> str:
    rule = clock_rules().get(asked.clock)
    return f"{rule.limit} ({rule.cite})" if rule is not None else ""
