"""The cursor of a list by itself: it stays with its record, in the list and in view, and waits for what has left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.ui.cursor import Cursor


class Keys:
    """Rows that are their own keys."""

    def __init__(self, keys):
        self.keys = list(keys)

    def __len__(self):
        return len(self.keys)

    def key(self, at):
        return self.keys[at]

    def find(self, key):
        return self.keys.index(key) if key in self.keys else -1

    def cells(self, at):
        return ()


LISTS = st.lists(st.integers(0, 20), unique=True)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["step", "turn", "move", "select", "follow", "anew", "page"]), st.integers(-3, 20)
    ),
    max_size=25,
)


def _do(cursor: Cursor, what: str, number: int, rows: list[int]) -> None:
    if what in ("follow", "anew"):
        cursor.follow(Keys(rows[: abs(number)] if number % 2 else reversed(rows)), anew=what == "anew")
    elif what == "page":
        cursor.page = max(number, 1)
        cursor.stay_in_view()
    else:
        getattr(cursor, what)(number)


@given(LISTS, STEPS, st.booleans(), st.booleans(), st.integers(1, 12))
def test_it_is_in_the_list_and_in_view_whatever_happens(rows, steps, newest_first, waits, page):
    cursor = Cursor(newest_first, waits, page=page)
    cursor.follow(Keys(rows))
    for what, number in steps:
        _do(cursor, what, number, rows)
        count = len(cursor.rows)
        assert 0 <= cursor.top <= max(count - cursor.page, 0)
        if cursor.key is not None:
            assert cursor.rows.find(cursor.key) == cursor.at
            assert cursor.top <= cursor.at < cursor.top + cursor.page
        elif count:
            assert waits
            assert cursor.gone is not None
            assert cursor.rows.find(cursor.gone[0]) < 0


@given(LISTS.filter(len), LISTS, st.integers(0, 20), st.integers(1, 12), st.booleans())
def test_it_stays_with_its_record_while_that_is_listed(before, after, at, page, waits):
    cursor = Cursor(waits=waits, page=page)
    cursor.follow(Keys(before))
    cursor.move(at)
    record, line = cursor.key, cursor.at - cursor.top
    cursor.follow(Keys(after))
    if record in after:
        assert cursor.key == record
        furthest = max(len(after) - page, 0)
        if 0 <= cursor.at - line <= furthest:
            assert cursor.at - cursor.top == line
    elif waits:
        assert cursor.key is None
        assert cursor.gone is not None
        cursor.follow(Keys(before))
        assert cursor.key == record
    else:
        assert (cursor.key is None) is (not after)


def test_the_first_step_after_a_record_has_left_only_brings_it_back():
    cursor = Cursor(waits=True, page=5)
    cursor.follow(Keys("abc"))
    cursor.step(1)
    cursor.follow(Keys("ac"))
    assert cursor.key is None
    cursor.step(1)
    assert cursor.key == "c"


def test_another_list_asked_for_leaves_nothing_to_wait_for():
    cursor = Cursor(waits=True, page=5)
    cursor.follow(Keys("abc"))
    cursor.follow(Keys("bc"), anew=True)
    assert cursor.key == "b"


def test_news_put_it_on_the_newest_until_it_is_moved():
    cursor = Cursor(newest_first=True, page=5)
    cursor.follow(Keys("bc"))
    cursor.follow(Keys("abc"))
    assert cursor.key == "a"
    cursor.step(1)
    cursor.follow(Keys("zabc"))
    assert cursor.key == "b"
