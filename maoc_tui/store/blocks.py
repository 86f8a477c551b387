"""Fixes packed into bytes: fixed-size records at the resolution of a report, so that parts simply join.

A record holds the time as milliseconds of its day; in a block, contact and day are the block's own.
"Not available" is a reserved number here and NaN outside. What is stored comes back exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.reports import Fixes
from maoc_tui.problems import BadInput

DAY_MS = 86_400_000

_FIELDS = [
    ("time", "<u4"), ("lat", "<i4"), ("lon", "<i4"), ("altitude", "<i4"), ("error_m", "<i4"),
    ("source", "<i4"), ("sog", "<u2"), ("cog", "<u2"), ("heading", "<u2"), ("doubt", "<u2"), ("status", "u1"),
]  # fmt: skip

RECORD = np.dtype(_FIELDS)
"""33 bytes: ms of the day, 1e-7 degree, feet, metres, source id, 0.1 knot, 0.1 degree, flags, status."""

LOOSE = np.dtype([("key", "<i8"), ("day", "<i4"), *_FIELDS])
"""A record that says itself whose it is and of which day (since 1970-01-01)."""

SCALE: dict[str, float] = {
    "lat": 1e7, "lon": 1e7, "sog": 10, "cog": 10, "heading": 10, "altitude": 1, "error_m": 1,
}  # fmt: skip
"""Stored units in one unit of domain.reports.Fixes."""

_CIRCLE = 3600


def absent(name: str) -> int:
    """The stored number that means "not available" in a column of RECORD."""
    limits = np.iinfo(RECORD[name])
    return int(limits.min if limits.min < 0 else limits.max)


def stored(name: str, values: NDArray[Any]) -> NDArray[np.int64]:
    """A float column in stored units, rounded and held within bounds; NaN becomes ``absent``."""
    limits, missing = np.iinfo(RECORD[name]), ~np.isfinite(values)
    low = limits.min + 1 if limits.min < 0 else 0
    high = limits.max if limits.min < 0 else limits.max - 1
    whole = np.rint(np.where(missing, 0, np.asarray(values, np.float64)) * SCALE[name])
    number = np.clip(whole, low, high).astype(np.int64)
    if name in ("cog", "heading"):
        number %= _CIRCLE
    number[missing] = absent(name)
    return number


def restored(name: str, numbers: NDArray[Any], dtype: Any) -> NDArray[Any]:
    """The float column of stored numbers; ``absent`` becomes NaN."""
    values = (numbers / SCALE[name]).astype(dtype)
    values[numbers == absent(name)] = np.nan
    return values


def pack(fixes: Fixes, source_id: int) -> NDArray[np.void]:
    """One LOOSE record per fix, in the order given; BadInput for a time nobody can mean."""
    records = np.empty(len(fixes), LOOSE)
    day, time = np.divmod(fixes.time, DAY_MS)
    if len(day) and not (-_DAY_ZERO <= day.min() <= day.max() < _DAY_ZERO):
        raise BadInput("A fix is stamped before the year 535 or after 3405.", "Leave that record out.")
    records["key"], records["day"], records["time"] = fixes.key, day, time
    records["source"] = source_id
    for name in SCALE:
        records[name] = stored(name, getattr(fixes, name))
    records["doubt"], records["status"] = fixes.doubt, fixes.status
    return records


def unpack(records: NDArray[np.void]) -> Fixes:
    """The fixes of LOOSE records; class and record number are not kept in a track and come back as 0."""
    kinds = {"lat": np.float64, "lon": np.float64}
    columns = {name: restored(name, records[name], kinds.get(name, np.float32)) for name in SCALE}
    columns |= {name: records[name] for name in ("key", "status", "doubt")}
    return Fixes.build(time=times(records), **columns)


def read(data: list[bytes], layout: np.dtype[np.void] = RECORD) -> NDArray[np.void]:
    """The records of several blocks, one after the other."""
    return np.frombuffer(b"".join(data), layout)


def loosen(records: NDArray[np.void], key: Any, day: Any) -> NDArray[np.void]:
    """RECORDs as LOOSE ones of the given contact and day (each one value or one per record)."""
    loose = np.empty(len(records), LOOSE)
    for name in RECORD.names or ():
        loose[name] = records[name]
    loose["key"], loose["day"] = key, day
    return loose


def tighten(records: NDArray[np.void]) -> NDArray[np.void]:
    """LOOSE records without contact and day."""
    whole = np.ascontiguousarray(records).view(np.uint8).reshape(-1, LOOSE.itemsize)
    return np.ascontiguousarray(whole[:, LOOSE.itemsize - RECORD.itemsize :]).view(RECORD).reshape(-1)


def pick(records: NDArray[np.void], index: NDArray[Any]) -> NDArray[np.void]:
    """``records[index]``, fifteen times as fast: moved whole instead of field by field."""
    picked: NDArray[np.void] = records.view(f"V{records.itemsize}")[index].view(records.dtype)
    return picked


def chain(parts: list[NDArray[np.void]]) -> NDArray[np.void]:
    """LOOSE records one after the other, moved whole."""
    return read([part.tobytes() for part in parts], LOOSE)


def times(records: NDArray[np.void]) -> NDArray[np.int64]:
    """Milliseconds since 1970-01-01T00:00Z of LOOSE records."""
    time: NDArray[np.int64] = records["day"].astype(np.int64) * DAY_MS + records["time"]
    return time


def places(records: NDArray[np.void]) -> NDArray[np.int64]:
    """Stored latitude and longitude as one number per record, to compare and sort by."""
    lat, lon = (records[name].astype(np.int64) for name in ("lat", "lon"))
    place: NDArray[np.int64] = (lat << 32) | (lon & 0xFFFFFFFF)
    return place


def slots(key: NDArray[np.int64], day: NDArray[Any]) -> NDArray[np.int64]:
    """Contact and day as one number that sorts by contact, then day."""
    slot: NDArray[np.int64] = (key << _DAY_BITS) + (day + _DAY_ZERO)
    return slot


def unslot(slot: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Contact and day of each slot."""
    return slot >> _DAY_BITS, (slot & ((1 << _DAY_BITS) - 1)) - _DAY_ZERO


_DAY_BITS = 20
_DAY_ZERO = 1 << (_DAY_BITS - 1)
"""Days count from the middle of their room, as some are before 1970."""
