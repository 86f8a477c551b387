"""The watch at the desk: one holder whoever takes it at once, promises as clocks, the handover as a difference."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any
from unittest.mock import patch

import pytest
from alert_room import finding, raised
from asset_room import asset
from liaison_room import NOW, open_room, reopened, viewer
from target_room import YACHT

from maoc_tui.desk import (
    clocks,
    handover,
    handover_sheet,
    handover_walk,
    journal,
    operation_decisions,
    operation_log,
    operations,
    targets,
    watch,
    watch_log,
)
from maoc_tui.desk.room import Room
from maoc_tui.domain.handover import Item
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.operations import Act, Kind
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem, StoreProblem
from maoc_tui.store import driver, events, faults, sources, watch_terms
from maoc_tui.store import operations as operation_store
from maoc_tui.store import watch_log as line_store
from maoc_tui.store.database import Database

HOUR = 3_600_000
RUI = replace(viewer("MAOC", Role.COORDINATOR, name="Rui Ferreira"), officer="rui")
ANA = replace(viewer("ES", name="Ana Ortega"), officer="ana")
LUC = replace(viewer("FR", name="Luc Marchand"), officer="luc")
TO_ES = parse("H2 rel ES", "MAOC")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    made.admission.chosen = RUI
    yield made
    made.close()


def later(room: Room, hours: float) -> None:
    room.clock.set_to(room.clock.now_ms() + round(hours * HOUR))  # type: ignore[attr-defined]


def items(room: Room, who: Viewer, section: str = "") -> list[Item]:
    return [one for one in handover_sheet.sheet(room, who).items if section in ("", one.section)]


def hand_over(room: Room, to: Viewer, by: Viewer = RUI) -> None:
    handover.hand(room, by, "handover")
    for one in items(room, to):
        if one.red:
            handover_walk.say(room, to, one.key, "taken")
    handover.sign(room, to, "handover")


def sloop(room: Room, who: Viewer, name: str, marking: str) -> str:
    """A target with a name and a place."""
    new = targets.NewTarget(
        f"{name} sloop", position="36 00N 019 00W", at="140240Z", values={"name": name},
        marking=parse(marking, who.partner),
    )  # fmt: skip
    return targets.add(room, who, new).ref


# -- one holder -----------------------------------------------------------------------------------


def _take_and_give(path: str, name: str, go: Any, said: Any) -> None:
    """In a process of its own: take the watch as often as it can be had, and leave it or take it over."""
    room, me = reopened(Path(path)), replace(viewer("MAOC", Role.COORDINATOR, name=name), officer=name)
    room.admission.chosen = me
    go.wait()
    won = 0
    for turn in range(12):
        for act in (
            lambda: watch.take(room, me),
            lambda turn=turn: watch.take(room, me, gone="not there") if turn % 3 == 0 else None,
            lambda turn=turn: watch.leave(room, me, "done") if turn % 2 else None,
        ):
            with suppress(BadInput):
                won += act() is not None
    room.close()
    said.put((name, won))


def test_of_several_processes_that_take_it_at_once_exactly_one_holds_it(room: Room) -> None:
    context = multiprocessing.get_context("spawn")
    go, said = context.Event(), context.Queue()
    names = ("one", "two", "three")
    processes = [
        context.Process(target=_take_and_give, args=(str(room.db.path), name, go, said)) for name in names
    ]
    for process in processes:
        process.start()
    go.set()
    won = dict(said.get(timeout=120) for _ in names)
    for process in processes:
        process.join()
    with room.db.reading_whole() as conn:
        terms = watch_terms.load(conn)
    assert len(terms) == sum(won.values()) > 3, "every act that was told done is a term, and no other"
    before = None
    for term in terms:
        who = term.holder.name if term.holder is not None else before.holder.name  # type: ignore[union-attr]
        from maoc_tui.domain.watch import check

        check(before, term.how, who, who)  # each follows lawfully from the one before
        before = term


def test_a_second_term_after_the_same_one_is_refused_by_the_record_itself(room: Room) -> None:
    """The twin: a desk that forgot to look."""
    from maoc_tui.desk.release_record import by
    from maoc_tui.domain.watch import How

    who = by(RUI, NOW)
    with room.db.writing() as conn:
        watch_terms.begin(conn, None, How.TAKEN, who, "", who)
    with pytest.raises(StoreProblem), room.db.writing() as conn:
        watch_terms.begin(conn, None, How.TAKEN, who, "", who)


@pytest.mark.parametrize("table", ["watch_term", "watch_line", "handover", "handover_answer"])
def test_nothing_of_the_watch_is_changed_or_deleted(room: Room, table: str) -> None:
    watch.take(room, RUI)
    line = watch_log.log(room, RUI, "0500Z call Dakar", marking=TO_ES)
    handover.hand(room, RUI)
    handover_walk.say(room, ANA, line.ref, "taken")
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET entered_by = 'x'"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.exec_driver_sql(sql)


# -- the log and its promises -----------------------------------------------------------------------


def test_a_promise_is_a_clock_until_it_is_kept_corrected_or_withdrawn(room: Room) -> None:
    first = watch_log.log(room, RUI, "0500Z call Dakar")
    second = watch_log.promise(room, RUI, "call Rabat", "0600Z")
    assert [one.ref for one in clocks.running(room, RUI)] == [first.ref, second.ref]
    wrong = watch_log.correct(room, RUI, first.ref, "call Praia", "it was Praia")
    assert clocks.running(room, RUI)[0].title == wrong.text
    watch_log.withdraw(room, RUI, wrong.ref, "they rang")
    clocks.stop(room, RUI, second.ref, "rang them")
    assert clocks.running(room, RUI) == ()
    with pytest.raises(BadInput, match="does not run"):
        watch_log.kept(room, RUI, second.ref, "again")
    with pytest.raises(BadInput, match="corrected by"):
        watch_log.withdraw(room, RUI, first.ref, "again")
    assert len(watch_log.entries(room, RUI).lines) == 4, "all of it stays"


def test_a_correction_is_of_the_day_of_the_line_it_corrects(room: Room) -> None:
    day = 24 * HOUR
    wrong = watch_log.log(room, RUI, "0231 rang Rabat")
    later(room, 72)
    right = watch_log.correct(
        room, RUI, wrong.ref, "0232 rang Rabat, 0315Z and 0745Z no answer", "the minute"
    )
    assert (right.at_ms - wrong.at_ms, right.due_ms) == (60_000, None), "no day later, and nothing to come"
    later(room, 8 + 22 / 60)
    wrong = watch_log.log(room, RUI, "1130 rang Praia")
    later(room, 14 + 37 / 60)
    right = watch_log.correct(room, RUI, wrong.ref, "1135 rang Praia", "the minute")
    assert (right.at_ms - wrong.at_ms, right.due_ms) == (300_000, None)
    promise = watch_log.log(room, RUI, "0500Z call Dakar")
    right = watch_log.correct(room, RUI, promise.ref, "0600Z call Dakar", "the hour")
    assert right.due_ms - promise.due_ms == HOUR
    later(room, 24)
    right = watch_log.correct(room, RUI, right.ref, "0030 called Dakar", "it was done")
    assert right.at_ms % day == 30 * 60_000
    assert right.at_ms < promise.entered_ms


def test_a_correction_of_what_is_done_starts_no_clock(room: Room) -> None:
    done = watch_log.log(room, RUI, "0500Z cal Dakar")
    watch_log.kept(room, RUI, done.ref, "called")
    for text in ("0500Z call Dakar", "call Dakar 0600Z", "call Dakar"):
        done = watch_log.correct(room, RUI, done.ref, text, "a typo")
        assert (done.text, done.due_ms) == (f"{text} (corrected: a typo)", None)
    assert clocks.running(room, RUI) == ()


def test_the_bell_of_a_promise_is_acknowledged_like_any_other(room: Room) -> None:
    line = watch_log.log(room, RUI, "0500Z call Dakar", marking=TO_ES)
    later(room, 2)
    clocks.acknowledge(room, ANA, line.ref)
    assert "Ana Ortega" in clocks.running(room, RUI)[0].heard(room.clock.now_ms())


def test_a_line_sent_twice_stands_once(room: Room) -> None:
    first = watch_log.log(room, RUI, "0251 rang", client_id="abc-1")
    assert watch_log.log(room, RUI, "0251 rang", client_id="abc-1").ref == first.ref
    with pytest.raises(BadInput, match="somebody else"):
        watch_log.log(room, replace(RUI, name="x"), "0251 rang", client_id="abc-1")


def test_nobody_corrects_what_another_partner_said(room: Room) -> None:
    line = watch_log.log(room, RUI, "0251 rang", marking=TO_ES)
    with pytest.raises(NotPermitted):
        watch_log.correct(room, ANA, line.ref, "0252 rang", "wrong")
    with pytest.raises(BadInput, match="There is no line"):
        watch_log.correct(room, LUC, line.ref, "0252 rang", "wrong")


# -- the handover ----------------------------------------------------------------------------------


def test_the_sheet_is_the_difference_since_that_officer_held_the_watch(room: Room) -> None:
    watch.take(room, ANA)
    old = watch_log.log(room, RUI, "worry: old", marking=TO_ES)
    later(room, 1)
    hand_over(room, RUI, ANA)
    later(room, 12)
    new = watch_log.log(room, RUI, "worry: new", marking=TO_ES)
    handover.hand(room, RUI)
    assert [one.ref for one in items(room, ANA, "lines")] == [new.ref]
    assert {one.ref for one in items(room, replace(ANA, name="other", officer="x"), "lines")} == {
        old.ref,
        new.ref,
    }, "who never held it is told of the last day"


def test_it_tells_of_states_decisions_corrections_and_withdrawals(room: Room) -> None:
    watch.take(room, RUI)
    later(room, 1)
    mark = parse("H2 rel ES", "MAOC")
    about = sloop(room, RUI, "PALOMA", "H2 rel ES")
    op = operations.open_operation(room, RUI, "STRAY DOG", about, marking=mark).row.ref
    operations.set_state_field(room, RUI, op, "lead", "ES", "meeting")
    operations.step(room, RUI, op, "planned")
    operation_decisions.decide(room, RUI, op, who="Judge", authority="AN", right="66", state="ES")
    line = operation_log.log(room, RUI, op, "0251 sighted")
    operation_log.correct(room, RUI, line.ref, "0252 sighted", "the clock")
    fact = next(e.fact for e in targets.sheet(room, RUI, about).identity if e.fact.attribute == "name")
    targets.withdraw_fact(room, RUI, about, fact.id, "another boat")
    told = {(one.section, one.sign, one.ref): one.text for one in items(room, ANA)}
    assert "planned" in told["operations", "+", op]
    assert "ES approved" in told["decisions", "+", op]
    assert "corrected" in told["corrections", "~", op]
    assert "withdrawn" in told["corrections", "~", about]


def test_an_alert_that_waits_is_handed_over_and_one_that_dissolved_is_told_as_such(room: Room) -> None:
    watch.take(room, RUI)
    raised(room, finding("distress_beacon:1", because="A beacon sends.", level=2))
    gap = finding("ais_gap:1", because="Nothing heard.")
    raised(room, gap)
    raised(room, replace(gap, withdrawn=True))
    told = {one.sign: one for one in items(room, ANA, "alerts")}
    assert "A beacon sends." in told["+"].text
    assert told["+"].red
    assert told["−"].text == "withdrawn: Nothing heard."


def test_what_ended_on_this_watch_is_told_whenever_it_began_and_what_is_too_much_is_counted(
    room: Room,
) -> None:
    watch.take(room, RUI)
    about = sloop(room, RUI, "PALOMA", "H2 rel ES")
    gaps = [finding(f"ais_gap:{n}", because=f"Gap {n}.") for n in range(8)]
    raised(room, *gaps)
    started = [clocks.add(room, RUI, about, f"call {n}", "140700Z", marking=TO_ES).ref for n in range(8)]
    later(room, 30)
    raised(room, *(replace(gap, withdrawn=True) for gap in gaps))
    for ref in started:
        clocks.stop(room, RUI, ref, "called")
    for section, what in (("alerts", "withdrawn"), ("clocks", "stopped")):
        told = [one.text for one in items(room, ANA, section) if what in one.text]
        assert len(told) == 7
        assert told[-1].startswith(f"2 more: {what}")


def test_what_is_handed_over_stays_red_till_it_is_walked_and_questions_are_owned(room: Room) -> None:
    watch.take(room, RUI)
    line = watch_log.log(room, RUI, "0500Z call Dakar", marking=TO_ES)
    handover.hand(room, RUI)
    with pytest.raises(BadInput, match="red and was not walked"):
        handover.sign(room, ANA)
    handover_walk.say(room, ANA, line.ref, "question", "by whom?")
    with pytest.raises(BadInput, match="question is open"):
        handover_walk.say(room, ANA, line.ref, "taken")
    assert [one.question for one in items(room, RUI) if one.question] == ["by whom?"]
    assert [one for one in items(room, LUC) if one.said] == [], "a third officer is not told of it"
    handover_walk.own(room, ANA, line.ref, "Marchand", "0600Z")
    (owned,) = items(room, RUI, "questions")
    assert "Marchand owns it" in owned.text
    assert "W-" in [one.ref for one in clocks.running(room, ANA)][1]
    with pytest.raises(NotPermitted, match="yourself"):
        handover.sign(room, RUI)
    made = handover.sign(room, ANA)
    assert made.state.name == "Ana Ortega"
    assert made.checkpoint in made.text
    noted = journal.entries(room, replace(RUI, roles=frozenset({Role.AUDITOR})), limit=1)
    assert made.sha256 in noted[0].detail
    with pytest.raises(BadInput, match="No handover"):
        handover.sign(room, LUC)


def test_nobody_hands_over_during_a_boarding_without_the_word(room: Room) -> None:
    watch.take(room, RUI)
    op = operations.open_operation(room, RUI, "STRAY DOG", marking=TO_ES).row.ref
    with room.db.writing() as conn:
        (made,) = operation_store.load(conn)
        under_way = Act(Kind.STEP, NOW, NOW, RUI.name, "MAOC", what="under_way")
        operation_store.append(conn, made.id, under_way)
    assert [one.ref for one in items(room, RUI) if one.red] == [op]
    with pytest.raises(BadInput, match="No handover during a manoeuvre"):
        handover.hand(room, RUI)
    hand_over(room, ANA)
    assert watch.state(room, RUI).name == "Ana Ortega"


def test_an_offer_ends_with_the_term_it_was_of(room: Room) -> None:
    watch.take(room, RUI)
    handover.hand(room, RUI)
    room.admission.chosen = ANA
    watch.take(room, ANA, gone="no answer on any line")
    with pytest.raises(BadInput, match="No handover"):
        handover.sign(room, LUC)
    assert watch.state(room, RUI).offer is None


def test_the_passphrase_is_asked_for_signing_and_taking_over(room: Room) -> None:
    watch.take(room, RUI)
    room.admission.chosen = None
    for act in (lambda: handover.hand(room, RUI), lambda: watch.take(room, ANA, gone="gone")):
        with pytest.raises(Problem, match="passphrase"):
            act()


# -- the gate --------------------------------------------------------------------------------------

CANARY = "XYZZY"


def hidden(room: Room) -> str:
    """Everything a sheet is made of, in France's operation alone, with a word that stands nowhere else."""
    mark = parse("H2", "FR")
    about = sloop(room, LUC, CANARY, "H2")
    op = operations.open_operation(room, LUC, CANARY, about, marking=mark).row.ref
    operations.set_state_field(room, LUC, op, "lead", "FR", CANARY)
    operations.step(room, LUC, op, "planned")
    operation_decisions.decide(room, LUC, op, who=CANARY, authority=CANARY, right="66", state="FR")
    line = operation_log.log(room, LUC, op, f"0251 {CANARY} 0500Z")
    operation_log.correct(room, LUC, line.ref, f"0252 {CANARY} 0400Z", CANARY)
    clocks.add(room, LUC, about, CANARY, "0400Z", marking=mark)
    for text in (f"0330Z {CANARY}", f"worry: {CANARY}", f"0251 {CANARY}", f"weather: {CANARY}"):
        watch_log.log(room, LUC, text, marking=mark)
    return op


