"""Assets are entered and kept by the State that owns them; what was said too long ago is unknown, never free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from asset_room import (
    AT_WORK,
    COORDINATOR,
    ES,
    FR,
    HOUR,
    PT,
    WATCH,
    asset,
    dtg,
    operation,
    room_at,
    seen_target,
)

from maoc_tui.desk import assets, tasking
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = room_at(tmp_path)
    yield opened
    opened.close()


def row(room: Room, who: Viewer, ref: str) -> assets.AssetRow:
    return next(one for one in assets.assets(room, who) if one.ref == ref)


def test_an_asset_of_which_nothing_was_told_is_unknown_and_lies_at_its_base(room: Room) -> None:
    ref = asset(room)
    found = row(room, COORDINATOR, ref)
    assert (found.availability, found.stale, found.said) == ("unknown", True, "")
    assert found.lat == pytest.approx(38 + 40 / 60)
    assert found.position_ms is None


def test_what_was_said_counts_until_it_expires_and_is_unknown_afterwards(room: Room) -> None:
    ref = asset(room)
    assets.report(room, PT, ref, availability="available", until="6h", ready="45m")
    now = row(room, COORDINATOR, ref)
    assert (now.availability, now.stale, now.ready_min) == ("available", False, 45)
    room.clock.set_to(AT_WORK + 6 * HOUR - 1)  # type: ignore[attr-defined]
    assert row(room, COORDINATOR, ref).availability == "available"
    room.clock.set_to(AT_WORK + 6 * HOUR)  # type: ignore[attr-defined]
    later = row(room, COORDINATOR, ref)
    assert (later.availability, later.said, later.stale, later.ready_min) == ("unknown", "available", True, 0)


def test_an_availability_without_an_end_counts_as_long_as_its_kind_allows(room: Room) -> None:
    ref = asset(room)
    assets.report(room, PT, ref, availability="available")
    room.clock.set_to(AT_WORK + 25 * HOUR)  # type: ignore[attr-defined]
    assert row(room, COORDINATOR, ref).availability == "unknown"


def test_stale_assets_stand_first(room: Room) -> None:
    fresh, old = asset(room, name="Alpha"), asset(room, name="Zulu")
    assets.report(room, PT, fresh, availability="available")
    assert [one.ref for one in assets.assets(room, COORDINATOR)] == [old, fresh]


def test_nobody_tells_of_what_another_state_owns(room: Room) -> None:
    ref = asset(room)
    with pytest.raises(NotPermitted, match="Only officers of PT"):
        assets.report(room, ES, ref, availability="available")
    with pytest.raises(NotPermitted, match="Only officers of PT"):
        assets.report(room, COORDINATOR, ref, availability="available")
    with pytest.raises(NotPermitted):
        assets.add(room, ES, NewAsset("Ghost", "ship", owner="FR", cruise="20"))
    with pytest.raises(NotPermitted, match="As auditor"):
        assets.report(room, Viewer("x", "PT", roles=frozenset({Role.AUDITOR})), ref, availability="available")


def test_a_state_without_officers_here_is_spoken_for_by_whoever_entered_its_asset(room: Room) -> None:
    ref = assets.add(
        room, COORDINATOR, NewAsset("Cutter", "ship", owner="UY", cruise="20", marking=parse("H2", "MAOC"))
    ).ref
    assert assets.report(room, COORDINATOR, ref, availability="available").availability == "available"


def test_an_asset_is_seen_by_those_named_and_by_nobody_else(room: Room) -> None:
    ref = asset(room, marking="H2 rel ES")
    assert [one.ref for one in assets.assets(room, ES)] == [ref]
    assert assets.assets(room, FR) == ()
    with pytest.raises(BadInput, match="There is no asset"):
        assets.sheet(room, FR, ref)
    with pytest.raises(BadInput, match="There is no asset"):
        assets.report(room, FR, ref, availability="available")


def test_a_report_marked_closer_than_the_asset_does_not_count_for_others(room: Room) -> None:
    ref = asset(room)
    assets.report(room, PT, ref, availability="maintenance", marking=parse("H2", "PT"))
    assert row(room, PT, ref).availability == "maintenance"
    assert row(room, ES, ref).availability == "unknown"


def test_position_fuel_and_base_are_the_newest_told(room: Room) -> None:
    ref = asset(room)
    assets.report(
        room,
        PT,
        ref,
        position="37 00N 011 00W",
        course="270",
        speed="14",
        fuel="100h",
        as_of=dtg(AT_WORK - 3 * HOUR),
    )
    assets.report(room, PT, ref, position="36 00N 010 00W", as_of=dtg(AT_WORK - 9 * HOUR))
    found = row(room, PT, ref)
    assert (found.lat, found.lon) == (37.0, -11.0)
    assert found.fuel_h == pytest.approx(97.0)
    assets.report(room, PT, ref, at_base=True)
    assert row(room, PT, ref).lat == pytest.approx(38.6667, abs=1e-4)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"cruise": ""}, "cruising speed"),
        ({"cruise": "30", "max": "20"}, "below"),
        ({"kind": "submarine"}, "no kind"),
        ({"sea_limit": "rough"}, "no sea"),
        ({"base_position": ""}, "no position"),
        ({"team": "maybe"}, "yes or no"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(room: Room, given: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        asset(room, **given)


def test_a_report_that_tells_nothing_or_of_the_future_is_refused(room: Room) -> None:
    ref = asset(room)
    with pytest.raises(BadInput, match="Nothing is told"):
        assets.report(room, PT, ref)
    with pytest.raises(BadInput, match="future"):
        assets.report(room, PT, ref, availability="available", as_of=dtg(AT_WORK + HOUR))
    with pytest.raises(BadInput, match="expires before"):
        assets.report(room, PT, ref, availability="available", until=dtg(AT_WORK - HOUR))


def test_figures_said_anew_leave_the_others_as_they_were(room: Room) -> None:
    ref = asset(room)
    found = assets.change(room, PT, ref, endurance="100h", sea_limit="Bft 6")
    assert (found.endurance_h, found.sea_limit, found.max_kn, found.team) == (100.0, "Bft 6", 25.0, True)
    assert len(assets.sheet(room, PT, ref).profiles) == 2


# -- tasking -----------------------------------------------------------------------------------------


def asked(room: Room, **given: str) -> tuple[str, str, str]:
    target = seen_target(room)
    ref, about = asset(room), operation(room, target)
    return (
        ref,
        about,
        tasking.ask(room, COORDINATOR, ref, about, "stand by west of 12 W", target=target, **given).ref,
    )


def test_the_centre_asks_and_the_owning_state_answers(room: Room) -> None:
    ref, about, task = asked(room)
    with pytest.raises(NotPermitted, match="Only officers of PT answer for PT"):
        tasking.record(room, COORDINATOR, task, "accepted")
    with pytest.raises(BadInput, match="There is no tasking"):
        tasking.record(room, ES, task, "acknowledged")
    assert tasking.record(room, PT, task, "acknowledged").waits
    assert tasking.record(room, PT, task, "accepted").state == "accepted"
    out = tasking.record(room, PT, task, "on-task", at=dtg(room.clock.now_ms()))
    assert out.state == "on task"
    assert row(room, COORDINATOR, ref).availability == "on task"
    room.clock.set_to(AT_WORK + 5 * HOUR)  # type: ignore[attr-defined]
    tasking.record(room, PT, task, "off task", at=dtg(AT_WORK + 4 * HOUR))
    assert assets.sheet(room, PT, ref).hours_on_task == pytest.approx(4.0, abs=0.02)
    assert [one.ref for one in tasking.taskings(room, PT, operation=about, past=True)] == [task]


def test_silence_is_no_tasking(room: Room) -> None:
    from maoc_tui.domain.operations import parse_reference
    from maoc_tui.store import operation_facts, operations

    _, about, task = asked(room)

    def done() -> bool:
        with room.db.reading(COORDINATOR) as conn:
            return bool(operation_facts.acknowledged(conn, operations.find(conn, parse_reference(about)).id))

    assert not done()
    tasking.record(room, PT, task, "acknowledged")
    assert done()
    tasking.record(room, PT, task, "declined", text="propeller")
    assert not done()


def test_acts_follow_in_order_and_a_refusal_says_why(room: Room) -> None:
    _, _, task = asked(room)
    with pytest.raises(BadInput, match="does not follow"):
        tasking.record(room, PT, task, "on task")
    with pytest.raises(BadInput, match="says why"):
        tasking.record(room, PT, task, "declined")
    with pytest.raises(BadInput, match="before it was asked"):
        tasking.record(room, PT, task, "accepted", at=dtg(AT_WORK - HOUR))
    tasking.record(room, COORDINATOR, task, "withdrawn")
    with pytest.raises(BadInput, match="does not follow"):
        tasking.record(room, PT, task, "accepted")


def test_nobody_is_asked_what_is_hidden_from_them(room: Room) -> None:
    ref, hidden = asset(room), operation(room, rel="ES")
    with pytest.raises(BadInput, match="PT does not see the operation"):
        tasking.ask(room, COORDINATOR, ref, hidden, "stand by")
    shown = operation(room)
    with pytest.raises(BadInput, match="PT would not see what is asked"):
        tasking.ask(room, COORDINATOR, ref, shown, "stand by", marking=parse("H2 rel ES", "MAOC"))
    with pytest.raises(BadInput, match="There is no asset"):
        tasking.ask(room, COORDINATOR, asset(room, marking="H2 rel ES"), shown, "stand by")


def test_an_asset_is_asked_once_for_an_operation_while_the_question_is_open(room: Room) -> None:
    ref, about, task = asked(room)
    with pytest.raises(BadInput, match=task):
        tasking.ask(room, COORDINATOR, ref, about, "again")
    tasking.record(room, PT, task, "declined", text="no crew")
    assert tasking.ask(room, COORDINATOR, ref, about, "again").state == "asked"


def test_where_no_officer_of_the_owner_is_here_the_asker_records_name_and_channel(room: Room) -> None:
    ref = assets.add(
        room, COORDINATOR, NewAsset("Cutter", "ship", owner="UY", cruise="20", marking=parse("H2", "MAOC"))
    ).ref
    task = tasking.ask(room, COORDINATOR, ref, operation(room), "stand by").ref
    with pytest.raises(BadInput, match="who answered"):
        tasking.record(room, COORDINATOR, task, "accepted")
    told = tasking.record(room, COORDINATOR, task, "accepted", who="Duty officer", channel="telephone")
    assert told.events[-1].who == "Duty officer"


def test_every_act_is_in_the_journal(room: Room) -> None:
    from maoc_tui.desk import journal

    ref, _, task = asked(room)
    tasking.record(room, PT, task, "accepted")
    whole = Viewer("auditor", "MAOC", roles=frozenset({Role.AUDITOR}))
    lines = journal.entries(room, whole)
    assert [(one.action, one.ref) for one in lines[:2]] == [("answer", task), ("ask", task)]
    assert any(one.action == "collect" and one.ref == ref for one in lines)


def test_an_unseen_operation_hides_its_tasking(room: Room) -> None:
    target = seen_target(room, rel="MAOC,PT")
    ref, about = asset(room), operation(room, target, rel="PT")
    tasking.ask(
        room, COORDINATOR, ref, about, "stand by", target=target, marking=parse("H2 rel PT,ES", "MAOC")
    )
    assert tasking.taskings(room, ES) == ()
    assert row(room, ES, ref).task is None
    assert row(room, WATCH, ref).task is not None
