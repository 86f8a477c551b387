"""The way into a record for a screen: opens it, asks who is there, keeps whoever was let in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from maoc_tui.desk import access, signing_in
from maoc_tui.desk.access import SignInNeeded
from maoc_tui.desk.room import Room, Said
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.settings import Settings
from maoc_tui.store import access as sessions
from maoc_tui.store import keyring

Make = Callable[[Said, bytes | None], Room]


class ChoiceNeeded(SignInNeeded):
    """Nobody is enrolled here, and somebody should say who they are."""

    code = "choose"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody one may say to be, in the demo."""

    name: str
    partner: str
    what: str
    """In words: liaison officer of Spain."""
    viewer: Viewer


class Door:
    """Called with a function to say what is done, it gives the room; raises SignInNeeded until somebody came in."""

    def __init__(self, path: Path, make: Make, *, asked: str = "", read_only: bool = False) -> None:
        self.viewer: Viewer = WATCH
        self.asked = asked
        """The one login that is let in; "" for any."""
        self._path, self._make, self._read_only = path, make, read_only
        self._room: Room | None = None
        self._lock = threading.RLock()

    @classmethod
    def of(
        cls, path: Path, settings: Settings, clock: Clock, *, asked: str = "", read_only: bool = False
    ) -> Door:
        """The door of the record at ``path``, which is made when it is not there yet."""

        def make(said: Said, key: bytes | None) -> Room:
            return Room.open(path, create=True, clock=clock, settings=settings, said=said, key=key)

        return cls(path, make, asked=asked, read_only=read_only)

    def __call__(self, said: Said) -> Room:
        """The room; SignInNeeded while nobody has come in. May be asked again."""
        with self._lock:
            room = self._opened(said)
            if self.asked:
                access.refuse_as(room, self.asked)
            self.viewer = access.viewer(room)
            return room

    def _opened(self, said: Said) -> Room:
        if self._room is None:
            path = self._path.expanduser().resolve()
            if keyring.encrypted(path) and keyring.file_of(path).exists():
                raise SignInNeeded("The record is encrypted.", "Sign in.")
            self._take(self._make(said, None))
        assert self._room is not None
        return self._room

    def _take(self, room: Room) -> None:
        room.admit(asked=self.asked, read_only=self._read_only)
        self._room = room

    def sign_in(self, login: str, passphrase: str, purpose: str = "", said: Said = lambda _: None) -> Viewer:
        """Let somebody in; whoever was there before is signed out. Raises NotPermitted."""
        login = login.strip().casefold()
        if self.asked and login != self.asked:
            raise NotPermitted(f"This line is for {self.asked} alone.", "Sign in as that officer.")
        with self._lock:
            if self._room is None:
                keys = signing_in.unlock(self._path, login, passphrase)
                self._take(signing_in.open_unlocked(keys, lambda key: self._make(said, key)))
            room = self._opened(said)
            before = room.admission.session
            self.viewer = signing_in.admit(room, login, passphrase, purpose=purpose)
            if before is not None:
                now = room.admission.wall.now_ms()
                with room.db.bookkeeping() as conn:
                    sessions.note(conn, before, ended_ms=now, end_reason="another sign-in on the same screen")
            return self.viewer

    def confirm(self, passphrase: str) -> None:
        """Take the passphrase again: to leave the lock, and for acts that need it. Raises NotPermitted."""
        with self._lock:
            signing_in.confirm(self._inside(), passphrase)

    def state_purpose(self, text: str) -> Viewer:
        """Say what the session is for from now on; who is there then. Raises BadInput."""
        with self._lock:
            self.viewer = signing_in.state_purpose(self._inside(), text)
            return self.viewer

    def renew(self) -> Viewer:
        """Who is there now and with which roles; SignInNeeded when the session is over."""
        with self._lock:
            self.viewer = access.viewer(self._inside())
            return self.viewer

    @property
    def lockable(self) -> bool:
        """Whether there is a passphrase to open the lock with."""
        return self._room is not None and self._room.admission.session is not None

    @property
    def login(self) -> str:
        """The login of whoever is in; "" for nobody."""
        account = signing_in.account_of(self._room) if self._room is not None else None
        return account.login if account else ""

    def note_lock(self, detail: str) -> None:
        """Write into the journal that the screen was locked or opened."""
        with self._lock:
            if self._room is not None:
                signing_in.note_lock(self._room, self.viewer, detail)

    def leave(self, reason: str) -> None:
        """Sign out and close the record: nothing of it stays in memory that opens it."""
        with self._lock:
            room, self._room = self._room, None
            if room is not None:
                signing_in.sign_out(room, reason)
                room.close()

    def _inside(self) -> Room:
        if self._room is None:
            raise SignInNeeded("Nobody is signed in here.", "Sign in.")
        return self._room
