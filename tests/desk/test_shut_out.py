"""Who is shut out writes nothing more from that moment, whatever a screen read about them before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maoc_tui.desk import access, accounts, release, targets
from maoc_tui.desk.access import SignInNeeded
from maoc_tui.desk.account_rules import Newcomer
from maoc_tui.desk.room import Room
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.roles import Act, Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import NotPermitted
from tests.access_room import WORDS, Wall, come_in, opened, staffed
from tests.release_room import answers, marked

ENTRY = NewTarget(description="a yacht", area="Azores", marking=marked("ES", "MAOC"))


def disabled(other: Room, ana: Viewer) -> None:
    accounts.disable(other, ana, "ortega", "posting over")


def without_role(other: Room, ana: Viewer) -> None:
    accounts.revoke(other, ana, "ortega", Role.LIAISON, "posting over")


def shut_out(tmp_path: Path, how: Callable[[Room, Viewer], None]) -> tuple[Room, Viewer, str]:
    """Ortega's screen as it was, and a target of his, after somebody shut him out on another one."""
    wall = Wall()
    room = staffed(tmp_path / "record.db", wall)
    viewer = come_in(room, "ortega")
    ref = targets.add(room, viewer, ENTRY).ref
    other = opened(tmp_path / "record.db", wall)
    how(other, come_in(other, "ana"))
    other.close()
    return room, viewer, ref


@pytest.mark.parametrize("how", [disabled, without_role])
def test_nothing_is_written_any_more(tmp_path: Path, how: Callable[[Room, Viewer], None]) -> None:
    room, viewer, ref = shut_out(tmp_path, how)
    for act in (
        lambda: targets.add(room, viewer, ENTRY),
        lambda: targets.fact(room, viewer, ref, "name", "LA PALOMA", "port"),
        lambda: release.propose(room, viewer, release.Draft(ref, "BE", answers=answers(room, "BE"))),
        lambda: access.permit(room, viewer, Act.LOG),
    ):
        with pytest.raises(NotPermitted):
            act()
    room.close()


@pytest.mark.parametrize("how", [disabled, without_role])
def test_the_twin_that_asks_nobody_is_found(
    tmp_path: Path, how: Callable[[Room, Viewer], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "still_in", lambda _: None)
    room, viewer, _ = shut_out(tmp_path, how)
    targets.add(room, viewer, ENTRY)
    room.close()


def test_a_passphrase_given_before_confirms_nothing_after(tmp_path: Path) -> None:
    room, viewer, _ = shut_out(tmp_path, disabled)
    assert not access.reauthenticated(room, viewer)
    room.close()


def test_a_confirmation_is_of_the_officer_who_gave_it(tmp_path: Path) -> None:
    room = staffed(tmp_path / "record.db", Wall())
    ortega = come_in(room, "ortega")
    assert access.reauthenticated(room, ortega)
    come_in(room, "rui")
    assert not access.reauthenticated(room, ortega)
    room.close()


def test_single_user_mode_ends_in_a_room_that_was_open_before(tmp_path: Path) -> None:
    room = opened(tmp_path / "record.db", Wall())
    watch = access.viewer(room)
    targets.add(room, watch, NewTarget(description="before", area="Azores"))
    other = opened(tmp_path / "record.db", Wall())
    ana = Newcomer("ana", "Ana Ferreira", "MAOC", frozenset({Role.ADMINISTRATOR}))
    accounts.enrol(other, WATCH, ana, WORDS["ana"], "first")
    other.close()
    with pytest.raises(SignInNeeded):
        targets.add(room, watch, NewTarget(description="after", area="Azores"))
    assert not access.reauthenticated(room, watch)
    room.close()
