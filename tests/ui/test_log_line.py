"""A log line from anywhere: into the operation named, in the record when it is said to be, never lost with the line."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from operation_room import COORDINATOR, ES, PT, filled_room, program
from textual.events import Paste

from maoc_tui.desk import drafts, operation_log, operations
from maoc_tui.domain.drafts import Draft
from maoc_tui.ui.alive import Alive
from maoc_tui.ui.prompt import Prompt

HERE = Path(__file__).resolve().parent


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    yield made
    made.close()


def lines(room: Any, ref: str = "OP-0001") -> list[str]:
    return [entry.text for entry in operation_log.entries(room, COORDINATOR, ref)]


def sign(app: Any) -> str:
    """Which operation the open line names."""
    return "".join(str(one.content) for one in app.screen.query(".prompt--sign"))


def open_prompt(app: Any) -> bool:
    return any(prompt.is_mounted and prompt.query("Input") for prompt in app.screen.query(Prompt))


async def test_a_line_typed_in_one_burst_is_in_the_record_at_its_time(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("4")
        await until(
            pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and len(app.screen.known) == 2
        )
        await pilot.press("l", *"0304 boarding, two aboard", "enter")
        await until(pilot, lambda: "boarding, two aboard" in lines(room))
        entry = next(e for e in operation_log.entries(room, COORDINATOR, "OP-0001") if "aboard" in e.text)
        assert (entry.kind, entry.said_time) == ("BOARDING", "0304")
        await until(pilot, lambda: "03:04Z boarding: in the log" in app.screen.key_bar.said)
        await until(pilot, lambda: drafts.mine(room, COORDINATOR) == ())
        await pilot.press("l")
        await until(pilot, lambda: open_prompt(app))
        app.post_message(Paste("0305 second boat\r\nalongside, towed\nno lights"))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: any("second boat" in text for text in lines(room)))
        assert "second boat / alongside, towed / no lights" in lines(room), "every line of what is pasted"


async def test_the_line_names_the_operation_and_says_how_it_will_be_understood(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("4")
        await until(
            pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and len(app.screen.known) == 2
        )
        await pilot.press("j", "l")
        await until(pilot, lambda: open_prompt(app))
        assert "OP-0002 NORTE" in sign(app)
        await pilot.press(*"0304 warning shots")
        await until(
            pilot, lambda: "03:04Z warning shot" in str(app.screen.query_one(".prompt--note").content)
        )


async def test_from_another_screen_it_is_asked_which_of_several(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        for key, screen in (("1", "WatchScreen"), ("3", "ChartScreen")):
            app.operation_shown = ("", "")
            await pilot.press(key)
            await until(pilot, lambda screen=screen: type(app.screen).__name__ == screen)
            await pilot.press("l")
            await until(pilot, lambda: type(app.screen).__name__ == "OperationWindow")
            await pilot.press("j", "enter")
            await until(pilot, lambda: open_prompt(app))
            assert "OP-0002 NORTE" in sign(app)
            await pilot.press(*f"note from {key}", "enter")
            await until(pilot, lambda key=key: f"note from {key}" in lines(room, "OP-0002"))


async def test_on_targets_a_line_goes_into_the_operation_of_the_target_selected(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        app.operation_shown = ("OP-0001", "STRAY DOG")
        await pilot.press("2")
        await until(
            pilot, lambda: type(app.screen).__name__ == "TargetsScreen" and app.screen.selected() is not None
        )
        app.screen.list.select("T-0002")
        await until(
            pilot, lambda: app.screen.selected() is not None and app.screen.selected().row.ref == "T-0002"
        )
        await pilot.press("l")
        await until(pilot, lambda: open_prompt(app))
        assert "OP-0002 NORTE" in sign(app), "T-0002 is a target of NORTE alone"


async def test_escape_keeps_the_line_and_the_key_brings_it_back(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("4")
        await until(
            pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and len(app.screen.known) == 2
        )
        await pilot.press("l", *"0304 half a")
        await until(pilot, lambda: open_prompt(app))
        await pilot.press("escape")
        await until(pilot, lambda: not app.screen.query(Prompt))
        assert lines(room) == lines(room)
        await pilot.press("j", "l")
        await until(pilot, lambda: open_prompt(app))
        assert "OP-0002" in sign(app)
        assert app.screen.query_one("Prompt Input").value == "", "it belongs to the other operation"
        await pilot.press("escape", "k", "l")
        await until(
            pilot, lambda: open_prompt(app) and app.screen.query_one("Prompt Input").value == "0304 half a"
        )
        await pilot.press(*" line", "enter")
        await until(pilot, lambda: "half a line" in lines(room))


async def test_a_line_that_cannot_be_written_is_open_again_with_its_fault(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("4")
        await until(
            pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and len(app.screen.known) == 2
        )
        await pilot.press("l", *"0304A boarding", "enter")
        await until(
            pilot,
            lambda: (
                open_prompt(app) and "is not in Zulu" in str(app.screen.query_one(".prompt--fault").content)
            ),
        )
        assert app.screen.query_one("Prompt Input").value == "0304A boarding"


async def test_nothing_is_written_while_seeing_as_another(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        app.desk.viewer = replace(ES, seeing_as="ES", behind=COORDINATOR, read_only=True)
        await pilot.press("l")
        await until(pilot, lambda: "Nothing is written" in app.screen.key_bar.said)
        assert not app.screen.query(Prompt)


# -- drafts ------------------------------------------------------------------------------------


def draft(room: Any, held: str = "", **given: Any) -> Draft:
    values = {"name": "STRAY DOG", "text": "0304 half", "typed_ms": "1", **given}
    made = Draft("ab" * 16, "log line", "OP-0001", values, room.clock.now_ms(), held)
    drafts.keep(room, COORDINATOR, [made])
    return made


async def test_a_draft_is_for_its_owner_alone_and_for_nobody_while_its_program_lives(room: Any) -> None:
    live = Alive()
    live.hold()
    draft(room, live.name)
    assert [one.values["text"] for one in drafts.mine(room, COORDINATOR)] == ["0304 half"]
    assert drafts.mine(room, ES) == drafts.mine(room, PT) == (), "somebody else's"
    drafts.keep(room, ES, [], ["ab" * 16])
    drafts.keep(room, ES, [replace(draft(room, live.name), values={"text": "not mine"})])
    assert [one.values["text"] for one in drafts.mine(room, COORDINATOR)] == ["0304 half"], "nor to change"
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        assert app.drafts.offered("log line") is None, "its program lives"
        live.close()
        assert app.drafts.offered("log line", "OP-0002") is None
        assert app.drafts.offered("log line", "OP-0001").values["text"] == "0304 half"


_PROGRAM = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}, {str(HERE.parents[1])!r}]
import operation_room
from pathlib import Path
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.settings import Settings
from maoc_tui.store.database import Database
import target_room
room = Room(Database.open(Path(sys.argv[1])), ScenarioClock(target_room.NOW, 0.0), Settings())
room._zones = target_room.Zones()
operation_room.program(room, count=50).run()
"""


