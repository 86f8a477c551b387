"""What a sweep remembers from one time to the next: the recent tracks, and up to where the record was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection

from maoc_tui.desk.alert_rules import rules
from maoc_tui.desk.storing import speed_limits
from maoc_tui.domain.alerts import Finding
from maoc_tui.domain.reports import Fixes
from maoc_tui.geo.behaviour import beacon, encounter, gap, jump
from maoc_tui.geo.behaviour.encounter import EncounterWatch
from maoc_tui.geo.behaviour.gap import GapWatch
from maoc_tui.geo.behaviour.loitering import LoiterWatch
from maoc_tui.geo.behaviour.recent import Recent
from maoc_tui.geo.behaviour.scene import Scene
from maoc_tui.geo.ports import Ports
from maoc_tui.store import sweeping, tracks

if TYPE_CHECKING:
    from maoc_tui.geo.behaviour.recent import Steps

_ANEW = 300
"""So many contacts with late fixes are read anew one by one; of more, everything is."""


def _recent() -> Recent:
    of = rules()
    floors = gap.floors_ms(of["ais_gap"])
    span = of.look_back_ms // of.step_ms + 2
    return Recent(of.step_ms, int(span), of.join_ms, speed_limits(), float(floors.min()) / 1000)


@dataclass(slots=True)
class Memory:
    """One sweeper's memory. Not safe to share between threads without a lock."""

    ports: Ports
    recent: Recent = field(default_factory=_recent)
    gaps: GapWatch = field(default_factory=GapWatch)
    encounters: EncounterWatch = field(default_factory=EncounterWatch)
    loiterers: LoiterWatch = field(default_factory=LoiterWatch)
    arrival: int = 0
    value: int = 0
    event: int = 0
    """The newest numbers of arrivals, values of identities and zone events that were read."""
    names: dict[int, str] = field(default_factory=dict)

    def begin(self, conn: Connection, now_ms: int) -> Fixes:
        """Start from the tracks of the last hours: the fixes of all that moves, with their classes."""
        self.recent, self.gaps = _recent(), GapWatch()
        self.encounters, self.loiterers, self.names = EncounterWatch(), LoiterWatch(), {}
        self.recent.move_to(now_ms)
        self.arrival = sweeping.newest(conn)
        fixes = tracks.window(conn, now_ms - rules().look_back_ms, now_ms)
        return replace(fixes, cls=sweeping.classes(conn, fixes.key))

    def news(self, conn: Connection, now_ms: int) -> Fixes:
        """What came in since the last sweep."""
        self.recent.move_to(now_ms)
        fixes, self.arrival = sweeping.arrivals(conn, self.arrival)
        return fixes

    def take(self, conn: Connection, fixes: Fixes, now_ms: int) -> Steps:
        """Take fixes in; contacts of which some came late are read anew. The steps of all of them."""
        steps, late = self.recent.absorb(fixes)
        if len(late) > _ANEW:
            whole = self.begin(conn, now_ms)
            return self.recent.absorb(whole)[0]
        if len(late):
            self.recent.forget(late)
            anew = Fixes.concat([self._whole(conn, int(key), now_ms) for key in late])
            again, _ = self.recent.absorb(anew)
            steps = _both(steps, again)
        return steps

    def _whole(self, conn: Connection, key: int, now_ms: int) -> Fixes:
        fixes, _ = tracks.read(conn, key, now_ms - rules().look_back_ms, now_ms)
        return replace(fixes, cls=sweeping.classes(conn, fixes.key))

    def scene(self, conn: Connection, now_ms: int) -> Scene:
        """The moment, for the rules; only while the connection is open."""

        def name_of(key: int) -> str:
            if key not in self.names:
                self.names[key] = sweeping.names(conn, [key]).get(key, "")
            return self.names[key]

        return Scene(self.recent, now_ms, rules(), self.ports, name_of)

    def recall(self, standing: Sequence[Finding]) -> None:
        """Know of the encounters that stand in the record."""
        met = {one.keys: one.last_ms // self.recent.step_ms for one in standing if one.rule == encounter.ID}
        self.encounters.known |= {
            keys: max(at, self.encounters.known.get(keys, -1)) for keys, at in met.items()
        }

    def judged(self, scene: Scene, steps: Steps, fixes: Fixes) -> list[Finding]:
        """What the rules see that need only tracks."""
        touched, self.recent.touched = self.recent.touched, set()
        return [
            *self.gaps.find(scene, steps),
            *jump.find(scene, steps),
            *self.encounters.find(scene, touched),
            *self.loiterers.find(scene, touched),
            *beacon.find(scene, fixes),
        ]


def _both(one: Steps, other: Steps) -> Steps:
    """Steps of different contacts in one."""
    columns = {name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in one.__slots__}
    order = np.lexsort((columns["to_ms"], columns["row"]))
    return type(one)(**{name: column[order] for name, column in columns.items()})
