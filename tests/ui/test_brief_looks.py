"""The Briefs screen as it looks at two sizes, and with hostile words in everything that is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from brief_room import FERREIRA, brief_room, program
from driving import until
from operation_room import HOSTILE
from test_hostile_names import _clean
from test_snapshots import SIZES, _settled

SCENES = {
    "grid": ("enter", "j", "j", "right"),
    "check": ("c",),
    "copy": ("v",),
    "why": ("enter", "j", "j", "j", "j", "j", "right", "w"),
}
_COMES = {
    "c": lambda app: type(app.screen).__name__ == "CheckWindow" and len(app.screen.list.rows) > 0,
    "v": lambda app: type(app.screen).__name__ == "CopyWindow",
    "w": lambda app: type(app.screen).__name__ == "LongSheet",
    "enter": lambda app: app.screen.grid.has_focus,
}


EVERYBODY = ("MAOC", "PT", "ES", "FR", "IE", "IT", "NL", "GB", "BE", "DE")


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each recipient costs a compiling: how many there are counts for the looks alone."""
    from maoc_tui.desk import brief_grid

    codes = EVERYBODY if "size" in request.fixturenames else ("ES", "BE")
    monkeypatch.setattr(brief_grid, "recipients", lambda room: codes)
    return tmp_path


async def show(pilot: Any, keys: tuple[str, ...]) -> None:
    """The screen, then keys, each once what the one before opens is there."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("8")
    await until(pilot, lambda: type(app.screen).__name__ == "BriefsScreen" and app.screen.known is not None)
    for key in keys:
        await pilot.press(key)
        if key in _COMES:
            await until(pilot, lambda key=key: _COMES[key](app))
    app.screen_stack[0].query_one("KeyBar").say("")
    await _settled(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", ["grid", "check", "copy"])
def test_looks_as_before(snap_compare, folder, scene, size):
    app = program(brief_room(folder), FERREIRA)

    async def before(pilot):
        await show(pilot, SCENES[scene])

    assert snap_compare(app, terminal_size=SIZES[size], run_before=before)


@pytest.mark.parametrize("scene", SCENES)
async def test_hostile_words_are_shown_and_never_obeyed(folder, scene):
    app = program(brief_room(folder, HOSTILE), FERREIRA)
    async with app.run_test(size=(160, 48)) as pilot:
        await show(pilot, SCENES[scene])
        _clean(app)
