"""However the program is ended, the terminal is given back and the record is closed."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
_PROGRAM = f"""
import sys
sys.path[:0] = [{str(_HERE)!r}, {str(_HERE.parents[1])!r}]
import fakes
from pathlib import Path
desk = fakes.FakeDesk(50)
close = desk.close
def closed():
    close()
    Path(sys.argv[1]).write_text("closed")
desk.close = closed
app = fakes.app(desk)
app.run()
sys.exit(app.return_code)
"""


def _until(end: int, marker: bytes, seconds: float = 30.0) -> bytes:
    seen, stop = b"", time.monotonic() + seconds
    while marker not in seen and time.monotonic() < stop:
        if select.select([end], [], [], 0.1)[0]:
            try:
                seen += os.read(end, 65536)
            except OSError:
                break
    return seen


def _ended(pid: int, seconds: float = 20.0) -> int:
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    raise AssertionError("the program does not end")


def _start(marker: Path) -> tuple[int, int]:
    command = [sys.executable, "-W", "ignore", "-c", _PROGRAM, str(marker)]
    pid, end = pty.fork()
    if pid == 0:
        os.execve(sys.executable, command, os.environ | {"TERM": "xterm-256color"})
    return pid, end


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["term", "hup"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_signal_ends_the_program_as_quitting_does(tmp_path, number):
    pid, end = _start(tmp_path / "marker")
    try:
        seen = _until(end, b"50 contacts")
        assert b"50 contacts" in seen
        os.kill(pid, number)
        left = _until(end, b"\x1b[?1049l")
        assert b"\x1b[?1049l" in left, "the terminal keeps the alternate screen"
        assert _ended(pid) == 128 + number
    finally:
        os.close(end)
    assert (tmp_path / "marker").read_text() == "closed"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_ctrl_l_draws_the_whole_screen_anew_wherever_the_keys_go(tmp_path):
    pid, end = _start(tmp_path / "marker")
    try:
        assert b"50 contacts" in _until(end, b"50 contacts")
        for keys, shown in ((b"", b"PALOMA"), (b"?", b"scroll"), (b"\x1b", b"PALOMA"), (b"/", b"flag:VE")):
            os.write(end, keys)
            _until(end, shown, 5.0 if keys else 0.5)
            os.write(end, b"\x0c")
            cleared, mark, anew = _until(end, b"\x1b[2J").partition(b"\x1b[2J")
            assert mark, cleared
            if b"50 contacts" not in anew:
                anew += _until(end, b"50 contacts")
            assert b"50 contacts" in anew, "the top bar is drawn again, though nothing in it has changed"
            assert shown in anew + _until(end, shown, 5.0)
        os.kill(pid, signal.SIGTERM)
        _until(end, b"\x1b[?1049l")
        _ended(pid)
    finally:
        os.close(end)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_line_that_is_lost_ends_the_program(tmp_path):
    pid, end = _start(tmp_path / "marker")
    assert b"50 contacts" in _until(end, b"50 contacts")
    os.close(end)
    assert _ended(pid) == 128 + signal.SIGHUP
    assert (tmp_path / "marker").read_text() == "closed"
