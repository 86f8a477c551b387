"""Diagnostics tell how the program stands and nothing of what the record, the settings or a fault held."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "gate"))

from liaison_room import COORDINATOR, open_room, reopened, viewer
from surfaces import FR_ONLY, MMSI, TO_ES, record

from maoc_tui.desk import access, diagnostics, diagnostics_machine
from maoc_tui.desk.access import SignInNeeded
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.settings import FeedSettings, Settings

CANARY = "QUUXLE"
CANARIES = (CANARY, FR_ONLY, TO_ES, *MMSI.values(), "hunter2", "CN=", "/home")
OWN = Settings(
    db=Path(f"/home/{CANARY}/maoc.db"),
    theme=f"{CANARY} theme",
    export_folder=Path(f"/srv/{CANARY}"),
    feeds=(
        FeedSettings(CANARY, f"https://{CANARY}:hunter2@example.org", "readsb", user=CANARY),
        FeedSettings("x", "y", CANARY),
    ),
    keys={CANARY: "x"},
)
FAULT = {
    "version": "0.1.0", "at": f"2022-12-14T03:00:00Z {CANARY}", "error": "ValueError", "message": f"bad {CANARY}",
    "frames": [
        {"file": f"/home/{CANARY}/store.py", "line": 7, "in": f"read the {CANARY}", "locals": {"name": CANARY}},
        {"file": "targets.py", "line": 93, "in": "<lambda>", CANARY: CANARY},
        {"file": "x.py", "line": CANARY, "in": "edit"},
    ],
}  # fmt: skip


@pytest.fixture
def faults(tmp_path: Path) -> Path:
    """Fault reports somebody wrote more into, one torn and one that is none."""
    folder = tmp_path / "faults"
    folder.mkdir()
    (folder / "fault-1.json").write_text(json.dumps(FAULT))
    (folder / f"fault-2{CANARY}.json").write_text(f'["{CANARY}"]')
    (folder / "fault-3.json").write_text(f'{{"version": "{CANARY}')
    return folder


def told(room: Room, faults: Path, settings: Settings = OWN) -> dict[str, Any]:
    """The diagnostics of a record as they are written, read back."""
    path = room.db.path
    room.close()
    made = diagnostics.bundle(lambda: reopened(path), path, settings, faults)
    written = diagnostics.write(made, faults)
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    found: dict[str, Any] = json.loads(written.read_text())
    written.unlink()
    return found


def full(folder: Path) -> Room:
    """A record with something in nearly every table, and live sources that failed in many words."""
    room = record(folder)
    with room.db.writing_traffic() as conn:
        for kind in (CANARY, "readsb"):
            conn.exec_driver_sql(
                "INSERT INTO feed_state (name, kind, last_ms, tried_ms, error, failures, fixes) VALUES (?,?,?,?,?,?,?)",
                (f"{CANARY} {kind}", kind, 1, 2, f"failing: {CANARY} said no", 3, 226999111),
            )
    return room


def empty(folder: Path) -> Room:
    folder.mkdir()
    return open_room(folder)


def leaves(value: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value, with the way to it."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, f"{way}/{name}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from leaves(below, f"{way}/{number}")
    else:
        yield way, value


CLOSED = {*diagnostics_machine._SCALE, True, False, "never", "today", "before", "readsb", "other"}
"""Everything the record may decide of what diagnostics say."""


def leaks(of_full: dict[str, Any], of_empty: dict[str, Any]) -> list[tuple[str, Any]]:
    """Where the two differ by anything but a word of a closed list, or a time taken."""
    known = dict(leaves(of_empty))
    return [
        (way, value)
        for way, value in leaves(of_full)
        if (known.get(way) != value and not way.endswith("_ms") and value not in CLOSED)
        or (way not in known and not way.startswith("/record/feeds/"))
    ]


def test_a_full_record_and_an_empty_one_differ_in_nothing_but_classes(tmp_path: Path, faults: Path) -> None:
    of_full, of_empty = told(full(tmp_path), faults), told(empty(tmp_path / "empty"), faults)
    assert leaks(of_full, of_empty) == []
    assert of_full["record"]["rows"]["target"] == "ones"
    assert of_full["record"]["rows"]["feed_state"] == "ones"
    assert of_full["record"]["journal"] == {"whole": True, "guarded": True}
    assert [feed["kind"] for feed in of_full["record"]["feeds"]] == ["other", "readsb"]


def test_no_canary_of_the_record_the_settings_or_a_fault_is_in_it(tmp_path: Path, faults: Path) -> None:
    made = told(full(tmp_path), faults)
    text = json.dumps(made, ensure_ascii=False)
    assert [word for word in CANARIES if word in text] == []
    assert made["settings"]["feeds"] == ["other", "readsb"]
    assert made["settings"]["theme"] == made["settings"]["db"] == "own"
    assert made["faults"] == [
        {"version": "0.1.0", "error": "ValueError", "day": "2022-12-14", "frames": [
            {"file": "?", "line": 7, "in": "?"}, {"file": "targets.py", "line": 93, "in": "<lambda>"},
            {"file": "x.py", "line": 0, "in": "edit"},
        ]}
    ]  # fmt: skip


def _feed_in_words(real: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    return lambda row, *more: {**real(row, *more), "error": row.error}


def _exact(number: int) -> Any:
    return number


@pytest.mark.parametrize("bug", ["a feed's own words", "exact counts", "what the first target is called"])
def test_the_twins_that_tell_too_much_are_found(
    tmp_path: Path, faults: Path, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    if bug == "exact counts":
        monkeypatch.setattr(diagnostics, "coarse", _exact)
    elif bug == "a feed's own words":
        monkeypatch.setattr(diagnostics, "_feed", _feed_in_words(diagnostics._feed))
    else:
        monkeypatch.setattr(
            diagnostics,
            "_tables",
            lambda conn: (
                {"target": conn.exec_driver_sql("SELECT max(description) FROM target").scalar()},
                False,
            ),
        )
    assert leaks(told(full(tmp_path), faults), told(empty(tmp_path / "empty"), faults)) != []


def _nobody(_: Room) -> Viewer:
    raise SignInNeeded(f"{CANARY} is not signed in.", "Sign in.")


@pytest.mark.parametrize(("who", "code"), [(None, "sign_in"), (Role.LIAISON, "not_permitted")])
def test_who_may_not_keep_the_record_is_told_of_the_machine_alone(
    tmp_path: Path, faults: Path, monkeypatch: pytest.MonkeyPatch, who: Role | None, code: str
) -> None:
    monkeypatch.setattr(access, "viewer", lambda _: viewer("ES", who)) if who else monkeypatch.setattr(
        access, "viewer", _nobody
    )
    made = told(empty(tmp_path / "empty"), faults)
    assert made["record"] == {"there": True, "encrypted": False, "opened": True, "refused": code}
    assert made["program"]["libraries"]["textual"].startswith("8.")


def test_a_record_that_cannot_be_opened_is_no_hindrance(tmp_path: Path, faults: Path) -> None:
    path = tmp_path / f"{CANARY}.db"
    path.write_text(f"{CANARY}" * 100)

    def opening() -> Room:
        return Room.open(path)

    made = diagnostics.bundle(opening, path, OWN, faults)
    assert made["record"] == {"there": True, "encrypted": True, "opened": False, "refused": "store"}
    assert CANARY not in json.dumps(made)
    with pytest.raises(BadInput, match="no folder"):
        diagnostics.write(made, tmp_path / "nowhere")


def test_the_journal_says_who_took_diagnostics(
    tmp_path: Path, faults: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "viewer", lambda _: COORDINATOR)
    room = empty(tmp_path / "empty")
    path = room.db.path
    assert told(room, faults)["record"]["opened"]
    again = reopened(path)
    with again.db.reading_whole() as conn:
        rows = conn.exec_driver_sql("SELECT who, action FROM journal WHERE kind = 'diagnostics'").all()
    again.close()
    assert [tuple(row) for row in rows] == [(COORDINATOR.name, "export")]


def test_a_disk_that_fails_is_told_as_such(
    tmp_path: Path, faults: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written for whoever mends the program is written above all when the disk fails."""

    def failing(*_: Any, **__: Any) -> None:
        raise OSError(5, "Input/output error")

    room = empty(tmp_path / "failing")
    monkeypatch.setattr(diagnostics.os, "fsync", failing)
    assert told(room, faults)["record"]["times"]["reach_disk_ms"] == "failed"
    assert diagnostics._megabytes(tmp_path / "gone") == "failed"
