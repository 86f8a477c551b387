"""Why something was opened or taken out stands in the journal beside it: Directive (EU) 2016/680, Art. 25."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from access_room import WORDS, Wall, opened, staffed

from maoc_tui.desk import access, gate, journal, request_form, signing_in, targets
from maoc_tui.desk import requests as asking
from maoc_tui.desk.demo_door import EVERYTHING, DemoDoor
from maoc_tui.desk.room import Room
from maoc_tui.desk.taking_out import take_out
from maoc_tui.desk.target_opening import opened as open_target
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain.purpose import DEMO, JUSTIFIED, LONGEST, UNSAID
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def room(tmp_path: Path, wall: Wall) -> Iterator[Room]:
    room = staffed(tmp_path / "maoc.db", wall)
    yield room
    room.close()


def come_in(room: Room, login: str, purpose: str = "") -> Viewer:
    return signing_in.admit(room, login, WORDS[login], purpose=purpose)


def target(room: Room, viewer: Viewer) -> str:
    return targets.add(room, viewer, NewTarget("grey sloop", area="west of Lisbon")).ref


def reasons(room: Room, *actions: str) -> list[str]:
    """The reasons of every such entry, oldest first."""
    found = ", ".join(f"'{one}'" for one in actions)
    sql = f"SELECT reason FROM journal WHERE action IN ({found}) ORDER BY seq"
    with room.db.reading_whole() as conn:
        return [row[0] for row in conn.exec_driver_sql(sql)]


def test_what_the_session_is_for_is_written_beside_what_is_opened_and_taken_out(room: Room) -> None:
    me = come_in(room, "ortega", "OP-0031 boarding")
    assert me.purpose == "OP-0031 boarding"
    ref = target(room, me)
    found = open_target(room, me, ref)
    take_out(room, me, "target", ref, found.marking)
    asked = asking.open_request(
        room, me, ref, "boarding-consent", "PA", acting="ES", rule="R26", grounds="none"
    )
    request_form.form(room, me, asked.asked.ref)
    assert reasons(room, *JUSTIFIED) == ["OP-0031 boarding"] * 3
    assert "OP-0031 boarding" in reasons(room, "login")


def test_nobody_said_it_is_written_as_the_default(room: Room) -> None:
    me = come_in(room, "ortega")
    open_target(room, me, target(room, me))
    assert reasons(room, "consult") == [UNSAID]


def test_it_can_be_said_anew_and_is_another_consultation_then(room: Room) -> None:
    me = come_in(room, "ortega", "handover")
    ref = target(room, me)
    open_target(room, me, ref)
    open_target(room, me, ref)
    me = signing_in.state_purpose(room, "  request of PT  ")
    assert me == access.viewer(room)
    open_target(room, me, ref)
    assert reasons(room, "consult") == ["handover", "request of PT"]
    assert reasons(room, "alter")[-1] == "request of PT"


def test_through_another_view_it_is_still_ones_own_purpose(room: Room) -> None:
    me = come_in(room, "rui", "check of releases")
    seen = gate.view_as(room, me, "BE")
    take_out(room, seen, "contact", "AIS:263000001")
    assert reasons(room, *JUSTIFIED) == ["check of releases"] * 2


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(room: Room, text: str) -> None:
    come_in(room, "ortega", "handover")
    with pytest.raises(BadInput):
        signing_in.state_purpose(room, text)
    assert access.viewer(room).purpose == "handover"


def test_single_user_mode_and_the_demo_have_a_default_that_says_so(tmp_path: Path, wall: Wall) -> None:
    room = opened(tmp_path / "one.db", wall)
    me = access.viewer(room)
    assert me == WATCH
    open_target(room, me, target(room, me))
    open_target(room, signing_in.state_purpose(room, "training"), "T-" + _only(room))
    assert reasons(room, "consult") == [UNSAID, "training"]
    room.close()
    door = DemoDoor(tmp_path / "demo.db", lambda said, key: opened(tmp_path / "demo.db", wall))
    door(lambda _: None)
    assert door.be(EVERYTHING).purpose == DEMO
    door.leave("end")


def _only(room: Room) -> str:
    return targets.listing(room, WATCH)[0].ref.removeprefix("T-")


def test_taking_a_copy_needs_the_right_and_a_fresh_passphrase(room: Room, wall: Wall) -> None:
    auditor = Viewer("A", "MAOC", roles=frozenset({Role.AUDITOR}), officer="a")
    with pytest.raises(NotPermitted):
        take_out(room, auditor, "contact", "AIS:1")
    me = come_in(room, "ortega", "handover")
    take_out(room, me, "contact", "AIS:1")
    wall.pass_by(6)
    with pytest.raises(access.ConfirmNeeded):
        take_out(room, me, "contact", "AIS:1")
    signing_in.confirm(room, WORDS["ortega"])
    take_out(room, me, "contact", "AIS:1")
    assert reasons(room, "export") == ["handover"] * 2


def test_planted_an_entry_without_justification_is_found(room: Room, monkeypatch: Any) -> None:
    monkeypatch.setattr(journal, "justification", lambda purpose, reason: reason)
    me = come_in(room, "ortega", "handover")
    open_target(room, me, target(room, me))
    assert reasons(room, "consult") == [""]
