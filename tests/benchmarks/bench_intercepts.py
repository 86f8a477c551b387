"""How fast fifty assets are set against two hundred targets, against one loop over geopy for every pair.

Three figures: the whole matrix through the desk with the record read (budget 1 s), one cell of it alone (budget 2 ms
beside what a start costs), and the geometry alone against the loop that people write first: the target moved on by
geopy, the distance taken by geopy, and the time corrected by the secant until it stands still. Times are of the
processor, the least of some runs, so that other work on the machine counts little.
Run: python tests/benchmarks/bench_intercepts.py [--quick]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from geopy.distance import geodesic

from maoc_tui.desk import assets, intercepts, targets
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.intercept_inputs import Chased, Pursuer, chased, columns, pursuers
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock, from_ms
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import WATCH
from maoc_tui.domain.what_if import WhatIf
from maoc_tui.domain.what_if import parse as parse_what_if
from maoc_tui.geo.intercept import meet

NOW = 1_670_987_261_000
RANDOM = random.Random(11)
KINDS = {
    "ship": (15, 25, "240h"),
    "aircraft": (180, 230, "9h"),
    "helicopter": (120, 140, "4h"),
    "drone": (80, 100, "18h"),
}
OWNERS = ("PT", "ES", "FR", "GB", "IE")


def made(folder: Path) -> Room:
    """A record with fifty assets and two hundred targets over the north-eastern Atlantic."""
    room = Room.open(folder / "bench.db", create=True, clock=ScenarioClock(NOW, 0.0))
    for number in range(50):
        kind = list(KINDS)[number % 4]
        cruise, most, endurance = KINDS[kind]
        base = format_position(RANDOM.uniform(28, 44), RANDOM.uniform(-24, -6))
        new = NewAsset(
            f"Asset {number}", kind, OWNERS[number % 5], "base", base, str(cruise), str(most), endurance,
            marking=parse("H2", "MAOC"),
        )  # fmt: skip
        ref = assets.add(room, WATCH, new).ref
        assets.report(room, WATCH, ref, availability="available", until="6h", ready="30m")
    for number in range(200):
        place = format_position(RANDOM.uniform(20, 45), RANDOM.uniform(-40, -10))
        at = format_dtg(from_ms(NOW - RANDOM.randrange(600) * 60_000))
        targets.add(
            room,
            WATCH,
            targets.NewTarget(f"sloop {number}", position=place, at=at, marking=parse("H2", "MAOC")),
        )
    return room


def least(function: Callable[[], object], runs: int) -> float:
    """Seconds of the processor, the least of some runs."""
    times = []
    for _ in range(runs):
        begin = process_time()
        function()
        times.append(process_time() - begin)
    return min(times)


def by_geopy(one: Pursuer, target: Chased) -> float:
    """Hours to contact by the secant on geopy's geodesic; nan where it does not settle within the time looked at."""
    start, speed = (one.lat, one.lon), one.asset.profile.max_kn
    begin = (target.lat, target.lon)

    def off(hours: float) -> float:
        there = geodesic(nautical=target.speed_kn * hours).destination(begin, target.course)
        return geodesic(start, there).nautical - speed * hours

    before, after = 0.0, geodesic(start, begin).nautical / speed
    was, now = off(before), off(after)
    for _ in range(30):
        if abs(now) < 1e-4 or now == was:
            break
        before, after, was = after, after - now * (after - before) / (now - was), now
        if not 0 <= after <= 96:
            return float("nan")
        now = off(after)
    return after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    runs = 3 if parser.parse_args().quick else 7
    with TemporaryDirectory() as folder:
        room = made(Path(folder))
        what_if = parse_what_if("11", "070")
        with room.db.reading(WATCH) as conn:
            of = pursuers(conn, (), NOW)
            against = chased(room, WATCH, conn, (), NOW, what_if)
        assert isinstance(what_if, WhatIf)
        assert (len(of), len(against)) == (50, 200)

        def whole() -> object:
            return intercepts.matrix(room, WATCH, target_speed="11", target_course="070")

        def cell() -> object:
            return intercepts.solve(room, WATCH, of[:1], against[:1], NOW, "rhumb", "max")

        whole(), cell()
        took, alone = least(whole, runs), least(cell, 10 * runs)
        geometry = least(lambda: _geometry(of, against), runs)
        sample = [(of[RANDOM.randrange(50)], against[RANDOM.randrange(200)]) for _ in range(20 * runs)]
        naive = least(lambda: [by_geopy(*pair) for pair in sample], 2) / len(sample) * 10_000
        room.close()
    print(f"matrix 50 x 200 with reading  {took:8.3f} s    budget 1 s")
    print(f"a cell within the matrix      {took / 10_000 * 1000:8.3f} ms   budget 2 ms")
    print(f"one cell asked alone          {alone * 1000:8.3f} ms")
    print(f"geometry of all cells         {geometry:8.3f} s")
    print(f"the same by a loop over geopy {naive:8.1f} s    {naive / geometry:6.0f} times the geometry, "
          f"{naive / took:6.0f} times the whole matrix")  # fmt: skip


def _geometry(of: list[Pursuer], against: list[Chased]) -> object:
    import numpy as np

    lat, lon = np.array([one.lat for one in of]), np.array([one.lon for one in of])
    speed = np.array([one.asset.profile.max_kn for one in of])
    return meet(lat[:, None], lon[:, None], speed[:, None], *columns(against), within_h=96.0)


if __name__ == "__main__":
    main()
