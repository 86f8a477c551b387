"""Who is at the screen: signing in and out, the lock after idling, the passphrase given again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events

from maoc_tui.problems import Problem
from maoc_tui.ui.front_door import FrontDoor

AGAIN = 75
"""Return code that asks for a new program over the same record: nothing of the last officer's screens stays."""
RENEW_EVERY_S = 30.0


def _now() -> tuple[float, float]:
    """Two clocks: the one stands still while a laptop sleeps, the other can be set."""
    return time.monotonic(), time.time()


class Entering(FrontDoor):
    """The part of the program that knows whether anybody may look."""

    _touched = (0.0, 0.0)
    _renewed = 0.0

    # -- idling --------------------------------------------------------------------------------

    def open_up(self) -> None:
        """Take the entrance away; idling begins anew."""
        self._touched = _now()
        super().open_up()

    async def on_event(self, event: events.Event) -> None:
        """Know when a key was pressed last."""
        if isinstance(event, events.Key | events.Paste):
            self._touched = _now()
        await super().on_event(event)

    def tick(self) -> None:
        """A second passed: has anybody touched a key, may whoever is here still be here?"""
        super().tick()
        if self.locked:
            return
        now = _now()
        idle = max(now[0] - self._touched[0], now[1] - self._touched[1]) if any(self._touched) else 0.0
        if not any(self._touched):
            self._touched = now
        if self.desk.lockable and idle >= self.settings.lock_minutes * 60:
            self.lock("after idling")
        elif self.moment is not None and now[0] - self._renewed >= RENEW_EVERY_S:
            # Without a passphrase too: single-user mode ends when somebody is enrolled at another desk.
            self._renewed = now[0]
            self.read(self.desk.renew, lambda _: None, self._look_failed)

    def _look_failed(self, problem: Problem) -> None:
        if problem.code not in ("sign_in", "choose"):
            super()._look_failed(problem)
            return
        self._looking = False
        if problem.code == "choose":
            self.read(self.desk.choices, self._ask_who, self.show_problem)
        else:
            self.ask_sign_in("" if self.moment is None else problem.message)

    # -- signing in ----------------------------------------------------------------------------

    def ask_sign_in(self, text: str = "") -> None:
        """Ask for login and passphrase; only the officer whose screens are behind, if there are any."""
        from maoc_tui.ui.entrance import SignIn

        def ask(login: str) -> None:
            self.stand_before(SignIn(text, login))

        self.read(lambda: self.desk.asked or self.desk.login, ask, self.show_problem)

    def come_in(self, login: str, passphrase: str, purpose: str, refused: Callable[[Problem], None]) -> None:
        """Sign in, in a worker; another officer than the one before gets a new program."""
        fresh = self.moment is None
        before = self.desk.viewer

        def entered(_: Any) -> None:
            if fresh or before.officer == self.desk.viewer.officer:
                self.open_up()
            else:
                self.begin_again()

        self.read(lambda: self.desk.sign_in(login, passphrase, purpose), entered, refused)

    def begin_again(self) -> None:
        """End this program so that another one begins over the same record."""
        self.drafts.close()
        self.desk.room = None
        self.exit(return_code=AGAIN)

    def action_sign_out(self, _: str = "") -> None:
        """Sign out and ask who comes next; where nobody is signed in, say so."""
        if self.desk.lockable:
            self.feeds.stop_all()
            self.read(self.desk.leave, lambda _: self.begin_again(), self.show_problem)
        elif self.desk.asks_who:
            self.read(self.desk.choices, self._ask_who, self.show_problem)
        else:
            self.say("Nobody is enrolled: the record is in single-user mode.", bad=True)

    # -- the lock ------------------------------------------------------------------------------

    def action_lock(self, _: str = "") -> None:
        """Lock the screen until the passphrase is given."""
        if self.desk.lockable:
            self.lock("by hand")
        else:
            self.action_blank()  # type: ignore[attr-defined]

    def lock(self, why: str) -> None:
        """Put the lock in front."""
        from maoc_tui.ui.entrance import Lock

        who = self.desk.viewer
        self.stand_before(Lock(f"{who.name}, {who.partner}"))
        self.read(partial(self.desk.note_lock, f"locked {why}"), lambda _: None, lambda _: None)

    def unlock(self, passphrase: str, refused: Callable[[Problem], None]) -> None:
        """Open the lock with the passphrase of whoever is signed in."""

        def failed(problem: Problem) -> None:
            if problem.code == "sign_in":
                self.ask_sign_in(problem.message)
            else:
                refused(problem)

        def opened(_: Any) -> None:
            self.open_up()
            self.read(partial(self.desk.note_lock, "opened"), lambda _: None, lambda _: None)

        self.read(lambda: self.desk.confirm(passphrase), opened, failed)

    def ask_other(self) -> None:
        """Another officer wants this screen; refused where the line is for one officer alone."""
        from maoc_tui.ui.entrance import SignIn

        if not self.desk.asked:
            self.stand_before(SignIn("Whoever is signed in now is signed out when you have signed in."))

    # -- the demo's question -------------------------------------------------------------------

    def _ask_who(self, choices: Any) -> None:
        from maoc_tui.ui.entrance import Chooser

        self.stand_before(Chooser(choices))

    def be(self, choice: Any) -> None:
        """Be somebody of the demo from now on."""
        before = self.desk.viewer

        def chosen(_: Any) -> None:
            if self.moment is None or before == self.desk.viewer:
                self.open_up()
            else:
                self.begin_again()

        self.read(lambda: self.desk.be(choice), chosen, self.show_problem)

    # -- the passphrase again ------------------------------------------------------------------

    def with_passphrase(self, then: Callable[[], None]) -> None:
        """Ask for the passphrase in a window, then go on with what needed it."""
        from maoc_tui.ui.passphrase import PassphraseDialog

        self.push_screen(PassphraseDialog(), lambda given: then() if given else None)

    def action_passphrase_again(self, _: str = "") -> None:
        """Give the passphrase again, for acts that ask for it."""
        if self.desk.lockable:
            self.with_passphrase(lambda: self.say("Confirmed for five minutes."))
        else:
            self.say("Nobody is signed in: no passphrase is asked.")

    def show_problem(self, problem: Problem) -> None:
        """Open the problem window; where the passphrase is asked again, its window."""
        if problem.code == "confirm" and not self.locked:
            self.with_passphrase(lambda: self.say("Confirmed: do it again now."))
        else:
            super().show_problem(problem)
