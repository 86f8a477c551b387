"""Sums of the ledger: which weight is quoted, that each event counts once, and an independent count."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seizure_lines import BASES, TERMS, event, found, stated, weight

from maoc_tui.domain import seizure_figures
from maoc_tui.domain.credits import format_shares
from maoc_tui.domain.seizure_figures import GROUPS, counted, credit, table
from maoc_tui.domain.seizures import (
    Fate,
    shown_weight,
)

weights_drawn = st.builds(
    weight,
    st.integers(1, 10**7),
    st.sampled_from(BASES),
    st.integers(0, 50),
    st.booleans(),
    st.integers(1, 3),
)
finds_drawn = st.lists(
    st.tuples(st.sampled_from(list(Fate)), st.sampled_from(["COCAINE", "HEROIN", "SUSPECTED"])), max_size=3
)


@st.composite
def events_drawn(draw):
    """Ledgers of up to six events, with finds, weights and some counted as others."""
    made = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        finds = tuple(found(n, *kind) for n, kind in enumerate(draw(finds_drawn), 1))
        same = draw(st.sampled_from([0, 0, 0, 1, 2, 3]))
        lines = [stated("LEAD", draw(st.sampled_from(["ES", "FR"])))] if draw(st.booleans()) else []
        lines += [stated("SAME_AS", f"SZ-{same:04d}")] if same and same != number else []
        made.append(
            event(
                number,
                draw(st.integers(0, 900)),
                finds=finds,
                weighings=tuple(w for w in draw(st.lists(weights_drawn, max_size=6)) if w.find <= len(finds)),
                stated=tuple(lines),
            )
        )
    return made


def by_hand(events) -> dict[str, int]:
    """An independent sum of what is seized, by substance: sorted from the worst to the best and the last taken."""
    sums: dict[str, int] = defaultdict(int)
    trust = {"ESTIMATED": 0, "GROSS": 1, "NET": 2}
    for one in events:
        for find in one.finds:
            held = [w for w in one.weighings if w.find == find.number]
            for key in (
                lambda w: w.entered_ms,
                lambda w: w.at_ms,
                lambda w: trust[w.basis],
                lambda w: w.official,
            ):
                held.sort(key=key)
            if held and find.fate is Fate.SEIZED:
                sums[find.substance] += held[-1].grams
    return {key: total for key, total in sums.items() if total}


@pytest.mark.parametrize(
    ("weights", "quoted"),
    [
        ([weight(4000, "ESTIMATED"), weight(3281, "GROSS", 5)], 3281),
        ([weight(3281, "GROSS", 5), weight(4000, "ESTIMATED", 9)], 3281),
        ([weight(3100, "NET", 5), weight(3281, "GROSS", 9)], 3100),
        ([weight(3100, "NET", 5), weight(3090, "NET", 7)], 3090),
        ([weight(3100, "NET", 5, official=False), weight(4000, "ESTIMATED", 1)], 4000),
        ([weight(3100, "NET", 5, official=False), weight(3200, "GROSS", 9, official=False)], 3100),
        ([], None),
    ],
)
def test_the_quoted_weight_is_official_then_net_then_the_newest(weights, quoted) -> None:
    shown = shown_weight(weights, BASES)
    assert (shown.grams if shown else None) == quoted


@given(events_drawn(), st.sampled_from(GROUPS))
def test_rows_add_to_the_total_and_each_event_is_counted_once(ledger, by) -> None:
    every = counted(ledger)
    rows, total = table(every, by, TERMS)
    assert total.n == len(every)
    assert len({one.number for one in every}) == len(every)
    for part in ("seized", "jettisoned"):
        for kind in ("weighed_g", "estimated_g"):
            assert sum(getattr(getattr(row, part), kind) for row in rows) == getattr(
                getattr(total, part), kind
            )
    assert sum(row.unweighed for row in rows) == total.unweighed
    assert set().union(*(row.events for row in rows)) <= total.events


@given(events_drawn())
def test_sums_are_those_of_an_independent_count(ledger) -> None:
    every = counted(ledger)
    rows, _ = table(every, "substance", TERMS)
    assert {row.key: row.seized.total_g for row in rows if row.seized.total_g} == by_hand(every)


@given(events_drawn(), st.randoms())
def test_the_order_of_events_changes_no_figure(ledger, random) -> None:
    shuffled = list(ledger)
    random.shuffle(shuffled)
    sums = [table(counted(one), "substance", TERMS)[1].seized for one in (ledger, shuffled)]
    assert sums[0] == sums[1]


@given(events_drawn())
def test_of_events_said_to_be_the_same_exactly_one_counts(ledger) -> None:
    """Whatever points to whatever, in circles too: every group of reports is counted under one number."""
    held = {one.number: one for one in ledger}
    numbers = {one.number for one in counted(ledger)}
    for one in ledger:
        chain = {one.number}
        while (to := int((held[one.number].value("SAME_AS") or "SZ-0")[3:])) in held and to not in chain:
            chain.add(to)
            one = held[to]
        assert len(chain & numbers) == 1


def test_counting_a_second_report_too_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    twice = [
        event(1, finds=(found(),), weighings=(weight(3_000_000, "NET"),)),
        event(
            2, finds=(found(),), weighings=(weight(3_000_000, "NET"),), stated=(stated("SAME_AS", "SZ-0001"),)
        ),
    ]
    assert table(counted(twice), "substance", TERMS)[1].seized.total_g == 3_000_000
    monkeypatch.setattr(seizure_figures, "_same_as", lambda event: 0)
    assert table(counted(twice), "substance", TERMS)[1].seized.total_g == 6_000_000


def test_jettisoned_and_estimated_stand_apart() -> None:
    one = event(
        finds=(found(1), found(2, Fate.JETTISONED), found(3)),
        weighings=(weight(2_000_000, "NET"), weight(500_000, "ESTIMATED", find=2)),
    )
    _, total = table([one], "substance", TERMS)
    assert (total.seized.weighed_g, total.seized.estimated_g) == (2_000_000, 0)
    assert (total.jettisoned.weighed_g, total.jettisoned.estimated_g) == (0, 500_000)
    assert (total.disrupted_g, total.unweighed, total.n) == (2_500_000, 1, 1)


def test_an_event_with_nothing_found_is_counted_and_adds_nothing() -> None:
    rows, total = table([event(stated=(stated("LEAD", "ES"),))], "lead", TERMS)
    assert [(row.key, row.n, row.disrupted_g) for row in rows] == [("ES", 1, 0)]
    assert total.n == 1


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=4), max_size=6))
def test_credits_of_all_partners_add_to_the_number_of_events(parts) -> None:
    codes = ["ES", "FR", "GB", "PT"]
    made = []
    for number, each in enumerate(parts, 1):
        shares = {code: Fraction(part, sum(each)) for code, part in zip(codes, each, strict=False)}
        made.append(event(number, stated=(stated("CREDIT_ASSET", format_shares(shares)),)))
    (asset,) = [one for one in credit(made) if one.kind == "CREDIT_ASSET"]
    assert sum(asset.shares.values()) == asset.n == len(parts)
