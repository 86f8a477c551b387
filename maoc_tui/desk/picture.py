"""The live picture: the last fix of every contact with its zone, flag and target, and what hangs on it.

``load`` reads only what changed since the picture it is given, so that a screen may ask several times a
second. Zones are looked up as the picture is built: they always speak of the dataset that is active now.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.room import Room
from maoc_tui.desk.snapshots import (
    NOT_COVERED,
    FeedState,
    IdentityValue,
    Picture,
    Track,
    ZoneEvent,
    ZoneLabel,
)
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.desk.zone_hand_shapes import label
from maoc_tui.domain import ageing
from maoc_tui.domain.viewer import Viewer
from maoc_tui.geo import geodesy
from maoc_tui.geo.zonemodel import HAND
from maoc_tui.store import contacts, events, tracks

if TYPE_CHECKING:
    from maoc_tui.geo.zones import ZoneLine

_MADE_HERE = (
    *("generation", "changed", "at", "zones", "zone_dataset", "zone_stamp"),
    *("zone", "other", "flag", "target"),
)
_BY_ROW = tuple(f.name for f in fields(Picture) if f.name not in _MADE_HERE)


def load(room: Room, viewer: Viewer, previous: Picture | None = None) -> Picture:
    """The picture now; ``previous`` itself when nothing in it has changed."""
    after = previous.changed if previous is not None else 0
    with room.db.reading(viewer) as conn:
        rows = contacts.load(conn, after)
    zones, linked = waters(room, viewer), _links(room, viewer)
    columns = _columns(room, zones, rows, previous)
    target = _target_column(columns["key"], linked)
    relinked = previous is None or not np.array_equal(target, previous.target)
    if previous is not None:
        if previous.zone_stamp != zones.stamp or (relinked and zones.any_about_one):
            columns |= _placed(zones, columns)
        elif not len(rows.key) and not relinked:
            return previous
    _answer_for_one(zones, columns, target)
    return Picture(
        generation=previous.generation + 1 if previous is not None else 1,
        changed=max(after, rows.changed),
        at=room.clock.now_ms(),
        target=target,
        zones=zone_labels(zones),
        zone_dataset=zone_dataset(zones),
        zone_stamp=zones.stamp,
        **columns,
    )


def _columns(room: Room, zones: Waters, rows: Any, previous: Picture | None) -> dict[str, NDArray[Any]]:
    """The columns of the record's own rows, those of the previous picture brought up to date."""
    if previous is not None and not len(rows.key):
        return {name: getattr(previous, name) for name in (*_BY_ROW, "flag", "zone", "other")}
    columns: dict[str, NDArray[Any]] = {name: getattr(rows, name) for name in _BY_ROW}
    columns["flag"] = room.reference.flags(rows.key)
    columns |= _placed(zones, columns)
    return _merged(previous, columns) if previous is not None else columns


