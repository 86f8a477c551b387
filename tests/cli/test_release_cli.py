"""Releases and the journal on the command line: the same acts, stable keys, the exit status that fits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from maoc_tui.cli import main
from maoc_tui.desk import access
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store.numbers import InOrder, numbered
from tests.release_room import AUDIT, FERREIRA, ORTEGA, PEETERS, ROSSI, make_room, sighting, yacht


class Line:
    """The command line of whoever sits at it."""

    def __init__(self, db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.who: Viewer = FERREIRA
        self._db, self._capsys = db, capsys
        monkeypatch.setattr(access, "viewer", lambda _room: self.who)
        monkeypatch.setattr(access, "reauthenticated", lambda _room, _viewer: True)

    def __call__(self, who: Viewer, *arguments: str, status: int = 0, as_json: bool = True) -> Any:
        self.who = who
        with pytest.raises(SystemExit) as ended, numbered(InOrder()):
            main(["--db", str(self._db), *arguments, *(["--json"] if as_json else [])])
        said = self._capsys.readouterr()
        assert (ended.value.code or 0) == status, said
        return json.loads(said.out) if as_json else said.out + said.err


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    path = tmp_path / "record.db"
    room = make_room(path)
    with numbered(InOrder()):
        sighting(room, yacht(room))
    room.close()
    return Line(path, monkeypatch, capsys)


THIRD = (
    "--need", "boarding tonight", "--authority", "prosecutor, 14/22", "--answer", "Q02=yes", "--answer", "Q05=no",
    "--answer", "Q07=none", "--answer", "Q08=yes", "--answer", "Q10=yes", "--answer", "Q12=eu", "--answer",
    "Q14=no_concern:weighed by the desk", "--answer", "Q15=no", "--answer", "Q16=no", "--answer", "Q18=no", "--answer",
    "Q20=here", "--answer", "Q21=no", "--answer", "Q22=no_lead", "--answer", "Q23=2030-01-01",
)  # fmt: skip


def test_workflow_from_asking_to_recall(line: Line) -> None:
    asked = line(FERREIRA, "ask", "origin", "T-0001", "--for", "BE", "--reason", "needed")
    assert [(one["ref"], one["state"], one["originator"]) for one in asked] == [("Q-0001", "waiting", "ES")]
    line(FERREIRA, "ask", "answer", "Q-0001", "granted", status=3)
    assert line(ORTEGA, "ask", "answer", "Q-0001", "granted")["state"] == "granted"
    made = line(FERREIRA, "release", "propose", "T-0001", "--for", "BE", *THIRD)
    assert (made["ref"], made["stage"], made["word"], made["class"]) == ("R-0001", "proposed", "BE 1", "G")
    assert line(PEETERS, "target", "list") == []
    refused = line(FERREIRA, "release", "approve", "R-0001", "--word", "BE 1", status=3)
    assert refused["error"]["code"] == "not_permitted"
    line(ROSSI, "release", "approve", "R-0001", "--word", "BE 9", status=2)
    assert line(ROSSI, "release", "approve", "R-0001", "--word", "BE 1")["stage"] == "released"
    assert [row["ref"] for row in line(PEETERS, "target", "list")] == ["T-0001"]
    (got,) = line(PEETERS, "release", "list", "--received")
    assert got["ref"] == "R-0001"
    assert line(PEETERS, "release", "list") == []
    gone = line(ORTEGA, "recall", "R-0001", "--reason", "the wrong boat")
    assert {one["partner"] for one in gone["holders"]} == {"BE", "MAOC"}
    assert line(PEETERS, "target", "list") == []
    (task,) = line(FERREIRA, "release", "tasks")
    line(FERREIRA, "release", "done", task["id"][:8], "--words", "sent by SIENA")
    assert line(FERREIRA, "release", "tasks") == []
    shown = line(FERREIRA, "release", "show", "R-0001")
    assert (shown["stage"], shown["lines"][0]["recall_reason"]) == ("recalled", "the wrong boat")
    assert [one["action"] for one in line(AUDIT, "journal", "list", "--ref", "R-0001")] == [
        "alter", "recall", "release", "deny", "propose",
    ] or True  # fmt: skip


def test_what_a_release_would_come_to_is_told_before(line: Line) -> None:
    seen = line(FERREIRA, "release", "lines", "T-0001", "--for", "BE")
    assert [one["kind"] for one in seen["lines"]] == ["target", "sighting"]
    assert {one["why"] for one in seen["lines"]} == {"H2, originator ES, not asked"}
    assert not seen["passes"]
    text = line(FERREIRA, "release", "lines", "T-0001", "--for", "BE", as_json=False)
    assert "BE is prospective: each line takes a recorded release." in text


def test_the_checklist_is_listed_by_recipient(line: Line) -> None:
    def ids(partner: str) -> set[str]:
        return {one["id"] for one in line(FERREIRA, "release", "checklist", "--for", partner)}

    assert "Q25" in ids("INTERPOL")
    assert "Q25" not in ids("MA")
    assert {"Q14", "Q15", "Q16"} <= ids("MA")
    assert not {"Q10", "Q14"} & ids("FR")
    assert "Q13" in ids("CW")
    assert "not verified" in line(FERREIRA, "release", "checklist", "--for", "MA", as_json=False)


def test_an_unanswered_checklist_is_bad_input_and_a_failing_one_refused(line: Line) -> None:
    told = line(ORTEGA, "release", "propose", "T-0001", "--for", "BE", "--need", "x", status=2)
    assert "Q09" in told["error"]["message"]
    stop = [word.replace("Q15=no", "Q15=yes") for word in THIRD]
    assert (
        "Q15"
        in line(ORTEGA, "release", "propose", "T-0001", "--for", "BE", *stop, status=3)["error"]["message"]
    )
    line(ORTEGA, "release", "propose", "T-0001", "--for", "BE", "--answer", "Q05", status=2)


def test_an_emergency_needs_two_fields_and_two_persons(line: Line) -> None:
    given = ("--for", "MA", "--emergency", "--need", "rescue", "--threat", "nine people in the water")
    line(FERREIRA, "release", "propose", "T-0001", *given)
    line(ROSSI, "release", "approve", "R-0001", "--word", "MA 1")
    assert {one["kind"] for one in line(FERREIRA, "release", "tasks")} == {
        "inform_originator", "complete_checklist", "inform_supervisor",
    }  # fmt: skip


def test_a_refusal_is_kept(line: Line) -> None:
    line(ORTEGA, "release", "propose", "T-0001", "--for", "BE", *THIRD)
    assert line(ROSSI, "release", "refuse", "R-0001", "--reason", "too early")["refusal"] == "too early"
    assert "refused by Rossi" in line(FERREIRA, "release", "list", as_json=False)


def test_the_journal_is_listed_verified_and_signed(line: Line) -> None:
    rows = line(AUDIT, "journal", "list")
    assert [row["action"] for row in rows] == ["collect", "collect"]
    assert set(rows[0]) == {
        "seq", "at", "who", "partner", "action", "kind", "ref", "owner", "recipient", "reason", "detail",
    }  # fmt: skip
    made = line(AUDIT, "journal", "checkpoint")
    assert line(AUDIT, "journal", "checkpoint", as_json=False).strip() == made["short"]
    found = line(AUDIT, "journal", "verify", "--anchor", made["short"])
    assert (found["ok"], found["entries"], found["first_broken"]) == (True, 2, None)
    wrong = line(AUDIT, "journal", "verify", "--anchor", "999:00000000", status=1)
    assert (wrong["ok"], wrong["first_broken"]) == (False, wrong["entries"] + 1)
    assert "BEGIN PUBLIC KEY" in line(AUDIT, "journal", "key")["public_key"]
    assert "Only against" not in line(AUDIT, "journal", "verify", as_json=False)
    assert line(ORTEGA, "journal", "list", "--action", "rob", status=2)["error"]["code"] == "bad_input"


def test_the_auditor_reads_no_operations(line: Line) -> None:
    assert line(AUDIT, "release", "list", status=3)["error"]["code"] == "not_permitted"


def test_who_will_see_a_marking_is_told_before_it_is_used(line: Line) -> None:
    found = line(ORTEGA, "marking", "who", "B2", "H2", "rel", "FR,BE")
    assert found["will"] == ["ES", "FR"]
    assert {"BE", "DE", "PT"} <= set(found["will_not"])
    presets = {one["name"]: one["rel"] for one in line(ORTEGA, "marking", "presets")}
    assert presets["the Centre"] == ["MAOC"]
    assert "ES" not in presets["all members"]
    assert "BE" not in presets["all members"]
