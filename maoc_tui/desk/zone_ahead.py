"""What a vessel meets next if it keeps course and speed: the zone, when and where, in words for banner and sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maoc_tui.desk.zones import MAX_RADIUS_NM, ZoneAnswer, answer, in_words
from maoc_tui.domain.ageing import may_reckon
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.positions import format_position
from maoc_tui.geo.geodesy import NM
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room
    from maoc_tui.desk.snapshots import Picture

AHEAD_HOURS = 24.0
"""Nobody keeps course and speed for longer."""
UNDER_WAY_KN = 0.5
"""What moves slower lies still: a receiver at anchor tells as much."""
_MAX_KN = 2_000.0
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class NextZone:
    """The next zone boundary on the course, reckoned along a rhumb line."""

    kind: str
    """"" outside the dataset."""
    states: tuple[str, ...]
    hours: float
    at_ms: int
    lat: float
    lon: float

    @property
    def name(self) -> str:
        """``PT territorial sea``."""
        return in_words(self.kind, self.states) if self.kind else "waters outside the zone dataset"

    @property
    def position(self) -> str:
        """Degrees and decimal minutes."""
        return format_position(self.lat, self.lon)

    def line(self, now_ms: int, when: str) -> str:
        """``PT territorial sea in 0 h 24 at 06:12Z``; when ``when`` is past, since when it should be there."""
        left = self.at_ms - now_ms
        return (
            f"{self.name} in {duration(left / _HOUR_MS)} at {when}"
            if left >= 0
            else f"{self.name} since {when}"
        )


def zulu(ms: int) -> str:
    """``06:12Z``."""
    return f"{from_ms(ms):%H:%MZ}"


def duration(hours: float) -> str:
    """``0 h 24``: hours and minutes, to the nearest minute."""
    minutes = round(hours * 60)
    return f"{minutes // 60} h {minutes % 60:02d}"


def ahead(
    index: ZoneIndex, lat: float, lon: float, course: float, speed_kn: float, since_ms: int
) -> NextZone | None:
    """The next zone within AHEAD_HOURS for a vessel at a place since ``since_ms``; None for one that lies still."""
    if not speed_kn >= UNDER_WAY_KN:
        return None
    found = index.next_crossing(lat, lon, course, speed_kn, AHEAD_HOURS)
    if found is None:
        return None
    area = index.areas[found.area] if found.area >= 0 else None
    kind, states = (area.kind, area.states) if area else ("", ())
    at_ms = since_ms + round(found.hours * _HOUR_MS)
    return NextZone(kind, states, found.hours, at_ms, found.lat, found.lon)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a contact is and what it meets next."""

    zone: ZoneAnswer
    next: NextZone | None


def outlook(
    index: ZoneIndex,
    place: tuple[float, float],
    radius_nm: float,
    motion: tuple[float, float],
    since_ms: int,
) -> Outlook | None:
    """The outlook from a fix with its error and motion (course, knots); None without a position."""
    if place[0] != place[0]:
        return None
    radius = min(radius_nm, MAX_RADIUS_NM) if radius_nm == radius_nm else 0.0
    return Outlook(answer(index, *place, radius), ahead(index, *place, *motion, since_ms))


def of_contact(room: Room, shown: Picture, row: int) -> Outlook | None:
    """The outlook of a contact of a picture; it meets nothing where its motion may not be carried on."""
    one = slice(row, row + 1)
    moves = may_reckon(
        shown.cls[one], shown.time[one], shown.sog[one], shown.cog[one], shown.status[one],
        room.clock.now_ms(), room.reference.ageing,
    )[0]  # fmt: skip
    motion = (float(shown.cog[row]), float(shown.sog[row]) if moves else 0.0)
    place = (float(shown.lat[row]), float(shown.lon[row]))
    return outlook(room.zones, place, float(shown.error_m[row]) / NM, motion, int(shown.time[row]))


def check(course: float, speed_kn: float) -> None:
    """Raise BadInput for a course or speed that cannot be."""
    if not 0 <= course <= 360:
        raise BadInput(f"A course of {course:g} degrees cannot be used.", "Give 0 to 360, degrees true.")
    if not 0 <= speed_kn <= _MAX_KN:
        raise BadInput(f"A speed of {speed_kn:g} kn cannot be used.", f"Give 0 to {_MAX_KN:g} knots.")


def banner(given: ZoneAnswer, following: NextZone | None, speed_kn: float) -> str:
    """``PT contiguous zone, 3.4 nm outside PT territorial sea, enters in 0 h 24 at 8.5 kn``."""
    if following is None:
        return (
            f"{given.text}, no other zone within {AHEAD_HOURS:.0f} h"
            if speed_kn >= UNDER_WAY_KN
            else given.text
        )
    beside = given.text.endswith(f" outside {following.name}")
    entered = "" if beside else f" {following.name}"
    return f"{given.text}, enters{entered} in {duration(following.hours)} at {speed_kn:.1f} kn"


def as_json(following: NextZone | None, text: str) -> dict[str, Any] | None:
    """The next zone with the keys that scripts rely on."""
    if following is None:
        return None
    return {
        "zone": following.kind or None,
        "states": list(following.states),
        "in_hours": round(following.hours, 4),
        "at": f"{from_ms(following.at_ms):%Y-%m-%dT%H:%M:%SZ}",
        "lat": round(following.lat, 6),
        "lon": round(following.lon, 6),
        "place": following.position,
        "text": text,
    }
