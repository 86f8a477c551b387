"""The part of the screens' line to the desks that lets somebody in; every method may block: call it in a worker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from maoc_tui.domain.viewer import Viewer


class AtDoor:
    """Asks the door behind ``_opener``, where there is one; a plain function lets everybody in."""

    viewer: Viewer
    room: Any
    _opener: Any

    @property
    def asked(self) -> str:
        """The one login that is let in; "" for any."""
        return str(getattr(self._opener, "asked", ""))

    @property
    def lockable(self) -> bool:
        """Whether somebody is signed in with a passphrase."""
        return bool(getattr(self._opener, "lockable", False))

    @property
    def asks_who(self) -> bool:
        """Whether the demo's question can be asked."""
        return hasattr(self._opener, "choices")

    @property
    def login(self) -> str:
        """Whose session this is; "" for nobody's."""
        return str(getattr(self._opener, "login", ""))

    def admit(self) -> None:
        """Work on behalf of whoever the door let in."""
        came = getattr(self._opener, "viewer", None)
        if came is not None:
            self.viewer = came

    def sign_in(self, login: str, passphrase: str, purpose: str = "") -> None:
        """Let somebody in; raises NotPermitted."""
        self.viewer = self._opener.sign_in(login, passphrase, purpose)

    def state_purpose(self, text: str) -> None:
        """Say what the session is for from now on; raises BadInput."""
        self._come(self._opener.state_purpose(text))

    def confirm(self, passphrase: str) -> None:
        """Give the passphrase again; raises NotPermitted, SignInNeeded when the session is over."""
        self._opener.confirm(passphrase)

    def renew(self) -> None:
        """Look again who is here and what they may do: what was taken away counts from now on."""
        if hasattr(self._opener, "renew"):
            self._come(self._opener.renew())

    def _come(self, came: Viewer) -> None:
        """Work on behalf of ``came``, through the same eyes as before."""
        before = self.viewer
        self.viewer = replace(before, behind=came) if before.seeing_as else came

    def note_lock(self, detail: str) -> None:
        """Write into the journal that the screen was locked or opened."""
        self._opener.note_lock(detail)

    def leave(self) -> None:
        """Sign out and close the record."""
        self._opener.leave("signed out")
        self.room = None

    def choices(self) -> tuple[Any, ...]:
        """Whom one may say to be in the demo."""
        return tuple(self._opener.choices())

    def be(self, choice: Any) -> None:
        """Be one of them."""
        self.viewer = self._opener.be(choice)
