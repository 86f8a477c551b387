"""The bits of AIS messages in columns: one field of thousands of payloads at a time (ITU-R M.1371-5)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Field = tuple[int, int, bool]
"""First bit, width, signed."""

_HEADER: dict[str, Field] = {"mmsi": (8, 30, False)}
_CLASS_A: dict[str, Field] = _HEADER | {
    "status": (38, 4, False), "sog": (50, 10, False), "accuracy": (60, 1, False), "lon": (61, 28, True),
    "lat": (89, 27, True), "cog": (116, 12, False), "heading": (128, 9, False), "second": (137, 6, False),
}  # fmt: skip
_STATION: dict[str, Field] = _HEADER | {
    "second": (72, 6, False), "accuracy": (78, 1, False), "lon": (79, 28, True), "lat": (107, 27, True),
}  # fmt: skip
_AIRCRAFT: dict[str, Field] = _HEADER | {
    "altitude": (38, 12, False), "sog": (50, 10, False), "accuracy": (60, 1, False), "lon": (61, 28, True),
    "lat": (89, 27, True), "cog": (116, 12, False), "second": (128, 6, False),
}  # fmt: skip
_CLASS_B: dict[str, Field] = _HEADER | {
    "sog": (46, 10, False), "accuracy": (56, 1, False), "lon": (57, 28, True), "lat": (85, 27, True),
    "cog": (112, 12, False), "heading": (124, 9, False), "second": (133, 6, False),
}  # fmt: skip
_AID: dict[str, Field] = _HEADER | {
    "accuracy": (163, 1, False), "lon": (164, 28, True), "lat": (192, 27, True), "second": (253, 6, False),
}  # fmt: skip
_LONG_RANGE: dict[str, Field] = _HEADER | {
    "accuracy": (38, 1, False), "status": (40, 4, False), "lon": (44, 18, True), "lat": (62, 17, True),
    "sog": (79, 6, False), "cog": (85, 9, False),
}  # fmt: skip

LAYOUTS: dict[int, dict[str, Field]] = {
    1: _CLASS_A, 2: _CLASS_A, 3: _CLASS_A, 4: _STATION, 9: _AIRCRAFT, 11: _STATION, 18: _CLASS_B,
    19: _CLASS_B, 21: _AID, 27: _LONG_RANGE,
}  # fmt: skip
"""Where the fields of each position-carrying message type stand."""

LENGTHS: dict[int, tuple[int, int]] = {
    1: (168, 168), 2: (168, 168), 3: (168, 168), 4: (168, 168), 5: (420, 450), 6: (88, 1064), 7: (72, 174),
    8: (56, 1064), 9: (168, 168), 10: (72, 78), 11: (168, 168), 12: (72, 1064), 13: (72, 174),
    14: (40, 1064), 15: (88, 168), 16: (92, 168), 17: (80, 816), 18: (168, 168), 19: (312, 312),
    20: (70, 192), 21: (272, 366), 22: (168, 168), 23: (160, 168), 24: (160, 200), 25: (40, 168),
    26: (60, 1064), 27: (96, 168),
}  # fmt: skip
"""Bits a message of each type may have; a cut payload would decode to another place.

Where the standard is exact (1-4, 9, 11, 18, 19) so is this; elsewhere padding seen on the air is let through.
"""

VALUE = np.zeros(256, np.int64)
"""What an armoured character stands for; 0 for a byte that is none."""
LEGAL = np.zeros(256, np.bool_)
"""Bytes that an armoured payload may hold."""
for _code in (*range(48, 88), *range(96, 120)):
    LEGAL[_code] = True
    VALUE[_code] = _code - 48 if _code < 88 else _code - 56


_KIND: list[int] = VALUE.tolist()


def message_type(payload: bytes) -> int:
    """The message type of an armoured payload of at least one character, 0..63."""
    return _KIND[payload[0]]


def sextets(payloads: Sequence[bytes], bits: int) -> NDArray[np.int64]:
    """Six-bit values of the first ``bits`` bits of each payload, one column a payload, zero beyond its end.

    Row-major by character, so that reading one field of all payloads runs through adjacent memory.
    """
    width = -(-bits // 6)
    table = np.array(payloads, dtype=f"S{width}").view(np.uint8).reshape(len(payloads), width)
    return np.ascontiguousarray(VALUE[table].T)


def unsigned(words: NDArray[np.int64], start: int, width: int) -> NDArray[np.int64]:
    """The unsigned field of ``width`` bits (at most 57) that begins at bit ``start``, of every payload."""
    first, last = start // 6, (start + width - 1) // 6
    value = words[first]
    for row in range(first + 1, last + 1):
        value = (value << 6) | words[row]
    found: NDArray[np.int64] = (value >> (6 * (last + 1) - start - width)) & ((1 << width) - 1)
    return found


def signed(words: NDArray[np.int64], start: int, width: int) -> NDArray[np.int64]:
    """The two's complement field of ``width`` bits that begins at bit ``start``, of every payload."""
    value = unsigned(words, start, width)
    found: NDArray[np.int64] = value - ((value >> (width - 1)) << width)
    return found


def decode(kind: int, payloads: Sequence[bytes]) -> dict[str, NDArray[np.int64]]:
    """The raw integers of every field of position message type ``kind``, in wire units with sentinels."""
    layout = LAYOUTS[kind]
    words = sextets(payloads, max(start + width for start, width, _ in layout.values()))
    return {
        name: (signed if is_signed else unsigned)(words, start, width)
        for name, (start, width, is_signed) in layout.items()
    }
