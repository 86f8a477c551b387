"""For whom and of which day a brief is compiled, and by what right."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.brief.document import Document
from maoc_tui.desk.gate import eyes, require_told
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.problems import BadInput, NotPermitted

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Span:
    """The day of a brief."""

    number: str
    """``BR-2022-348``: year and day of the year; numbers that tell nothing but the date."""
    until_ms: int
    """First instant that is no longer of it."""


def span(room: Room, date: str = "") -> Span:
    """The day typed, up to its end or to now; today when nothing is typed. Raises BadInput for one to come."""
    now = room.clock.now()
    day = parse_time(date, now) if date.strip() else now
    if day.date() > now.date():
        raise BadInput("That day is still to come.", "Give today or an earlier day, such as 2022-12-14.")
    midnight = to_ms(day.replace(hour=0, minute=0, second=0, microsecond=0))
    until = min(midnight + _DAY_MS, room.clock.now_ms() + 1)
    at = from_ms(midnight)
    return Span(f"BR-{at.year}-{at.timetuple().tm_yday:03d}", until)


def reader(room: Room, viewer: Viewer, partner: str) -> Viewer:
    """Whose eyes a copy is compiled through: the partner's, and never past the compiler's own. Raises NotPermitted."""
    code = room.register.partner(partner).code
    if viewer.seeing_as and viewer.seeing_as != code:
        raise NotPermitted(f"You see as {viewer.seeing_as}.", "Leave the view first.")
    real = viewer.behind or viewer
    require(real, Act.EXPORT)
    if code != real.partner:
        require(real, Act.VIEW_AS)
        require_told(room, real, code)
    return eyes(real, code)


def centre(viewer: Viewer) -> None:
    """Refuse whoever is not of the Centre: numbered briefs are the Centre's. Raises NotPermitted."""
    if viewer.partner != CENTRE and not viewer.all_seeing:
        raise NotPermitted(
            "The numbered brief is the Centre's to compile.",
            "Look at a copy of your own: maoc brief --for XX",
        )


def note_read(room: Room, viewer: Viewer, document: Document) -> None:
    """Write into the journal that a copy was looked at, before it is shown."""
    with room.db.bookkeeping() as conn:
        at = room.clock.now_ms()
        note(conn, viewer, at, "consult", "brief", document.name, recipient=document.recipient)
