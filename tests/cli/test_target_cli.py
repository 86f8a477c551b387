"""``maoc target`` and ``maoc track`` as a script calls them: stable keys, exit status, errors in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from target_room import NOW, YACHT, Zones, make_room

from maoc_tui.cli import main
from maoc_tui.domain.clock import Clock

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``maoc`` on a record of its own at a fixed time; exit status, output, errors."""
    path = tmp_path / "maoc.db"
    make_room(path).close()
    monkeypatch.setenv("MAOC_CONFIG", str(tmp_path))
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)
    monkeypatch.setattr("maoc_tui.desk.room.Room.zones", Zones())
    monkeypatch.setattr(Clock, "now_ms", lambda self: NOW)

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


def test_a_target_from_words_to_seizure(run: Run) -> None:
    saved = data(
        run("target", "add", "--description", "grey sloop", "--area", "west of Cape Verde", "--type", "sail",
            "--name", "LA PALOMA", "--flag", "ve", "--length", "40 ft", "--source", "ES liaison",
            "--grade", "B2", "--rel", "ES,FR", "--json")
    )  # fmt: skip
    assert saved == {"ref": "T-0001", "version": 1, "warnings": []}
    data(run("target", "sight", "T-0001", "33 20N", "041 00W", "--at", "140100Z", "--source", "PT", "--json"))
    data(run("target", "fact", "t1", "mmsi", "263601890", "--source", "radio", "--from", "140000Z", "--json"))
    linked = data(run("target", "link", "1", "ais:263601890", "--reason", "same number", "--json"))
    assert linked["warnings"] == ["flag differs: VE here, PT heard."]
    for status in ("active", "boarded", "seized"):
        data(run("target", "status", "T-0001", status, "--reason", "as it went", "--json"))
    sheet = data(run("target", "show", "T-0001", "--json"))
    assert sheet["status"] == "SEIZED"
    assert sheet["marking"]["text"] == "B2 H2 from MAOC rel ES FR"
    assert sheet["badges"] == ["MID 263 is Portugal, the flag claimed is VE"]
    assert [(c["old"], c["new"]) for c in sheet["changes"]][-1] == ("NOMINATED", "ACTIVE")
    assert sheet["sightings"][0]["at"] == "2022-12-14T01:00:00Z"
    assert sheet["links"][0]["contact"] == "ais:263601890"
    assert {f["attribute"]: f["value"] for f in sheet["identity"]} == {
        "name": "LA PALOMA", "flag": "VE", "mmsi": "263601890", "length_m": "12.2",
    }  # fmt: skip


def test_the_place_a_target_is_entered_with_is_dated(run: Run) -> None:
    at = ("--at", "132200Z", "--source", "ES aircraft")
    run("target", "add", "--description", "sloop", "--position", "36N 12W", "--radius", "5 nm", *at)
    (seen,) = data(run("target", "show", "1", "--json"))["sightings"]
    assert (seen["at"], seen["source"]) == ("2022-12-13T22:00:00Z", "ES aircraft")
    (row,) = data(run("target", "list", "--json"))
    assert (row["last"]["how"], row["last"]["at"]) == ("sighting", "2022-12-13T22:00:00Z")
    assert row["last"]["position"]["radius_nm"] == 5
    _, out, _ = run("target", "add", "--description", "sloop", "--area", "west", *at, "--json")
    assert "without a position" in out
    ahead = ("--position", "36N 12W", "--at", "150000Z")
    assert "in the future" in run("target", "add", "--description", "sloop", *ahead, "--json")[1]
    assert len(data(run("target", "list", "--json"))) == 1


