"""The manual's pictures, made from the program itself on the demo: ``python -m maoc_tui.cli.pictures FOLDER``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maoc_tui.settings import Settings

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room, Said

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = (110, 32)
SCREENS: dict[str, tuple[str, tuple[str, ...]]] = {
    "watch": ("Watch: contacts, chart, zone events, detail", ("1",)),
    "targets": ("Targets: the list and one target's sheet", ("2",)),
    "chart": ("Chart: the whole screen", ("3",)),
    "operations": ("Operations: the board and one operation", ("4",)),
    "liaison": ("Liaison: partners, assignments, officers, roster", ("5",)),
    "assets": ("Assets: what partners may send", ("6",)),
    "requests": ("Requests: what runs out next", ("7",)),
    "briefs": ("Briefs: lines by recipients", ("8",)),
    "figures": ("Figures: a measure by month", ("9",)),
    "inbox": ("Inbox: alerts that wait for somebody", (":", *"inbox", "enter")),
    "coordinator": ("The dashboard coordinator", ("1", ":", *"dashboard coordinator", "enter")),
    "help": ("Keys of a screen", ("1", "question_mark")),
}
"""Every picture: its title, and the keys that lead to it from any screen."""
_WHO = "ferreira"
_STILL = 8
"""So many looks in a row must be the same before a picture is taken."""


def main(argv: Sequence[str]) -> None:
    """Make every picture, or those named after the folder."""
    folder = Path(argv[0]) if argv else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in asyncio.run(drawn(Path(scratch) / "demo.db", argv[1:] or tuple(SCREENS))).items():
            (folder / f"{name}.svg").write_text(text, encoding="utf-8")
            print(f"{name}: {len(text) / 1000:.0f} kB", flush=True)  # noqa: T201


async def drawn(path: Path, names: Sequence[str]) -> dict[str, str]:
    """The pictures of these screens, on the demo as it stands when it opens."""
    from maoc_tui.app import MaocApp
    from maoc_tui.desk import alert_sweep
    from maoc_tui.desk.demo import Demo
    from maoc_tui.desk.demo_door import DemoDoor

    settings = Settings(theme="dusk")
    demo = Demo(settings)

    def made(said: Said, _: bytes | None) -> Room:
        room = demo.make(path, said)
        alert_sweep.sweep(room, demo.clock.now_ms())
        return room

    door = DemoDoor(path, made, asked=_WHO)
    app = MaocApp(door, clock=demo.clock, settings=settings, banner="DEMO – invented traffic")
    found = {}
    async with app.run_test(size=SIZE) as pilot:
        await _settled(app, pilot)
        await pilot.press("j", "j")
        for name in names:
            title, keys = SCREENS[name]
            await pilot.press(*keys)
            await _settled(app, pilot)
            app.screen_stack[0].query_one("KeyBar").say("")  # type: ignore[attr-defined]
            await _settled(app, pilot)
            found[name] = _picture(app, title)
            await pilot.press("escape")
    return found


async def _settled(app: Any, pilot: Any) -> None:
    """Wait until everything has been read and drawn."""
    before, same = "", 0
    while same < _STILL:
        await app.workers.wait_for_complete()
        await pilot.pause(0.4)
        now = _picture(app, "")
        same = same + 1 if now == before and app.moment is not None else 0
        before = now


def _picture(app: Any, title: str) -> str:
    from maoc_tui.ui.picture import svg

    strips = app.screen._compositor.render_strips()[: SIZE[1]]
    return svg(strips, title, app.theme_variables["background"])


if __name__ == "__main__":
    main(sys.argv[1:])
