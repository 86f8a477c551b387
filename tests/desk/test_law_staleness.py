"""Clock C10: a fix that is old for its class of craft is said so beside the legal answer, with how sure that is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room
from target_room import NOW

from maoc_tui import resources
from maoc_tui.desk import law, targets
from maoc_tui.desk.law_reference import staleness
from maoc_tui.desk.law_words import as_json
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.staleness import limit_of, parse
from maoc_tui.problems import BadInput

MINUTE = 60_000
TYPES = ("GO_FAST", "RHIB", "SAILING_YACHT", "CATAMARAN", "MOTOR_YACHT")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def notes(room: Room, type_: str, minutes: float, kind: str = "vessel") -> list[str]:
    """What the legal answer notes for a target of a type seen so many minutes ago."""
    at = f"{from_ms(NOW - round(minutes * MINUTE)):%d%H%MZ%b%y}".upper()
    entry = targets.NewTarget(
        "seen", kind=kind, type=type_, position="30 00N 030 00W", at=at, source="patrol"
    )
    ref = targets.add(room, COORDINATOR, entry).ref
    judged = law.of_target(room, COORDINATOR, ref, law.Asked("ES"))
    return [note for note in as_json(judged)["notes"] if "stale" in note]


@pytest.mark.parametrize(
    ("type_", "kind", "limit"),
    [
        ("GO_FAST", "vessel", 60),
        ("SAILING_YACHT", "vessel", 360),
        ("MOTOR_YACHT", "vessel", 360),
        ("FISHING", "vessel", 60),
        ("", "vessel", 60),
        ("", "aircraft", 15),
    ],
)
def test_each_class_has_its_own_limit(room: Room, type_: str, kind: str, limit: int) -> None:
    assert notes(room, type_, limit - 1, kind) == []
    (told,) = notes(room, type_, limit + 2, kind)
    assert "C10" in told
    assert "not verified" in told


def test_the_limit_is_exact() -> None:
    yacht = limit_of(staleness(), "sea", "SAILING_YACHT")
    assert yacht.says(yacht.limit_ms) == ""
    assert yacht.says(yacht.limit_ms + 1)


def test_a_place_that_was_typed_has_no_age() -> None:
    assert law.Asked("ES", type="GO_FAST").doubt(NOW) == ""
    assert law.Asked("ES", seen_ms=NOW - 90 * MINUTE, type="SAILING_YACHT").doubt(NOW) == ""
    assert "go-fast" in law.Asked("ES", seen_ms=NOW - 90 * MINUTE, type="GO_FAST").doubt(NOW)


def test_the_screen_asks_with_the_targets_own_type(room: Room) -> None:
    entry = targets.NewTarget(
        "seen", type="SAILING_YACHT", position="30 00N 030 00W", at="132300Z", source="p"
    )
    ref = targets.add(room, COORDINATOR, entry).ref
    asked = law.Asked("ES", seen_ms=NOW - 120 * MINUTE)
    judged = law.of_place(room, COORDINATOR, 30.0, -30.0, 0.0, asked, target=ref)
    assert not any("stale" in note for note in as_json(judged)["notes"])
    bare = law.of_place(room, COORDINATOR, 30.0, -30.0, 0.0, asked)
    assert any("stale" in note for note in as_json(bare)["notes"])


SHIPPED = tomllib.loads(resources.data("law/staleness.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("minutes", 0, "more than 0"),
        ("minutes", "60", "minutes"),
        ("medium", "land", "neither sea nor air"),
        ("types", ["ROCKET"], "no type"),
        ("verification", "", "verification"),
        ("types", ["SAILING_YACHT"], "two classes"),
    ],
)
def test_a_fault_in_the_data_is_named(field: str, value: object, told: str) -> None:
    classes = [dict(one) for one in SHIPPED["class"]]
    classes[0][field] = value
    with pytest.raises(BadInput, match=told):
        parse({**SHIPPED, "class": classes}, TYPES)


def test_each_medium_needs_a_class_for_the_rest() -> None:
    with pytest.raises(BadInput, match="without types"):
        parse({**SHIPPED, "class": SHIPPED["class"][:2]}, TYPES)


def test_planted_one_limit_for_all_would_be_seen() -> None:
    yacht = limit_of(staleness(), "sea", "SAILING_YACHT")
    assert replace(yacht, minutes=60).says(2 * 60 * MINUTE), "as it was before"
    assert not yacht.says(2 * 60 * MINUTE)
