"""Briefs as the officers of a morning drive them: by keys alone, on a real record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from brief_room import FERREIRA, MARTIN, ORTEGA, PEETERS, ROSSI, brief_room, program
from driving import NARROW, WIDE, until
from textual.widgets import Input

from maoc_tui.brief.forms import written
from maoc_tui.desk import asking, brief_grid, briefing, operations, release, seizures
from maoc_tui.desk.seizures import NewSeizure
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.form import Form
from maoc_tui.ui.lines import Lines


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Five recipients instead of ten: each costs a compiling."""
    for module in (brief_grid, briefing):
        monkeypatch.setattr(module, "recipients", lambda room: ("MAOC", "ES", "FR", "BE", "DE"))
    made = brief_room(tmp_path)
    yield made
    made.close()


async def at_briefs(pilot: Any) -> Any:
    """The Briefs screen with its grid read."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("8")
    await until(pilot, lambda: type(app.screen).__name__ == "BriefsScreen" and app.screen.known is not None)
    return app.screen


async def line_of(pilot: Any, key: str, code: str) -> Any:
    """The cell of a line and a recipient selected, by keys."""
    screen = await at_briefs(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: screen.grid.has_focus)
    while screen.grid.cursor_key != key:
        before = screen.grid.cursor_key
        await pilot.press("j")
        assert screen.grid.cursor_key != before, f"there is no line {key}"
    while screen.code != code:
        await pilot.press("right")
    return screen


async def filled(pilot: Any, **values: str) -> None:
    """Put values into the form in front; save it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Form))
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


def said(app: Any) -> str:
    return str(app.screen_stack[0].key_bar.said)


def row(screen: Any, key: str) -> list[str]:
    return [text for text, _ in screen.grid.rows.cells(screen.grid.rows.find(key))]


async def test_the_grid_has_sections_lines_and_a_mark_in_each_cell(room: Any) -> None:
    app = program(room, FERREIRA)
    async with app.run_test(size=NARROW) as pilot:
        screen = await line_of(pilot, "targets/T-0001", "BE")
        assert screen.known.grid.recipients[:1] == ("MAOC",)
        titles = [
            key[1] for key in map(screen.grid.rows.key, range(len(screen.grid.rows))) if key[0] == "section"
        ]
        assert titles[:2] == ["Decisions due", "Targets"] or "Targets" in titles
        cells = row(screen, "targets/T-0001")
        assert "[?]" in cells
        assert " ●" in cells
        assert "BE ? Out: H2, originator FR, not asked (T-0001)" in screen.note.text
        assert "LA PALOMA" in screen.note.text
        assert "to ask for" in screen.banner.text
        assert "FR" in screen.banner.text.partition("held back")[2]


async def test_recipients_scroll_sideways_and_the_chosen_one_is_always_there(room: Any) -> None:
    app = program(room, FERREIRA)
    async with app.run_test(size=(44, 24)) as pilot:
        screen = await line_of(pilot, "targets/T-0001", "DE")
        titles = [column.title for column in screen.grid._painter.columns]
        assert "▾DE" in titles
        assert " ES" not in titles
        assert "‹" in titles[1]
        await pilot.press("right")
        assert screen.code == "MAOC"
        await pilot.press("left")
        assert screen.code == "DE"


async def test_w_tells_why_and_o_goes_to_it(room: Any) -> None:
    operations.open_operation(room, FERREIRA, "NORTE")
    seizures.add(room, FERREIRA, NewSeizure("2022-12-13", "OP-0001"))
    app = program(room, FERREIRA)
    async with app.run_test(size=NARROW) as pilot:
        screen = await line_of(pilot, "targets/T-0002", "FR")
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        text = app.screen.query_one(Lines).text
        assert "Out: H2, originator ES, not asked (T-0002)" in text
        assert "rests on   T-0002" in text
        await pilot.press("escape", "o")
        await until(pilot, lambda: app.current_mode == "targets" and app.screen.list.cursor_key == "T-0002")
        screen._go_to("SZ-0001")
        await until(
            pilot, lambda: app.current_mode == "operations" and app.screen.list.cursor_key == "OP-0001"
        )


