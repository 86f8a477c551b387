"""What the screen costs: first frame against a hello-world Textual program, keys, ticks, idling, memory.

Run: python tests/benchmarks/bench_screen.py [--quick]
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
from pathlib import Path

import psutil

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
from maoc_tui.settings import Settings
from maoc_tui.app import MaocApp
clock = ScenarioClock(1_670_987_261_000, 1.0)
def opener(said):
    raise SystemExit
class Lazy:
    desk = None
    def __getattr__(self, name):
        if Lazy.desk is None:
            import fakes
            Lazy.desk = fakes.FakeDesk({count}, clock=clock)
        return getattr(Lazy.desk, name)
MaocApp(opener, clock, Settings(), "BENCH", desk=Lazy()).run()
"""
CONTACTS = 10_000
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


def _until(end: int, marker: bytes, seconds: float = 30.0) -> bytes:
    """Everything the program writes up to a text."""
    seen, stop = b"", time.monotonic() + seconds
    while marker not in seen and time.monotonic() < stop:
        if select.select([end], [], [], 0.1)[0]:
            seen += os.read(end, 65536)
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


def _seconds_until(code: str, marker: bytes) -> float:
    start = time.monotonic()
    pid, end = _start(code)
    seen = _until(end, marker)
    took = time.monotonic() - start
    _stop(pid, end)
    assert marker in seen, "the program never showed its frame"
    return took


def first_frame(rounds: int = 3 if QUICK else 7) -> tuple[float, float, float]:
    """Median seconds to the first frame of a hello-world program, of ours, and to ours with contacts."""
    ours = _OURS.format(ui=str(_TESTS / "ui"), count=CONTACTS)
    hello, frame, data = [], [], []
    _seconds_until(_HELLO, b"HELLO")
    _seconds_until(ours, b"10,000")
    for _ in range(rounds):
        hello.append(_seconds_until(_HELLO, b"HELLO"))
        frame.append(_seconds_until(ours, b"opening the record"))
        data.append(_seconds_until(ours, b"10,000"))
    return statistics.median(hello), statistics.median(frame), statistics.median(data)


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


async def _in_process() -> tuple[float, float]:
    """CPU milliseconds from a key to its painted frame, and of a live tick of 500 changed contacts."""
    sys.path[:0] = [str(_ROOT), str(_TESTS / "ui")]
    import fakes
    import numpy as np
    from textual.events import Key

    desk = fakes.FakeDesk(CONTACTS)
    app = fakes.app(desk)
    async with app.run_test(size=(160, 48)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        start = time.process_time()
        for _ in range(100):
            app.post_message(Key("j", "j"))
            await asyncio.sleep(0.03)
        key = (time.process_time() - start) / 100
        ticks, random = [], np.random.default_rng(3)
        for number in range(2, 12):
            from dataclasses import replace

            moved = desk.now_picture.lat.copy()
            moved[random.integers(0, CONTACTS, 500)] += 0.01
            desk.now_picture = replace(desk.now_picture, lat=moved, generation=number)
            start = time.process_time()
            app.look_now()
            await app.workers.wait_for_complete()
            await pilot.pause()
            ticks.append(time.process_time() - start)
    return key * 1000, statistics.median(ticks) * 1000


def main() -> None:
    """Print every figure beside its budget."""
    home = tempfile.mkdtemp()
    os.environ |= {"MAOC_CONFIG": home, "MAOC_DATA": home}
    hello, frame, data = first_frame()
    print(f"hello-world first frame        {hello * 1000:7.0f} ms")
    print(f"first frame                    {frame * 1000:7.0f} ms   {frame / hello:5.2f} x  (budget 1.5 x)")
    print(f"10,000 contacts on the screen  {data * 1000:7.0f} ms   {data / hello:5.2f} x  (budget 3.5 x)")
    share, written, memory = standing()
    print(f"idle                           {share * 100:7.2f} %    CPU (budget 1 %), {written:.0f} bytes/s")
    print(f"memory, 10,000 contacts        {memory:7.0f} MB   (budget 150 MB)")
    key, tick = asyncio.run(_in_process())
    print(f"key to painted frame           {key:7.1f} ms   CPU (budget 15 ms)")
    print(f"live tick, 500 of 10,000       {tick:7.1f} ms   CPU (budget 12 ms)")


if __name__ == "__main__":
    main()
