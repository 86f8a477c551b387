"""The token file of a signed-in command line: short-lived, private, one per record and login asked for.

It holds the session's id and 256 random bits of which the record keeps only a hash. It never holds a passphrase,
nor the key of an encrypted record: that lies in the keys file, sealed under the token.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from maoc_tui.problems import NotPermitted, StoreProblem
from maoc_tui.settings import data_folder
from maoc_tui.store import keyring
from maoc_tui.store.sealing import DoesNotOpen, expanded, locked, opened


@dataclass(frozen=True, slots=True)
class Token:
    """What the file holds."""

    session: str
    secret: str
    login: str
    until_ms: int

    @property
    def hash(self) -> str:
        """What the record keeps of the secret."""
        return sha256(self.secret.encode()).hexdigest()

    def wrapped(self, key: bytes) -> bytes:
        """The record's key sealed under this token."""
        return locked(key, self._key, self.session)

    def unwrapped(self, box: bytes) -> bytes:
        """What ``wrapped`` sealed; raises DoesNotOpen."""
        return opened(box, self._key, self.session)

    @property
    def _key(self) -> bytes:
        return expanded(self.secret.encode(), b"token")


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def path_of(db: Path, login: str = "") -> Path:
    """Where the token for a record is; with ``login`` the one of that officer alone."""
    which = sha256(f"{db.expanduser().resolve()}\0{login}".encode()).hexdigest()[:24]
    return data_folder() / "signed-in" / f"{which}.json"


def write(path: Path, token: Token) -> None:
    """Put a token file in place, readable by its owner alone; StoreProblem when that cannot be."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        path.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as stream:
            json.dump(asdict(token), stream)
    except OSError as error:
        raise StoreProblem(
            f"The token file {path} cannot be written ({error.strerror}).", "Give access to that folder."
        ) from None


def read(path: Path) -> Token | None:
    """The token in a file, None where there is none; NotPermitted when others could have read or made it."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8") as stream:
            found = os.fstat(stream.fileno())
            if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
                raise NotPermitted(
                    f"Others can read or could have made the token file {path}; it was not used.",
                    "Sign out with: maoc signout, then sign in again.",
                )
            raw = json.load(stream)
        UUID(raw["session"])
        return Token(str(raw["session"]), str(raw["secret"]), str(raw["login"]), int(raw["until_ms"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise NotPermitted(
            f"The token file {path} cannot be used.", "Sign out with: maoc signout, then sign in again."
        ) from None


def key(db: Path, token: Token | None, now_ms: int) -> bytes | None:
    """The key of an encrypted record that a token gives; None when it gives none (any more). Raises StoreProblem."""
    if token is None:
        return None
    given = keyring.load(db).passes.get(token.session)
    if given is None or given.until_ms <= now_ms:
        return None
    try:
        return token.unwrapped(given.sealed)
    except DoesNotOpen:
        return None
