"""Every screen at both sizes in a second theme, as text and looks, in one run of the program.

The pictures of the other tests are drawn in the first theme. Here each line stands as its text and, below, the looks of
its parts by letter; MAOC_WRITE_LOOKS=1 writes the files anew, whose difference is then to be read.
"""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from string import ascii_letters

from driving import NARROW, WIDE, until
from operation_room import filled_room, program

from maoc_tui.store.numbers import InOrder, numbered

KEPT = Path(__file__).parent / "__snapshots__" / "second_theme"
SCREENS = (
    "watch",
    "targets",
    "chart",
    "operations",
    "liaison",
    "assets",
    "requests",
    "briefs",
    "figures",
    "inbox",
)
_STILL = 2
"""So many looks in a row must be the same."""


def written(app):
    """The screen: its lines, and the looks of each by letter with the cells they take."""
    strips = app.screen._compositor.render_strips()[: app.size.height]
    letters: dict[str, str] = {}
    texts, looks = [], []
    for strip in strips:
        texts.append("".join(segment.text for segment in strip).rstrip())
        runs = [
            (letters.setdefault(str(style), ascii_letters[len(letters)]), sum(s.cell_length for s in run))
            for style, run in groupby(strip, key=lambda segment: segment.style)
        ]
        looks.append("".join(f"{letter}{cells}" for letter, cells in runs))
    legend = [f"{letter} {style}" for style, letter in letters.items()]
    return "\n".join((*texts, "--", *looks, "--", *legend, ""))


async def still(pilot):
    """What the screen shows once it has read and drawn everything."""
    app, before, same = pilot.app, "", 0
    while same < _STILL:
        await app.workers.wait_for_complete()
        await pilot.pause(0.15)
        app.screen_stack[0].query_one("KeyBar").say("")
        now = written(app)
        same = same + 1 if now == before else 0
        before = now
    return before


async def test_every_screen_in_high_contrast_at_both_sizes(tmp_path):
    with numbered(InOrder()):
        app = program(filled_room(tmp_path))
    app.theme = "high-contrast"
    differ = []
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.moment is not None)
        for size in (WIDE, NARROW):
            await pilot.resize_terminal(*size)
            for screen in SCREENS:
                app.action_go(screen)
                await until(pilot, lambda s=screen: app.current_mode == s and app.screen.is_whole)
                if not same(f"{screen}-{size[0]}x{size[1]}", await still(pilot)):
                    differ.append(f"{screen} {size}")
    assert not differ


def same(name, now):
    """Whether a screen looks as it was kept."""
    path = KEPT / f"{name}.txt"
    if os.environ.get("MAOC_WRITE_LOOKS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    return path.is_file() and path.read_text(encoding="utf-8") == now
