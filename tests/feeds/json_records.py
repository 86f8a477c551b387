"""Good records of every service, to be changed by the tests."""

from __future__ import annotations

import math

from reading import NOW


def feature(mmsi=263601890, lat=38.68, lon=-9.23, **properties):
    given = {"mmsi": mmsi, "sog": 5.0, "cog": 90.0, "heading": 91, "navStat": 0, "posAcc": True}
    given |= {"timestampExternal": NOW - 1000, **properties}
    return {
        "mmsi": mmsi,
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": given,
    }


def locations(*features):
    return {
        "type": "FeatureCollection",
        "dataUpdatedTime": "2026-11-22T06:00:00Z",
        "features": list(features),
    }


def nan(value):
    return math.isnan(float(value))


def aishub(fmt, **changes):
    row = {
        "MMSI": 244750034,
        "TIME": "1625826523",
        "LONGITUDE": 3022815,
        "LATITUDE": 31476144,
        "COG": 3600,
        "SOG": 0,
        "HEADING": 511,
        "ROT": 128,
        "NAVSTAT": 8,
        "IMO": 0,
        "NAME": "CHATEAUROUX",
        "CALLSIGN": "PH7002",
        "TYPE": 69,
        "A": 24,
        "B": 6,
        "C": 0,
        "D": 6,
        "DRAUGHT": 12,
        "DEST": "",
        "ETA": 1596,
    }
    return [{"ERROR": False, "USERNAME": "U", "FORMAT": fmt, "RECORDS": 1}, [row | changes]]


def catcher(**changes):
    row = {
        "class": "AIS",
        "device": "AIS-catcher",
        "rxuxtime": 1795299990,
        "scaled": True,
        "type": 1,
        "mmsi": 218278000,
    }
    return row | {"status": 0, "speed": 9.4, "accuracy": True, "lon": 9.767893, "lat": 54.350025} | changes


def plane(**changes):
    given = {
        "hex": "4ca815",
        "flight": "RYR9ZD  ",
        "alt_baro": 37000,
        "gs": 445.1,
        "track": 108.5,
        "lat": 38.5,
    }
    return given | {"lon": -9.5, "seen_pos": 1.5, "seen": 0.2, "rc": 186, "squawk": "0421"} | changes


def state(**changes):
    names = (
        "icao24",
        "callsign",
        "origin",
        "time",
        "contact",
        "lon",
        "lat",
        "baro",
        "ground",
        "speed",
        "track",
        "rate",
        "sensors",
        "geo",
        "squawk",
        "spi",
        "source",
        "category",
    )
    values = [
        "4ca815",
        "RYR9ZD  ",
        "Ireland",
        1_795_299_990,
        1_795_299_999,
        -9.5,
        38.5,
        11277.6,
        False,
        229.5440826781942,
        108.5,
        0.0,
        None,
        11498.58,
        "4617",
        False,
        0,
        4,
    ]
    return [changes.get(name, value) for name, value in zip(names, values, strict=True)]
