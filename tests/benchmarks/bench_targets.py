"""How fast a thousand targets are listed, filtered and shown, against asking the record target by target.

Times are of the processor, the least of some runs, so that other work on the machine counts little.
Run: python tests/benchmarks/bench_targets.py [--quick]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from uuid import uuid4

import numpy as np

from maoc_tui.desk import targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.reports import Fixes, Identity
from maoc_tui.domain.target_facts import Fact
from maoc_tui.domain.target_likeness import compare, values_of
from maoc_tui.domain.target_record import Link, Place, Sighting, Target
from maoc_tui.domain.targets import Kind, Status
from maoc_tui.domain.viewer import WATCH
from maoc_tui.store import contacts, numbers, sources
from maoc_tui.store import targets as store

NOW = 1_670_987_261_000
HOUR = 3_600_000
FLAGS = ("PT", "ES", "VE", "BR", "GB", "FR", "CO", "PA", "SN", "CV")
TYPES = ("sail", "gofast", "fish", "cargo", "")
MARKS = tuple(parse(text, "MAOC") for text in ("B2 H2 rel ES,FR,PT", "A1 H0 rel PT", "", "C3 H1 rel GB,FR"))
RANDOM = random.Random(4)


def name() -> str:
    """A name of two words."""
    words = ("BLUE", "MIST", "PALOMA", "ESTRELA", "MARIA", "VENTO", "NORTE", "SANTA", "RAIO", "GAIVOTA",
             "OCEAN", "DAWN", "ROSA", "BELLA", "CORVO", "PICO")  # fmt: skip
    return f"{RANDOM.choice(words)} {RANDOM.choice(words)} {RANDOM.choice(('', 'II', 'DOS', '7'))}".strip()


def place() -> Place:
    """Somewhere in the Atlantic."""
    return Place(RANDOM.uniform(-20, 50), RANDOM.uniform(-50, -8), RANDOM.choice((0.0, 2.0, 20.0)), "as said")


def target(number: int) -> Target:
    """A target as somebody entered it."""
    status = RANDOM.choice((Status.NOMINATED, Status.ACTIVE, Status.TRACKED, Status.CLOSED))
    area = "" if number % 3 else "west of Cape Verde"
    where = place() if number % 3 else None
    then = NOW - RANDOM.randrange(1000) * HOUR
    return Target(uuid4(), 0, 1, Kind.VESSEL, RANDOM.choice(TYPES), status, "", f"grey sloop {number}", area,
                  where, "watch", then, "watch", then, None, RANDOM.choice(MARKS))  # fmt: skip


def facts(number: int, made: Target) -> list[Fact]:
    """Seven statements, a former name and a correction among them."""
    said = [
        ("name", name()),
        ("name", name()),
        ("flag", RANDOM.choice(FLAGS)),
        ("length_m", str(8 + number % 40)),
    ]
    if number % 2:
        said += [("mmsi", str(201_000_000 + number * 7)), ("call_sign", f"CQ{number:04d}"), ("owner", name())]
    if number % 5 == 0:
        said += [("imo", str(9_000_000 + number))]
    lines = [
        Fact(str(uuid4()), attribute, value, value, NOW - RANDOM.randrange(900) * HOUR, None, "ES liaison",
             "watch", made.created_ms, made.marking)
        for attribute, value in said
    ]  # fmt: skip
    return [*lines, replace(lines[0], id=str(uuid4()), value=name(), replaces=lines[0].id, reason="misheard")]


def fill(room: Room, count: int) -> None:
    """Targets with statements, sightings and links to contacts that are heard."""
    keys = [contact_key(Space.AIS, 201_000_000 + number * 7) for number in range(count)]
    with room.db.writing_traffic() as conn:
        source = sources.register(conn, "bench", "file", "nmea", "0" * 64)
        where = [place() for _ in keys]
        contacts.update(conn, Fixes.build(keys, [NOW - HOUR] * count, [p.lat for p in where], [p.lon for p in where],
                        sog=[5.0] * count, cog=[90.0] * count, error_m=[10.0] * count,
                        cls=[ContactClass.SHIP_A] * count), np.zeros(count, np.int32), source)  # fmt: skip
        contacts.identities(conn, [Identity(k, NOW - HOUR, 1, {"name": name()}, 1) for k in keys], source)
    with room.db.writing() as conn:
        for number, key in enumerate(keys):
            made = store.add(conn, target(number))
            for line in facts(number, made):
                store.add_fact(conn, made.id, line)
            for hour in range(number % 4):
                store.add_sighting(conn, made.id, Sighting(str(uuid4()), NOW - hour * HOUR, place(), "PT", "seen",
                                                           "watch", NOW, made.marking))  # fmt: skip
            if number % 2:
                store.add_link(conn, made.id, Link(str(uuid4()), key, None, None, "same number", "", "watch", NOW,
                                                   "", None, "", made.marking))  # fmt: skip


def best(work: Callable[[], object], times: int) -> float:
    """The least of some runs, milliseconds of the processor."""
    spent = []
    for _ in range(times):
        start = process_time()
        work()
        spent.append((process_time() - start) * 1000)
    return min(spent)


def plain_listing(room: Room) -> list[object]:
    """The list asked target by target: each with its own statements, links and sightings."""
    with room.db.reading(WATCH) as conn:
        return [
            (one, store.facts(conn, one.id), store.links(conn, one.id), store.sightings(conn, one.id))
            for one in store.load(conn)
        ]


def plain_duplicates(room: Room, number: int) -> list[str]:
    """Every target compared in full with one."""
    with room.db.reading(WATCH) as conn:
        known = store.load(conn)
        mine = values_of(store.facts(conn, known[number].id).get(known[number].id, []))
        return [
            other.ref
            for other in known
            if other.id != known[number].id
            and compare(Kind.VESSEL, mine, values_of(store.facts(conn, other.id).get(other.id, [])))
        ]


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    count, times = (200, 2) if parser.parse_args().quick else (1000, 5)
    with TemporaryDirectory() as folder:
        room = Room.open(Path(folder) / "bench.db", create=True)
        with numbers.numbered(numbers.InOrder()):
            fill(room, count)
        room.zones.locate([0.0], [0.0])
        first = best(lambda: targets.listing(room, WATCH), 1)
        rows = targets.listing(room, WATCH)
        again, plain = best(lambda: targets.listing(room, WATCH), times), best(lambda: plain_listing(room), 1)
        print(f"listing of {count} targets: {again:.0f} ms (first {first:.0f}), "
              f"target by target {plain:.0f} ms without zones and doubts, ratio {plain / again:.1f}x")  # fmt: skip
        middle = rows[count // 2].ref
        shown = best(lambda: targets.sheet(room, WATCH, middle), times)
        number = int(middle.removeprefix("T-")) - 1
        plain = best(lambda: plain_duplicates(room, number), 1)
        print(f"sheet among {count}: {shown:.0f} ms, comparing with each alone {plain:.0f} ms, "
              f"ratio {plain / shown:.1f}x")  # fmt: skip
        for query in ("flag:PT", "paloma", "zone:HS age<6h"):
            spent = best(lambda query=query: targets.chosen(room, rows, query), times)
            print(f"filter {query!r} over the listing: {spent:.1f} ms")
        print(f"all pairs of likely duplicates: {best(lambda: targets.duplicates(room, WATCH), 1):.0f} ms")
        room.close()


if __name__ == "__main__":
    main()
