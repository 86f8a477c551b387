"""What people type about a target, made ready for the record: bounded, printable, understood, marked."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from maoc_tui.desk.room import Room
from maoc_tui.domain import units
from maoc_tui.domain.clock import CLOCK_SLACK_MS, Clock, to_ms
from maoc_tui.domain.marking import CEILING, Marking, default, refuse_above
from maoc_tui.domain.positions import parse_position
from maoc_tui.domain.target_facts import Fact, understand
from maoc_tui.domain.target_record import Link, Place, Sighting
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted

_RAW_LIMIT = 2000
_THIRTY_DAYS_MS = 30 * 86_400_000


def words(text: str, what: str, limit: int, *, empty: bool = False) -> str:
    """Printable text of at most ``limit`` characters; raises BadInput when it says nothing or too much."""
    if len(text) > limit * 4:
        raise BadInput(f"The {what} is longer than {limit} characters.", "Shorten it.")
    clean = printable(text, limit + 1)
    if len(clean) > limit:
        raise BadInput(f"The {what} is longer than {limit} characters.", "Shorten it.")
    if not clean and not empty:
        raise BadInput(f"The {what} is missing.", f"Type the {what}.")
    return clean


def as_typed(text: str) -> str:
    """The text as it came, for the record: only what no database can hold is spelt out."""
    whole = text[:_RAW_LIMIT].encode("utf-8", "backslashreplace").decode("utf-8")
    return whole.replace("\0", "\\x00")


def said_by(source: str, viewer: Viewer) -> str:
    """The source as typed; who entered it when nobody else is named."""
    return words(source, "source", 200, empty=True) or f"entered by {viewer.name}"


def marked(viewer: Viewer, marking: Marking | None) -> Marking:
    """The marking chosen, or the default one; refuses content above the ceiling of this system.

    Nobody speaks for another partner: what it said is recorded as one's own, with that partner as the source.
    """
    chosen = marking or default(viewer.partner)
    refuse_above(chosen, CEILING)
    if not viewer.all_seeing and chosen.originators != {viewer.partner}:
        whose = " and ".join(sorted(chosen.originators))
        raise NotPermitted(
            f"Only officers of {whose} speak for {whose}.",
            f"Record it as yours and name {whose} as the source.",
        )
    return chosen


def as_own(marking: Marking, partner: str) -> Marking:
    """The same audience, said by another partner."""
    readers = marking.readers - {partner}
    return replace(marking, originators=frozenset({partner}), grade=None, releasable_to=frozenset(readers))


def place_of(position: str, radius: str) -> Place:
    """The place meant by a position and, when given, the radius of its error with its unit."""
    point = parse_position(position)
    error_nm = units.parse_distance(radius).value if radius.strip() else 0.0
    if not 0 <= error_nm <= 2000:
        raise BadInput(f"{radius.strip()} is no radius of a position.", "Give 0 to 2000 nautical miles.")
    text = f"{position.strip()} ±{radius.strip()}" if radius.strip() else position.strip()
    return Place(point.lat, point.lon, error_nm, printable(text, 120))


def time_of(text: str, clock: Clock) -> int:
    """Milliseconds of a date-time group or ISO time as typed."""
    return to_ms(parse_time(text, clock.now()))


def happened(room: Room, at: str, now_ms: int | None = None, *, what: str = "it happened") -> int:
    """When something happened, as typed; now (``now_ms``, where it was read already) when nothing is typed.

    What clocks that differ put shortly ahead is now; raises BadInput for what is to come.
    """
    now = room.clock.now_ms() if now_ms is None else now_ms
    then = time_of(at, room.clock) if at.strip() else now
    if then > now + CLOCK_SLACK_MS:
        raise BadInput("That lies in the future.", f"Give the time {what}, such as 140310Z.")
    return min(then, now)


def time_span(room: Room, since: str, until: str) -> tuple[int, int]:
    """Milliseconds from and to, as typed; the last 30 days for what is left out, "all" is since ever."""
    ends = time_of(until, room.clock) if until.strip() else room.clock.now_ms()
    if since.strip().lower() == "all":
        begins = 0
    else:
        begins = time_of(since, room.clock) if since.strip() else ends - _THIRTY_DAYS_MS
    if begins > ends:
        raise BadInput("It ends before it begins.", "Exchange the two times.")
    return begins, ends


def new_fact(attribute: str, raw: str, source: str, viewer: Viewer, now: int, marking: Marking) -> Fact:
    """A statement by the viewer, with the value understood and as typed."""
    value = understand(attribute, raw)
    return Fact(str(uuid4()), attribute, value, as_typed(raw), None, None, source, viewer.name, now, marking)


def new_sighting(
    room: Room, viewer: Viewer, place: Place, at: str, source: str, text: str, marking: Marking
) -> Sighting:
    """Where somebody saw it, and when as typed; raises BadInput for a time to come."""
    now, seen = room.clock.now_ms(), time_of(at, room.clock)
    if seen > now + CLOCK_SLACK_MS:
        raise BadInput("The sighting lies in the future.", "Give the time it was seen, such as 140310Z.")
    return Sighting(str(uuid4()), seen, place, source, text, viewer.name, now, marking)


def new_link(
    key: int,
    since: int | None,
    why: str,
    warnings: tuple[str, ...],
    viewer: Viewer,
    now: int,
    marking: Marking,
) -> Link:
    """A link that holds, with what was warned of, cut where the record has no more room."""
    warned = printable(" ".join(warnings), 400)
    return Link(str(uuid4()), key, since, None, why, warned, viewer.name, now, "", None, "", marking)
