"""What a sweep remembers from one time to the next: the recent tracks, and up to where the record was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from sqlalchemy import Connection

from maoc_tui.desk.alert_rules import rules
from maoc_tui.desk.storing import speed_limits
from maoc_tui.domain.alerts import Finding
from maoc_tui.domain.reports import Fixes
from maoc_tui.geo.behaviour import beacon, encounter, gap, loitering
from maoc_tui.geo.behaviour.beacon import BeaconWatch
from maoc_tui.geo.behaviour.encounter import EncounterWatch
from maoc_tui.geo.behaviour.gap import GapWatch
from maoc_tui.geo.behaviour.identity import Said
from maoc_tui.geo.behaviour.jump import JumpWatch
from maoc_tui.geo.behaviour.loitering import LoiterWatch
from maoc_tui.geo.behaviour.recent import Recent
from maoc_tui.geo.behaviour.scene import HOUR_MS, Scene
from maoc_tui.geo.behaviour.steps import Steps, joined
from maoc_tui.geo.ports import Ports
from maoc_tui.store import sweeping, tracks

_ANEW = 300
"""So many contacts with late fixes are read anew by themselves; of more, everything is."""


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
    jumps: JumpWatch = field(default_factory=JumpWatch)
    beacons: BeaconWatch = field(default_factory=BeaconWatch)
    began_ms: int = 0
    """When the tracks of the last hours were read: what was over by then is history."""
    arrival: int = 0
    """The newest number of an arrival that was read."""
    value: int | None = None
    """The newest number of a value of an identity that was read; None before the first time."""
    names: dict[int, str] = field(default_factory=dict)

    def begin(self, conn: Connection, now_ms: int) -> Fixes:
        """Start from the tracks of the last hours: the fixes of all that moves, with their classes."""
        self.recent, self.gaps = _recent(), GapWatch()
        self.encounters, self.loiterers, self.names = EncounterWatch(), LoiterWatch(), {}
        self.jumps, self.beacons = JumpWatch(), BeaconWatch()
        self.began_ms = self.began_ms or now_ms
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
            self.jumps.forget(self.recent.rows(late))
            anew = tracks.of_keys(conn, late.tolist(), now_ms - rules().look_back_ms, now_ms)
            again, _ = self.recent.absorb(replace(anew, cls=sweeping.classes(conn, anew.key)))
            steps = joined(steps, again)
        return steps

    def scene(self, conn: Connection, now_ms: int) -> Scene:
        """The moment, for the rules; only while the connection is open."""

        def name_of(key: int) -> str:
            if key not in self.names:
                self.names[key] = sweeping.names(conn, [key]).get(key, "")
            return self.names[key]

        return Scene(self.recent, now_ms, rules(), self.ports, name_of)

    def recall(self, standing: Sequence[Finding]) -> None:
        """Know of what stands in the record and may go on."""
        held = sorted((one for one in standing if not one.withdrawn), key=lambda one: one.last_ms)
        self.encounters.standing = {
            one.keys: (one.first_ms, one.last_ms) for one in held if one.rule == encounter.ID
        }
        self.loiterers.standing = {
            one.keys[0]: (one.first_ms, one.last_ms) for one in held if one.rule == loitering.ID
        }
        self.beacons.standing = {}
        for one in held:
            if one.rule == beacon.ID:
                self.beacons.recall(one)
        met = {one.keys: one.last_ms // self.recent.step_ms for one in standing if one.rule == encounter.ID}
        self.encounters.known |= {
            keys: max(at, self.encounters.known.get(keys, -1)) for keys, at in met.items()
        }

    def judged(self, conn: Connection, scene: Scene, steps: Steps, fixes: Fixes) -> list[Finding]:
        """What the rules see that need only tracks, and beacons without one."""
        touched, self.recent.touched = self.recent.touched, set()
        return [
            *self.gaps.find(scene, steps),
            *self.jumps.find(scene, steps),
            *self.encounters.find(scene, touched),
            *self.loiterers.find(scene, touched),
            *self.beacons.find(scene, fixes, _unplaced(conn, scene)),
        ]


def said_of(value: sweeping.Value) -> Said:
    """A value as the rules are given it."""
    return Said(**{f.name: getattr(value, f.name) for f in fields(Said)})


def _unplaced(conn: Connection, scene: Scene) -> list[Said]:
    """What beacons said lately without a position."""
    since = scene.now_ms - round(scene.rules[beacon.ID].of("within_h") * HOUR_MS)
    return [said_of(value) for value in sweeping.beacons(conn, since, scene.now_ms)]
