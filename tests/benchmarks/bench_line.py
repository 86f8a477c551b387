"""What goes over the line: bytes a refresh of the real program on a terminal, and its use at 100 ms and 20 kB/s.

Run: python tests/benchmarks/bench_line.py [--quick]. The program runs on a pseudo-terminal with 10,000 contacts, of
which 500 move every second. The second part puts a relay between: every byte takes 100 ms each way, and no more than
20 kB come through in a second; what the program writes meanwhile waits, as much as it likes. Fails where a refresh
takes more than 15 kB, where a key is answered too late, where live traffic alone makes what waits grow, or where the
ships did not move at all: then nothing was measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

_TESTS = Path(__file__).resolve().parent.parent
_ROOT = _TESTS.parent
_PROGRAM = """
import sys
sys.path[:0] = [{root!r}, {ui!r}]
import time
from dataclasses import replace
import fakes
import numpy as np
from maoc_tui.domain.clock import ScenarioClock

class Moving(fakes.FakeDesk):
    changed, random = time.monotonic() + {still}, np.random.default_rng(3)
    def _picture(self, room, before):
        if (now := time.monotonic()) - self.changed >= 1.0:
            lat, shown = self.now_picture.lat.copy(), self.now_picture
            lat[self.random.integers(0, len(lat), {moving})] += 0.01
            self.now_picture = replace(shown, lat=lat, generation=shown.generation + 1)
            self.changed = now
            with open({moved!r}, "a") as moved:
                moved.write(".")
        return self.now_picture

