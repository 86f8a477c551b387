"""What happens in the demo after the watch has begun: a ship falls silent, two meet, one jumps, one takes a new name.

Members of the fleet are changed from an instant on; before it they are as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.feeds.scenario_fleet import Member
from maoc_tui.feeds.scenario_motion import HOUR_MS, Path


def happened(fleet: Sequence[Member], events: Sequence[Mapping[str, Any]], begins: int) -> tuple[Member, ...]:
    """The fleet with the events of scenario.toml; hours count from ``begins``. KeyError for an unknown ship."""
    found = {member.key: member for member in fleet}
    for event in events:
        since, until = (begins + int(hour * HOUR_MS) for hour in event["hours"])
        for n, mmsi in enumerate(event["ships"]):
            key = contact_key(Space.AIS, mmsi)
            found[key] = _changed(found[key], event, n, since, until)
    return tuple(found.values())


def _changed(member: Member, event: Mapping[str, Any], n: int, since: int, until: int) -> Member:
    if event["kind"] == "silent":
        return replace(member, silent=(*member.silent, (since, until)))
    if event["kind"] == "renamed":
        return replace(member, renamed=(since, event["name"]))
    if event["kind"] == "jump":
        return replace(member, path=_jumping(member.path, since, until, *event["by"]))
    return replace(
        member, path=_stopping(member.path, since, until, event["at"][0] + 0.001 * n, event["at"][1])
    )


def _place(path: Path, time: int) -> tuple[float, float]:
    return tuple(float(np.interp(time, path[:, 0], path[:, column])) for column in (1, 2))  # type: ignore[return-value]


def _jumping(path: Path, since: int, until: int, north: float, east: float) -> Path:
    """The same way, told from another place between two instants."""
    inner = path[(path[:, 0] > since) & (path[:, 0] < until)] + [0, north, east]
    ends = [_place(path, at) for at in (since, until)]
    there = [(since + 1000, ends[0][0] + north, ends[0][1] + east), *inner,
             (until - 1000, ends[1][0] + north, ends[1][1] + east)]  # fmt: skip
    before, after = path[path[:, 0] < since], path[path[:, 0] > until]
    return np.array([*before, (since, *ends[0]), *there, (until, *ends[1]), *after], float)


def _stopping(path: Path, since: int, until: int, lat: float, lon: float) -> Path:
    """On its way until an instant, then to a place where it stays from another on."""
    before = path[path[:, 0] < since]
    return np.array(
        [*before, (since, *_place(path, since)), (until, lat, lon), (path[-1, 0] + 1, lat, lon)], float
    )
