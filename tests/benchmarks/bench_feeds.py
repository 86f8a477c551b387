"""Parsing alone against the usual loops on the same generated files: pyais by sentence, csv by row.

The files are made here by pyais' encoder, so that this runs anywhere. The loops it is compared with check
less: no checksum, no parts out of order, no doubles, no times, no sentinels, no account of what is refused.
Run: python tests/benchmarks/bench_feeds.py [--quick]
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import reduce
from operator import xor

from pyais import IterMessages
from pyais.encode import encode_dict

from maoc_tui.domain.clock import from_ms
from maoc_tui.feeds import formats
from maoc_tui.feeds.source import ReadContext

START = 1_700_000_000_000
CONTEXT = ReadContext(START, START + 10 * 86_400_000)
HEADER = (
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,"
    "TransceiverClass\n"
)


def sentences(count: int) -> list[bytes]:
    """AIS sentences as a coastal network hears them: nine in ten positions, some of class B, some static."""
    chance = random.Random(7)
    lines: list[bytes] = []
    while len(lines) < count:
        mmsi, draw = 263_000_000 + chance.randrange(900), chance.random()
        place = {
            "lat": chance.uniform(36, 42),
            "lon": chance.uniform(-12, -7),
            "course": chance.uniform(0, 359),
        }
        moving = place | {"speed": chance.uniform(0, 20), "heading": 511, "second": chance.randrange(60)}
        if draw < 0.04:
            data = {
                "type": 5,
                "shipname": f"SHIP {mmsi % 900}",
                "callsign": "CSAB",
                "imo": 9074729,
                "ship_type": 70,
            }
        else:
            data = {"type": 18 if draw < 0.2 else 1} | moving
        encoded = encode_dict(
            data | {"mmsi": mmsi}, talker_id="AI", sentence_type="VDM", seq_id=len(lines) % 10
        )
        lines.extend(line.encode() for line in encoded)
    return lines


def positions(lines: list[bytes]) -> list[bytes]:
    """The sentences of one part that report a place."""
    return [line for line in lines if line.startswith((b"!AIVDM,1,1,,A,1", b"!AIVDM,1,1,,A,B"))]


def blocked(lines: list[bytes]) -> list[bytes]:
    """The sentences as a shore network delivers them: station and time in a tag block before each."""
    out = []
    for n, line in enumerate(lines):
        body = b"s:r00366%04d,c:%d" % (n % 40, 1_700_000_000 + n // 100)
        out.append(b"\\%s*%02X\\%s" % (body, reduce(xor, body), line))
    return out


def table(count: int) -> bytes:
    """Rows of the older MarineCadastre form, 900 vessels, one row a vessel and minute."""
    chance = random.Random(8)
    out = io.StringIO()
    out.write(HEADER)
    for row in range(count):
        ship, at = row % 900, from_ms(START + row // 900 * 60_000).strftime("%Y-%m-%dT%H:%M:%S")
        heading = "511" if chance.random() < 0.5 else str(chance.randrange(360))
        out.write(
            f"{263_000_000 + ship},{at},{chance.uniform(36, 42):.5f},{chance.uniform(-12, -7):.5f},"
            f"{chance.uniform(0, 20):.1f},{chance.uniform(0, 360):.1f},{heading},SHIP {ship},"
            "IMO9074729,CSAB,70,0,120,18,6.5,70,A\n"
        )
    return out.getvalue().encode()


def ours(name: str, data: bytes) -> int:
    """Records read by the program's own reader."""
    return sum(batch.read for batch in formats.find(name).read(io.BytesIO(data), CONTEXT))


def pyais_loop(lines: list[bytes]) -> int:
    """Every sentence through pyais."""
    return sum(message.decode() is not None for message in IterMessages(lines))


def csv_loop(data: bytes) -> int:
    """Every row through csv.DictReader with the conversions of a first version."""
    rows = 0
    for row in csv.DictReader(io.TextIOWrapper(io.BytesIO(data))):
        int(row["MMSI"])
        datetime.fromisoformat(row["BaseDateTime"]).replace(tzinfo=UTC).timestamp()
        for name in ("LAT", "LON", "SOG", "COG", "Heading"):
            float(row[name] or "nan")
        rows += 1
    return rows


def seconds(work: Callable[[], int]) -> float:
    """The best of three runs in processor seconds: others may share the machine."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Print both rates and their ratio for sentences and for rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    size = 20_000 if parser.parse_args().quick else 200_000
    lines = sentences(size)
    log = b"".join(
        b"%d.%03d %s\n" % (1_700_000_000 + n // 100, n % 100 * 10, line) for n, line in enumerate(lines)
    )
    tagged = blocked(positions(lines))
    tag_log = b"".join(b"%s\n" % line for line in tagged)
    rows = table(size)
    ours("nmea", log[:100_000])
    ours("marinecadastre", rows[:100_000])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pairs = (
        ("AIS sentences", len(lines), lambda: ours("nmea", log), "pyais", lambda: pyais_loop(lines)),
        ("with tag blocks", len(tagged), lambda: ours("nmea", tag_log), "pyais", lambda: pyais_loop(tagged)),
        ("CSV rows", size, lambda: ours("marinecadastre", rows), "csv.DictReader", lambda: csv_loop(rows)),
    )
    for what, count, mine, rival, theirs in pairs:
        fast, slow = seconds(mine), seconds(theirs)
        rates = f"{count / fast:,.0f}/s against {count / slow:,.0f}/s with {rival}"
        print(f"{what}: {rates}: {slow / fast:.1f} times")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - memory
    print(f"memory grew by {grown} MB while reading {(len(log) + len(rows)) >> 20} MB")


if __name__ == "__main__":
    main()
