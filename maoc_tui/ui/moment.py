"""What the screens are drawn from: immutable values, made by ui.live in worker threads.

Nothing of the record is imported before the first frame has been shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maoc_tui.desk.alert_snapshots import Pending
    from maoc_tui.desk.snapshots import FeedState, IdentityValue, Picture, Track, ZoneEvent
    from maoc_tui.desk.zone_ahead import Outlook
    from maoc_tui.domain.identity_checks import Badge

EVENTS_KEPT = 500


@dataclass(frozen=True, slots=True)
class View:
    """Which contacts a screen shows and in what order."""

    query: str = ""
    column: str = "target"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class RunsOut:
    """One running clock, as far as the bell must know it."""

    clock: str
    ref: str
    target: str
    half_ms: int
    due_ms: int | None
    """None where there is no limit, only a time to chase."""
    heard: frozenset[str] = frozenset()
    """``half``, ``end``: what somebody acknowledged on any terminal."""
    team: str = ""
    """The boarding team whose check-in it is; "" for every other clock."""
    title: str = ""
    """What it is, in words."""


@dataclass(frozen=True, slots=True)
class NextClock:
    """The clock that runs out next; those whose end was acknowledged come last."""

    clock: str
    """Id of its rule: C1."""
    target: str
    due_ms: int | None
    """None where there is no limit, only a time to chase."""
    half_ms: int
    """From when on it is to be chased."""
    more: int
    """How many others run."""
    all: tuple[RunsOut, ...] = ()
    """Every running clock, the soonest first."""


@dataclass(frozen=True, slots=True)
class OnWatch:
    """Who holds the watch."""

    name: str
    """"" where it was left."""
    partner: str
    mine: bool
    """Whether that is who looks."""


@dataclass(frozen=True, slots=True)
class Slipping:
    """A chosen interception that does not go as it was chosen."""

    operation: str
    """``OP-0031``; "" where none could be reckoned."""
    what: tuple[str, ...]
    """Operation, asset and target."""
    kinds: tuple[str, ...]
    """Why it is an alarm: desk.intercept_snapshots.Slip.kinds."""
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What the desks know at one instant; every widget is drawn from it and from nothing else."""

    at: int
    """Milliseconds: the watch clock when it was taken."""
    picture: Picture
    view: View
    rows: NDArray[np.intp]
    """Rows of the picture that the view shows, in its order."""
    states: NDArray[np.uint8]
    """0 fresh, 1 old, 2 lost, per row of the picture."""
    type_names: dict[int, str]
    """AIS ship type code to a word."""
    events: tuple[ZoneEvent, ...]
    """The newest zone entries and exits by the time of passage, newest last; ids follow the time of reading."""
    feeds: tuple[FeedState, ...]
    """How every live source does."""
    estimates: Any
    """Dead-reckoned present positions of the aged fixes, for the chart."""
    taken: float
    """Monotonic seconds, to know when age terms and estimates are due again."""
    targets: int = 0
    """Targets that a contact of the picture is linked to."""
    clock: NextClock | None = None
    """The clock that runs out next; None when none runs."""
    highest: str = ""
    """The strictest handling code of any target heard as a contact, and of the links that say so; "" for none."""
    on_watch: OnWatch | None = None
    """Who holds the watch; None where nobody ever took it, or the role does not read that."""
    slips: tuple[Slipping, ...] | None = None
    """Chosen interceptions that slip; None until they were reckoned for the first time."""
    alerts: tuple[Pending, ...] | None = None
    """Alerts that wait to be acknowledged, quiet ones too; None until they were read for the first time."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """All that is known of one contact, read when it is selected."""

    key: int
    identity: tuple[IdentityValue, ...]
    """By attribute, the value heard last first."""
    track: Track
    doubts: tuple[Badge, ...]
    """What is doubtful about the identity, each with its reason."""
    outlook: Outlook | None = None
    """In whose waters its last fix is, and the zone it meets next; None without a position."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What does not move on a chart."""

    coast: Any
    """geo.coast.Coast."""
    outlines: tuple[Any, ...]
    """Zone lines."""
    locate: Callable[[Any, Any], Any]
    """Latitudes and longitudes in degrees to area ids, -1 outside the dataset."""
    stamp: tuple[str, ...] = ()
    """Of the zones in force, as Picture.zone_stamp."""
