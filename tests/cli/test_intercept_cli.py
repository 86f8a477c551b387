"""``maoc asset``, ``intercept``, ``matrix``, ``options``, ``fan``, ``cpa`` as a script calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from target_room import NOW, make_room
from zone_room import shipped_zones

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
    monkeypatch.setattr("maoc_tui.desk.room.Room.zones", shipped_zones())
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


def bare(run: Run, *more: str, pursuer: str, speed: str, target: str, course: str, target_speed: str) -> Any:
    return data(
        run("intercept", "--pursuer", pursuer, "--speed", speed, "--target", target, "--course", course,
            "--target-speed", target_speed, "--at", "2022-12-14T03:00Z", "--json", *more)
    )  # fmt: skip


CHECKS = [
    ("36.95,-7.95", "40", "36,-12", "45", "25", 3.37621, 36.98969, -10.75841, 271.85, 135.05),
    ("38.70,-9.40", "28", "30,-30", "70", "12", 28.91140, 31.82759, -23.61985, None, 809.52),
    ("38.70,-9.40", "30", "37,-12", "20", "20", None, None, None, None, None),
    ("38.70,-9.40", "20", "37,-12", "20", "30", 4.05946, 38.90617, -11.11083, 279.29, 81.19),
]


@pytest.mark.parametrize("check", [CHECKS[0], CHECKS[1], CHECKS[3]], ids=["abeam", "far", "faster"])
def test_bare_numbers_give_the_check_values_to_a_second_and_a_hundredth_of_a_mile(
    run: Run, check: Any
) -> None:
    pursuer, speed, target, course, target_speed, hours, lat, lon, steer, nm = check
    found = bare(
        run, "--track", "geodesic", pursuer=pursuer, speed=speed, target=target, course=course,
        target_speed=target_speed,
    )  # fmt: skip
    assert found["possible"] is True
    assert found["hours"] == pytest.approx(hours, abs=1 / 3600)
    assert (found["contact"]["lat"], found["contact"]["lon"]) == pytest.approx((lat, lon), abs=2e-4)
    assert found["distance_nm"] == pytest.approx(nm, abs=0.01)
    if steer is not None:
        assert found["course"] == pytest.approx(steer, abs=0.01)
    assert set(found) >= {
        "possible",
        "course",
        "hours",
        "contact",
        "distance_nm",
        "zone",
        "law",
        "limits",
        "limiting",
    }
    assert found["contact"]["at"].endswith("Z")
    assert "°" in found["contact"]["text"]
    assert found["law"] is None


def test_no_meeting_says_so_with_nulls(run: Run) -> None:
    found = bare(run, pursuer="38.70,-9.40", speed="20", target="37,-12", course="270", target_speed="30")
    assert (found["possible"], found["hours"], found["contact"], found["course"]) == (False, None, None, None)
    assert found["limiting"] == "speed"
    assert found["nearest"]["gap_nm"] > 100


def test_the_law_at_the_contact_is_told_for_a_state(run: Run) -> None:
    found = bare(
        run, "--acting", "PT", "--flag", "BR", pursuer="36.95,-7.95", speed="40", target="36,-12", course="45",
        target_speed="25",
    )  # fmt: skip
    assert found["law"]["result"] in ("GO", "ASK", "LOOK", "STOP")
    assert found["zone"]["kind"] == "eez"
    assert found["limits"] == [] or found["limiting"] == "law"


@pytest.mark.parametrize(
    "words",
    [
        ("intercept",),
        ("intercept", "--asset", "AS-0001", "--pursuer", "38,-9", "--target", "T-0001"),
        ("intercept", "--pursuer", "38,-9", "--target", "37,-12", "--speed", "20"),
        ("intercept", "--pursuer", "38,-9", "--target", "37,-12", "--speed", "0", "--course", "1",
         "--target-speed", "1"),
        ("intercept", "--asset", "AS-0001", "--target", "T-0001", "--flag", "BR"),
        ("matrix", "OP-9999"),
        ("matrix", "--sea", "rough"),
        ("asset", "show", "AS-9999"),
        ("asset", "add", "x", "submarine", "--cruise", "5"),
        ("fan", "T-9999"),
        ("cpa", "38,-9/090/10", "nowhere"),
        ("options", "choose", "OP-0001", "AS-0001", "T-0001", "--why", "x", "--reject", "AS-0002"),
    ],
)  # fmt: skip
def test_bad_input_is_one_object_and_status_two(run: Run, words: tuple[str, ...]) -> None:
    status, out, _ = run(*words, "--json")
    assert status == 2
    assert json.loads(out)["error"]["code"] == "bad_input"


def seeded(run: Run) -> tuple[str, str, str]:
    """An asset, a target and an operation of it, entered on the command line."""
    ship = data(
        run("asset", "add", "Patrol one", "ship", "--owner", "PT", "--base", "Lisbon", "--base-position",
            "38 40N 009 20W", "--cruise", "15", "--max", "25", "--endurance", "240h", "--team", "yes", "--rel", "PT",
            "--json")
    )["ref"]  # fmt: skip
    target = data(
        run(
            "target",
            "add",
            "--description",
            "sloop",
            "--position",
            "36 00N 012 00W",
            "--at",
            "140300Z",
            "--rel",
            "PT",
            "--json",
        )
    )["ref"]
    about = data(run("op", "open", "NORTE", target, "--rel", "PT", "--json"))["ref"]
    return ship, target, about


def test_from_an_asset_to_a_choice_that_is_watched(run: Run) -> None:
    ship, target, about = seeded(run)
    told = data(
        run(
            "asset",
            "report",
            ship,
            "--availability",
            "available",
            "--until",
            "6h",
            "--ready",
            "30m",
            "--json",
        )
    )
    assert (told["availability"], told["ready_min"]) == ("available", 30)
    what = ("--target-speed", "10", "--course", "045")
    found = data(run("matrix", about, *what, "--json"))
    (cell,) = found["cells"][0]
    assert (cell["asset"], cell["target"], cell["possible"]) == (ship, target, True)
    one = data(run("intercept", "--asset", ship, "--target", target, *what, "--json"))
    assert one["hours"] == cell["hours"]
    assert {"margin", "light", "fuel", "law", "zone", "limits", "limiting"} <= set(one)
    kept = data(run("options", "choose", about, ship, target, "--why", "alone", *what, "--json"))
    assert [(row["asset"], row["chosen"]) for row in kept] == [(ship, True)]
    assert [row["alarm"] for row in data(run("options", "watch", "--json"))] == [False]
    assert len(data(run("options", "list", about, "--json"))) == 1


def test_asking_and_answering(run: Run) -> None:
    ship, target, about = seeded(run)
    asked = data(run("asset", "task", ship, about, "stand by", "--target", target, "--rel", "PT", "--json"))
    assert asked["state"] == "asked"
    done = data(run("asset", "answer", asked["ref"], "accepted", "--json"))
    assert [event["act"] for event in done["events"]] == ["asked", "accepted"]
    assert data(run("asset", "tasks", "--operation", about, "--json"))[0]["ref"] == asked["ref"]
    assert data(run("asset", "show", ship, "--json"))["tasks"][0]["ref"] == asked["ref"]
    assert data(run("asset", "change", ship, "--max", "27", "--json"))["max_kn"] == 27


def test_a_fan_and_a_closest_approach(run: Run) -> None:
    _, target, _ = seeded(run)
    found = data(run("fan", target, "--fast", "10", "--slow", "4", "--hours", "6,12", "--lines", "--json"))
    assert [line["hours"] for line in found["lines"]] == [0.0, 6.0, 12.0]
    assert found["lines"][1]["outer"][0][0][1] == pytest.approx(36 + 61.25 / 60, abs=0.02)
    assert found["boundary"]["earliest"].endswith("Z")
    close = data(run("cpa", "38,-10/090/10", "38,-9/270/10", "--json"))
    assert close["distance_nm"] == pytest.approx(0, abs=0.05)


def test_people_read_it_without_json(run: Run) -> None:
    ship, target, about = seeded(run)
    what = ("--target-speed", "10", "--course", "045")
    for words in (
        ("asset", "list"), ("asset", "show", ship), ("asset", "tasks"), ("matrix", about, *what), ("fan", target),
        ("intercept", "--asset", ship, "--target", target, *what), ("cpa", target, ship), ("options", "list"),
        ("options", "watch"),
        ("intercept", "--pursuer", "38,-9.5", "--speed", "20", "--target", "37,-12", "--course", "1",
         "--target-speed", "5"),
    ):  # fmt: skip
        status, _, err = run(*words)
        assert (status, err) == (0, ""), words


def test_hostile_names_stay_words(run: Run) -> None:
    run(
        "asset",
        "add",
        "Evil [/x]\x1b]52;c;QQ\x07",
        "ship",
        "--cruise",
        "10",
        "--base",
        "x",
        "--base-position",
        "38,-9",
    )
    _, out, _ = run("asset", "list")
    assert "\x1b" not in out
    assert "\x07" not in out