async def test_asking_turns_the_cell_and_an_answer_turns_it_again(room: Any) -> None:
    app = program(room, FERREIRA)
    async with app.run_test(size=NARROW) as pilot:
        screen = await line_of(pilot, "targets/T-0001", "BE")
        await pilot.press("A")
        await filled(pilot, reason="it makes for Zeebrugge", wording1="a yacht west of Finisterre")
        await until(pilot, lambda: "[…]" in row(screen, "targets/T-0001"))
        asked = release.requests(room, MARTIN)[0]
        assert "a yacht west of Finisterre" in [text for _, _, text in asked.lines]
        assert said(app) == "Asked: Q-0001 FR."
        assert screen.grid.cursor_key == "targets/T-0001"
        await pilot.press("A")
        await until(pilot, lambda: "Nobody is to be asked" in said(app))
        asking.answer(room, MARTIN, "Q-0001", "granted")
        screen.read_again(force=True)
        await until(pilot, lambda: "[!]" in row(screen, "targets/T-0001"))
        await pilot.press("R")
        await until(pilot, lambda: type(app.screen).__name__ == "ReleasePanel")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_copy_is_read_exactly_as_its_text_form_is(room: Any, size: tuple[int, int]) -> None:
    app = program(room, FERREIRA)
    async with app.run_test(size=size) as pilot:
        await line_of(pilot, "targets/T-0001", "FR")
        await pilot.press("v")
        await until(pilot, lambda: type(app.screen).__name__ == "CopyWindow")
        text = app.screen.query_one("#copy-text", Lines)
        await until(pilot, lambda: bool(text._strips))
        told = written(briefing.preview(room, FERREIRA, "FR"), "txt").decode()
        assert text.text == told.rstrip("\n")
        shown = ["".join(part.text for part in strip).rstrip() for strip in text._strips]
        assert shown == told.splitlines()
        assert "GALERNA" not in text.text
        await pilot.press("G")
        assert text._top == text._last_top
        await pilot.press("escape")
        await until(pilot, lambda: type(app.screen).__name__ == "BriefsScreen")


async def test_the_check_lists_what_is_missing_and_leads_to_it(room: Any) -> None:
    app = program(room, FERREIRA)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_briefs(pilot)
        await pilot.press("c")
        await until(
            pilot, lambda: type(app.screen).__name__ == "CheckWindow" and len(app.screen.list.rows) > 0
        )
        window = app.screen
        kinds = [window.list.rows.cells(at)[0][0] for at in range(len(window.list.rows))]
        assert {"missing", "unreleased"} <= set(kinds)
        first = kinds.index("unreleased")
        finding = window._found[first]
        assert "held back" in finding.text
        for _ in range(first):
            await pilot.press("j")
        await pilot.press("enter")
        await until(
            pilot, lambda: app.screen is screen and screen.code == finding.ref and screen.grid.has_focus
        )
        assert not screen.line_here().cells[screen.known.grid.recipients.index(finding.ref)].inside
        await pilot.press("c")
        await until(
            pilot, lambda: type(app.screen).__name__ == "CheckWindow" and len(app.screen.list.rows) > 0
        )
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "requests")


async def test_a_draft_is_approved_by_another_and_by_nobody_else(room: Any, tmp_path: Path) -> None:
    app = program(room, FERREIRA)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_briefs(pilot)
        await pilot.press("a")
        await until(pilot, lambda: "No brief is selected" in said(app))
        await pilot.press("n")
        await filled(pilot)
        await until(
            pilot, lambda: screen.versions.cursor_key == "BR-2022-348 v1" and screen.of == "BR-2022-348 v1"
        )
        assert screen.version_here().state == "waits for approval"
        assert "as kept" in screen.banner.text
        await pilot.press("x")
        await until(pilot, lambda: "not one that is approved" in said(app))
        await pilot.press("a")
        await filled(pilot, digest="00000000")
        note = app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "You compiled BR-2022-348 v1 yourself" in note.text)
        assert briefing.listing(room, FERREIRA)[0].state == "waits for approval"


async def approved_and_issued(room: Any, pilot: Any, out: Path, digest: str) -> Any:
    """Rossi approves what Ferreira drafted and issues it, by keys."""
    app, screen = pilot.app, await at_briefs(pilot)
    await pilot.press("j")
    await until(pilot, lambda: screen.of == "BR-2022-348 v1")
    await pilot.press("a")
    await filled(pilot, digest="00000000")
    note = app.screen.query_one("#form-note", Lines)
    await until(pilot, lambda: "is not the digest of the BR-2022-348 v1" in note.text)
    await filled(pilot, digest=digest)
    await until(pilot, lambda: app.screen is screen and screen.version_here().state == "approved")
    await pilot.press("x")
    await filled(pilot, folder=str(out), forms="txt json")
    await until(pilot, lambda: isinstance(app.screen, Sheet))
    return screen


