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
from maoc_tui.desk.journal import consult
from maoc_tui.desk.law_reference import clock_rules
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_reading import sheet
from maoc_tui.desk.target_snapshots import TargetSheet
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.requests import GRANTS, Act, Event, Scope, written
from maoc_tui.domain.target_facts import ATTRIBUTES
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store.requests import Asked

BLANK = "____"
WHICH = {"request": "", "reply": "REPLY TO ", "report": "ACTION TAKEN ON "}
"""Form to what its title begins with."""
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
    whose: Marking
    """Of the request, for the journal."""


def form(room: Room, viewer: Viewer, ref: str, which: str = "request") -> Form:
    """The form of one request, its reply or its action-taken report; BadInput when the viewer sees none.

    That it was consulted is in the journal before it is returned.
    """
    if which not in WHICH:
        raise BadInput(f"{which[:20]!r} is not a form.", f"Choose from {', '.join(WHICH)}.")
    line = requests.request(room, viewer, ref)
    consult(room, viewer, "request", line.asked.ref, line.asked.marking)
    made = {"request": _fields, "reply": _reply, "report": _report}[which]
    fields = list(made(room, viewer, line))
    blanks = tuple(label for label, value in fields if not value or value.startswith("held back"))
    head = [
        f"{WHICH[which]}{line.asked.kind.value.upper()} {line.asked.ref}",
        f"made {format_dtg(from_ms(line.now_ms))}; marking {line.asked.marking}",
        "",
    ]
    body = [f"{label}: {value or BLANK}" for label, value in fields]
    return Form(
        line.asked.ref, "\n".join([*head, *body, ""]), blanks, str(line.asked.marking), line.asked.marking
    )


def _fields(room: Room, viewer: Viewer, line: RequestLine) -> Iterator[tuple[str, str]]:
    asked = line.asked
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


def _reply(room: Room, viewer: Viewer, line: RequestLine) -> Iterator[tuple[str, str]]:
    """What the State asked says: filled from the answer that counts, blank while there is none."""
    asked, answer, of_flag = line.asked, line.standing.answered, line.standing.nationality
    sent = next((event for event in asked.events if event.act is Act.SENT), None)
    yield "to", asked.acting
    yield "from", asked.addressee
    yield "your request sent", f"{_when(sent)} {sent.channel}".strip() if sent else ""
    about = sheet(room, viewer, asked.target)
    yield from _identity(room, viewer, asked, about)
    told = {Act.CONFIRMED: "confirmed", Act.DENIED: "denied", Act.NO_REGISTRY: "not on the register"}
    yield "nationality", told.get(of_flag.act, "") if of_flag else ""
    yield "answer", answer.act.value if answer else ""
    for scope in Scope:
        yield scope.value, ("yes" if scope in answer.scope else "no") if answer else ""
    yield "conditions", "; ".join(answer.conditions) if answer else ""
    yield "valid until", format_dtg(from_ms(answer.until_ms)) if answer and answer.until_ms else ""
    yield "answering authority, name and post", answer.who if answer else ""
    yield "channel", answer.channel if answer else ""
    yield "oral answer at", _when(answer) if answer and answer.oral else ""
    in_writing = answer if answer and not answer.oral else written(asked.events, answer)
    yield "written answer at", _when(in_writing)


def _report(room: Room, viewer: Viewer, line: RequestLine) -> Iterator[tuple[str, str]]:
    """What was done under a consent, told to the flag State promptly: 1988 Convention Art. 17(8)."""
    asked, answer = line.asked, _granted(line)
    yield "to", asked.addressee
    yield "from", asked.acting
    granted = f"{answer.act.value} {_when(answer)} by {answer.who}, {answer.channel}" if answer else ""
    yield "under the authority", f"{granted}{_taken_back(line)}" if granted else ""
    yield "covering", ", ".join(sorted(scope.value for scope in answer.scope)) if answer else ""
    yield "conditions kept", "; ".join(answer.conditions) if answer else ""
    about = sheet(room, viewer, asked.target)
    yield from _identity(room, viewer, asked, about)
    for blank in (
        "position and time of boarding", "boarding unit and authority", "measures taken and when", "force used",
        "substances found: packages, weight and its basis", "persons by nationality, and where they are",
        "evidence and custody", "vessel and cargo: where they are", "damage or delay claimed",
    ):  # fmt: skip
        yield blank, ""
    yield "jurisdiction asked to be kept or waived", ""


def _granted(line: RequestLine) -> Event | None:
    """The grant given last, even where a later answer took it away: something may have been done under it."""
    given = [event for event in line.asked.events if event.act in GRANTS]
    return max(given, key=lambda event: (event.at_ms, event.entered_ms), default=None)


def _taken_back(line: RequestLine) -> str:
    now = line.standing.answered
    return f"; then {now.act.value} {_when(now)}" if now is not None and now.act not in GRANTS else ""


def _when(event: Event | None) -> str:
    return format_dtg(from_ms(event.at_ms)) if event is not None else ""


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
    """The text where the asking partner or the addressee said it, or that may see it; else why it is held back."""
    if marking.originators in (asked.marking.originators, frozenset({asked.addressee})):
        return text
    try:
        verdict = why(room, viewer, statement, asked.addressee)
    except (BadInput, NotPermitted):
        verdict = None
    if verdict is not None and verdict.seen:
        return text
    return f"held back ({marking.highest.name}, originator {' '.join(sorted(marking.originators))})"


def _answer_by(asked: Asked) -> str:
    rule = clock_rules().get(asked.clock)
    return f"{rule.limit} ({rule.cite})" if rule is not None else ""
