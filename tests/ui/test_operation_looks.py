"""Operations, assets and the matrix as they look at two sizes, and with hostile words in everything that is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driving import until
from operation_room import HOSTILE, filled_room, program
from test_hostile_names import _clean
from test_snapshots import SIZES, _settled

from maoc_tui.store.numbers import InOrder, numbered
from maoc_tui.ui.form import Form

SCENES = {
    "board": ("4",),
    "log": ("4", "l", *"0304 boarding"),
    "step": ("4", "s"),
    "found": ("4", "D"),
    "matrix": ("4", "i"),
    "detail": ("4", "i", "j", "enter"),
    "choose": ("4", "i", "j", "c"),
    "assets": ("6",),
    "chart": ("4", "i", "j", "m"),
}
_COMES = {
    "4": lambda app: app.screen.selected() is not None,
    "6": lambda app: len(app.screen.known) == 3 and app.screen.shown is not None,
    "l": lambda app: bool(app.screen.query("Prompt Input")),
    "s": lambda app: isinstance(app.screen, Form),
    "D": lambda app: isinstance(app.screen, Form),
    "c": lambda app: isinstance(app.screen, Form),
    "i": lambda app: type(app.screen).__name__ == "MatrixWindow" and len(app.screen.list.rows) == 3,
    "enter": lambda app: type(app.screen).__name__ == "InterceptSheet",
    "m": lambda app: app.screen.query_one("#chart").scene.overlay is not None,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def show(pilot: Any, keys: tuple[str, ...]) -> None:
    """Strike keys, each once what the one before opens is there."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    for key in keys:
        await pilot.press(key)
        if key in _COMES and not (app.screen.query("Prompt") and key != "l"):
            await until(pilot, lambda key=key: _there(app, key))
    await _settled(pilot)


def _there(app: Any, key: str) -> bool:
    try:
        return bool(_COMES[key](app))
    except Exception:
        return False


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_looks_as_before(snap_compare, folder, scene, size):
    with numbered(InOrder()):
        app = program(filled_room(folder))

    async def before(pilot):
        await show(pilot, SCENES[scene])
        app.screen_stack[0].query_one("KeyBar").say("")
        await pilot.pause(0.3)
        await _settled(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=before)


@pytest.mark.parametrize("scene", ["board", "found", "matrix", "detail", "choose", "assets", "chart"])
async def test_hostile_words_are_shown_and_never_obeyed(folder, scene):
    app = program(filled_room(folder, HOSTILE))
    async with app.run_test(size=(160, 48)) as pilot:
        await show(pilot, SCENES[scene])
        await pilot.pause(0.2)
        _clean(app)
