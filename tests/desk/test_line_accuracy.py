"""A line is weighed with its stated accuracy: near a territorial limit both sides of it count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from maoc_tui.desk import law, zones
from maoc_tui.desk.line_accuracy import CLOSE_IN, off_nm
from maoc_tui.desk.partner_register import shipped
from maoc_tui.domain.partners import Register
from maoc_tui.geo.zones import LineDistance

AT = 1_795_305_600_000
REGISTER = Register(*shipped()[:2])


@pytest.fixture(scope="module")
def index() -> Iterator[object]:
    from maoc_tui.cli.zone import open_waters

    with open_waters(None) as waters:
        yield waters


def beside(index: object, low: float, high: float) -> tuple[float, float]:
    """A longitude west of Lisbon outside the territorial sea, its limit between so many miles away."""
    for step in range(2000):
        lon = -9.95 + step * 0.001
        found = zones.answer(index, 38.45, lon)  # type: ignore[arg-type]
        line = next(one for one in found.lines if one.kind == "territorial")
        if found.area is not None and found.area.kind != "territorial" and low < line.distance_nm < high:
            return 38.45, lon
    raise AssertionError("no such place")


def test_just_outside_a_limit_that_is_good_to_a_mile_the_stricter_side_stands(index) -> None:
    lat, lon = beside(index, 0.4, 0.5)
    found = law.at(index, REGISTER, lat, lon, law.Asked("ES", "", "stateless"), AT)
    assert not found.zone.text.startswith("not determined")
    assert (found.answer.rule.id, found.answer.rule.result.name) == ("R09", "STOP")
    assert any("good to 1 nm" in text for text in found.answer.unknown)
    assert any(change.fact == "zone" and change.rule == "R28" for change in found.answer.would_change)
    assert [area.kind for area in found.zone.beyond] == ["territorial"]


def test_farther_off_than_the_line_is_accurate_nothing_is_in_doubt(index) -> None:
    lat, lon = beside(index, 1.2, 1.5)
    found = law.at(index, REGISTER, lat, lon, law.Asked("ES", "", "stateless"), AT)
    assert (found.answer.rule.id, found.zone.beyond, found.answer.question.near) == ("R28", (), ())


def test_official_lines_and_those_by_hand_are_taken_as_they_stand() -> None:
    for basis in ("official", "hand"):
        assert [off_nm(LineDistance(kind, ("PT",), basis, 0.0, 0.0)) for kind in CLOSE_IN] == [0.0] * 4
    assert off_nm(LineDistance("territorial", ("PT",), "derived", 0.0, 0.0)) == 1.0
    assert off_nm(LineDistance("eez", ("ES", "FR"), "equidistance", 0.0, 0.0)) == 35.0
