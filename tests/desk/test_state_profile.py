"""What is known of a State: facts with their source, instruments on a day, reply times from the own ledger."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from target_room import HOUR, NOW

from maoc_tui import resources
from maoc_tui.desk import request_form, requests, state_profile, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain import state_profiles
from maoc_tui.domain.marking_entry import parse
from maoc_tui.problems import BadInput

RAW = tomllib.loads(resources.data("law", "profiles.toml").read_text(encoding="utf-8"))
MAOC_ALL = parse("H2 rel ES,FR", "MAOC")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def asked(room: Room, sent: str, answered: str = "", marking: object = MAOC_ALL) -> str:
    entry = targets.NewTarget("grey trawler", area="Gulf of Guinea", marking=MAOC_ALL)
    ref = targets.add(room, COORDINATOR, entry).ref
    made = requests.open_request(
        room, COORDINATOR, ref, "boarding-consent", "GY", acting="ES", measures="board", marking=marking
    ).asked.ref
    requests.record(room, COORDINATOR, made, "sent", at=sent, channel="embassy")
    if answered:
        requests.record(
            room, COORDINATOR, made, "partly", at=answered, who="Cdr Rao", channel="telephone", oral=True,
            scope="board", conditions=["report within 12 h"],
        )  # fmt: skip
    return made


def told(room: Room, who: object = COORDINATOR, code: str = "GY") -> dict[str, str]:
    return dict(state_profile.lines(state_profile.known(room, who, code, NOW)))


def test_what_is_unknown_is_said(room: Room) -> None:
    lines = told(room)
    assert lines["competent authority"] == lines["channel"] == "not known"
    assert lines["usual reply"] == "not known: no answer in the own ledger"


def test_the_usual_reply_time_comes_from_the_ledger_with_its_number_and_day(room: Room) -> None:
    asked(room, "132000Z", "132200Z")
    asked(room, "132000Z", "140200Z")
    asked(room, "140200Z")
    replies = state_profile.known(room, COORDINATOR, "GY", NOW).replies
    assert (replies.answered, replies.waiting, replies.median_ms) == (2, 1, 4 * HOUR)
    assert "n = 2, last 14 DEC 2022" in told(room)["usual reply"]
    assert "1 without an answer" in told(room)["usual reply"]


def test_a_reply_time_counts_only_requests_the_viewer_sees(room: Room) -> None:
    asked(room, "132000Z", "132200Z", marking=None)
    assert "no answer" in told(room, viewer("FR"))["usual reply"]


def test_a_list_that_is_not_whole_never_makes_no_party(room: Room) -> None:
    found = state_profile.known(room, COORDINATOR, "KP", NOW)
    assert {one.treaty.code: one.party for one in found.memberships}["v88"] is None
    assert "coe" not in {one.treaty.code for one in found.memberships}


def test_a_territory_is_answered_for_by_its_state(room: Room) -> None:
    assert state_profile.known(room, COORDINATOR, "GI", NOW).state == "GB"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"stateless": {"reaches": "yes", "cite": "x", "verification": "partial"}}, "neither true nor false"),
        ({"authority": {"name": "x", "verification": "partial"}}, "cite is missing"),
        ({"decides": {"text": "x", "cite": "y", "verification": "sure"}}, "verification is not known"),
        ({"phone": {}}, "no such fact"),
    ],
)
def test_a_bad_profile_is_refused_with_its_state(entry, said) -> None:
    with pytest.raises(BadInput, match=said) as problem:
        state_profiles.parse({**RAW, "state": {"XX": entry}})
    assert "state XX" in problem.value.message


def test_reply_and_action_report_are_filled_from_the_answer_with_their_blanks(room: Room) -> None:
    ref = asked(room, "140100Z", "140250Z")
    reply = request_form.form(room, COORDINATOR, ref, "reply")
    assert "board: yes" in reply.text
    assert "seize: no" in reply.text
    assert "Cdr Rao" in reply.text
    assert "written answer at" in reply.blanks
    report = request_form.form(room, COORDINATOR, ref, "report")
    assert "report within 12 h" in report.text
    assert "measures taken and when" in report.blanks
    open_one = request_form.form(room, COORDINATOR, asked(room, "140100Z"), "reply")
    assert {"answer", "board", "nationality"} <= set(open_one.blanks)
    with pytest.raises(BadInput, match="not a form"):
        request_form.form(room, COORDINATOR, ref, "letter")
