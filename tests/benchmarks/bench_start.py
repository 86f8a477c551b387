"""How long the command line takes to answer, as a multiple of a bare ``python -c pass``.

Run: python tests/benchmarks/bench_start.py [--quick]. Fails only where a ratio is far beyond its goal.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

CASES = (
    ("maoc --help", ["-m", "maoc_tui", "--help"], 8),
    ("maoc zone, one answer", ["-m", "maoc_tui", "zone", "38 42.5N 009 40W"], 25),
)


def best(arguments: list[str], rounds: int) -> float:
    """Shortest wall-clock seconds of some runs."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env={**os.environ})
        took.append(time.perf_counter() - began)
    return min(took)


FAR = 1.5
"""Times its goal from which a ratio is a failure, not noise."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    rounds = 5 if parser.parse_args().quick else 15
    bare = best(["-c", "pass"], rounds)
    print(f"python -c pass: {bare * 1000:.0f} ms")
    far = False
    for name, arguments, goal in CASES:
        took = best(arguments, rounds)
        far |= took / bare > FAR * goal
        print(f"{name}: {took * 1000:.0f} ms, ratio {took / bare:.1f}x (goal {goal}x)")
    return int(far)


if __name__ == "__main__":
    sys.exit(main())
