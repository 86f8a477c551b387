"""Zone events by the time of passage, dates with what is needed to read them, the order of the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import fakes
import numpy as np
import pytest

from maoc_tui.desk import picture as desk_picture
from maoc_tui.ui import format as fmt
from maoc_tui.ui.event_rows import EventRows, newest_id
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.ordering import ordered
from maoc_tui.ui.status import Status

HOUR = 3_600_000


def _ms(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type]


def test_events_read_later_stand_where_their_time_puts_them(monkeypatch):
    first = fakes.events(3)
    late = replace(first[0], id=9, at=first[0].at - HOUR)
    asked = []

    def newer(room, viewer, after_id, limit):
        asked.append(after_id)
        return (late,) if after_id < 9 else ()

    monkeypatch.setattr(desk_picture, "zone_events", newer)
    monkeypatch.setattr(desk_picture, "zone_events_by_time", lambda *_, limit: first)
    desk = LiveDesk(lambda said: None)
    known = desk._events(None, None)
    both = desk._events(None, SimpleNamespace(events=known))
    assert [event.id for event in both] == [9, 1, 2, 3]
    assert newest_id(both) == 9
    assert desk._events(None, SimpleNamespace(events=both)) is both
    assert asked == [3, 9]


def test_newest_passage_is_on_top_with_its_day_when_it_is_not_today():
    events = tuple(
        replace(fakes.events(1)[0], id=5 - at, at=when)
        for at, when in enumerate((_ms(2021, 12, 13, 1), _ms(2022, 12, 13, 23, 59), fakes.NOW))
    )
    rows = EventRows(events, 0, False, fakes.NOW)
    assert [rows.cells(at)[1][0] for at in range(3)] == ["03:07Z", "13 Dec 23:59", "13 Dec 2021"]


@pytest.mark.parametrize(
    ("when", "shown"),
    [((2022, 11, 12, 13, 5), "12 Nov 13:05Z"), ((2021, 11, 12, 13, 5), "12 Nov 2021 13:05Z")],
)
def test_a_date_of_another_year_says_so(when, shown):
    assert fmt.day_clock(_ms(*when), False, fakes.NOW) == shown


@pytest.mark.parametrize(("unseen", "shown"), [(499, "→499 zone"), (500, "→500+ zone")])
def test_the_count_of_new_events_owns_up_to_its_limit(unseen, shown):
    moment = SimpleNamespace(picture=range(3), clock=None, targets=1, feeds=(), slips=(), on_watch=None)
    status = Status(fakes.NOW, False, "", 1.0, moment, unseen, 0)
    texts = [text for part in status.parts() for text, _ in part]
    assert shown in texts
    assert "1 target" in texts


@pytest.mark.parametrize("descending", [False, True])
def test_contacts_with_a_target_come_first_and_then_the_newest_fix(descending):
    shown = fakes.picture(200)
    rows = ordered(shown, np.arange(200), "target", descending)
    has, times = shown.target[rows] != "", shown.time[rows]
    assert has[: has.sum()].all()
    for part in (times[has], times[~has]):
        steps = np.diff(part)
        assert (steps >= 0).all() if descending else (steps <= 0).all()
