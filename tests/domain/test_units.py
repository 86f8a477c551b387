"""Courses, speeds and distances."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain.units import (
    format_course,
    format_distance_nm,
    format_speed,
    parse_course,
    parse_distance,
    parse_speed,
)
from maoc_tui.problems import BadInput


@pytest.mark.parametrize(
    ("text", "nm", "unit"),
    [
        ("12", 12, "nm"),
        ("12 nm", 12, "nm"),
        ("535 km", 288.877, "km"),
        ("535,0km", 288.877, "km"),
        ("300 miles", 260.693, "statute miles"),
        ("300 Nautical  Miles", 300, "nm"),
        ("926 m", 0.5, "m"),
    ],
)
def test_distances_keep_what_was_said(text, nm, unit):
    quantity = parse_distance(text)
    assert quantity.value == pytest.approx(nm, abs=1e-3)
    assert (quantity.unit, quantity.entered) == (unit, text)


def test_speeds():
    assert parse_speed("12.5 kn").value == 12.5
    assert parse_speed("40 km/h").value == pytest.approx(21.598, abs=1e-3)
    assert parse_speed("10 m/s").value == pytest.approx(19.438, abs=1e-3)


@pytest.mark.parametrize("text", ["", "fast", "-3 kn", "12 furlongs", "1e5", "nan", "9" * 400, "١٢"])
def test_what_is_no_quantity_is_refused(text):
    for parse in (parse_distance, parse_speed):
        with pytest.raises(BadInput):
            parse(text)


@given(st.floats(0, 360))
def test_a_course_has_three_figures_and_is_never_360(degrees):
    shown = format_course(degrees)
    assert len(shown) == 4
    assert shown != "360°"
    assert abs((parse_course(shown) - degrees + 180) % 360 - 180) <= 0.5 + 1e-9


def test_courses_refused():
    for text in ("361", "-10", "north", "45.", "045 M"):
        with pytest.raises(BadInput):
            parse_course(text)
    assert parse_course("360") == 0


def test_figures_shown():
    assert format_speed(12.34) == "12.3 kn"
    assert format_speed(99.96) == "100 kn"
    assert format_distance_nm(0.417) == "0.42 nm"
    assert format_distance_nm(9.996) == "10.0 nm"
    assert format_distance_nm(99.96) == "100 nm"
    assert format_speed(math.nan) == format_course(math.nan) == format_distance_nm(math.inf) == "–"
