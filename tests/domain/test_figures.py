"""Figures as values: months add to the year, everything is counted once, what was frozen comes back exactly."""

from __future__ import annotations

import math
import tomllib
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seizure_lines import TERMS
from test_seizure_sums import events_drawn

from maoc_tui import resources
from maoc_tui.domain import figure_folds as folds
from maoc_tui.domain import figure_terms
from maoc_tui.domain.figure_folds import Item, centile, median, summed
from maoc_tui.domain.figure_frozen import Frozen, as_text, from_text
from maoc_tui.domain.figure_words import NONE, plain, worded
from maoc_tui.domain.figures import (
    MONTH,
    TOTAL,
    YEAR,
    Table,
    before,
    changes,
    parse_by,
    period_of,
    periods,
)
from maoc_tui.domain.seizure_figures import counted
from maoc_tui.problems import BadInput, Problem

keys_drawn = st.lists(st.sampled_from("abc"), unique=True, max_size=3).map(tuple)
items_drawn = st.lists(
    st.builds(
        lambda ref, keys, amounts, hours: Item(f"R-{ref}", keys, amounts, hours),
        st.integers(1, 6), keys_drawn, st.tuples(st.integers(0, 9), st.integers(0, 9)),
        st.none() | st.floats(0, 500),
    ),
    max_size=12,
)  # fmt: skip
moments = st.integers(-(10**12), 4 * 10**12)
"""Between 1938 and 2096."""


@given(moments, st.sampled_from([MONTH, YEAR]))
def test_a_period_holds_its_moments_and_no_other_does(at: int, by: str) -> None:
    one = period_of(at, by)
    assert one.holds(at)
    assert period_of(one.from_ms, by) == period_of(one.to_ms - 1, by) == one
    assert period_of(one.to_ms, by) != one
    assert before(period_of(one.to_ms, by), by, 1) == one
    assert before(one, by, 0) == one


@given(moments, st.integers(1, 100 * 86_400_000))
def test_the_months_of_a_span_follow_each_other_and_lie_in_its_years(begins: int, length: int) -> None:
    months = periods(begins, begins + length, MONTH)
    assert months[0].holds(begins)
    assert months[-1].holds(begins + length - 1)
    assert all(one.to_ms == other.from_ms for one, other in pairwise(months))
    assert {one.key[:4] for one in months} == {one.key for one in periods(begins, begins + length, YEAR)}


def test_a_span_of_too_many_months_is_refused() -> None:
    with pytest.raises(BadInput, match="more than 240"):
        periods(0, 10**13, MONTH)
    with pytest.raises(BadInput, match="'week'"):
        parse_by("week")


@settings(max_examples=25)
@given(events_drawn(), st.sampled_from(["seized", "disrupted", "events_and_weights"]))
def test_the_months_of_a_year_add_to_it_and_each_event_is_in_one_of_them(ledger, fold: str) -> None:
    """Independent of the product's own year: whatever is summed over months is the year's figure."""
    make, every = getattr(folds, fold), counted(ledger)

    def table(held) -> Table:
        return make(held, "substance", TERMS)

    for year in periods(
        min(one.when.from_ms for one in every), max(one.when.from_ms for one in every) + 1, YEAR
    ):
        held = [one for one in every if year.holds(one.when.from_ms)]
        whole = table(held)
        months = [
            table([one for one in held if month.holds(one.when.from_ms)])
            for month in periods(year.from_ms, year.to_ms, MONTH)
        ]
        assert len(months) == 12
        assert sum(one.total.n for one in months) == whole.total.n == len(held)
        for place in range(len(whole.total.values)):
            assert sum(one.total.values[place] for one in months) == whole.total.values[place]
            for row in whole.rows:
                parts = [found.values[place] for one in months if (found := one.row(row.key)) is not None]
                assert sum(parts) == row.values[place]


@settings(max_examples=25)
@given(events_drawn())
def test_flags_claimed_and_confirmed_each_add_to_the_events(ledger) -> None:
    every = counted(ledger)
    table = folds.flags(every)
    assert table.total.values == (len(every), len(every))
    assert table.total.n == len(every)
    for place in (0, 1):
        assert sum(row.values[place] for row in table.rows) == len(every)


@settings(max_examples=25)
@given(items_drawn)
def test_the_total_counts_everything_once_however_many_rows_it_is_in(items: list[Item]) -> None:
    table = summed(items, 2, spread=True)
    assert table.total.n == len({item.ref for item in items})
    assert table.total.values[0] == sum(item.amounts[0] for item in items)
    for row in table.rows:
        mine = [item for item in items if row.key in item.keys]
        assert row.n == len({item.ref for item in mine})
        assert row.values[:2] == tuple(sum(item.amounts[at] for item in mine) for at in (0, 1))
    assert {row.key for row in table.rows} == {key for item in items for key in item.keys}


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30))
def test_median_and_centile_are_those_of_their_definitions(values: list[float]) -> None:
    high = centile(values, 90)
    assert high in values
    assert sum(one <= high for one in values) >= math.ceil(len(values) * 0.9)
    assert sum(one < high for one in values) < math.ceil(len(values) * 0.9)
    middle = median(values)
    assert sum(one <= middle for one in values) * 2 >= len(values)
    assert sum(one >= middle for one in values) * 2 >= len(values)


