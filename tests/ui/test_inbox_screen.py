"""The alert inbox as an officer drives it: by keys alone, on a real record, at 80x24; and at two terminals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakes
import pytest
from alert_room import finding, raised
from driving import NARROW, WIDE, until
from liaison_room import COORDINATOR, open_room, viewer
from target_room import TANKER
from test_snapshots import SIZES, _settled
from textual.widgets import Input

from maoc_tui.desk import alerts, operations
from maoc_tui.ui.alert_watch import AlertWatch
from maoc_tui.ui.clock_bell import AlertBell
from maoc_tui.ui.form import Form
from maoc_tui.ui.lines import Lines

ES = viewer("ES")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    made = open_room(tmp_path)
    hostile = "Two ships [/x]\x1b]52;c;QQ\x07 met."
    raised(
        made,
        finding(),
        finding("encounter:1:1", keys=(TANKER,), because=hostile, lat=36.0, lon=-6.0),
        finding("distress_beacon:1:1", keys=(TANKER,), level=2, lat=36.0, lon=-6.0),
    )
    yield made
    made.close()


def program(room: Any, who: Any = COORDINATOR) -> Any:
    desk = fakes.FakeDesk(80, clock=room.clock)
    desk._opener = lambda said: room
    desk.admit = lambda: None
    desk.viewer = who
    desk._alerts = AlertWatch()
    return fakes.app(desk)


async def inbox(pilot: Any, held: int = 3) -> Any:
    await until(pilot, lambda: pilot.app.moment is not None)
    await pilot.press("I")
    await until(pilot, lambda: type(pilot.app.screen).__name__ == "AlertsScreen")
    await until(pilot, lambda: len(pilot.app.screen.known) == held)
    return pilot.app.screen


async def fill(pilot: Any, **values: str) -> None:
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, Form))
    for name, value in values.items():
        app.screen.query_one(f"#field-{name}", Input).value = value
    await pilot.press("ctrl+s")
    await until(pilot, lambda: not isinstance(app.screen, Form))


def told(app: Any) -> str:
    return app.screen_stack[0].key_bar.said


async def test_a_silence_is_worked_from_the_bar_to_the_closed_board(room):
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await inbox(pilot)
        await until(pilot, lambda: "▲3 new ●1" in screen.top_bar.text)
        assert screen.known[0].rule == "distress_beacon", "the gravest first"
        assert "▲" in screen.list.render_line(1).text
        screen.list.select("AL-0001")
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "LongSheet")
        read = "\n".join(
            line.text for line in (app.screen.query_one(Lines).render_line(n) for n in range(18))
        )
        assert read.index("Innocent") < read.index("What speaks")
        await pilot.press("escape", "v")
        await until(pilot, lambda: len(screen.known) == 2)
        await until(pilot, lambda: "▲2 new ●1" in screen.top_bar.text)
        await pilot.press("b")
        await until(pilot, lambda: len(screen.known) == 3)
        assert "watching 1" in [screen.list.rows.cells(at)[2][0] for at in range(5)]
        screen.list.select("AL-0001")
        await pilot.press("s")
        await fill(pilot, to="searching", reason="P-3 asked")
        await pilot.press("s")
        await fill(pilot, to="found", reason="it was in port")
        await pilot.press("n")
        await fill(pilot, description="grey sloop")
        await until(pilot, lambda: "the alert is its source" in told(app))
        await until(pilot, lambda: any(row.became for row in screen.known))
        await pilot.press("s")
        await fill(pilot, to="closed")
        await until(pilot, lambda: screen.known[-1].stage == "closed")
        assert alerts.one(room, COORDINATOR, "AL-0001").row.useful is True
        await pilot.press("P")
        await until(pilot, lambda: type(app.screen).__name__ == "LongSheet")
        assert "1 useful of 1 decided" in str(app.screen.lines)


async def test_what_is_silenced_escalated_or_put_in_a_log_says_so(room):
    app = program(room)
    async with app.run_test(size=WIDE) as pilot:
        screen = await inbox(pilot)
        screen.list.select("AL-0002")
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "reason is missing" in str(app.screen.query_one("#form-note")._content))
        await fill(pilot, length="1d", reason="a fishing fair", wide="yes")
        await until(pilot, lambda: len(screen.known) == 2)
        await pilot.press("Q")
        await until(pilot, lambda: type(app.screen).__name__ == "LongSheet")
        assert "a fishing fair" in str(app.screen.lines)
        await pilot.press("escape", "F")
        await until(pilot, lambda: len(screen.known) == 3)
        screen.list.select("AL-0001")
        await pilot.press("exclamation_mark")
        await fill(pilot, reason="a tender left the beach")
        await until(pilot, lambda: screen.row().critical)
        await until(pilot, lambda: "▲2 new ●2" in screen.top_bar.text)
        op = operations.open_operation(room, COORDINATOR, "GREY", _target(room)).row.ref
        await pilot.press("O")
        await fill(pilot, to=op)
        await until(pilot, lambda: "is in the log" in told(app))
        await pilot.press("m")
        await until(pilot, lambda: app.current_mode == "chart")


def _target(room: Any) -> str:
    return alerts.become_target(room, COORDINATOR, "AL-0003").ref


async def test_heard_at_one_terminal_it_is_heard_at_the_other(room):
    app = program(room)
    async with app.run_test(size=NARROW) as pilot:
        screen = await inbox(pilot)
        assert screen.row().ref == "AL-0003"
        alerts.acknowledge(room, ES, "AL-0003")
        app.look_now()
        await until(pilot, lambda: len(screen.known) == 2)
        await pilot.press("x")
        assert screen.row() is None, "the key falls on nobody else's alert"
        assert len(alerts.listing(room, ES)) == 2
        assert "●1" not in screen.top_bar.text
        screen.list.select("AL-0002")
        await pilot.press("x")
        await until(pilot, lambda: len(screen.known) == 1)
        assert "acknowledged for every terminal" in told(app)
        raised(room, finding("distress_beacon:1:2", level=2))
        app.look_now()
        await until(pilot, lambda: "▲2 new ●1" in screen.top_bar.text)
        await until(pilot, lambda: "AL-0004" in told(app))


def test_the_bell_rings_once_and_never_for_what_is_quiet_or_of_nobody() -> None:
    bell, now = AlertBell(), 1_000

    def waits(**given: Any) -> Any:
        return alerts.Pending(
            **{"ref": "AL-1", "revision": 1, "critical": True, "rings": True, "text": "x", **given}
        )

    assert bell.hear([waits()], now) == (), "what stood there before"
    assert bell.hear([waits(), waits(ref="AL-2", critical=False)], now) == ("! x",)
    assert bell.hear([waits(), waits(ref="AL-2", critical=False)], now) == ()
    assert bell.hear([waits(ref="AL-3", rings=False)], now) == ()
    quiet = waits(ref="AL-4", silences=((0, 2_000),))
    assert bell.hear([quiet], now) == ()
    assert bell.hear([quiet], 2_000) == ("▲ x",)
    assert bell.hear([waits(revision=2)], now) == ("▲ x",)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", ["inbox", "board", "alert"])
def test_looks_as_before(snap_compare, room, scene, size):
    app = program(room)
    alerts.stage(room, ES, "AL-0002", "watching")
    alerts.silence(room, ES, "AL-0003", "8h", "an exercise")
    raised(room, finding("jump:1:1", keys=(TANKER,)), finding("jump:1:2", level=0))

    async def before(pilot):
        screen = await inbox(pilot)
        if scene == "board":
            await pilot.press("b")
            await until(pilot, lambda: len(screen.known) == 5)
        elif scene == "alert":
            screen.list.select("AL-0001")
            await pilot.press("enter")
            await until(pilot, lambda: type(app.screen).__name__ == "LongSheet")
        await _settled(pilot)
        app.screen_stack[0].query_one("KeyBar").say("")
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=before)
