"""Two officers fill in one entry: both values are shown, the officer picks, what only one changed is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from operation_room import PT, filled_room, program
from textual.widgets import Input

from maoc_tui.desk import assets
from maoc_tui.ui import asset_forms
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.form import Form


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    yield made
    made.close()


async def test_field_by_field_both_values_are_shown_and_the_officer_picks(room: Any) -> None:
    app = program(room, PT)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        row = assets.sheet(room, PT, "AS-0001").row
        await app.push_screen(asset_forms.profile(app.desk, row))
        form = app.screen
        cruise, range_ = (form.query_one(f"#field-{name}", Input) for name in ("cruise", "range"))
        cruise.value, range_.value = "16 kn", "1000 nm"
        other = replace(PT, name="Ana Sousa")
        assets.change(room, other, "AS-0001", cruise="18 kn", range="900 nm", endurance="200h")
        await pilot.press("f4", "ctrl+s")
        note = form.query_one("#form-note", Banner)
        await until(pilot, lambda: "range was empty · theirs 900 nm · yours 1000 nm" in note.text)
        assert "AS-0001 was changed by Ana Sousa at 03:07Z" in note.text
        assert "cruises was 15 kn · theirs 18 kn · yours 16 kn" in note.text
        assert (cruise.value, range_.value) == ("16 kn", "1000 nm"), "what was typed stays"
        cruise.focus()
        await pilot.press("f4")
        assert cruise.value == "18 kn"
        await pilot.press("f4")
        assert cruise.value == "16 kn", "and back"
        range_.focus()
        await pilot.press("f4")
        assert (cruise.value, range_.value) == ("16 kn", "900 nm")
        assert dict(assets.sheet(room, PT, "AS-0001").row.profile)["cruise"] == "18 kn", "not saved before"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, Form))
        await until(pilot, lambda: "Taken over from Ana Sousa: endurance 200 h." in app.screen.key_bar.said)
        now = dict(assets.sheet(room, PT, "AS-0001").row.profile)
        assert (now["cruise"], now["range"], now["endurance"]) == ("16 kn", "900 nm", "200 h")
