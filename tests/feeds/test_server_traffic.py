"""The stand-in's ships stay at sea and move as they say they do: its answers can be judged."""

from __future__ import annotations

import shapely
from server_traffic import ROUTES, Traffic, distance_nm

from maoc_tui.geo.coast import Coast

NOW = 1_795_300_000_000


def test_no_route_touches_land():
    lines = Coast.load().level("coast", 0.002).lines
    ends = zip(lines.offsets[:-1], lines.offsets[1:], strict=True)
    coast = shapely.STRtree(
        [
            shapely.LineString(list(zip(lines.lon[a:b], lines.lat[a:b], strict=True)))
            for a, b in ends
            if b - a > 1
        ]
    )
    for route in ROUTES:
        lane = shapely.LineString([(lon, lat) for lat, lon in route]).buffer(0.06)
        assert not len(coast.query(lane, predicate="intersects")), route[0]


def test_ships_move_with_the_speed_and_course_they_state():
    traffic = Traffic(60, 10)
    before = {s.mmsi: s for s in traffic.ships_at(NOW)}
    for ship in traffic.ships_at(NOW + 600_000):
        old = before[ship.mmsi]
        hours = (ship.heard_ms - old.heard_ms) / 3_600_000
        run = distance_nm((old.lat, old.lon), (ship.lat, ship.lon))
        assert run <= ship.knots * hours * 1.01 + 0.01
        if abs(ship.course - old.course) < 0.2:
            assert run >= ship.knots * hours * 0.97


def test_one_instant_gives_one_answer():
    assert list(Traffic(9, 3).ships_at(NOW)) == list(Traffic(9, 3).ships_at(NOW))
