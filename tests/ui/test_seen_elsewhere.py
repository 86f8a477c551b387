"""What is entered at another terminal stands on every screen at once, without a key, the cursor in its place."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from driving import WIDE, until
from liaison_room import reopened
from operation_room import COORDINATOR, MARK, filled_room, program

from maoc_tui.desk import assets, briefing, clocks, operations, seizures, targets
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.ui import desk_app, keeping_up
from maoc_tui.ui.grid import Grid


def _target(room: Any) -> None:
    entry = targets.NewTarget("sloop", area="Azores", values={"name": "ELSEWHERE"}, marking=MARK)
    targets.add(room, COORDINATOR, entry)


def _asset(room: Any) -> None:
    entry = NewAsset("ELSEWHERE", "ship", owner="MAOC", cruise="15 kn", marking=MARK)
    assets.add(room, COORDINATOR, entry)


def _seizure(room: Any) -> None:
    seizures.add(room, COORDINATOR, seizures.NewSeizure("2022-12-13", said=seizures.Said(source="port")))


ELSEWHERE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "2": ("TargetsScreen", _target),
    "4": (
        "OperationsScreen",
        lambda room: operations.open_operation(room, COORDINATOR, "ELSEWHERE", marking=MARK),
    ),
    "5": ("LiaisonScreen", _target),
    "6": ("AssetsScreen", _asset),
    "7": ("RequestsScreen", lambda room: clocks.add(room, COORDINATOR, "T-0001", "ELSEWHERE", "0500Z")),
    "8": ("BriefsScreen", lambda room: briefing.draft(room, COORDINATOR, ["ES"])),
    "9": ("FiguresScreen", _seizure),
}


def listed(screen: Any) -> list[str]:
    """Every row of every list on the screen."""
    rows = [grid.rows for grid in screen.query(Grid)]
    return [" ".join(text for text, _ in one.cells(at)) for one in rows for at in range(len(one))]


async def test_what_is_entered_elsewhere_stands_on_every_screen_at_the_next_look(tmp_path: Path) -> None:
    assert keeping_up.LOOK_EVERY_S <= 0.5, "two looks are within a second"
    assert desk_app.LOOK_EVERY_S <= 1.0, "so is the one of the top bar and of the watch screen"
    room = filled_room(tmp_path)
    elsewhere = reopened(room.db.path, room.clock.now_ms())
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.moment is not None)
        for key, (name, enter) in ELSEWHERE.items():
            await pilot.press(key)
            await until(
                pilot, lambda name=name: type(app.screen).__name__ == name and app.screen._seen is not None
            )
            screen = app.screen
            await pilot.press("j")
            await pilot.pause()
            grid = next(one for one in screen.query(Grid) if one.has_focus)
            before, here = listed(screen), grid.cursor_key
            screen._rest_until = math.inf  # a reading for traffic would wait now
            enter(elsewhere)
            looks = counted(screen)
            await until(pilot, lambda screen=screen, before=before: listed(screen) != before)
            assert len(looks) <= 2, name
            assert grid.cursor_key == here, name
    elsewhere.close()
    room.close()


def counted(screen: Any) -> list[float]:
    """Filled with one entry for each look from now on."""
    looks: list[float] = []
    version = screen.version

    def look(desk: Any) -> Any:
        looks.append(0.0)
        return version(desk)

    screen.version = look
    return looks
