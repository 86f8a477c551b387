"""Every desk function that takes a room and a viewer, found by itself: none tells of what is hidden."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from surfaces import HIDDEN, HIDDEN_WORDS, NAMED, VIEWERS, leaks, record, told
from target_room import HOUR, NOW, YACHT

import maoc_tui.desk as package
from maoc_tui.desk.room import Room
from maoc_tui.domain.targets import Kind
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import Problem

NOT_CALLED = {"maoc_tui.desk.feeds.run": "listens to a source until it is stopped"}
FILLS: dict[str, tuple[Any, ...]] = {
    "key": (YACHT,), "since_ms": (0,), "until_ms": (NOW + HOUR,), "at_ms": (NOW,), "kind": (Kind.VESSEL, "vessel"),
    "values": ({"name": frozenset({"XYZZY MARU"}), "mmsi": frozenset({"226999111"})},), "partner": ("ES", "PT"),
    "rows": ((),), "code": ("ES",), "attribute": ("name",),
}  # fmt: skip
"""Arguments by name; anything else is the reference of something hidden."""
OTHERS = (NAMED, "R-0001", "Z-0001", "SZ-0001", "SF-0001", "OP-0001", "OP-0001/0001")


signature = cache(inspect.signature)


def reads() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of a desk whose first two arguments are a room and a viewer."""
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        for name, function in vars(loaded).items():
            if (
                not inspect.isfunction(function)
                or name.startswith("_")
                or function.__module__ != loaded.__name__
            ):
                continue
            if list(signature(function).parameters)[:2] == ["room", "viewer"]:
                yield f"{loaded.__name__}.{name}", function


READS = dict(reads())


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = record(tmp_path_factory.mktemp("desks"))
    yield opened
    opened.close()


def answers(room: Room, function: Callable[..., Any], viewer: Any, ref: str) -> str:
    """Everything a desk function says when asked about a reference, in every way its arguments allow."""
    wanted = [
        p for p in list(signature(function).parameters.values())[2:]
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]  # fmt: skip
    said = []
    for choice in range(max([len(FILLS.get(p.name, ())) for p in wanted], default=1) or 1):
        given = {p.name: _fill(p.name, choice, ref) for p in wanted}
        try:
            said.append(told(function(room, viewer, **given)))
        except Problem as problem:
            said.append(f"{type(problem).__name__} {problem.status} {problem.message} {problem.way_out}")
        except (TypeError, AttributeError, ValueError, KeyError, AssertionError) as mismatch:
            said.append(type(mismatch).__name__)  # an argument that is no such thing
    return "\n".join(said)


def takes_reference(function: Callable[..., Any]) -> bool:
    """Whether what is asked can make a difference."""
    wanted = list(signature(function).parameters.values())[2:]
    return any(p.default is p.empty and p.name not in FILLS for p in wanted)


def _fill(name: str, choice: int, ref: str) -> Any:
    values = FILLS.get(name)
    return ref if values is None else values[min(choice, len(values) - 1)]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_desk_tells_a_viewer_of_what_is_hidden(room: Room, viewer: str) -> None:
    found = {}
    for name, function in READS.items():
        if name in NOT_CALLED:
            continue
        for ref in (HIDDEN, *OTHERS)[: None if takes_reference(function) else 1]:
            if (name, viewer) == ("maoc_tui.desk.journal.entries", "auditor"):
                continue  # who reads the journal reads the reasons people gave
            if words := leaks(answers(room, function, VIEWERS[viewer], ref), viewer):
                found[name] = words
    assert found == {}


def test_the_desks_were_found_and_do_tell_who_may_see(room: Room) -> None:
    """The twin: the same questions on behalf of an all-seeing viewer bring the hidden words up."""
    assert len(READS) > 40
    asked = {
        name: answers(room, function, WATCH, HIDDEN)
        for name, function in READS.items()
        if name not in NOT_CALLED
    }
    telling = {name for name, text in asked.items() if any(word in text for word in HIDDEN_WORDS["ES"])}
    assert {
        "maoc_tui.desk.target_reading.sheet",
        "maoc_tui.desk.target_listing.listing",
        "maoc_tui.desk.seizure_reading.listing",
    } <= telling
    assert len(telling) > 8


@pytest.mark.parametrize("viewer", ["ES", "BE"])
def test_a_hidden_reference_answers_like_one_that_was_never_given(room: Room, viewer: str) -> None:
    differing = {}
    for name, function in READS.items():
        if name in NOT_CALLED or not takes_reference(function):
            continue
        for there, nowhere in ((HIDDEN, "T-9999"), *((ref, f"{ref[:-4]}9999") for ref in OTHERS[1:])):
            missing = answers(room, function, VIEWERS[viewer], nowhere)
            hidden = answers(room, function, VIEWERS[viewer], there).replace(there, nowhere)
            if "There is no" in missing and nowhere in missing and hidden != missing:
                differing[name] = (there, hidden[:300])
    assert differing == {}
