"""Ships, aircraft and teams that partners may send: what they can do, where they are, whether they are free.

An asset is a name and an owner; all else is said of it, dated and appended. What was said of its availability counts
until it expires; after that it is unknown, and unknown is never free (workflow rows G1, G2).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from maoc_tui.domain.asset_rules import KindRule, SeaLimit
from maoc_tui.domain.marking import Marking
from maoc_tui.problems import BadInput

HOUR_MS = 3_600_000
NAN = float("nan")


class Availability(StrEnum):
    """Whether an asset can be asked."""

    AVAILABLE = "available"
    ON_TASK = "on task"
    MAINTENANCE = "maintenance"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Profile:
    """What an asset can do, as its State says. NaN and None where nothing was said."""

    base: str = ""
    base_lat: float = NAN
    base_lon: float = NAN
    cruise_kn: float = NAN
    max_kn: float = NAN
    endurance_h: float = NAN
    """Hours at cruising speed, full."""
    range_nm: float = NAN
    """Whole way at cruising speed, full."""
    team: bool | None = None
    """Carries a boarding team."""
    sea: SeaLimit | None = None
    daylight: bool | None = None
    """Works by day only."""

    def check(self) -> None:
        """Raise BadInput for what cannot be."""
        if not 0 < self.cruise_kn <= 2000:
            raise BadInput("The cruising speed is missing or cannot be.", "Give --cruise 18 kn.")
        if not self.cruise_kn <= self.max_kn <= 2000:
            raise BadInput("The highest speed is below the cruising speed.", "Check the two speeds.")
        for what, value, most in (("endurance", self.endurance_h, 8760), ("range", self.range_nm, 20_000)):
            if not (math.isnan(value) or 0 < value <= most):
                raise BadInput(f"That {what} cannot be.", f"Give it as it is, or leave the {what} out.")
        if self.base and math.isnan(self.base_lat):
            raise BadInput("The base has no position.", "Give --base-position, such as 38 40N 009 08W.")


@dataclass(frozen=True, slots=True)
class Report:
    """What was told of an asset at a time; whatever is NaN, None or "" was not told."""

    as_of_ms: int
    expires_ms: int | None = None
    availability: Availability | None = None
    ready_min: int | None = None
    """Minutes from the order to leaving."""
    lat: float = NAN
    lon: float = NAN
    course: float = NAN
    speed_kn: float = NAN
    fuel_h: float = NAN
    """Hours left at cruising speed."""
    at_base: bool = False
    """It lies at its base: a position told before counts no longer."""
    text: str = ""

    @property
    def placed(self) -> bool:
        """Whether it tells a position."""
        return self.lat == self.lat

    def takes_place_of(self, other: Report) -> bool:
        """Whether availability or readiness that ``other`` tells counts no longer because of it."""
        free = self.availability is not None and other.availability is not None
        ready = self.ready_min is not None and other.ready_min is not None
        return other.as_of_ms <= self.as_of_ms and (free or ready)


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something, when, and how it is marked."""

    id: str
    by: str
    entered_ms: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset with everything said of it that a viewer may see, in order of entry."""

    id: UUID
    number: int
    name: str
    kind: str
    owner: str
    said: Said
    profiles: tuple[tuple[Profile, Said], ...] = ()
    reports: tuple[tuple[Report, Said], ...] = ()

    @property
    def ref(self) -> str:
        """``AS-0007``."""
        return reference(self.number)

    @property
    def profile(self) -> Profile:
        """What it can do as said last; all unknown where the viewer may see nothing of it."""
        return self.profiles[-1][0] if self.profiles else Profile()


@dataclass(frozen=True, slots=True)
class Standing:
    """How an asset counts at an instant."""

    availability: Availability
    said: Availability | None
    """What was said last, whether it still counts or not."""
    as_of_ms: int | None
    expires_ms: int | None
    stale: bool
    ready_min: int
    lat: float
    lon: float
    position_ms: int | None
    """Of a told position; None at the base."""
    course: float
    speed_kn: float
    old: bool
    """Whether the position is older than one of its kind counts."""
    fuel_h: float
    """Hours left now at cruising speed; what full tanks give at its base; NaN not known."""
    fuel_told: bool
    marks: tuple[Marking, ...]
    """Of every statement that counts here."""
    placed: Said | None = None
    """Who told the position, and how that is marked; None at the base."""


def standing(asset: Asset, rule: KindRule, now_ms: int, on_task: bool = False) -> Standing:
    """How an asset counts at an instant; ``on_task`` says that a tasking has it out."""
    past = sorted(
        ((one, said) for one, said in asset.reports if one.as_of_ms <= now_ms),
        key=lambda pair: (pair[0].as_of_ms, pair[1].entered_ms),
    )
    free = _last(past, lambda one: one.availability is not None)
    place = _last(past, lambda one: one.placed or one.at_base)
    ready = _last(past, lambda one: one.ready_min is not None)
    fuel = _last(past, lambda one: one.fuel_h == one.fuel_h)
    expires = _expiry(free[0], rule) if free else None
    stale = expires is None or now_ms >= expires
    profile, told = asset.profile, place[0] if place and place[0].placed else None
    counts = (free, place, ready if not stale else None, fuel)
    marks = (asset.said.marking, *(said.marking for _, said in asset.profiles[-1:]))
    return Standing(
        availability=_available(free[0] if free and not stale else None, on_task),
        said=free[0].availability if free else None,
        as_of_ms=free[0].as_of_ms if free else None,
        expires_ms=expires,
        stale=stale and not on_task,
        ready_min=(ready[0].ready_min or 0) if ready and not stale else 0,
        lat=told.lat if told else profile.base_lat,
        lon=told.lon if told else profile.base_lon,
        position_ms=told.as_of_ms if told else None,
        course=told.course if told else NAN,
        speed_kn=told.speed_kn if told else NAN,
        old=told is not None and now_ms - told.as_of_ms > rule.position_min * 60_000,
        fuel_h=_fuel(fuel[0] if fuel else None, told, profile, now_ms),
        fuel_told=fuel is not None,
        marks=(*marks, *(pair[1].marking for pair in counts if pair is not None)),
        placed=place[1] if place and told else None,
    )


def _last(past: Iterable[tuple[Report, Said]], tells: Callable[[Report], bool]) -> tuple[Report, Said] | None:
    return next((pair for pair in reversed(list(past)) if tells(pair[0])), None)


def _expiry(report: Report, rule: KindRule) -> int:
    if report.expires_ms is not None:
        return report.expires_ms
    return report.as_of_ms + round(rule.availability_h * HOUR_MS)


def _available(report: Report | None, on_task: bool) -> Availability:
    if on_task:
        return Availability.ON_TASK
    return report.availability or Availability.UNKNOWN if report is not None else Availability.UNKNOWN


def _fuel(fuel: Report | None, told: Report | None, profile: Profile, now_ms: int) -> float:
    """Hours left: as told less the hours since, for an asset that is out; full tanks at its base."""
    if told is None:
        return profile.endurance_h if fuel is None else fuel.fuel_h
    if fuel is None:
        return NAN
    return max(fuel.fuel_h - (now_ms - fuel.as_of_ms) / HOUR_MS, 0.0)


def check_report(report: Report) -> None:
    """Raise BadInput for a report that tells nothing, or contradicts itself."""
    told = (report.availability, report.ready_min, report.text or None)
    if not (
        report.placed or report.at_base or report.fuel_h == report.fuel_h or any(x is not None for x in told)
    ):
        raise BadInput("Nothing is told.", "Give availability, position, fuel or text.")
    if report.expires_ms is not None and report.expires_ms <= report.as_of_ms:
        raise BadInput("It expires before it begins.", "Check the two times.")
    if report.placed and report.at_base:
        raise BadInput("It cannot be at its base and elsewhere.", "Leave one of the two out.")
    if not (math.isnan(report.fuel_h) or 0 <= report.fuel_h <= 8760):
        raise BadInput(
            "That many hours of fuel cannot be.", "Give the hours left at cruising speed, such as 36h."
        )


def reference(number: int) -> str:
    """``AS-0007``."""
    return f"AS-{number:04d}"


def parse_reference(text: str) -> int:
    """The number of ``AS-0007``, ``as7`` or ``7``; BadInput for anything else."""
    digits = text.strip().upper().removeprefix("AS").removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 9:
        return int(digits)
    raise BadInput(f"{text[:40]!r} is not an asset's reference.", "Write it as AS-0007.")


def parse_availability(text: str) -> Availability:
    """``available``, ``on task``, ``maintenance`` or ``unknown``; BadInput for anything else."""
    word = text.strip().casefold().replace("-", " ").replace("_", " ")
    for one in Availability:
        if word == one.value:
            return one
    raise BadInput(f"{text[:40]!r} is no availability.", f"Choose one of {', '.join(Availability)}.")


def parse_yes(text: str, what: str) -> bool | None:
    """yes or no; None for nothing; BadInput naming ``what``."""
    word = text.strip().casefold()
    if word in ("", "unknown"):
        return None
    if word in ("yes", "y", "no", "n"):
        return word.startswith("y")
    raise BadInput(f"{what} is yes or no, not {text[:40]!r}.", "Write yes or no, or leave it out.")
