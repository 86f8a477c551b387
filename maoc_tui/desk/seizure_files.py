"""Photos and papers of a chain of custody: the record keeps name, size and hash, never the file."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileMark:
    """What the record keeps of a file."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal: FIPS 180-4."""


def mark_of(path: str) -> FileMark:
    """Name, size and SHA-256 of a file; BadInput when there is no such ordinary file or it cannot be read."""
    file = Path(path.strip()).expanduser()
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise BadInput(
                f"{printable(path, 80)} is no ordinary file.", "Give the path of the photo or paper."
            )
        digest, size = hashlib.sha256(), 0
        with file.open("rb") as opened:
            while part := opened.read(_CHUNK):
                digest.update(part)
                size += len(part)
    except (OSError, ValueError, RuntimeError):
        raise BadInput(
            f"{printable(path, 80)} cannot be read.", "Check the path and who may read it."
        ) from None
    return FileMark(printable(file.name, 200), size, digest.hexdigest())
