"""The watch on the screen: taken, logged, handed over by two officers with keys alone; and how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from liaison_room import reopened
from operation_room import COORDINATOR, HOSTILE, MARK, filled_room, program
from test_hostile_names import _clean
from test_snapshots import SIZES, _settled
from textual.widgets import Input

from maoc_tui.desk import clocks, handover, handover_sheet, handover_walk, watch, watch_log
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.settings import Settings
from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.form import Form

RUI = replace(COORDINATOR, officer="rui")
ANA = Viewer("Ana Ortega", "ES", roles=frozenset({Role.LIAISON}), officer="ana")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    return tmp_path


def watched(folder: Path, words: str = "") -> Any:
    """A night with lines of every kind; Rui Ferreira holds the watch."""
    room = filled_room(folder, words)
    room.admission.chosen = RUI
    watch.take(room, RUI)
    for text in (
        "0251 rang Dakar, no answer",
        "0500Z call Dakar",
        "worry: no word from Alfa",
        "wx: SW 6, sea 4 m",
    ):
        watch_log.log(room, RUI, f"{text}{words}", marking=MARK)
    wrong = watch_log.log(room, RUI, f"0255 rang Rabat{words}", marking=MARK)
    watch_log.correct(room, RUI, wrong.ref, f"rang Praia{words}", f"another port{words}")
    return room


@pytest.fixture
def room(folder: Path) -> Iterator[Any]:
    made = watched(folder)
    yield made
    made.close()


def name(app: Any) -> str:
    return type(app.screen).__name__


def there(app: Any, kind: str) -> bool:
    return name(app) == kind


async def at_log(pilot: Any) -> Any:
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("0")
    await until(
        pilot, lambda: there(app, "WatchLogScreen") and app.screen.known and app.screen.shown is not None
    )
    return app.screen


async def sheet(pilot: Any) -> Any:
    await pilot.press("h")
    await until(pilot, lambda: there(pilot.app, "HandoverWindow") and pilot.app.screen.made is not None)
    return pilot.app.screen


async def filled(pilot: Any, **values: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, Form) and pilot.app.screen.query(Input))
    for field, value in values.items():
        pilot.app.screen.query_one(f"#field-{field}", Input).value = value
    await pilot.press("ctrl+s")
    await until(pilot, lambda: not isinstance(pilot.app.screen, Form))


def kept_sheets(out: Path) -> set[str]:
    """What was written where copies go."""
    return {path.read_text("utf-8").removeprefix("DEMO\n") for path in out.glob("*-handover*.txt")}


async def test_two_officers_hand_the_watch_over_with_keys_alone(room: Any, folder: Path) -> None:
    out = folder / "out"
    app = program(room, RUI)
    app.settings = Settings(export_folder=out)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_log(pilot)
        await until(pilot, lambda: "WATCH Ferreira MAOC" in screen.top_bar.text)
        await pilot.press("l", *"0600Z call Rabat")
        await until(pilot, lambda: bool(app.screen.query("Prompt Input")))
        note = lambda: str(app.screen.query_one(".prompt--note").content)  # noqa: E731
        await until(pilot, lambda: "promised by 06:00Z" in note() and "MAOC read it" in note())
        await pilot.press("enter")
        await until(pilot, lambda: any("call Rabat" in one.title for one in clocks.running(room, RUI)))
        window = await sheet(pilot)
        await pilot.press("l")
        await filled(pilot, text="people: Wilk is ill", marking="H2 rel ES")
        await until(pilot, lambda: any("Wilk" in one.text for one in window.made.items))
        await pilot.press("S")
        await filled(pilot)
        await until(pilot, lambda: window.made.state.offer is not None)
        offer = watch.state(room, RUI).offer
        await pilot.press("y")
        await until(pilot, lambda: kept_sheets(out))
        await until(pilot, lambda: not window._unkept)
        await pilot.press("escape")
        await until(pilot, lambda: there(app, "WatchLogScreen"))
    room = reopened(room.db.path)
    room.admission.chosen = ANA
    app = program(room, ANA)
    app.settings = Settings(export_folder=out)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_log(pilot)
        assert f"{offer.ref} is offered" in screen.held.text
        window = await sheet(pilot)
        red = [one for one in window.made.items if one.red]
        assert any("call Dakar" in one.text for one in red)
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "red and was not walked" in str(app.screen.query_one("#form-note").text))
        await pilot.press("escape")
        for one in red:
            window.list.select(one.key)
            if "call Dakar" in one.text:
                await pilot.press("q")
                await filled(pilot, words="which number?")
                await until(pilot, lambda: any(i.question for i in window.made.items))
                await pilot.press("enter")
                await until(pilot, lambda: "question is open" in _note(window))
                await pilot.press("o")
                await filled(pilot, owner="Ortega", due="0630Z")
            else:
                await pilot.press("enter")
            await until(pilot, lambda one=one: _dealt(window, one.key))
        assert window.made.against == ()
        await pilot.press("S")
        await filled(pilot)
        await until(pilot, lambda: "y keeps the sheet" in _note(window))
        await pilot.press("escape")
        await until(pilot, lambda: "kept nowhere" in _note(window))
        await pilot.press("y")
        await until(pilot, lambda: len(kept_sheets(out)) == 2)
        assert {handover.prove(room, RUI, text) for text in kept_sheets(out)} == {
            (offer.ref, "Rui Ferreira MAOC"),
            (offer.ref, "Ana Ortega ES"),
        }
        await pilot.press("escape")
        await until(pilot, lambda: there(app, "WatchLogScreen"))
        await until(pilot, lambda: "WATCH Ortega ES" in app.screen.top_bar.text)
        watch.take(room, RUI, gone="cut off")
        await until(pilot, lambda: "WATCH Ferreira MAOC" in app.screen.top_bar.text, seconds=20)
        assert [one.how for one in watch.terms(room, RUI)] == ["taken", "handed over", "taken over"]
        assert any("Ortega owns it" in one.title for one in clocks.running(room, ANA))


def _note(window: Any) -> str:
    return str(window.query_one("#window-note").text)


def _dealt(window: Any, key: str) -> bool:
    return next((one.dealt_with for one in window.made.items if one.key == key), True)


async def test_lines_are_chosen_put_right_and_done(room: Any) -> None:
    app = program(room, RUI)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_log(pilot)
        assert screen.known[-1].ref == screen.list.cursor_key, "the newest line is last and selected"
        promise = next(one for one in screen.known if one.runs)
        screen.list.select(promise.ref)
        await until(pilot, lambda: screen.selected() is not None and screen.selected().row.ref == promise.ref)
        await pilot.press("x")
        await filled(pilot, reason="called")
        await until(pilot, lambda: not any(one.runs for one in screen.known))
        await pilot.press("W")
        await filled(pilot, reason="not on this watch")
        await until(pilot, lambda: any(one.withdrawal for one in screen.known))
        await pilot.press("f")
        await until(pilot, lambda: "your own lines" in screen.held.text)
        await pilot.press(":", *"watch leave", "enter")
        await filled(pilot, reason="the Centre closes")
        await until(pilot, lambda: "no watch" in app.screen.top_bar.text)
        await pilot.press("t")
        await until(pilot, lambda: watch.state(room, RUI).mine)


SCENES = {"log": ("0",), "sheet": ("0", "h")}


def dressed(folder: Path, words: str = "") -> Any:
    """The same, offered to the officer of Spain, who has asked."""
    with numbered(InOrder()):
        room = watched(folder, words)
        handover.hand(room, RUI)
        item = next(
            one for one in handover_sheet.sheet(room, ANA).items if one.ref.startswith("W-") and one.red
        )
        handover_walk.say(room, ANA, item.key, "question", f"which number?{words}")
    return room


async def show(pilot: Any, scene: str) -> None:
    await at_log(pilot)
    if scene == "sheet":
        await sheet(pilot)
    await _settled(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_looks_as_before(
    snap_compare: Any, folder: Path, scene: str, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover_sheet, "_checkpoint", lambda room: "32 · 549a-b10d")
    app = program(dressed(folder), ANA)

    async def before(pilot: Any) -> None:
        await show(pilot, scene)
        app.screen_stack[0].query_one("KeyBar").say("")
        await pilot.pause(0.3)
        await _settled(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=before)


@pytest.mark.parametrize("scene", SCENES)
async def test_hostile_words_are_shown_and_never_obeyed(folder: Path, scene: str) -> None:
    app = program(dressed(folder, HOSTILE), ANA)
    async with app.run_test(size=(160, 48)) as pilot:
        await show(pilot, scene)
        _clean(app)
