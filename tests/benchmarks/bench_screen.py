"""What the screen costs: first frame against a hello-world Textual program, keys, ticks, idling, memory.

Run: python tests/benchmarks/bench_screen.py [--quick]. Times are CPU times, which other work on the machine disturbs
least; each figure is printed beside its budget. Fails only where a ratio, the bytes or the memory are far beyond it.
"""

from __future__ import annotations

import asyncio
import os
import pty
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from textual.drivers.headless_driver import HeadlessDriver

if TYPE_CHECKING:
    from maoc_tui.desk.snapshots import Picture
    from maoc_tui.ui.moment import Subject

_TESTS = Path(__file__).resolve().parent.parent
_ROOT = _TESTS.parent
_CACHE = tempfile.mkdtemp(prefix="bench-pyc-")
"""Compiled modules of both programs, written by a first run that is not counted."""
_HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("HELLO")
Hello().run(mouse=False)
"""
_OURS = """
import sys
sys.path.insert(0, {ui!r})
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.viewer import WATCH
from maoc_tui.settings import Settings
from maoc_tui.app import MaocApp
clock = ScenarioClock(1_670_987_261_000, 1.0)
def opener(said):
    raise SystemExit
class Lazy:
    desk, viewer = None, WATCH
    def __getattr__(self, name):
        if Lazy.desk is None:
            import fakes
            Lazy.desk = fakes.FakeDesk({count}, clock=clock)
        return getattr(Lazy.desk, name)
MaocApp(opener, clock, Settings(), "BENCH", desk=Lazy()).run()
"""
CONTACTS = 10_000
FAR = 1.5
"""Times its budget from which a figure is a failure, not noise."""
QUICK = "--quick" in sys.argv


def _start(code: str) -> tuple[int, int]:
    """A program in its own terminal of 160x48; process id and the terminal's other end."""
    pid, end = pty.fork()
    if pid == 0:
        home = tempfile.mkdtemp()
        env = os.environ | {
            "PYTHONPATH": str(_ROOT), "TERM": "xterm-256color", "COLUMNS": "160", "LINES": "48",
            "MAOC_CONFIG": home, "MAOC_DATA": home, "OPENBLAS_NUM_THREADS": "1", "PYTHONPYCACHEPREFIX": _CACHE,
        }  # fmt: skip
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execve(sys.executable, [sys.executable, "-c", code], env)
    return pid, end


def _until(end: int, marker: bytes, seconds: float = 60.0) -> bytes:
    """Everything the program writes up to a text."""
    seen, stop = b"", time.monotonic() + seconds
    while marker not in seen and time.monotonic() < stop:
        if select.select([end], [], [], 0.1)[0]:
            try:
                seen += os.read(end, 65536)
            except OSError:
                break
    assert marker in seen, "the program never showed its frame"
    return seen


def _drain(end: int, seconds: float) -> int:
    total, stop = 0, time.monotonic() + seconds
    while (left := stop - time.monotonic()) > 0:
        if select.select([end], [], [], left)[0]:
            total += len(os.read(end, 65536))
    return total


def _stop(pid: int, end: int) -> None:
    os.close(end)
    psutil.Process(pid).kill()
    os.waitpid(pid, 0)


_CLOCK = """
import os, time
from textual.drivers.linux_driver import LinuxDriver
def write(self, data, write=LinuxDriver.write):
    write(self, data)
    if {marker!r} in data:
        os.write(2, b"<%.6f CPU>" % time.process_time())
        os._exit(0)
LinuxDriver.write = write
"""
"""Ends a program when it has written a text, and says how much CPU time it has used."""


def _cpu_until(code: str, marker: str) -> float:
    """CPU seconds a program takes until it has written a text."""
    pid, end = _start(_CLOCK.format(marker=marker) + code)
    seen = _until(end, b"CPU>")
    os.close(end)
    os.waitpid(pid, 0)
    return float(seen.partition(b" CPU>")[0].rpartition(b"<")[2])


def first_frame(rounds: int = 5 if QUICK else 11) -> tuple[float, float, float]:
    """Least CPU seconds to the first frame of a hello-world program, of ours, and to ours with contacts."""
    ours = _OURS.format(ui=str(_TESTS / "ui"), count=CONTACTS)
    cases = ((_HELLO, "HELLO"), (ours, "opening the record"), (ours, "10,000 contacts"))
    took: list[list[float]] = [[], [], []]
    for turn in range(rounds + 1):
        for case, (code, marker) in zip(took, cases, strict=True):
            spent = _cpu_until(code, marker)
            if turn:
                case.append(spent)
    return min(took[0]), min(took[1]), min(took[2])


