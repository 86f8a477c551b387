"""What is typed in any form outlives its program: in the record within two seconds, for its officer alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from every_form import UNTYPED, every_form, filled, makers
from operation_room import COORDINATOR, ES, filled_room, program
from textual.widgets import Input, Static

from maoc_tui.desk import drafts, operations
from maoc_tui.ui import drafts as kept
from maoc_tui.ui import themes
from maoc_tui.ui.desk_app import DeskApp
from maoc_tui.ui.form import Form


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    filled(made, COORDINATOR)
    yield made
    made.close()


def bare(room: Any) -> DeskApp:
    """The program without its screens: forms open over nothing, which is quicker by far."""
    whole = program(room)
    app = DeskApp(whole.desk, room.clock, whole.settings)
    for theme in themes.themes():
        app.register_theme(theme)
    app.theme = whole.theme
    return app


def kept_fields(form: Form) -> list[str]:
    """The first fields of a form that a draft keeps."""
    return [one.name for one in form._fields if one.kept][:2]


def text(form: Form, part: str) -> str:
    return str(form.query_one(f".window--{part}", Static).content)


async def test_what_is_typed_in_any_form_is_there_after_its_program_was_killed(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEEP_AFTER_S", 0.01)
    assert sorted(every_form(room, program(room).desk)) == sorted(makers()), "every form is tried"
    killed = bare(room)
    async with killed.run_test(size=NARROW) as pilot:
        killed.look_now()
        await until(pilot, lambda: killed.moment is not None)
        shown: set[type[Form]] = set()
        for name, make in every_form(room, killed.desk).items():
            form = make()
            typed = dict.fromkeys(kept_fields(form), f"{name} typed")
            assert bool(typed) == (name not in UNTYPED), name
            if type(form) in shown:  # what they do is the class's; to show each takes its time
                if typed:
                    killed.drafts.keep(killed.drafts.begun(*form._name), typed)
                continue
            shown.add(type(form))
            await killed.push_screen(form)
            for field, value in typed.items():
                form.query_one(f"#field-{field}", Input).value = value
            await pilot.pause()
            await killed.pop_screen()
        expected = len(every_form(room, killed.desk)) - len(UNTYPED)
        await until(pilot, lambda: len(drafts.mine(room, COORDINATOR)) == expected)
        killed.drafts._alive.close()
    app = bare(room)
    async with app.run_test(size=NARROW) as pilot:
        app.look_now()
        await until(pilot, lambda: app.moment is not None)
        for name, make in every_form(room, app.desk).items():
            form = make()
            draft = app.drafts.offered(*form._name)
            assert (draft.values if draft else {}) == dict.fromkeys(kept_fields(form), f"{name} typed"), name
        await app.push_screen(form)
        assert {form.values[field] for field in kept_fields(form)} == {f"{name} typed"}
        assert "draft from 03:07Z" in text(form, "title")
    assert drafts.mine(room, ES) == ()


async def test_enter_keeps_a_draft_delete_throws_it_away_and_what_is_sent_is_gone(room: Any) -> None:
    def states() -> Form:
        return every_form(room, app.desk)["operation_forms.state"]()

    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        for typed, key, there in (("FR", "delete", ""), ("PT", "enter", "PT")):
            await app.push_screen(states())
            app.screen.query_one("#field-code", Input).value = typed
            await pilot.pause()
            await pilot.press("escape")
            await until(
                pilot,
                lambda typed=typed: [d.values for d in drafts.mine(room, COORDINATOR)] == [{"code": typed}],
            )
            await app.push_screen(states())
            assert text(app.screen, "foot").startswith("Draft of 03:07Z: Enter keeps it · Del throws it away")
            await pilot.press(key)
            await pilot.pause()
            form = app.screen
            assert isinstance(form, Form), "it is not saved by the key that keeps a draft"
            assert form.query_one("#field-code", Input).value == there
            assert ("draft" in text(form, "title")) == bool(there)
            assert text(form, "foot").startswith("Enter next")
            if not there:
                await until(pilot, lambda: drafts.mine(room, COORDINATOR) == ())
                await pilot.press("escape")
        form.query_one("#field-source", Input).value = "meeting"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, Form))
        assert "PT" in operations.sheet(room, COORDINATOR, "OP-0001").row.states.values()
        await until(pilot, lambda: drafts.mine(room, COORDINATOR) == ())
