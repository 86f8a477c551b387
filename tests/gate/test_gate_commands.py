"""Every command of the command line, found by itself, on behalf of every kind of viewer: no hidden word."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from surfaces import HIDDEN, HIDDEN_WORDS, NOBODYS, VIEWERS, leaks, record
from target_room import Zones

from maoc_tui.cli import maoc
from maoc_tui.desk import access
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import ScenarioClock
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import Problem

NOT_RUN = {
    "demo": "opens the program on a record of its own",
    "init": "makes a record", "encrypt": "rewrites the record",
    "feed run": "polls a service in the network", "zones fetch": "asks a service in the network",
    "zones derive": "takes minutes, and reads no record",
    "zones activate": "switches the site's dataset", "zones import": "reads a file into the site's datasets",
}  # fmt: skip
FILLS = {
    "contact": "ais:263601890", "partner": "ES", "code": "ES", "position": "36 00N 020 00W", "attribute": "name",
    "value": "x", "at": "140300Z", "until": "12h", "files": "/nowhere.nmea", "status": "ACTIVE", "acting": "ES",
    "flag": "VE", "role": "SUPPORT", "kind": "high_seas", "reason": "because", "source": "somebody", "name": "x",
    "passphrase": "x",
}  # fmt: skip
"""Arguments by name; anything else is the reference asked about."""


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


LEAVES = dict(leaves(maoc))


def arguments(command: click.Command, ref: str) -> list[str]:
    """What the command cannot do without."""
    found: list[str] = []
    for parameter in command.params:
        value = FILLS.get(str(parameter.name), ref)
        if isinstance(parameter, click.Argument) and (
            parameter.required or parameter.name in ("ref", "what")
        ):
            found.append(value)
        elif isinstance(parameter, click.Option) and parameter.required:
            found += [parameter.opts[0], value]
    return found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = record(tmp_path_factory.mktemp("commands"))
    room.close()
    return room.db.path


class Line:
    """A command line on which somebody is signed in; each record is opened once, and stays open till the end."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self.patch = path, monkeypatch
        self.rooms: dict[str, Room] = {}
        monkeypatch.setattr(Room, "zones", Zones())
        whole = Room.open.__func__  # type: ignore[attr-defined]

        def opened(cls: type[Room], *args: Any, **given: Any) -> Room:
            asked = f"{args} {sorted(given.items())}"
            if asked not in self.rooms:
                clock = ScenarioClock(1_670_987_261_000, 0.0)
                self.rooms[asked] = whole(cls, *args, **{**given, "clock": clock})
            return self.rooms[asked]

        self._close = Room.close
        monkeypatch.setattr(Room, "open", classmethod(opened))
        monkeypatch.setattr(Room, "close", lambda room: None)

    def end(self) -> None:
        """Close every record."""
        for room in self.rooms.values():
            self._close(room)

    def run(self, viewer: Viewer, words: str, ref: str, *more: str) -> str:
        """Everything a command says."""
        self.patch.setattr(access, "viewer", lambda room: viewer)
        given = [*words.split(), *arguments(LEAVES[words], ref), *more]
        result = CliRunner().invoke(maoc, ["--db", str(self.path), *given], input="")
        said = result.output
        if isinstance(result.exception, Problem):
            said += f" {result.exception.status} {result.exception.message} {result.exception.way_out}"
        elif result.exception is not None and not isinstance(
            result.exception, SystemExit | click.ClickException
        ):
            said += f" {type(result.exception).__name__}"
        return said


@pytest.fixture
def line(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    made = Line(path, monkeypatch)
    yield made
    made.end()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_command_tells_a_viewer_of_what_is_hidden(line: Line, viewer: str) -> None:
    found = {}
    for words in LEAVES:
        if words in NOT_RUN or (words, viewer) == ("journal list", "auditor"):
            continue  # who reads the journal reads the reasons people gave
        if hidden := leaks(line.run(VIEWERS[viewer], words, HIDDEN), viewer):
            found[words] = hidden
    assert found == {}


OPERATIONS = [words for words in LEAVES if words.startswith(("op ", "log")) and words != "op open"]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_command_tells_of_a_hidden_operation_or_that_there_is_one(line: Line, viewer: str) -> None:
    assert len(OPERATIONS) > 12
    for words in OPERATIONS:
        for there, nowhere in (("OP-0001", "OP-9999"), ("OP-0001/1", "OP-9999/1")):
            hidden = line.run(VIEWERS[viewer], words, there)
            assert leaks(hidden, viewer) == [], words
            assert hidden.replace(there, nowhere) == line.run(VIEWERS[viewer], words, nowhere), words


def test_a_hidden_reference_answers_like_one_that_was_never_given(line: Line, tmp_path: Path) -> None:
    """Each on a record of its own: some take it for a name, and what they leave behind differs by that alone."""
    asked = {HIDDEN: tmp_path / "there.db", NOBODYS: tmp_path / "other.db"}
    for path in asked.values():
        shutil.copy(line.path, path)
    differing = {}
    for words in LEAVES:
        if words in NOT_RUN or HIDDEN not in arguments(LEAVES[words], HIDDEN):
            continue
        said = []
        for ref, line.path in asked.items():
            answer = line.run(VIEWERS["ES"], words, ref)
            said.append(answer.replace(ref, NOBODYS).replace(line.path.name, "record"))
        if said[0] != said[1]:
            differing[words] = said[0][:300]
    assert differing == {}


def test_the_commands_do_tell_who_may_see(line: Line) -> None:
    """The twin: run without the gate they bring the hidden words up."""
    telling = (
        "target list",
        "target show",
        "target duplicates",
        "zones override list",
        "assign board",
        "seizure list",
        "events",
    )
    assert [words for words in telling if not leaks(line.run(WATCH, words, HIDDEN), "ES")] == ["events"]
    assert len(HIDDEN_WORDS) == len(VIEWERS)


def test_what_is_not_run_exists() -> None:
    assert set(NOT_RUN) <= set(LEAVES)


@pytest.mark.parametrize("words", ["target list", "target show", "track", "contacts", "events"])
def test_view_as_shows_what_the_partner_sees(line: Line, words: str) -> None:
    line.patch.setattr(access, "viewer", lambda room: WATCH)
    given = [*words.split(), *arguments(LEAVES[words], HIDDEN)]
    result = CliRunner().invoke(maoc, ["--db", str(line.path), "--view-as", "ES", *given])
    assert leaks(result.output, "ES") == []
