"""Time and memory that deriving the world's zones takes.

Run: python tests/benchmarks/bench_zone_derive.py MARITIME.tgz WORLD_ATLAS.tgz; without the two archives, or with
--quick, the made-up world of the tests is derived.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "geo"))

from zone_world import TABLE, sources

from maoc_tui.geo import derive, zonefile

_KIB_PER_GB = 1e9 / 1024


def main() -> None:
    """Derive, and print what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("archives", nargs="*", type=Path)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    start = time.perf_counter()
    if given.quick or len(given.archives) != 2:
        print("the archives are not given: a made-up world")
        data = derive.build(sources(), TABLE)
    else:
        data = derive.derive(
            *given.archives, lambda text: print(f"{time.perf_counter() - start:6.0f} s  {text}")
        )
    spent, worked = time.perf_counter() - start, time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_GB
    with tempfile.TemporaryDirectory() as folder:
        size = zonefile.write(Path(folder) / "zones.bin", data)
    print(
        f"{spent:.1f} s ({worked:.1f} s of processor), peak memory {peak:.2f} GB; {len(data.areas)} areas,",
        end=" ",
    )
    print(f"{len(data.lines)} lines, {len(data.lines.points):,} points, {size:,} bytes")


if __name__ == "__main__":
    main()