def test_what_is_hidden_is_neither_named_nor_counted_on_anothers_sheet(room: Room) -> None:
    watch.take(room, LUC)
    watch_log.log(room, LUC, "0500Z call Dakar", marking=parse("H2 rel ES,MAOC", "FR"))
    before = [replace(one, said=()) for one in items(room, ANA)]
    op = hidden(room)
    handover.hand(room, LUC)
    after = handover_sheet.sheet(room, ANA)
    assert [replace(one, said=()) for one in after.items] == before, "not a word and not a number is another"
    own = handover_sheet.printed(handover_sheet.sheet(room, LUC))[0]
    assert own.count(CANARY) > 6, "the twin: it is on the sheet of who may see it"
    assert op in own
    handover_walk.say(room, ANA, after.items[0].key, "taken")
    with pytest.raises(BadInput, match="no item of the sheet"):
        handover_walk.say(room, ANA, f"operation {op}", "taken")
    made = handover.sign(room, ANA)
    assert CANARY not in made.text
    assert op not in made.text
    for who in (ANA, RUI):
        log = watch_log.entries(room, who)
        assert CANARY not in str(log.lines)
        assert CANARY not in str(clocks.running(room, who))


def test_a_question_is_read_by_nobody_who_may_not_read_what_it_is_about(room: Room) -> None:
    watch.take(room, RUI)
    line = watch_log.log(room, RUI, "0500Z call Dakar", marking=TO_ES)
    handover.hand(room, RUI)
    handover_walk.say(room, ANA, line.ref, "question", CANARY)
    handover_walk.own(room, ANA, line.ref, "Ortega", "0600Z")
    assert CANARY in str(watch_log.entries(room, RUI).lines)
    assert CANARY not in str(watch_log.entries(room, LUC).lines)


