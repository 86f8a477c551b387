"""``maoc partner``, ``officer``, ``duty``, ``assign`` as a script calls them: stable keys, exit status, errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from liaison_room import AT_WORK
from target_room import Zones, make_room

from maoc_tui.cli import main
from maoc_tui.domain.clock import Clock

Run = Callable[..., tuple[int, str, str]]
PARTNER_KEYS = {"code", "name", "class", "status", "since", "until", "source", "reported"}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``maoc`` on a record of its own at a fixed time; exit status, output, errors."""
    path = tmp_path / "maoc.db"
    make_room(path).close()
    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path))
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr("maoc_tui.desk.room.Room.zones", Zones())
    monkeypatch.setattr(Clock, "now_ms", lambda self: AT_WORK)

    def called(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["--db", str(path), *arguments])
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return called


def data(answer: tuple[int, str, str]) -> Any:
    status, out, err = answer
    assert (status, err) == (0, "")
    return json.loads(out)


def register(run: Run, *arguments: str) -> dict[str, Any]:
    return {entry["code"]: entry for entry in data(run("partner", "list", "--json", *arguments))}


def test_the_register_has_its_promised_keys(run: Run) -> None:
    found = register(run)
    assert all(set(entry) >= PARTNER_KEYS for entry in found.values())
    assert (found["PT"]["status"], found["PT"]["class"], found["PT"]["since"]) == (
        "member",
        "A",
        "2007-09-30",
    )
    assert found["PT"]["reported"] is None
    assert found["BE"]["reported"]["status"] == "member"
    assert found["BE"]["reported"]["on"] == "2024-07-02"
    assert found["DE"]["reported"]["on"] == "2024-03-31"


@pytest.mark.parametrize(
    ("as_of", "be", "de"),
    [
        ("2022-09-30", "third", "observer"),
        ("141200ZDEC22", "prospective", "prospective"),
        ("2026-11-22T00:00Z", "prospective", "prospective"),
    ],
)
def test_as_of_any_day_gives_the_status_of_that_day(run: Run, as_of: str, be: str, de: str) -> None:
    found = register(run, "--as-of", as_of)
    assert (found["BE"]["status"], found["DE"]["status"]) == (be, de)


def test_confirming_is_recorded_once_and_looked_at_first(run: Run) -> None:
    shown = data(run("partner", "confirm", "BE", "--dry-run", "--json"))
    assert (shown["recorded"], register(run)["BE"]["status"]) == (False, "prospective")
    done = data(run("partner", "confirm", "BE", "--reason", "instrument read", "--json"))
    assert done["recorded"]
    assert done["changes"] == shown["changes"]
    entry = register(run)["BE"]
    assert (entry["status"], entry["class"], entry["since"], entry["reported"]) == (
        "member",
        "A",
        "2024-07-02",
        None,
    )
    status, out, _ = run("partner", "confirm", "BE", "--reason", "again", "--json")
    assert status == 2
    assert "Nothing is reported" in json.loads(out)["error"]["message"]


def test_what_the_record_knew_then_can_be_asked_for(run: Run) -> None:
    run("partner", "confirm", "DE", "--reason", "read")
    assert register(run, "--as-of", "2024-06-01")["DE"]["status"] == "member"
    assert register(run, "--as-of", "2024-06-01", "--known", "2026-11-21")["DE"]["status"] == "prospective"


def test_one_partner_with_everything_on_it(run: Run) -> None:
    found = data(run("partner", "show", "gb", "--json"))
    (adequacy,) = [entry for entry in found["instruments"] if entry["kind"] == "adequacy"]
    assert adequacy["until"] == "2031-12-27"
    assert found["naming_suffices"]
    assert "LEAD" in found["roles"]
    status, out, err = run("partner", "show", "BE")
    assert (status, err) == (0, "")
    assert "REPORTED, NOT CONFIRMED" in out
    assert "2 June 2024" in out


def test_a_partner_is_added_changed_and_given_an_instrument(run: Run) -> None:
    said = ("--source", "s", "--reason", "r")
    assert run("partner", "add", "SL", "Sierra Leone", "--from", "2025-06-01", *said)[0] == 0
    assert run("partner", "set", "SL", "memorandum", "--from", "2026-01-01", *said)[0] == 0
    made = data(run("partner", "instrument", "SL", "memorandum", "MoU", *said, "--json"))
    assert made["verification"] == "recorded here"
    assert (register(run)["SL"]["status"], register(run)["SL"]["since"]) == ("memorandum", "2026-01-01")


def test_a_status_set_before_one_that_stands_says_until_when_it_holds(run: Run) -> None:
    done = run("partner", "set", "BE", "observer", "--from", "2021-01-01", "--source", "s", "--reason", "r")
    assert "It holds until 1 OCT 2022; from then on prospective member stands as recorded." in done[1]
    assert register(run, "--as-of", "2021-06-01")["BE"]["status"] == "observer"
    assert register(run)["BE"]["status"] == "prospective"


