"""The Liaison screen as a coordinator drives it: by keys alone, on a real record, the clock standing still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from driving import until
from liaison_room import AT_WORK, add_officer, add_target, open_room
from target_room import NOW
from textual.widgets import Input

from maoc_tui.desk import assignments, channels, partners, roster
from maoc_tui.domain.viewer import WATCH
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.liaison_forms import ActForm
from maoc_tui.ui.liaison_sheets import LongSheet
from maoc_tui.ui.lines import Lines

SIZES = {"narrow": (80, 24), "wide": (160, 48)}
HOSTILE = "EVIL[/red]\x1b]52;c;QQ==\x07\u202e[@click=app.quit]X[/]"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = open_room(tmp_path)
    fill(made)
    yield made
    made.close()


def fill(room: Any) -> None:
    """Three officers, a watch with a hole, three targets: led, asked for, and without a lead."""
    for partner, name in (("ES", "Ana Ortega"), ("MAOC", "Rui Ferreira"), ("BE", "Elise Claes")):
        add_officer(room, partner, name)
    channels.add(room, WATCH, "Ortega", "duty phone", "+34 000 000 310", verified=True)
    roster.add(room, WATCH, "Ferreira", "0307", hours="12h")
    led, asked = add_target(room, "grey sloop"), add_target(room, "black tug")
    add_target(room, "go-fast")
    assignments.offer(room, WATCH, led, "ES", "lead", officer="Ortega")
    assignments.accept(room, WATCH, led, "ES", reason="by phone")
    assignments.offer(room, WATCH, led, "FR", "support")
    assignments.offer(room, WATCH, asked, "FR", "lead")


def program(room: Any) -> Any:
    desk = fakes.FakeDesk(clock=room.clock)
    desk._opener = lambda said: room
    return fakes.app(desk)


async def opened(pilot: Any) -> Any:
    await until(pilot, lambda: pilot.app.moment is not None)
    await pilot.press("5")
    await until(pilot, lambda: getattr(pilot.app.screen, "known", None) is not None)
    await pilot.pause()
    return pilot.app.screen


async def form(pilot: Any, **values: str) -> None:
    """Fill in the form that opens."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ActForm))
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


async def closed(pilot: Any) -> None:
    await until(pilot, lambda: not isinstance(pilot.app.screen, ActForm))


def cells(grid: Any, key: Any) -> str:
    return " ".join(text for text, _ in grid.rows.cells(grid.rows.find(key)))


