"""Date-time groups, clock times and ages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.units import format_age, format_dtg, format_span, parse_duration, parse_time
from maoc_tui.problems import BadInput

NOW = datetime(2026, 1, 6, 15, 30, 20, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("061530ZJAN26", "2026-01-06T15:30"),
        ("06 1530Z JAN 26", "2026-01-06T15:30"),
        ("061530zjan2026", "2026-01-06T15:30"),
        ("061530AJAN26", "2026-01-06T14:30"),
        ("061530KJAN26", "2026-01-06T05:30"),
        ("061530MJAN26", "2026-01-06T03:30"),
        ("061530NJAN26", "2026-01-06T16:30"),
        ("061530YJAN26", "2026-01-07T03:30"),
        ("312359ZDEC99", "1999-12-31T23:59"),
        ("290000ZFEB24", "2024-02-29T00:00"),
        ("271530Z", "2025-12-27T15:30"),
        ("011530Z", "2026-01-01T15:30"),
        ("271530ZDEC", "2025-12-27T15:30"),
        ("2026-01-06T15:30Z", "2026-01-06T15:30"),
        ("2026-01-06 15:30:30.5Z", "2026-01-06T15:30:30.5"),
        ("2026-01-06t16:30+01:00", "2026-01-06T15:30"),
        ("2026-01-06T15:30-0300", "2026-01-06T18:30"),
        ("2026-01-06", "2026-01-06T00:00"),
        ("0312", "2026-01-06T03:12"),
        ("03:12Z", "2026-01-06T03:12"),
        ("1535", "2026-01-06T15:35"),
        ("1600", "2026-01-05T16:00"),
        ("now", "2026-01-06T15:30:20"),
        ("-2h", "2026-01-06T13:30:20"),
        ("+30m", "2026-01-06T16:00:20"),
    ],
)
def test_times_a_person_types(text, instant):
    assert parse_time(text, NOW) == at(instant)


def test_a_bare_clock_time_looks_ahead_when_asked():
    assert parse_time("1600", NOW, ahead=True) == at("2026-01-06T16:00")
    assert parse_time("0312", NOW, ahead=True) == at("2026-01-07T03:12")
    midnight = datetime(2026, 1, 6, 0, 4, tzinfo=UTC)
    assert parse_time("2355", midnight) == at("2026-01-05T23:55")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2026-01-06T15:30", "no zone"),
        ("061530JJAN26", "reader's own time"),
        ("321530ZJAN26", "exists"),
        ("290000ZFEB26", "exists"),
        ("061530ZJUX26", "not a month"),
        ("062530ZJAN26", "exists"),
        ("2026-13-06T15:30Z", "exists"),
        ("2026-01-06T15:30+99:00", "exists"),
        ("0001-01-01T00:00+01:00", "exists"),
        ("2400", "time of day"),
        ("soon", "not a time"),
        ("", "not a time"),
        ("-2 fortnights", "length of time"),
        ("-9999999999d", "century"),
    ],
)
def test_refusals_say_what_is_missing(text, names):
    with pytest.raises(BadInput, match=names):
        parse_time(text, NOW)


@given(
    st.integers(0, 7_258_118_400),
    st.timedeltas(-timedelta(days=49 * 365), timedelta(days=49 * 365)),
)
def test_a_date_time_group_reads_back_to_the_minute(seconds, away):
    moment = datetime.fromtimestamp(seconds, UTC)
    assert parse_time(format_dtg(moment), moment + away) == moment.replace(second=0, microsecond=0)


@given(st.text(max_size=30))
def test_nothing_but_bad_input_is_ever_raised(text):
    try:
        assert parse_time(text, NOW).tzinfo is not None
    except BadInput:
        return


def test_dtg_is_shown_in_zulu():
    lisbon_summer = timezone(timedelta(hours=1))
    assert format_dtg(datetime(2026, 7, 1, 0, 30, 59, tzinfo=lisbon_summer)) == "302330ZJUN26"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45s", 45),
        ("2m", 120),
        ("6h", 21600),
        ("5h27", 19620),
        ("1d12h", 129600),
        ("1.5 h", 5400),
        ("2w", 1209600),
    ],
)
def test_lengths_of_time(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("seconds", "short", "words"),
    [
        (0, "0s", "0 s"),
        (59.9, "59s", "59 s"),
        (120, "2m", "2 min"),
        (19620, "5h", "5 h 27"),
        (100000, "27h", "27 h 46"),
        (300000, "3d", "3 d 11 h"),
        (-120, "+2m", "2 min"),
    ],
)
def test_ages(seconds, short, words):
    assert format_age(seconds) == short
    assert format_span(seconds) == words
