"""The law for a whole picture: the same as asked one by one, for every contact."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1] / "ui"))

from chart_pictures import crowd

from maoc_tui.desk import law_sweep
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.partner_register import shipped
from maoc_tui.desk.snapshots import ZoneLabel
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.law_question import Place, Question
from maoc_tui.domain.partners import Register

AT = to_ms(datetime(2022, 12, 14, 3, tzinfo=UTC))
LABELS = tuple(
    ZoneLabel(kind, states, status, "derived", kind)
    for kind, states, status in [
        ("territorial", ("ES",), "agreed"),
        ("territorial", ("NL",), "agreed"),
        ("eez", ("PT",), "agreed"),
        ("eez", ("ES", "MA"), "disputed"),
        ("high_seas", (), "agreed"),
        ("territorial", ("ES",), "agreed"),
    ]
)


def test_every_contact_has_the_answer_it_would_have_alone() -> None:
    rng, count = np.random.default_rng(8), 600
    sea = replace(
        crowd(count),
        lat=rng.uniform(-5, 40, count),
        lon=rng.uniform(-70, 10, count),
        flag=rng.choice(np.array(["ES", "IT", "PA", "HN", "GI", ""], object), count),
        zone=rng.integers(-1, len(LABELS), count).astype(np.int32),
        other=rng.integers(-1, len(LABELS), count).astype(np.int32),
        cls=rng.choice([ContactClass.SHIP_A, ContactClass.AIRCRAFT], count).astype(np.uint8),
        zones=LABELS,
    )
    sea.lat[:5] = np.nan
    register = Register(*shipped()[:2])
    found = law_sweep.sweep(sea, register.members(AT), "ES", AT)
    assert (found[:5] == law_sweep.UNJUDGED).all()
    for row in range(5, count):
        zones = dict.fromkeys(z for z in (int(sea.zone[row]), int(sea.other[row])) if z >= 0)
        flag = str(sea.flag[row])
        alone = Question(
            "ES",
            tuple(dict.fromkeys(_place(LABELS[z]) for z in zones)),
            from_ms(AT).date(),
            flag,
            "claimed" if flag else "unknown",
            "air" if sea.cls[row] == ContactClass.AIRCRAFT else "sea",
            (float(sea.lat[row]), float(sea.lon[row])),
        )
        assert found[row] == law().rule(alone, register.members(AT)).result, alone
    assert sum(law_sweep.counts(found).values()) == count - 5


def _place(label: ZoneLabel) -> Place:
    return Place(label.kind, label.states, label.status == "agreed")


def test_a_list_is_filtered_by_what_a_state_may_do() -> None:
    from maoc_tui.desk import selection
    from maoc_tui.desk.reference import Reference
    from maoc_tui.domain.law_rules import Result

    count, rng = 300, np.random.default_rng(4)
    sea = replace(
        crowd(count),
        flag=rng.choice(np.array(["ES", "PA", ""], object), count),
        zone=rng.integers(0, len(LABELS), count).astype(np.int32),
        zones=LABELS,
    )
    members = Register(*shipped()[:2]).members(AT)
    found = law_sweep.sweep(sea, members, "ES", AT)
    reference = Reference.load()
    for result in Result:
        rows = selection.select(sea, f"law:es={result.name}", AT, reference, members)
        assert rows.tolist() == np.flatnonzero(found == result).tolist()
    either = selection.select(sea, "law:ES=GO,ES=ASK", AT, reference, members)
    assert len(either) == int(np.isin(found, (Result.GO, Result.ASK)).sum())


def test_inferred_internal_waters_count_as_territorial_sea_too() -> None:
    from maoc_tui.desk.law_places import places

    inferred = ZoneLabel("internal", ("PT",), "agreed", "inferred", "PT IW")
    assert [place.kind for place in places(inferred)] == ["internal", "territorial"]
    assert [place.kind for place in places(replace(inferred, basis="official"))] == ["internal"]
