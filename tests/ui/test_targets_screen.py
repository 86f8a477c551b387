"""The Targets screen as an officer drives it: by keys alone, on a real record, the clock standing still."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from driving import until
from target_room import NOW, YACHT, make_room
from textual.events import Paste
from textual.widgets import Input, Static

from maoc_tui.commands import FORM, TARGETS, commands_of
from maoc_tui.desk import targets, undo
from maoc_tui.desk.targets import NewTarget
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH
from maoc_tui.ui import targets_desk
from maoc_tui.ui.form import Form
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.prompt import Prompt
from maoc_tui.ui.targets_dialogs import NewTargetDialog

WIDE, NARROW = (160, 48), (80, 24)
HOSTILE = "EVIL[/red]\x1b]52;c;QQ==\x07\u202e[@click=app.quit]X[/]"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = make_room(tmp_path / "maoc.db")
    yield made
    made.close()


def program(room: Any) -> Any:
    desk = fakes.FakeDesk(clock=room.clock)
    desk._opener = lambda said: room
    return fakes.app(desk)


def fill(room: Any) -> None:
    """Three targets: one heard with a former name and a doubt, one from words, one closed."""
    mark = parse("B2 H2 rel ES,FR,PT", "MAOC")
    entry = NewTarget(values={"flag": "VC"}, source="ES liaison", marking=mark)
    ref = targets.add_from_contact(room, WATCH, YACHT, entry).ref
    targets.fact(room, WATCH, ref, "name", "BLUE MIST", "VE", since="2020-02-02T00:00Z", marking=mark)
    targets.fact(room, WATCH, ref, "colour", "white", "PT aircraft", marking=mark)
    targets.sight(room, WATCH, ref, "33 00N 042 00W", "132200Z", "PT aircraft", "heading east", marking=mark)
    targets.set_status(room, WATCH, ref, "active", "seen from the air")
    targets.add(room, WATCH, NewTarget("grey go-fast", type="gofast", position="14 30N 018 05W"))
    other = targets.add(room, WATCH, NewTarget("tug, black", type="tug", area="Gulf of Guinea")).ref
    targets.set_status(room, WATCH, other, "closed", "nothing in it")


async def settled(pilot: Any) -> None:
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.15)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot: Any) -> Any:
    await settled(pilot)
    await pilot.press("2")
    await settled(pilot)
    return pilot.app.screen


async def typed(pilot: Any, **values: str) -> None:
    """Put values into the form in front; save it."""
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")
    await settled(pilot)


def said(pilot: Any) -> str:
    return str(pilot.app.screen.query_one(KeyBar).said)


async def test_list_and_sheet_stand_side_by_side_when_wide(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert screen.list.display
        assert screen.sheet.region.width > 60
        assert "LA PALOMA" in screen.banner.text
        assert "BLUE MIST" in screen.sheet.text


async def test_narrow_shows_the_list_and_enter_the_sheet(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        assert screen.list.region.width == 80
        assert not screen.sheet.is_on_screen
        await pilot.press("enter")
        await settled(pilot)
        assert screen.sheet.region.width > 70
        assert screen.banner.region.y == 1
        await pilot.press("escape")
        await settled(pilot)
        assert screen.list.has_focus


async def test_the_banner_says_which_boat_this_is(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0001")
        await settled(pilot)
        text = screen.banner.text
        for part in (
            "T-0001", "LA PALOMA", "BLUE MIST", "sailing yacht", "flag VC claimed, NOT confirmed", "high seas",
            "ID?",
            "B2 H2 from MAOC rel ES FR PT", "33°10.0'N 041°20.0'W", "2 h 00 ago", "now ○",
        ):  # fmt: skip
            assert part in text
        await pilot.press("enter", "G")
        assert screen.banner.region.y == 1


async def test_the_badge_has_its_reason_on_the_sheet(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0001")
        await settled(pilot)
        assert "MID 263 is Portugal, the flag claimed is VC" in screen.sheet.text


async def test_a_new_target_by_keys_alone(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press(*"grey sloop", "enter", "enter", *"sail", "enter", *"36 20N 012 40W")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.screen is screen
        assert said(pilot) == "T-0001 saved."
        (row,) = targets.listing(room, WATCH)
        assert (row.title, row.type, row.seen.lat) == ("grey sloop", "sail", pytest.approx(36.3333, abs=1e-3))
        assert screen.list.cursor_key == "T-0001"


REPORT = """Name: HAVFRUEN; Flag: DK; Length: 11 m; Type: sail
Position: 36 20N 012 40W; Seen: 140230Z
two aboard"""


async def test_a_pasted_report_is_offered_field_by_field(room: Any) -> None:
    """Workflow 3.2: n, paste, Enter for each that is right, something else typed for what is not."""
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        field = app.screen.query_one("#field-position", Input)
        app.post_message(Paste(REPORT))
        await until(pilot, lambda: field.placeholder == "36°20.0'N 012°40.0'W")
        assert app.screen.values["position"] == "", "offered, not taken"
        await pilot.press("enter", "enter")
        assert app.focused.id == "field-type"
        await pilot.press("enter", "enter", "enter", "enter", "tab", "tab", *"NO", "enter")
        values = app.screen.values
        assert values["description"] == " / ".join(REPORT.splitlines())
        assert (values["type"], values["position"]) == ("SAILING_YACHT", "36°20.0'N 012°40.0'W")
        assert (values["at"], values["flag"], values["mmsi"]) == ("140230ZDEC22", "NO", "")
        assert values["name"] == "", "Tab goes past what is offered"
        app.screen.query_one("#field-description", Input).value = "a sloop"
        await settled(pilot)
        length = app.screen.query_one("#field-length_m", Input)
        assert length.placeholder == "12 m, 40 ft", "offered no more"
        app.screen.query_one("#field-description", Input).value = "a sloop; length: 11 m; name: HAVFRUEN"
        await settled(pilot)
        app.screen.query_one("#field-name", Input).focus()
        await pilot.press("enter")
        name = app.screen.query_one("#field-name", Input)
        assert name.value == "HAVFRUEN"
        name.value = ""
        name.focus()
        await settled(pilot)
        await pilot.press("enter")
        assert name.value == "", "what was taken once and emptied is not taken again"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "not taken: length." in app.screen.query_one("#form-note", Lines).text
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, Form))
        (row,) = targets.listing(room, WATCH)
        assert (row.type, row.flag) == ("sail", "NO")


async def test_saved_is_said_only_after_the_commit(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from maoc_tui.problems import StoreProblem
    from maoc_tui.ui import targets_desk

    def full(*_: Any, **__: Any) -> Any:
        raise StoreProblem("The disk is full; nothing was saved.", "Free space, then do it again.")

    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        monkeypatch.setattr(targets_desk, "act", full)
        await typed(pilot, description="grey sloop", area="west")
        assert isinstance(app.screen, NewTargetDialog)
        note = app.screen.query_one("#form-note", Lines).text
        assert note == "The disk is full; nothing was saved.\nFree space, then do it again."
        monkeypatch.undo()
        await typed(pilot)
        assert said(pilot) == "T-0001 saved."


async def test_likely_duplicates_are_shown_before_saving(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, description="white sloop", area="Azores", name="LA PALOMMA", length_m="12 m")
        note = app.screen.query_one("#form-note", Lines).text
        assert "May be T-0001 LA PALOMA (ACTIVE): names alike: LA PALOMA, LA PALOMMA" in note
        assert app.screen.query_one(".window--foot").region.bottom < NARROW[1]
        assert len(targets.listing(room, WATCH)) == 3
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert said(pilot) == "T-0004 saved."


async def test_what_was_typed_survives_escape(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press(*"grey sloop", "escape")
        await settled(pilot)
        assert targets.listing(room, WATCH) == ()
        await pilot.press("n")
        await settled(pilot)
        assert app.screen.query_one("#field-description", Input).value == "grey sloop"


async def test_a_new_target_is_dated_by_when_it_was_seen(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, description="grey sloop", position="36 20N 012 40W", at="140100Z")
        (row,) = targets.listing(room, WATCH)
        assert (row.seen.how, NOW - row.seen.at_ms) == ("sighting", (2 * 60 + 7) * 60_000 + 41_000)


async def test_only_what_was_typed_is_brought_back(room: Any) -> None:
    def proposed(position: str) -> NewTargetDialog:
        entry = NewTarget("yacht", position=position, values={"name": "LA PALOMA"})
        return NewTargetDialog(pilot.app.desk, entry, YACHT)

    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.push_screen(proposed("33 10N 041 20W"))
        await settled(pilot)
        await pilot.press("escape")
        assert app.drafts.offered(f"new {YACHT}") is None
        app.push_screen(proposed("33 10N 041 20W"))
        await settled(pilot)
        app.screen.query_one("#field-source", Input).value = "PT aircraft"
        await pilot.press("escape")
        app.push_screen(proposed("33 40N 041 00W"))
        await settled(pilot)
        values = app.screen.values
        assert (values["position"], values["source"]) == ("33 40N 041 00W", "PT aircraft")
        title = app.screen.query_one(".window--title", Static).content
        assert str(title) == "New target from ais:263601890 · draft from 03:07Z"
        app.screen.query_one("#field-source", Input).value = ""
        await pilot.press("escape")
        await settled(pilot)
        assert app.drafts.offered(f"new {YACHT}") is None


async def test_the_cursor_goes_to_what_was_saved(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0002")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, description="white launch", area="off Dakar")
        assert screen.list.cursor_key == "T-0004"
        assert "T-0004" in screen.banner.text


async def test_a_key_pressed_before_the_sheet_has_come_says_which_is_being_read(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never the sheet of the target before, and never that none is selected."""
    fill(room)
    app = program(room)
    go_on = threading.Event()
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        sheet = targets_desk.sheet

        def slow(*asked: Any) -> Any:
            assert go_on.wait(60)
            return sheet(*asked)

        monkeypatch.setattr(targets_desk, "sheet", slow)
        before = screen.list.cursor_key
        await pilot.press("j", "e")
        wanted = screen.list.cursor_key
        assert wanted != before
        assert said(pilot) == f"{wanted} is still being read. Press the key again."
        assert len(app.screen_stack) == 1
        go_on.set()
        await until(pilot, lambda: screen.selected() is not None)
        await pilot.press("e")
        await until(pilot, lambda: len(app.screen_stack) == 2)


