"""What a vessel meets next if it keeps course and speed: the zone, when and where, in words for banner and sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.desk.zones import MAX_RADIUS_NM, ZoneAnswer, answer, in_words
from maoc_tui.domain.ageing import AgeLimits, may_reckon
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.times import format_span
from maoc_tui.geo.geodesy import NM
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room
    from maoc_tui.desk.snapshots import Picture
    from maoc_tui.desk.target_snapshots import LastSeen
    from maoc_tui.domain.viewer import Viewer
    from maoc_tui.store.targets_heard import Heard

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
    index: ZoneIndex | Waters, lat: float, lon: float, course: float, speed_kn: float, since_ms: int
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
    """Where a contact or target is and what it meets next, from its last fix."""

    zone: ZoneAnswer
    next: NextZone | None
    speed_kn: float = float("nan")
    still: str = ""
    """Why nothing ahead is reckoned: "course not known", "lies still" ...; "" when it was."""
    at_ms: int = 0
    """Time of the fix."""
    old_from_ms: int = 0
    """From when on the fix no longer tells of the present."""

    def ahead_text(self, now_ms: int, when: str) -> str:
        """``enters in 0 h 24 at 8.5 kn``, or why that cannot be said; ``when`` is the time of the crossing."""
        if self.next is None:
            return self.still or f"no other zone within {AHEAD_HOURS:.0f} h"
        left = (self.next.at_ms - now_ms) / _HOUR_MS
        entered = "" if self.zone.text.endswith(f" outside {self.next.name}") else f" {self.next.name}"
        if left < 0:
            return f"should have entered{entered or ' it'} at {when}, at {self.speed_kn:.1f} kn"
        return f"enters{entered} in {duration(left)} at {self.speed_kn:.1f} kn"

    def items(self, now_ms: int, when: str) -> tuple[str, ...]:
        """The banner's words in the parts that stay whole: the zone, what comes next, how old the fix is."""
        old = f"by a fix {format_span((now_ms - self.at_ms) / 1000)} old" if now_ms > self.old_from_ms else ""
        return tuple(filter(None, (self.zone.text, self.ahead_text(now_ms, when), old)))

    def text(self, now_ms: int, when: str) -> str:
        """``PT EEZ, 3.4 nm outside PT territorial sea, enters in 0 h 24 at 8.5 kn``."""
        return ", ".join(self.items(now_ms, when))


@dataclass(frozen=True, slots=True)
class _Fix:
    """What an outlook is made from."""

    place: tuple[float, float]
    radius_nm: float
    course: float
    speed_kn: float
    at_ms: int
    cls: int
    status: int = 15

    @classmethod
    def of_row(cls, shown: Picture, row: int) -> _Fix:
        columns = (shown.lat, shown.lon, shown.error_m, shown.cog, shown.sog)
        lat, lon, error, course, speed = (float(column[row]) for column in columns)
        whole = (int(shown.time[row]), int(shown.cls[row]), int(shown.status[row]))
        return cls((lat, lon), error / NM, course, speed, *whole)


def of_contact(room: Room, viewer: Viewer, shown: Picture, row: int) -> Outlook | None:
    """The outlook of a contact of a picture; it meets nothing where its motion may not be carried on."""
    return _outlook(room, viewer, _Fix.of_row(shown, row), int(shown.key[row]), str(shown.target[row]))


def of_target(
    room: Room, viewer: Viewer, ref: str, seen: LastSeen | None, heard: Heard | None
) -> Outlook | None:
    """The outlook of a target from its newest place; a sighting has no motion. None where no place is known."""
    if seen is None:
        return None
    place, limits = (seen.lat, seen.lon), room.reference.ageing
    if heard is None:
        zone = answer(waters(room, viewer), *place, _radius(seen.radius_nm), target=ref)
        old = seen.at_ms + int(limits.fresh_s[ContactClass.SHIP_B] * 1000)
        return Outlook(zone, None, still="course and speed not known", at_ms=seen.at_ms, old_from_ms=old)
    fix = _Fix(place, seen.radius_nm, seen.cog, seen.sog, seen.at_ms, heard.cls, heard.status)
    return _outlook(room, viewer, fix, seen.key, ref)


def _outlook(room: Room, viewer: Viewer, fix: _Fix, key: int, target: str) -> Outlook | None:
    if fix.place[0] != fix.place[0]:
        return None
    zones, limits = waters(room, viewer), room.reference.ageing
    given = answer(zones, *fix.place, _radius(fix.radius_nm), key=key, target=target)
    own = given.override is not None and given.override.about_one
    still = _AS_ENTERED if own else _still(fix, room.clock.now_ms(), limits)
    following = None if still else ahead(zones, *fix.place, fix.course, fix.speed_kn, fix.at_ms)
    old = fix.at_ms + int(limits.fresh_s[fix.cls] * 1000)
    return Outlook(given, following, fix.speed_kn, still, fix.at_ms, old)


def _radius(nm: float) -> float:
    return min(nm, MAX_RADIUS_NM) if nm == nm else 0.0


def _still(fix: _Fix, now_ms: int, limits: AgeLimits) -> str:
    """Why the motion of a fix may not be carried on; "" when it may."""
    unknown = [word for word, value in (("course", fix.course), ("speed", fix.speed_kn)) if value != value]
    if fix.speed_kn < UNDER_WAY_KN or (fix.status in _HELD and fix.cls != ContactClass.AIRCRAFT):
        return _HELD.get(fix.status, "lies still")
    if unknown:
        return f"{' and '.join(unknown)} not known"
    columns = (
        np.array([fix.cls], np.uint8), np.array([fix.at_ms]), np.array([fix.speed_kn]), np.array([fix.course]),
        np.array([fix.status], np.uint8),
    )  # fmt: skip
    if may_reckon(*columns, now_ms, limits)[0]:
        return ""
    age_s = (now_ms - fix.at_ms) / 1000
    return "fix too old to reckon from" if age_s > limits.reckon_s[fix.cls] else "speed beyond the scale"


_AS_ENTERED = "zone ahead not reckoned"
_HELD = {1: "at anchor", 5: "moored", 6: "aground"}
"""Navigation states of what does not move (AIS)."""


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
