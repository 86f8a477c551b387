"""Ingest end to end (parse, check, zone, store, events) against the naive way, on the same generated files.

The naive way reads row by row (csv or pyais), asks shapely of every zone in turn, and adds an SQLModel object
per fix. It is timed on the first rows of the file, since it needs minutes for the whole; both rates are per row.
Run: python tests/benchmarks/bench_ingest.py [--quick]
"""

from __future__ import annotations

import argparse
import csv
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import shapely
from bench_zones import polygons
from pyais import decode
from pyais.encode import encode_dict
from sqlmodel import Field, Session, SQLModel, create_engine

from maoc_tui import resources
from maoc_tui.desk.ingest import ingest
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import ContactClass, number_of
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.geo import zonefile
from maoc_tui.geo.zones import ZoneIndex

HEADER = (
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,"
    "TransceiverClass"
)


class NaiveFix(SQLModel, table=True):
    """What a first version would store."""

    __tablename__ = "naive_fix"
    id: int | None = Field(default=None, primary_key=True)
    mmsi: int = Field(index=True)
    at: str
    lat: float
    lon: float
    sog: float | None
    cog: float | None
    zone: str


def ships(rows: int):
    """Fixes of the demo's ships, repeated over the days until there are enough."""
    scenario = Scenario.load()
    until = scenario.opens
    while True:
        fixes = scenario.reports(scenario.begins, until).fixes
        fixes = fixes.take(fixes.cls != ContactClass.AIRCRAFT)
        if len(fixes) >= rows or until >= scenario.ends:
            return fixes.take(slice(0, rows))
        until += 6 * 3_600_000


def write_csv(path: Path, fixes) -> None:
    with path.open("w", newline="") as stream:
        stream.write(HEADER + "\n")
        out = csv.writer(stream)
        for i in range(len(fixes)):
            at = f"{from_ms(int(fixes.time[i])):%Y-%m-%dT%H:%M:%S}"
            out.writerow([number_of(int(fixes.key[i])), at, f"{fixes.lat[i]:.5f}", f"{fixes.lon[i]:.5f}",
                          f"{fixes.sog[i]:.1f}", f"{np.nan_to_num(fixes.cog[i], nan=360.0):.1f}", 511,
                          "SHIP", "", "", 70, 0, 120, 20, 7.1, 70, "A"])  # fmt: skip


def write_nmea(path: Path, fixes) -> None:
    with path.open("w", newline="") as stream:
        for i in range(len(fixes)):
            (line,) = encode_dict(
                {"type": 1, "mmsi": str(number_of(int(fixes.key[i]))), "lat": float(fixes.lat[i]),
                 "lon": float(fixes.lon[i]), "speed": float(fixes.sog[i]),
                 "course": float(np.nan_to_num(fixes.cog[i], nan=360.0)), "heading": 511,
                 "second": int(fixes.time[i] // 1000 % 60)},
                talker_id="AI", sentence_type="VDM", radio_channel="A",
            )  # fmt: skip
            tag = f"s:r1,c:{fixes.time[i] // 1000}"
            check = 0
            for ch in tag.encode():
                check ^= ch
            stream.write(f"\\{tag}*{check:02X}\\{line}\r\n")


def naive_rows_csv(path: Path, rows: int):
    with path.open(newline="") as stream:
        for i, row in enumerate(csv.DictReader(stream)):
            if i == rows:
                return
            yield (
                int(row["MMSI"]),
                row["BaseDateTime"],
                float(row["LAT"]),
                float(row["LON"]),
                float(row["SOG"]),
            )


def naive_rows_nmea(path: Path, rows: int):
    with path.open() as stream:
        for i, line in enumerate(stream):
            if i == rows:
                return
            _, tag, sentence = line.split("\\", 2)
            m = decode(sentence.strip())
            at = datetime.fromtimestamp(int(tag.split("c:")[1].split("*")[0]), UTC).isoformat()
            yield int(m.mmsi), at, m.lat, m.lon, m.speed


def zone_shapes() -> list[tuple[str, shapely.Geometry]]:
    """Every zone as one whole shape, as a first version would load them."""
    path = resources.data("zones.bin")
    index = ZoneIndex.open(path)
    shapes = polygons(index, zonefile.read(path))
    return [(area.short, shape) for area, shape in zip(index.areas, shapes, strict=True)]


def naive(rows, zones, folder: Path) -> float:
    """Seconds a row of the naive way."""
    engine = create_engine(f"sqlite:///{folder / 'naive.db'}")
    SQLModel.metadata.create_all(engine, tables=[NaiveFix.__table__])
    began, n = time.perf_counter(), 0
    with Session(engine) as session:
        for mmsi, at, lat, lon, sog in rows:
            point = shapely.Point(lon, lat)
            zone = next((label for label, area in zones if area.contains(point)), "")
            session.add(NaiveFix(mmsi=mmsi, at=at, lat=lat, lon=lon, sog=sog, cog=None, zone=zone))
            n += 1
        session.commit()
    engine.dispose()
    (folder / "naive.db").unlink()
    return (time.perf_counter() - began) / n


def ours(path: Path, folder: Path) -> tuple[float, int]:
    """Seconds a row of the whole way, and rows read."""
    room = Room.open(folder / "ours.db", create=True)
    room.zones.locate(np.zeros(1), np.zeros(1))
    began = time.perf_counter()
    result = ingest(room, WATCH, [path])
    taken = time.perf_counter() - began
    read = result.total("read")
    assert result.total("accepted") == read, result.text()
    room.close()
    (folder / "ours.db").unlink()
    return taken / read, read


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    rows = 60_000 if parser.parse_args().quick else 200_000
    fixes = ships(rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        zones = zone_shapes()
        for kind, write, read in (("csv", write_csv, naive_rows_csv), ("nmea", write_nmea, naive_rows_nmea)):
            path = folder / f"traffic.{kind}"
            write(path, fixes)
            fast, n = ours(path, folder)
            slow = naive(read(path, 500), zones, folder)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"ingest {kind}: {n:,} rows, ours {1 / fast:,.0f} rows/s, naive {1 / slow:,.0f} rows/s, "
                f"ratio {slow / fast:,.0f}x (goal 30x, aim 100x); peak memory {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