def test_positions_south_and_west_may_be_written_with_a_sign(run: Run) -> None:
    run("target", "add", "--description", "sloop", "--position", "-33.9,18.4")
    run("target", "add", "--description", "sloop", "--position=-33.9,-18.4")
    data(run("target", "sight", "1", "-33.8", "18.5", "--at", "140200Z", "--source", "ZA", "--json"))
    data(run("target", "sight", "2", "--at", "140200Z", "--source", "ZA", "--json", "-33.8,-18.5"))
    shown = [data(run("target", "show", ref, "--json")) for ref in "12"]
    assert [(sheet["entered_place"]["lat"], sheet["entered_place"]["lon"]) for sheet in shown] == [
        (-33.9, 18.4),
        (-33.9, -18.4),
    ]
    assert [sheet["last"]["position"]["text"] for sheet in shown] == [
        "33°48.0'S 018°30.0'E",
        "33°48.0'S 018°30.0'W",
    ]


def test_a_target_from_a_contact(run: Run) -> None:
    saved = data(run("target", "add", "--from-contact", "ais:263601890", "--marking", "B2 rel PT", "--json"))
    (row,) = data(run("target", "list", "--json"))
    assert (row["ref"], row["title"], row["contacts"]) == (saved["ref"], "LA PALOMA", ["ais:263601890"])
    assert row["last"]["how"] == "fix"
    assert row["last"]["position"]["text"] == "33°10.0'N 041°20.0'W"
    assert row["marking"]["releasable_to"] == ["PT"]
    again = data(run("target", "add", "--from-contact", "ais:263601890", "--json"))
    assert "May be T-0001" in again["warnings"][0]


def test_the_list_is_filtered_by_the_same_language(run: Run) -> None:
    run("target", "add", "--description", "white launch", "--area", "off Dakar", "--flag", "SN")
    run("target", "add", "--from-contact", "ais:263601890")
    assert [row["ref"] for row in data(run("target", "list", "--filter", "flag:PT", "--json"))] == ["T-0002"]
    status, out, _ = run("target", "list", "--filter", "sog>900 flag:PT")
    assert (status, out.strip()) == (0, "No target.")


def test_the_text_is_for_people(run: Run) -> None:
    run("target", "add", "--from-contact", "ais:263601890")
    _, listed, _ = run("target", "list")
    assert "T-0001" in listed
    assert "LA PALOMA" in listed
    _, shown, _ = run("target", "show", "T-0001")
    assert "name: LA PALOMA (holds" in shown
    assert "heard as ais:263601890 LA PALOMA" in shown


def test_a_correction_and_a_withdrawal_name_the_statement(run: Run) -> None:
    run("target", "add", "--description", "sloop", "--area", "west", "--name", "LA PALMA")
    wrong = data(run("target", "show", "1", "--json"))["identity"][0]["id"]
    data(run("target", "fact", "1", "name", "LA PALOMA", "--source", "photo", "--replaces", wrong,
             "--reason", "misheard", "--json"))  # fmt: skip
    right, old = data(run("target", "show", "1", "--json"))["identity"]
    assert (right["value"], old["state"]) == ("LA PALOMA", "corrected")
    data(run("target", "withdraw", "1", right["id"], "--reason", "another boat", "--json"))
    assert [f["state"] for f in data(run("target", "show", "1", "--json"))["identity"]] == [
        "withdrawn",
        "corrected",
    ]


def test_unlink_and_rename(run: Run) -> None:
    run("target", "add", "--from-contact", "ais:263601890")
    data(run("target", "unlink", "1", "ais:263601890", "--reason", "other hull", "--json"))
    data(run("target", "rename", "1", "GREY GOOSE", "--reason", "for the radio", "--json"))
    sheet = data(run("target", "show", "1", "--json"))
    assert (sheet["contacts"], sheet["designation"]) == ([], "GREY GOOSE")
    assert sheet["links"][0]["to"] == "2022-12-14T03:07:41Z"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "T-0417"), "no target T-0417"),
        (("show", "x"), "not a target reference"),
        (("add", "--area", "west"), "description"),
        (("add", "--description", "sloop"), "position or an area"),
        (("add", "--from-contact", "ais:123456789"), "identifies nobody"),
        (("add", "--description", "sloop", "--area", "west", "--handling", "H3"), "caveat"),
        (("add", "--description", "sloop", "--area", "west", "--grade", "E5"), "not a grade"),
        (("add", "--description", "sloop", "--position", "91N 0W"), "latitude 91"),
        (("fact", "1", "name", "X"), "--source"),
        (("link", "1", "ais:x", "--reason", "y"), "not a contact"),
        (("list", "--filter", "nav:moored"), "cannot be asked"),
        (("status", "1", "gone", "--reason", "y"), "not a status"),
    ],
)
def test_errors_are_said_in_json_with_status_2(run: Run, arguments: tuple[str, ...], word: str) -> None:
    status, out, err = run("target", *arguments, "--json")
    assert (status, err) == (2, "")
    problem = json.loads(out)["error"]
    assert problem["code"] == "bad_input"
    assert word in problem["message"]
    assert problem["way_out"]


