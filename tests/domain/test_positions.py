"""Positions in any usual form, read and written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.units import Position, format_position, parse_position
from maoc_tui.problems import BadInput

LAT = st.floats(-90, 90)
LON = st.floats(-180, 180)


@pytest.mark.parametrize(
    "text",
    [
        "38 42.5N 009 08.2W",
        "38°42.5'N 9°8.2'W",
        "3842.5N 00908.2W",
        "3842.5N00908.2W",
        "38°42'30\"N 9°8'12\"W",
        "38º42′30″N, 009°08′12″W",
        "38°42’30”N 009°08‘12“W",
        "38 42' 30'' N 9 8' 12'' W",
        "N38 42.5 W009 08.2",
        "n 38° 42.500' w 009° 08.200'",
        "W009 08.2 N38 42.5",
        "009 08.2W 38 42.5N",
        "38°42,5'N 009°08,2'W",
        "384230N 0090812W",
        "38-42.5N 009-08.2W",
        "38d42m30sN 9d8m12sW",
        "38 42 30 north, 9 8 12 west",
        "Lat 38 42.5N Long 009 08.2W",
        "38:42:30N/009:08:12W",
        "+38 42.5, -9 08.2",
        "38.70833,-9.13667",
        "38.70833 -9.13667",
        "38,70833 -9,13667",
        "38,70833; -9,13667",
        "38,70833, -9,13667",
        "38.70833N 9.13667W",
        "38,70833N, 9,13667W",
        "+38.70833-009.13667/",
        "geo:38.70833,-9.13667",
        "lat: 38.70833 lon: −9.13667",
        "(38.70833, -9.13667)",
        "38.70833°, -9.13667°",
    ],
)
def test_usual_forms_mean_the_same_place(text):
    place = parse_position(text)
    assert place.lat == pytest.approx(38.708333, abs=1e-5)
    assert place.lon == pytest.approx(-9.136667, abs=1e-5)
    assert str(place) == "38°42.5'N 009°08.2'W"


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("3842N00908W", 38.7, -9 - 8 / 60),
        ("0 0", 0, 0),
        ("-0 30.6, -0 12", -0.51, -0.2),
        ("90N 180E", 90, 180),
        ("90 00.0S 180 00.0W", -90, -180),
        ("00 30S 000 12W", -0.5, -0.2),
        ("5N 12E", 5, 12),
        ("-33.9 18.4", -33.9, 18.4),
    ],
)
def test_other_places(text, lat, lon):
    place = parse_position(text)
    assert (place.lat, place.lon) == (pytest.approx(lat), pytest.approx(lon))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "empty"),
        ("38 60.0N 9 8W", "60.0 minutes"),
        ("38 42 60N 9 8W", "60 seconds"),
        ("91N 9W", "beyond 90"),
        ("90 00.1N 9W", "beyond 90"),
        ("38N 181W", "beyond 180"),
        ("38N", "E or W is missing"),
        ("9W", "N or S is missing"),
        ("38N 9N", "Both halves"),
        ("38N 9S", "Both halves"),
        ("38,708,-9,137", "two ways"),
        ("38 42.5N 0908.2W", "4 figures"),
        ("-38N 9W", "both a sign and a hemisphere"),
        ("38.5 42N 9W", "only the last part"),
        ("38 42.5N 009 08.2O", "O is west"),
        ("lon -9 lat 38", "Longitude is written before"),
        ("38 42.5 9 08.2", "no hemispheres"),
        ("38 42 30 9 8", "does not fall"),
        ("38.7.1N 9W", "cannot be read"),
        ("38'42°N 9W", "cannot be read"),
        ("nan nan", "hemisphere letters"),
        ("inf inf", "hemisphere letters"),
        ("3_8 9", "cannot be read"),
        ("３８N ９W", "has no place"),
        ("38\x00 9", "has no place"),
        ("1" * 500 + " 2", "too long"),
    ],
)
def test_refusals_name_what_is_wrong(text, names):
    with pytest.raises(BadInput, match=names) as refused:
        parse_position(text)
    assert refused.value.way_out


@given(LAT, LON)
def test_what_is_shown_reads_back_within_its_rounding(lat, lon):
    shown = format_position(lat, lon)
    assert "60.0'" not in shown
    back = parse_position(shown)
    assert abs(back.lat - lat) <= 0.05 / 60 + 1e-9
    assert abs(back.lon - lon) <= 0.05 / 60 + 1e-9
    assert format_position(back.lat, back.lon) == shown


@given(LAT, LON)
def test_decimal_degrees_read_back_exactly(lat, lon):
    back = parse_position(f"{lat:.8f},{lon:.8f}")
    assert math.isclose(back.lat, lat, abs_tol=6e-9)
    assert math.isclose(back.lon, lon, abs_tol=6e-9)


@given(
    st.integers(0, 89), st.integers(0, 59), st.integers(0, 599), st.sampled_from("NS"), st.sampled_from("EW")
)
def test_every_writing_of_degrees_minutes_seconds_agrees(deg, minute, tenth, ns, ew):
    second = f"{tenth / 10:04.1f}"
    writings = [
        f"{deg:02d}{minute:02d}{second}{ns} {deg:03d}{minute:02d}{second}{ew}",
        f"{deg} {minute} {second}{ns} {deg} {minute} {second}{ew}",
        f"{ns}{deg}°{minute}'{second}\" {ew}{deg}°{minute}'{second}\"",
        f"{deg}-{minute}-{second}{ns}, {deg}-{minute}-{second}{ew}",
    ]
    assert len({parse_position(text) for text in writings}) == 1


@given(
    st.one_of(st.text(max_size=60), st.text(st.sampled_from("0123456789.,-+°'\" NSEWO;:/dms"), max_size=40))
)
def test_nothing_but_bad_input_is_ever_raised(text):
    try:
        place = parse_position(text)
    except BadInput:
        return
    assert parse_position(str(place)) is not None


def test_minutes_carry_into_degrees():
    assert format_position(37.99999, -8.99999) == "38°00.0'N 009°00.0'W"
    assert format_position(-0.00001, -0.00001) == "00°00.0'N 000°00.0'E"
    assert format_position(-0.001, -179.99999) == "00°00.1'S 180°00.0'W"
    assert format_position(math.nan, 9) == "–"


def test_a_position_off_the_globe_is_refused():
    for lat, lon in ((90.1, 0), (0, 180.1), (math.nan, 0), (0, math.inf)):
        with pytest.raises(BadInput):
            Position(lat, lon)