def _owned(room: Room, walks: Viewer, ref: str, owns: Viewer = RUI) -> str:
    """A question of the walker on the item of a reference, owned; the line's reference."""
    (item,) = [one for one in items(room, walks) if one.ref == ref]
    handover_walk.say(room, walks, item.key, "question", f"{CANARY}?")
    before = {one.ref for one in watch_log.entries(room, owns).lines}
    handover_walk.own(room, owns, item.key, "Ortega", "0600Z")
    (made,) = {one.ref for one in watch_log.entries(room, owns).lines} - before
    return made


def entered(room: Room, key: int) -> None:
    """A contact goes into another zone now."""
    now = room.clock.now_ms()
    with room.db.writing_traffic() as conn:
        source = sources.register(conn, "radio", "feed", "nmea")
        events.add(conn, [events.Entry(key, now, 36.0, -19.0, 0, "high seas", 1, "Portugal", "1", source)])


def reads(room: Room, who: Viewer, line: str) -> tuple[bool, bool]:
    """Whether an officer finds a line in the log, and among the clocks."""
    return (
        line in {one.ref for one in watch_log.entries(room, who).lines},
        line in {one.ref for one in clocks.running(room, who)},
    )


@pytest.mark.parametrize("what", ["withdrawn", "clock", "stopped", "zone"])
def test_an_owned_question_is_hidden_with_what_its_item_belongs_to(room: Room, what: str) -> None:
    """A line of the log belongs to nothing: who is shown the row but not its target is shown no question either."""
    watch.take(room, RUI)
    about, wide = sloop(room, RUI, "PALOMA", "H2 rel ES"), parse("H2 rel ES,FR", "MAOC")
    ref = about
    if what == "withdrawn":
        targets.fact(room, RUI, about, "home_port", "Praia", "Lisbon", marking=wide)
        fact = next(e.fact for e in targets.sheet(room, RUI, about).identity if e.fact.value == "Praia")
        targets.withdraw_fact(room, RUI, about, fact.id, "another boat")
    elif what == "zone":
        targets.link(room, RUI, about, YACHT, "seen alongside", marking=wide)
        entered(room, YACHT)
    else:
        ref = clocks.add(room, RUI, about, "call", "0500Z", marking=wide).ref
        if what == "stopped":
            clocks.stop(room, RUI, ref, "called")
    handover.hand(room, RUI)
    line = _owned(room, ANA, ref)
    assert reads(room, ANA, line) == reads(room, RUI, line) == (True, True)
    assert reads(room, LUC, line) == (False, False)


