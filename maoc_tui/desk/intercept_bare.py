"""An interception from bare numbers, without a record: course, time, place, and the zone and law there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maoc_tui.desk import law, zones
from maoc_tui.desk.intercept_inputs import land_of
from maoc_tui.desk.intercept_snapshots import Limit
from maoc_tui.desk.intercepts import HOUR_MS
from maoc_tui.desk.law import Asked, Judged
from maoc_tui.desk.zone_ahead import check
from maoc_tui.desk.zone_hand import Waters
from maoc_tui.domain.partners import Register
from maoc_tui.geo.intercept import Track, meet
from maoc_tui.geo.landway import first_land
from maoc_tui.problems import BadInput

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bare:
    """What the numbers give; ``hours`` and what follows from it are NaN and None where they do not meet."""

    possible: bool
    course: float
    """To steer first; towards the nearest approach where they do not meet."""
    hours: float
    lat: float
    lon: float
    contact_ms: int | None
    distance_nm: float
    gap_nm: float
    gap_ms: int
    zone: zones.ZoneAnswer
    law: Judged | None
    limits: tuple[Limit, ...]
    track: str


def bare(
    here: Waters,
    register: Register,
    pursuer: Place,
    speed_kn: float,
    target: Place,
    course: float,
    target_speed_kn: float,
    at_ms: int,
    *,
    track: Track = "rhumb",
    asked: Asked | None = None,
    flies: bool = False,
) -> Bare:
    """Positions in degrees, both at ``at_ms``; speeds in knots, course degrees true. Raises BadInput."""
    check(course, target_speed_kn)
    if not 0 < speed_kn <= 2000:
        raise BadInput(f"A speed of {speed_kn:g} kn meets nothing.", "Give the pursuer's speed in knots.")
    met = meet(*pursuer, speed_kn, *target, course, target_speed_kn, track=track)
    possible, lat, lon = bool(met.possible), float(met.lat), float(met.lon)
    zone = zones.answer(here, lat, lon)
    judged = law.judge(register, zone, asked, at_ms) if possible and asked is not None else None
    gap_ms = at_ms + round(float(met.gap_hours) * HOUR_MS)
    limits = [] if possible else [Limit("speed", True, f"stays {float(met.gap_nm):.1f} nm off at best")]
    if possible:
        limits = [*_land(here, pursuer, lat, lon, flies), *_law(judged)]
    return Bare(
        possible=possible,
        course=float(met.course),
        hours=float(met.hours),
        lat=lat,
        lon=lon,
        contact_ms=at_ms + round(float(met.hours) * HOUR_MS) if possible else None,
        distance_nm=float(met.distance_nm),
        gap_nm=float(met.gap_nm),
        gap_ms=gap_ms,
        zone=zone,
        law=judged,
        limits=tuple(sorted(limits, key=lambda one: not one.stops)),
        track=track,
    )


def _land(here: Waters, pursuer: Place, lat: float, lon: float, flies: bool) -> list[Limit]:
    if flies:
        return []
    is_land = land_of(here)
    if bool(is_land(np.array([lat]), np.array([lon]))[0]):
        return [Limit("land", True, "the contact would be ashore")]
    first = float(first_land(is_land, *pursuer, lat, lon))
    return (
        [Limit("land", True, f"land in the way after {first:.0f} nm; go round it")] if first == first else []
    )


def _law(judged: Judged | None) -> list[Limit]:
    if judged is None or judged.answer.rule.result.name == "GO":
        return []
    result, whom = judged.answer.rule.result.name, ", ".join(judged.answer.consent_from)
    words = f"{result} there{f': consent of {whom}' if whom else ''}"
    return [Limit("law", result == "STOP", words)]
