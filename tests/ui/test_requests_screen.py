"""Requests and the law as an officer drives them: by keys alone, on a real record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from driving import NARROW, WIDE, until
from target_room import HOUR, NOW, YACHT
from textual.widgets import Input

sys.path.append(str(Path(__file__).resolve().parents[1] / "desk"))

from liaison_room import COORDINATOR, open_room

from maoc_tui.desk import requests, targets
from maoc_tui.domain.marking_entry import parse
from maoc_tui.ui.dialogs import Sheet
from maoc_tui.ui.form import Form
from maoc_tui.ui.lines import Lines
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.moment import NextClock


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = open_room(tmp_path)
    yield made
    made.close()


def program(room: Any, viewer: Any = COORDINATOR) -> Any:
    desk = fakes.FakeDesk(clock=room.clock)
    desk._opener = lambda said: room
    desk.admit = lambda: None
    desk.viewer = viewer
    return fakes.app(desk)


def target(room: Any) -> str:
    entry = targets.NewTarget(
        "grey trawler", area="Gulf of Guinea", values={"flag": "GY"}, marking=parse("H2 rel ES,FR", "MAOC")
    )
    return targets.add(room, COORDINATOR, entry).ref


def request(room: Any, ref: str, clock: str = "C2") -> str:
    made = requests.open_request(
        room, COORDINATOR, ref, "boarding-consent", "GY", acting="ES", clock=clock, measures="board"
    )
    return made.asked.ref


async def filled(pilot: Any, **values: str) -> None:
    """Put values into the form in front; save it."""
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")


def shown(screen: Any, at: int = 0) -> str:
    return " ".join(text for text, _ in screen.list.rows.cells(at))


def words(sheet: Any) -> str:
    return "\n".join("".join(text for text, _ in line) for line in sheet.lines)


async def test_a_request_from_the_first_key_to_the_grant(room: Any) -> None:
    ref, app = target(room), program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("7")
        await until(pilot, lambda: type(app.screen).__name__ == "RequestsScreen")
        screen = app.screen
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(
            pilot,
            target=ref,
            kind="boarding-consent",
            addressee="gy",
            acting="es",
            measures="board",
            clock="C2",
        )
        await until(pilot, lambda: app.screen is screen and len(screen.list.rows) == 1)
        assert "draft" in shown(screen)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, at="0300", channel="embassy", oral="yes")
        await until(pilot, lambda: app.screen is screen and "waiting" in shown(screen))
        assert "03:52" in shown(screen)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(
            pilot,
            act="granted",
            who="Cdr Rao, MARAD",
            channel="telephone",
            scope="board",
            conditions="report; daylight",
        )
        await until(pilot, lambda: app.screen is screen and len(screen.list.rows) == 0)
        await pilot.press("p")
        await until(pilot, lambda: len(screen.list.rows) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        assert "allows" in words(app.screen)
        assert "daylight" in words(app.screen)
        assert requests.against(room, COORDINATOR, ref, "board", "ES") == ((), ("report", "daylight"))


async def test_what_cannot_be_is_said_in_the_form_and_nothing_is_lost(room: Any) -> None:
    request(room, target(room))
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("7")
        await until(
            pilot, lambda: type(app.screen).__name__ == "RequestsScreen" and len(app.screen.list.rows) == 1
        )
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, act="granted", who="Cdr Rao", channel="telephone", scope="board")
        await until(pilot, lambda: "never sent" in str(app.screen.query_one("#form-note", Lines).text))
        assert app.screen.query_one("#field-who", Input).value == "Cdr Rao"


async def test_an_expired_clock_is_told_by_shape_and_grants_nothing(room: Any) -> None:
    ref = request(room, target(room))
    requests.record(room, COORDINATOR, ref, "sent", at="132200Z", channel="embassy")
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("7")
        await until(
            pilot, lambda: type(app.screen).__name__ == "RequestsScreen" and len(app.screen.list.rows) == 1
        )
        assert "▲ -01:07" in shown(app.screen)
        assert "no answer in time" in shown(app.screen)


async def test_the_form_is_shown_with_its_blanks(room: Any) -> None:
    request(room, target(room))
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("7")
        await until(
            pilot, lambda: type(app.screen).__name__ == "RequestsScreen" and len(app.screen.list.rows) == 1
        )
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        assert "Still blank" in words(app.screen)


async def test_the_law_of_the_selected_target_is_one_key_away(room: Any) -> None:
    mark = parse("H2 rel ES,FR", "MAOC")
    entry = targets.NewTarget("grey trawler", position="01 30N 020 00W", values={"flag": "GY"}, marking=mark)
    targets.add(room, COORDINATOR, entry)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("2")
        await until(
            pilot, lambda: type(app.screen).__name__ == "TargetsScreen" and app.screen.selected() is not None
        )
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.query_one("#field-flag", Input).value == "GY"
        await filled(pilot, acting="es")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        told = words(app.screen)
        assert "? ASK GY" in told
        assert "R26" in told
        assert "Art. 17" in told
        assert "advice, not decision" in told


async def test_the_law_of_a_contact_says_that_its_flag_is_a_claim() -> None:
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None and app.chosen)
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.query_one("#field-status", Input).value == "claimed"


async def test_the_nearest_clock_stands_in_the_bar_of_every_screen_at_80_columns(room: Any) -> None:
    app = program(room)
    app.desk.now_clock = NextClock("C2", "T-0417", NOW + HOUR, NOW - HOUR, 2)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        for key in ("1", "2", "3", "5", "7"):
            await pilot.press(key)
            await until(pilot, lambda: "!C2 T-0417 01:00 +2" in app.screen.top_bar.text)


def test_the_clock_in_the_bar_follows_the_record_and_the_viewer(room: Any) -> None:
    from liaison_room import viewer

    from maoc_tui.domain.roles import Role

    desk = LiveDesk(lambda said: room, COORDINATOR)
    assert desk._clock(room) is None
    ref = request(room, target(room))
    requests.record(room, COORDINATOR, ref, "sent", channel="embassy")
    clock = desk._clock(room)
    assert clock is not None
    assert (clock.clock, clock.due_ms) == ("C2", NOW + 4 * HOUR)
    desk.viewer = viewer("BE")
    assert desk._clock(room) is None
    desk.viewer = viewer("MAOC", Role.AUDITOR)
    assert desk._clock(room) is None
    assert YACHT


async def law_of_the_target(pilot: Any, app: Any, **facts: str) -> None:
    """From the first screen to the legal answer of the target selected on Targets."""
    await until(pilot, lambda: app.moment is not None)
    await pilot.press("2")
    await until(
        pilot, lambda: type(app.screen).__name__ == "TargetsScreen" and app.screen.selected() is not None
    )
    await pilot.press("L")
    await until(pilot, lambda: isinstance(app.screen, Form))
    await filled(pilot, **facts)
    await until(pilot, lambda: isinstance(app.screen, Sheet))


def placed(room: Any, flag: str = "GY") -> str:
    mark = parse("H2 rel ES,FR", "MAOC")
    entry = targets.NewTarget("grey trawler", position="01 30N 020 00W", values={"flag": flag}, marking=mark)
    return targets.add(room, COORDINATOR, entry).ref


async def test_enter_on_the_legal_answer_drafts_the_request_it_calls_for(room: Any) -> None:
    ref, app = placed(room), program(room)
    async with app.run_test(size=NARROW) as pilot:
        await law_of_the_target(pilot, app, acting="ES")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Form))
        proposed = {name: app.screen.query_one(f"#field-{name}", Input).value for name in
                    ("target", "kind", "addressee", "acting", "rule", "clock", "measures")}  # fmt: skip
        assert proposed == {
            "target": ref, "kind": "boarding-consent", "addressee": "GY", "acting": "ES", "rule": "R26",
            "clock": "C1", "measures": "board, search",
        }  # fmt: skip
        await filled(pilot, grounds="no gear on deck")
        await until(pilot, lambda: isinstance(app.screen, Sheet) and "Still blank" in words(app.screen))
        (line,) = requests.requests(room, COORDINATOR)
        assert (line.asked.addressee, line.asked.rule) == ("GY", "R26")
        await pilot.press("escape")
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.query_one("#field-acting", Input).value == "ES"


async def test_the_law_is_told_at_a_contact_point_too(room: Any) -> None:
    placed(room)
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        await law_of_the_target(pilot, app, acting="ES", where="38 45N 009 40W")
        assert "R09" in words(app.screen)
        assert "PT territorial sea" in words(app.screen)


async def test_a_rule_that_asks_nobody_says_so(room: Any) -> None:
    placed(room, "ES")
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        await law_of_the_target(pilot, app, acting="ES", status="confirmed")
        await pilot.press("enter")
        await until(pilot, lambda: "asks nobody" in str(app.screen_stack[0].key_bar._said))


async def test_a_clock_is_started_and_stopped_by_keys(room: Any) -> None:
    ref, app = target(room), program(room)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: app.moment is not None)
        await pilot.press("7")
        await until(pilot, lambda: type(app.screen).__name__ == "RequestsScreen")
        screen = app.screen
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, target=ref, text="call [b]Dakar\x1b", at="0500Z")
        await until(pilot, lambda: app.screen is screen and len(screen.known) == 1)
        assert "call [b]Dakar" in shown(screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Sheet))
        assert "at its end" in words(app.screen)
        await pilot.press("escape")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await filled(pilot, reason="called")
        await until(pilot, lambda: app.screen is screen and not screen.known)


def test_the_bell_rings_once_at_half_and_once_at_the_end() -> None:
    from maoc_tui.ui.clock_bell import ClockBell
    from maoc_tui.ui.moment import RunsOut

    def clocks_now(*ends: tuple[str, int, int]) -> NextClock:
        every = tuple(RunsOut("C2", ref, "T-0417", half, due) for ref, half, due in ends)
        return NextClock("C2", "T-0417", every[0].due_ms, every[0].half_ms, 0, every)

    bell, clock = ClockBell(), clocks_now(("RQ-0001", 100, 200), ("RQ-0002", 300, 400))
    assert bell.hear(clock, 0) == ()
    assert len(bell.hear(clock, 100)) == 1
    assert bell.hear(clock, 150) == ()
    assert "run out" in bell.hear(clock, 200)[0]
    assert bell.hear(clock, 250) == ()
    assert bell.hear(None, 260) == ()
    assert len(bell.hear(clocks_now(("RQ-0002", 300, 400)), 500)) == 1


def test_what_had_passed_before_the_program_was_opened_does_not_ring() -> None:
    from maoc_tui.ui.clock_bell import ClockBell
    from maoc_tui.ui.moment import RunsOut

    bell = ClockBell()
    old = NextClock("C2", "T-0417", 200, 100, 0, (RunsOut("C2", "RQ-0001", "T-0417", 100, 200),))
    assert bell.hear(old, 250) == ()
    assert bell.hear(old, 300) == ()


def test_the_bell_is_quiet_for_what_somebody_heard() -> None:
    from dataclasses import replace

    from maoc_tui.ui.clock_bell import ClockBell
    from maoc_tui.ui.moment import RunsOut

    one = RunsOut("C2", "RQ-0001", "T-0417", 100, 200)

    def now(runs: RunsOut) -> NextClock:
        return NextClock("C2", "T-0417", 200, 100, 0, (runs,))

    bell = ClockBell()
    assert bell.hear(now(one), 50) == ()
    assert bell.hear(now(replace(one, heard=frozenset({"half"}))), 150) == ()
    assert len(bell.hear(now(replace(one, heard=frozenset({"half"}))), 250)) == 1, "its end rings"
    quiet = ClockBell()
    assert quiet.hear(now(one), 50) == ()
    assert quiet.hear(now(replace(one, heard=frozenset({"half", "end"}))), 250) == ()
    planted = ClockBell()
    assert planted.hear(now(one), 50) == ()
    assert len(planted.hear(now(one), 250)) == 1, "without the acknowledgement it rings"
