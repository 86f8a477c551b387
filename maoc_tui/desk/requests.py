"""The requests desk: what is asked of States with a clock, and what became of it.

The program never sends anything. A person sends and records it, by the minute it happened. Each function that
writes is one commit: when it returns, it is in the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import consents, journal, requests_undo
from maoc_tui.desk.gate import changing, require_own
from maoc_tui.desk.law_reference import clock_rules, law
from maoc_tui.desk.request_clocks import CLOCKS, elected, runs_for
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.desk.request_words import known_measures, parse_act, parse_kind, parse_scope, party
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import happened, marked, words
from maoc_tui.domain import consents as rules_of_consent
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.requests import (
    Act,
    Event,
    Kind,
    Scope,
    Standing,
    check_next,
    standing,
)
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import requests as store
from maoc_tui.store import targets as targets_store
from maoc_tui.store.requests import Asked


def open_request(
    room: Room,
    viewer: Viewer,
    ref: str,
    kind: str,
    addressee: str,
    *,
    acting: str = "",
    clock: str = "",
    rule: str = "",
    measures: str = "",
    grounds: str = "",
    position: str = "",
    marking: Marking | None = None,
) -> RequestLine:
    """Draft a request about a target; the clock starts only when it is recorded as sent. Raises BadInput."""
    require(viewer, Right.REQUEST)
    what, to, now = parse_kind(kind), party(addressee, "addressee"), room.clock.now_ms()
    named, wanted = _clock_of(what, to, clock), _measures_of(what, measures)
    if rule and rule not in {one.id for one in law().rules.rules}:
        raise BadInput(f"There is no rule {rule!r}.", "See: maoc law --table.")
    with room.db.reading(viewer) as seen:
        target = targets_store.find(seen, parse_reference(ref))
    asked = Asked(
        id=uuid4(),
        number=0,
        target=target.ref,
        target_id=target.id,
        kind=what,
        addressee=to,
        acting=party(acting or viewer.partner, "acting State"),
        clock=named,
        rule=rule,
        measures=wanted,
        grounds=words(grounds, "grounds", 2000, empty=True),
        position=words(position, "position", 200, empty=True) or _newest_fix(room, viewer, target.ref),
        by=viewer.name,
        entered_ms=now,
        marking=marked(viewer, marking),
        events=(Event(Act.DRAFTED, now, now, viewer.name),),
    )
    with changing(room, viewer) as (conn, _):
        made = replace(asked, number=store.next_number(conn))
        store.add(conn, made)
        _note(conn, viewer, now, "ask", made, made.kind.value)
        requests_undo.drafted(conn, viewer, made)
    return line_of(made, now)


def _clock_of(kind: Kind, addressee: str, clock: str) -> str:
    """The clock named, or the usual one of the kind; BadInput for one that does not run for the addressee."""
    named = clock.strip().upper() or CLOCKS[kind]
    if not runs_for(named, addressee):
        fit = ", ".join(name for name in clock_rules() if runs_for(name, addressee))
        raise BadInput(
            f"There is no clock {clock[:20]!r} for a request to {addressee}.", f"Choose from {fit}."
        )
    return named


def _measures_of(kind: Kind, text: str) -> frozenset[Scope]:
    """The measures asked for, as typed; BadInput where nothing can be permitted."""
    wanted = parse_scope(text)
    if wanted and kind in (Kind.INFORMATION, Kind.ORIGINATOR_RELEASE):
        raise BadInput(f"A {kind.value} asks for no measure.", "Leave the measures out, or ask for consent.")
    return wanted


def _newest_fix(room: Room, viewer: Viewer, ref: str) -> str:
    """Where its transmitter was heard last, as a request states it; "" when it never was or somebody only saw it."""
    from maoc_tui.desk.target_reading import sheet
    from maoc_tui.domain.positions import format_position
    from maoc_tui.domain.times import format_dtg

    seen = sheet(room, viewer, ref).row.seen
    if seen is None or seen.how != "fix":
        return ""
    return f"{format_position(seen.lat, seen.lon)} at {format_dtg(from_ms(seen.at_ms))}"


def record(
    room: Room,
    viewer: Viewer,
    ref: str,
    act: str,
    *,
    at: str = "",
    who: str = "",
    channel: str = "",
    oral: bool = False,
    scope: str = "",
    conditions: Iterable[str] = (),
    until: str = "",
    text: str = "",
) -> RequestLine:
    """Record what became of a request: sent, chased, granted, refused … at the time it happened.

    ``until`` is read from that time on: ``1800Z`` is the next one after it, ``+12h`` twelve hours after it.
    """
    require(viewer, Right.REQUEST)
    now = room.clock.now_ms()
    at_ms = happened(room, at, now)
    event = Event(
        act=parse_act(act),
        at_ms=at_ms,
        entered_ms=now,
        by=viewer.name,
        who=words(who, "name and post", 200, empty=True),
        channel=words(channel, "channel", 100, empty=True),
        oral=oral,
        scope=parse_scope(scope),
        conditions=tuple(words(one, "condition", 300) for one in conditions),
        until_ms=to_ms(parse_time(until, from_ms(at_ms), ahead=True)) if until.strip() else None,
        text=words(text, "text", 2000, empty=True),
    )
    with changing(room, viewer) as (conn, seen):
        asked = find(seen, ref)
        require_own(viewer, asked.marking)
        check_next(asked.events, event, asked.kind)
        store.append(conn, asked.id, event)
        _note(conn, viewer, now, "answer" if event.who else "ask", asked, event.act.value)
        after = find(conn, ref)
    return line_of(after, now)


def requests(room: Room, viewer: Viewer, ref: str = "", *, past: bool = False) -> tuple[RequestLine, ...]:
    """Requests the viewer may see, the soonest clock first; of one target when given; all with ``past``."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        about = targets_store.find(conn, parse_reference(ref)).id if ref else None
        found = store.load(conn, target=about)
    now = room.clock.now_ms()
    lines = [line_of(asked, now) for asked in found]
    return tuple(sorted((one for one in lines if past or one.open), key=_urgency))


