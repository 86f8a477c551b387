"""The request ledger at the desk: what is asked, the clock it starts, and what a grant allows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui.desk import clocks, journal, request_form, requests, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.legal_clocks import Stage
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.requests import Scope, State
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted

MAOC_ALL = parse("H2 rel ES,FR", "MAOC")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def shared(room: Room) -> str:
    """A target of the Centre that Spain and France may see."""
    entry = targets.NewTarget("grey trawler", area="Gulf of Guinea", marking=MAOC_ALL)
    return targets.add(room, COORDINATOR, entry).ref


def asked(room: Room, ref: str, **more) -> str:
    given = {"acting": "ES", "measures": "board,search", "rule": "R26", "marking": MAOC_ALL, **more}
    return requests.open_request(room, COORDINATOR, ref, "boarding-consent", "GY", **given).asked.ref


def test_a_request_starts_its_clock_when_it_is_sent_and_shows_on_the_board(room: Room) -> None:
    ref = asked(room, shared(room))
    assert requests.request(room, COORDINATOR, ref).standing.state is State.DRAFT
    assert clocks.running(room, COORDINATOR) == ()
    requests.record(room, COORDINATOR, ref, "sent", channel="embassy", oral=True)
    (clock,) = clocks.running(room, COORDINATOR)
    assert (clock.clock, clock.ref, clock.stage) == ("C1", ref, Stage.RUNNING)
    assert (clock.due_ms, clock.half_ms, clock.next_ms) == (None, NOW + 4 * HOUR, NOW + 4 * HOUR)


def flagged(room: Room, state: str, position: str = "36 00N 020 00W") -> str:
    """A target of that flag, beyond or inside the territorial sea of Portugal (east of 15 W)."""
    entry = targets.NewTarget("grey trawler", position=position, marking=MAOC_ALL)
    ref = targets.add(room, COORDINATOR, entry).ref
    targets.fact(room, COORDINATOR, ref, "flag", state, "papers", marking=MAOC_ALL)
    return ref


def test_a_consent_counts_for_whom_and_where_it_was_given_and_for_nothing_else(room: Room) -> None:
    def granted(target: str, by: str, to: str, kind: str = "boarding-consent") -> None:
        made = requests.open_request(room, COORDINATOR, target, kind, by, acting=to, marking=MAOC_ALL)
        requests.record(room, COORDINATOR, made.asked.ref, "sent", at="140100Z", channel="note")
        requests.record(
            room, COORDINATOR, made.asked.ref, "granted", at="140200Z", who="Duty desk", channel="note", scope="board"
        )  # fmt: skip

    def missing(target: str, acting: str) -> str:
        return "; ".join(requests.against(room, COORDINATOR, target, "board", acting)[0])

    venezuelan = flagged(room, "VE")
    granted(venezuelan, "BR", "ES")
    granted(venezuelan, "VE", "FR")
    assert "no consent of VE, its flag State, to ES is in force" in missing(venezuelan, "ES")
    assert missing(venezuelan, "FR") == ""
    caymanian = flagged(room, "KY")
    granted(caymanian, "GB", "ES")
    assert missing(caymanian, "ES") == ""
    inshore = flagged(room, "VE", "38 00N 009 30W")
    granted(inshore, "VE", "ES")
    assert "PT, in whose waters it is" in missing(inshore, "ES")
    granted(inshore, "PT", "ES", "coastal-notice")
    assert missing(inshore, "ES") == ""
    with pytest.raises(BadInput, match="allows no measure"):
        granted(venezuelan, "VE", "ES", "information")
    with pytest.raises(BadInput, match="Who would act"):
        missing(venezuelan, "")


def test_a_request_for_consent_stays_on_the_board_when_only_the_flag_was_confirmed(room: Room) -> None:
    ref = asked(room, flagged(room, "GY"), clock="C2")
    requests.record(room, COORDINATOR, ref, "sent", at="140100Z", channel="embassy")
    made = requests.record(room, COORDINATOR, ref, "confirmed", who="Cdr Rao", channel="embassy")
    assert made.standing.state is State.CHASE
    assert [one.ref for one in clocks.running(room, COORDINATOR)] == [ref]
    assert [one.asked.ref for one in requests.requests(room, COORDINATOR)] == [ref]


def test_a_grant_allows_its_scope_with_its_conditions_until_it_ends(room: Room) -> None:
    target = flagged(room, "GY")
    ref = asked(room, target)
    requests.record(room, COORDINATOR, ref, "sent", at="140100Z", channel="embassy")
    assert requests.against(room, COORDINATOR, target, "board", "ES")[0]
    granted = requests.record(
        room, COORDINATOR, ref, "partly", at="140250Z", who="Cdr Rao, MARAD", channel="telephone", oral=True,
        scope="board search", conditions=["report within 12 h"], until="150250Z",
    )  # fmt: skip
    assert granted.standing.scope == {Scope.BOARD, Scope.SEARCH}
    assert requests.against(room, COORDINATOR, target, "search", "ES") == ((), ("report within 12 h",))
    missing, _ = requests.against(room, COORDINATOR, target, "seize", "ES")
    assert missing == ("consent covers board, search only: seize is not covered",)
    (ends,) = clocks.running(room, COORDINATOR)
    assert (ends.clock, ends.ref, ends.due_ms) == ("END", ref, granted.standing.until_ms)
    (kept,) = requests.requests(room, COORDINATOR)
    assert kept.asked.ref == ref
    room.clock.set_to(ends.due_ms)  # type: ignore[attr-defined]
    assert requests.against(room, COORDINATOR, target, "search", "ES")[0]
    (lapsed,) = clocks.running(room, COORDINATOR)
    assert lapsed.stage is Stage.EXPIRED
    (kept,) = requests.requests(room, COORDINATOR)
    assert kept.standing.state is State.LAPSED
    requests.record(room, COORDINATOR, ref, "withdrawn")
    assert clocks.running(room, COORDINATOR) == ()
    assert requests.requests(room, COORDINATOR) == ()
    assert len(requests.requests(room, COORDINATOR, past=True)) == 1


@pytest.mark.parametrize(
    ("given_at", "until", "hours"),
    [("140250Z", "1800Z", 18), ("132350Z", "0200Z", 2), ("140100Z", "+12h", 13), ("140100Z", "150100Z", 25)],
)
def test_the_end_of_a_grant_is_read_from_the_time_it_was_given(room: Room, given_at, until, hours) -> None:
    ref = asked(room, shared(room))
    requests.record(room, COORDINATOR, ref, "sent", at="132300Z", channel="embassy")
    made = requests.record(
        room, COORDINATOR, ref, "granted", at=given_at, who="x", channel="y", scope="board", until=until
    )  # fmt: skip
    midnight = NOW - NOW % (24 * HOUR)
    assert made.standing.until_ms == midnight + hours * HOUR


def test_the_end_conditions_and_manner_of_a_grant_are_told_everywhere(room: Room) -> None:
    from maoc_tui.cli.request import _json, _told
    from maoc_tui.ui import request_rows as rows

    ref = asked(room, shared(room))
    requests.record(room, COORDINATOR, ref, "sent", at="140100Z", channel="embassy")
    made = requests.record(
        room, COORDINATOR, ref, "granted", at="140250Z", who="Cdr Rao", channel="telephone", oral=True, scope="board",
        conditions=["report within 12 h"], until="1800Z",
    )  # fmt: skip
    sheet = "\n".join("".join(part[0] for part in line) for line in rows.sheet(made, NOW, False))
    board = " ".join(cell[0] for cell in rows._cells(made, NOW, False))
    text = "\n".join(_told(made, _json(made)))
    for told in (sheet, board):
        assert "until 14 Dec 18:00Z" in told
    assert "until 2022-12-14T18:00:00Z" in text
    for told in (sheet, text):
        assert "by word of mouth; Cdr Rao" in told
        assert "condition: report within 12 h" in told


def test_the_board_is_sorted_by_what_runs_out_first(room: Room) -> None:
    target = shared(room)
    slow = asked(room, target, clock="RFI7")
    fast = asked(room, target, clock="C2")
    draft = asked(room, target)
    for ref in (slow, fast):
        requests.record(room, COORDINATOR, ref, "sent", channel="SIENA")
    assert [line.asked.ref for line in requests.requests(room, COORDINATOR)] == [fast, slow, draft]


def test_what_is_recorded_survives_a_restart(room: Room, tmp_path: Path) -> None:
    ref = asked(room, shared(room))
    requests.record(room, COORDINATOR, ref, "sent", at="140100Z", channel="embassy")
    before = requests.request(room, COORDINATOR, ref)
    path = room.db.path
    room.close()
    again = Room.open(path, clock=room.clock)
    try:
        assert requests.request(again, COORDINATOR, ref) == before
    finally:
        again.close()


def test_a_request_about_a_hidden_target_is_hidden_and_answers_as_missing(room: Room) -> None:
    entry = targets.NewTarget("secret tug", area="west of Cape Verde", marking=parse("H2", "MAOC"))
    hidden = targets.add(room, COORDINATOR, entry).ref
    ref = asked(room, hidden, marking=parse("H2", "MAOC"))
    requests.record(room, COORDINATOR, ref, "sent", channel="embassy")
    spain = viewer("ES")
    assert requests.requests(room, spain, past=True) == ()
    assert clocks.running(room, spain) == ()
    for call in (
        lambda: requests.request(room, spain, ref),
        lambda: requests.record(room, spain, ref, "chased"),
    ):
        with pytest.raises(BadInput, match="There is no request") as missing:
            call()
        assert "secret" not in missing.value.message
    with pytest.raises(BadInput, match="no target"):
        requests.open_request(room, spain, hidden, "information", "GY")


def test_another_partners_request_is_seen_and_not_changed(room: Room) -> None:
    ref = asked(room, shared(room))
    spain = viewer("ES")
    assert requests.request(room, spain, ref).asked.ref == ref
    with pytest.raises(NotPermitted):
        requests.record(room, spain, ref, "sent", channel="embassy")


def test_a_role_that_may_not_ask_is_refused(room: Room) -> None:
    from maoc_tui.domain.roles import Role

    analyst = Viewer("Ana", "MAOC", roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotPermitted):
        requests.open_request(room, analyst, shared(room), "information", "GY")


def test_each_act_is_in_the_journal_with_its_request(room: Room) -> None:
    ref = asked(room, shared(room))
    requests.record(room, COORDINATOR, ref, "sent", channel="embassy")
    requests.record(room, COORDINATOR, ref, "refused", who="Cdr Rao", channel="embassy")
    told = [(line.action, line.detail) for line in journal.entries(room, COORDINATOR, ref=ref)]
    assert [action for action, _ in told] == ["answer", "ask", "ask"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "favour"}, "not a kind of request"),
        ({"addressee": "the embassy"}, "is not a code"),
        ({"addressee": "UK"}, "not a State's code"),
        ({"acting": "ZZ"}, "not a State's code"),
        ({"clock": "C99"}, "no clock"),
        ({"clock": "C4"}, "no clock"),
        ({"clock": "C8"}, "no clock"),
        ({"clock": "C10"}, "no clock"),
        ({"rule": "R99"}, "no rule"),
        ({"measures": "board,sink"}, "is not a measure"),
    ],
)
def test_what_cannot_be_understood_is_said(room: Room, given, said) -> None:
    words = {"kind": "information", "addressee": "GY", **given}
    kind, addressee = words.pop("kind"), words.pop("addressee")
    with pytest.raises(BadInput, match=said):
        requests.open_request(room, COORDINATOR, shared(room), kind, addressee, **words)


@pytest.mark.parametrize(
    ("act", "given", "said"),
    [
        ("answered", {}, "nothing that becomes of a request"),
        ("granted", {"who": "x", "channel": "y", "scope": "board"}, "never sent"),
        ("sent", {"at": "150310Z"}, "in the future"),
        ("sent", {"at": "half past"}, "not a time"),
    ],
)
def test_an_event_that_cannot_be_is_refused(room: Room, act, given, said) -> None:
    ref = asked(room, shared(room))
    with pytest.raises(BadInput, match=said):
        requests.record(room, COORDINATOR, ref, act, **given)


def test_the_form_names_its_blanks_and_holds_back_what_another_said(room: Room) -> None:
    target = shared(room)
    targets.fact(room, COORDINATOR, target, "name", "SEA ROSE", "register", marking=MAOC_ALL)
    spanish = parse("H2 rel MAOC", "ES")
    targets.fact(room, viewer("ES"), target, "home_port", "Georgetown", "informer", marking=spanish)
    made = request_form.form(room, COORDINATOR, asked(room, target, grounds="cocaine, seen loading"))
    assert "name: SEA ROSE" in made.text
    assert "Georgetown" not in made.text
    assert "home port: held back (H2, originator ES)" in made.text
    assert {"requesting authority", "call sign", "home port"} <= set(made.blanks)
    assert "cocaine, seen loading" in made.text


def test_a_row_of_the_ledger_is_never_changed_nor_deleted(room: Room) -> None:
    from sqlalchemy import text

    from maoc_tui.problems import StoreProblem

    asked(room, shared(room))
    for statement in ("UPDATE request SET addressee = 'XX'", "DELETE FROM request_event"):
        with pytest.raises(StoreProblem), room.db.writing() as conn:
            conn.execute(text(statement))


def test_the_command_line_walks_a_request(room: Room, capsys, monkeypatch) -> None:
    from maoc_tui.cli import main
    from maoc_tui.domain.clock import Clock
    from maoc_tui.domain.viewer import WATCH

    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr(Clock, "now_ms", lambda self: NOW)
    target = targets.add(room, WATCH, targets.NewTarget("grey trawler", area="Gulf of Guinea")).ref
    targets.fact(room, WATCH, target, "flag", "GY", "papers")
    path = str(room.db.path)

    def run(*words: str) -> object:
        with pytest.raises(SystemExit) as ended:
            main(["--db", path, *words, "--json"])
        out = capsys.readouterr().out
        assert (ended.value.code or 0) == 0, out
        return json.loads(out)

    made = run("request", "open", target, "boarding-consent", "GY", "--acting", "ES", "--measures", "board")
    ref = made["ref"]
    run("request", "record", ref, "sent", "--channel", "embassy", "--at", "140100Z")
    (clock,) = run("clocks")
    assert (clock["ref"], clock["due"], clock["chase"]) == (ref, None, "2022-12-14T05:00:00Z")
    run("request", "record", ref, "granted", "--who", "Cdr Rao", "--channel", "embassy", "--scope", "board")
    assert run("request", "covers", target, "board", "--acting", "ES")["covered"] is True
    assert run("request", "covers", target, "seize", "--acting", "ES")["covered"] is False
    assert run("request", "covers", target, "board", "--acting", "FR")["covered"] is False
    assert run("request", "list") == []
    assert [line["state"] for line in run("request", "list", "--past")] == ["granted"]
    assert run("request", "show", ref)["allows"] == ["BOARD"]
    assert "BOARDING CONSENT" in run("request", "form", ref)["text"]


def test_the_forms_use_the_answer_that_happened_last_not_the_one_entered_last(room: Room) -> None:
    ref = asked(room, shared(room))
    who = {"who": "Cdr Rao", "channel": "telephone", "oral": True}
    requests.record(room, COORDINATOR, ref, "sent", at="140100Z", channel="embassy")
    requests.record(room, COORDINATOR, ref, "granted", at="140230Z", scope="board,seize", **who)
    requests.record(room, COORDINATOR, ref, "partly", at="140200Z", scope="search", **who)
    requests.record(room, COORDINATOR, ref, "in-writing", at="140210Z")
    made = requests.request(room, COORDINATOR, ref)
    assert (made.standing.scope, made.standing.oral_only) == ({Scope.BOARD, Scope.SEIZE}, True)
    reply = request_form.form(room, COORDINATOR, ref, "reply").text
    assert "seize: yes" in reply
    assert "search: no" in reply
    assert "oral answer at: 140230Z" in reply
    assert f"written answer at: {request_form.BLANK}" in reply
    assert "covering: board, seize" in request_form.form(room, COORDINATOR, ref, "report").text
    requests.record(room, COORDINATOR, ref, "refused", at="140300Z", who="Cdr Rao", channel="note")
    report = request_form.form(room, COORDINATOR, ref, "report").text
    assert "Cdr Rao, telephone; then refused 140300Z" in report
    assert "covering: board, seize" in report
