"""``maoc --plain``: the watch as lines of text, for screen readers, braille displays and very slow lines.

The same door, desks and rights as the screens; what changes is appended. Nothing is drawn.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from maoc_tui.cli import plain_words
from maoc_tui.cli.plain_news import ASKED, News
from maoc_tui.cli.plain_terminal import Ended, Terminal
from maoc_tui.crash import report
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import Problem
from maoc_tui.settings import Settings
from maoc_tui.ui.live import LiveDesk

RENEW_EVERY_S = 30.0


def run(door: Any, clock: Clock, settings: Settings, banner: str = "") -> int:
    """Work over one door until somebody leaves; the exit status."""
    terminal = Terminal()
    with terminal.in_use():
        session = Plain(terminal, LiveDesk(door), clock, settings, banner)
        try:
            session.work()
        except (Ended, KeyboardInterrupt):
            terminal.say("Left.")
        except Problem as problem:
            terminal.say(plain_words.sentence(problem))
            return problem.status
        finally:
            session.desk.close()
    return 0


class Plain:
    """One officer at a terminal used as paper."""

    def __init__(
        self, terminal: Terminal, desk: LiveDesk, clock: Clock, settings: Settings, banner: str
    ) -> None:
        self.desk, self.settings = desk, settings
        self._terminal, self._clock, self._banner = terminal, clock, banner
        self._renewed = time.monotonic()
        self._given: dict[str, object] = {}
        """What ``maoc`` itself would be given: view_as."""
        self._news = News(desk, clock, banner)
        self._untold: list[str] = []
        """What was heard while nobody might read it."""

    def work(self) -> None:
        """Come in, say how the watch stands, do what is typed."""
        say = self._terminal.say
        say(f"maoc-tui, plain. {self._banner}".strip())
        for fault in self.settings.faults:
            say(printable(f"{fault}.", 400))
        self.desk.said = say
        self._come_in()
        self._catch_up()
        say("help lists the words.")
        while self._do(self._typed()):
            self._tell()

    def _typed(self) -> str:
        """The next line; Ctrl+C drops what was begun and never leaves."""
        while True:
            try:
                return self._terminal.ask("maoc>", self._each_second)
            except KeyboardInterrupt:
                self._terminal.say("quit leaves.")

    def _stand(self) -> None:
        for line in self._news.stands():
            self._terminal.say(line)

    # -- coming in -----------------------------------------------------------------------------

    def _come_in(self, asked: Problem | None = None) -> None:
        """Look until somebody may; who that is, is asked as the door wants it. Raises Problem for anything else."""
        while True:
            if asked is not None and asked.code == "choose":
                self._choose()
            elif asked is not None:
                self._sign_in(self.desk.asked or self.desk.login)
            try:
                self._untold += self._news.look()
                self.desk.renew()
                return
            except Problem as problem:
                if problem.code not in ASKED:
                    raise
                asked = problem

    def _choose(self) -> None:
        """The demo's only question."""
        choices = self.desk.choices()
        for number, one in enumerate(choices, 1):
            self._terminal.say(printable(f"{number}. {one.name}, {one.partner}: {one.what}", 200))
        typed = self._terminal.ask("Who are you today? Number:")
        before = self.desk.viewer
        if typed.isdigit() and 0 < int(typed) <= len(choices):
            self.desk.be(choices[int(typed) - 1])
            self._anew_unless(before)
        elif typed in ("q", "quit"):
            raise Ended

    def _sign_in(self, login: str) -> None:
        login = login or self._terminal.ask("Login:")
        passphrase = self._terminal.ask_unseen(f"Passphrase of {login}:")
        purpose = self._terminal.ask("Purpose of this session, or Enter:")
        before = self.desk.viewer
        try:
            self.desk.sign_in(login, passphrase, purpose)
        except Problem as problem:
            self._terminal.say(plain_words.sentence(problem))
        else:
            self._anew_unless(before)

    def _anew_unless(self, before: Viewer) -> None:
        """Begin again, unless the officer is who it was, with the same rights: news is for whom it was heard."""
        if replace(self.desk.viewer, purpose="") != replace(before, purpose=""):
            self._news, self._untold = News(self.desk, self._clock, self._banner), []

    # -- what happens by itself ----------------------------------------------------------------

    def _each_second(self) -> None:
        """Say what is new; lock after idling; look whether whoever is here may still be."""
        if (
            self.desk.lockable
            and time.monotonic() - self._terminal.touched >= self.settings.lock_minutes * 60
        ):
            self._lock("after idling")
        self._tell()

    def _tell(self) -> None:
        try:
            if time.monotonic() - self._renewed >= RENEW_EVERY_S:
                self._renewed = time.monotonic()
                self.desk.renew()
            told = self._news.look()
        except Problem as problem:
            if problem.code not in ASKED:
                raise
            self._out(problem)
            return
        except Exception as error:
            self._terminal.say(plain_words.sentence(report(error)))
            return
        if told and self._news.rings and self.settings.bell:
            self._terminal.ring()
        for line in told:
            self._terminal.say(line)

    def _out(self, problem: Problem) -> None:
        """Whoever was here may be so no more: say why, ask who is there."""
        self._terminal.say(plain_words.sentence(problem))
        self._given.clear()
        self._come_in(problem)
        self._catch_up()

    def _catch_up(self) -> None:
        """Say what came while nobody might read it, and how the watch stands now."""
        told, self._untold = self._untold, []
        for line in told:
            self._terminal.say(line)
        self._stand()

    def _lock(self, why: str) -> None:
        """Nothing is told or done until the passphrase was given; that a clock rings is still said."""
        who = self.desk.viewer
        self.desk.note_lock(f"locked {why}")
        self._terminal.say(f"Locked: {printable(who.name, 60)}, {who.partner}.")
        while True:
            typed = self._terminal.ask_unseen("Passphrase:", self._ring_only)
            try:
                self.desk.confirm(typed)
                self.desk.renew()
                self._anew_unless(who)
                self._untold += self._news.look()
            except Problem as problem:
                if problem.code in ASKED:
                    self._out(problem)
                    return
                self._terminal.say(plain_words.sentence(problem))
            else:
                self.desk.note_lock("opened")
                self._catch_up()
                return

    def _ring_only(self) -> None:
        try:
            told = self._news.look()
        except Problem:
            return  # whoever unlocks is told then
        self._untold += told
        if told and self._news.rings:
            if self.settings.bell:
                self._terminal.ring()
            self._terminal.say("Something runs out, slips or waits; unlock to read it.")

    # -- what is typed -------------------------------------------------------------------------

    def _do(self, line: str) -> bool:
        """Do one line; False when it says to leave."""
        word, _, rest = line.lstrip(":").strip().partition(" ")
        if word in ("quit", "q", "exit"):
            return False
        try:
            self._word(word, rest.strip())
        except Problem as problem:
            if problem.code in ASKED:
                self._out(problem)
            else:
                self._terminal.say(plain_words.sentence(problem))
        except KeyboardInterrupt:
            self._terminal.say("Stopped.")
        except Exception as error:
            self._terminal.say(plain_words.sentence(report(error)))
        return True

    def _word(self, word: str, rest: str) -> None:
        if word == "watch" and not rest:
            self._stand()
        elif word == "lock" and self.desk.lockable:
            self._lock("by hand")
        elif word == "lock":
            self._terminal.say("Nobody is signed in: there is no passphrase to lock with.")
        elif word == "view-as":
            self._view_as(rest)
        elif word in ("help", "?", "keys") and not rest:
            for line in plain_words.told():
                self._terminal.say(line)
        elif word:
            given = {**self._given, "plain": True, "room": self.desk.open()}
            plain_words.run(f"{word} {rest}", given, files=not self.desk.asked)

    def _view_as(self, partner: str) -> None:
        self._given = {"view_as": partner.upper()} if partner else {}
        self._terminal.say(
            f"What {printable(partner.upper(), 12)} sees; nothing can be changed. view-as alone ends it."
            if partner
            else "Your own view."
        )
