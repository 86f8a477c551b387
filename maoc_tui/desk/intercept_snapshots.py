"""What the intercept desk hands to screens and scripts: who reaches whom, when, where, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.desk.reach_snapshots import Arrival, Fan, FanLine, FirstAsset
from maoc_tui.domain.marking import Marking

__all__ = [
    "NAN", "Arrival", "Cell", "Closest", "Detail", "Fan", "FanLine", "FirstAsset", "Limit", "Matrix", "MatrixAsset",
    "MatrixTarget", "OptionLine", "Place", "Slip",
]  # fmt: skip

NAN = float("nan")

Place = tuple[float, float]
"""Latitude and longitude, degrees."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that stands against an interception, or makes it doubtful."""

    kind: str
    """speed, availability, endurance, range, land, law, sea, team, daylight, stale, motion or zone."""
    stops: bool
    """Whether it cannot be done so; else it is a doubt or a condition."""
    words: str
    """``back with 0 h 40 of fuel missing``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One asset against one target."""

    asset: str
    """AS-0007."""
    target: str
    """T-0417."""
    hours: float
    """From the common instant to contact; NaN when there is none in the time looked at."""
    contact_ms: int | None
    lat: float
    """Of the contact, or of the nearest approach where there is none."""
    lon: float
    course: float
    """To steer first, degrees true."""
    distance_nm: float
    """The asset's way to contact."""
    gap_nm: float
    """How close it comes where there is no contact; 0 where there is one."""
    zone: str
    """Short label of the zone at the contact; "" outside the dataset."""
    law: str
    """GO, ASK, LOOK or STOP for the asset's State at the contact; "" where it was not judged."""
    consent_from: tuple[str, ...]
    """Whose consent is needed there."""
    limits: tuple[Limit, ...]
    """What stops it first, then doubts."""

    @property
    def possible(self) -> bool:
        """Whether they meet, whatever else stands against it."""
        return self.hours == self.hours

    @property
    def tone(self) -> str:
        """able, doubtful or unable: green, amber, red."""
        if any(limit.stops for limit in self.limits):
            return "unable"
        return "doubtful" if self.limits else "able"

    @property
    def limiting(self) -> str:
        """The kind of the first limit; "" for none."""
        return self.limits[0].kind if self.limits else ""


@dataclass(frozen=True, slots=True)
class MatrixAsset:
    """A row of the matrix."""

    ref: str
    name: str
    kind: str
    owner: str
    availability: str


@dataclass(frozen=True, slots=True)
class MatrixTarget:
    """A column of the matrix: a target brought to the common instant."""

    ref: str
    title: str
    lat: float
    lon: float
    course: float
    """With the what-if added; NaN not known."""
    speed_kn: float
    fix_ms: int
    """Of the place it was reckoned from."""
    how: str
    """fix, sighting or entered."""
    radius_nm: float
    """Of doubt at the common instant."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Assets against targets at one instant; rows by time to contact, those that can first."""

    at_ms: int
    """The instant both were brought to."""
    track: str
    """rhumb or geodesic: how the target is taken to hold its course."""
    pace: str
    """max or cruise."""
    what_if: str
    """``speed +2 kn, course -10°``; "" as reported."""
    assets: tuple[MatrixAsset, ...]
    targets: tuple[MatrixTarget, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """By asset, then target."""
    notes: tuple[str, ...]
    """What holds of all cells: the model, what is not known."""
    marking: Marking | None
    """Of everything it was made from; None when it is empty."""

    def cell(self, asset: str, target: str) -> Cell | None:
        """The cell of two references; None when there is none."""
        return next((c for row in self.cells for c in row if (c.asset, c.target) == (asset, target)), None)


@dataclass(frozen=True, slots=True)
class Detail:
    """One cell with everything a coordinator asks before choosing it."""

    cell: Cell
    asset: MatrixAsset
    target: MatrixTarget
    at_ms: int
    track: str
    pace: str
    start: Place
    """Where the asset is at the common instant."""
    zone: str
    """The zone at the contact in words, with the distance to the line that matters."""
    law: str
    """Headline of the legal answer there: result, whose consent, rule, how far checked."""
    law_lines: tuple[tuple[str, str], ...]
    """The whole legal answer at the contact as (label, text)."""
    margin: str
    """``reaches PT territorial sea 40 min after contact``, or that it is there already."""
    margin_h: float
    """Hours from contact to the next line on the target's course; NaN when none is near."""
    light: str
    """``dark, sunrise 07:41Z``."""
    fuel: str
    """To contact, and from there to its base, in words."""
    port: str
    """Time and fuel to the nearest port with a prize, in words; "" for an aircraft."""
    sea: str
    by_cruise: str
    """What it would be at the other speed of the asset."""
    lines: tuple[tuple[str, str], ...]
    """All of it as (label, text), in the order a coordinator asks."""
    marking: Marking | None


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option that was considered for an operation, as it stood then."""

    ref: str
    """OP-0031/o2: set 2 of the operation."""
    operation: str
    asset: str
    asset_name: str
    target: str
    chosen: bool
    reason: str
    """Why it was chosen or rejected."""
    at_ms: int
    """When it was reckoned."""
    contact_ms: int | None
    lat: float
    lon: float
    zone: str
    law: str
    limiting: str
    by: str
    entered_ms: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class Slip:
    """How a chosen interception stands now against how it was chosen."""

    operation: str
    asset: str
    target: str
    was_ms: int
    """Contact as chosen."""
    now_ms: int | None
    """Contact as reckoned now; None when there is none any more."""
    was_zone: str
    now_zone: str
    kinds: tuple[str, ...]
    """Why it is an alarm: ``slips 2`` (by twice what data/assets.toml allows), ``zone PT TS``, ``stop``, ``off``."""
    text: str
    """``OP-0031 AS-0007: contact slips 42 min to 05:10Z``."""

    @property
    def alarm(self) -> bool:
        """Whether it slipped by more than is allowed, into another zone, to where the law says stop, or off."""
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class Closest:
    """Closest point of approach of two objects brought to one time."""

    first: str
    second: str
    at_ms: int
    now_nm: float
    distance_nm: float
    hours: float
    """To the closest; negative when it is past, 0 when the distance stays."""
    closest_ms: int
    lat: float
    """The first object then."""
    lon: float
    other_lat: float
    other_lon: float
    text: str
