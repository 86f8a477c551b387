"""What the gate costs: the same statements with and without it, in one run, on one record.

Times are of the processor, the least of some runs, the two sides in turn, so that other work on the machine
counts little. Nearly every statement is named to all members, so that both sides bring back as many rows: else the
gate's side would look through more of them for one page.
Run: python tests/benchmarks/bench_gate.py [--quick]
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, literal_column, select

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from maoc_tui.domain.gate import GateContext
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import targets_listing
from maoc_tui.store.database import Database
from maoc_tui.store.markings import to_columns
from maoc_tui.store.targets import FACT, TARGET

NOW = 1_670_987_261_000
MEMBERS = ("ES", "FR", "GB", "IE", "IT", "MAOC", "NL", "PT")
VIEWER = Viewer("officer", "ES", roles=frozenset({Role.LIAISON}))
RANDOM = random.Random(5)
BOUNDS = {"first page of 50 rows": 1.3, "list of 10,000 rows": 2.0, "count by attribute over {} rows": 5.0}
FAR = 1.5
"""Times the bound from which it fails: on a busy machine single figures swing by half."""


def marks() -> dict[str, str]:
    """The marking of one statement."""
    origin = RANDOM.choice(MEMBERS)
    named = MEMBERS if RANDOM.random() < 0.98 else RANDOM.sample(MEMBERS, 1)
    return to_columns(Marking(frozenset({origin}), releasable_to=frozenset(named)))


def fill(db: Database, targets: int, facts: int) -> None:
    """A record of so many targets and statements of identity."""
    ids = [uuid4() for _ in range(targets)]
    plain = {
        "version": 1, "kind": "vessel", "type": "sail", "status": "ACTIVE", "designation": "", "area": "west",
        "position": "", "created_by": "watch", "created_ms": NOW, "updated_by": "watch", "updated_ms": NOW,
    }  # fmt: skip
    said = {
        "entered_by": "watch", "entered_ms": NOW, "raw": "LA PALOMA", "source": "ES liaison", "withdrawal": False,
        "reason": "",
    }  # fmt: skip
    rows = [
        {**plain, "id": one, "number": at, "description": f"grey sloop {at}", **marks()}
        for at, one in enumerate(ids, 1)
    ]
    with db.writing_traffic() as conn:
        conn.execute(insert(TARGET), rows)
        for start in range(0, facts, 20_000):
            conn.execute(
                insert(FACT), [fact(at, ids, said) for at in range(start, min(facts, start + 20_000))]
            )
        conn.exec_driver_sql("ANALYZE")


def fact(at: int, ids: list[UUID], said: dict[str, object]) -> dict[str, object]:
    """One statement of identity."""
    attribute = ("name", "flag", "mmsi", "owner")[at % 4]
    return {
        **said, **marks(), "id": uuid4(), "target_id": RANDOM.choice(ids), "attribute": attribute,
        "value": f"PALOMA {at}",
    }  # fmt: skip


PAGE = select(FACT.c.seq, FACT.c.id, FACT.c.target_id, FACT.c.attribute, FACT.c.value, FACT.c.entered_ms)
ASKED: dict[str, Callable[[Connection, int], object]] = {
    "first page of 50 rows": lambda conn, _: conn.execute(
        PAGE.order_by(FACT.c.seq).limit(literal_column("50"))
    ).fetchall(),
    "list of 10,000 rows": lambda conn, _: conn.execute(
        PAGE.order_by(FACT.c.seq).limit(literal_column("10000"))
    ).fetchall(),
    "count by attribute over {} rows": lambda conn, _: conn.execute(
        select(FACT.c.attribute, func.count()).group_by(FACT.c.attribute)
    ).fetchall(),
    "bare count over {} rows": lambda conn, _: conn.scalar(select(func.count()).select_from(FACT)),
    "one target's statements": lambda conn, at: conn.execute(
        select(FACT).join(TARGET, TARGET.c.id == FACT.c.target_id).where(TARGET.c.number == at)
    ).fetchall(),
    "the list of targets": lambda conn, _: conn.execute(targets_listing._HEADS).fetchall(),
}


def timed(db: Database, ask: Callable[[Connection, int], object], runs: int) -> tuple[float, float]:
    """Seconds without and with the gate; each in a transaction of its own, as the desks read."""
    best = {WATCH: 9e9, VIEWER: 9e9}
    gc.disable()  # a collection falls on either side by chance
    for run in range(runs):
        for viewer in best:
            began = process_time()
            with db.reading(viewer) as conn:
                ask(conn, run + 1)
            best[viewer] = min(best[viewer], process_time() - began)
        if run % 20 == 19 or runs < 20:
            gc.collect()
    return best[WATCH], best[VIEWER]


def main() -> None:
    """Print the ratios; fail beyond a bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    facts, runs = (40_000, 12) if quick else (200_000, 15)
    beyond = []
    with TemporaryDirectory() as folder:
        db = Database.open(Path(folder) / "gate.db", create=True)
        fill(db, facts // 10, facts)
        db.context_of = lambda viewer: GateContext(viewer.partner, True, -(2**62), NOW + 1)
        for name, ask in ASKED.items():
            many = 20 if "page" in name or "one" in name else 1
            without, gated = timed(db, ask, runs * many)
            bound = BOUNDS.get(name)
            limit = f"  at most {bound}" if bound else ""
            print(f"{name.format(f'{facts:,}'):36} {without * 1e3:9.3f} ms  {gated * 1e3:9.3f} ms  "
                  f"x{gated / without:5.2f}{limit}")  # fmt: skip
            if bound and gated / without > FAR * bound:
                beyond.append(name)
        db.close()
    raise SystemExit(f"far beyond the bound: {', '.join(beyond)}" if beyond else 0)


if __name__ == "__main__":
    main()
