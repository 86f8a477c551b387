"""A chosen interception that slips is seen on every screen and rings once, not again until it slips further."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from asset_room import AT_WORK, COORDINATOR, FR, HOUR, asset, operation, room_at, seen_target
from driving import NARROW, WIDE, opened, until

from maoc_tui.desk.intercept_options import choose
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.ui import slip_watch
from maoc_tui.ui.clock_bell import SlipBell
from maoc_tui.ui.moment import Slipping
from maoc_tui.ui.slip_watch import SlipWatch

WHAT = ("OP-0001", "AS-0001", "T-0001")
LATE = Slipping("OP-0001", WHAT, ("slips 1",), "OP-0001 AS-0001 to T-0001: contact slips 42 min to 05:10Z")


def test_it_rings_when_a_contact_slips_and_again_only_when_it_slips_further() -> None:
    bell = SlipBell()
    assert bell.hear(()) == ()
    assert bell.hear((LATE,)) == (f"▲ {LATE.text}.",)
    assert bell.hear((replace(LATE, text="contact slips 44 min"),)) == ()
    assert bell.hear(()) == ()
    assert bell.hear((LATE,)) == ()
    assert len(bell.hear((replace(LATE, kinds=("slips 2",)),))) == 1
    assert len(bell.hear((replace(LATE, kinds=("slips 2", "zone PT TS")),))) == 1


def test_what_slipped_before_the_program_was_opened_does_not_ring() -> None:
    assert SlipBell().hear((LATE,)) == ()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_top_bar_says_it_and_the_bottom_bar_once(size: tuple[int, int]) -> None:
    desk = fakes.FakeDesk()
    app = fakes.app(desk)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        screen = app.screen
        app.look_now()
        await until(pilot, lambda: app.moment.slips == ())
        desk.now_slips = (LATE, replace(LATE, operation="OP-0002", what=("OP-0002", "AS-0002", "T-0002")))
        app.look_now()
        await until(pilot, lambda: "▲OP-0001 slips +1" in screen.top_bar.render_line(0).text)
        assert "contact slips 42 min" in screen.key_bar.said
        await pilot.press("j")
        assert screen.key_bar.said == ""
        app.tick()
        assert screen.key_bar.said == ""
        desk.now_slips = ()
        app.look_now()
        await until(pilot, lambda: "slips" not in screen.top_bar.render_line(0).text)


def test_it_is_reckoned_from_the_record_for_each_viewer_and_a_new_choice_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slip_watch, "RECKONED_EVERY_S", 0.0)
    room = room_at(tmp_path)
    target, ship = seen_target(room, "34 00.0N 014 00.0W"), asset(room, max="30", name="Fast")
    about, mark = operation(room, target), parse("H2 rel PT,ES", "MAOC")
    moves = {"target_speed": "10", "target_course": "045"}
    choose(room, COORDINATOR, about, ship, target, "closest", marking=mark, **moves)
    watch = SlipWatch()
    assert watch.read(room, COORDINATOR, 1) == ()
    room.clock.set_to(AT_WORK + 3 * HOUR)  # type: ignore[attr-defined]
    (slipped,) = watch.read(room, COORDINATOR, 2)
    assert slipped.what == (about, ship, target)
    assert any(kind.startswith("slips") for kind in slipped.kinds)
    assert watch.read(room, FR, 2) == (), "the choice is hidden from it"
    assert watch.read(room, Viewer("nobody", "PT"), 2) == (), "who may not read operations is told nothing"
    choose(room, COORDINATOR, about, ship, target, "still the closest", marking=mark, **moves)
    assert watch.read(room, COORDINATOR, 3) == ()
    room.close()


def test_a_fault_in_a_reckoning_is_told_and_holds_up_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maoc_tui.desk import intercept_watch

    def broken(*_: object) -> None:
        raise BadInput("A course is no number.", "")

    room = room_at(tmp_path)
    monkeypatch.setattr(intercept_watch, "slips", broken)
    (told,) = SlipWatch().read(room, COORDINATOR, 1)
    assert "A course is no number" in told.text
    room.close()