def test_hostile_text_reaches_the_terminal_clean(run: Run) -> None:
    evil = "EVIL[/red]\x1b]52;c;QQ==\x07\u202e"
    run("target", "add", "--description", evil, "--area", evil, "--name", evil, "--source", evil)
    for arguments in (("list",), ("show", "1")):
        _, out, _ = run("target", *arguments)
        assert "EVIL[/red]" in out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_a_track_follows_the_links(run: Run, tmp_path: Path) -> None:
    import numpy as np

    from maoc_tui.domain.reports import Fixes
    from maoc_tui.store import tracks
    from maoc_tui.store.database import Database

    times = NOW - np.arange(5)[::-1] * 3_600_000
    db = Database.open(tmp_path / "maoc.db")
    with db.writing_traffic() as conn:
        fixes = Fixes.build([YACHT] * 5, times, np.linspace(36, 37, 5), np.full(5, -12.0), sog=[5.0] * 5)
        tracks.append(conn, fixes, 1)
    db.close()
    run("target", "add", "--description", "sloop", "--area", "west")
    run("target", "link", "1", "ais:263601890", "--reason", "x", "--from", "140030Z")
    whole = data(run("track", "ais:263601890", "--json"))["fixes"]
    assert [fix["time"] for fix in whole] == sorted(fix["time"] for fix in whole)
    assert len(whole) == 5
    assert set(whole[0]) == {
        "contact", "time", "lat", "lon", "sog", "cog", "heading", "altitude_ft", "error_m", "doubt",
    }  # fmt: skip
    linked = data(run("track", "T-0001", "--json"))["fixes"]
    assert [fix["time"][:16] for fix in linked] == [
        "2022-12-14T01:07",
        "2022-12-14T02:07",
        "2022-12-14T03:07",
    ]
    _, text, _ = run("track", "T-0001", "--format", "csv", "--since", "140200Z")
    assert text.splitlines()[0].startswith("contact,time,lat,lon")
    assert len(text.splitlines()) == 3
    until = run("track", "T-0001", "--until", "140000Z")[1]
    assert until.strip() == (
        "No fix from 14 Nov 2022 00:00Z to 14 Dec 2022 00:00Z; the last known is 14 Dec 2022 03:07Z: use --until."
    )
    assert (
        "the last known is 14 Dec 2022 03:07Z: use --since."
        in run("track", "ais:263601890", "--since", "140307ZJAN23", "--until", "150000ZJAN23")[1]
    )
    ever = data(run("track", "ais:263601890", "--since", "all", "--until", "140307ZJAN23", "--json"))
    assert (len(ever["fixes"]), ever["since"], ever["until"]) == (5, None, "2023-01-14T03:07:00Z")
    assert run("track", "icao:4ca815")[1].strip() == "No fix of icao:4ca815 is known."
    assert run("track", "T-0417")[0] == 2


