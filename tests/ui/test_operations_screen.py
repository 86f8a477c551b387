"""Operations as a coordinator drives them: by keys alone, on a real record."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from driving import NARROW, WIDE, until
from operation_room import COORDINATOR, ES, PT, filled_room, program
from textual.widgets import Input

from maoc_tui.desk import operation_log, operations, seizures, tasking
from maoc_tui.ui.dialogs import ProblemDialog, Sheet
from maoc_tui.ui.form import Form
from maoc_tui.ui.lines import Lines


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = filled_room(tmp_path)
    yield made
    made.close()


async def at_board(pilot: Any, key: str = "") -> Any:
    """The Operations screen with its first operation read, then a key that opens a form."""
    app = pilot.app
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("4")
    await until(
        pilot, lambda: type(app.screen).__name__ == "OperationsScreen" and app.screen.selected() is not None
    )
    screen = app.screen
    if key:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Form) and bool(app.screen.query(Input)))
    return screen


async def filled(pilot: Any, **values: str) -> None:
    """Put values into the form in front; save it."""
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


def sheet(room: Any, ref: str = "OP-0001") -> Any:
    return operations.sheet(room, COORDINATOR, ref)


def said(app: Any) -> str:
    return str(app.screen_stack[0].key_bar.said)


async def test_the_board_says_state_next_action_owner_and_what_is_missing(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot)
        row = " ".join(text for text, _ in screen.list.rows.cells(0))
        assert "OP-0001 STRAY DOG planned ▲ -00:02 ! 1 an asset is tasked" in row
        assert "liaison officer of the State that owns the asset" in row
        banner = screen.banner.text
        assert all(part in banner for part in ("OP-0001 STRAY DOG", "T-0001 LA PALOMA", "lead ES", "OVERDUE"))
        for part in (
            "Missing before intercept approved",
            "Judge Ortega",
            "1.2 t est.",
            "hailed on ch 16",
            "TK-0001",
        ):
            assert part in screen.sheet.text


async def test_an_operation_is_nominated_by_keys(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot, "n")
        await filled(pilot, name="SUL", targets="t2", marking="H2 rel ES,PT")
        await until(pilot, lambda: app.screen is screen and screen.list.cursor_key == "OP-0003")
        assert sheet(room, "OP-0003").row.targets == ("T-0002",)
        await until(pilot, lambda: screen.selected() is not None and screen.selected().row.name == "SUL")


async def test_a_step_that_cannot_be_taken_names_what_is_missing_and_who_fills_it(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot, "s")
        banner = app.screen.query_one("#form-banner", Lines)
        await until(pilot, lambda: "asset: an asset is tasked" in banner.text)
        assert "OP-0001 STRAY DOG" in banner.text
        await pilot.press("ctrl+s")
        note = app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "Not yet intercept approved" in note.text)
        assert sheet(room).row.state == "planned"
        await filled(pilot, override="asset", reason="PT said yes by telephone")
        await until(pilot, lambda: app.screen is screen and sheet(room).row.state == "approved")
        assert sheet(room).overridden[0].text == "PT said yes by telephone"
        await until(pilot, lambda: "overridden" in screen.sheet.text)


async def test_closing_asks_for_its_outcome(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot, "s")
        form = app.screen
        assert not form.query_one("#line-outcome").display
        form.query_one("#field-to", Input).value = "closed"
        await until(pilot, lambda: form.query_one("#line-outcome").display)
        await filled(pilot, outcome="stood-down", override="check-in-ended", reason="the yacht turned back")
        await until(pilot, lambda: app.screen is screen and sheet(room).row.outcome == "stood down")
        await until(pilot, lambda: len(screen.known) == 1)
        await pilot.press("p")
        await until(pilot, lambda: len(screen.known) == 2)


FORMS = {
    "d": ({"who": "Dr Silva", "authority": "PJ", "right": "law 5", "state": "PT", "decision": "refused"},
          lambda s: any(act.value == "refused" for act in s.decisions)),
    "o": ({"word": "no-go", "reason": "sea state 6"}, lambda s: s.go is not None and s.go.what == "no-go"),
    "f": ({"field": "flag", "code": "VC", "source": "registry"}, lambda s: s.row.states["flag"] == "VC"),
    "b": ({"rule": "R26", "text": "telegram 12"}, lambda s: s.basis and s.basis[0].what == "R26"),
    "t": ({"about": "T-0002"}, lambda s: s.row.targets == ("T-0001", "T-0002")),
    "c": ({"at": "0306"}, lambda s: s.check_ins[0].due_ms > s.check_ins[0].started_ms + 15 * 60_000),
    "N": ({"text": "first hail", "kind": "hail", "at": "140301Z"}, lambda s: s.log[-2].text == "first hail"),
    "E": ({"text": "call Lisbon 0500Z", "reason": "wrong port"}, lambda s: any(e.corrects for e in s.log)),
    "C": ({}, lambda s: any(e.clock for e in s.log)),
}  # fmt: skip


async def form_by_form(pilot: Any, keys: Any, banner: str, done: Any) -> None:
    """Open each form by its key, fill it, save it, and see in the record that it did what it says."""
    app, screen = pilot.app, await at_board(pilot)
    for key, (values, so) in keys.items():
        await until(pilot, lambda: screen.selected() is not None)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert banner in app.screen.query_one("#form-banner", Lines).text, key
        await filled(pilot, **values)
        await until(pilot, lambda: app.screen is screen)
        assert so(done()), (key, said(app))


async def test_every_form_writes_what_it_says(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await form_by_form(pilot, FORMS, "STRAY DOG", lambda: sheet(room))


SEIZED = {
    "D": ({"substance": "heroin", "packages": "3", "weight": "20 kg"}, lambda r: len(r.finds) == 2),
    "P": ({"count": "7", "condition": "arrested", "nationality": "VE"}, lambda r: r.persons[0].total == 7),
    "v": ({"what": "vessel-disposition", "value": "towed"}, lambda r: r.disposition.lower() == "towed"),
    "e": (
        {"find": "SF-0001", "weight": "1184.6 kg", "source": "laboratory"},
        lambda r: len(r.finds[0].weights) == 2,
    ),
    "J": (
        {"packages": "12", "hidden": "36 05N 018 50W"},
        lambda r: r.finds[-1].find.fate.value == "jettisoned",
    ),
}


async def test_what_a_boarding_brings_goes_into_the_one_ledger(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await form_by_form(
            pilot, SEIZED, "SF-0001 cocaine", lambda: seizures.listing(room, COORDINATOR, "OP-0001")[0]
        )


async def test_custody_keeps_the_hash_of_a_photo(room: Any, tmp_path: Path) -> None:
    photo = tmp_path / "seal.jpg"
    photo.write_bytes(b"a picture")
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot, "K")
        await filled(pilot, item="SF-0001", taker="GNR Lagos", seal="4711", file=str(photo))
        await until(pilot, lambda: app.screen is screen)
        held = seizures.sheet(room, COORDINATOR, "SZ-0001").custody
        assert next(iter(held.values()))[0].transfer.sha256 == sha256(b"a picture").hexdigest()


async def test_nothing_found_and_nobody_met_are_recorded_as_such(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await at_board(pilot)
        await pilot.press("j")
        await until(
            pilot, lambda: app.screen.selected() is not None and app.screen.selected().row.ref == "OP-0002"
        )
        for key, values in (("D", {"substance": "none"}), ("P", {"count": "none"})):
            board = app.screen
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, Form))
            await filled(pilot, **values)
            await until(pilot, lambda board=board: app.screen is board)
        assert {result.value for result in sheet(room, "OP-0002").nil} == {"seizure", "persons"}


async def test_a_find_at_a_time_of_the_watch_opens_the_event_at_that_time(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot, "D")
        await filled(pilot, event="new", substance="cocaine", at="0303")
        await until(pilot, lambda: app.screen is screen)
        assert seizures.listing(room, COORDINATOR, "OP-0001")[0].when.startswith("140303Z")


async def test_force_leaves_nothing_out(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot, "O")
        await filled(pilot, kind="warning shot", ordered_by="Cdr Ruiz", warnings="three hails")
        note = app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "rounds" in note.text)
        await filled(pilot, rounds="4", injuries="none", flag_told="not yet")
        await until(pilot, lambda: app.screen is screen)
        assert any("report on force" in getattr(one, "title", "") for one in sheet(room).timeline)


async def test_the_law_and_the_waters_of_its_target_are_one_key_away(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        screen = await at_board(pilot, "L")
        assert app.screen.query_one("#field-flag", Input).value == "VC"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, (Sheet, ProblemDialog)))
        assert isinstance(app.screen, Sheet)


async def test_of_several_targets_it_is_asked_which(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot)
        await pilot.press("j")
        await until(pilot, lambda: screen.selected() is not None and screen.selected().row.ref == "OP-0002")
        await pilot.press("L")
        await until(pilot, lambda: type(app.screen).__name__ == "TargetWindow")
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert "T-0002" in app.screen.query_one("#form-banner", Lines).text


@pytest.mark.parametrize(("keys", "about"), [(("enter",), "OP-0001"), (("G", "enter"), "T-0001")])
async def test_the_release_panel_opens_on_it_or_on_its_target(
    room: Any, keys: tuple[str, ...], about: str
) -> None:
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await at_board(pilot)
        await pilot.press("R")
        await until(pilot, lambda: type(app.screen).__name__ == "ReleaseWindow")
        await pilot.press(*keys)
        await until(pilot, lambda: type(app.screen).__name__ == "PartnerWindow")
        assert about in str(app.screen._title)


async def test_what_is_hidden_from_an_officer_is_not_on_the_board(room: Any) -> None:
    operations.open_operation(room, COORDINATOR, "SECRET", "", marking=None)
    app = program(room, ES)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot)
        assert {row.name for row in screen.known} == {"STRAY DOG", "NORTE"}


async def test_the_record_changed_elsewhere_and_the_board_follows(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await at_board(pilot)
        operation_log.log(room, ES, "OP-0001", "0306 boarding, two aboard")
        tasking.record(room, PT, "TK-0001", "accepted", who="Lt Costa")
        await until(
            pilot, lambda: "boarding, two aboard" in screen.sheet.text and "accepted" in screen.sheet.text
        )
        assert screen.list.cursor_key == "OP-0001"


async def test_conditions_are_taken_note_of_with_a_word(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await at_board(pilot)
        await pilot.press("A")
        await until(pilot, lambda: "No consent in force has a condition" in said(app))
