"""What was delivered is not delivered again, what was not stored is, and the account stays whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.contacts import Doubt, Space, contact_key
from maoc_tui.domain.reports import Batch, Fixes, Identity
from maoc_tui.feeds import live_memory
from maoc_tui.feeds.live_memory import SAME_ARRIVAL_MS, SAME_MS, Memory

ROW = st.tuples(st.integers(1, 4), st.integers(0, 5).map(lambda n: n * 1000), st.sampled_from([38.0, 38.5]))


def batch(*rows, names=(), doubt=Doubt.NONE):
    """Fixes of (contact, ms, latitude) and identities of (contact, name), one record each."""
    key, time, lat = zip(*rows, strict=True) if rows else ((), (), ())
    numbers = range(1, len(rows) + 1)
    keys = [contact_key(Space.AIS, k) for k in key]
    fixes = Fixes.build(keys, time, lat, [0.0] * len(rows), doubt=doubt, record=numbers)
    said = [(contact_key(Space.AIS, k), {"name": name}) for k, name in names]
    identities = [Identity(k, 0, 1, values, len(rows) + n) for n, (k, values) in enumerate(said, 1)]
    return Batch(fixes, identities, others=len(names))


def reports(of):
    return list(zip(of.fixes.key.tolist(), of.fixes.time.tolist(), of.fixes.lat.tolist(), strict=True))


@given(st.lists(st.lists(ROW, max_size=6), max_size=5), st.lists(st.booleans(), min_size=5, max_size=5))
def test_every_record_is_counted_and_none_is_lost(polls, stored):
    memory = Memory()
    delivered = set()
    for rows, ok in zip(polls, stored, strict=False):
        before = batch(*rows)
        after = memory.sift(before)
        assert after.read == before.read
        if not ok:
            memory.forget_pending()
            continue
        memory.confirm()
        delivered |= set(reports(after))
        for key, time, lat in reports(before):
            same = [t for k, t, a in delivered if (k, a) == (key, lat) and abs(t - time) <= SAME_MS]
            assert same, "a report was delivered neither now nor before"


def test_what_was_not_stored_comes_again():
    memory = Memory()
    assert len(memory.sift(batch((1, 0, 38.0), names=[(2, "A")])).fixes) == 1
    memory.forget_pending()
    again = memory.sift(batch((1, 0, 38.0), names=[(2, "A")]))
    assert (len(again.fixes), again.others, again.duplicates) == (1, 1, 0)
    memory.confirm()
    known = memory.sift(batch((1, 0, 38.0), names=[(2, "A")]))
    assert (len(known.fixes), known.others, known.duplicates, known.identities) == (0, 0, 2, [])


def test_a_changed_name_is_news():
    memory = Memory()
    memory.sift(batch(names=[(2, "A")]))
    memory.confirm()
    (identity,) = memory.sift(batch(names=[(2, "B")])).identities
    assert identity.values == {"name": "B"}


def test_rounding_is_tolerated_more_where_the_time_is_that_of_arrival():
    for doubt, limit in ((Doubt.NONE, SAME_MS), (Doubt.ARRIVAL_TIME, SAME_ARRIVAL_MS)):
        memory = Memory()
        memory.sift(batch((1, 100_000, 38.0), doubt=doubt))
        memory.confirm()
        assert memory.sift(batch((1, 100_000 + limit, 38.0), doubt=doubt)).duplicates == 1
        assert memory.sift(batch((1, 100_000 - limit, 38.0), doubt=doubt)).duplicates == 1
        assert memory.sift(batch((1, 100_001 + limit, 38.0), doubt=doubt)).duplicates == 0


def test_an_unmoved_ship_that_reports_again_is_a_new_fix():
    memory = Memory()
    memory.sift(batch((1, 0, 38.0)))
    memory.confirm()
    assert len(memory.sift(batch((1, 180_000, 38.0))).fixes) == 1


def test_the_memory_is_bounded_and_forgets_what_is_longest_unchanged(monkeypatch):
    monkeypatch.setattr(live_memory, "_REMEMBERED", 3)
    memory = Memory()
    for n in (1, 2, 3, 1, 4):
        memory.sift(batch((n, n * 10_000 + len(memory.places) * 5000, 38.0 + n)))
        memory.confirm()
    assert [key & 0xFF for key in memory.places] == [3, 1, 4]
