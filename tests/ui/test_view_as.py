"""View-as: what a partner sees, in a frame, without changing anything, and nothing of it stays afterwards."""

from __future__ import annotations

import threading

import pytest
from driving import WIDE, settled, until
from liaison_room import open_room
from target_room import Zones

from maoc_tui.app import MaocApp
from maoc_tui.desk import targets
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput
from maoc_tui.settings import Settings
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.targets import TargetsScreen
from maoc_tui.ui.view_as import SeeingAs


class Drawn(Zones):
    """Zones without a line to draw."""

    def outlines(self):
        return ()


@pytest.fixture
def app(tmp_path):
    room = open_room(tmp_path)
    room._zones = Drawn()
    for description, marking in (
        ("sloop of the Centre alone", ""),
        ("ketch named to Spain", "B2 H2 rel ES"),
        ("yawl named to Belgium", "B2 H2 rel BE,ES"),
    ):
        mark = parse(marking, "MAOC") if marking else None
        targets.add(room, WATCH, NewTarget(description, area="west", marking=mark))
    return MaocApp(lambda said: None, room.clock, Settings(), desk=LiveDesk(lambda said: room))


def titles(app) -> set[str]:
    screen = app.screen_stack[0]
    return {row.title for row in screen.known} if isinstance(screen, TargetsScreen) else set()


async def shown(pilot, *wanted: str) -> None:
    await until(pilot, lambda: titles(pilot.app) == set(wanted))


async def test_another_view_is_framed_changes_nothing_and_leaves_nothing(app) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("2")
        every = ("sloop of the Centre alone", "ketch named to Spain", "yawl named to Belgium")
        await shown(pilot, *every)
        await app.run_line("view-as ES")
        await shown(pilot, *every[1:])
        screen = app.screen_stack[0]
        await until(pilot, lambda: "Seen as ES" in screen.key_bar.said)
        assert screen.has_class("-seen-as")
        assert "SEEN AS ES" in str(screen.border_title)
        assert screen.region.size != screen.content_region.size, "there is a frame"
        assert app.moment is None or app.moment.targets == 0

        await app.run_line("new")
        await settled(pilot)
        assert len(app.screen_stack) == 1, "no form opens"
        assert "Nothing is changed" in app.screen_stack[0].key_bar.said

        await app.run_line("view-as BE")
        await until(pilot, lambda: "SEEN AS BE" in str(app.screen_stack[0].border_title))
        await settled(pilot)
        assert titles(app) == set()
        await pilot.press("escape")
        await shown(pilot, *every)
        assert not app.screen_stack[0].has_class("-seen-as")
        assert app.desk.viewer == WATCH


async def test_a_code_that_is_no_partner_is_refused(app) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await app.run_line("view-as QQ")
        await until(
            pilot, lambda: "no partner" in app.screen_stack[0].key_bar.said or len(app.screen_stack) > 1
        )
        assert app.desk.viewer == WATCH
        await app.run_line("view-as")


async def test_a_view_whose_screens_are_not_made_anew_has_no_frame(app, monkeypatch) -> None:
    """The twin: what the first test looks for is not there by itself."""

    async def only_look(self) -> None:
        self.look_now()

    monkeypatch.setattr(SeeingAs, "_begin_anew", only_look)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await app.run_line("view-as BE")
        await until(pilot, lambda: app.seeing_as == "BE")
        assert not app.screen_stack[0].has_class("-seen-as")


async def test_what_the_view_before_asked_for_is_not_taken_in_any_more(app) -> None:
    """A sheet asked for in one's own view must neither be shown nor complained of in another's."""
    began, go_on, taken = threading.Event(), threading.Event(), []

    def slow() -> str:
        began.set()
        go_on.wait(60)
        return "what only the Centre sees"

    def refused() -> str:
        go_on.wait(60)
        raise BadInput("There is no target T-0001.", "")

    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.read(slow, taken.append)
        app.read(refused, taken.append)
        await until(pilot, began.is_set)
        await app.run_line("view-as ES")
        await until(pilot, lambda: app.seeing_as == "ES" and app.current_mode == "watch")
        go_on.set()
        await settled(pilot)
        assert taken == []
        assert len(app.screen_stack) == 1, "no problem window opens"
        app.read(lambda: "what Spain sees", taken.append)
        await until(pilot, lambda: taken == ["what Spain sees"])
