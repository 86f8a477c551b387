"""When a sentence was received: prefix, tag block, suffix, lines around it, arrival clock (51, 52)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import NOW, T0, position, read, sentence, summed, tagged

from maoc_tui.domain.contacts import Doubt

MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001
GOOD = sentence(position(second=17))
OTHER = sentence(position(mmsi=255801234, second=17))


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)


def other(body: str) -> str:
    return f"${body}*{summed(body)}"


@pytest.mark.parametrize(
    ("before", "time"),
    [
        ("1452468552.938 ", 1452468552938),
        ("1452468552 ", 1452468552000),
        ("1452468552938 ", 1452468552938),
        ("1452468552\t", 1452468552000),
        ("1452468552,", 1452468552000),
        ("[1452468552] ", 1452468552000),
        ("2016-01-10T23:29:12.938Z ", ms(2016, 1, 10, 23, 29, 12) + 938),
        ("2016-01-10 23:29:12 ", ms(2016, 1, 10, 23, 29, 12)),
        ("2016/01/10 23:29:12, ", ms(2016, 1, 10, 23, 29, 12)),
        ('"2016-01-10T23:29:12+01:00" ', ms(2016, 1, 10, 22, 29, 12)),
        ("2016-01-10 23:29:12.5-0230 INFO: ", ms(2016, 1, 11, 1, 59, 12) + 500),
    ],
)
def test_a_prefix_tells_the_time(before: str, time: int) -> None:
    batch = read([before + GOOD])
    assert batch.fixes.time.tolist() == [time]
    assert batch.fixes.doubt[0] == 0


def test_a_prefix_known_to_the_minute_is_refined_by_the_reports_own_second() -> None:
    lines = [f"2016-01-10 23:29 {GOOD}", f"2016-01-10 23:29 {sentence(position(second=60))}"]
    assert read(lines).fixes.time.tolist() == [ms(2016, 1, 10, 23, 29, 17), ms(2016, 1, 10, 23, 29)]


def test_a_time_known_to_the_second_is_not_touched_by_the_report() -> None:
    assert read([f"{T0}.25 {GOOD}"]).fixes.time[0] == T0 * 1000 + 250


def test_gatehouse_lines_tell_the_time_of_what_follows() -> None:
    lines = ["\\si:AISD*3F\\", "$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62*26", GOOD]
    assert read(lines).fixes.time[0] == ms(2013, 11, 12, 12, 0, 0) + 11


def test_a_tag_block_alone_on_its_line_belongs_to_the_next_sentence() -> None:
    block = f"c:{T0},s:rX"
    lines = [f"\\{block}*{summed(block)}\\", GOOD]
    assert read(lines).fixes.time[0] == T0 * 1000


def test_position_sentences_of_the_own_ship_tell_the_time() -> None:
    rmc = other("GPRMC,035258.50,A,5013.4693,N,00346.6503,W,4.0,183.2,260711,3.8,W,A")
    assert read([rmc, GOOD]).fixes.time[0] == ms(2011, 7, 26, 3, 52, 58) + 500
    assert read([other("GPZDA,035300,26,07,2011,00,00"), GOOD]).fixes.time[0] == ms(2011, 7, 26, 3, 53, 0)


@pytest.mark.parametrize(
    "line",
    [
        "$GPRMC,035258,A,5013.4693,N,00346.6503,W,4.0,183.2,260711,3.8,W,A*00",
        other("GPRMC,140257,A,40004205.686,N,8888801147.298,E,000.0,330.6,030313,001.0,E"),
        other("GPRMC,035258,V,,,,,,,260711,,,N"),
        other("GPRMC,995258,A,,,,,,,260711,,,N"),
        other("GPRMC,035258,A,,,,,,,310211,,,N"),
        other("GPRMC,,A,,,,,,,,,,N"),
        other("GPZDA,,,,,,"),
        other("PGHP,1,2013,13,12,12,0,0,11,219,,2190067,1,62"),
        other("PGHP,1,2013"),
        other("PGHP,1,2013,11,12,12,0,0,x,1"),
    ],
)
def test_a_line_that_tells_no_sound_time_tells_none(line: str) -> None:
    batch = read([line, GOOD])
    assert batch.fixes.time[0] == NOW
    assert batch.fixes.doubt[0] == Doubt.ARRIVAL_TIME


def test_without_any_time_the_arrival_stands_in_and_says_so() -> None:
    batch = read([GOOD], received_ms=NOW - 5)
    assert batch.fixes.time[0] == NOW - 5
    assert batch.fixes.doubt[0] == Doubt.ARRIVAL_TIME


def test_the_last_time_told_serves_sentences_that_tell_none() -> None:
    batch = read([f"{T0} {GOOD}", OTHER])
    assert batch.fixes.time.tolist() == [T0 * 1000] * 2
    assert not batch.fixes.doubt.any()


def test_a_clock_of_the_log_outranks_what_another_sentence_told() -> None:
    rmc = other("GPRMC,035258,A,5013.4693,N,00346.6503,W,4.0,183.2,260711,3.8,W,A")
    batch = read([rmc, f"{OTHER},rSTATION,{T0}", GOOD])
    assert batch.fixes.time.tolist() == [T0 * 1000, ms(2011, 7, 26, 3, 52, 58)]


def test_a_tag_block_outranks_the_prefix_and_the_suffix() -> None:
    line = f"{T0 + 50} {tagged(GOOD, c=T0)},rSTATION,{T0 + 90}"
    assert read([line]).fixes.time[0] == T0 * 1000


def test_51_time_running_backwards_is_kept_as_it_is() -> None:
    batch = read([f"{T0} {GOOD}", f"{T0 - 500} {OTHER}"])
    assert batch.fixes.time.tolist() == [T0 * 1000, (T0 - 500) * 1000]


def test_52_a_stamp_ahead_of_the_watch_clock_is_marked() -> None:
    lines = [
        f"{NOW // 1000 + ahead} {sentence(position(mmsi=263000000 + ahead))}" for ahead in (0, 119, 121, 9999)
    ]
    assert read(lines).fixes.doubt.tolist() == [0, 0, Doubt.FUTURE, Doubt.FUTURE]


def test_53_and_54_one_number_in_two_places_is_kept_for_the_desk_to_judge() -> None:
    lines = [f"{T0 + n * 10} {sentence(position(lat=lat))}" for n, lat in enumerate((38.5, 10.0, 38.5, 10.0))]
    assert read(lines).fixes.lat == pytest.approx([38.5, 10.0, 38.5, 10.0])


@pytest.mark.parametrize(
    "block",
    ["", "c:", "c:abc", "c:-5", "c:1e99", "c:nan", "g:1-2", "g:a-b-c", "s", ":::", "c:99999999999999"],
)
def test_odd_tag_blocks_are_survived(block: str) -> None:
    batch = read([f"\\{block}*{summed(block)}\\{GOOD}"])
    assert batch.fixes.time.tolist() == [NOW]


EARLIEST, LATEST = ms(1990, 1, 1), ms(2100, 1, 1)
FAR_SECONDS = [
    "0",
    "-1",
    "1",
    "631151999",
    "4102444801",
    "45278870400",
    "99999999999",
    "631151999999",
    "4102444800001",
]
FAR_DAYS = [(1, 1, 1), (534, 6, 1), (1970, 1, 1), (1989, 12, 31), (2100, 1, 1), (3406, 1, 1), (9999, 12, 31)]


@pytest.mark.parametrize("count", FAR_SECONDS)
def test_a_count_outside_1990_to_2100_is_no_time(count: str) -> None:
    lone = f"c:{count}"
    for lines in (
        [tagged(GOOD, c=count)],
        [tagged(GOOD, c=count, g="1-1-7")],
        [tagged(GOOD, s="r1", c=count)],
        [f"\\{lone}*{summed(lone)}\\", GOOD],
        [f"{count} {GOOD}"],
        [f"{count}\t{GOOD}"],
        [f"{GOOD},rSTATION,{count}"],
    ):
        batch = read(lines)
        assert batch.fixes.time.tolist() == [NOW]
        assert batch.fixes.doubt.tolist() == [Doubt.ARRIVAL_TIME]


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_date_outside_1990_to_2100_is_no_time(day: tuple[int, int, int]) -> None:
    year, month, date = day
    short = f"{date:02d}{month:02d}{80 + year % 10}"
    for lines in (
        [f"{year:04d}-{month:02d}-{date:02d} 12:00:00 {GOOD}"],
        [f"{year:04d}-{month:02d}-{date:02d}T12:00:00+14:00 {GOOD}"],
        [other(f"PGHP,1,{year},{month},{date},12,0,0,0,219,,2190067,1,62"), GOOD],
        [other(f"GPZDA,120000,{date},{month},{year},00,00"), GOOD],
        [other(f"GPRMC,120000,A,5013.4693,N,00346.6503,W,4.0,183.2,{short},3.8,W,A"), GOOD],
    ):
        batch = read(lines)
        assert batch.fixes.time.tolist() == [NOW]
        assert batch.fixes.doubt.tolist() == [Doubt.ARRIVAL_TIME]


def test_a_time_out_of_bounds_leaves_the_word_to_the_next_clock() -> None:
    gatehouse = "$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62*26"
    lines = [
        gatehouse,
        f"{T0} {tagged(GOOD, c=45278870400)}",
        tagged(OTHER, c=45278870400) + f",rSTATION,{T0 + 1}",
        tagged(sentence(position(mmsi=263000001)), c=1),
    ]
    batch = read(lines)
    assert batch.fixes.time.tolist() == [T0 * 1000, (T0 + 1) * 1000, ms(2013, 11, 12, 12, 0, 0) + 11]
    assert not batch.fixes.doubt.any()


@given(
    st.datetimes().map("{:%Y-%m-%d %H:%M:%S}".format),
    st.sampled_from(["", "Z", "+99:99", "-99:99", "+14:00", "-12:00"]),
    st.integers(-(10**14), 10**14),
)
def test_no_clock_of_a_log_leads_out_of_its_bounds(written: str, zone: str, count: int) -> None:
    clocks = [f"{written.rjust(19, '0')}{zone} {GOOD}", tagged(OTHER, c=count)]
    for time in read(clocks).fixes.time.tolist():
        assert EARLIEST <= time <= LATEST


@pytest.mark.parametrize(
    "written", ["1990-01-01 00:30+99:99", "2099-12-31 23:30-99:99", "1990-01-01 01:00:00+02:00"]
)
def test_a_zone_does_not_carry_a_time_out_of_bounds(written: str) -> None:
    assert read([f"{written} {GOOD}"]).fixes.time.tolist() == [NOW]


@given(st.text(alphabet="0123456789-/:T. Z+,[]é", max_size=40))
def test_any_prefix_is_survived(before: str) -> None:
    batch = read([before + GOOD])
    assert len(batch.fixes) == 1


@given(MOMENTS, st.sampled_from("T "))
def test_a_written_time_is_read_as_python_reads_it(moment: datetime, between: str) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    expected = round(moment.replace(tzinfo=UTC).timestamp() * 1000)
    batch = read([f"{moment.isoformat(between, 'milliseconds')} {GOOD}"])
    assert batch.fixes.time[0] == expected
