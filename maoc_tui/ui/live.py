"""The screens' one line to the desks: everything here runs in worker threads and hands back values.

Nothing of the record is imported before the first frame has been shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.ui.alert_watch import AlertWatch
from maoc_tui.ui.at_door import AtDoor
from maoc_tui.ui.moment import EVENTS_KEPT, Ground, Moment, NextClock, RunsOut, Subject, View
from maoc_tui.ui.next_clock import every_clock, next_clock
from maoc_tui.ui.on_watch import WatchHeld
from maoc_tui.ui.slip_watch import SlipWatch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maoc_tui.desk.snapshots import FeedState, Picture, ZoneEvent
    from maoc_tui.desk.zone_ahead import Outlook
    from maoc_tui.domain.identity_checks import Badge
    from maoc_tui.domain.marking import Marking

_REDONE_AFTER_MS = 30_000
"""Watch time after which age terms and estimates are worked out again, though nothing was heard."""
_REDONE_AFTER_S = 5.0
"""Real time between two such workings, however fast a scenario runs."""

Said = Callable[[str], None]
"""Takes a few words about what is being done."""


class LiveDesk(AtDoor):
    """Reads the desks on behalf of one viewer. Every method may block: call it in a worker."""

    def __init__(self, opener: Callable[[Said], Any], viewer: Viewer = WATCH) -> None:
        self.viewer = viewer
        self.said: Said = lambda _: None
        """Told what is being done while the record is opened; called from worker threads."""
        self.room: Any = None
        self.zones_outdated = False
        """At the last look another zone dataset had become the active one."""
        self._opener = opener
        self._clock_seen: Any = None
        self._clocks: tuple[RunsOut, ...] = ()
        self._slips = SlipWatch()
        self._alerts = AlertWatch()
        self._marked_seen: Any = None
        self._marked = ""
        self._on_watch = WatchHeld()
        self._lock = threading.Lock()

    def open(self) -> Any:
        """Open the record once; raises StoreProblem."""
        with self._lock:
            if self.room is None:
                self.room = self._opener(lambda text: self.said(text))
                self.admit()
            return self.room

    def close(self) -> None:
        """Close the record, if it was opened."""
        with self._lock:
            room, self.room = self.room, None
        if room is not None:
            room.close()

    def look(self, view: View, before: Moment | None) -> Moment:
        """The picture now, arranged for a view; ``before`` itself when nothing changed. Raises Problem."""
        room = self.open()
        with self._lock:
            moment = self._look(room, view, before)
            self.zones_outdated = self._zones_outdated(room)
            return moment

    def _look(self, room: Any, view: View, before: Moment | None) -> Moment:
        clock, highest = self._clock(room), self._highest(room)
        held = self._on_watch.read(room, self.viewer)
        moment = self._looked(room, view, before)
        slips = None if before is None else self._slips.read(room, self.viewer, moment.picture.generation)
        alerts = None if before is None else self._alerts.read(room, self.viewer)
        seen = {"clock": clock, "highest": highest, "slips": slips, "alerts": alerts, "on_watch": held}
        same = all(getattr(moment, name) == value for name, value in seen.items())
        return moment if same else replace(moment, **seen)

    def _highest(self, room: Any) -> str:
        """The strictest marking among targets heard as contacts, read again only when something was committed."""
        from maoc_tui.desk import targets

        seen = (room.db.data_version(), self.viewer)
        if self._marked_seen != seen:
            self._marked, self._marked_seen = targets.highest_heard(room, self.viewer), seen
        return self._marked

    def _clock(self, room: Any) -> NextClock | None:
        """The clock that comes first now; the clocks are read again only when something was committed since."""
        seen = (room.db.data_version(), self.viewer)
        if self._clock_seen != seen:
            self._clocks, self._clock_seen = every_clock(room, self.viewer), seen
        return next_clock(self._clocks, room.clock.now_ms())

    def _looked(self, room: Any, view: View, before: Moment | None) -> Moment:
        picture = self._picture(room, before.picture if before else None)
        now = room.clock.now_ms()
        same = before is not None and before.picture.generation == picture.generation
        due = before is None or _is_due(before, now)
        if before is not None and same and not due and before.view == view:
            feeds = self._feeds(room)
            return before if feeds == before.feeds else replace(before, feeds=feeds)
        rows = self._arrange(room, picture, view, now)
        if before is not None and same and not due:
            return replace(before, view=view, rows=rows)
        return Moment(
            now, picture, view, rows, self._states(room, picture, now), self._type_names(room),
            self._events(room, before), self._feeds(room), self._estimates(room, picture, now), time.monotonic(),
            len(set(picture.target[picture.linked])),
        )  # fmt: skip

    def _zones_outdated(self, room: Any) -> bool:
        return bool(room.zones_outdated())

    def renew_zones(self) -> None:
        """Open the zone dataset that has become the active one; raises Problem. May take seconds."""
        self.open().renew_zones()

    def _picture(self, room: Any, before: Picture | None) -> Picture:
        from maoc_tui.desk import picture

        return picture.load(room, self.viewer, before)

    def _arrange(self, room: Any, picture: Picture, view: View, now: int) -> NDArray[np.intp]:
        from maoc_tui.desk import selection
        from maoc_tui.ui.ordering import ordered

        rows = selection.select(picture, view.query, now, room.reference, room.register.members(now))
        return ordered(picture, rows, view.column, view.descending)

    def _events(self, room: Any, before: Moment | None) -> tuple[ZoneEvent, ...]:
        from maoc_tui.desk import picture
        from maoc_tui.ui.event_rows import by_time, newest_id

        if before is None:
            return picture.zone_events_by_time(room, self.viewer, limit=EVENTS_KEPT)
        new = picture.zone_events(room, self.viewer, newest_id(before.events), EVENTS_KEPT)
        return by_time(before.events, new)[-EVENTS_KEPT:] if new else before.events

    def _feeds(self, room: Any) -> tuple[FeedState, ...]:
        from maoc_tui.desk import picture

        return tuple(picture.feeds(room, self.viewer))

    def _states(self, room: Any, picture: Picture, now: int) -> NDArray[np.uint8]:
        from maoc_tui.domain import ageing

        return ageing.states(picture.cls, now - picture.time, room.reference.ageing)

    def _type_names(self, room: Any) -> dict[int, str]:
        return room.reference.ship_type_names

    def _estimates(self, room: Any, picture: Picture, now: int) -> Any:
        from maoc_tui.desk.picture import estimates

        return estimates(room, picture, now)

    def ground(self) -> Ground:
        """What the chart stands on; read once."""
        from maoc_tui.desk import picture, zone_hand
        from maoc_tui.geo.coast import Coast

        zones = zone_hand.waters(self.open(), self.viewer)
        return Ground(Coast.load(), tuple(picture.zone_outlines(zones)), zones.locate, zones.stamp)

    def run_feed(self, name: str, stop: threading.Event) -> None:
        """Listen to one live source until ``stop`` is set; raises Problem."""
        from maoc_tui.desk import feeds

        feeds.run(self.open(), self.viewer, name, stop)

    def feed_lines(self) -> tuple[Any, ...]:
        """Every live source that can be run, with how it does now: desk.feeds.FeedLine."""
        from maoc_tui.desk import feeds

        return feeds.listing(self.open(), self.viewer)

    def ingest(self, paths: list[Path], progress: Any, cancelled: Callable[[], bool]) -> Any:
        """Read traffic files into the record; raises Problem."""
        from maoc_tui.desk import ingest

        return ingest.ingest(self.open(), self.viewer, paths, progress=progress, cancelled=cancelled)

    def subject(self, shown: Picture, key: int, since_ms: int, until_ms: int) -> Subject:
        """Identity history, identity checks and track of one contact of a picture."""
        from maoc_tui.desk import picture

        room = self.open()
        return Subject(
            key,
            tuple(picture.identity(room, self.viewer, key)),
            picture.track(room, self.viewer, key, since_ms, until_ms),
            self._doubts(room, shown, key),
            self._outlook(room, shown, key),
        )

    def _outlook(self, room: Any, shown: Picture, key: int) -> Outlook | None:
        from maoc_tui.desk import zone_ahead

        row = shown.row(key)
        return zone_ahead.of_contact(room, self.viewer, shown, row) if row >= 0 else None

    def _doubts(self, room: Any, shown: Picture, key: int) -> tuple[Badge, ...]:
        from maoc_tui.domain.identity_checks import Known, badges

        row = shown.row(key)
        if row < 0:
            return ()
        known = Known.of_contact(
            key,
            int(shown.imo[row]),
            str(shown.call_sign[row]),
            str(shown.registration[row]),
            str(shown.flag[row]),
        )
        return badges(known, room.reference.flag_tables)

    def take_out(self, kind: str, ref: str, marking: Marking | None = None) -> None:
        """Ask to take a copy of an item out; it is in the journal then. Raises NotPermitted."""
        from maoc_tui.desk import taking_out

        taking_out.take_out(self.open(), self.viewer, kind, ref, marking)

    def zone(self, lat: float, lon: float, radius_nm: float = 0.0, key: int = 0, target: str = "") -> Any:
        """In whose waters a position is, and why; ``key`` and ``target`` say whose position it is."""
        from maoc_tui.desk import zone_hand, zones

        waters = zone_hand.waters(self.open(), self.viewer)
        return zones.answer(waters, lat, lon, min(radius_nm, zones.MAX_RADIUS_NM), key=key, target=target)


def _is_due(moment: Moment, now_ms: int) -> bool:
    waited = time.monotonic() - moment.taken > _REDONE_AFTER_S
    return waited and abs(now_ms - moment.at) > _REDONE_AFTER_MS
