"""A watch of twelve hours replayed at speed through the real program: memory, threads, files, and every clock heard.

Run: python tests/benchmarks/bench_watch.py [--quick | --long] [--series] [--leak]. The demo's traffic is written and
shown while the watch clock is set forward: twelve hours in twenty seconds with --quick, in three minutes without, in
twenty with --long. Every screen is opened more than once in the first third, so that what is kept for later is there
before it is judged. Fails where the program's own memory (not the files it maps) grows by more than 5 % after that,
SQLite's page caches apart, which are bounded; where threads or open files are left behind; where the journal beside the
record outgrows 64 MB; where the screen falls behind; where a clock passed its half or its end and nothing was said.
With --leak something is kept for no reason at every step: then it must fail.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import itertools
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import psutil

_ROOT = Path(__file__).resolve().parents[2]
HOUR_MS = 3_600_000
WATCH_H = 12
SECONDS = 20 if "--quick" in sys.argv else 1200 if "--long" in sys.argv else 180
STEP_MS = WATCH_H * HOUR_MS // SECONDS
"""By so much the watch clock is set forward each second, however busy the machine is."""
WARM = SECONDS // 3
BEGIN, END = range(WARM, WARM + 5), range(SECONDS - 5, SECONDS)
"""The seconds at which memory is judged: the middle one of five, as screens come and go between them."""
GROWTH = 0.05
EVERYWHERE = ("2", "3", "4", "5", "6", "7", "8", "9", "0", "I", "1", "question_mark", "escape")
ON_WATCH = ("j", "k", "tab", "2", "1", "3", "1", "4", "1", "I", "1")
WAL_MB = 64
SQLITE_MB = 64
LATE_TICKS = 4
"""Steps after which a clock must have been heard; the replay and the screen share one core."""


@dataclass
class Watched:
    """What was seen of the program while the watch ran."""

    memory: list[float] = field(default_factory=list)
    """Megabytes of the process's own, without SQLite's."""
    sqlite: list[float] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    wal_mb: float = 0.0
    longest_s: float = 0.0
    """The longest time the screen answered to nothing."""
    heard: list[str] = field(default_factory=list)
    leak: list[bytes] = field(default_factory=list)
    """What is kept for no reason with --leak, the twin that must fail."""
    shown_h: float = 0.0
    """How much of the watch the screen has shown when it ends."""
    passed: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """Clock, half or end, and when: what should be heard of it."""


def _expect(seen: Watched, running: Any, begun: int, now: int) -> None:
    """Note which clocks have passed their half or their end, by the desk and not by the bell."""
    for one in running:
        name = " ".join(filter(None, (one.clock, one.ref, one.target)))
        moments = (("half", one.half_ms), ("end", one.due_ms))
        for what, at in moments:
            ended = what == "half" and one.due_ms is not None and now >= one.due_ms
            if at is not None and begun < at <= now and not ended and not one.team:
                seen.passed[(one.ref, what, at)] = name


def _missed(seen: Watched) -> list[str]:
    """What should have been heard and was not."""
    words = {"half": ("half of its time is gone", "chase"), "end": ("has run out",)}
    return [
        f"{what} of {name}"
        for (_, what, _), name in seen.passed.items()
        if not any(f"{name}: " in said and any(word in said for word in words[what]) for said in seen.heard)
    ]


async def _pulse(seen: Watched) -> None:
    """Notice when nothing is answered."""
    while True:
        begun = time.monotonic()
        await asyncio.sleep(0.1)
        seen.longest_s = max(seen.longest_s, time.monotonic() - begun - 0.1)


@lru_cache(maxsize=1)
def _sqlite() -> Any:
    """The library under the driver, which counts what it holds."""
    from sqlcipher3 import _sqlite3

    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_memory_used.restype = ctypes.c_int64
    return library


def _own_mb() -> float:
    """Memory of the process that is no file's, after what was freed and only kept for later use was given back."""
    ctypes.CDLL(None).malloc_trim(0)
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("RssAnon:")[2].split()[0]) * 1024 / 1e6


def _sample(seen: Watched, process: psutil.Process, record: Path, *, judged: bool) -> None:
    """What is held now; where it is judged, without what only waits to be collected."""
    if "--leak" in sys.argv:
        seen.leak.append(b"x" * 1_500_000)
    if judged:
        gc.collect()
    seen.sqlite.append(_sqlite().sqlite3_memory_used() / 1e6)
    seen.memory.append(_own_mb() - seen.sqlite[-1])
    seen.threads.append(process.num_threads())
    seen.files.append(process.num_fds())
    wal = record.with_name(record.name + "-wal")
    seen.wal_mb = max(seen.wal_mb, wal.stat().st_size / 1e6 if wal.exists() else 0.0)


