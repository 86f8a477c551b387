"""What was said too long ago is never free; taskings go in order and only by whose word counts; data files hold."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain import asset_rules, reach_rules, taskings, what_if
from maoc_tui.domain.asset_rules import SeaLimit, parse_sea
from maoc_tui.domain.assets import HOUR_MS, Asset, Availability, Profile, Report, Said, standing
from maoc_tui.domain.marking import default
from maoc_tui.domain.taskings import Act, Event, check_next, hours_on_task
from maoc_tui.problems import BadInput, NotPermitted, Problem

SAID = Said("x", "somebody", 0, default("PT"))
SHIP = asset_rules.rules().kind("ship")
NOW = 1_700_000_000_000
FREE = st.sampled_from(list(Availability))


def of(*reports: Report) -> Asset:
    return Asset(uuid4(), 1, "x", "ship", "PT", SAID, ((Profile(cruise_kn=10, max_kn=20), SAID),),
                 tuple((one, SAID) for one in reports))  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 200), FREE, st.one_of(st.none(), st.integers(1, 100))), max_size=6))
def test_available_stands_only_on_a_word_that_counts_now(
    told: list[tuple[int, Availability, int | None]],
) -> None:
    """Whatever was said, free means: the newest word said free, and it has not run out."""
    reports = [
        Report(NOW - ago * HOUR_MS, NOW - ago * HOUR_MS + left * HOUR_MS if left else None, word)
        for ago, word, left in told
    ]
    found = standing(of(*reports), SHIP, NOW)
    newest = max(reports, key=lambda one: one.as_of_ms, default=None)
    if found.availability is Availability.AVAILABLE:
        assert newest is not None
        ends = newest.expires_ms or newest.as_of_ms + SHIP.availability_h * HOUR_MS
        assert ends > NOW
        assert any(
            one.availability is Availability.AVAILABLE for one in reports if one.as_of_ms == newest.as_of_ms
        )
    if not reports:
        assert (found.availability, found.stale) == (Availability.UNKNOWN, True)


def test_the_planted_fault_of_a_word_that_never_runs_out_would_be_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from maoc_tui.domain import assets

    old = of(Report(NOW - 300 * HOUR_MS, None, Availability.AVAILABLE))
    assert standing(old, SHIP, NOW).availability is Availability.UNKNOWN
    monkeypatch.setattr(assets, "_expiry", lambda report, rule: NOW + 1)
    assert standing(old, SHIP, NOW).availability is Availability.AVAILABLE


def test_fuel_burns_on_away_from_base_and_is_not_known_where_nobody_told() -> None:
    out = Report(NOW - 4 * HOUR_MS, lat=36.0, lon=-10.0, fuel_h=30.0)
    assert standing(of(out), SHIP, NOW).fuel_h == pytest.approx(26.0)
    assert standing(of(Report(NOW, lat=36.0, lon=-10.0)), SHIP, NOW).fuel_h != 26.0
    away = standing(of(Report(NOW, lat=36.0, lon=-10.0)), SHIP, NOW).fuel_h
    assert away != away


# -- taskings -----------------------------------------------------------------------------------------


def event(act: Act, at: int = 0, partner: str = "PT", text: str = "because") -> Event:
    return Event(act, at, at, "x", partner, text=text)


@given(st.lists(st.sampled_from(list(Act)), max_size=8))
def test_no_order_of_acts_puts_an_asset_out_that_its_state_did_not_accept(wanted: list[Act]) -> None:
    done = [event(Act.ASKED, partner="MAOC")]
    for number, act in enumerate(wanted, 1):
        try:
            check_next(done, event(act, number))
        except BadInput:
            continue
        done.append(event(act, number))
    acts = [one.act for one in done]
    if Act.ON_TASK in acts:
        assert Act.ACCEPTED in acts[: acts.index(Act.ON_TASK)]
    for end in (Act.DECLINED, Act.WITHDRAWN):
        assert end not in acts[:-1]


@pytest.mark.parametrize("partner", ["MAOC", "ES"])
def test_nobody_answers_for_a_state_that_has_its_own_officers(partner: str) -> None:
    with pytest.raises(NotPermitted):
        taskings.check_owner(event(Act.ACCEPTED, partner=partner), "PT", "MAOC", True)
    with pytest.raises(NotPermitted):
        taskings.check_owner(event(Act.WITHDRAWN, partner="PT"), "PT", "MAOC", True)
    taskings.check_owner(event(Act.ACCEPTED), "PT", "MAOC", True)


def test_hours_on_task_add_up_and_run_on() -> None:
    acts = [event(Act.ASKED), event(Act.ACCEPTED), event(Act.ON_TASK, 0), event(Act.OFF_TASK, 2 * HOUR_MS),
            event(Act.ON_TASK, 5 * HOUR_MS)]  # fmt: skip
    assert hours_on_task(acts, 6 * HOUR_MS) == pytest.approx(3.0)


# -- what people type and what ships ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"), [("Bft 5", "Bft 5"), ("force 4", "Bft 4"), ("2.5m", "2.5 m"), ("2,5 m", "2.5 m")]
)
def test_a_sea_is_read_in_both_units(typed: str, said: str) -> None:
    assert str(parse_sea(typed)) == said


@pytest.mark.parametrize("typed", ["Bft 13", "99 m", "rough", "5"])
def test_what_is_no_sea_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        parse_sea(typed)


def test_seas_of_two_units_are_compared_by_the_height_of_waves() -> None:
    rules = asset_rules.rules()
    assert rules.exceeds(SeaLimit(3.5, "m"), SeaLimit(4, "Bft"))
    assert not rules.exceeds(SeaLimit(4, "Bft"), SeaLimit(3.5, "m"))
    assert rules.exceeds(SeaLimit(6, "Bft"), SeaLimit(5, "Bft"))


@pytest.mark.parametrize(
    ("speed", "course", "text"),
    [
        ("+2", "", "speed +2 kn"),
        ("12", "090", "speed 12 kn, course 090°"),
        ("", "-10", "course -10°"),
        ("", "", ""),
    ],
)
def test_a_what_if_reads_back_in_words(speed: str, course: str, text: str) -> None:
    assert what_if.parse(speed, course).text == text


@pytest.mark.parametrize(("speed", "course"), [("fast", ""), ("", "+400"), ("", "north"), ("+9999", "")])
def test_what_is_no_what_if_is_refused(speed: str, course: str) -> None:
    with pytest.raises(BadInput):
        what_if.parse(speed, course)


@pytest.mark.parametrize(
    ("name", "read", "old", "new", "said"),
    [
        ("assets.toml", asset_rules.read, "slip_min = 30", "slip_min = -1", "slip_min must be a number above 0"),
        ("assets.toml", asset_rules.read, "flies = false", 'flies = "no"', "whether it flies"),
        ("assets.toml", asset_rules.read, "0.1, 0.2", "0.2, 0.1", "13 heights, rising"),
        ("assets.toml", asset_rules.read, "full_reach = 0.9", "full_reach = 2", "at most 1"),
        ("reach.toml", reach_rules.read, 'types = ["OTHER", ""]', 'types = ["OTHER"]', "type not known"),
        ("reach.toml", reach_rules.read, "slow_kn = 4\n", "slow_kn = 40\n", "slow_kn at most fast_kn"),
        ("reach.toml", reach_rules.read, "[1, 2, 4, 8]", "[8, 2]", "rising"),
        ("reach.toml", reach_rules.read, 'types = ["FISHING"]', 'types = ["TUG"]', "a second time"),
        ("reach.toml", reach_rules.read, "box = [1.0, 4.6,", "box = [4.6, 1.0,", "west, east, south, north"),
    ],
)  # fmt: skip
def test_a_fault_in_a_data_file_names_file_entry_and_reason(
    tmp_path: Path, name: str, read: object, old: str, new: str, said: str
) -> None:
    text = resources.data(name).read_text("utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Problem, match=said) as fault:
        read(path)  # type: ignore[operator]
    assert str(path) in fault.value.message


def test_every_type_with_a_speed_is_a_type_of_target() -> None:
    known = resources.data("target_types.toml").read_text("utf-8")
    for code in reach_rules.rules().speeds:
        assert not code or f'code = "{code}"' in known
