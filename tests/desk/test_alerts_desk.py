"""Working alerts: heard once for all, silenced, staged, escalated, made records of, and what they were worth."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alert_room import finding, raised
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW, TANKER, YACHT

from maoc_tui.desk import alerts, figures, journal, operations, targets, undo
from maoc_tui.desk.room import Room
from maoc_tui.domain import inbox_rules
from maoc_tui.domain.alert_stages import precision
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.problems import BadInput, NotPermitted

ES, PT = viewer("ES"), viewer("PT")
RELEASER = viewer("ES", Role.RELEASER)


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = open_room(tmp_path_factory.mktemp("alerts"))
    raised(made, finding())
    yield made
    made.close()


def only(room: Room) -> alerts.AlertRow:
    (row,) = alerts.listing(room, ES, every=True)
    return row


def later(room: Room, ms: int) -> None:
    room.clock.set_to(room.clock.now_ms() + ms)  # type: ignore[attr-defined]


def test_a_line_says_what_where_since_when_and_the_innocent_explanation_comes_first(room: Room) -> None:
    (row,) = alerts.listing(room, ES)
    assert (row.ref, row.name, row.zone, row.stage, row.pending) == (
        "AL-0001",
        "LA PALOMA",
        "HS",
        "new",
        True,
    )
    whole = alerts.one(room, ES, "al1")
    assert whole.innocent[0].startswith("Reception")
    assert whole.against
    assert [(m.name, m.limit) for m in whole.evidence] == [
        ("silent for", "over 1 h"),
        ("longest interval", ""),
    ]
    assert whole.marking is None, "open traffic"


def test_heard_once_it_is_heard_everywhere_until_something_material_changes(room: Room) -> None:
    assert alerts.acknowledge(room, ES, "AL-0001").heard == "ES officer, ES, 140307ZDEC22"
    assert alerts.listing(room, PT) == alerts.pending(room, PT) == ()
    with pytest.raises(BadInput, match="ES officer, ES, 140307ZDEC22 heard it"):
        alerts.acknowledge(room, PT, "AL-0001")
    raised(room, finding(last_ms=NOW))
    assert not alerts.listing(room, PT), "more of the same"
    raised(room, finding(over=True))
    assert not alerts.listing(room, PT), "over"
    raised(room, finding())
    assert alerts.listing(room, PT), "it came back"
    alerts.acknowledge(room, PT, "AL-0001")
    raised(room, finding(level=2))
    assert alerts.listing(room, PT), "it got worse"
    alerts.acknowledge(room, PT, "AL-0001")
    raised(room, finding(level=0))
    raised(room, finding(level=2))
    assert not alerts.listing(room, PT), "up and down rings once"


def test_an_alert_that_late_data_dissolved_waits_for_nobody_and_stays(room: Room) -> None:
    raised(room, finding(withdrawn=True))
    assert alerts.listing(room, ES) == ()
    assert only(room).withdrawn
    assert "withdrawn: late data" in alerts.one(room, ES, "AL-0001").steps[-1].text


def test_a_silence_has_a_reason_an_end_and_is_listed(room: Room) -> None:
    with pytest.raises(BadInput, match="reason is missing"):
        alerts.silence(room, ES, "AL-0001", "8h", " ")
    with pytest.raises(BadInput, match="no length"):
        alerts.silence(room, ES, "AL-0001", "2y", "x")
    row = alerts.silence(room, ES, "AL-0001", "8h", "a regatta")
    assert row.quiet is not None
    assert row.quiet.until_ms == NOW + 8 * HOUR
    (line,) = alerts.silences(room, ES)
    assert (line.ref, line.reason, line.title) == ("AL-0001", "a regatta", "this cause")
    raised(room, finding(over=True), finding("ais_gap:263601890:2"))
    raised(room, finding())
    assert [one.ref for one in alerts.listing(room, ES)] == ["AL-0002"], "another cause is not silenced"
    later(room, 8 * HOUR)
    assert alerts.silences(room, ES) == ()
    assert {one.ref for one in alerts.listing(room, ES)} == {"AL-0001", "AL-0002"}


def test_a_wide_silence_covers_the_rule_on_the_contact_and_nothing_graver(room: Room) -> None:
    alerts.silence(room, ES, "AL-0001", "1y", "a tug that works here", wide=True)
    raised(room, finding("ais_gap:263601890:2"), finding("ais_gap:1:1", keys=(TANKER,)))
    raised(room, finding("jump:263601890:1", keys=(YACHT, TANKER)))
    assert {one.ref for one in alerts.listing(room, ES)} == {"AL-0003", "AL-0004"}
    assert [one.loud(NOW) for one in alerts.pending(room, ES) if one.ref == "AL-0002"] == [False]
    raised(room, finding("ais_gap:263601890:2", level=2))
    assert "AL-0002" in {one.ref for one in alerts.listing(room, ES)}
    assert alerts.end_silence(room, PT, "AL-0001").quiet is None
    assert alerts.silences(room, ES) == ()
    with pytest.raises(BadInput, match="not silenced"):
        alerts.end_silence(room, PT, "AL-0001")


def test_the_board_goes_from_new_to_closed_and_closing_asks_what_it_was_worth(room: Room) -> None:
    assert alerts.stage(room, ES, "AL-0001", "watching").stage == "watching"
    assert alerts.listing(room, ES) == (), "whoever works it has heard it"
    with pytest.raises(BadInput, match="already"):
        alerts.stage(room, PT, "AL-0001", "watch")
    with pytest.raises(BadInput, match="not a stage"):
        alerts.stage(room, PT, "AL-0001", "new")
    with pytest.raises(BadInput, match="worth the time"):
        alerts.stage(room, PT, "AL-0001", "closed")
    assert only(room).stage == "watching", "nothing was half done"
    alerts.stage(room, PT, "AL-0001", "searching", reason="P-3 asked", marking=parse("B2 H1 rel ES", "PT"))
    done = alerts.stage(room, ES, "AL-0001", "closed")
    assert (done.stage, done.useful) == ("closed", True)
    steps = [step.text for step in alerts.one(room, ES, "AL-0001").steps]
    assert steps == ["raised (look)", "stage watching", "stage searching", "stage closed"]
    raised(room, finding(over=True))
    raised(room, finding())
    assert only(room).stage == "new", "closed says nothing of what comes back"
    raised(room, finding("ais_gap:1:2", keys=(TANKER,)))
    alerts.stage(room, ES, "AL-0001", "watching")
    assert [one.ref for one in alerts.board(room, ES)] == ["AL-0002", "AL-0001"]


def test_what_is_watched_stays_watched_when_it_gets_worse(room: Room) -> None:
    alerts.stage(room, ES, "AL-0001", "watching")
    raised(room, finding(level=2))
    assert (only(room).stage, only(room).pending) == ("watching", True)
    alerts.stage(room, ES, "AL-0001", "explained")
    raised(room, finding(over=True))
    raised(room, finding(level=2))
    assert only(room).stage == "new"


def test_what_is_escalated_is_critical_until_somebody_hears_that(room: Room) -> None:
    alerts.acknowledge(room, ES, "AL-0001")
    with pytest.raises(BadInput):
        alerts.escalate(room, ES, "AL-0001", "")
    row = alerts.escalate(room, ES, "AL-0001", "a tender left the beach")
    assert (row.critical, row.pending, row.useful) == (True, True, True)
    (waits,) = alerts.pending(room, PT)
    assert (waits.critical, waits.rings) == (True, True)
    assert alerts.acknowledge(room, PT, "AL-0001").heard.startswith("PT officer")
    assert alerts.pending(room, ES) == ()


def test_an_alert_becomes_a_target_a_sighting_or_a_line_of_a_log(room: Room) -> None:
    made = alerts.become_target(room, ES, "AL-0001").ref
    with pytest.raises(NotPermitted, match="An alert was answered"):
        undo.undo(room, ES)
    assert undo.steps(room, ES) == ()
    (link,) = targets.sheet(room, ES, made).links
    assert "AL-0001" in link.link.reason
    raised(room, finding("ais_gap:263601890:2"), finding("ais_gap:263601890:3"))
    alerts.become_sighting(room, ES, "AL-0002", made)
    (seen,) = targets.sheet(room, ES, made).sightings
    assert "AL-0002" in seen.source
    op = operations.open_operation(room, ES, "GREY", made).row.ref
    line = alerts.become_line(room, ES, "AL-0003", op)
    assert line.text.startswith("AL-0003 AIS gap, LA PALOMA")
    rows = {one.ref: one for one in alerts.listing(room, ES, every=True)}
    assert {ref: (row.became, row.pending, row.useful) for ref, row in rows.items()} == {
        "AL-0001": ((made,), False, True),
        "AL-0002": ((made,), False, True),
        "AL-0003": ((line.ref,), False, True),
    }


def test_who_only_releases_works_no_alert_and_every_act_is_in_the_journal(room: Room) -> None:
    with pytest.raises(NotPermitted):
        alerts.acknowledge(room, RELEASER, "AL-0001")
    alerts.silence(room, ES, "AL-0001", "1h", "SECRETWORD")
    entries = journal.entries(room, ES, ref="AL-0001")
    assert {(one.action, one.kind) for one in entries} == {("alter", "alert"), ("collect", "alert_word")}
    assert "SECRETWORD" not in str(entries)


def test_precision_is_useful_of_decided_and_a_bad_rule_is_proposed_for_retirement(room: Room) -> None:
    raised(room, *(finding(f"jump:1:{n}") for n in range(12)))
    for row in alerts.listing(room, COORDINATOR):
        if row.rule == "jump" and row.ref != "AL-0002":
            alerts.stage(room, COORDINATOR, row.ref, "explained")
    alerts.judge(room, COORDINATOR, "AL-0001", useful=True)
    found = {one.rule: one for one in alerts.precision(room, COORDINATOR).rules}
    assert (found["jump"].raised, found["jump"].decided, found["jump"].useful) == (12, 11, 0)
    assert found["jump"].retire
    assert (found["ais_gap"].rate, found["ais_gap"].retire) == (1.0, False)
    assert alerts.precision(room, COORDINATOR, "2021-01-01", "2022-02-01").rules == ()


def test_a_rule_is_retired_only_below_the_limit_and_after_enough_decisions() -> None:
    def judged(useful: int, of: int) -> bool:
        verdicts = [("r", at < useful) for at in range(of)]
        return precision(verdicts, below=0.10, least=10)[0].retire

    assert judged(0, 10)
    assert not judged(0, 9)
    assert not judged(1, 10), "one in ten is 10 %"
    assert judged(1, 11)


def test_the_budget_counts_what_was_raised_in_the_hours_of_a_watch(room: Room) -> None:
    raised(room, finding("jump:1:1"))
    alerts.silence(room, ES, "AL-0002", "1d", "noise")
    found = alerts.precision(room, ES).budget
    assert (found.raised, found.silenced, found.over) == (2, 1, False)
    later(room, inbox_rules.shipped().watch_ms + 1)
    assert alerts.precision(room, ES).budget.raised == 0


def test_a_target_worked_on_rings_and_a_contact_of_nobody_does_not(room: Room) -> None:
    assert [one.rings for one in alerts.pending(room, ES)] == [False]
    alerts.become_target(room, ES, "AL-0001")
    raised(room, finding("jump:1:1"))
    assert [one.rings for one in alerts.pending(room, ES)] == [True]


def test_limits_that_make_no_sense_are_named() -> None:
    good = {
        "source": "x", "as_of": "y", "watch_h": 12, "budget": 3, "retire_below": 0.1, "retire_least": 3,
        "silence": [{"code": "1h", "title": "1 hour", "hours": 1}],
    }  # fmt: skip
    assert inbox_rules.parse(good).length(" 1H ").ms == HOUR
    twice = [*good["silence"], *good["silence"]]  # type: ignore[misc]
    for wrong, field in (
        ({"budget": 0}, "budget"),
        ({"retire_below": 2.0}, "retire_below"),
        ({"silence": twice}, "hours"),
        ({"watch_h": True}, "watch_h"),
    ):
        with pytest.raises(ValueError, match=field):
            inbox_rules.parse({**good, **wrong})


def test_the_figures_tell_what_became_of_gaps_and_what_rules_were_worth(room: Room) -> None:
    raised(room, *(finding(f"ais_gap:1:{n}") for n in range(5)), finding("jump:1:1"))
    alerts.stage(room, ES, "AL-0001", "explained")
    alerts.stage(room, ES, "AL-0002", "searching")
    alerts.stage(room, ES, "AL-0002", "found")
    alerts.stage(room, ES, "AL-0003", "closed", useful=False)
    raised(room, finding("ais_gap:1:2", over=True), finding("ais_gap:1:3", withdrawn=True))
    gaps = figures.figure(room, ES, "gaps")
    assert {row.key: row.values[0] for row in gaps.whole.rows} == {
        "1-explained": 1, "2-found": 1, "3-back": 1, "4-lost": 1, "5-open": 1,
    }  # fmt: skip
    assert gaps.whole.total.values[1] == 6.0, "hours of the one that is over"
    assert gaps.titles["2-found"] == "found again"
    assert {doubt.kind for doubt in gaps.doubts} == {"left-out", "open"}
    made = alerts.become_target(room, ES, "AL-0007").ref
    told = figures.figure(room, ES, "precision")
    values = {row.key: row.values for row in told.whole.rows}
    assert values["jump"] == (1, 1, 1, 1)
    assert values["ais_gap"][:3] == (3, 1, 5)
    assert told.marking is not None, f"{made} is marked"
    raised(room, finding("ais_gap:9:9", over=True, last_ms=NOW - 7 * HOUR))
    after = figures.figure(room, ES, "gaps")
    assert after.whole.total.values[1] == 6.0, "no hours are made up"
    assert "no-hours" in {doubt.kind for doubt in after.doubts}
    assert figures.figure(room, PT, "precision").marking is None
    assert figures.figure(room, PT, "precision").whole.row("jump").values[:2] == (0, 0)  # type: ignore[union-attr]


def test_of_two_vessels_that_met_none_is_taken_for_the_other(room: Room) -> None:
    first, other = sorted((TANKER, YACHT))
    made = targets.add(room, ES, targets.NewTarget(description="grey tanker", area="Azores")).ref
    targets.link(room, ES, made, other, "radar")
    raised(room, finding("encounter:1:2:3", keys=(first, other)))
    (row,) = [one for one in alerts.listing(room, ES) if one.rule == "encounter"]
    assert row.subject == " + ".join(one.text for one in row.contacts)
    assert [one.target for one in row.contacts] == ["", made]
    assert [one.text for one in alerts.pending(room, ES)][1].count("ais:") == 2
    alerts.become_sighting(room, ES, row.ref, made)
    (seen,) = targets.sheet(room, ES, made).sightings
    assert seen.source.endswith(row.contacts[1].number)
    with pytest.raises(BadInput, match="Which contact"):
        alerts.become_target(room, ES, row.ref)
    with pytest.raises(BadInput, match="Which contact"):
        alerts.become_sighting(room, ES, row.ref, "T-9999")
    mine = alerts.become_target(room, ES, row.ref, contact=row.contacts[0].number.partition(":")[2]).ref
    assert targets.sheet(room, ES, mine).links[0].link.key == first