def start(record: Path) -> tuple[int, int]:
    command = [sys.executable, "-W", "ignore", "-c", _PROGRAM, str(record)]
    pid, end = pty.fork()
    if pid == 0:
        os.execve(sys.executable, command, os.environ | {"TERM": "xterm-256color"})
    return pid, end


def wait_for(end: int, marker: bytes, seconds: float = 60.0) -> bytes:
    seen, stop = b"", time.monotonic() + seconds
    while marker not in seen:
        assert time.monotonic() < stop, (marker, seen[-2000:])
        if select.select([end], [], [], 0.1)[0]:
            seen += os.read(end, 65536)
    return seen


def wait_for_draft(room: Any, text: str, seconds: float = 60.0) -> None:
    stop = time.monotonic() + seconds
    while not any(text in one.values.values() for one in drafts.mine(room, COORDINATOR)):
        assert time.monotonic() < stop, "no draft was kept"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP], ids=["kill", "hup"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_was_typed_is_offered_again_after_a_dropped_line(room: Any, tmp_path: Path, number: int) -> None:
    record, before = Path(room.db.path), lines(room)
    pid, end = start(record)
    try:
        wait_for(end, b"50 contacts")
        os.write(end, b"4")
        wait_for(end, b"Last in the log")
        os.write(end, b"l0304 boarding, four aboard")
        wait_for(end, b"boarding")
        wait_for_draft(room, "0304 boarding, four aboard")
        os.write(end, b"\x1b")
        wait_for(end, b"the line is kept")
        os.write(end, b"n")
        wait_for(end, b"Nominate an operation")
        os.write(end, b"NIGHT HERON")
        wait_for_draft(room, "NIGHT HERON")
    finally:
        os.kill(pid, number)
        os.waitpid(pid, 0)
        os.close(end)
    assert lines(room) == before, "what was not sent is not in the log"
    pid, end = start(record)
    try:
        wait_for(end, b"Not finished")
        os.write(end, b"l")
        wait_for(end, b"four aboard")
        os.write(end, b"\r")
        wait_for(end, b"in the log")
        os.write(end, b"4")
        wait_for(end, b"Last in the log")
        os.write(end, b"n")
        wait_for(end, b"NIGHT HERON")
        assert [one.values["name"] for one in drafts.mine(room, COORDINATOR)] == ["NIGHT HERON"]
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(end)
    assert lines(room).count("boarding, four aboard") == 1
    assert [one.form for one in drafts.mine(room, COORDINATOR)] == ["nominate T-0001"], "the line is gone"
    assert not [
        path for path in Path(os.environ["MAOC_CONFIG"]).rglob("*") if path.is_file() and path.stat().st_size
    ]


async def test_a_line_that_was_in_the_record_before_the_line_dropped_stands_once(room: Any) -> None:
    made = operations.sheet(room, COORDINATOR, "OP-0001").row
    operation_log.log(room, COORDINATOR, made.ref, "0304 first words", client_id="ab" * 16)
    draft(room, text="0304 first words")
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None and "Not finished" in app.screen.key_bar.said)
        await pilot.press("l")
        await until(pilot, lambda: open_prompt(app))
        await pilot.press(*" and more", "enter")
        await until(pilot, lambda: "was in the log already" in app.screen.key_bar.said)
        assert [text for text in lines(room) if "first words" in text] == ["first words"]
