"""What all boards have in common: a fault is told and takes nothing away, a refusal stands in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from operation_room import filled_room, program

from maoc_tui.problems import NotPermitted, Problem, StoreProblem
from maoc_tui.ui.board import Board
from maoc_tui.ui.dialogs import ProblemDialog

BOARDS = {"targets": "2", "operations": "4", "assets": "6"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    yield made
    made.close()


async def board(pilot: Any, key: str) -> Any:
    await until(pilot, lambda: pilot.app.moment is not None)
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, Board) and bool(pilot.app.screen.known))
    return pilot.app.screen


def fail(monkeypatch: pytest.MonkeyPatch, screen: Any, problem: Problem) -> None:
    def ask(*_: Any) -> Any:
        raise problem

    monkeypatch.setattr(type(screen), "ask", ask)
    screen.read_again(force=True)


@pytest.mark.parametrize("key", BOARDS.values(), ids=BOARDS)
async def test_a_fault_is_told_aloud_and_what_was_read_stays(
    room: Any, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await board(pilot, key)
        listed = len(screen.list.rows)
        fail(monkeypatch, screen, StoreProblem("The disk cannot be read.", "Take the last backup."))
        await until(pilot, lambda: isinstance(app.screen, ProblemDialog))
        assert len(screen.list.rows) == listed


async def test_a_refusal_opens_no_window(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await board(pilot, BOARDS["assets"])
        told: list[str] = []
        monkeypatch.setattr(screen, "show_fault", lambda problem: told.append(problem.message))
        fail(monkeypatch, screen, NotPermitted("Your role reads no assets.", "Ask the coordinator."))
        await until(pilot, lambda: bool(told))
        assert app.screen is screen


async def test_what_is_wanted_while_it_is_being_read_is_read_again(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await board(pilot, BOARDS["operations"])
        await until(pilot, lambda: not screen._reading)
        readings: list[Any] = []
        take = screen.take
        screen.take = lambda known, anew: (readings.append(known), take(known, anew))
        screen.read_again(force=True)
        screen.read_again(force=True)
        screen.read_again(force=True)
        await until(pilot, lambda: len(readings) == 2 and not screen._reading)