@pytest.mark.parametrize("owns", [RUI, ANA], ids=["who hands over", "who walks"])
def test_a_question_owned_on_an_alert_is_read_by_both_officers_and_no_third(room: Room, owns: Viewer) -> None:
    watch.take(room, RUI)
    (ref,) = raised(room, finding("distress_beacon:1", because="A beacon sends.", level=2)).new
    handover.hand(room, RUI)
    line = _owned(room, ANA, ref, owns)
    assert reads(room, ANA, line) == reads(room, RUI, line) == (True, True)
    assert reads(room, LUC, line) == (False, False)


def test_a_question_on_an_alert_near_an_asset_is_as_hidden_as_the_asset(room: Room) -> None:
    watch.take(room, RUI)
    ship = asset(room, ANA, "H2 rel MAOC")
    (ref,) = raised(room, finding("close_approach:1", asset=ship, level=2)).new
    handover.hand(room, RUI)
    line = _owned(room, ANA, ref)
    assert reads(room, ANA, line) == (True, True)
    assert reads(room, LUC, line) == (False, False)


def test_a_sheet_is_marked_as_all_that_stands_on_it(room: Room) -> None:
    watch.take(room, RUI)
    watch_log.log(room, RUI, "worry: one", marking=parse("A1 H0,H1 TLP:GREEN rel ES,FR", "MAOC"))
    watch_log.log(room, RUI, "worry: two", marking=parse("B2 H2 TLP:AMBER rel ES", "MAOC"))
    (line,) = [one for one in handover.hand(room, RUI).text.split("\n") if one.startswith("marking")]
    assert line == "marking    B2 H0 H1 H2 TLP:AMBER from MAOC rel ES"


