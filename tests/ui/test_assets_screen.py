"""Assets and ways to intercept as a coordinator drives them: by keys alone, on a real record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, WIDE, until
from operation_room import COORDINATOR, ES, PT, filled_room, program
from textual.widgets import Input

from maoc_tui.desk import assets, intercept_options, tasking
from maoc_tui.ui.banner import Banner
from maoc_tui.ui.chart_panel import ChartPanel
from maoc_tui.ui.form import Form
from maoc_tui.ui.lines import Lines


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    yield made
    made.close()


async def at_assets(pilot: Any) -> Any:
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("6")
    await until(pilot, lambda: type(app.screen).__name__ == "AssetsScreen" and len(app.screen.known) == 3)
    return app.screen


async def at_matrix(pilot: Any) -> Any:
    """The matrix of the first operation, reckoned."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("4")
    await until(
        pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and app.screen.selected() is not None
    )
    await pilot.press("i")
    await until(pilot, lambda: type(app.screen).__name__ == "MatrixWindow" and len(app.screen.list.rows) == 3)
    return app.screen


async def filled(pilot: Any, **values: str) -> None:
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


def row(screen: Any, at: int) -> str:
    return " ".join(text for text, _ in screen.list.rows.cells(at))


async def test_what_nobody_said_stands_on_top_and_is_never_shown_as_free(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_assets(pilot)
        assert "AS-0002 ES patrol aircraft" in row(screen, 0)
        assert "? unknown never" in row(screen, 0)
        await until(pilot, lambda: "nothing was ever told" in screen.sheet.text)
        assert any("! OP-0001 asked" in row(screen, at) for at in range(3)), "the owner owes an answer"


async def test_its_own_state_tells_how_it_stands_and_what_it_answers(room: Any) -> None:
    app = program(room, PT)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_assets(pilot)
        screen.list.select("AS-0001")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert "close and shadow" in app.screen.query_one("#form-banner", Lines).text
        await filled(pilot, act="accepted", who="Lt Costa", channel="telephone")
        await until(pilot, lambda: app.screen is screen)
        assert tasking.taskings(room, PT)[0].state == "accepted"
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, availability="maintenance", until="12h", fuel="60h")
        await until(pilot, lambda: app.screen is screen)
        told = next(one for one in assets.assets(room, PT) if one.ref == "AS-0001")
        assert (told.availability, told.fuel_h) == ("maintenance", 60)


async def test_another_states_asset_is_not_told_of(room: Any) -> None:
    app = program(room, ES)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_assets(pilot)
        screen.list.select("AS-0001")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, availability="available")
        note = app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "Only officers of PT" in note.text)