async def _watch(folder: Path) -> Watched:
    from maoc_tui.app import MaocApp
    from maoc_tui.desk import clocks
    from maoc_tui.desk.demo import Demo
    from maoc_tui.domain.viewer import WATCH
    from maoc_tui.settings import Settings
    from maoc_tui.ui.clock_bell import ClockBell

    seen, process = Watched(), psutil.Process()
    demo = Demo(Settings(), rate=0.0)
    room = demo.make(folder / "demo.db")
    ready = process.cpu_times().user
    hear = ClockBell.hear

    def heard(bell: Any, *given: Any) -> tuple[str, ...]:
        seen.heard.extend(said := hear(bell, *given))
        return said

    ClockBell.hear = heard  # type: ignore[method-assign]
    app = MaocApp(lambda said: room, demo.clock, Settings())
    async with app.run_test(size=(160, 48)) as pilot:
        while app.moment is None:
            await pilot.pause(0.1)
        begun = demo.clock.now_ms()
        pulse = asyncio.create_task(_pulse(seen))
        demo.start(room)
        everywhere, on_watch = itertools.cycle(EVERYWHERE), itertools.cycle(ON_WATCH)
        many = 2 * len(EVERYWHERE) // WARM + 1
        for tick in range(SECONDS):
            demo.clock.set_to(begun + (tick + 1) * STEP_MS)
            running = await asyncio.to_thread(clocks.running, room, WATCH)
            _expect(seen, running, begun, demo.clock.now_ms() - LATE_TICKS * STEP_MS)
            first = tick < WARM - 1
            await pilot.press(*itertools.islice(everywhere if first else on_watch, many if first else 1))
            await asyncio.sleep(1.0)
            _sample(seen, process, folder / "demo.db", judged=tick in BEGIN or tick in END)
        pulse.cancel()
        demo.stop()
        seen.shown_h = (app.moment.at - begun) / HOUR_MS
        print(
            f"processor                      {process.cpu_times().user:7.0f} s     of it made ready in {ready:.0f} s"
        )
    return seen


def _print(seen: Watched, warm: int, grown: float, missed: int) -> None:
    """Every figure, after the first third and at the end."""
    if "--series" in sys.argv:
        print("memory by the second: " + " ".join(f"{one:.0f}" for one in seen.memory))
    before, after = (median(seen.memory[tick] for tick in part) for part in (BEGIN, END))
    print(f"twelve hours in                {SECONDS:7d} s")
    print(f"memory, after four hours       {before:7.0f} MB   then {after:.0f} MB")
    print(f"growth                         {grown * 100:7.1f} %    (bound {GROWTH * 100:.0f} %)")
    before, after = seen.sqlite[warm], seen.sqlite[-1]
    print(f"held by SQLite                 {before:7.1f} MB   then {after:.1f} MB (bound {SQLITE_MB} MB)")
    print(f"threads                        {seen.threads[warm]:7d}      then {seen.threads[-1]}")
    print(f"open files                     {seen.files[warm]:7d}      then {seen.files[-1]}")
    print(f"journal beside the record      {seen.wal_mb:7.1f} MB   (bound {WAL_MB} MB)")
    print(f"longest without an answer      {seen.longest_s:7.2f} s")
    print(f"of the watch shown at its end  {seen.shown_h:7.1f} h")
    print(f"clocks that passed             {len(seen.passed):7d}      {missed} not heard")


def main() -> int:
    """Print what was seen of the watch; 1 where something is not as it must be."""
    sys.path[:0] = [str(_ROOT)]
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"MAOC_CONFIG": home, "MAOC_DATA": home}
        seen = asyncio.run(_watch(Path(home)))
    begin, end = (median(seen.memory[tick] for tick in part) for part in (BEGIN, END))
    grown = end / begin - 1
    missed = _missed(seen)
    _print(seen, WARM, grown, len(missed))
    wrong = {
        "memory": grown > GROWTH,
        "page caches": seen.sqlite[-1] > SQLITE_MB,
        "threads": seen.threads[-1] > seen.threads[WARM] + 4,
        "files": seen.files[-1] > seen.files[WARM] + 8,
        "journal": seen.wal_mb > WAL_MB,
        "screen": seen.shown_h < WATCH_H - 2,
        "clocks": bool(missed) or not seen.passed,
    }
    for name in (name for name, bad in wrong.items() if bad):
        print(f"not as it must be: {name} {missed if name == 'clocks' else ''}")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
