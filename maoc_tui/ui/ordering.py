"""The order of a list of contacts by any column; absent values stand last either way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import Picture

_TEXT = {
    "flag": "flag",
    "name": "name",
    "call": "call_sign",
    "destination": "destination",
}
_NUMBER = {"speed": "sog", "course": "cog", "length": "length_m", "altitude": "altitude"}


def ordered(picture: Picture, rows: NDArray[np.intp], column: str, descending: bool) -> NDArray[np.intp]:
    """``rows`` sorted by a column id; equal ones stay in the order of their keys.

    By "target" the contacts with a target come first, and of them and of the others the newest fix.
    """
    if len(rows) < 2:
        return rows
    if column == "target":
        newest_first = rows[np.argsort(_turned(-picture.time[rows], descending), kind="stable")]
        linked = picture.linked[newest_first]
        return np.concatenate([newest_first[linked], newest_first[~linked]])
    if column == "age":
        return rows[np.argsort(_turned(-picture.time[rows], descending), kind="stable")]
    if column in _NUMBER:
        return _absent_last(rows, getattr(picture, _NUMBER[column])[rows].astype(np.float64), descending)
    if column == "zone":
        return _by_text(rows, _zone_text(picture, rows), descending)
    if column == "type":
        kind = picture.ship_type[rows].astype(np.float64) + 1000.0 * picture.cls[rows]
        return rows[np.argsort(_turned(kind, descending), kind="stable")]
    if column in _TEXT:
        return _by_text(rows, getattr(picture, _TEXT[column])[rows], descending)
    return rows[::-1] if descending else rows


def _zone_text(picture: Picture, rows: NDArray[np.intp]) -> NDArray[np.object_]:
    names = np.array([*(zone.short for zone in picture.zones), ""], dtype=object)
    return names[picture.zone[rows]]


def _turned(values: NDArray[np.number], descending: bool) -> NDArray[np.number]:
    return -values if descending else values


def _absent_last(rows: NDArray[np.intp], values: NDArray[np.float64], descending: bool) -> NDArray[np.intp]:
    return rows[np.argsort(_turned(values, descending), kind="stable")]


def _by_text(rows: NDArray[np.intp], values: NDArray[np.object_], descending: bool) -> NDArray[np.intp]:
    present = values != ""
    _, rank = np.unique(values[present].astype(str), return_inverse=True)
    first = rows[present][np.argsort(_turned(rank, descending), kind="stable")]
    return np.concatenate([first, rows[~present]])
