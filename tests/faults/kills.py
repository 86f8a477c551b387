"""The real program on a pseudo-terminal, killed while an officer types: started as one, a copy of it for each kill.

Everything is loaded once; each copy opens the record and draws its own screen. Run with the folders of the program,
of tests, tests/desk, tests/ui and tests/faults in PYTHONPATH:  python kills.py RECORD KILLS [boast]
Prints, as JSON, the lines that the screen said were in the log.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import threading
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import operation_room
import target_room

from maoc_tui.desk import operation_log
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.settings import Settings
from maoc_tui.store.database import Database
from maoc_tui.ui import operations as _operations  # noqa: F401  loaded before the copies part

LONGEST_S = 60.0


def room_on(path: Path) -> Room:
    """The record as the program has it open."""
    room = Room(Database.open(path), ScenarioClock(target_room.NOW, 0.0), Settings())
    room._zones = target_room.Zones()  # type: ignore[assignment]
    return room


def program(path: Path) -> tuple[int, int]:
    """A copy of this process that is the program on a terminal of its own; process id and the other end."""
    pid, end = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        operation_room.program(room_on(path), count=5).run()
        os._exit(0)
    return pid, end


def until(end: int, marks: tuple[bytes, ...], seconds: float = LONGEST_S) -> bytes:
    """Everything the program writes up to one of some texts."""
    seen, stop = b"", time.monotonic() + seconds
    while not any(mark in seen for mark in marks):
        if time.monotonic() > stop:
            raise AssertionError((marks, seen[-1500:]))
        if select.select([end], [], [], 0.05)[0]:
            seen += os.read(end, 65536)
    return seen


def typed_until_killed(path: Path, number: int, random: Random) -> set[str]:
    """Type a line into one program, and another as it is killed; those that its screen said were in the log."""
    pid, end = program(path)
    said: set[str] = set()
    try:
        until(end, (b"5 contacts",))
        os.write(end, b"4")
        until(end, (b"Last in the log",))
        os.write(end, f"lkill {number}\r".encode())
        said |= _said(end)
        os.write(end, f"lkill {number} cut off\r".encode())
        time.sleep(random.random() * 0.1)
        said |= _left(end)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(end)
    return said


def _said(end: int) -> set[str]:
    """Read the screen until it says of a line that it is in the log."""
    seen, stop = b"", time.monotonic() + LONGEST_S
    while not (new := _lines(seen)):
        if time.monotonic() > stop:
            raise AssertionError(seen[-1500:])
        if select.select([end], [], [], 0.05)[0]:
            seen += os.read(end, 65536)
    return new


def _left(end: int) -> set[str]:
    """What the screen has said by now."""
    seen = b""
    while select.select([end], [], [], 0)[0]:
        seen += os.read(end, 65536)
    return _lines(seen)


def _lines(seen: bytes) -> set[str]:
    return {found.decode() for found in re.findall(rb"(OP-\d{4}/\d+) [^\x1b]{1,40}: in the log\.", seen)}


def boast() -> None:
    """The planted fault: a line is said to be in the log while it still waits to be written."""
    real = operation_log.log

    def log(room: Any, viewer: Any, ref: str, text: str, **more: Any) -> Any:
        last = operation_log.entries(room, viewer, ref)[-1]
        number = int(last.ref.rpartition("/")[2]) + 1
        threading.Timer(2.0, real, (room, viewer, ref, text), more).start()
        return replace(last, ref=f"{ref}/{number}", text=text)

    operation_log.log = log  # type: ignore[assignment]


def main() -> None:
    """Kill it so many times."""
    path, kills = Path(sys.argv[1]), int(sys.argv[2])
    if "boast" in sys.argv[3:]:
        boast()
    random = Random(kills)
    said = [sorted(typed_until_killed(path, number, random)) for number in range(kills)]
    print(json.dumps(said))


if __name__ == "__main__":
    main()
