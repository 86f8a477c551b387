"""Fixes packed into bytes: fixed-size records at the resolution of a report, so that parts simply join.

A record holds the time as milliseconds of its day; the contact and the day are the block's own.
"Not available" is a reserved number here and NaN outside. What is stored comes back exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.reports import Fixes

DAY_MS = 86_400_000

RECORD = np.dtype(
    [
        ("time", "<u4"), ("lat", "<i4"), ("lon", "<i4"), ("altitude", "<i4"), ("error_m", "<i4"), ("source", "<i4"),
        ("sog", "<u2"), ("cog", "<u2"), ("heading", "<u2"), ("doubt", "<u2"), ("status", "u1"),
    ]
)  # fmt: skip
"""33 bytes: ms of the day, 1e-7 degree, feet, metres, source id, 0.1 knot, 0.1 degree, flags, status."""

SCALE: dict[str, float] = {
    "lat": 1e7, "lon": 1e7, "sog": 10, "cog": 10, "heading": 10, "altitude": 1, "error_m": 1,
}  # fmt: skip
"""Stored units in one unit of domain.reports.Fixes."""

_CIRCLE = 3600
_MASK = 0xFFFFFFFF


def absent(name: str) -> int:
    """The stored number that means "not available" in a column of RECORD."""
    limits = np.iinfo(RECORD[name])
    return int(limits.min if limits.min < 0 else limits.max)


def stored(name: str, values: NDArray[Any]) -> NDArray[np.int64]:
    """A float column in stored units, rounded; what does not fit is held at the edge, NaN becomes ``absent``."""
    limits, missing = np.iinfo(RECORD[name]), ~np.isfinite(values)
    low = limits.min + 1 if limits.min < 0 else 0
    high = limits.max if limits.min < 0 else limits.max - 1
    with np.errstate(invalid="ignore"):
        whole = np.rint(np.asarray(values, np.float64) * SCALE[name])
    number = np.clip(np.where(missing, 0, whole), low, high).astype(np.int64)
    if name in ("cog", "heading"):
        number %= _CIRCLE
    number[missing] = absent(name)
    return number


def restored(name: str, numbers: NDArray[Any], dtype: Any) -> NDArray[Any]:
    """The float column of stored numbers; ``absent`` becomes NaN."""
    values = (numbers / SCALE[name]).astype(dtype)
    values[numbers == absent(name)] = np.nan
    return values


def places(lat: NDArray[np.int64], lon: NDArray[np.int64]) -> NDArray[np.int64]:
    """Stored latitudes and longitudes as one number each, to compare and sort by."""
    return (lat << 32) | (lon & _MASK)


def pack(fixes: Fixes, source_id: int) -> NDArray[np.void]:
    """One record per fix, in the order given."""
    records = np.empty(len(fixes), RECORD)
    records["time"] = fixes.time % DAY_MS
    records["source"] = source_id
    for name in SCALE:
        records[name] = stored(name, getattr(fixes, name))
    records["doubt"], records["status"] = fixes.doubt, fixes.status
    return records


def unpack(key: int, day: NDArray[np.int64], records: NDArray[np.void]) -> Fixes:
    """The fixes of records and the day of each; class and record number are not kept in a track."""
    kinds = {"lat": np.float64, "lon": np.float64}
    columns = {name: restored(name, records[name], kinds.get(name, np.float32)) for name in SCALE}
    time = day * DAY_MS + records["time"]
    lat, lon = columns.pop("lat"), columns.pop("lon")
    return Fixes.build(
        np.full(len(records), key, np.int64),
        time,
        lat,
        lon,
        status=records["status"],
        doubt=records["doubt"],
        **columns,
    )


def records_of(data: list[bytes]) -> NDArray[np.void]:
    """The records of several blocks, one after the other."""
    return np.frombuffer(b"".join(data), RECORD)


def record_places(records: NDArray[np.void]) -> NDArray[np.int64]:
    """The place number of each record (see ``places``)."""
    return places(records["lat"].astype(np.int64), records["lon"].astype(np.int64))
