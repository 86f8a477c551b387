"""How a test makes the 08:00 brief (workflow 3.9) by keyboard alone: who one is, drafted, read, approved, issued."""

from __future__ import annotations

import re
from typing import Any

from driving import until

from maoc_tui.ui.form import Form

MEMBERS = {"PT", "ES", "FR", "IE", "IT", "NL", "GB"}


async def be(pilot: Any, name: str) -> None:
    """Answer the demo's question who one is."""
    from textual.widgets import OptionList

    app = pilot.app
    await until(pilot, lambda: type(app.screen).__name__ == "Chooser" and app.screen.query(OptionList))
    options = app.screen.query_one(OptionList)
    at = next(at for at in range(options.option_count) if name in str(options.get_option_at_index(at).prompt))
    await until(pilot, lambda: app.focused is options)
    for step in range(1, at + 1):
        await pilot.press("j")
        await until(pilot, lambda step=step: options.highlighted == step)
    await pilot.press("enter")
    await until(pilot, lambda: app.desk.viewer.name == name)


async def typed(pilot: Any, *fields: str) -> None:
    """Type into the form in front, field by field, and save it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Form))
    for at, text in enumerate(fields):
        if at:
            await pilot.press("tab")
        await pilot.press(*("space" if char == " " else char for char in text))
    await pilot.press("ctrl+s")


def at_briefs(app: Any) -> bool:
    return type(app.screen).__name__ == "BriefsScreen" and app.screen.known is not None


async def at_screen(pilot: Any) -> Any:
    """The Briefs screen with its grid."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("8")
    await until(pilot, lambda: at_briefs(app))
    return app.screen


async def drafted(pilot: Any) -> str:
    """Checked, asked for, read and drafted; the name of the version."""
    app, screen = pilot.app, await at_screen(pilot)
    assert set(screen.known.grid.recipients) == {"MAOC", "BE", "DE", *MEMBERS}
    await pilot.press("c")
    await until(pilot, lambda: type(app.screen).__name__ == "CheckWindow" and len(app.screen.list.rows) > 10)
    await pilot.press("escape", "enter")
    key, code = await to_a_line_to_ask_for(pilot, screen)
    await pilot.press("w")
    await until(pilot, lambda: app.screen is not screen)
    await pilot.press("escape", "A")
    await typed(pilot, "needed for the boarding")
    await until(pilot, lambda: at_briefs(app) and screen.known.grid.cell(key, code).mark == "asked")
    await pilot.press("v")
    await until(pilot, lambda: type(app.screen).__name__ == "CopyWindow")
    assert "for BE only" in app.screen.copy.text
    await pilot.press("G", "escape", "n")
    await typed(pilot)
    await until(pilot, lambda: at_briefs(app) and screen.version_here() is not None and screen.of != "")
    return str(screen.version_here().name)


async def to_a_line_to_ask_for(pilot: Any, screen: Any) -> tuple[Any, str]:
    """Belgium's column, then down to the first cell with a question mark."""
    await until(pilot, lambda: screen.grid.has_focus)
    while screen.code != "BE":
        await pilot.press("right")
    while not (at := screen.line_here()) or at.cells[screen._column].mark != "ask":
        here = screen.grid.cursor_key
        await pilot.press("j")
        assert screen.grid.cursor_key != here, "there is nothing to ask for"
    return screen.grid.cursor_key, screen.code


async def issued(pilot: Any, name: str) -> None:
    """Read, approved by the second person, and written out."""
    app, screen = pilot.app, await at_screen(pilot)
    await pilot.press("j")
    await until(pilot, lambda: screen.of == name)
    await pilot.press("v")
    await until(pilot, lambda: type(app.screen).__name__ == "CopyWindow")
    (digest,) = re.findall(r"digest of all\s+copies\s+([0-9a-f]{8})", app.screen.copy.text)
    await pilot.press("escape", "a")
    await typed(pilot, digest)
    await until(pilot, lambda: at_briefs(app) and screen.version_here().state == "approved")
    await pilot.press("x")
    await until(pilot, lambda: isinstance(app.screen, Form))
    await pilot.press("ctrl+s")
    await until(pilot, lambda: type(app.screen).__name__ == "Sheet")
    await pilot.press("escape")
    await until(pilot, lambda: at_briefs(app) and screen.version_here().state == "issued")