def request(room: Room, viewer: Viewer, ref: str) -> RequestLine:
    """One request with its history; BadInput when there is none the viewer may see."""
    require(viewer, Right.READ)
    with room.db.reading(viewer) as conn:
        asked = find(conn, ref)
    return line_of(asked, room.clock.now_ms())


def against(
    room: Room, viewer: Viewer, ref: str, wanted: str, acting: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands against a measure on a target for want of consent to the acting State, and the conditions of it.

    A consent counts for the State it was given to, from the flag State, or from the coastal State in its waters.
    """
    from maoc_tui.desk.target_reading import sheet

    scopes = sorted(parse_scope(wanted), key=lambda one: list(Scope).index(one))
    if not scopes:
        raise BadInput("No measure is named.", f"Name one of {known_measures()}.")
    if not acting.strip():
        raise BadInput("Who would act is not said.", "Give --acting XX, such as --acting ES.")
    state = law().treaties.state(party(acting, "acting State"))
    lines = requests(room, viewer, ref, past=True)
    held = [consents.given(line) for line in lines if consents.may_consent(line)]
    about = consents.whereabouts(room, viewer, sheet(room, viewer, ref).row)
    missing = (text for one in scopes for text in rules_of_consent.against(held, one, state, about))
    told = (text for one in scopes for text in rules_of_consent.conditions(held, one, state, about))
    return tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(told))


def find(conn: Connection, ref: str) -> Asked:
    """The request of a reference (RQ-0007) on this connection; BadInput when there is none."""
    digits = ref.strip().upper().removeprefix("RQ").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise BadInput(f"{ref[:40]!r} is not a request's reference.", "Write it as RQ-0007.")
    found = store.load(conn, number=int(digits))
    if not found:
        raise BadInput(f"There is no request RQ-{int(digits):04d}.", "See: maoc request list.")
    return found[0]


def _note(conn: Connection, viewer: Viewer, at_ms: int, action: str, asked: Asked, detail: str) -> None:
    journal.note(
        conn,
        viewer,
        at_ms,
        action,
        "request",
        asked.ref,
        owner=journal.origin(asked.marking),
        recipient=asked.addressee,
        detail=f"{asked.target}: {detail}",
    )


def line_of(asked: Asked, now_ms: int) -> RequestLine:
    """A request as it stands at an instant."""
    return RequestLine(asked, _standing(asked, now_ms), now_ms)


def _standing(asked: Asked, now_ms: int) -> Standing:
    rule = clock_rules().get(asked.clock)
    return standing(asked.events, rule, elected(asked.addressee), now_ms, asked.kind)


def _urgency(line: RequestLine) -> tuple[bool, int]:
    clock = line.standing.clock
    return clock is None, clock.next_ms if clock is not None else -line.asked.entered_ms
