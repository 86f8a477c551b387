"""Whole lines out of a byte stream, in blocks, however the stream is cut and however long a line is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 19


def blocks(stream: BinaryIO, longest: int, resume: bytes = b"") -> Iterator[bytes]:
    r"""Blocks of whole lines (ended by \n, \r\n or \r), each about half a megabyte at most.

    A line longer than ``longest`` bytes is cut there, so that memory never grows with the line: the rest of
    it is skipped, or, with ``resume``, goes on as a line of its own from the last ``resume`` in the piece.
    """
    read = getattr(stream, "read1", stream.read)
    rest, skipping = b"", False
    while chunk := read(CHUNK):
        data = rest + chunk
        if skipping:
            _, ended, data = data.partition(b"\n")
            skipping = not ended
        end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1
        if end:
            yield data[:end]
        rest = data[end:]
        while len(rest) > longest:
            found = rest.rfind(resume, 1, longest) if resume else -1
            cut = found if found > 0 else longest
            yield rest[:cut] + b"\n"
            skipping = not resume
            rest = b"" if skipping else rest[cut:]
    if rest and not skipping:
        yield rest
