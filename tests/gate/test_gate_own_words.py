"""Nobody speaks for another partner: refused by every desk, by the database's last guard, on the command line too."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from liaison_room import COORDINATOR, add_officer, add_target, open_room, viewer

from maoc_tui.desk import assigning, clocks, operations, requests, target_words, targets
from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_snapshots import NewTarget
from maoc_tui.domain.marking_entry import parse
from maoc_tui.problems import NotPermitted
from maoc_tui.store import own_words

SPAIN = viewer("ES")
FRENCH = parse("H2 rel ES,MAOC", "FR")
DESK = Path(target_words.__file__).parent
Do = Callable[[Room, str], object]
WAYS: dict[str, Do] = {
    "target": lambda room, ref: targets.add(room, SPAIN, NewTarget("sloop", area="Azores", marking=FRENCH)),
    "fact": lambda room, ref: targets.fact(room, SPAIN, ref, "name", "PALOMA", "caller", marking=FRENCH),
    "sighting": lambda room, ref: targets.sight(
        room, SPAIN, ref, "33 10N 041 20W", "140100Z", "caller", "seen", marking=FRENCH
    ),
    "request": lambda room, ref: requests.open_request(
        room, SPAIN, ref, "flag-enquiry", "PA", grounds="none", marking=FRENCH
    ),
    "clock": lambda room, ref: clocks.start(room, SPAIN, ref, "C8", marking=FRENCH),
    "free clock": lambda room, ref: clocks.add(room, SPAIN, ref, "call", "0500Z", marking=FRENCH),
    "assignment": lambda room, ref: assigning.offer(room, SPAIN, ref, "ES", "support", marking=FRENCH),
    "operation": lambda room, ref: operations.open_operation(room, SPAIN, "NIGHT", ref, marking=FRENCH),
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    add_officer(made, "ES", "Ana Ortega")
    yield made
    made.close()


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every desk forgets to ask whose marking it is."""
    real = target_words.marked
    for name, module in list(sys.modules.items()):
        if name.startswith("maoc_tui.desk.") and getattr(module, "marked", None) is real:
            monkeypatch.setattr(module, "marked", lambda viewer, marking: marking)


def counts(room: Room) -> list[int]:
    from maoc_tui.store.gate_tables import GOVERNED

    with room.db.reading_whole() as conn:
        return [conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0 for name in GOVERNED]


@pytest.mark.parametrize("way", WAYS)
def test_a_liaison_of_spain_says_nothing_in_the_name_of_france(room: Room, way: str) -> None:
    ref = add_target(room)
    before = counts(room)
    with pytest.raises(NotPermitted, match="Only officers of FR speak for FR"):
        WAYS[way](room, ref)
    assert counts(room) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_desk_that_forgets_to_ask_is_stopped_by_the_database(
    room: Room, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(monkeypatch)
    ref = add_target(room)
    before = counts(room)
    with pytest.raises(NotPermitted, match="Only officers of FR speak for FR"):
        WAYS[way](room, ref)
    assert counts(room) == before


def test_planted_without_both_guards_it_goes_through(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch)
    monkeypatch.setattr(own_words, "GOVERNED", {})
    ref = add_target(room)
    before = counts(room)
    WAYS["fact"](room, ref)
    assert counts(room) != before


def test_the_centre_speaks_for_itself_alone(room: Room) -> None:
    with pytest.raises(NotPermitted):
        clocks.add(room, COORDINATOR, add_target(room), "call", "0500Z", marking=FRENCH)


def test_every_desk_that_takes_a_marking_asks_whose_it_is() -> None:
    """A desk added later that takes a marking and never calls ``marked`` is named here."""
    faulty = {path.name: _takes_unasked(path.read_text("utf-8")) for path in sorted(DESK.glob("*.py"))}
    assert {name: found for name, found in faulty.items() if found} == {}


def test_planted_a_desk_that_does_not_ask_is_named() -> None:
    planted = "def note(room: Room, viewer: Viewer, *, marking: Marking | None = None) -> None:\n    store(marking)\n"
    assert _takes_unasked(planted)
    assert not _takes_unasked(planted.replace("store(marking)", "store(marked(viewer, marking))"))


def _takes_unasked(source: str) -> list[str]:
    """Public functions with a viewer and a marking of the caller's that neither ask nor hand it on."""
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        names = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
        reads = node.name in READS
        if not {"viewer", "marking"} <= names or reads:
            continue
        called: set[Any] = {
            getattr(one.func, "id", getattr(one.func, "attr", ""))
            for one in ast.walk(node)
            if isinstance(one, ast.Call)
        }
        handed = any(
            isinstance(one, ast.Call)
            and called
            and any(
                isinstance(arg, ast.Name) and arg.id == "marking"
                for arg in (*one.args, *(k.value for k in one.keywords))
            )
            and getattr(one.func, "id", getattr(one.func, "attr", "")) in HANDED
            for one in ast.walk(node)
        )
        if not ASK & called and not handed:
            found.append(node.name)
    return found


READS = {
    "marked",
    "noted",  # the journal's line on what was marked and asked before
    "new_fact",
    "new_sighting",
    "new_link",
    "consult",
    "take_out",
    "sentence",
    "audience",
    "require_own",
    "preview",
    "told",
}
"""Take the marking of what is there already, or say who would read it."""
HANDED = {"_made", "_add", "recorded", "log"}
"""Functions of the same module that ask."""
ASK = {"marked", "require_own"}


def test_the_guard_lets_ones_own_words_pass(room: Room) -> None:
    with changing(room, SPAIN):
        pass
    own = parse("H2 rel FR", "ES")
    assert clocks.add(room, SPAIN, add_target(room), "call", "0500Z", marking=own).ref
