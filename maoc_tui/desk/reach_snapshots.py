"""What the reach fan hands to screens and scripts: where a target can be, what it meets, who is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maoc_tui.domain.marking import Marking


@dataclass(frozen=True, slots=True)
class FanLine:
    """Where the target can be at one time at the latest."""

    hours: float
    """From now; 0 is now."""
    at_ms: int
    reach_nm: float
    """Furthest from the fix, error and age included, over open water."""
    outer: tuple[tuple[Sequence[float], Sequence[float]], ...]
    """Lines of latitudes and longitudes (continuous past 180): the furthest it can be at its fastest."""
    inner: tuple[tuple[Sequence[float], Sequence[float]], ...]
    """The same at its slowest, if it keeps away; empty where that is nowhere."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a zone or coast can be reached."""

    where: str
    """``PT territorial sea``, ``coast of Portugal``."""
    short: str
    earliest_ms: int
    """At its fastest by the shortest way over water."""
    latest_ms: int | None
    """At its slowest by the same way; None where the slowest is lying still."""
    distance_nm: float
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class FirstAsset:
    """An asset that can be inside the area the target may be in."""

    asset: str
    name: str
    owner: str
    at_ms: int
    """When at the earliest."""
    able: bool
    """Available, as far as known, and able to go there and return."""
    words: str


@dataclass(frozen=True, slots=True)
class Fan:
    """The furthest a target can have gone since its last fix, cut by land."""

    target: str
    title: str
    fix_ms: int
    lat: float
    lon: float
    radius_nm: float
    """Error of the fix."""
    slow_kn: float
    fast_kn: float
    at_ms: int
    lines: tuple[FanLine, ...]
    boundary: Arrival | None
    """The first zone it can enter."""
    landfalls: tuple[Arrival, ...]
    """By coast, the earliest first."""
    first: FirstAsset | None
    """The first able asset in the area."""
    method: str
    """How it was reckoned and how good that is, in words."""
    marking: Marking | None