def _placed(zones: Waters, columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The zone of each position, and another one that its circle of error touches."""
    lat, lon = columns["lat"], columns["lon"]
    if not len(lat):
        return {"zone": np.empty(0, np.int32), "other": np.empty(0, np.int32)}
    zone = np.where(np.isnan(lat), np.int32(NOT_COVERED), zones.locate(lat, lon))
    return {"zone": zone, "other": zones.others(lat, lon, columns["error_m"] / geodesy.NM)}


def _answer_for_one(zones: Waters, columns: dict[str, NDArray[Any]], target: NDArray[Any]) -> None:
    """Put what was entered by hand for single contacts and targets in place of what the position says."""
    if not zones.any_about_one:
        return
    for name in ("zone", "other"):
        columns[name] = columns[name].copy()
    refs = {one.target for one in zones.overrides if one.target}
    keys = [one.key for one in zones.overrides if one.key]
    for row in np.flatnonzero(np.isin(columns["key"], keys) | np.isin(target.astype(str), [*refs])).tolist():
        place = float(columns["lat"][row]), float(columns["lon"][row])
        one = zones.for_one(int(columns["key"][row]), str(target[row]), *place)
        if one is not None:
            columns["zone"][row], columns["other"][row] = zones.area_of(one), NOT_COVERED


def _links(room: Room, viewer: Viewer) -> dict[int, str]:
    from maoc_tui.desk.targets import links_now

    return links_now(room, viewer)


def _merged(previous: Picture, changed: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The previous rows with the changed ones in their place, ordered by key."""
    key = np.concatenate([previous.key, changed["key"]])
    order = np.argsort(key, kind="stable")
    newest = np.ones(len(order), bool)
    newest[:-1] = key[order][1:] != key[order][:-1]
    pick = order[newest]
    return {name: np.concatenate([getattr(previous, name), column])[pick] for name, column in changed.items()}


def _target_column(key: NDArray[np.int64], linked: dict[int, str]) -> NDArray[Any]:
    column = np.full(len(key), "", object)
    for contact, reference in linked.items():
        at = int(np.searchsorted(key, contact))
        if at < len(key) and key[at] == contact:
            column[at] = reference
    return column


def zone_labels(zones: Waters) -> tuple[ZoneLabel, ...]:
    """The areas in force as shown, by their id."""
    return tuple(
        ZoneLabel(a.kind, tuple(a.states), a.status, a.basis, label(a), a.name if a.basis == HAND else "")
        for a in zones.areas
    )


def zone_dataset(zones: Waters) -> str:
    """Name, edition and date of the active dataset."""
    dataset = zones.dataset
    return f"{dataset.name} {dataset.edition}, {dataset.date}"


def track(room: Room, viewer: Viewer, key: int, since_ms: int, until_ms: int) -> Track:
    """The fixes of one contact in an interval, in time order."""
    with room.db.reading(viewer) as conn:
        fixes, source = tracks.read(conn, key, since_ms, until_ms)
    names = [f.name for f in fields(Track) if f.name not in ("key", "source")]
    return Track(key=key, source=source, **{name: getattr(fixes, name) for name in names})


def zone_events(room: Room, viewer: Viewer, after_id: int = 0, limit: int = 200) -> tuple[ZoneEvent, ...]:
    """Zone entries and exits newer than ``after_id``, the newest ``limit`` of them, oldest first."""
    with room.db.reading(viewer) as conn:
        rows = events.read(conn, after_id, limit)
    return _shown_events(room, viewer, rows)


def zone_events_by_time(
    room: Room, viewer: Viewer, since_ms: int | None = None, limit: int | None = None
) -> tuple[ZoneEvent, ...]:
    """Zone entries and exits by the time of passage, the newest ``limit`` of them, oldest first."""
    with room.db.reading(viewer) as conn:
        rows = events.read_by_time(conn, since_ms, limit)
    return _shown_events(room, viewer, rows)


def _shown_events(room: Room, viewer: Viewer, rows: list[events.StoredEntry]) -> tuple[ZoneEvent, ...]:
    linked = _links(room, viewer)
    return tuple(
        ZoneEvent(
            r.id, r.key, r.name, r.at, r.lat, r.lon, r.left, r.entered, linked.get(r.key, ""), r.edition
        )
        for r in rows
    )


def identity(room: Room, viewer: Viewer, key: int) -> tuple[IdentityValue, ...]:
    """All that a contact ever said of itself: by attribute, the value heard last first."""
    with room.db.reading(viewer) as conn:
        lines = contacts.history(conn, key)
    return tuple(IdentityValue(h.attribute, h.value, h.raw, h.first_ms, h.last_ms, h.source) for h in lines)


def feeds(room: Room, viewer: Viewer) -> tuple[FeedState, ...]:
    """Every live source that was ever run, and how it does now (desk.feeds)."""
    from maoc_tui.desk.feeds import states

    return states(room, viewer)


def zone_outlines(zones: Waters) -> tuple[ZoneLine, ...]:
    """The lines of the active zone dataset, for the chart."""
    return (*zones.index.outlines(), *zones.edges())


@dataclass(frozen=True, slots=True)
class Estimates:
    """Where contacts should be now by dead reckoning, by row of the picture; NaN where not allowed."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    radius_nm: NDArray[np.float64]


def estimates(room: Room, picture: Picture, now_ms: int) -> Estimates:
    """Dead-reckoned present positions along the rhumb line of the last fix."""
    limits = room.reference.ageing
    allowed = ageing.may_reckon(
        picture.cls, picture.time, picture.sog, picture.cog, picture.status, now_ms, limits
    )
    seconds = np.where(allowed, (now_ms - picture.time) / 1000, 0.0)
    lat, lon = geodesy.dead_reckon(picture.lat, picture.lon, picture.cog, picture.sog, seconds)
    growth = ageing.growth_kn(picture.cls, picture.sog, limits)
    radius = geodesy.doubt_radius_nm(picture.error_m, seconds, growth)
    none = ~allowed
    return Estimates(*(np.where(none, np.nan, column) for column in (lat, lon, radius)))
