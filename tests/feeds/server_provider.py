"""What stands behind the handlers: the traffic, the clock, what was asked, and each service's documents."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server_records import fishing
from server_traffic import Traffic


@dataclass
class Provider:
    """The state behind the handlers: traffic, clock, what was asked, what is scripted to go wrong."""

    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    traffic: Traffic = field(default_factory=lambda: Traffic(ships=20, aircraft=8))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers (lower case) of every request, oldest first."""
    scripted: list[int] = field(default_factory=list)
    """HTTP statuses to answer the next requests with, whatever is asked."""
    names_fail: bool = False
    """Digitraffic's static data end in a fault."""
    mute: bool = False
    """Every question is taken and none is answered; the connection stays open."""
    credits: int = 400
    aishub_last_ms: int | None = None
    aishub_refused: int = 0
    aircraft_file: Path | None = None
    """Where the receiver writes aircraft.json; made anew and renamed into place on each request."""
    lock: threading.Lock = field(default_factory=threading.Lock)


def digitraffic_locations(p: Provider, _query: dict[str, list[str]]) -> dict[str, Any]:
    """The whole picture; ships without metadata and fishing vessels are never in it."""
    now = p.now_ms()
    rows = [ship.digitraffic(now) for ship in p.traffic.ships_at(now) if not fishing(ship)]
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now / 1000))
    return {"type": "FeatureCollection", "dataUpdatedTime": stamp, "features": rows}


def digitraffic_vessels(p: Provider, _query: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The static data of the same ships."""
    now = p.now_ms()
    return [ship.metadata(now) for ship in p.traffic.ships_at(now) if not fishing(ship)]


def v2_point(p: Provider, parts: list[str]) -> dict[str, Any]:
    """Aircraft around a point; ``now`` in milliseconds."""
    now = p.now_ms()
    float(parts[-3]), float(parts[-2]), float(parts[-1])
    rows = [plane.v2(now) for plane in p.traffic.aircraft_at(now)]
    return {"ac": rows, "msg": "No error", "now": now, "total": len(rows), "ctime": now, "ptime": 0}


def readsb_file(p: Provider) -> dict[str, Any]:
    """A receiver's snapshot; ``now`` in seconds with a fraction."""
    now = p.now_ms()
    rows = [plane.v2(now) for plane in p.traffic.aircraft_at(now)]
    return {"now": now / 1000, "messages": 12345, "aircraft": rows}


def opensky_states(p: Provider, _query: dict[str, list[str]]) -> dict[str, Any]:
    """State arrays; null instead of an empty list."""
    now = p.now_ms()
    rows = [plane.opensky(now) for plane in p.traffic.aircraft_at(now)]
    return {"time": now // 1000, "states": rows or None}