@pytest.mark.parametrize(
    "line",
    [
        ("partner", "show", "ZZ"),
        ("partner", "list", "--as-of", "yesterday"),
        ("partner", "confirm", "FR", "--reason", "x"),
        ("partner", "set", "FR", "king", "--source", "s", "--reason", "r"),
        ("officer", "channel", "Nobody", "phone", "1"),
        ("officer", "add", "ZZ", "A Name"),
        ("duty", "add", "Nobody", "now", "--for", "8h"),
        ("duty", "cancel", "ffff", "--reason", "x"),
        ("assign", "offer", "T-9999", "ES", "lead"),
        ("assign", "accept", "T-9999", "ES"),
    ],
)
def test_bad_input_ends_with_two_and_an_error_object(run: Run, line: tuple[str, ...]) -> None:
    status, out, _ = run(*line, "--json")
    assert status == 2
    assert set(json.loads(out)["error"]) == {"code", "message", "way_out"}


def test_an_officer_from_arrival_to_departure(run: Run) -> None:
    made = data(
        run("officer", "add", "ES", "Ana Ortega", "--agency", "CITCO", "--from", "2026-01-01", "--json")
    )
    assert (made["partner"], made["posted"], made["functions"], made["amber"]) == (
        "ES",
        True,
        ["LIAISON"],
        True,
    )
    data(run("officer", "channel", "Ortega", "duty-phone", "+34 000", "--json"))
    verified = data(run("officer", "verify", "Ortega", "--json"))
    assert verified["channels"][0]["verified"] == "2026-11-22T00:00:00Z"
    assert not verified["amber"]
    data(run("officer", "channel", made["ref"], "siena", "ES-1", "--json"))
    moved = data(run("officer", "move", "Ortega", "2", "1", "--json"))
    assert [one["kind"] for one in moved["channels"]] == ["SIENA", "DUTY_PHONE"]
    data(run("officer", "retire", "Ortega", "1", "--reason", "changed", "--json"))
    data(run("officer", "end", "Ortega", "--on", "2026-11-21", "--reason", "went home", "--json"))
    assert data(run("officer", "list", "--json")) == []
    assert len(data(run("officer", "list", "--past", "--json"))) == 1


def test_the_roster_lists_duties_and_holes(run: Run) -> None:
    run("officer", "add", "MAOC", "Rui Ferreira", "--function", "watch", "--from", "2020-01-01")
    made = data(run("duty", "add", "Ferreira", "now", "--for", "12h", "--json"))
    assert (made["post"], made["from"], made["to"]) == (
        "WATCH",
        "2026-11-22T00:00:00Z",
        "2026-11-22T12:00:00Z",
    )
    found = data(run("duty", "list", "--json"))
    assert [entry["ref"] for entry in found["duties"]] == [made["ref"]]
    watch = [hole for hole in found["holes"] if hole["post"] == "WATCH"]
    assert watch[0]["from"] == "2026-11-22T12:00:00Z"
    assert "HOLE" in run("duty", "list")[1]
    assert run("duty", "cancel", made["ref"], "--reason", "ill")[0] == 0
    assert data(run("duty", "list", "--json"))["duties"] == []


def test_an_assignment_from_offer_to_relief(run: Run) -> None:
    run("target", "add", "--description", "grey sloop", "--area", "Azores", "--rel", "ES,FR")
    asked = data(run("assign", "offer", "T-0001", "ES", "lead", "--reason", "nearest", "--json"))
    assert (asked["role"], asked["state"]) == ("LEAD", "PROPOSED")
    assert run("assign", "accept", "T-0001", "ES", "--json")[0] == 2
    data(run("assign", "accept", "T-0001", "ES", "--reason", "Ortega, phone", "--json"))
    (target,) = data(run("assign", "board", "--json"))["targets"]
    assert (target["lead"]["state"], target["lead"]["partner"], target["amber"]) == ("held", "ES", False)
    data(run("assign", "begin", "T-0001", "ES", "--json"))
    data(run("assign", "relieve", "T-0001", "ES", "--reason", "done", "--json"))
    data(run("assign", "lead-not-agreed", "T-0001", "--reason", "no decision", "--json"))
    (note,) = data(run("assign", "list", "T-0001", "--json"))
    assert (note["partner"], note["state"]) == (None, "ACTIVE")
    assert "no lead agreed" in run("assign", "list")[1]
    assert len(data(run("assign", "list", "--past", "--json"))) == 2


def test_what_a_status_forbids_ends_with_three(run: Run) -> None:
    run("target", "add", "--description", "grey sloop", "--area", "Azores", "--rel", "ES,BE")
    for partner, role in (("BE", "lead"), ("BE", "support"), ("PT", "support")):
        status, out, _ = run("assign", "offer", "T-0001", partner, role, "--json")
        assert status == 3
        assert json.loads(out)["error"]["code"] == "not_permitted"


def test_without_a_record_the_shipped_register_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    with pytest.raises(SystemExit) as end:
        main(["--db", str(tmp_path / "none.db"), "partner", "list", "--json", "--as-of", "2022-12-14"])
    assert not end.value.code
    assert {entry["code"] for entry in json.loads(capsys.readouterr().out)} >= {"PT", "BE", "AW", "INTERPOL"}
    assert not (tmp_path / "none.db").exists()