def test_a_question_stays_with_its_clock_when_another_of_the_same_thing_ends(room: Room) -> None:
    """Two tasks of one release have one reference."""
    about = sloop(room, RUI, "PALOMA", "H2 rel ES")
    started = [
        clocks.add(room, RUI, about, text, "0500Z", marking=TO_ES).ref for text in ("tell ES", "tell FR")
    ]
    watch.take(room, RUI)
    handover.hand(room, RUI)

    def released(*_: Any, **__: Any) -> Any:
        return tuple(replace(one, ref="R-0007") for one in whole(room, RUI))

    whole = clocks.running
    with patch.object(clocks, "running", released):
        first, second = items(room, ANA, "clocks")
        handover_walk.say(room, ANA, first.key, "question", "by whom?")
        clocks.stop(room, RUI, started["FR" in first.text], "told")
        told = [one for one in items(room, ANA) if one.section in ("clocks", "questions")]
        left, gone = (one for one in told if not one.key.endswith("stopped"))
    assert (left.key, left.question) == (second.key, "")
    assert gone.question == "by whom?"


def test_what_changed_after_it_was_read_is_not_taken_unread(room: Room) -> None:
    watch.take(room, RUI)
    line = watch_log.log(room, RUI, "0500Z call Dakar", marking=TO_ES)
    handover.hand(room, RUI)
    (read,) = [one for one in items(room, ANA) if one.ref == line.ref]
    watch_log.correct(room, RUI, line.ref, "0600Z call Dakar", "the hour")
    changed = items(room, ANA, "promises")[0]
    with pytest.raises(BadInput, match="changed since you read it"):
        handover_walk.say(room, ANA, changed.key, "taken", seen=read.digest)
    with pytest.raises(BadInput, match="no state of an item"):
        handover_walk.say(room, ANA, changed.key, "taken", seen="yes")
    handover_walk.say(room, ANA, changed.key, "question", "by whom?", seen=read.digest)
    handover_walk.answer(room, RUI, changed.key, "Lobo")
    assert not items(room, ANA, "promises")[0].dealt_with, "what was answered was asked of another state"
    handover_walk.say(room, ANA, changed.key, "taken", seen=changed.digest)
    assert items(room, ANA, "promises")[0].dealt_with


