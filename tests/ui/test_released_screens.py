"""The release panel on operations and assets, and the screens of a partner that reads them by a release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import WIDE, until
from operation_room import COORDINATOR, filled_room, program

from maoc_tui.desk import release_panel
from maoc_tui.desk.release_record import by
from maoc_tui.domain.releases import Proposal, ProposedLine, Subject
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import releases as store
from maoc_tui.ui.release_panel import ReleasePanel

BE = Viewer("Peeters", "BE", roles=frozenset({Role.LIAISON}))
SECRETS = ("STRAY DOG", "LA PALOMA", "T-0001", "Judge Ortega", "Alfa", "Dakar", "Rui Ferreira")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    ReleasePanel.kept.clear()
    made = filled_room(tmp_path)
    yield made
    made.close()


def let_out(room: Any, ref: str, kinds: tuple[str, ...]) -> None:
    """Release a subject and its first line of some kinds, past the checklist, in other words."""
    held = [one.line for one in release_panel.panel(room, COORDINATOR, ref, "BE").lines]
    first = {one.kind: one for one in reversed(held[1:]) if one.kind in kinds}
    lines = tuple(
        ProposedLine(one.kind, one.id, one.originator, f"worded {one.kind}", one.digest)
        for one in (held[0], *first.values())
    )
    now = room.clock.now_ms()
    with room.db.writing() as conn:
        number = store.next_number(conn, store.PROPOSAL)
        made = Proposal(
            f"00000000-0000-4000-8000-{number:012d}", number, Subject(held[0].kind, held[0].id), "BE",
            "prospective", "G", "a need", {}, "", "", None, False, "", by(COORDINATOR, now), lines,
        )  # fmt: skip
        store.add_proposal(conn, made)
        store.approve(conn, made, by(Viewer("Rossi", "MAOC", officer="2"), now))


async def at(pilot: Any, key: str, name: str) -> Any:
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press(key)
    await until(pilot, lambda: type(app.screen).__name__ == name and app.screen.selected() is not None)
    return app.screen


async def test_a_reader_by_release_is_told_its_name_and_the_line_and_that_the_rest_is_not_told(
    room: Any,
) -> None:
    let_out(room, "OP-0001", ("log_line",))
    app = program(room, BE)
    async with app.run_test(size=WIDE) as pilot:
        screen = await at(pilot, "4", "OperationsScreen")
        row = " ".join(text for text, _ in screen.list.rows.cells(0))
        assert "OP-0001 worded operation not told" in row
        text = f"{row} {screen.banner.text} {screen.sheet.text}"
        assert "worded log_line" in text
        assert "Released to you: its steps" in text
        assert [word for word in SECRETS if word in text] == []


async def test_an_asset_is_shown_without_what_was_not_told(room: Any) -> None:
    let_out(room, "AS-0001", ())
    app = program(room, BE)
    async with app.run_test(size=WIDE) as pilot:
        screen = await at(pilot, "6", "AssetsScreen")
        text = screen.sheet.text
        assert "AS-0001 worded asset" in text
        assert text.count("not told") >= 2
        assert [word for word in SECRETS if word in text] == []


@pytest.mark.parametrize(
    ("key", "name", "about"), [("4", "OperationsScreen", "OP-0001"), ("6", "AssetsScreen", "AS-")]
)
async def test_the_panel_lists_the_lines_and_says_why_each_is_out(
    room: Any, key: str, name: str, about: str
) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await at(pilot, key, name)
        await pilot.press("R")
        await until(pilot, lambda: type(app.screen).__name__ in ("ReleaseWindow", "PartnerWindow"))
        if type(app.screen).__name__ == "ReleaseWindow":
            await pilot.press("enter")
            await until(pilot, lambda: type(app.screen).__name__ == "PartnerWindow")
        await until(pilot, lambda: len(app.screen.list.rows) > 0)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReleasePanel) and len(app.screen.list.rows) > 1)
        cells = [" ".join(text for text, _ in app.screen.list.rows.cells(at)) for at in range(2)]
        assert f"{about}" in cells[0]
        assert "Out: H2, originator" in cells[0]
        await pilot.press("v")
        await until(pilot, lambda: type(app.screen).__name__ == "Sheet")
