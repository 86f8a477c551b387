"""The chain of the journal: how an entry becomes bytes, bytes a hash, and where a chain first breaks.

An entry is written unambiguously: the count of its fields, then type and length of each, then their bytes;
no two different entries, and no two ways to divide one, give the same bytes. The hash of an entry is SHA-256
over a fixed prefix, the hash before it and those bytes, so that a change anywhere shows in every later hash.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from maoc_tui.problems import BadInput

GENESIS = bytes(32)
"""What the first entry follows."""

_DOMAIN = b"maoc-journal-1\0"
_SHORT = re.compile(r"\s*(\d+)\s*[·:,/ ]\s*([0-9a-fA-F][0-9a-fA-F-]*)\s*")
_TYPES: Mapping[type, int] = dict(
    zip((int, str, bytearray, bytes, float, type(None)), b"ittbfn", strict=True)
)
"""Text may come as a bytearray: what cannot be decoded must be found too, not stop the search."""

_tag = _TYPES.__getitem__


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain first breaks."""

    seq: int
    """The entry, or where it should be."""
    why: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a witness outside wrote down of the journal: an entry's number and the start of its hash."""

    seq: int
    prefix: str
    """At least 8 hexadecimal digits, lower case."""


def short(seq: int, digest: bytes) -> str:
    """How an entry of the chain is printed for witnesses: ``18204 · 7f3a-91c2``."""
    return f"{seq} · {digest[:2].hex()}-{digest[2:4].hex()}"


def parse_short(text: str) -> Anchor:
    """Read a short form back, or the number and a longer part of the hash; raises BadInput."""
    found = _SHORT.fullmatch(text)
    prefix = found[2].replace("-", "").lower() if found else ""
    if not found or not 8 <= len(prefix) <= 64 or len(found[1]) > 15:
        raise BadInput(
            f"{text[:60]!r} is no short form of the journal.", "Give it as printed: 18204 · 7f3a-91c2."
        )
    return Anchor(int(found[1]), prefix)


def encoded(fields: Sequence[Any]) -> bytes:
    """The unambiguous bytes of an entry's fields (int, str or UTF-8 bytearray, bytes, float, None)."""
    tags = bytes(map(_tag, map(type, fields)))
    bodies = [
        b"%d" % value if type(value) is int else value if type(value) is bytearray else _bytes(value)
        for value in fields
    ]
    head = _lengths(len(bodies)).pack(len(bodies), *map(len, bodies))
    return b"".join((head, tags, *bodies))


@lru_cache(maxsize=8)
def _lengths(count: int) -> struct.Struct:
    return struct.Struct(f">{count + 1}Q")


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    return b"" if value is None else repr(value).encode()


def link(before: bytes, fields: Sequence[Any]) -> bytes:
    """The hash of an entry that follows the entry with hash ``before``."""
    return sha256(_DOMAIN + before + encoded(fields)).digest()


class Walk:
    """A walk along the chain from its first entry; stops at the first break."""

    def __init__(self, wanted: Iterable[int] = ()) -> None:
        self.seen = 0
        """Entries that hold."""
        self.last = GENESIS
        self.hashes: dict[int, bytes] = {}
        """Hashes of the entries in ``wanted``."""
        self._wanted = frozenset(wanted)

    def along(self, rows: Iterable[tuple[Any, ...]]) -> Break | None:
        """Follow rows in order, each its number, its other fields and its hash; the first break."""
        for row in rows:
            expected = self.seen + 1
            if row[0] != expected:
                return Break(expected, f"entry {expected} is missing")
            if type(row[-1]) is not bytes or link(self.last, row[:-1]) != row[-1]:
                return Break(expected, f"entry {expected} is not what was written, or does not follow")
            self.seen, self.last = expected, row[-1]
            if expected in self._wanted:
                self.hashes[expected] = row[-1]
        return None

    def reaches(self, seq: int, prefix: str, what: str) -> Break | None:
        """None when entry ``seq`` was met and its hash begins with ``prefix``; else where it breaks."""
        if seq > self.seen or seq < 1:
            return Break(self.seen + 1, f"the journal ends before entry {seq}, which {what} names")
        if not self.hashes[seq].hex().startswith(prefix):
            return Break(seq, f"entry {seq} is not the one {what} names: the journal was written anew")
        return None