fakes.app(Moving({contacts}, clock=ScenarioClock(fakes.NOW, 1.0))).run()
"""
CONTACTS, MOVING = 10_000, 500
BUDGET_KB = 15.0
DELAY_S, RATE = 0.1, 20_000
KEY_S = 3.0
"""A key must be answered within this, the answer a window that covers the screen."""
QUIET_S = 15.0
"""After a window is opened and closed the line must be free again within this."""
WAITING = 10_000
"""Bytes of live traffic alone that may wait: half a second of the line."""
QUICK = "--quick" in sys.argv


def start(columns: int, lines: int, still: float) -> tuple[int, int, Path]:
    """The program on a terminal of that size, its ships still at first; process id, the other end, a byte a move."""
    home = tempfile.mkdtemp()
    moved = Path(home) / "moved"
    moved.touch()
    code = _PROGRAM.format(
        root=str(_ROOT), ui=str(_TESTS / "ui"), contacts=CONTACTS, moving=MOVING, still=still,
        moved=str(moved),
    )  # fmt: skip
    pid, end = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        env = os.environ | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "MAOC_CONFIG": home,
            "MAOC_DATA": home,
        }
        os.execve(sys.executable, [sys.executable, "-W", "ignore", "-c", code], env)
    return pid, end, moved


def stop(pid: int, end: int) -> None:
    """End the program."""
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(end)


def read(end: int, seconds: float) -> list[tuple[float, int]]:
    """When the program wrote, and how many bytes."""
    got, until = [], time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([end], [], [], left)[0]:
            got.append((time.monotonic(), len(os.read(end, 65536))))
    return got


def refreshes(columns: int, lines: int, seconds: float) -> tuple[list[float], int]:
    """Kilobytes of each second, on a terminal of that size, and how often ships moved meanwhile."""
    pid, end, moved = start(columns, lines, 6.0)
    seen, until = b"", time.monotonic() + 60
    while b"10,000" not in seen and time.monotonic() < until:
        if select.select([end], [], [], 0.1)[0]:
            seen += os.read(end, 65536)
    assert b"10,000" in seen, "the program never showed its contacts"
    read(end, 10.0)  # till the ships move
    before = moved.stat().st_size
    got = read(end, seconds)
    often = moved.stat().st_size - before
    stop(pid, end)
    begun = got[0][0]
    by_second: dict[int, int] = {}
    for at, size in got:
        by_second[int(at - begun)] = by_second.get(int(at - begun), 0) + size
    return [by_second.get(second, 0) / 1000 for second in range(int(seconds) - 1)], often


@dataclass
class Line:
    """A slow line to a program: what is on its way, and what waits for its turn."""

    end: int
    waiting: deque[tuple[float, bytes]] = field(default_factory=deque)
    allowed: float = 0.0
    last: float = field(default_factory=time.monotonic)
    most: list[int] = field(default_factory=list)
    """How much waited, each time it was looked at."""

    def through(self, seconds: float) -> bytes:
        """Let bytes through for so long; those that have arrived."""
        got, until = b"", time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            if select.select([self.end], [], [], 0.01)[0]:
                self.waiting.append((now + DELAY_S, os.read(self.end, 65536)))
            self.allowed = min(self.allowed + (now - self.last) * RATE, RATE / 5)
            self.last = now
            while self.waiting and self.waiting[0][0] <= now and self.allowed >= 1:
                at, data = self.waiting.popleft()
                part, rest = data[: int(self.allowed)], data[int(self.allowed) :]
                self.allowed -= len(part)
                got += part
                if rest:
                    self.waiting.appendleft((at, rest))
            self.most.append(sum(len(data) for _, data in self.waiting))
        return got

    def answered(self, keys: bytes, shown: bytes) -> float:
        """Seconds from a key struck at this end of the line until a text has arrived here."""
        begun, seen = time.monotonic(), b""
        self.through(DELAY_S)
        os.write(self.end, keys)
        while shown not in seen:
            assert time.monotonic() - begun < 30, "no answer"
            seen += self.through(0.05)
        return time.monotonic() - begun

    def free(self) -> float:
        """Seconds until nothing has waited for half a second."""
        begun = time.monotonic()
        while time.monotonic() - begun < 2 * QUIET_S:
            self.most.clear()
            self.through(0.5)
            if max(self.most) < 2_000:
                break
        return time.monotonic() - begun - 0.5


def over_a_slow_line(columns: int, lines: int, rounds: int) -> tuple[list[float], list[float], list[int]]:
    """Seconds from a key to its answer while ships move, until the line is free again; what waits of traffic."""
    pid, end, _ = start(columns, lines, 0.0)
    line, seen = Line(end), b""
    while b"10,000" not in seen:
        seen += line.through(0.2)
    line.through(5.0)
    line.free()
    took, quiet = [], []
    for _ in range(rounds):
        took.append(line.answered(b"?", b"scroll"))
        line.free()
        os.write(end, b"\x1b")
        line.through(0.5)
        quiet.append(line.free())
    line.most.clear()
    line.through(6.0 if QUICK else 30.0)
    stop(pid, end)
    return took, quiet, line.most


def main() -> int:
    """Print every figure beside its bound; 1 where one is beyond it."""
    wrong = []
    for columns, lines in ((160, 48), (80, 24)):
        at = f"{columns}x{lines}"
        seconds = 6.0 if QUICK else 30.0
        sent, often = refreshes(columns, lines, seconds)
        middle, worst = statistics.median(sent), max(sent)
        print(
            f"a refresh, {at:<7}             {middle:7.1f} kB   (budget {BUDGET_KB:.0f} kB), worst {worst:.1f} kB"
        )
        wrong += [f"bytes at {at}"] if middle > BUDGET_KB else []
        wrong += [f"ships at {at}, which moved {often} times"] if often < seconds / 3 else []
        if QUICK and columns > 80:
            continue
        took, quiet, waited = over_a_slow_line(columns, lines, 3 if QUICK else 8)
        key, free, most = statistics.median(took), statistics.median(quiet), max(waited)
        print(
            f"slow line, key to answer       {key:7.2f} s    (bound {KEY_S:.0f} s), worst {max(took):.2f} s"
        )
        print(f"slow line, free after a window {free:7.2f} s    (bound {QUIET_S:.0f} s)")
        print(f"slow line, traffic that waits  {most / 1000:7.1f} kB   (bound {WAITING // 1000} kB)")
        wrong += [f"keys at {at}"] if key > KEY_S else []
        wrong += [f"windows at {at}"] if free > QUIET_S else []
        wrong += [f"backlog at {at}"] if most > WAITING else []
    if wrong:
        print(f"beyond the bound: {', '.join(wrong)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
