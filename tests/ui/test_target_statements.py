"""Correcting and withdrawing a statement by key, and marking one in words a person understands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from target_room import make_room
from test_targets_screen import HOSTILE, NARROW, opened, program, said, settled, typed
from textual.widgets import Input

from maoc_tui.desk import targets
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import StoreProblem
from maoc_tui.ui import targets_desk
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.statement_chooser import StatementChooser
from maoc_tui.ui.statement_forms import WithdrawDialog


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = make_room(tmp_path / "maoc.db")
    entry = NewTarget("grey sloop", area="west", values={"name": "LA PALMA", "flag": "VE"}, source="radio")
    targets.add(made, WATCH, entry)
    yield made
    made.close()


def states(room: Any) -> dict[str, str]:
    return {entry.fact.value: entry.state for entry in targets.sheet(room, WATCH, "T-0001").identity}


def note(pilot: Any) -> str:
    return str(pilot.app.screen.query_one("#form-note", Lines).text)


def readers(pilot: Any) -> str:
    return str(pilot.app.screen.query_one("#form-said", Lines).text)


async def chosen(pilot: Any, key: str, *moves: str) -> None:
    """Open the list of statements by a key and take the one the moves lead to."""
    await opened(pilot)
    await pilot.press(key)
    await settled(pilot)
    assert isinstance(pilot.app.screen, StatementChooser)
    await pilot.press(*moves, "enter")
    await settled(pilot)


async def test_a_statement_is_withdrawn_by_keys_alone(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "W", "j")
        assert "VE" in app.screen.query_one("#form-banner", Lines).text
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "The reason is missing." in note(pilot)
        assert states(room) == {"LA PALMA": "holds", "VE": "holds"}
        await pilot.press(*"other boat", "enter")
        await settled(pilot)
        assert said(pilot) == "T-0001: withdrawal saved."
        assert states(room) == {"LA PALMA": "holds", "VE": "withdrawn"}


async def test_a_statement_is_corrected_by_keys_alone(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "E")
        await typed(pilot, value="LA PALOMA", source="photo")
        assert "The reason is missing." in note(pilot)
        await typed(pilot, reason="misheard")
        assert said(pilot) == "T-0001: correction saved."
        assert states(room) == {"LA PALOMA": "holds", "LA PALMA": "corrected", "VE": "holds"}


async def test_saved_is_said_only_after_the_commit(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreProblem("The disk is full; nothing was saved.", "Free space, then do it again.")

    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "W")
        monkeypatch.setattr(targets_desk, "act", full)
        await typed(pilot, reason="another boat")
        assert "The disk is full" in note(pilot)
        assert isinstance(app.screen, WithdrawDialog)
        assert states(room)["LA PALMA"] == "holds"


async def test_a_statement_somebody_else_withdrew_is_not_corrected(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await chosen(pilot, "E")
        wrong = targets.sheet(room, WATCH, "T-0001").identity[0].fact
        targets.withdraw_fact(room, WATCH, "T-0001", wrong.id, "another boat")
        await typed(pilot, value="LA PALOMA", source="photo", reason="misheard")
        assert "does not stand any more" in note(pilot)


async def test_escape_leaves_the_list_and_nothing_is_listed_that_does_not_stand(room: Any) -> None:
    for entry in targets.sheet(room, WATCH, "T-0001").identity:
        targets.withdraw_fact(room, WATCH, "T-0001", entry.fact.id, HOSTILE)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("W")
        await settled(pilot)
        assert said(pilot).startswith("Nothing stands about the identity of T-0001.")
        targets.fact(room, WATCH, "T-0001", "name", HOSTILE, HOSTILE)
        screen.read_again(force=True)
        await settled(pilot)
        await pilot.press("W")
        await settled(pilot)
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))
        assert "EVIL[/red]" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen


async def test_who_will_read_it_is_said_while_the_marking_is_typed(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("e")
        await settled(pilot)
        marking = app.screen.query_one("#field-marking", Input)
        assert readers(pilot) == "MAOC alone will read this, the originator; nobody else."
        for text, sentence in (
            ("B2 rel PT,ES,FR", "MAOC, ES, FR, PT will read this; nobody else."),
            ("B9", "'B9' is not a grade."),
            ('H3 "not by radio" rel ES', "MAOC, ES will read this; nobody else. H3: not by radio"),
            ("H3", "H3 says nothing without its caveat."),
        ):
            marking.value = text
            await pilot.pause()
            assert readers(pilot) == sentence


async def test_h3_asks_for_its_caveat_and_saves_with_it(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("e")
        await settled(pilot)
        caveat = app.screen.query_one("#field-caveat", Input)
        assert not caveat.is_on_screen
        await typed(pilot, attribute="owner", value="somebody", source="ES", marking="H3 rel ES")
        assert "H3 says nothing without its caveat." in note(pilot)
        assert caveat.is_on_screen
        app.screen.query_one("#field-marking", Input).focus()
        await pilot.press("enter", *"not by radio", "enter")
        await settled(pilot)
        assert said(pilot) == "T-0001: statement saved."
        owner = targets.sheet(room, WATCH, "T-0001").holds("owner")
        assert owner is not None
        assert str(owner.marking) == "ungraded H3 from MAOC rel ES [not by radio]"
