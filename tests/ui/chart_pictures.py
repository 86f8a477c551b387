"""Pictures for chart tests: seeded random contacts, or a few placed by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from maoc_tui.desk.snapshots import Picture, ZoneLabel
from maoc_tui.domain.contacts import ContactClass, Space, contact_key

AT = 1_700_000_000_000
IBERIA = (32.0, 46.0, -22.0, 2.0)


def picture(
    lat: Any, lon: Any, *, generation: int = 1, zones: tuple[ZoneLabel, ...] = (), **columns: Any
) -> Picture:
    """Ships at these positions; any other column may be given."""
    n = len(lat)
    values: dict[str, Any] = {
        "key": [contact_key(Space.AIS, 263_000_000 + i) for i in range(n)],
        "cls": ContactClass.SHIP_A, "time": AT, "sog": 12.0, "cog": 90.0, "heading": np.nan,
        "altitude": np.nan, "error_m": 10.0, "status": 0, "doubt": 0, "zone": -1, "ship_type": 70, "imo": 0,
        "length_m": 100.0, "flag": "PT", "name": [f"VESSEL {i:04d}" for i in range(n)], "call_sign": "",
        "registration": "", "model": "", "destination": "", "target": "",
    }  # fmt: skip
    values.update(columns)
    kinds = {
        "key": np.int64, "cls": np.uint8, "time": np.int64, "status": np.uint8, "doubt": np.uint16,
        "zone": np.int32, "ship_type": np.int16, "imo": np.int32, "flag": object, "name": object,
        "call_sign": object, "registration": object, "model": object, "destination": object, "target": object,
    }  # fmt: skip
    arrays = {}
    for name, value in values.items():
        array = np.empty(n, kinds.get(name, np.float32))
        array[:] = value
        arrays[name] = array
    place = {"lat": np.asarray(lat, np.float64), "lon": np.asarray(lon, np.float64)}
    return Picture(generation=generation, at=AT, zones=zones, zone_dataset="", **place, **arrays)


def crowd(
    n: int,
    seed: int = 1,
    box: tuple[float, ...] = IBERIA,
    drift: float = 0.0,
    moving: int | None = None,
    **columns: Any,
) -> Picture:
    """``n`` ships spread over a box (south, north, west, east); ``drift`` moves ``moving`` or all by degrees."""
    random = np.random.default_rng(seed)
    moved = drift * (np.arange(n) < (n if moving is None else moving))
    lat = random.uniform(box[0], box[1], n) + moved
    lon = random.uniform(box[2], box[3], n) + moved
    cog = random.uniform(0, 360, n)
    return picture(lat, lon, **{"cog": cog, **columns})
