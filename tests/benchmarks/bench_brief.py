"""What nine copies of a full day cost: compiled and written as text, and in all forms; against the naive way.

The naive way goes through the record for each recipient: it reads each statement, its releases and how its originator
was asked, one after the other, judges it and reads the row to tell of. It is timed for one recipient over every tenth
statement. Times are of the processor, the least of some runs; what fails is a ratio, seconds are printed beside their
bounds. A day of 500 lines: targets with names, places and doubts, requests, operations with their logs, seizures,
assets; most of it open to all members, so that each copy is nearly full.
Run: python tests/benchmarks/bench_brief.py [--quick]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from os import getloadavg
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from liaison_room import open_room
from sqlalchemy import select

from maoc_tui.brief.document import Document
from maoc_tui.brief.forms import FORMS, written
from maoc_tui.desk import assets, operation_log, operations, requests, seizures, targets
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.brief_compile import compiled
from maoc_tui.desk.gate import eyes
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said
from maoc_tui.domain.gate import may_see
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import statements
from maoc_tui.store.gate_tables import GOVERNED
from maoc_tui.store.schema import metadata

RECIPIENTS = ("MAOC", "PT", "ES", "FR", "IE", "IT", "NL", "GB", "BE")
TO_ALL = "B2 H2 rel MAOC,PT,ES,FR,IE,IT,NL,GB"
TEXT_S, ALL_S = 1.0, 10.0
LEAST = 25.0
"""Times as fast as the naive way that the text of nine copies is at least."""
LEAST_WHOLE = 4.5
"""The same of all forms: held against the naive text, so that a quicker text makes them no worse."""
SAMPLED = 10
DAY = 86_400_000
COORDINATOR = Viewer("Ferreira", "MAOC", roles=frozenset({Role.COORDINATOR}))


def fill(room: Room) -> None:
    """A day of some 500 lines."""
    mark = parse(TO_ALL, "ES")
    spain = replace(WATCH, name="Ortega", partner="ES")
    refs = []
    for at in range(200):
        values = {"name": f"PALOMA {at}", "flag": "VE"}
        new = targets.NewTarget(
            f"grey sloop {at}", area="Azores", position=f"{30 + at % 12} 0{at % 10}N 0{10 + at % 30} 00W", at="140200Z",
            values=values, source="ES liaison", marking=mark,
        )  # fmt: skip
        refs.append(targets.add(room, spain, new).ref)
    for at in range(60):
        asked = requests.open_request(
            room, spain, refs[at], "flag-enquiry", "VE", grounds="no flag", marking=mark
        )
        requests.record(room, spain, asked.asked.ref, "sent", at="140230Z", channel="embassy")
    for at in range(10):
        ref = operations.open_operation(room, spain, f"NORTE {at}", refs[at], marking=mark).row.ref
        for line in range(15):
            operation_log.log(room, spain, ref, f"boarding, line {line}, two aboard, papers asked for", kind="BOARDING",
                              marking=mark)  # fmt: skip
    for at in range(10):
        find = NewFind("cocaine", packages="40", weight=f"{1000 + at} kg", basis="net")
        seizures.add(room, spain, NewSeizure("2022-12-13", find=find, said=Said(marking=mark)))
        ship = NewAsset(
            f"Patrol {at}", "ship", base="Vigo", base_position="42.2, -8.7", cruise="15 kn", max="20 kn"
        )
        assets.add(room, spain, replace(ship, marking=mark))


def copies(room: Room) -> list[Document]:
    """One for each recipient, as a coordinator compiles them."""
    now = room.clock.now_ms()
    return [
        compiled(room, eyes(COORDINATOR, code), now - DAY, now + 1, number="BR-2022-348", version=1)
        for code in RECIPIENTS
    ]


def naive(room: Room) -> float:
    """Seconds of the processor that nine copies would take row by row."""
    now, officer = room.clock.now_ms(), Viewer("", "FR", roles=frozenset({Role.LIAISON}))
    standing, lines = room.register.standing("FR", now), []
    with room.db.reading(WATCH) as conn:
        every = [
            (name, UUID(one))
            for name in GOVERNED
            for one in conn.exec_driver_sql(f'SELECT id FROM "{name}"').scalars()
        ]
        began = process_time()
        for name, identifier in every[::SAMPLED]:
            found = statements.find(conn, identifier)
            released = statements.releases(conn, [one.id for one in (found, *found.above)])
            asked = statements.asked(conn, found.id, "FR", now)
            verdict = may_see(found, officer, standing, released, now, asked)
            if verdict:
                source = metadata().tables[name]
                row = conn.execute(select(source).where(source.c.id == identifier)).mappings().one()
                lines.append(f"{found.marking} {verdict.reason} {dict(row)}")
        return (process_time() - began) * SAMPLED * len(RECIPIENTS)


def main() -> int:
    """Print the figures; 1 when a ratio is missed."""
    with TemporaryDirectory() as folder:
        room = open_room(Path(folder))
        fill(room)
        texts, all_of_it, lines = [], [], 0
        for _ in range(2 if "--quick" in sys.argv else 4):
            began = process_time()
            made = copies(room)
            for document in made:
                written(document, "txt")
            texts.append(process_time() - began)
            for document in made:
                for form in FORMS:
                    if form != "txt":
                        written(document, form)
            all_of_it.append(process_time() - began)
            lines = max(len(list(document.lines)) for document in made)
        slow = naive(room)
        room.close()
    text, whole = min(texts), min(all_of_it)
    print(f"nine copies of {lines} lines, the best of {len(texts)} runs at a load of {getloadavg()[0]:.1f}: "
          f"text {text:.2f} s (bound {TEXT_S}), all forms {whole:.2f} s (bound {ALL_S})")  # fmt: skip
    print(f"row by row {slow:.1f} s: text {slow / text:.1f} times as fast (at least {LEAST}); "
          f"all forms {slow / whole:.1f} times (at least {LEAST_WHOLE})")  # fmt: skip
    return int(slow / text < LEAST or slow / whole < LEAST_WHOLE)


if __name__ == "__main__":
    sys.exit(main())