def standing(seconds: float = 4.0 if QUICK else 10.0) -> tuple[float, float, float]:
    """CPU share of the idle program, bytes written a second, resident megabytes, with 10,000 contacts."""
    pid, end = _start(_OURS.format(ui=str(_TESTS / "ui"), count=CONTACTS))
    _until(end, b"10,000")
    _drain(end, 6.0)
    process = psutil.Process(pid)
    before = sum(process.cpu_times()[:2])
    written = _drain(end, seconds)
    used = sum(process.cpu_times()[:2]) - before
    memory = process.memory_info().rss / 1e6
    _stop(pid, end)
    return used / seconds, written / seconds, memory


class CountingDriver(HeadlessDriver):
    """Takes what a terminal would get, and counts it."""

    sent = 0

    @property
    def is_headless(self) -> bool:
        """Bytes are made as for a real terminal."""
        return False

    def write(self, data: str) -> None:
        """Count."""
        CountingDriver.sent += len(data.encode())


async def _spent(act: Callable[[], object], wait: float) -> tuple[float, int]:
    """CPU milliseconds and bytes of an act until all that follows from it is painted."""
    start, before = time.process_time(), CountingDriver.sent
    act()
    await asyncio.sleep(wait)
    return (time.process_time() - start) * 1000, CountingDriver.sent - before


def _heard_last(subject: Callable[..., Subject]) -> Callable[..., Subject]:
    """Subjects whose track ends with the contact's last fix, as it does in a record."""

    def read(shown: Picture, key: int, *interval: int) -> Subject:
        found = subject(shown, key, *interval)
        late = int(shown.time[shown.row(key)]) - int(found.track.time[-1])
        return replace(found, track=replace(found.track, time=found.track.time + late))

    return read


async def _in_process() -> tuple[float, float, float]:
    """CPU milliseconds from a key to its frame and of a live tick of 500 contacts, and the tick's kilobytes."""
    sys.path[:0] = [str(_ROOT), str(_TESTS / "ui")]
    import fakes
    import numpy as np
    from textual.events import Key

    desk = fakes.FakeDesk(CONTACTS)
    desk.subject = _heard_last(desk.subject)
    app = fakes.app(desk)
    app.driver_class = CountingDriver
    running = asyncio.create_task(app.run_async(size=(160, 48), headless=False))
    await asyncio.sleep(2 if QUICK else 5)
    rounds = 20 if QUICK else 60
    keys = [await _spent(lambda: app.post_message(Key("j", "j")), 0.05) for _ in range(rounds)]
    await asyncio.sleep(0.5)
    ticks, random = [], np.random.default_rng(3)
    for number in range(2, rounds + 2):
        moved = desk.now_picture.lat.copy()
        moved[random.integers(0, CONTACTS, 500)] += 0.01
        desk.now_picture = replace(desk.now_picture, lat=moved, generation=number)
        ticks.append(await _spent(app.look_now, 0.08))
    app.exit()
    await running
    cpu = (statistics.median(spent for spent, _ in case) for case in (keys, ticks))
    return (*cpu, statistics.median(sent for _, sent in ticks) / 1000)


def main() -> int:
    """Print every figure beside its budget; 1 where one that does not depend on the machine is far beyond it."""
    home = tempfile.mkdtemp()
    os.environ |= {"MAOC_CONFIG": home, "MAOC_DATA": home, "COLORTERM": "truecolor", "TERM": "xterm-256color"}
    hello, frame, data = first_frame()
    share, written, memory = standing()
    key, tick, sent = asyncio.run(_in_process())
    print(f"hello-world first frame        {hello * 1000:7.0f} ms   CPU")
    print(
        f"first frame                    {frame / hello:7.2f} x    (budget 1.5 x), {frame * 1000:.0f} ms CPU"
    )
    print(f"10,000 contacts on the screen  {data / hello:7.2f} x    (budget 3.5 x), {data * 1000:.0f} ms CPU")
    print(f"idle                           {share * 100:7.2f} %    CPU (budget 1 %), {written:.0f} bytes/s")
    print(f"memory, 10,000 contacts        {memory:7.0f} MB   (budget 150 MB)")
    print(f"key to painted frame           {key:7.1f} ms   CPU (budget 15 ms)")
    print(f"live tick, 500 of 10,000       {tick:7.1f} ms   CPU (budget 12 ms), {sent:.1f} kB (budget 15 kB)")
    parts = {"first frame": frame / hello / 1.5, "contacts": data / hello / 3.5, "memory": memory / 150}
    far = [name for name, part in (parts | {"bytes of a tick": sent / 15}).items() if part > FAR]
    if far:
        print(f"far beyond the budget: {', '.join(far)}")
    return int(bool(far))


if __name__ == "__main__":
    sys.exit(main())
