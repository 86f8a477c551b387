"""In the matrix by keys alone: a sea as a what-if, the law at the contact, a log line; closest approach by word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import WIDE, until
from operation_room import COORDINATOR, filled_room, program
from textual.widgets import Input

from maoc_tui.desk import operation_log
from maoc_tui.ui.form import Form
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.liaison_sheets import LongSheet


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    yield made
    made.close()


async def at_matrix(pilot: Any) -> Any:
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("4")
    await until(
        pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and app.screen.selected() is not None
    )
    await pilot.press("i")
    await until(pilot, lambda: type(app.screen).__name__ == "MatrixWindow" and len(app.screen.list.rows) == 3)
    return app.screen


async def saved(pilot: Any, **values: str) -> None:
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


def text(sheet: Any) -> str:
    return "\n".join("".join(part for part, _ in line) for line in sheet.lines)


async def test_a_sea_is_a_what_if_of_matrix_and_detail(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        matrix = await at_matrix(pilot)
        matrix.list.select("AS-0001")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await saved(pilot, sea="rough")
        await until(pilot, lambda: "no sea" in app.screen.query_one("#form-note").text)
        await saved(pilot, sea="8 m")
        await until(pilot, lambda: app.screen is matrix)
        await until(pilot, lambda: "WHAT IF sea 8 m" in matrix.query_one("#window-head").text)
        await until(pilot, lambda: matrix.known.cell("AS-0001", "T-0001").limiting == "sea")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LongSheet))
        assert "sea 8 m expected, works up to Bft 6" in text(app.screen)
        assert "with a prize at" in text(app.screen)
        assert "fuel reckoned at cruising" in text(app.screen)


async def test_law_and_log_work_inside_the_matrix(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        matrix = await at_matrix(pilot)
        matrix.list.select("AS-0001")
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, LongSheet))
        assert "basis" in text(app.screen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is matrix)
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await saved(pilot, text="closing from the east", at="0305")
        await until(pilot, lambda: app.screen is matrix)
        said = [one.text for one in operation_log.entries(room, COORDINATOR, "OP-0001")]
        assert "closing from the east" in said


async def test_the_keys_in_the_bar_are_not_those_of_the_screen_behind_a_window(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await at_matrix(pilot)
        bar = app.screen_stack[0].query_one(KeyBar)
        await until(pilot, lambda: bar._keys == [])
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        await until(pilot, lambda: ("i", "Matrix") in bar._keys)


async def test_the_closest_approach_of_any_two_is_typed_or_asked_for(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press(":", *"cpa T-0001 AS-0001", "enter")
        await until(pilot, lambda: isinstance(app.screen, LongSheet))
        assert "both brought to" in text(app.screen)
        assert "T-0001" in text(app.screen)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, LongSheet))
        await pilot.press(":", *"cpa T-0001", "enter")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.query_one("#field-first", Input).value == "T-0001"
        await saved(pilot, second="38.0,-9.5/090/12")
        await until(pilot, lambda: isinstance(app.screen, LongSheet))
