"""Targets: what may follow what, what is understood of a value, and which statement holds when."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain import marking, target_facts, targets
from maoc_tui.domain.target_facts import ATTRIBUTES, Fact, current, standing, understand
from maoc_tui.domain.targets import ALLOWED, ENDED, Kind, Status, TypeTable
from maoc_tui.problems import BadInput

TYPES = TypeTable.read(tomllib.loads(resources.data("target_types.toml").read_text(encoding="utf-8")))


def reachable(start: Status) -> set[Status]:
    seen, todo = {start}, [start]
    while todo:
        for then in ALLOWED[todo.pop()]:
            if then not in seen:
                seen.add(then)
                todo.append(then)
    return seen


def test_every_status_is_reached_from_nomination_and_every_one_can_end() -> None:
    assert reachable(Status.NOMINATED) == set(Status)
    for status in Status:
        assert reachable(status) & ENDED


def test_nothing_is_seized_without_a_boarding() -> None:
    assert [now for now in Status if Status.SEIZED in ALLOWED[now]] == [Status.BOARDED]


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_a_change_is_accepted_exactly_when_allowed_and_explained(now: Status, then: Status) -> None:
    if then in ALLOWED[now]:
        targets.check_transition(now, then, "seen by aircraft")
        with pytest.raises(BadInput, match="reason"):
            targets.check_transition(now, then, "  ")
    else:
        with pytest.raises(BadInput):
            targets.check_transition(now, then, "seen by aircraft")


def test_a_status_is_read_as_people_write_it() -> None:
    assert targets.parse_status("under pursuit") is Status.UNDER_PURSUIT
    with pytest.raises(BadInput, match="not a status"):
        targets.parse_status("gone")


def test_a_provisional_target_needs_a_description_and_a_place() -> None:
    targets.check_provisional("grey sloop, about 12 m, two aboard", "west of Cape Verde", False)
    targets.check_provisional("grey sloop", "", True)
    with pytest.raises(BadInput, match="description"):
        targets.check_provisional(" ", "west of Cape Verde", True)
    with pytest.raises(BadInput, match="area"):
        targets.check_provisional("grey sloop", "", False)


@given(st.integers(1, 9_999_999))
def test_references_are_read_back(number: int) -> None:
    ref = targets.reference(number)
    assert targets.parse_reference(ref) == ref
    assert targets.parse_reference(str(number)) == ref
    assert targets.parse_reference(ref.lower().replace("-", "")) == ref


@pytest.mark.parametrize("text", ["", "T-", "T-0", "X-4", "T--4", "T-٤", "T-4; DROP"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        targets.parse_reference(text)


def test_types_are_read_by_code_short_word_and_title() -> None:
    assert TYPES.parse("sail", Kind.VESSEL) == "SAILING_YACHT"
    assert TYPES.parse("Go-Fast", Kind.VESSEL) == "GO_FAST"
    assert TYPES.parse("low profile vessel", Kind.VESSEL) == "LPV"
    assert TYPES.parse("", Kind.AIRCRAFT) == ""
    with pytest.raises(BadInput, match="not a type of aircraft"):
        TYPES.parse("sail", Kind.AIRCRAFT)


def test_ais_codes_name_a_type_only_where_they_name_one() -> None:
    assert TYPES.from_ais(36) == "SAILING_YACHT"
    assert TYPES.from_ais(30) == "FISHING"
    assert TYPES.from_ais(70) == ""


def test_every_type_fits_its_column() -> None:
    for kind in Kind:
        for entry in TYPES.of_kind(kind):
            assert 0 < len(entry.short) <= 6
            assert TYPES.get(entry.code) is entry


@pytest.mark.parametrize(
    ("attribute", "raw", "value"),
    [
        ("name", "  LA\tPALOMA ", "LA PALOMA"),
        ("flag", "ve", "VE"),
        ("mmsi", "263 601 890", "263601890"),
        ("imo", "IMO 9074729", "9074729"),
        ("imo", "IMO9074728", "9074728"),
        ("hex", "4CA815", "4ca815"),
        ("length_m", "40 ft", "12.2"),
        ("length_m", "about 12 m", "12"),
        ("role", "mothership", "MOTHERSHIP"),
        ("name", "a\x1b]52;c;AAAA\x07b", "a\ufffd]52;c;AAAA\ufffdb"),
        ("name", "[/red]", "[/red]"),
    ],
)
def test_values_are_understood(attribute: str, raw: str, value: str) -> None:
    assert understand(attribute, raw) == value


@pytest.mark.parametrize(
    ("attribute", "raw"),
    [("mmsi", "-"), ("flag", "Venezuela"), ("hex", "4ca8"), ("length_m", "0"), ("length_m", "long"),
     ("squawk", "7800"), ("name", "\n\t"), ("imo", "IMO"), ("mmsi", "١٢٣"), ("role", "captain")],
)  # fmt: skip
def test_what_is_no_value_is_refused_with_a_way_out(attribute: str, raw: str) -> None:
    with pytest.raises(BadInput) as caught:
        understand(attribute, raw)
    assert caught.value.way_out


@given(st.sampled_from(sorted(ATTRIBUTES)), st.text(max_size=60))
def test_understanding_twice_changes_nothing(attribute: str, raw: str) -> None:
    try:
        value = understand(attribute, raw)
    except BadInput:
        return
    assert understand(attribute, value) == value


def test_attributes_apply_to_their_kind() -> None:
    assert target_facts.parse_attribute("call-sign", Kind.VESSEL) == "call_sign"
    assert target_facts.parse_attribute("length", Kind.VESSEL) == "length_m"
    with pytest.raises(BadInput, match="aircraft"):
        target_facts.parse_attribute("imo", Kind.AIRCRAFT)


def fact(number: int, value: str, **fields: object) -> Fact:
    base: dict[str, object] = {
        "id": str(number), "attribute": "name", "value": value, "raw": value, "from_ms": None, "to_ms": None,
        "source": "ES", "by": "watch", "at_ms": number * 1000, "marking": marking.default("ES"),
    }  # fmt: skip
    return Fact(**(base | fields))  # type: ignore[arg-type]


def test_the_later_name_holds_and_the_earlier_stays_in_the_record() -> None:
    history = (fact(1, "BLUE MIST", from_ms=0), fact(2, "LA PALOMA", from_ms=500))
    assert current(history, 400)["name"].value == "BLUE MIST"
    assert current(history, 600)["name"].value == "LA PALOMA"
    assert len(standing(history)) == 2


def test_an_older_name_learnt_later_does_not_displace_the_newer() -> None:
    history = (fact(1, "LA PALOMA", from_ms=900), fact(2, "BLUE MIST", from_ms=100))
    assert current(history, 5000)["name"].value == "LA PALOMA"


def test_an_ended_value_holds_no_longer() -> None:
    history = (fact(1, "BLUE MIST", from_ms=0, to_ms=100),)
    assert current(history, 50)["name"].value == "BLUE MIST"
    assert "name" not in current(history, 100)


def test_a_correction_points_back_and_a_withdrawal_removes_both() -> None:
    wrong = fact(1, "LA PALMA", from_ms=0)
    right = fact(2, "LA PALOMA", from_ms=0, replaces="1")
    gone = fact(3, "LA PALOMA", replaces="2", withdrawal=True)
    assert current((wrong, right), 5000)["name"].value == "LA PALOMA"
    assert standing((wrong, right)) == (right,)
    assert standing((wrong, right, gone)) == ()