async def test_the_second_officer_approves_issues_and_recalls(room: Any, tmp_path: Path) -> None:
    made = briefing.draft(room, FERREIRA, ("MAOC", "ES", "BE"))
    app, out = program(room, ROSSI), tmp_path / "out"
    async with app.run_test(size=NARROW) as pilot:
        screen = await approved_and_issued(room, pilot, out, made.digest)
        await until(pilot, lambda: "BR-2022-348_v1_ES.txt" in app.screen.query_one(Lines).text)
        sheet = app.screen.query_one(Lines).text
        assert "BR-2022-348_v1_ES.txt" in sheet
        assert "BR-2022-348_v1_manifest.txt" in sheet
        assert len(list(out.iterdir())) == 7
        await pilot.press("escape")
        await until(pilot, lambda: screen.version_here().state == "issued")
        await until(pilot, lambda: "MAOC ES BE" in " ".join(t for t, _ in screen.versions.rows.cells(1)))
        await pilot.press("enter")
        while screen.grid.cursor_key != "targets/T-0001":
            await pilot.press("j")
        await pilot.press("r")
        await filled(pilot, reason="another yacht of that name")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        told = app.screen.query_one(Lines).text
        assert "ES       went out as txt, json" in told
        assert "BE" not in told.partition("\n")[2]
        await pilot.press("escape")
        await until(pilot, lambda: "recalled" in " ".join(t for t, _ in screen.versions.rows.cells(1)))


async def test_long_work_says_how_far_it_is_and_esc_stops_it_with_nothing_written(
    room: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from maoc_tui.desk import brief_issue

    made = briefing.draft(room, FERREIRA, ("MAOC", "ES", "BE"))
    briefing.approve(room, ROSSI, made.name, made.digest)
    held, go = brief_issue._as_approved, Event()

    def slow(*args: Any) -> bytes:
        go.wait(60)
        return held(*args)

    monkeypatch.setattr(brief_issue, "_as_approved", slow)
    app, out = program(room, ROSSI), tmp_path / "out"
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_briefs(pilot)
        await pilot.press("j", "x")
        await filled(pilot, folder=str(out), forms="txt")
        note = app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "writing the copy for MAOC, 1 of 3" in note.text)
        await pilot.press("escape")
        await until(pilot, lambda: "stopping" in note.text)
        go.set()
        await until(pilot, lambda: "Stopped. " in note.text.replace("\n", " "))
        assert not out.exists() or not list(out.iterdir())
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert briefing.listing(room, ROSSI)[0].state == "approved"


@pytest.mark.parametrize("who", [ORTEGA, PEETERS], ids=lambda who: who.partner)
async def test_a_liaison_officer_sees_no_line_that_is_not_theirs(room: Any, who: Any) -> None:
    app = program(room, who)
    async with app.run_test(size=WIDE) as pilot:
        screen = await at_briefs(pilot)
        await until(pilot, lambda: screen.known is not None)
        text = " ".join(text for at in range(len(screen.grid.rows)) for text, _ in screen.grid.rows.cells(at))
        assert ("LA PALOMA" in text, "GALERNA" in text, "NORTADA" in text) == (
            (True, True, True) if who is ORTEGA else (False, False, False)
        )
        if who is PEETERS:
            assert screen.known.grid.recipients == ("BE",)


async def test_what_is_refused_is_said_where_it_would_stand(room: Any) -> None:
    from liaison_room import viewer

    from maoc_tui.domain.roles import Role

    app = program(room, viewer("MAOC", Role.AUDITOR, name="Auditor"))
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None or app.fault is not None)
        app.action_go("briefs")
        await until(pilot, lambda: "auditor" in app.screen_stack[0].grid._empty)


async def test_the_grid_is_read_once_while_nothing_happens(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It compiles a copy for each recipient: idle costs nothing."""
    count = 0
    real = brief_grid.grid

    def counted(*args: Any, **given: Any) -> Any:
        nonlocal count
        count += 1
        return real(*args, **given)

    monkeypatch.setattr(brief_grid, "grid", counted)
    app = program(room, FERREIRA)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_briefs(pilot)
        for _ in range(5):
            screen.read_again()
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        assert count == 1
