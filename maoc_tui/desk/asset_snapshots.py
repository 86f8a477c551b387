"""What the assets desk hands to screens and scripts, and what it takes from them as typed."""

from __future__ import annotations

from dataclasses import dataclass

from maoc_tui.domain.marking import Marking

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class TaskEventLine:
    """One event of a tasking."""

    act: str
    """asked, acknowledged, accepted, declined, on task, off task, withdrawn."""
    at_ms: int
    """When it happened."""
    entered_ms: int
    by: str
    """Who entered it."""
    partner: str
    """Of whoever entered it."""
    who: str = ""
    """Name and post of who answered."""
    channel: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An asset asked for an operation, and what its State answered."""

    ref: str
    """TK-0003."""
    asset: str
    """AS-0007."""
    asset_name: str
    owner: str
    """Code of the State or partner that owns the asset and answers."""
    operation: str
    """OP-0031."""
    target: str
    """T-0417; "" for the operation as a whole."""
    state: str
    """The last act: asked, acknowledged, accepted, declined, on task, off task, withdrawn."""
    asked_ms: int
    asked_by: str
    words: str
    """What is asked of it."""
    events: tuple[TaskEventLine, ...]
    marking: Marking

    @property
    def open(self) -> bool:
        """Whether it still binds the asset, or still waits for an answer."""
        return self.state not in ("declined", "off task", "withdrawn")

    @property
    def waits(self) -> bool:
        """Whether the owning State owes an answer."""
        return self.state in ("asked", "acknowledged")

    @property
    def newest_ms(self) -> int:
        """When the last event happened."""
        return self.events[-1].at_ms


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One asset as it counts now."""

    ref: str
    """AS-0007."""
    name: str
    kind: str
    """ship, aircraft, helicopter, team or drone."""
    owner: str
    base: str
    availability: str
    """available, on task, maintenance or unknown. What was said too long ago is unknown, never available."""
    said: str
    """What was said last, whether it still counts or not; "" for nothing."""
    as_of_ms: int | None
    """When that was said to be so; None when nothing was said."""
    expires_ms: int | None
    """Until when it counts."""
    stale: bool
    """What was said no longer counts, or nothing was ever said."""
    ready_min: int
    """Minutes from the order to leaving."""
    lat: float
    """Where it is: the newest position told, else its base; NaN when neither is known."""
    lon: float
    position_ms: int | None
    """Time of that position; None at its base."""
    zone: str
    """Short label of the zone of that position."""
    cruise_kn: float
    max_kn: float
    endurance_h: float
    """Hours at cruising speed with full tanks; NaN not known."""
    range_nm: float
    """Nautical miles there and back at cruising speed; NaN not known."""
    fuel_h: float
    """Hours left at cruising speed as last told; NaN when never told."""
    team: bool | None
    """Whether it carries a boarding team; None not known."""
    sea_limit: str
    """The most sea it works in: ``Bft 5``, ``2.5 m``; "" not known."""
    task: TaskLine | None
    """The open tasking that counts; None for none the viewer may see."""
    marking: Marking
    """Of the line as a whole."""
    told: bool = True
    """False for an asset seen only because it was released: what is missing here was not told, and may be known."""
    profile: tuple[tuple[str, str], ...] = ()
    """What it can do, by the fields it is said anew in, as typed."""

    @property
    def ready_told(self) -> bool:
        """Whether the minutes until it can leave are known here."""
        return self.told or self.as_of_ms is not None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing told of an asset, as told."""

    id: str
    as_of_ms: int
    expires_ms: int | None
    text: str
    """What was told, in words."""
    by: str
    entered_ms: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class AssetSheet:
    """Everything on one asset."""

    row: AssetRow
    profiles: tuple[ReportLine, ...]
    """What it can do, newest first; the first counts."""
    reports: tuple[ReportLine, ...]
    """Availability, position, fuel; newest first."""
    tasks: tuple[TaskLine, ...]
    """Newest first."""
    hours_on_task: float
    """From the on-task and off-task times of its taskings, the one still running up to now."""


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An asset as typed; numbers with or without their unit, "" for not known."""

    name: str
    kind: str
    owner: str = ""
    """The viewer's own partner when empty."""
    base: str = ""
    base_position: str = ""
    cruise: str = ""
    max: str = ""
    endurance: str = ""
    """``36h``."""
    range: str = ""
    """``400 nm``."""
    team: str = ""
    """yes, no."""
    sea_limit: str = ""
    """``Bft 5`` or ``2.5 m``."""
    daylight: str = ""
    """Whether it works by day only: yes, no."""
    source: str = ""
    marking: Marking | None = None
