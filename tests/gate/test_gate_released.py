"""What a prospective member reads of an operation, a seizure and an asset of which some lines were released to it.

Everything France keeps to itself carries one word. A few lines were released to Belgium in other words; whatever
Belgium asks of any desk or command, and its brief, tells those and never that word, nor the target behind them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from surfaces import BE, FR_ONLY, MMSI, record, told
from test_gate_commands import Line
from test_gate_desks import NOT_CALLED, READS, answers, takes_reference

from maoc_tui.brief.forms import TEXTS, written
from maoc_tui.desk import (
    asset_reading,
    assets,
    brief_compile,
    operation_log,
    operation_reading,
    release,
    seizure_reading,
)
from maoc_tui.desk.gate import eyes
from maoc_tui.desk.room import Room
from maoc_tui.domain.releases import WORDED as WORDABLE
from maoc_tui.domain.safeguards import Answer
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import gate_masks, gate_tables, gate_views

DAY = 86_400_000
FRANCE = replace(WATCH, name="Moreau", partner="FR")
SECOND = replace(WATCH, name="Lefort", partner="FR")
WORDED = {"operation": "Night watch", "log_line": "boarded", "seizure": "at sea", "asset": "a patrol ship"}
OURS = {
    "OP-0001": ("log_line",),
    "SZ-0001": ("seizure_find", "seizure_weighing", "seizure_persons", "seizure_stated", "seizure_transfer"),
    "AS-0001": ("asset_profile", "asset_report"),
}
"""What is released of each, beside itself."""
LEFT_OUT = ("vessel:", "custody of")
"""Lines whose very value is the hidden word; nobody would release them."""
WORDS = (FR_ONLY, MMSI[FR_ONLY], "T-0001", "Moreau", "R26")
"""What must not come out: of the target, who entered it, and the acts."""


def let_out(room: Room, ref: str, kinds: tuple[str, ...], partner: str = "BE") -> str:
    """Release lines of some kinds in other words, as two officers of France in an emergency would."""
    held = [one.line for one in release.panel(room, FRANCE, ref, partner).lines]
    picked = [x for x in held[1:] if x.kind in kinds and not x.title.casefold().startswith(LEFT_OUT)]
    picked = [x for x in picked if x.kind != "log_line" or "boarding" in x.title]
    wordings = {one.id: WORDED.get(one.kind, "as told") for one in (held[0], *picked) if one.kind in WORDABLE}
    for one in held[1:]:
        if one.kind == "operation":
            wordings[one.id] = WORDED["operation"]
    made = release.propose(
        room, FRANCE,
        release.Draft(
            ref, partner, tuple(one.id for one in picked), wordings, emergency=True, threat="a life",
            answers={"Q01": Answer(note="their ship is near")},
        ),
    )  # fmt: skip
    return release.approve(room, SECOND, made.ref, release.the_word(made)).ref


def released(folder: Path) -> Room:
    """The record with its releases; of the log, the boarding alone."""
    room = record(folder)
    operation_log.log(room, FRANCE, "OP-0001", f"0305 boarding {FR_ONLY}")
    for ref, kinds in OURS.items():
        let_out(room, ref, kinds)
    return room


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = released(tmp_path_factory.mktemp("released"))
    yield opened
    opened.close()


def met(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


SLOW = "maoc_tui.desk.brief_check.explain"
"""Takes seconds; what it tells from is the brief, which is searched below, and test_gate_desks asks it too."""


def everything(room: Room, viewer: Viewer = BE) -> dict[str, list[str]]:
    """Desk function -> hidden words it tells a viewer."""
    refs = ("OP-0001", "SZ-0001", "AS-0001")
    found = {}
    for name, function in READS.items():
        if name in NOT_CALLED or name == SLOW:
            continue
        for ref in refs[: None if takes_reference(function) else 1]:
            if words := met(answers(room, function, viewer, ref)):
                found[name] = words
    return found


def raw(room: Room, viewer: Viewer = BE) -> str:
    """All that the viewer's connection gives of every table it may open."""
    with room.db.reading(viewer) as conn:
        tables = [*gate_tables.GOVERNED, *gate_tables.FOLLOWING, *gate_tables.ABOUT]
        return "\n".join(str(conn.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in tables)


def test_the_recipient_reads_the_lines_released_in_their_words(room: Room) -> None:
    sheet = operation_reading.sheet(room, BE, "OP-0001")
    assert (sheet.row.name, sheet.row.state, sheet.row.state_title) == ("Night watch", None, "not told")
    assert (sheet.targets, sheet.steps, sheet.decisions, sheet.check_ins) == ((), (), (), ())
    assert [(line.text, line.by, line.said_time) for line in sheet.log] == [("boarded", "", "")]
    assert sheet.timeline == sheet.log
    event = seizure_reading.sheet(room, BE, "SZ-0001")
    (find,) = event.row.finds
    assert (event.event.text, find.shown and find.shown.grams, find.find.hidden) == ("at sea", 900_000, "")
    assert [(one.total, one.source) for one in event.accounts] == [(4, "FR")]
    assert (event.row.lead, event.row.vessel, event.row.doubts) == ("FR", "", ())
    asset = asset_reading.sheet(room, BE, "AS-0001")
    assert (asset.row.name, asset.row.availability, asset.row.base) == ("a patrol ship", "available", "")
    assert asset.row.lat != asset.row.lat
    assert asset.tasks == ()


def test_the_board_the_ledger_and_the_list_of_assets_show_it(room: Room) -> None:
    assert [row.ref for row in operation_reading.operations(room, BE)] == ["OP-0001"]
    assert [row.ref for row in seizure_reading.listing(room, BE)] == ["SZ-0001"]
    assert [row.ref for row in assets.assets(room, BE)] == ["AS-0001"]


def test_no_desk_tells_more(room: Room) -> None:
    assert everything(room) == {}
    assert met(raw(room)) == []


SHOWN = {"op": "OP-0001", "log": "OP-0001", "seizure": "SZ-0001", "asset": "AS-0001"}
COMMANDS = (
    "op list", "op show", "log show", "seizure list", "seizure show", "seizure figures", "asset list", "asset show",
    "assign list", "assign board", "clocks", "export", "release list", "ask list", "brief draft", "target list",
)  # fmt: skip


def test_no_command_tells_more(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from test_gate_commands import LEAVES

    line = Line(room.db.path, monkeypatch)
    ran = [words for words in COMMANDS if words in LEAVES]
    assert len(ran) > 10
    for words in ran:
        ref = SHOWN.get(words.partition(" ")[0], "operations")
        for more in ((), ("--json",)):
            said = line.run(BE, words, ref, *more)
            assert met(said) == [], words
            assert not said.endswith("Error"), (words, said[-300:])
    assert "boarded" in line.run(BE, "op show", "OP-0001")
    shown = json.loads(line.run(BE, "op show", "OP-0001", "--json"))
    assert (shown["state"], shown["by"], shown["targets"]) == (None, None, [])


def test_its_brief_tells_the_lines_and_no_more(room: Room) -> None:
    now = room.clock.now_ms()
    document = brief_compile.compiled(
        room, eyes(WATCH, "BE"), now - 2 * DAY, now + 1, number="BR-2022-348", version=1
    )
    for form in TEXTS:
        assert met(written(document, form).decode()) == [], form
    text = " ".join(told(document).split())
    assert met(text) == []
    for said in (
        "OP-0001 Night watch: where it stands is not told",
        "boarded",
        "SZ-0001",
        "900 kg",
        "a patrol ship",
    ):
        assert said in text, said


def test_the_twins_without_masks_and_with_acts_are_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_masks, "MASKS", {name: {} for name in gate_masks.MASKS})
    bare = Room.open(room.db.path, clock=room.clock)
    assert FR_ONLY in met(raw(bare))
    bare.close()
    monkeypatch.undo()
    loose = {name: replace(kind, right=False) for name, kind in gate_tables.FOLLOWING.items()}
    monkeypatch.setattr(gate_views, "FOLLOWING", loose)
    bare = Room.open(room.db.path, clock=room.clock)
    assert FR_ONLY in told(operation_reading.sheet(bare, BE, "OP-0001"))
    bare.close()
