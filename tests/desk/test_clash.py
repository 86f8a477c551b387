"""The same field changed twice: both values are told, neither is lost; other fields stand beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alert_room import finding, raised
from liaison_room import COORDINATOR, add_target, open_room, viewer

from maoc_tui.desk import alerts, assets, operation_log, operations, partner_acts, targets, watch_log
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.clash import Clash, having_seen
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store.edits import Changed


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def test_the_same_field_changed_twice_tells_what_it_was_theirs_and_yours(room: Room) -> None:
    ref = add_target(room, origin="MAOC", rel="ES")
    targets.rename(room, WATCH, ref, "THEIRS", "heard so", version=1)
    with pytest.raises(Clash) as caught:
        targets.rename(room, COORDINATOR, ref, "MINE", "seen so", version=1)
    error = caught.value.as_json()["error"]
    (field,) = error["fields"]
    assert (field["field"], field["was"], field["theirs"], field["yours"]) == (
        "designation",
        "",
        "THEIRS",
        "MINE",
    )
    assert (field["by"], field["at"]) == ("watch", "2022-12-14T03:07:41Z")
    assert (error["code"], error["version"]) == ("clash", 2)
    targets.rename(room, COORDINATOR, ref, "MINE", "seen so", version=error["version"])
    changes = targets.sheet(room, COORDINATOR, ref).changes
    assert [(one.old, one.new) for one in changes] == [("THEIRS", "MINE"), ("", "THEIRS")]


def test_another_field_and_the_same_value_are_no_clash(room: Room) -> None:
    ref = add_target(room, origin="MAOC", rel="ES")
    targets.rename(room, WATCH, ref, "SAME", "heard so", version=1)
    targets.set_status(room, COORDINATOR, ref, "active", "seen", version=1)
    targets.rename(room, COORDINATOR, ref, "SAME", "heard so too", version=1)
    with pytest.raises(Changed, match="no version 99 yet"):
        targets.rename(room, COORDINATOR, ref, "MINE", "guessed", version=99)
    target = targets.sheet(room, COORDINATOR, ref).target
    assert (target.designation, str(target.status)) == ("SAME", "ACTIVE")


# -- whatever is edited ------------------------------------------------------------------------

OTHER = viewer("MAOC", *COORDINATOR.roles, name="Ana Sousa")


@dataclass(frozen=True)
class Edited:
    """One field of something that two officers change at once."""

    name: str
    """As the act calls it, and the form."""
    was: str
    theirs: str
    yours: str
    save: Callable[[Viewer, str], Any]
    stands: Callable[[], str]
    history: Callable[[], str]


def designation(room: Room) -> Edited:
    ref = add_target(room, origin="MAOC")
    return Edited(
        "designation", "", "HERON", "CRANE", lambda who, text: targets.rename(room, who, ref, text, "heard"),
        lambda: targets.sheet(room, OTHER, ref).target.designation,
        lambda: str(targets.sheet(room, OTHER, ref).changes),
    )  # fmt: skip


def status(room: Room) -> Edited:
    ref = add_target(room, origin="MAOC")
    return Edited(
        "status", "NOMINATED", "ACTIVE", "TRACKED", lambda who, text: targets.set_status(room, who, ref, text, "heard"),
        lambda: str(targets.sheet(room, OTHER, ref).target.status),
        lambda: str(targets.sheet(room, OTHER, ref).changes),
    )  # fmt: skip


def fact(room: Room) -> Edited:
    ref = add_target(room, origin="MAOC")
    targets.fact(room, COORDINATOR, ref, "name", "PALOMA", "hail")
    wrong = targets.sheet(room, COORDINATOR, ref).identity[-1].fact.id
    return Edited(
        "value", "PALOMA", "PALMA", "PALOMINO",
        lambda who, text: targets.fact(room, who, ref, "name", text, "hail", replaces=wrong, reason="misheard"),
        lambda: targets.sheet(room, OTHER, ref).holds("name").value,
        lambda: str(targets.sheet(room, OTHER, ref).identity),
    )  # fmt: skip


def state(room: Room) -> Edited:
    target = add_target(room, origin="MAOC")
    ref = operations.open_operation(room, COORDINATOR, "NORTE", target).row.ref

    def flag() -> str:
        states = operations.sheet(room, OTHER, ref).row.states
        return next(code for field, code in states.items() if field.value == "flag")

    return Edited(
        "code", "", "VC", "PA",
        lambda who, text: operations.set_state_field(room, who, ref, "flag", text, "registry"), flag,
        lambda: str(operations.sheet(room, OTHER, ref)),
    )  # fmt: skip


def profile(room: Room) -> Edited:
    ref = assets.add(
        room, COORDINATOR, NewAsset("RHIB", "team", owner="MAOC", cruise="15 kn", max="40 kn")
    ).ref
    return Edited(
        "cruise", "15 kn", "18 kn", "20 kn", lambda who, text: assets.change(room, who, ref, cruise=text),
        lambda: dict(assets.sheet(room, OTHER, ref).row.profile)["cruise"],
        lambda: _profiles(room),
    )  # fmt: skip


def _profiles(room: Room) -> str:
    with room.db.reading(OTHER) as conn:
        return str(conn.exec_driver_sql("SELECT said FROM asset_profile").fetchall())


def operation_line(room: Room) -> Edited:
    target = add_target(room, origin="MAOC")
    ref = operations.open_operation(room, COORDINATOR, "NORTE", target).row.ref
    wrong = operation_log.log(room, COORDINATOR, ref, "0301 two aboard").ref

    def entries() -> list[Any]:
        return sorted(
            operation_log.entries(room, OTHER, ref), key=lambda one: int(one.ref.rpartition("/")[2])
        )

    return Edited(
        "text", "two aboard", "three aboard", "four aboard",
        lambda who, text: operation_log.correct(room, who, wrong, text, "misheard"),
        lambda: entries()[-1].text, lambda: str(entries()),
    )  # fmt: skip


def watch_line(room: Room) -> Edited:
    wrong = watch_log.log(room, COORDINATOR, "rang Dakar").ref

    def entries() -> Any:
        return watch_log.entries(room, OTHER).lines

    return Edited(
        "text", "rang Dakar", "rang Praia", "rang Bissau",
        lambda who, text: watch_log.correct(room, who, wrong, text, "misheard"),
        lambda: max(entries(), key=lambda one: one.ref).text, lambda: str(entries()),
    )  # fmt: skip


def stage(room: Room) -> Edited:
    raised(room, finding())
    (row,) = alerts.board(room, COORDINATOR)
    return Edited(
        "to", "new", "watching", "searching", lambda who, text: alerts.stage(room, who, row.ref, text),
        lambda: alerts.one(room, OTHER, row.ref).row.stage, lambda: str(alerts.one(room, OTHER, row.ref)),
    )  # fmt: skip


def partner(room: Room) -> Edited:
    return Edited(
        "status", "prospective", "suspended", "ended",
        lambda who, text: partner_acts.set_status(room, who, "BE", text, "letter", "told"),
        lambda: room.register.standing("BE", room.clock.now_ms()).status,
        lambda: str(_acts(room)),
    )  # fmt: skip


def _acts(room: Room) -> Any:
    with room.db.reading(OTHER) as conn:
        return conn.exec_driver_sql("SELECT status FROM partner_act").fetchall()


@pytest.mark.parametrize(
    "make", [designation, status, fact, state, profile, operation_line, watch_line, stage, partner]
)
def test_both_values_are_told_the_second_chooses_and_neither_is_lost(room: Room, make: Any) -> None:
    one: Edited = make(room)
    one.save(COORDINATOR, one.theirs)
    theirs = one.stands()
    assert theirs.startswith(one.theirs)
    with having_seen({one.name: one.was}), pytest.raises(Clash) as caught:
        one.save(OTHER, one.yours)
    (field,) = caught.value.fields
    assert (field.name, field.was, field.theirs, field.yours) == (one.name, one.was, theirs, one.yours)
    assert one.stands() == theirs, "nothing was overwritten"
    with having_seen({one.name: field.theirs}):
        one.save(OTHER, one.yours)
    assert one.stands().startswith(one.yours)
    assert one.theirs.split()[0] in one.history(), "what gave way is told still"


def test_what_only_the_other_changed_is_taken_over_and_told(room: Room) -> None:
    ref = assets.add(
        room, COORDINATOR, NewAsset("RHIB", "team", owner="MAOC", cruise="15 kn", max="20 kn")
    ).ref
    saw = dict(assets.sheet(room, OTHER, ref).row.profile)
    assets.change(room, COORDINATOR, ref, max="30 kn", daylight="yes")
    with having_seen(saw) as sight:
        assets.change(room, OTHER, ref, cruise="18 kn", daylight="yes")
    assert [(one.field, one.was, one.theirs, one.by) for one in sight.taken] == [
        ("at most", "20 kn", "30 kn", "Rui Ferreira")
    ]
    now = dict(assets.sheet(room, OTHER, ref).row.profile)
    assert (now["cruise"], now["max"], now["daylight"]) == ("18 kn", "30 kn", "yes")


def test_who_says_nothing_of_what_was_seen_is_not_compared_and_theirs_is_told_as_the_gate_shows_it(
    room: Room,
) -> None:
    seen = assets.add(
        room,
        COORDINATOR,
        NewAsset("RHIB", "team", owner="MAOC", cruise="15 kn", max="40 kn", marking=parse("H2", "MAOC")),
    ).ref
    assets.change(room, COORDINATOR, seen, cruise="18 kn")
    assets.change(room, OTHER, seen, cruise="20 kn")
    with having_seen({"cruise": "15 kn"}), pytest.raises(BadInput) as caught:
        assets.change(room, viewer("ES"), seen, cruise="22 kn")
    assert "20 kn" not in str(caught.value), "somebody else learns nothing of it"