async def test_an_asset_is_entered_by_its_own_state(room: Any) -> None:
    app = program(room, ES)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_assets(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(
            pilot, name="Rio Segura", cruise="14 kn", max="20 kn", base="Cadiz", base_position="36 32N 006 18W",
            marking="H2 rel MAOC,PT",
        )  # fmt: skip
        await until(pilot, lambda: app.screen is screen and len(screen.known) == 4)


async def test_an_asset_is_asked_for(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_assets(pilot)
        screen.list.select("AS-0002")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await until(pilot, lambda: sentence_says(app.screen, "ES"))
        assert "alone" not in app.screen.query_one("#form-said", Banner).text
        app.screen.query_one("#field-asset", Input).value = ""
        await until(pilot, lambda: sentence_says(app.screen, "Whoever is asked"))
        app.screen.query_one("#field-asset", Input).value = "AS-0002"
        await filled(pilot, operation="OP-0001", words="search the box")
        await until(pilot, lambda: app.screen is screen)
        assert {task.asset for task in tasking.taskings(room, COORDINATOR)} == {"AS-0001", "AS-0002"}
        made = next(task for task in tasking.taskings(room, COORDINATOR) if task.asset == "AS-0002")
        assert made.marking.readers == {"MAOC", "ES"}


def sentence_says(form: Any, word: str) -> bool:
    return word in form.query_one("#form-said", Banner).text


async def test_a_cell_says_time_and_limiting_factor_in_words(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        matrix = await at_matrix(pilot)
        assert "AS-0002 ES patrol aircr" in row(matrix, 0)
        assert "■ 2 d 21 h availability" in row(matrix, 2)
        assert "STRAY DOG" in matrix.query_one("#window-head", Lines).text
        note = matrix.query_one("#window-note", Lines)
        await until(pilot, lambda: "consent of VC there" in note.text)
        await pilot.press("j")
        await until(pilot, lambda: "fuel not told" in note.text)


async def test_what_if_is_never_mistaken_for_what_is_reported(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        matrix = await at_matrix(pilot)
        head = matrix.query_one("#window-head", Lines)
        assert "as reported" in head.text
        await pilot.press("right_square_bracket", "right_square_bracket", "left_curly_bracket", "v")
        await until(
            pilot, lambda: "WHAT IF speed +2 kn, course -10°" in head.text and "cruise speed" in head.text
        )
        await pilot.press("equals_sign")
        await until(pilot, lambda: "as reported" in head.text)


async def test_columns_are_gone_through_with_the_arrows(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("4")
        await until(
            pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and len(app.screen.known) == 2
        )
        await pilot.press("j")
        await until(
            pilot, lambda: app.screen.selected() is not None and app.screen.selected().row.ref == "OP-0002"
        )
        await pilot.press("i")
        await until(
            pilot, lambda: type(app.screen).__name__ == "MatrixWindow" and len(app.screen.list.rows) == 3
        )
        note = app.screen.query_one("#window-note", Lines)
        assert "T-0001" in note.text
        await pilot.press("right")
        await until(pilot, lambda: "→ T-0002" in note.text)


async def test_enter_twice_chooses_and_the_rejected_keep_their_reasons(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        matrix = await at_matrix(pilot)
        await pilot.press("j", "enter")
        await until(pilot, lambda: type(app.screen).__name__ == "InterceptSheet")
        told = "\n".join("".join(text for text, _ in one) for one in app.screen.lines)
        assert all(part in told for part in ("steer", "fuel", "margin", "The law at the contact", "R26"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await pilot.press(*"nearest with a team", "enter", *"no boarding team", "ctrl+s")
        await until(pilot, lambda: app.screen is matrix)
        kept = {one.asset: one for one in intercept_options.options(room, COORDINATOR, "OP-0001")}
        assert (kept["AS-0001"].chosen, kept["AS-0001"].reason) == (True, "nearest with a team")
        assert (kept["AS-0002"].chosen, kept["AS-0002"].reason) == (False, "no boarding team")
        assert kept["AS-0003"].reason, "nobody is rejected without a reason"
        await pilot.press("escape")
        await until(pilot, lambda: type(app.screen).__name__ == "OperationsScreen")
        await pilot.press("x")
        await until(pilot, lambda: type(app.screen).__name__ == "LongSheet")
        assert "nearest with a team" in "".join(text for one in app.screen.lines for text, _ in one)


async def test_the_asset_is_asked_for_with_what_was_reckoned(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        matrix = await at_matrix(pilot)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert "intercept T-0001 at" in app.screen.query_one("#field-words", Input).value
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is matrix)
        assert {task.asset for task in tasking.taskings(room, COORDINATOR)} == {"AS-0001", "AS-0002"}


async def test_the_way_to_contact_and_the_reach_are_laid_over_the_chart(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await at_matrix(pilot)
        await pilot.press("m")
        await until(pilot, lambda: type(app.screen).__name__ == "ChartScreen")
        chart = app.screen.query_one(ChartPanel)
        await until(pilot, lambda: chart.scene.overlay is not None)
        assert "AS-0002" in chart.scene.overlay.title
        shown = (
            "".join(map(chr, chart.scene.frame().code.ravel()))
            if hasattr(chart.scene.frame(), "code")
            else "✕"
        )
        assert "✕" in shown
        await pilot.press("f")
        await until(pilot, lambda: chart.scene.overlay is not None and chart.scene.overlay.fan)
        assert "T-0001: reach at" in chart.scene.overlay.title
        assert chart.scene.overlay.lines
        await pilot.press("f")
        await until(pilot, lambda: chart.scene.overlay is None)
        await pilot.press(":", *"fan T-0002 4-7", "enter")
        await until(pilot, lambda: chart.scene.overlay is not None)
        assert "T-0002: reach at 4 to 7 kn" in chart.scene.overlay.title
        await pilot.press("x")
        await until(pilot, lambda: chart.scene.overlay is None)
