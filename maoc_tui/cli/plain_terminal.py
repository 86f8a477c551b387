"""A terminal used as paper: lines go out, lines come in, nothing is ever drawn over.

Screen readers and braille displays follow such a terminal by themselves. No cursor is addressed and no box, block or
braille picture is sent, whoever writes: what commands print goes through the same filter.
"""

from __future__ import annotations

import io
import os
import re
import select
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

LOOK_EVERY_S = 1.0
_DRAWN = re.compile("[\u2500-\u259f\u2800-\u28ff]+")
"""Boxes, blocks, braille."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDE_GAP = re.compile(r"(?<=\S) {3,}")
"""What only aligns columns: a reader would speak or show every blank of it."""


def spoken(text: str) -> str:
    """Text as lines that can be read aloud: pictures and controls left out, gaps of columns made short."""
    lines = []
    for line in text.split("\n"):
        bare = _CONTROLS.sub("", _DRAWN.sub("", line.expandtabs()))
        if bare.strip() or not line.strip():
            lines.append(_WIDE_GAP.sub("  ", bare).rstrip(" ") if bare.strip() else "")
    return "\n".join(lines)


class Out(io.TextIOBase):
    """Standard output while the program is plain; whole lines are filtered, a question without an end too."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self.open_line = False
        """Something stands in the last line without its end."""

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def write(self, text: str) -> int:
        kept = spoken(text)
        if text.endswith(" ") and not kept.endswith(" "):
            kept += " "
        self._stream.write(kept)
        if text:
            self.open_line = not text.endswith("\n")
        return len(text)

    def ring(self) -> None:
        """The one control that goes out."""
        self._stream.write("\a")
        self._stream.flush()

    def flush(self) -> None:
        self._stream.flush()


class Ended(Exception):
    """Nobody types any more: the line was lost, or Ctrl+D was struck."""


class Left(SystemExit):
    """The program was told from outside to end, whatever it was doing; a command that ends itself is another thing."""


class Terminal:
    """Lines in and out; between two lines typed something may be said every second."""

    def __init__(self, fd: int | None = None) -> None:
        self._fd = sys.stdin.fileno() if fd is None else fd
        self._rest = b""
        self.out = Out(sys.stdout)  # type: ignore[arg-type]
        self.touched = time.monotonic()
        """When a line was typed last."""

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Everything that is printed goes through the filter."""
        before = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self.out  # type: ignore[assignment]
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before

    def say(self, text: str) -> None:
        """A line, after whatever question stands open."""
        self.out.write("\n" * self.out.open_line + text + "\n")
        self.out.flush()

    def ring(self) -> None:
        """The terminal's bell."""
        self.out.ring()

    def ask(self, question: str, each_second: Callable[[], object] = lambda: None) -> str:
        """The next line typed; Ended when none will come. ``each_second`` may say something meanwhile."""
        self._put(question)
        while b"\n" not in self._rest:
            if select.select([self._fd], [], [], LOOK_EVERY_S)[0]:
                read = os.read(self._fd, 4096)
                if not read:
                    raise Ended
                self._rest += read
            else:
                each_second()
                if not self.out.open_line:
                    self._put(question)
        line, _, self._rest = self._rest.partition(b"\n")
        self.out.open_line = False  # the terminal has shown the end of the line typed
        self.touched = time.monotonic()
        return line.decode("utf-8", "replace").strip()

    def _put(self, question: str) -> None:
        self.out.write(question + " ")
        self.out.flush()

    def ask_unseen(self, question: str, each_second: Callable[[], object] = lambda: None) -> str:
        """A passphrase: as ``ask``, and the terminal does not show it."""
        try:
            before = termios.tcgetattr(self._fd)
        except termios.error:  # a pipe shows nothing anyway
            return self.ask(question, each_second)
        unseen = termios.tcgetattr(self._fd)
        unseen[3] &= ~termios.ECHO
        try:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, unseen)
            return self.ask(question, each_second)
        finally:
            with suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSADRAIN, before)
            self.out.write("\n")
