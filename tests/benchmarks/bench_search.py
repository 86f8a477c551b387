"""How long a search takes on a record of some years, for a partner and for the watch: names, numbers, broad words.

3,000 targets with 24,000 statements and 6,000 sightings, 500 operations with 20,000 log lines, 2,000 requests,
15,000 lines of the watch log, 30,000 contacts; one statement in five is hidden from the partner. Times are of the
processor, the middle one of some runs; each search is of another word, so that nothing is remembered of it.
Run: python tests/benchmarks/bench_search.py [--quick]
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from maoc_tui.desk import search
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.settings import Settings
from maoc_tui.store import sources
from maoc_tui.store.database import Database
from maoc_tui.store.markings import to_columns

NOW = 1_670_987_261_000
HOUR = 3_600_000
MEMBERS = ("ES", "FR", "GB", "IE", "IT", "MAOC", "NL", "PT")
SPAIN = Viewer("officer", "ES", roles=frozenset({Role.LIAISON}))
RANDOM = random.Random(7)
SYLLABLES = [
    *(
        "ma",
        "ri",
        "lo",
        "san",
        "ta",
        "bel",
        "cor",
        "vo",
        "pi",
        "es",
        "tre",
        "la",
        "nor",
        "ven",
        "to",
        "ga",
        "dor",
    ),
    *(
        "quin",
        "zu",
        "fa",
        "at",
        "lan",
        "ti",
        "co",
        "mar",
        "sol",
        "e",
        "ol",
        "hu",
        "bru",
        "is",
        "ka",
        "my",
        "ste",
    ),
    *("pa", "xi", "du", "wel", "ter", "ju", "ge"),
]
SAID = ("grey", "white", "sloop", "trawler", "yacht", "dinghy", "towed", "altered", "course", "bound", "reported",
        "overflown", "nothing", "heard", "deck", "crew", "fuel", "drums", "call", "answered", "Flores", "Madeira",
        "Dakar", "Canaries", "weather", "position", "confirmed", "again", "patrol", "boarding")  # fmt: skip
BROAD, BOUND_S = ("sloop", "sloop grey", "trawler", "reported", "san", "mari", "weather patrol"), 0.1


def name() -> str:
    """A name of one or two words out of some thousands."""
    word = lambda: "".join(RANDOM.choices(SYLLABLES, k=RANDOM.choice((2, 3)))).upper()  # noqa: E731
    return word() if RANDOM.random() < 0.5 else f"{word()} {word()}"


def sentence() -> str:
    """What an officer writes: some words of everybody's, and a name."""
    return " ".join((*RANDOM.sample(SAID, RANDOM.randrange(4, 9)), name().title()))


def mark() -> dict[str, str]:
    """The marking of one statement."""
    named = MEMBERS if RANDOM.random() < 0.8 else RANDOM.sample(MEMBERS[1:], 2)
    origin = RANDOM.choice(MEMBERS[1:])
    return to_columns(Marking(frozenset({origin}), releasable_to=frozenset(named)))


def past() -> int:
    """Some time in the last three years."""
    return NOW - RANDOM.randrange(3 * 365 * 24) * HOUR


def written(**columns: Any) -> dict[str, Any]:
    """A marked statement with its id and who entered it."""
    return {"id": uuid4(), "entered_by": "watch", "entered_ms": past(), **mark(), **columns}


def put(conn: Connection, table: str, rows: list[dict[str, Any]]) -> list[UUID]:
    """Rows into a table; their ids."""
    for at in range(0, len(rows), 10_000):
        conn.execute(insert(SQLModel.metadata.tables[table]), rows[at : at + 10_000])
    return [row["id"] for row in rows if "id" in row]


def fill(db: Database, part: float) -> None:
    """A record of some years, or ``part`` of it."""

    def many(count: int) -> range:
        return range(round(count * part))

    with db.writing_traffic() as conn:
        fill_targets(conn, many(3_000))
        operations = put(conn, "operation", [written(number=n + 1, name=name()) for n in many(500)])
        put(conn, "log_line", [
            written(operation_id=RANDOM.choice(operations), number=n + 1, kind="note", at_ms=past(), said_time="",
                    text=sentence(), client_id=uuid4().hex)
            for n in many(20_000)
        ])  # fmt: skip
        put(conn, "watch_line", [
            written(number=n + 1, kind="note", at_ms=past(), said_time="", text=sentence(), officer="Silva",
                    withdrawal=False)
            for n in many(15_000)
        ])  # fmt: skip
        fill_traffic(conn, many(30_000))