async def test_the_contact_selected_on_the_watch_brings_its_target(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        picture = app.moment.picture
        picture.target[:] = ""
        picture.target[3], picture.target[4] = "T-0003", "T-0002"
        app.chosen = int(picture.key[3])
        screen = await opened(pilot)
        assert screen.list.cursor_key == "T-0003"
        screen.list.select("T-0001")
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert screen.list.cursor_key == "T-0001"
        await pilot.press("1")
        await settled(pilot)
        app.chosen = int(picture.key[4])
        await opened(pilot)
        assert screen.list.cursor_key == "T-0002"


async def test_what_is_wrong_is_said_in_the_form(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, description="grey sloop", position="here", marking="B9")
        assert "not a grade" in app.screen.query_one("#form-note", Lines).text
        await typed(pilot, marking="B2")
        assert "Write it as 38 42.5N" in app.screen.query_one("#form-note", Lines).text
        assert isinstance(app.screen, NewTargetDialog)


async def test_status_is_chosen_by_number_and_logged(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0001")
        await settled(pilot)
        await pilot.press("s")
        await settled(pilot)
        assert "2 TRACKED" in app.screen.query_one("#form-note", Lines).text
        assert "LA PALOMA" in app.screen.query_one("#form-banner", Lines).text
        await typed(pilot, status="2", reason="on the chart")
        assert said(pilot) == "T-0001: status saved."
        assert targets.sheet(room, WATCH, "T-0001").row.status == "TRACKED"


async def test_a_change_by_somebody_else_is_not_overwritten(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0001")
        await settled(pilot)
        await pilot.press("s")
        await settled(pilot)
        targets.set_status(room, WATCH, "T-0001", "lost", "no fix")
        await typed(pilot, status="tracked", reason="on the chart")
        note = app.screen.query_one("#form-note", Lines).text
        assert "was changed by watch" in note
        assert "theirs LOST" in note
        assert "yours  TRACKED" in note
        assert targets.sheet(room, WATCH, "T-0001").row.status == "LOST"
        await pilot.press("ctrl+s")
        await settled(pilot)
        changes = targets.sheet(room, WATCH, "T-0001").changes
        assert [(one.old, one.new) for one in changes][:2] == [("LOST", "TRACKED"), ("ACTIVE", "LOST")]
        answered, last = threading.Event(), undo.last
        with monkeypatch.context() as late:
            late.setattr(undo, "last", lambda *given: last(*given) if answered.wait(30) else None)
            await pilot.press("u", "colon")
            answered.set()
            await settled(pilot)
        assert app.screen is screen
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert targets.sheet(room, WATCH, "T-0001").row.status == "LOST"


async def test_statement_sighting_and_designation(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0002")
        for key, values in (
            ("e", {"attribute": "name", "value": "RAIO", "source": "PT liaison", "marking": "A1 rel PT"}),
            ("o", {"position": "14 40N 018 10W", "at": "140200Z", "source": "PT", "text": "waiting"}),
            ("r", {"designation": "GOOSE", "reason": "for the radio"}),
        ):
            await settled(pilot)
            await pilot.press(key)
            await settled(pilot)
            await typed(pilot, **values)
            assert said(pilot).startswith("T-0002: "), said(pilot)
        sheet = targets.sheet(room, WATCH, "T-0002")
        assert [(f.fact.value, f.state) for f in sheet.identity] == [("RAIO", "holds")]
        assert str(sheet.identity[0].fact.marking) == "A1 H2 from MAOC rel PT"
        assert sheet.sightings[0].text == "waiting"
        assert sheet.target.designation == "GOOSE"


async def test_a_link_warns_is_made_and_ended(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0002")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        await typed(pilot, contact="ais:263601890", reason="seen together")
        assert "T-0001" in app.screen.query_one("#form-note", Lines).text
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert targets.sheet(room, WATCH, "T-0002").row.contacts == (YACHT,)
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert app.screen.query_one("#field-contact", Input).value == "ais:263601890"
        await typed(pilot, reason="it was not")
        assert targets.sheet(room, WATCH, "T-0002").row.contacts == ()


async def test_the_link_form_says_which_contact_that_is(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0002")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        for contact, told in (
            ("ais:263000001", "VENTO 1 · cargo · PT · HS"),
            ("ais:999000001", "not in the picture"),
            ("ais:x", ""),
        ):
            app.screen.query_one("#field-contact", Input).value = contact
            await pilot.pause()
            beside = app.screen.query_one("#beside-contact", Static)
            assert str(beside.content) == told
            assert not told or (beside.region.y == app.screen.query_one("#field-contact").region.y)
            assert beside.region.right <= NARROW[0]


async def test_a_contact_of_the_picture_becomes_a_target(room: Any) -> None:
    from maoc_tui.ui.targets_dialogs import new_from_contact

    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        picture = app.moment.picture
        picture.key[0], picture.target[0] = YACHT, ""
        new_from_contact(app, picture, 0)
        await settled(pilot)
        form = app.screen
        assert form.query_one("#field-name", Input).value == "LA PALOMA"
        await typed(pilot)
        assert said(pilot) == "T-0001 saved, linked to ais:263601890."
        assert targets.links_now(room, WATCH) == {YACHT: "T-0001"}


async def test_the_filter_narrows_while_typing_and_esc_brings_all_back(room: Any) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"status:clo")
        await settled(pilot)
        assert [screen.list.rows.key(at) for at in range(len(screen.list.rows))] == ["T-0003"]
        await pilot.press("enter")
        await settled(pilot)
        assert screen.query_text == "status:clo"
        await pilot.press("escape")
        await settled(pilot)
        assert len(screen.list.rows) == 3
        await pilot.press("slash", *"nav:moored", "enter")
        await settled(pilot)
        (prompt,) = screen.query(Prompt)
        assert "nav cannot be asked of a target" in str(prompt.query_one(".prompt--fault", Static).content)
        await pilot.press("escape")
        await settled(pilot)
        assert len(screen.list.rows) == 3


async def test_another_terminals_target_appears_by_itself(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        assert len(screen.list.rows) == 0
        fill(room)
        await until(pilot, lambda: len(screen.list.rows) == 3)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_every_key_of_the_screen_can_be_pressed(room: Any, size: tuple[int, int]) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for command in commands_of(TARGETS):
            if app.current_mode != "targets":
                await pilot.press("2")
                await settled(pilot)
            app.screen.list.select("T-0001")
            await pilot.pause()
            await pilot.press(command.keys.split(",")[0])
            await settled(pilot)
            assert app.is_running, command.id
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await pilot.press("escape")
            await pilot.pause()
            assert app.is_running, command.id


async def test_without_a_target_the_keys_say_so(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        for key in "esocxrEWmy":
            await pilot.press(key)
            await settled(pilot)
            assert said(pilot).startswith("No target is selected."), key


async def test_hostile_text_is_shown_clean(room: Any) -> None:
    targets.add(
        room,
        WATCH,
        NewTarget(HOSTILE, area=HOSTILE, designation=HOSTILE[:40], values={"name": HOSTILE}, source=HOSTILE),
    )
    targets.sight(room, WATCH, "T-0001", "36N 12W", "140100Z", HOSTILE, HOSTILE)
    targets.link(room, WATCH, "T-0001", YACHT, HOSTILE)
    targets.set_status(room, WATCH, "T-0001", "active", HOSTILE)
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        for key in ("", "e", "s", "c", "x", "r"):
            if key:
                await pilot.press(key)
                await settled(pilot)
            shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))
            assert "EVIL[/red]" in shown
            assert not {"\x1b", "\x07", "\u202e"} & set(shown)
            if key:
                await pilot.press("escape")
                await settled(pilot)
        assert screen.sheet.text.count("EVIL[/red]") >= 5


async def test_the_sheet_is_copied_to_a_private_file(room: Any, tmp_path: Path) -> None:
    fill(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        screen.list.select("T-0001")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        (copy,) = (tmp_path / "data" / "out").iterdir()
        text = copy.read_text(encoding="utf-8")
        assert copy.stat().st_mode & 0o777 == 0o600
        assert "LA PALOMA" in text
        assert "B2 H2 from MAOC rel ES FR PT" in text


def test_forms_have_a_key_for_everything() -> None:
    assert {command.id for command in commands_of(FORM)} == {
        "save",
        "field_done",
        "field_next",
        "field_previous",
        "leave_form",
        "drop_draft",
        "take_theirs",
    }


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["160x48", "80x24"])
def test_how_it_looks(room: Any, snap_compare: Any, size: tuple[int, int]) -> None:
    fill(room)

    async def to_targets(pilot: Any) -> None:
        await opened(pilot)

    assert snap_compare(program(room), terminal_size=size, run_before=to_targets)


@pytest.mark.parametrize("key", ["n", "s"])
def test_how_a_form_looks(room: Any, snap_compare: Any, key: str) -> None:
    fill(room)

    async def to_form(pilot: Any) -> None:
        await opened(pilot)
        await pilot.press(key)
        await settled(pilot)

    assert snap_compare(program(room), terminal_size=NARROW, run_before=to_form)


def test_the_watch_clock_is_the_scenarios() -> None:
    assert NOW == fakes.NOW
