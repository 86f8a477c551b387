"""How long one sweep of 50,000 live contacts takes, against one pass of the same rules written the slow way.

Six hours of tracks of 50,000 vessels are held; then a minute's fixes of a part of them come in and the rules are asked,
as it is done every twenty seconds. Some lie in port, some sail lanes, some drift in company, some fell silent. Times
are of the processor, the least of some runs (budget 0.3 s). The slow way is the tests' oracle on a twentieth of the
fleet, as it compares everybody with everybody.
Run: python tests/benchmarks/bench_alerts.py [--quick]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "geo"))

from behaviour_oracle import Oracle

from maoc_tui.desk.alert_rules import rules
from maoc_tui.desk.storing import speed_limits
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.reports import Fixes
from maoc_tui.geo.behaviour import gap, jump
from maoc_tui.geo.behaviour.beacon import BeaconWatch
from maoc_tui.geo.behaviour.encounter import EncounterWatch
from maoc_tui.geo.behaviour.gap import GapWatch
from maoc_tui.geo.behaviour.loitering import LoiterWatch
from maoc_tui.geo.behaviour.recent import Recent
from maoc_tui.geo.behaviour.scene import Scene
from maoc_tui.geo.ports import Ports

NOW = 1_670_987_400_000
MINUTE = 60_000
BUDGET_S = 0.3


class Fleet:
    """Vessels that report every five minutes."""

    def __init__(self, count: int, seed: int = 5) -> None:
        rng = np.random.default_rng(seed)
        ports = Ports.load()
        self.key = np.array([contact_key(Space.AIS, 200_000_000 + 7 * n) for n in range(count)])
        kind = rng.random(count)
        home = rng.integers(len(ports.lat), size=count)
        spread = np.where(kind < 0.45, 0.03, np.where(kind < 0.6, 0.4, 12.0))
        self.lat = np.clip(ports.lat[home] + rng.normal(0, 1, count) * spread, -75, 75)
        self.lon = (ports.lon[home] + rng.normal(0, 1, count) * spread + 180) % 360 - 180
        self.knots = np.where(kind < 0.45, 0.05, np.where(kind < 0.6, 0.8, 12.0))
        self.course = rng.uniform(0, 2 * np.pi, count)
        self.phase = rng.integers(0, 5, count)
        self.silent_from = np.where(
            rng.random(count) < 0.02, NOW - rng.integers(0, 240, count) * MINUTE, NOW * 2
        )

    def fixes(self, minute: int) -> Fixes:
        """Who reports in a minute, counted from six hours before now."""
        at = NOW + (minute - 360) * MINUTE
        some = np.flatnonzero((self.phase == minute % 5) & (at < self.silent_from))
        hop = self.knots[some] * (minute - 360) / 3600
        lat = np.clip(self.lat[some] + hop * np.cos(self.course[some]), -80, 80)
        lon = self.lon[some] + hop * np.sin(self.course[some]) / np.cos(np.radians(lat))
        return Fixes.build(key=self.key[some], time=np.full(len(some), at), lat=lat, lon=(lon + 180) % 360 - 180,
                           cls=int(ContactClass.SHIP_A))  # fmt: skip


def held() -> Recent:
    """A memory as the sweep keeps it."""
    of = rules()
    floor = float(gap.floors_ms(of["ais_gap"]).min()) / 1000
    return Recent(of.step_ms, int(of.look_back_ms // of.step_ms + 2), of.join_ms, speed_limits(), floor)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    runs = 5 if parser.parse_args().quick else 20
    fleet, recent, ports = Fleet(50_000), held(), Ports.load()
    watches = GapWatch(), EncounterWatch(), LoiterWatch()
    recent.move_to(NOW)
    begin = process_time()
    found = swept(recent, watches, ports, Fixes.concat([fleet.fixes(minute) for minute in range(361)]), NOW)
    first = process_time() - begin
    times = []
    for minute in range(361, 361 + runs):
        fixes, now = fleet.fixes(minute), NOW + (minute - 360) * MINUTE
        begin = process_time()
        recent.move_to(now)
        found = swept(recent, watches, ports, fixes, now)
        times.append(process_time() - begin)
    few = Fleet(2_500)
    whole = Fixes.concat([few.fixes(minute) for minute in range(361)])
    begin = process_time()
    oracle = Oracle(whole, rules(), speed_limits(), ports, NOW, 0)
    oracle.jumps(), oracle.encounters(), oracle.gaps()
    slow = process_time() - begin
    took = float(np.median(times))
    print(f"sweep of {len(recent.key):,} contacts   {took * 1000:8.0f} ms   budget {BUDGET_S * 1000:.0f} ms, "
          f"worst {max(times) * 1000:.0f} ms, {found} findings")  # fmt: skip
    print(f"first sweep, six hours       {first:8.2f} s")
    print(f"a twentieth, the slow way    {slow:8.2f} s    {slow * 20 / took:6.0f} times a sweep")


def swept(
    recent: Recent,
    watches: tuple[GapWatch, EncounterWatch, LoiterWatch],
    ports: Ports,
    fixes: Fixes,
    now: int,
) -> int:
    """One sweep of the rules that need only tracks; how many findings."""
    gaps, encounters, loiterers = watches
    steps, _ = recent.absorb(fixes)
    scene = Scene(recent, now, rules(), ports, lambda _: "")
    touched, recent.touched = recent.touched, set()
    found = [*gaps.find(scene, steps), *jump.find(scene, steps), *encounters.find(scene, touched)]
    return len([*found, *loiterers.find(scene, touched), *BeaconWatch().find(scene, fixes, ())])


if __name__ == "__main__":
    main()
