"""The request board and the legal panel as they look at two sizes: rows of each kind, hostile words in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from driving import until

sys.path.append(str(Path(__file__).resolve().parents[1] / "desk"))

from liaison_room import COORDINATOR, open_room
from test_snapshots import SIZES, _settled

from maoc_tui.desk import clocks, requests, targets
from maoc_tui.domain.marking_entry import parse
from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.form import Form

MARK = parse("H2 rel ES,FR", "MAOC")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = open_room(tmp_path)
    with numbered(InOrder()):
        _fill(made)
    yield made
    made.close()


def _fill(room: Any) -> None:
    entry = targets.NewTarget(
        "grey [b]trawler[/x] \x1b]52;c;x\x07 " + "very long " * 20,
        position="01 30N 020 00W", values={"flag": "GY"}, marking=MARK,
    )  # fmt: skip
    ref = targets.add(room, COORDINATOR, entry).ref
    given = {"acting": "ES", "measures": "board", "marking": MARK, "grounds": "[link]no gear[/] " * 20}
    first = requests.open_request(room, COORDINATOR, ref, "boarding-consent", "GY", clock="C2", **given)
    requests.record(room, COORDINATOR, first.asked.ref, "sent", at="132200Z", channel="embassy [u]")
    second = requests.open_request(room, COORDINATOR, ref, "boarding-consent", "BR", **given)
    requests.record(room, COORDINATOR, second.asked.ref, "sent", at="140200Z", channel="embassy")
    requests.open_request(room, COORDINATOR, ref, "flag-enquiry", "VE", **given)
    clocks.add(room, COORDINATOR, ref, "call [i]Dakar[/q] " + "long " * 30, "0500Z", marking=MARK)
    clocks.start(room, COORDINATOR, ref, "C8", at="140300Z", text="nine persons", marking=MARK)


def program(room: Any) -> Any:
    desk = fakes.FakeDesk(80, clock=room.clock)
    desk._opener = lambda said: room
    desk.admit = lambda: None
    desk.viewer = COORDINATOR
    return fakes.app(desk)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", ["board", "request", "law"])
def test_looks_as_before(snap_compare, room, scene, size):
    app = program(room)

    async def before(pilot):
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("2" if scene == "law" else "7")
        name = "TargetsScreen" if scene == "law" else "RequestsScreen"
        await until(pilot, lambda: type(app.screen).__name__ == name)
        screen = app.screen
        if scene == "law":
            await until(pilot, lambda: screen.selected() is not None)
            await pilot.press("L")
            await until(pilot, lambda: isinstance(app.screen, Form))
            app.screen.query_one("#field-acting").value = "ES"
            await pilot.press("ctrl+s")
            await until(pilot, lambda: type(app.screen).__name__ == "LawSheet")
        else:
            await until(pilot, lambda: len(screen.known) == 5)
            if scene == "request":
                await pilot.press("enter")
                await until(pilot, lambda: type(app.screen).__name__ == "LongSheet")
        await _settled(pilot)
        app.screen_stack[0].query_one("KeyBar").say("")
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=before)
