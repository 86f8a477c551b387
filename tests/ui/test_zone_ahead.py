"""What a contact meets next, in words, on the real zones; shown in the contact panel."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from fakes import NOW, picture

from maoc_tui import resources
from maoc_tui.desk import zone_ahead
from maoc_tui.desk.reference import Reference
from maoc_tui.desk.zones import answer
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.viewer import WATCH
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput
from maoc_tui.ui.detail import detail_lines
from maoc_tui.ui.moment import Subject

TAGUS = (38.6, -9.85)
"""In the contiguous zone, 6.5 nm west of the territorial sea."""


@pytest.fixture(scope="module")
def index() -> ZoneIndex:
    return ZoneIndex.open(resources.data("zones.bin"))


class Nothing:
    """A record in which nothing was entered by hand."""

    @contextmanager
    def reading(self, viewer: Any) -> Iterator[Any]:
        yield SimpleNamespace(execute=lambda *_: ())


@pytest.fixture
def room(index: ZoneIndex) -> Any:
    return SimpleNamespace(
        db=Nothing(), zones=index, clock=ScenarioClock(NOW, 0.0), reference=Reference.load()
    )


def heading_in(index: ZoneIndex, speed: float = 8.5) -> zone_ahead.NextZone | None:
    return zone_ahead.ahead(index, *TAGUS, 90.0, speed, NOW)


def test_the_words_for_the_banner(index: ZoneIndex) -> None:
    given, following = answer(index, *TAGUS), heading_in(index)
    assert following is not None
    assert (following.kind, following.states) == ("territorial", ("PT",))
    told = zone_ahead.banner(given, following, 8.5)
    hours = zone_ahead.duration(following.hours)
    assert told == f"PT contiguous zone, {given.lines[0].distance_nm:.1f} nm outside PT territorial sea, " + (
        f"enters in {hours} at 8.5 kn"
    )
    outside = answer(index, 38.6, -10.0)
    assert zone_ahead.banner(outside, zone_ahead.ahead(index, 38.6, -10.0, 90.0, 8.5, NOW), 8.5).endswith(
        "nm outside PT territorial sea, enters PT contiguous zone in 0 h 02 at 8.5 kn"
    )
    far = answer(index, 42.0, -36.5)
    assert zone_ahead.banner(far, None, 8.5).endswith(", no other zone within 24 h")
    assert zone_ahead.banner(far, None, 0.0) == far.text


def test_what_lies_still_enters_nothing(index: ZoneIndex) -> None:
    assert heading_in(index, 0.0) is None
    assert heading_in(index, 0.4) is None
    assert heading_in(index, math.nan) is None
    assert zone_ahead.ahead(index, *TAGUS, math.nan, 8.5, NOW) is None


def test_a_time_that_is_past_is_said_so(index: ZoneIndex) -> None:
    following = heading_in(index)
    assert following is not None
    assert (
        following.line(NOW, "06:12Z")
        == f"PT territorial sea in {zone_ahead.duration(following.hours)} at 06:12Z"
    )
    assert following.line(NOW + 3 * 3_600_000, "06:12Z") == "PT territorial sea since 06:12Z"
    assert zone_ahead.duration(0.4) == "0 h 24"
    assert zone_ahead.duration(1.9999) == "2 h 00"


@pytest.mark.parametrize(
    ("course", "speed"), [(-1.0, 5.0), (361.0, 5.0), (90.0, -1.0), (math.nan, 5.0), (90.0, 1e6)]
)
def test_impossible_motion_is_refused(course: float, speed: float) -> None:
    with pytest.raises(BadInput):
        zone_ahead.check(course, speed)


def shown_at(lat: float, lon: float, **columns: Any) -> Any:
    """A picture whose first contact, a ship heard just now, is at a place on course 090 at 8.5 kn."""
    held = picture(3)
    row = {"lat": lat, "lon": lon, "sog": 8.5, "cog": 90.0, "time": NOW, "cls": 1, "status": 0, **columns}
    changed = {name: getattr(held, name).copy() for name in row}
    for name, value in row.items():
        changed[name][0] = value
    return replace(held, **changed)


def panel(room: Any, shown: Any) -> str:
    key = int(shown.key[0])
    found = zone_ahead.of_contact(room, WATCH, shown, 0)
    moment: Any = SimpleNamespace(
        picture=shown, states=np.zeros(len(shown), np.uint8), estimates=None, type_names={}
    )
    lines = detail_lines(moment, key, Subject(key, (), (), (), found), NOW, False)  # type: ignore[arg-type]
    return "\n".join("".join(text for text, _ in line) for line in lines)


def test_the_panel_says_what_comes_next(room: Any) -> None:
    (line,) = [line for line in panel(room, shown_at(*TAGUS)).splitlines() if line.startswith("Next")]
    assert line.startswith("Next     PT territorial sea in 0 h 4")
    assert line.endswith("Z reckoned, rhumb")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": 1}, "at anchor"),
        ({"sog": 0.1}, "lies still"),
        ({"sog": math.nan}, "speed not known"),
        ({"cog": math.nan}, "course not known"),
        ({"sog": math.nan, "cog": math.nan}, "course and speed not known"),
        ({"time": NOW - 90 * 3_600_000}, "fix too old to reckon from"),
    ],
)
def test_the_panel_reckons_only_what_may_be_reckoned(room: Any, change: dict[str, Any], why: str) -> None:
    told = panel(room, shown_at(*TAGUS, **change)).splitlines()
    assert [line for line in told if line.startswith("Next")] == [f"Next     {why}"]


def test_the_banner_says_how_old_the_fix_is(room: Any) -> None:
    found = zone_ahead.of_contact(room, WATCH, shown_at(*TAGUS), 0)
    assert found is not None
    assert found.text(NOW, "").endswith(f"nm outside PT territorial sea, {found.ahead_text(NOW, '')}")
    assert found.ahead_text(NOW, "").startswith("enters in 0 h 4")
    assert found.ahead_text(NOW, "").endswith(" at 8.5 kn")
    later = NOW + 6 * 3_600_000
    assert found.text(later, "03:54Z").endswith(
        "should have entered it at 03:54Z, at 8.5 kn, by a fix 6 h 00 old"
    )


def test_the_panel_leaves_open_what_the_error_leaves_open(room: Any) -> None:
    assert "not determined" not in panel(room, shown_at(*TAGUS))
    wide = panel(room, shown_at(*TAGUS, error_m=11_000))
    assert "Zone     not determined (PT CZ / PT TS)" in wide


def test_a_contact_without_a_position_has_no_outlook(room: Any) -> None:
    assert zone_ahead.of_contact(room, WATCH, shown_at(math.nan, math.nan), 0) is None
