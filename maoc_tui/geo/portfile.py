"""Builds data/ports.csv from the searoute package (Apache-2.0): its list of ports, without those far from any shore.

Run as ``python -m maoc_tui.geo.portfile searoute-1.6.0.tar.gz OUT``. Codes and names are the package's; places are
rounded to a thousandth of a degree.
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
from pathlib import Path

import numpy as np

from maoc_tui.geo.behaviour.near import Places
from maoc_tui.geo.coast import Coast

_MEMBER = "searoute/data/ports.geojson"
SHORE_NM = 20.0
"""Ports on rivers further inland than this meet nobody at sea."""


def build(archive: Path, out: Path) -> int:
    """Write the ports of a searoute archive; how many they are."""
    with tarfile.open(archive) as package:
        member = next(one for one in package.getmembers() if one.name.endswith(_MEMBER))
        file = package.extractfile(member)
        assert file is not None
        features = json.load(file)["features"]
    rows = sorted({
        (f["properties"]["port"], f["properties"]["name"].strip(), *f["geometry"]["coordinates"][:2])
        for f in features
        if f["properties"].get("port") and f["properties"].get("name")
    })  # fmt: skip
    lon, lat = np.array([row[2] for row in rows], float), np.array([row[3] for row in rows], float)
    shore = Coast.load().level("coast", 0.0).lines
    asked, _, _ = Places.build(shore.lat, (shore.lon + 180) % 360 - 180, SHORE_NM).within(lat, lon)
    near = np.zeros(len(rows), bool)
    near[asked] = True
    with out.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("code", "name", "lat", "lon"))
        for keep, (code, name, east, north) in zip(near.tolist(), rows, strict=True):
            if keep:
                writer.writerow((code, name, f"{north:.3f}", f"{east:.3f}"))
    return int(near.sum())


if __name__ == "__main__":
    print(build(Path(sys.argv[1]), Path(sys.argv[2])), "ports")  # noqa: T201
