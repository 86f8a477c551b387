"""The law for 10,000 contacts at once against asking one by one; same answers required.

Run: python tests/benchmarks/bench_law.py [--quick]
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from chart_pictures import crowd

from maoc_tui.desk import law_sweep
from maoc_tui.desk.law_places import places
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.partner_register import shipped
from maoc_tui.desk.snapshots import Picture, ZoneLabel
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.law_question import Question
from maoc_tui.domain.partners import Register
from maoc_tui.geo.zones import ZoneIndex

AT = to_ms(datetime(2022, 12, 14, 3, tzinfo=UTC))
BUDGET_MS = 200
_FLAGS = (
    "PA",
    "LR",
    "MH",
    "PT",
    "ES",
    "BR",
    "GY",
    "VE",
    "GB",
    "NL",
    "FR",
    "TR",
    "GR",
    "MT",
    "CY",
    "SG",
    "VC",
    "TG",
    "",
)


def main() -> int:
    """Print the figures; 1 when an answer differs or ten thousand contacts take far too long."""
    count = 10_000
    sea, register = _traffic(count), Register(*shipped()[:2])
    began = time.process_time()
    law().table.cells.sum()
    print(f"rules read, table built and checked, once: {(time.process_time() - began) * 1000:.0f} ms")
    spent, found = np.inf, None
    for _ in range(3):
        law().table.forget()
        law_sweep.forget()
        began = time.process_time()
        found = law_sweep.sweep(sea, register.members(AT), "ES", AT)
        spent = min(spent, (time.process_time() - began) * 1000)
    print(f"{count:,} contacts for one acting State: {spent:.0f} ms (budget {BUDGET_MS})")
    print(law_sweep.counts(found))
    began = time.process_time()
    law_sweep.sweep(sea, register.members(AT), "ES", AT)
    print(f"the same list again: {(time.process_time() - began) * 1000:.0f} ms")
    some = np.random.default_rng(3).choice(count, 200 if "--quick" in sys.argv else 2_000, replace=False)
    began = time.process_time()
    single = [_asked(sea, int(row), register) for row in some]
    alone = (time.process_time() - began) * 1000 * count / len(some)
    print(f"one by one: {alone:.0f} ms, {alone / spent:.1f}x as long")
    if [int(found[row]) for row in some] != single:
        print("the answers differ")
        return 1
    return int(spent > 3 * BUDGET_MS)


def _traffic(count: int) -> Picture:
    from dataclasses import replace

    rng, index = np.random.default_rng(5), ZoneIndex.open(_zones())
    sea = crowd(count)
    sea = replace(sea, lat=rng.uniform(-5, 55, count), lon=rng.uniform(-70, 10, count))
    zones = tuple(ZoneLabel(a.kind, a.states, a.status, a.basis, a.short) for a in index.areas)
    zone = index.locate(sea.lat, sea.lon).astype(np.int32)
    return replace(
        sea,
        flag=rng.choice(np.array(_FLAGS, object), count),
        zones=zones,
        zone=zone,
        other=np.full(count, -1, np.int32),
    )


def _zones() -> Path:
    from maoc_tui import resources

    return resources.data("zones.bin")


def _asked(sea: Picture, row: int, register: Register) -> int:
    label, flag = sea.zones[sea.zone[row]], str(sea.flag[row])
    flying = int(sea.cls[row]) in law_sweep._FLYING
    question = Question(
        "ES",
        tuple(places(label)),
        from_ms(AT).date(),
        flag,
        "claimed" if flag else "unknown",
        "air" if flying else "sea",
        (float(sea.lat[row]), float(sea.lon[row])),
    )
    return int(law().rule(question, register.members(AT)).result)


if __name__ == "__main__":
    raise SystemExit(main())
