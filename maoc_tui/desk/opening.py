"""Opening what is to be read: a file, a pipe, standard input or a gzip file, always as a stream that can go back."""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from maoc_tui.problems import BadInput

STDIN = Path("-")
_GZIP = b"\x1f\x8b"
_MOST_BYTES = 64 << 30
_MOST_TIMES = 500
"""A gzip file that grows more than this is no traffic: logs shrink five to twenty times."""
_STEP = 1 << 20


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked; raises BadInput when they cannot be read. ``-`` is standard input."""
    try:
        with _raw(path) as stream:
            if stream.read(2) != _GZIP:
                stream.seek(0)
                yield stream
                return
            stream.seek(0)
            with tempfile.TemporaryFile() as whole:
                _unpack(stream, whole)
                yield whole
    except OSError as error:
        reason = error.strerror or "the stream broke off"
        raise BadInput(f"It cannot be read ({reason}).", "Check the name and the rights.") from None


@contextmanager
def _raw(path: Path) -> Iterator[BinaryIO]:
    if path == STDIN:
        with _kept(sys.stdin.buffer) as stream:
            yield stream
        return
    with path.open("rb") as stream:
        if stream.seekable():
            yield stream
        else:
            with _kept(stream) as kept:
                yield kept


@contextmanager
def _kept(stream: BinaryIO) -> Iterator[BinaryIO]:
    """All of a stream that cannot go back, in a private temporary file."""
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(stream, whole, _STEP)
        whole.seek(0)
        yield whole


def _unpack(packed: BinaryIO, whole: BinaryIO) -> None:
    size = packed.seek(0, 2)
    packed.seek(0)
    limit = min(_MOST_BYTES, max(size * _MOST_TIMES, _STEP))
    try:
        with gzip.GzipFile(fileobj=packed) as stream:
            while chunk := stream.read(_STEP):
                whole.write(chunk)
                if whole.tell() > limit:
                    raise BadInput("Unpacked it is beyond all measure.", "Unpack it yourself and look at it.")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadInput(
            "The gzip file is damaged or cut off.", "Check that the transfer was complete."
        ) from None
    whole.seek(0)
