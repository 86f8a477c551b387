"""Ships and aircraft that move along sensible tracks off Iberia, as each service would write them.

Every position is a function of the time alone: two requests at one time give one answer. A ship runs up and
down its route; legs are short enough that straight lines between the points stay at sea.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from server_records import Plane, Ship

Point = tuple[float, float]

ROUTES: tuple[tuple[Point, ...], ...] = (
    # Ushant, Finisterre scheme, west of the Berlengas, Cape Roca, Cape St Vincent, Gibraltar
    ((48.6, -6.2), (43.3, -10.1), (39.6, -10.2), (38.6, -10.0), (36.7, -9.3), (35.94, -6.3), (35.92, -5.75)),
    (
        (47.2, -7.6),
        (43.1, -10.4),
        (39.5, -10.4),
        (36.6, -9.6),
        (33.0, -11.6),
        (29.6, -14.6),
    ),  # to the Canaries
    ((38.5, -9.6), (37.9, -13.5), (37.6, -20.0), (37.5, -24.5)),  # Lisbon to the Azores
    ((38.4, -9.7), (35.8, -13.2), (32.9, -16.0)),  # Lisbon to Madeira
    ((10.0, -52.0), (20.0, -40.0), (30.0, -26.0), (36.2, -15.0), (36.6, -10.2)),  # from the Guianas
    ((14.0, -22.0), (21.0, -19.5), (27.0, -16.9), (33.0, -12.2), (36.4, -9.8)),  # from Cape Verde
    ((36.03, -5.1), (36.15, -4.0), (36.4, -2.4), (37.2, 0.2), (38.2, 3.0)),  # Alboran
    ((36.6, -8.4), (36.75, -7.8), (36.6, -7.1), (36.35, -6.7)),  # Gulf of Cadiz
    ((41.1, -9.3), (40.3, -9.5), (39.2, -10.0), (38.2, -9.5)),  # coastal, north Portugal
)
AIRWAYS: tuple[tuple[Point, ...], ...] = (
    ((43.5, -12.0), (38.7, -9.2), (36.0, -6.5)),
    ((32.7, -16.9), (38.7, -9.2), (41.2, -8.6)),
    ((28.0, -15.4), (33.0, -13.5), (38.0, -11.0), (42.0, -10.0)),
)
PATROL: tuple[Point, ...] = ((36.9, -10.0), (37.6, -12.5), (35.9, -13.5), (35.4, -10.5), (36.9, -10.0))
_KINDS = (
    (70, 189, 14.0),
    (80, 245, 12.5),
    (71, 330, 18.0),
    (60, 160, 20.0),
    (36, 14, 6.0),
    (30, 22, 8.0),
    (37, 18, 24.0),
)
_MIDS = (263, 255, 224, 226, 211, 232, 636, 538, 351, 244, 249, 203)
_NAMES = (
    "ALBATROZ",
    "BRISA DO TEJO",
    "CABO RASO",
    "DOURO STAR",
    "ESTRELA DO MAR",
    "FOZ",
    "GAIVOTA",
    "HORIZONTE",
    "ILHA NOVA",
    "JOANA B",
    "LEVANTE",
    "MARE ALTA",
    "NORTADA",
    "ONDA",
    "PRAIA LONGA",
    "QUATRO VENTOS",
)


def distance_nm(a: Point, b: Point) -> float:
    """Nautical miles by mid-latitude sailing: enough for legs of a few hundred miles."""
    mean = math.radians((a[0] + b[0]) / 2)
    return 60 * math.hypot(b[0] - a[0], (b[1] - a[1]) * math.cos(mean))


@lru_cache(maxsize=64)
def measured(route: tuple[Point, ...]) -> tuple[list[Point], list[float]]:
    """The route in short steps, and the miles run at each: degrees are not miles on a long leg."""
    points = [route[0]]
    for a, b in pairwise(route):
        steps = math.ceil(distance_nm(a, b) / 20)
        points += [
            (a[0] + (b[0] - a[0]) * n / steps, a[1] + (b[1] - a[1]) * n / steps) for n in range(1, steps + 1)
        ]
    miles = accumulate((distance_nm(a, b) for a, b in pairwise(points)), initial=0.0)
    return points, list(miles)


def along(route: tuple[Point, ...], nm: float) -> tuple[float, float, float]:
    """Latitude, longitude and course after ``nm`` miles up and down a route."""
    points, miles = measured(route)
    nm %= 2 * miles[-1]
    back = nm > miles[-1]
    run = 2 * miles[-1] - nm if back else nm
    leg = min(bisect_right(miles, run), len(points) - 1)
    a, b = points[leg - 1], points[leg]
    share = (run - miles[leg - 1]) / (miles[leg] - miles[leg - 1])
    lat, lon = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
    course = math.degrees(math.atan2((b[1] - a[1]) * math.cos(math.radians(lat)), b[0] - a[0]))
    return lat, lon, (course + (180 if back else 0)) % 360


class Traffic:
    """A fleet and its aircraft, the same for the same numbers and seed."""

    def __init__(self, ships: int, aircraft: int, seed: int = 7) -> None:
        chance = random.Random(seed)
        self._ships = [self._ship(chance, n) for n in range(ships)]
        self._planes = [self._plane(chance, n) for n in range(aircraft)]

    @staticmethod
    def _ship(chance: random.Random, n: int) -> dict[str, Any]:
        kind, length, knots = chance.choice(_KINDS)
        return {
            "mmsi": chance.choice(_MIDS) * 1_000_000 + 100_000 + n,
            "name": f"{_NAMES[n % len(_NAMES)]} {n + 1}",
            "kind": kind,
            "length": length,
            "knots": knots * chance.uniform(0.8, 1.15),
            "route": chance.choice(ROUTES),
            "start": chance.uniform(0, 8000),
            "every": chance.choice((6, 10, 30, 180)),
            "aside": chance.uniform(-0.05, 0.05),
        }

    @staticmethod
    def _plane(chance: random.Random, n: int) -> dict[str, Any]:
        patrol = n % 8 == 7
        return {
            "hex": f"{0x490000 + 37 * n:06x}",
            "flight": f"PTR{n:02d}" if patrol else f"TAP{100 + n}",
            "knots": 210.0 if patrol else chance.uniform(380, 460),
            "feet": 1500.0 if patrol else 33000 + 1000 * (n % 6),
            "route": PATROL if patrol else chance.choice(AIRWAYS),
            "start": chance.uniform(0, 3000),
        }

    def ships_at(self, now_ms: int) -> Iterator[Ship]:
        """Every ship where it was when it last reported."""
        for s in self._ships:
            heard = now_ms - now_ms % (s["every"] * 1000)
            lat, lon, course = along(s["route"], s["start"] + s["knots"] * heard / 3_600_000)
            yield Ship(
                s["mmsi"], s["name"], s["kind"], s["length"], s["knots"], lat, lon + s["aside"], course, heard
            )

    def aircraft_at(self, now_ms: int) -> Iterator[Plane]:
        """Every aircraft where it was when its position was last heard, up to two seconds ago."""
        for n, p in enumerate(self._planes):
            age = n % 5 * 0.4
            nm = p["start"] + p["knots"] * (now_ms / 1000 - age) / 3600
            lat, lon, course = along(p["route"], nm)
            yield Plane(p["hex"], p["flight"], p["knots"], p["feet"], lat, lon, course, age)
