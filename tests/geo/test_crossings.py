"""Zone changes: equal to a slow reading of the rule, and independent of how a feed cuts its data."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.geo.crossings import UNDECIDED, crossings


def slow(groups, decided=UNDECIDED, last=UNDECIDED):
    """The rule read aloud: two in a row in another zone than the decided one is a change."""
    events, before, before_at = [], last, -1
    for i, g in enumerate(groups):
        if g == UNDECIDED:
            continue
        if g == before and g != decided:
            if decided != UNDECIDED:
                events.append((before_at, decided, g))
            decided = g
        if g != before:
            before_at = i
        before = g
    return events, decided, before


def found(groups, decided=UNDECIDED, last=UNDECIDED):
    groups = np.array(groups, np.int32)
    result = crossings(
        np.zeros(len(groups), np.int64), groups, np.array([decided], np.int32), np.array([last], np.int32)
    )
    return list(zip(result.index, result.left, result.entered, strict=True)), int(result.decided[0])


def test_one_fix_across_the_line_is_noise():
    assert found([1, 1, 2, 1, 1]) == ([], 1)


def test_two_fixes_across_are_a_change_at_the_first():
    assert found([1, 1, 2, 2]) == ([(2, 1, 2)], 2)


def test_pending_fix_of_the_last_batch_dates_the_change():
    events, decided = found([2], decided=1, last=2)
    assert events == [(-1, 1, 2)]
    assert decided == 2


def test_fixes_outside_the_dataset_are_passed_over():
    assert found([1, 1, UNDECIDED, 2, UNDECIDED, 2]) == ([(3, 1, 2)], 2)


@given(st.lists(st.integers(-1, 3), max_size=40))
def test_equals_the_slow_reading(groups):
    events, decided, _ = slow(groups)
    assert found(groups) == (events, decided)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=30), st.integers(0, 30))
def test_cutting_the_feed_changes_nothing(groups, cut):
    cut = min(cut, len(groups))
    whole, decided = found(groups)
    first, middle = found(groups[:cut])
    last = groups[cut - 1] if cut else UNDECIDED
    second, end = found(groups[cut:], middle, last)
    pairs = [(left, entered) for _, left, entered in first + second]
    assert pairs == [(left, entered) for _, left, entered in whole]
    assert end == decided


@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=10), min_size=1, max_size=5))
def test_contacts_do_not_mix(tracks):
    contact = np.concatenate([np.full(len(t), i) for i, t in enumerate(tracks)]).astype(np.int64)
    none = np.full(len(tracks), UNDECIDED, np.int32)
    together = crossings(contact, np.concatenate(tracks).astype(np.int32), none, none)
    for i, track in enumerate(tracks):
        mine = together.contact == i
        alone = crossings(np.zeros(len(track), np.int64), np.array(track, np.int32), none[:1], none[:1])
        assert list(together.entered[mine]) == list(alone.entered)
        assert together.decided[i] == alone.decided[0]
