"""What the watch hands on in a brief: promises, open items of a signed handover, marked lines; through the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from brief_record import FERREIRA, MARTIN, ORTEGA, add, damage, drafted, later, made_room, texts

from maoc_tui.brief.forms import FORMS, written
from maoc_tui.desk import briefing, handover, handover_sheet, handover_walk, watch, watch_log
from maoc_tui.desk.brief_grid import grid
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH

HOUR = 3_600_000
RUI = replace(FERREIRA, officer="rui")
ANA = replace(ORTEGA, officer="ana")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = made_room(tmp_path)
    yield made
    made.close()


def mark(rel: str, origin: str = "MAOC") -> Any:
    return parse(f"B2 H2{f' rel {rel}' if rel else ''}", origin)


def lines(room: Room, code: str, section: str) -> dict[str, Any]:
    document = briefing.preview(room, FERREIRA, code)
    return {one.key.removeprefix(f"{section}/"): one for one in document.lines if one.key.startswith(section)}


def test_promises_and_marked_lines_stand_in_the_copies_of_whom_they_name(room: Room) -> None:
    promised = watch_log.log(room, FERREIRA, "call Dakar", due="0900Z", marking=mark("ES")).ref
    swell = watch_log.log(room, FERREIRA, "brief: swell 4 m off the Azores", marking=mark("ES")).ref
    own = watch_log.log(room, FERREIRA, "brief: HIDDENSWELL off Madeira").ref
    note = watch_log.log(room, FERREIRA, "rang Dakar twice", marking=mark("ES")).ref
    kept = watch_log.log(room, FERREIRA, "call Vigo", due="0930Z", marking=mark("ES")).ref
    watch_log.kept(room, FERREIRA, kept, "called")
    spain, france, centre = (lines(room, code, "ahead") for code in ("ES", "FR", "MAOC"))
    assert set(spain) == {promised, swell}
    assert set(centre) == {promised, swell, own}
    assert not set(france) & {promised, swell, own, note, kept}
    told = spain[promised]
    assert told.text.startswith("By 140900ZDEC22: promise ")
    assert "call Dakar" in told.text
    assert told.sources == (promised,)
    assert told.owners == ("MAOC",)
    assert "rel ES" in told.marking
    assert told.why.startswith("In: named by originator MAOC")
    assert spain[swell].text.startswith("From the watch, ")
    judged = {one.ref: one for one in briefing.explain(room, FERREIRA, "FR")}
    assert not judged[promised].seen
    assert judged[promised].reason.startswith("Out: H2, originator MAOC")
    cells = {one.ref: one.cells for one in grid(room, FERREIRA, ("ES", "FR")).lines}
    assert [cell.inside for cell in cells[promised]] == [True, False]


def test_no_form_of_a_copy_tells_a_line_of_the_watch_that_is_hidden(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its twin: the same search finds the words when the copy is read past the gate."""
    watch_log.log(room, FERREIRA, "call CANARYPROMISE", due="0900Z")
    watch_log.log(room, FERREIRA, "brief: CANARYFREE in the Strait")
    late = watch_log.log(room, MARTIN, "call CANARYLATE", due="0330Z", marking=mark("ES", "FR")).ref
    later(room, 2 * HOUR)
    hidden = ("CANARYPROMISE", "CANARYFREE", "CANARYLATE", late)
    copy = briefing.preview(room, FERREIRA, "PT")
    for form in FORMS:
        data = written(copy, form)
        assert not [word for word in hidden if word.encode() in data], form
    real = room.db.reading
    monkeypatch.setattr(room.db, "reading", lambda who: real(WATCH))
    monkeypatch.setattr("maoc_tui.desk.brief_judge.may_see", lambda *a, **k: _seen())
    assert all(word in texts(briefing.preview(room, FERREIRA, "PT")) for word in hidden)


def _seen() -> Any:
    from maoc_tui.domain.gate import Verdict

    return Verdict(True, "In: planted")


def test_a_promise_that_was_not_kept_is_a_decision_and_goes_when_it_is(room: Room, tmp_path: Path) -> None:
    promised = watch_log.log(room, FERREIRA, "call Dakar", due="0400Z", marking=mark("ES")).ref
    briefing_of(room, tmp_path)
    later(room, 2 * HOUR)
    due = lines(room, "ES", "decisions")
    assert due[promised].text.startswith("Due 140400ZDEC22, its time has passed: promise")
    assert promised not in lines(room, "ES", "ahead")
    watch_log.kept(room, FERREIRA, promised, "called")
    after = briefing.preview(room, FERREIRA, "ES")
    assert promised in after.gone
    assert promised not in {one.key.partition("/")[2] for one in after.lines}


def briefing_of(room: Room, folder: Path) -> None:
    from brief_record import ROSSI

    made = drafted(room, "ES")
    briefing.approve(room, ROSSI, made.name, made.digest)
    briefing.issue(room, FERREIRA, made.name, folder / "out")


def test_the_open_item_of_a_signed_handover_is_told_and_an_unsigned_one_is_missing(room: Room) -> None:
    ref = add(room, MARTIN, "grey sloop", "MAOC,ES")
    watch.take(room, RUI)
    watch_log.log(room, RUI, f"worry: {ref} is silent", marking=mark("ES"))
    offer = handover.hand(room, RUI).ref
    found = [one for one in briefing.check(room, FERREIRA) if one.ref == offer]
    assert [(one.kind, one.look) for one in found] == [("missing", "maoc watch show")]
    item = next(one for one in handover_sheet.sheet(room, ANA).items if one.section == "lines")
    handover_walk.say(room, ANA, item.key, "question", "which flag?")
    handover_walk.own(room, RUI, item.key, "Ferreira", "0900Z")
    later(room, 60_000)
    for one in handover_sheet.sheet(room, ANA).items:
        if one.red and not one.dealt_with:
            handover_walk.say(room, ANA, one.key, "taken")
    handover.sign(room, ANA)
    assert not [one for one in briefing.check(room, FERREIRA) if one.ref == offer]
    told = [one.text for one in lines(room, "ES", "ahead").values() if "which flag?" in one.text]
    assert len(told) == 1
    assert "open question W-" in told[0]
    assert f"of handover {offer}, signed 14" in told[0]
    assert not [one for one in lines(room, "FR", "ahead").values() if "which flag?" in one.text]


def test_a_line_of_the_watch_that_cannot_be_read_is_listed_and_the_others_are_told(room: Room) -> None:
    good = watch_log.log(room, FERREIRA, "call Dakar", due="0900Z", marking=mark("ES")).ref
    bad = watch_log.log(room, FERREIRA, "call Vigo", due="0930Z", marking=mark("ES")).ref
    damage(room, f"UPDATE watch_line SET due_ms = 'soon' WHERE number = {int(bad[2:])}")
    copy = briefing.preview(room, FERREIRA, "ES")
    assert any(good in one.text for one in copy.lines)
    assert any(bad in one for one in copy.broken)