def test_an_act_that_stands_is_not_called_unsaved(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails once something was committed: the act answers with what it knew, or tells what was not read."""
    whole, committed = Database._transaction, [0]

    @contextmanager
    def failing(self: Database, engine: Any, **options: Any) -> Iterator[Any]:
        writes = options["maoc_begin"] == driver.WRITE
        if committed[0] and not writes:
            raise faults.explain(OperationalError("disk I/O error"), self.path, writing=False)
        with whole(self, engine, **options) as conn:
            yield conn
        committed[0] += writes

    def stands(act: Callable[[], Any]) -> Any:
        committed[0] = 0
        with monkeypatch.context() as patched:
            patched.setattr(Database, "_transaction", failing)
            return act()

    assert stands(lambda: watch.take(room, RUI)).mine
    line = watch_log.log(room, RUI, "0500Z call Dakar", marking=TO_ES)
    assert stands(lambda: handover.hand(room, RUI)).state.offer.ref
    assert stands(lambda: handover.take_back(room, RUI, "not yet")).offer is None
    handover.hand(room, RUI)
    with pytest.raises(StoreProblem, match="could not be read") as told:
        stands(lambda: handover_walk.say(room, ANA, line.ref, "taken"))
    assert "not saved" not in told.value.message
    assert stands(lambda: handover.sign(room, ANA)).state.mine, "what was said stood"


def test_a_long_log_is_not_read_to_change_one_line(room: Room) -> None:
    """Whatever a line, a list or a sheet is read for, old lines that it does not name stay where they are."""
    watch.take(room, RUI)
    old = [watch_log.log(room, RUI, f"0251 rang {n}") for n in range(3)]
    wrong = watch_log.correct(room, RUI, old[0].ref, "0252 rang", "the minute")
    later(room, 48)
    line = watch_log.log(room, RUI, "140000Z noted")
    promise = watch_log.log(room, RUI, "170500Z call Dakar")
    read: list[str] = []
    with counting(read):
        watch_log.kept(room, RUI, promise.ref, "called")
        watch_log.correct(room, RUI, line.ref, "140001Z noted", "the minute")
        recent = watch_log.entries(room, RUI, since_ms=NOW + HOUR).lines
        handover_sheet.sheet(room, replace(RUI, name="other", officer="x"))
    assert {one.ref for one in old} & set(read) == set()
    assert len(recent) == 3
    by_ref = {one.ref: one for one in watch_log.entries(room, RUI).lines}
    assert (by_ref[old[0].ref].corrected_by, by_ref[wrong.ref].corrects) == (wrong.ref, old[0].ref)
    assert {one.ref for one in watch_log.entries(room, RUI, "mine").lines} == set(by_ref)
    assert watch_log.entries(room, ANA, "mine").lines == ()


@contextmanager
def counting(read: list[str]) -> Iterator[None]:
    """Every line that is made of a row meanwhile."""
    made = line_store._line

    def noted(row: Any) -> Any:
        line = made(row)
        read.append(line.ref)
        return line

    with patch.object(line_store, "_line", noted):
        yield
