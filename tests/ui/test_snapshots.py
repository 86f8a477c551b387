"""Each screen as it looks at two sizes, the clock standing still and no cursor blinking."""

from __future__ import annotations

import fakes
import pytest

SIZES = {"narrow": (80, 24), "wide": (160, 48)}
SCENES = {
    "watch": (),
    "watch_filtered": (":", *"filter flag:VE", "enter"),
    "detail": ("j", "enter"),
    "events": ("tab", "tab", "tab"),
    "help": ("question_mark",),
    "why": ("w",),
    "day": (":", *"theme day", "enter"),
    "dusk": (":", *"theme dusk", "enter"),
    "privacy": ("f9",),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_looks_as_before(snap_compare, scene, size):
    async def before(pilot):
        await _settled(pilot)
        await pilot.pause(0.3)
        await pilot.press(*SCENES[scene])
        await _settled(pilot)
        pilot.app.screen_stack[0].query_one("KeyBar").say("")
        pilot.app.desk.looks = 0
        await pilot.pause(0.2)
        await _settled(pilot)

    assert snap_compare(fakes.app(fakes.FakeDesk(80)), terminal_size=SIZES[size], run_before=before)


async def _settled(pilot):
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
