"""``maoc --plain``: every line is text that is read as it is; nothing is drawn over, and changes are appended."""

from __future__ import annotations

import os
import pty
import re
import signal
import sys
import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import access_room
import click
import pytest

from maoc_tui.cli import maoc, plain, plain_words, program
from maoc_tui.cli.plain_news import News
from maoc_tui.cli.plain_terminal import Terminal, spoken
from maoc_tui.cli.stopping import stopping
from maoc_tui.desk import access
from maoc_tui.desk.door import Door
from maoc_tui.domain.clock import Clock
from maoc_tui.problems import NotPermitted
from maoc_tui.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
import fakes
from operation_room import filled_room

DRAWN = re.compile("[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2500-\u259f\u2800-\u28ff]")
"""Controls but for the bell and ends of lines, boxes, blocks, braille."""


class Line:
    """A pty with somebody who answers every question with the next line, and everything that came out."""

    def __init__(self, *typed: str) -> None:
        self.master, self.slave = pty.openpty()
        self.said = b""
        self._typed = [f"{line}\n".encode() for line in typed]
        self._stream = open(self.slave, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        try:
            while part := os.read(self.master, 65536):
                self.said += part
                if self._typed and self.said.endswith((b"> ", b": ")):
                    os.write(self.master, self._typed.pop(0))
        except OSError:
            return

    def work(self, door, settings=None, monkeypatch=None) -> str:
        """Run the program on it until it ends; what came out."""
        monkeypatch.setattr(sys, "stdout", self._stream)
        made = Terminal
        monkeypatch.setattr(plain, "Terminal", lambda: made(self.slave))
        status = plain.run(door, Clock(), settings or Settings())
        monkeypatch.undo()
        self._stream.close()
        os.close(self.slave)
        self._reader.join(5)
        os.close(self.master)
        assert status == 0
        return self.said.decode()


def test_a_watch_is_kept_by_lines_alone(tmp_path, monkeypatch):
    room = filled_room(tmp_path)
    line = Line(
        ":watch", "targets", "operations", "op show OP-0001", "near 36N 19W", "requests", "assets", "figures",
        "stats seized", "contacts", "events", "liaison", "briefs", "help", "help plain", "target --help",
        'log OP-0001 "0312 boarding, two aboard"', "log OP-0001 skipper's cabin searched",
        "op show OP-9999", "nonsense", "encrypt", "lock", "quit",
    )  # fmt: skip
    said = line.work(lambda _: room, monkeypatch=monkeypatch)
    assert not DRAWN.search(said)
    for part in (
        "ref T-0001; ", "OP-0001; ", "boarding, two aboard", "'nonsense' is no word here.", "maoc near",
        "skipper's cabin searched", "Leave with quit, and call: maoc encrypt", "Nobody is signed in",
    ):  # fmt: skip
        assert part in said, part
    assert "Traceback" not in said
    assert max(len(one) for one in said.split("maoc>")) < 16_000


def test_a_passphrase_is_asked_for_and_never_shown(tmp_path, monkeypatch):
    wall = access_room.Wall()
    access_room.staffed(tmp_path / "m.db", wall).close()
    door = Door(tmp_path / "m.db", lambda said, key: access_room.opened(tmp_path / "m.db", wall, key))
    login, secret = "ana", access_room.WORDS["ana"]
    line = Line(
        login, "wrong one", "", login, secret, "night watch", "whoami", "lock", "wrong again", secret, "quit"
    )
    said = line.work(door, monkeypatch=monkeypatch)
    assert said.count("Login or passphrase is wrong.") == 2  # at the door, and at the lock
    assert secret not in said
    assert "Ana Ferreira, MAOC: administrator" in said
    assert "for: night watch" in said
    assert "Locked: Ana Ferreira, MAOC." in said


@pytest.mark.parametrize(
    "line",
    [
        "export contacts --format csv --out {file}",
        "targets --db {file}",
        "ingest {file}",
        "seizure check SZ-0001/1 {file}",
        "seizure --json check SZ-0001/1 {file}",
        "zones fetch eez",
        "zones derive",
        "feed run digitraffic --url http://localhost:1/",
        "feed run digitraffic --url=http://localhost:1/",
        "diagnostics",
    ],
)
def test_a_line_for_one_officer_names_no_file(line, tmp_path):
    file = tmp_path / "authorized_keys"
    with pytest.raises(NotPermitted, match="no file or folder"):
        plain_words.run(line.format(file=file), {"plain": True}, files=False)
    assert not file.exists()


def test_what_changes_is_said_once_and_only_that():
    desk = fakes.FakeDesk(20)
    news = News(desk, desk.clock, "DEMO")
    assert news.look() == []
    assert news.look() == []
    desk.now_picture = fakes.picture(20, generation=2)
    desk.now_events = (
        *desk.now_events,
        replace(desk.now_events[0], id=99, target="T-0001", entered="ES EEZ"),
    )
    silent = replace(desk._feeds(None)[0], ok=False, text="silent for 90 s")
    desk._feeds = lambda room: (silent,)
    told = news.look()
    assert len(told) == 2
    assert told[0].startswith("T-0001 VENTO 1: from HS into ES EEZ at ")
    assert told[1] == "Live source AIS: silent for 90 s."
    assert news.look() == []
    assert not news.rings


class Paper:
    """A terminal on which every passphrase and purpose is given; ``meanwhile`` runs while the first is typed."""

    def __init__(self, meanwhile=lambda: None) -> None:
        self.said, self.touched, self._meanwhile = [], 0.0, meanwhile

    def say(self, text):
        self.said.append(text)

    def ring(self):
        self.said.append("BELL")

    def ask(self, question, each_second=lambda: None):
        meanwhile, self._meanwhile = self._meanwhile, lambda: None
        meanwhile()
        each_second()
        return "typed"

    ask_unseen = ask


def heard_meanwhile(desk) -> None:
    """A clock ends and a target enters a zone."""
    desk.now_picture = fakes.picture(20, generation=desk.now_picture.generation + 1)
    desk.now_events = (
        *desk.now_events,
        replace(desk.now_events[0], id=99, target="T-0001", entered="ES EEZ"),
    )
    desk.now_alerts = (rung_alert(),)


def rung_alert():
    return SimpleNamespace(
        ref="AL-0001", revision=1, escalated=False, critical=True, text="T-0001 is dark", rings=True,
        loud=lambda now: True,
    )  # fmt: skip


def at_work(desk, terminal, **settings):
    made = plain.Plain(terminal, desk, desk.clock, Settings(**settings), "")
    made._tell()
    made._tell()
    return made


NEWS = ["▲ T-0001 is dark", "T-0001 VENTO 1: from HS into ES EEZ"]


def told_of(said: list[str]) -> list[str]:
    return [part for part in NEWS if sum(line.startswith(part) for line in said) == 1]


@pytest.mark.parametrize("bell", [True, False])
def test_what_comes_while_it_is_locked_is_told_when_it_is_opened(bell):
    desk = fakes.FakeDesk(20)
    desk.note_lock = desk.confirm = lambda _: None
    terminal = Paper(lambda: heard_meanwhile(desk))
    session = at_work(desk, terminal, bell=bell)
    session._lock("by hand")
    locked = terminal.said.index("Something runs out, slips or waits; unlock to read it.")
    assert ("BELL" in terminal.said[:locked]) is bell
    assert told_of(terminal.said[:locked]) == []
    assert told_of(terminal.said[locked:]) == NEWS
    assert any("20 contacts" in line for line in terminal.said[locked:])
    del terminal.said[:]
    session._tell()
    assert terminal.said == []


@pytest.mark.parametrize("comes", ["the same", "another"])
def test_what_comes_after_a_session_has_ended_is_told_to_whose_it_was_and_to_nobody_else(comes):
    desk = fakes.FakeDesk(20)
    over, look = [True], desk.look
    session = at_work(desk, terminal := Paper(lambda: heard_meanwhile(desk)))

    def ended(*view):
        if over:
            raise access.SignInNeeded("The session is over.", "Sign in.")
        return look(*view)

    def signed_in(*_):
        over.clear()
        if comes == "another":
            desk.viewer = replace(desk.viewer, name="Ana", officer="7")

    desk.look, desk.sign_in = ended, signed_in
    session._tell()
    assert told_of(terminal.said) == (NEWS if comes == "the same" else [])
    assert any("20 contacts" in line for line in terminal.said)


def test_a_fault_of_the_program_in_a_look_is_told_once_and_ends_nothing(monkeypatch):
    desk = fakes.FakeDesk(20)
    session = at_work(desk, terminal := Paper())
    look, desk.look = desk.look, lambda *_: {}["gone"]
    session._tell()
    session._tell()
    (said,) = terminal.said
    assert said.startswith("Picture stands still: Something went wrong in the program.")
    desk.look = look
    heard_meanwhile(desk)
    session._tell()
    assert terminal.said[1:3] == ["BELL", "The picture moves again."]
    assert told_of(terminal.said) == NEWS


@pytest.mark.parametrize("word", ["in any word", "in one that gives its account first"])
def test_a_kill_while_a_word_is_done_ends_the_program(word, monkeypatch):
    def work():
        with stopping() if word != "in any word" else nullcontext():
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(maoc, "get_command", lambda *_: click.Command("work", callback=work))
    before = signal.signal(signal.SIGTERM, program._leave)
    try:
        with pytest.raises(SystemExit, match="143"):
            plain_words.run("work", {"plain": True})
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\x1b[2Jgone", "[2Jgone"),
        ("┌──┐\n│ a │\n└──┘\n", " a\n"),
        ("seized ⣀⣤⣶ 4", "seized  4"),
        ("REF       TYPE     NAME\n  missing", "REF  TYPE  NAME\n  missing"),
        ("a\u202eb\ttab", "ab  tab"),
        ("one\n\ntwo\n", "one\n\ntwo\n"),
    ],
)
def test_only_what_can_be_read_aloud_goes_out(text, read):
    assert spoken(text) == read
