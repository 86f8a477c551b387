"""Zones by hand on the screens, by keys alone; and a switch of datasets while the program runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MethodType
from typing import Any

import fakes
import numpy as np
import pytest
from driving import opened as watch_opened
from driving import until
from target_room import NOW, YACHT, make_room
from test_targets_screen import NARROW, WIDE, opened, program, settled, typed

from maoc_tui.commands import TARGETS, commands_of
from maoc_tui.desk import targets, zone_overrides
from maoc_tui.desk.snapshots import ZoneLabel, either
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.viewer import WATCH
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.contact_rows import zone_cell, zone_text
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.zone_forms import AreaDialog, OverrideDialog, WithdrawOverrideDialog
from maoc_tui.ui.zone_list import OverrideList
from maoc_tui.ui.zone_sheet import zone_lines

SAID = {"kind": "TS", "states": "PT", "reason": "seen on chart 24201", "name": "Ferreira", "until": "12h"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = make_room(tmp_path / "maoc.db")
    targets.add_from_contact(made, WATCH, YACHT, NewTarget(values={"flag": "VC"}))
    yield made
    made.close()


def note(pilot: Any) -> str:
    return "".join(str(found.text) for found in pilot.app.screen.query("#form-note"))


def said(pilot: Any) -> str:
    return "".join(str(bar.said) for bar in pilot.app.screen.query(KeyBar))


async def test_an_answer_for_a_target_is_entered_shown_and_withdrawn(room: Any) -> None:
    app = program(room)
    app.desk.zone = MethodType(LiveDesk.zone, app.desk)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: "high seas" in screen.banner.text)
        await pilot.press("H")
        await until(pilot, lambda: isinstance(app.screen, OverrideDialog))
        assert "T-0001 LA PALOMA" in app.screen.query_one("#form-banner", Banner).text
        await typed(pilot, **{**SAID, "until": ""})
        await until(pilot, lambda: "When it expires is missing." in note(pilot))
        assert zone_overrides.listing(room, WATCH) == ()
        await typed(pilot, until="12h")
        await until(pilot, lambda: said(pilot) == "Z-0001 saved.")
        by_hand = "PT territorial sea, by hand: seen on chart 24201, Ferreira, until 141507ZDEC22"
        await until(pilot, lambda: by_hand in screen.banner.text)
        await until(pilot, lambda: [row.seen.zone for row in screen.known] == ["PT TS*"])
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        await until(pilot, lambda: "Dataset says" in app.screen.query_one(Lines).text)
        why = app.screen.query_one(Lines).text
        assert "hand: entered by an officer" in why
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press(":", *"overrides", "enter")
        await until(pilot, lambda: isinstance(app.screen, OverrideList) and app.screen._list.has_focus)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WithdrawOverrideDialog))
        await typed(pilot, reason="other boat", name="Ortega")
        await until(pilot, lambda: said(pilot) == "Z-0001 withdrawn.")
        await until(pilot, lambda: "by hand" not in screen.banner.text)
        (gone,) = zone_overrides.listing(room, WATCH, every=True)
        assert gone.state(NOW) == "withdrawn"


async def test_an_area_is_entered_from_the_command_line_of_the_screen(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press(":", *"area", "enter")
        await until(pilot, lambda: isinstance(app.screen, AreaDialog))
        await typed(pilot, **SAID, area="34N 042W; 34N 041W; 33N 041W; 33N 042W; 33.5N 041.5W")
        await until(pilot, lambda: said(pilot) == "Z-0001 saved.")
        (one,) = zone_overrides.listing(room, WATCH)
        assert (one.kind, len(one.corners)) == ("territorial", 5)


async def test_a_bad_area_is_refused_in_place(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press(":", *"area", "enter")
        await until(pilot, lambda: isinstance(app.screen, AreaDialog))
        await typed(pilot, **SAID, area="34N 042W; 33N 041W; 34N 041W; 33N 042W")
        await until(pilot, lambda: "crosses or touches itself" in note(pilot))
        await typed(pilot, area="34N 042W; nowhere; 33N 041W")
        await until(pilot, lambda: "Corner 2" in note(pilot))
        assert zone_overrides.listing(room, WATCH) == ()


async def test_the_list_of_none_says_so_and_a_circle_takes_the_position_typed(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press(":", *"overrides", "enter")
        await until(pilot, lambda: isinstance(app.screen, OverrideList))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, OverrideList))
        await pilot.press(":", *"override 36 20N 012 40W", "enter")
        await until(pilot, lambda: isinstance(app.screen, OverrideDialog))
        assert app.screen.values["position"] == "36°20.0'N 012°40.0'W"
        await typed(pilot, **SAID)
        await until(pilot, lambda: said(pilot) == "Z-0001 saved.")
        (one,) = zone_overrides.listing(room, WATCH)
        assert (one.scope, one.radius_nm) == ("place", 5.0)


class Switching(fakes.FakeDesk):
    """Another dataset becomes the active one; opening it brings another picture."""

    outdated = False

    def _zones_outdated(self, room: Any) -> bool:
        return self.outdated

    def renew_zones(self) -> None:
        self.outdated = False
        held = self.now_picture
        self.now_picture = replace(
            held, generation=held.generation + 1, zone_dataset="official v12, 2023", zone_stamp=("official",)
        )


async def test_a_switch_of_datasets_is_followed_and_said() -> None:
    desk = Switching(30)
    grounds: list[int] = []
    usual = desk.ground
    desk.ground = lambda: (grounds.append(1), replace(usual(), stamp=desk.now_picture.zone_stamp))[1]  # type: ignore[method-assign]
    app = fakes.app(desk)
    async with app.run_test(size=WIDE) as pilot:
        await watch_opened(pilot)
        await until(pilot, lambda: bool(grounds))
        before = len(grounds)
        desk.outdated = True
        app.look_now()
        await until(pilot, lambda: "official v12, 2023" in said(pilot))
        assert said(pilot) == "Zones in force from now on: official v12, 2023."
        await until(pilot, lambda: len(grounds) > before)
        assert not desk.outdated


def test_w_is_on_every_screen_that_shows_zones() -> None:
    assert {"why", "override"} <= {command.id for command in commands_of(TARGETS)}


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        ("PT CZ", "PT TS", "PT CZ|TS"),
        ("PT EEZ", "ES EEZ", "PT EEZ|ES"),
        ("PT TS", "HS", "PT TS|HS"),
        ("HS", "PT EEZ", "HS|PT EEZ"),
        ("EH/MA TS?", "ES TS", "EH/MA TS?|ES TS"),
    ],
)
def test_two_labels_of_which_one_holds(one: str, other: str, text: str) -> None:
    assert either(one, other) == text


def test_the_list_leaves_open_what_the_error_leaves_open() -> None:
    shown = fakes.picture(3)
    shown = replace(shown, zone=np.array([1, 1, -1], np.int32), other=np.array([0, -1, -1], np.int32))
    assert zone_cell(shown, 0) == ("PT TS|HS", "warn")
    assert zone_cell(shown, 1) == ("PT TS", "text")
    assert zone_text(shown, 0) == (("not determined (PT TS or HS)", "warn"),)
    by_hand = ZoneLabel("eez", ("PT",), "agreed", "hand", "PT EEZ*", "by hand: \x1b]treaty, F")
    shown = replace(shown, zones=(*shown.zones[:1], by_hand, *shown.zones[2:]))
    told = "".join(text for text, _ in zone_text(shown, 1))
    assert told.startswith("PT EEZ by hand: ")
    assert "\x1b" not in told


def test_w_tells_official_from_derived_and_by_hand() -> None:
    answer = fakes.FakeDesk(1).zone(36.0, -6.0, 1.0)
    line = answer.lines[0]
    kinds = ("official", "derived", "equidistance", "inferred", "hand")
    answer.lines = tuple(type(line)(**{**vars(line), "basis": basis}) for basis in kinds)
    looks = [spans[-1] for spans in zone_lines(answer) if "bearing" in spans[0][0]]
    assert [text.strip() for text, _ in looks] == list(kinds)
    assert len({look for _, look in looks}) == 4
    told = "\n".join("".join(text for text, _ in spans) for spans in zone_lines(answer))
    assert "NOT DETERMINED" in told
    assert "made up 1, 2022-12-14" in told
    assert "typically 0.1 nm" in told


SCENES = {
    "form": ("H",),
    "list": (":", *"overrides", "enter"),
    "area": (":", *"area", "enter"),
    "why": ("w",),
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("scene", SCENES)
def test_how_it_looks(snap_compare: Any, room: Any, scene: str, size: tuple[int, int]) -> None:
    given = ("treaty of 2022", "Ferreira")
    zone_overrides.add(room, WATCH, "EEZ", "PT", *given, "2h", position="36 20N 012 40W", radius="10 nm")
    zone_overrides.add(room, WATCH, "TS", "EH/MA", *given, "7d", area="27N 014W; 27N 013W; 26N 014W")
    zone_overrides.withdraw(room, WATCH, "Z-0002", "wrong corner", "Ortega")
    zone_overrides.add(room, WATCH, "TS", "PT", "seen on chart 24201", "Ferreira", "12h", target="T-0001")
    app = program(room)
    app.desk.zone = MethodType(LiveDesk.zone, app.desk)

    async def before(pilot: Any) -> None:
        await opened(pilot)
        await pilot.press(*SCENES[scene])
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)