def test_nothing_has_no_median_and_nothing_of_nothing_is_no_rate() -> None:
    assert (median([]), centile([], 90)) == (None, None)
    assert summed([], 2, rate=True).total.values == (0, 0, None)
    assert summed([Item("a", (), (4, 1))], 2, rate=True).total.values == (4, 1, Fraction(1, 4))


def test_the_day_of_an_asset_is_counted_once_and_its_hours_all() -> None:
    twice = [Item("TK-1", ("FR",), (1, 3.0), once="AS-1 7"), Item("TK-2", ("FR",), (1, 4.0), once="AS-1 7")]
    assert summed(twice, 2).total.values == (1, 7.0)
    assert summed(twice, 2).total.n == 2


@settings(max_examples=25)
@given(events_drawn(), items_drawn)
def test_what_is_frozen_comes_back_exactly_and_differs_in_nothing(ledger, items) -> None:
    for table in (
        folds.contribution(ledger),
        folds.seized(ledger, "substance", TERMS),
        summed(items, 2, spread=True),
    ):
        made = Frozen(
            "t", "d", ("a",), ("kg",), {"k": "K"}, {"2026-03": table}, "H2", (("seizure", "x", "SZ-1"),), 3
        )
        assert from_text(as_text(made)) == made
        assert list(changes("2026-03", table, from_text(as_text(made)).tables["2026-03"])) == []


@settings(max_examples=25)
@given(items_drawn, items_drawn)
def test_every_figure_that_differs_is_named_and_no_other(first, second) -> None:
    was, now = summed(first, 2), summed(second, 2)
    found = {(one.row, one.column) for one in changes("p", was, now)}
    for key in {row.key for row in (*was.rows, *now.rows)} | {TOTAL}:
        old, new = ((one.total if key == TOTAL else one.row(key)) for one in (was, now))
        for at in (0, 1):
            values = [row.values[at] if row is not None else None for row in (old, new)]
            assert ((key, at) in found) == (values[0] != values[1])


@pytest.mark.parametrize(
    ("value", "unit", "words", "number"),
    [
        (1_688_000, "kg", "1,688 kg", 1688.0), (250, "kg", "0.25 kg", 0.25), (Fraction(2, 3), "share", "2/3", 0.6667),
        (Fraction(5, 7), "share", "0.71", 0.7143), (2.25, "h", "2.2 h", 2.25), (3, "d", "3 d", 3),
        (Fraction(1, 3), "rate", "33 %", 0.3333), (None, "h", NONE, None), (1200, "count", "1,200", 1200),
    ],
)  # fmt: skip
def test_values_in_words_and_for_scripts(value, unit: str, words: str, number) -> None:
    assert worded(value, unit) == words
    assert plain(value, unit) == number


# -- data/figures.toml -----------------------------------------------------------------------------


@pytest.fixture
def raw() -> dict:
    return tomllib.loads(resources.data("figures.toml").read_text(encoding="utf-8"))


def test_a_note_on_charts_names_its_day_its_source_and_measures_there_are(raw) -> None:
    assert [one.on.isoformat() for one in figure_terms.parse(raw).happened] == ["2024-03-31", "2024-07-02"]
    for field, wrong, told in (
        ("on", "2024-03-31", "must be a day"), ("source", "", "source"), ("measures", ["nonsense"], "measures"),
        ("measures", [], "names none"),
    ):  # fmt: skip
        broken = {**raw, "happened": [{**raw["happened"][0], field: wrong}]}
        with pytest.raises(ValueError, match=told):
            figure_terms.parse(broken)


def test_every_measure_is_defined_and_may_be_named_by_its_beginning(raw) -> None:
    shipped = figure_terms.shipped()
    assert set(shipped.by_code) == set(figure_terms.COLUMNS)
    assert all(len(one.definition) > 60 for one in shipped.by_code.values())
    assert "newest official net weight" in shipped.by_code["seized"].definition
    assert shipped.parse("hit").code == "hit-rate"
    assert shipped.parse("Hit Rate").code == "hit-rate"
    for text in ("", "c", "nonsense"):
        with pytest.raises(BadInput, match="is no measure"):
            shipped.parse(text)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw.pop("as_of"), "the file, as_of"),
        (lambda raw: raw.update(late_min=0), "late_min"),
        (lambda raw: raw.update(positive_outcomes=["sunk"]), "positive_outcomes"),
        (lambda raw: raw["measure"].pop(0), "measure seized, code: is missing"),
        (lambda raw: raw["measure"].append(dict(raw["measure"][0])), "stands twice"),
        (lambda raw: raw["measure"][0].update(code="odd"), "is not known"),
        (lambda raw: raw["measure"][0].update(uses=["ODD"]), "measure seized, uses"),
        (lambda raw: raw["measure"][0].update(text=""), "measure seized, text"),
        (lambda raw: raw["measure"][0]["columns"][0].update(unit="h"), "measure seized, columns"),
        (lambda raw: raw["measure"][0].update(chart=["odd"]), "measure seized, chart"),
        (lambda raw: raw["measure"][2].update(chart=["events", "weighed"]), "must be of one unit"),
    ],
)  # fmt: skip
def test_a_fault_names_entry_field_and_reason(raw, spoil, said: str) -> None:
    spoil(raw)
    with pytest.raises(ValueError, match=said):
        figure_terms.parse(raw)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path) -> None:
    with pytest.raises(Problem, match=r"figures\.toml"):
        figure_terms.read(tmp_path / "figures.toml")