async def test_partners_officers_roster_and_assignments_are_all_there(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        assert all(one.region.width > 60 for one in screen.lists)
        assert "▲ member 2 JUL 2024" in cells(screen.partners, "BE")
        assert "ES Ortega" in cells(screen.board, "T-0001")
        assert "S?" in cells(screen.board, "T-0001")
        assert "asked FR" in cells(screen.board, "T-0002")
        assert "▲ nobody" in cells(screen.roster, ("hole", "ON_CALL", "ES", NOW))
        ortega = next(line for line in screen.known.officers if line.officer.partner == "ES")
        assert "duty phone +34 000 000 310" in cells(screen.officers, ortega.ref)


async def test_narrow_shows_one_list_and_tab_the_next(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["narrow"]) as pilot:
        screen = await opened(pilot)
        seen = []
        for _ in range(5):
            await until(pilot, lambda: sum(one.region.height > 20 for one in screen.lists) == 1)
            seen.append(next(one.id for one in screen.lists if one.region.height > 20))
            await pilot.press("tab")
            await pilot.pause()
        assert seen[0] == seen[4] == "liaison-partners"
        assert len(set(seen)) == 4
        await pilot.press("shift+tab")
        assert screen.partners.has_focus


async def test_a_target_without_a_lead_turns_amber_with_a_shape(room: Any) -> None:
    room.clock.set_to(NOW + 16 * 60_000)
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        assert cells(screen.board, "T-0003").split()[2:5] == ["▲", "no", "lead"]
        assert "▲ asked FR" in cells(screen.board, "T-0002")
        assert screen.board.rows.key(0) in ("T-0002", "T-0003")


async def test_amber_comes_with_time_alone_while_nothing_is_written(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        assert "▲" not in cells(screen.board, "T-0003")
        room.clock.set_to(NOW + 16 * 60_000)
        await until(pilot, lambda: "▲ no lead" in cells(screen.board, "T-0003"))


async def test_confirming_says_first_what_it_changes_and_then_does_it(room: Any) -> None:
    room.clock.set_to(AT_WORK)
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        screen.partners.select("BE")
        await pilot.press("c")
        await form(pilot, reason="instrument read")
        note = pilot.app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "Nothing recorded before is released" in note.text)
        assert partners.partner(room, WATCH, "BE").status == "prospective"
        await pilot.press("ctrl+s")
        await closed(pilot)
        await until(
            pilot,
            lambda: "member" in cells(screen.partners, "BE") and "▲" not in cells(screen.partners, "BE"),
        )
        assert partners.partner(room, WATCH, "BE").status == "member"


async def test_where_nothing_is_reported_c_says_so(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        screen.partners.select("FR")
        await pilot.press("c")
        await until(pilot, lambda: "Nothing is reported of FR" in str(screen.query_one(KeyBar).said))


async def test_a_partner_is_asked_and_answers_by_keys_alone(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        screen.board.select("T-0003")
        await pilot.press("tab", "a")
        await form(pilot, partner="ES", role="lead")
        await closed(pilot)
        await until(pilot, lambda: "asked ES" in cells(screen.board, "T-0003"))
        await pilot.press("s")
        await form(pilot, answer="acc", reason="Ortega, phone")
        await closed(pilot)
        await until(
            pilot,
            lambda: "L" in cells(screen.board, "T-0003") and "asked" not in cells(screen.board, "T-0003"),
        )
        await pilot.press("x")
        await form(pilot, answer="relieve", reason="done")
        await closed(pilot)
        await pilot.press("N")
        await form(pilot, reason="no decision")
        await closed(pilot)
        await until(pilot, lambda: "not agreed" in cells(screen.board, "T-0003"))


async def test_what_is_refused_is_said_in_the_form_and_nothing_is_lost(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["narrow"]) as pilot:
        await opened(pilot)
        await pilot.press("a")
        await form(pilot, partner="BE", role="lead")
        note = pilot.app.screen.query_one("#form-note", Lines)
        await until(pilot, lambda: "BE (prospective member) may not be LEAD" in note.text)
        assert pilot.app.screen.query_one("#field-partner", Input).value == "BE"


async def test_a_asks_from_the_targets_screen_too(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        await until(pilot, lambda: pilot.app.moment is not None)
        await pilot.press("2")
        await until(pilot, lambda: len(pilot.app.screen.list.rows) == 3)
        pilot.app.screen.list.select("T-0003")
        await until(pilot, lambda: pilot.app.screen.selected() is not None)
        await pilot.press("a")
        await form(pilot, partner="FR", role="lead")
        await closed(pilot)
        assert assignments.row(room, WATCH, "T-0003").lead.partner == "FR"


async def test_the_banner_of_a_target_says_who_leads_and_its_sheet_who_is_on_it(room: Any) -> None:
    room.clock.set_to(NOW + 16 * 60_000)
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        await until(pilot, lambda: pilot.app.moment is not None)
        await pilot.press("2")
        await until(pilot, lambda: len(pilot.app.screen.list.rows) == 3)
        screen = pilot.app.screen
        for ref, words in (
            ("T-0001", "lead ES Ortega"),
            ("T-0002", "lead ▲ asked FR"),
            ("T-0003", "lead ▲ no"),
        ):
            screen.list.select(ref)
            await until(pilot, lambda words=words: words in screen.banner.text)
        screen.list.select("T-0001")
        await until(pilot, lambda: "lead, accepted Ana Ortega" in screen.sheet.text)
        assert "support, proposed" in screen.sheet.text


async def test_why_and_release_open_from_the_assignments(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        screen.board.focus()
        screen.board.select("T-0001")
        await pilot.press("w")
        await until(pilot, lambda: "In: own" in shown(app))
        assert "In: own statement" in shown(app)
        assert "Out: " in shown(app)
        await pilot.press("escape", "R")
        await until(pilot, lambda: "release to whom" in shown(app))
        await pilot.press("escape")


def shown(app: Any) -> str:
    _, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips[:height])


async def test_officers_channels_and_duties_are_kept_by_keys(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        screen.officers.focus()
        screen.officers.select(
            next(line.ref for line in screen.known.officers if line.officer.partner == "BE")
        )
        await pilot.press("C")
        await form(pilot, kind="siena", address="BE-MAOC")
        await closed(pilot)
        await until(
            pilot,
            lambda: any("BE-MAOC" in cells(screen.officers, screen.officers.rows.key(at)) for at in range(3)),
        )
        await pilot.press("v")
        await form(pilot)
        await closed(pilot)
        screen.roster.focus()
        await pilot.press("n")
        await form(pilot, officer="Claes", post="watch", since="1507", hours="8h")
        await closed(pilot)
        await until(pilot, lambda: len(screen.known.roster.duties) == 2)
        screen.roster.select(("duty", screen.known.roster.duties[1].ref))
        await pilot.press("x")
        await form(pilot, reason="ill")
        await closed(pilot)
        await until(pilot, lambda: len(screen.known.roster.duties) == 1)


async def test_enter_opens_everything_on_the_row(room: Any) -> None:
    app = program(room)
    async with app.run_test(size=SIZES["narrow"]) as pilot:
        screen = await opened(pilot)
        expected = (("BE", "2 June 2024"), ("T-0001", "accepted by watch"), (None, "Channels"))
        for key, words in expected:
            grid = next(one for one in screen.lists if one.has_focus)
            grid.select(key if key else grid.rows.key(0))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, LongSheet))
            assert words in pilot.app.screen.query_one(Lines).text
            await pilot.press("escape", "tab")
            await until(pilot, lambda: pilot.app.screen is screen)


async def test_hostile_words_reach_no_markup_and_no_terminal(room: Any) -> None:
    add_officer(room, "FR", HOSTILE[:60])
    partners.set_status(room, WATCH, "GR", "observer", HOSTILE[:60], HOSTILE[:60])
    assignments.lead_not_agreed(room, WATCH, "T-0003", HOSTILE[:60])
    app = program(room)
    async with app.run_test(size=SIZES["wide"]) as pilot:
        screen = await opened(pilot)
        for grid, key in ((screen.partners, "GR"), (screen.board, "T-0003"), (screen.officers, None)):
            grid.focus()
            grid.select(key if key else grid.rows.key(len(grid.rows) - 2))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, LongSheet))
            assert "\x1b" not in pilot.app.screen.query_one(Lines).text
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)


LOOKS = [
    ("narrow", "partners"),
    ("narrow", "board"),
    ("narrow", "officers"),
    ("narrow", "roster"),
    ("wide", "board"),
]


@pytest.mark.parametrize(("size", "scene"), LOOKS)
def test_how_it_looks(snap_compare: Any, room: Any, size: str, scene: str) -> None:
    keys = ("tab",) * ["partners", "board", "officers", "roster"].index(scene)
    room.clock.set_to(NOW + 16 * 60_000)

    async def before(pilot: Any) -> None:
        screen = await opened(pilot)
        if keys:
            await pilot.press(*keys)
        await until(pilot, lambda: screen.lists[len(keys)].has_focus)
        await pilot.pause(0.2)
        screen.query_one(KeyBar).say("")
        await pilot.pause()

    assert snap_compare(program(room), terminal_size=SIZES[size], run_before=before)
