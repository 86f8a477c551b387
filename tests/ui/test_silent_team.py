"""A boarding team that is silent comes before everything else, by name, and takes no confirmation away."""

from __future__ import annotations

import fakes
from driving import until

from maoc_tui.ui.clock_bell import ClockBell
from maoc_tui.ui.moment import NextClock, RunsOut
from maoc_tui.ui.next_clock import next_clock

MINUTE = 60_000
TITLE = "ops normal of ALFA (NORTE), every 15 min"
TEAM = RunsOut("", "OP-0031", "T-0417", 10 * MINUTE, 10 * MINUTE, team="ALFA", title=TITLE)
OLD = RunsOut("C1", "RQ-0007", "T-0417", MINUTE, 2 * MINUTE)


def test_a_silent_team_comes_before_a_clock_that_ran_out_earlier_as_soon_as_it_is_due() -> None:
    running = (OLD, TEAM)
    before, then = next_clock(running, 10 * MINUTE - 1), next_clock(running, 10 * MINUTE)
    assert before is not None
    assert then is not None
    assert (before.clock, then.clock, then.target, then.more) == ("C1", "ALFA", "OP-0031", 1)
    assert next_clock((), 0) is None


def test_the_bell_names_the_team_and_what_is_overdue() -> None:
    bell = ClockBell()
    clock = NextClock("ALFA", "OP-0031", TEAM.due_ms, TEAM.half_ms, 0, (TEAM,))
    assert bell.hear(clock, 0) == ()
    (said,) = bell.hear(clock, 10 * MINUTE)
    assert said.startswith("▲ ops normal of ALFA (NORTE)")
    assert "OVERDUE" in said
    assert bell.hear(clock, 11 * MINUTE) == ()


async def test_the_bell_takes_no_confirmation_away() -> None:
    app = fakes.app()
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.moment is not None)
        now = app.clock.now_ms()
        app._bells.clocks.hear(None, now)
        app.say("OP-0031/14 03:12Z boarding: in the log.")
        app.desk.now_clock = NextClock("ALFA", "OP-0031", now - MINUTE, now - MINUTE, 0, (
            RunsOut("", "OP-0031", "T-0417", now - MINUTE, now - MINUTE, team="ALFA", title=TITLE),
        ))  # fmt: skip
        app.look_now()
        await until(pilot, lambda: "OVERDUE" in app.screen.key_bar.said)
        assert app.screen.key_bar.said.startswith("OP-0031/14 03:12Z boarding: in the log.")
        app.say("refused", bad=True)
        assert app.screen.key_bar.confirmed == ""
