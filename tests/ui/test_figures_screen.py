"""The Figures screen: every view, the span, freezing and files, by keys alone; and how it looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, until
from textual.widgets import Input

sys.path.append(str(Path(__file__).resolve().parents[1]))

from figure_room import COORDINATOR, ES, SHARED, copied
from operation_room import program
from test_snapshots import SIZES, _settled

from maoc_tui.desk import figures, seizures
from maoc_tui.desk.seizures import Said
from maoc_tui.ui.form import Form


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = copied(tmp_path)
    made.admission.chosen = COORDINATOR
    yield made
    made.close()


async def at_figures(pilot: Any) -> Any:
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("9")
    await until(pilot, lambda: type(app.screen).__name__ == "FiguresScreen" and app.screen.shown is not None)
    await until(pilot, lambda: "n = " in app.screen.sheet.text)
    return app.screen


async def filled(pilot: Any, **values: str) -> None:
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


async def test_every_view_has_its_key_and_the_same_key_leads_back(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_figures(pilot)
        text = lambda: screen.sheet.text  # noqa: E731
        assert "2022-11 █" in text()
        assert "n = 5 events, 2022-09 to 2022-12, as of 140307ZDEC22" in text()
        assert screen.marked == "H2"
        for key, said in (
            ("t", "weighed kg"), ("w", "newest official net weight"), ("d", "never weighed"),
            ("c", "2022-11 beside others"), ("v", "Nothing shown here was frozen"),
        ):  # fmt: skip
            await pilot.press(key)
            await until(pilot, lambda said=said: said in text())
            assert "n = 5 events" in text(), "n, span, as of and marking stand in every view"
            await pilot.press("escape" if key == "v" else key)
            await until(pilot, lambda: "2022-11 █" in text())
        await pilot.press("j")
        await until(pilot, lambda: "Disrupted" in text())
        await pilot.press("enter")
        assert screen.sheet.has_focus
        await pilot.press("escape")
        assert screen.list.has_focus
        await pilot.press("b")
        await until(pilot, lambda: "2022 █" in text())


async def test_the_span_is_typed_and_a_wrong_one_is_said(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_figures(pilot)
        await pilot.press(":", *"period 2022-10", "enter")
        await until(pilot, lambda: "n = 1 event, 2022-10, as of" in screen.sheet.text)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, since="2022-10", until="2022-11")
        await until(pilot, lambda: "n = 4 events, 2022-10 to 2022-11" in screen.sheet.text)
        await pilot.press(":", *"period soon", "enter")
        await until(pilot, lambda: "n = 5 events, 2022-09 to 2022-12" in screen.sheet.text)
        assert "soon" in screen.key_bar.said


async def test_a_month_is_frozen_with_a_word_and_revised_beside_it(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_figures(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.query_one("#field-period", Input).value == "2022-11"
        await filled(pilot, word="yes")
        await until(pilot, lambda: "typed again" in app.screen.query_one("#form-note").text)
        assert figures.freezes(room, COORDINATOR) == ()
        await filled(pilot, word="2022-11")
        await until(pilot, lambda: app.screen is screen and "as it stands here" in screen.sheet.text)
        ref = next(one.ref for one in seizures.listing(room, ES) if one.vessel == "NO NAME")
        seizures.weigh(room, COORDINATOR, ref, "900 kg", "net", official=True, said=Said(marking=SHARED))
        screen.read_again(force=True)
        await until(pilot, lambda: "4 revised since frozen" in screen.sheet.text)
        await pilot.press("v")
        await until(pilot, lambda: "2022-11 cocaine estimated: 840 kg frozen, 0 kg now" in screen.sheet.text)


async def test_chart_table_and_copy_are_written_to_files(room: Any, tmp_path: Path) -> None:
    app = program(room)
    app.settings = app.settings.__class__(export_folder=tmp_path / "out")
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_figures(pilot)
        for key in ("x", "t", "x"):
            await pilot.press(key)
            if key == "x":
                await until(pilot, lambda: isinstance(app.screen, Form))
                await pilot.press("ctrl+s")
                await until(pilot, lambda: app.screen is screen)
        await pilot.press("y")
        out = tmp_path / "out"
        await until(pilot, lambda: len({path.suffix for path in out.glob("*figures*")}) == 3)
        for path in out.glob("*figures*"):
            text = path.read_text(encoding="utf-8")
            assert "7,777" in text or "7777" in text
            assert "from MAOC" in text


SCENES = (("narrow", ""), ("wide", ""), ("narrow", "t"), ("narrow", "c"))


@pytest.mark.parametrize(("size", "key"), SCENES)
def test_looks_as_before(snap_compare, room, size, key):
    app = program(room)

    async def before(pilot):
        await at_figures(pilot)
        await pilot.press(*key)
        await pilot.pause(0.3)
        await _settled(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=before)