def fill_targets(conn: Connection, count: range) -> None:
    """Targets, each with eight statements, two sightings and now and then a request."""
    plain = {"version": 1, "kind": "vessel", "type": "sail", "status": "ACTIVE", "designation": "", "position": "",
             "created_by": "watch", "updated_by": "watch"}  # fmt: skip
    targets = put(conn, "target", [
        {**plain, **mark(), "id": uuid4(), "number": n + 1, "description": f"grey sloop, {sentence()}",
         "area": "west of Flores", "created_ms": past(), "updated_ms": past()}
        for n in count
    ])  # fmt: skip
    put(conn, "identity_fact", [
        written(target_id=one, attribute=attribute, value=value, raw=value, source="ES liaison", withdrawal=False,
                reason="")
        for n, one in enumerate(targets)
        for attribute, value in (
            ("name", name()), ("name", name()), ("owner", name()), ("flag", "PT"), ("mmsi", str(201_000_000 + n * 7)),
            ("call_sign", f"CQ{n:04d}"), ("imo", str(9_000_000 + n)), ("hull_mark", f"SB {n}"),
        )
    ])  # fmt: skip
    put(conn, "sighting", [
        written(target_id=one, seen_ms=past(), position="", lat=30.0, lon=-30.0, radius_nm=1.0, source="PT",
                text=sentence())
        for one in targets * 2
    ])  # fmt: skip
    put(conn, "request", [
        written(number=n + 1, target_id=one, kind="FLAG", addressee="PT", acting="ES", clock="", rule="", measures="",
                grounds=sentence(), position="36 00N 012 00W")
        for n, one in enumerate(targets[: len(targets) * 2 // 3])
    ])  # fmt: skip


def fill_traffic(conn: Connection, count: range) -> None:
    """Contacts that were heard once, and what they call themselves."""
    source = sources.register(conn, "bench", "file", "nmea", "0" * 64)
    keys = [contact_key(Space.AIS, 201_000_000 + n * 7) for n in count]
    heard = {"cls": 1, "status": 15, "doubt": 0, "source_id": source, "zone": 0, "zone_edition": "",
             "settled_zone": 0, "changed": 1}  # fmt: skip
    put(
        conn,
        "contact",
        [{**heard, "key": key, "time": past(), "lat": 0, "lon": 0, "name": name()} for key in keys],
    )
    put(conn, "contact_identity", [
        {"key": key, "attribute": attribute, "value": value, "first_ms": past(), "last_ms": past(), "source_id": source}
        for key in keys for attribute, value in (("name", name()), ("destination", name()))
    ])  # fmt: skip


def took(room: Room, viewer: Viewer, texts: tuple[str, ...]) -> tuple[float, float, int]:
    """Middle and worst seconds of some searches, and how many records they found."""
    spent, found = [], 0
    for text in texts:
        begin = process_time()
        found += search.search(room, viewer, text).total
        spent.append(process_time() - begin)
    return median(spent), max(spent), found


def main() -> int:
    """Print every figure; 1 where a search took longer than it may."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the record")
    parser.add_argument("--keep", type=Path, help="a record made before, or where to keep it")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "maoc.db"
        made = path.exists()
        db = Database.open(path, create=not made)
        if not made:
            fill(db, 0.1 if given.quick else 1.0)
        room = Room(db, ScenarioClock(NOW, 0.0), Settings())
        names = tuple(name() for _ in range(20))
        numbers = tuple(str(201_000_000 + RANDOM.randrange(600) * 7) for _ in range(20))
        kinds = (("names", names), ("numbers", numbers), ("broad words", BROAD))
        slow = False
        for who, viewer in (("a partner", SPAIN), ("the watch", WATCH)):
            search.search(room, viewer, "nothing")
            for kind, texts in kinds:
                middle, worst, found = took(room, viewer, texts)
                slow |= middle > BOUND_S
                print(
                    f"{who:10} {kind:12} {middle * 1000:7.0f} ms   worst {worst * 1000:7.0f} ms   {found:7,} found"
                )
        room.close()
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