def test_duplicates_are_listed_with_their_reasons(run: Run) -> None:
    for _ in range(2):
        run(
            "target",
            "add",
            "--description",
            "sloop",
            "--area",
            "west",
            "--name",
            "LA PALOMA",
            "--length",
            "12",
        )
    (pair,) = data(run("target", "duplicates", "--json"))
    assert pair == {
        "ref": "T-0001", "title": "LA PALOMA", "status": "NOMINATED",
        "other": {"ref": "T-0002", "title": "LA PALOMA", "status": "NOMINATED", "likely": False,
                  "reasons": ["same name LA PALOMA", "same length 12 m"]},
    }  # fmt: skip
    (other,) = data(run("target", "duplicates", "2", "--json"))
    assert (other["ref"], other["other"]["ref"]) == ("T-0002", "T-0001")
    assert "may be T-0002 LA PALOMA: same name" in run("target", "duplicates")[1]
    run(
        "target",
        "withdraw",
        "2",
        data(run("target", "show", "2", "--json"))["identity"][0]["id"],
        "--reason",
        "x",
    )
    assert run("target", "duplicates")[1].strip() == "No two targets look like the same one."
    assert run("target", "duplicates", "417", "--json")[0] == 2


def test_h3_carries_its_words(run: Run) -> None:
    run("target", "add", "--description", "sloop", "--area", "west", "--marking", 'H3 "not by radio" rel ES')
    marking = data(run("target", "show", "1", "--json"))["marking"]
    assert (marking["handling"], marking["caveats"], marking["releasable_to"]) == (
        ["H3"],
        ["not by radio"],
        ["ES"],
    )


REPORT = """Name: HAVFRUEN; Flag: DK; Length: 11 m; Type: sail
Position: 36 20N 012 40W; Seen: 140230Z; two aboard
Source: Air Force"""


def test_a_report_is_read_and_what_is_given_beside_it_counts(run: Run) -> None:
    offered = {one["field"]: one["value"] for one in data(run("target", "read", REPORT, "--json"))}
    assert (offered["flag"], offered["length_m"], offered["at"]) == ("DK", "11 m", "140230ZDEC22")
    status, out, _ = run("target", "read", REPORT)
    assert status == 0
    assert "Flag: DK" in out
    saved = data(run("target", "add", "--report", REPORT, "--flag", "NO", "--json"))
    ref = saved["ref"]
    assert saved["read"]["name"] == "HAVFRUEN"
    assert "flag" not in saved["read"], "what is given beside the report counts"
    assert "name: HAVFRUEN" in run("target", "add", "--report", REPORT)[1], "says what it took"
    sheet = data(run("target", "show", ref, "--json"))
    said = {one["attribute"]: one["value"] for one in sheet["identity"]}
    assert said == {"name": "HAVFRUEN", "flag": "NO", "length_m": "11"}
    assert sheet["type"] == "sail"
    assert sheet["description"].endswith("two aboard / Source: Air Force")
    assert sheet["sightings"][0]["at"] == "2022-12-14T02:30:00Z"
    both = data(run("target", "add", "--description", "seen twice", "--report", REPORT, "--json"))["ref"]
    joined = data(run("target", "show", both, "--json"))["description"]
    assert joined.startswith("seen twice / Name: HAVFRUEN")
    assert joined.endswith("Source: Air Force")


def test_a_report_that_says_nothing_keeps_nothing(run: Run) -> None:
    status, out, _ = run("target", "read", "nothing seen")
    assert (status, out) == (0, "Nothing can be read out.\n")
    assert run("target", "read", "x", "--kind", "train")[0] == 2
    assert run("target", "add", "--report", "nothing seen")[0] == 2, "a description alone is no target"
    ref = data(run("target", "add", "--report", REPORT, "--area", "west of Cape Verde", "--json"))["ref"]
    sheet = data(run("target", "show", ref, "--json"))
    assert (sheet["area"], sheet["sightings"]) == ("west of Cape Verde", []), "place and time come together"
    jet = "Type: sail; Reg: N123AB; MMSI: 219012345"
    added = data(run("target", "add", "--report", jet, "--kind", "aircraft", "--area", "west", "--json"))
    assert added["read"] == {"registration": "N123AB"}
