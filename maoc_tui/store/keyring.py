"""The keys file beside an encrypted record: who may open it, each by their own passphrase.

The record has one random key of 256 bits. Every officer has a key pair (X25519, RFC 7748); its private half
is locked with AES-256-GCM under a key that argon2id makes of the passphrase, and the record's key is sealed to
the public half. So the record's key can be changed, and an officer removed, without anybody's passphrase.
Signed-in command lines hold the record's key sealed under their token, until they end.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from maoc_tui.problems import StoreProblem
from maoc_tui.store import passphrases
from maoc_tui.store.passphrases import Profile
from maoc_tui.store.sealing import DoesNotOpen, locked, new_pair, opened, sealed, unsealed

_FORMAT = 1
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Holder:
    """One officer's key pair, and the record's key sealed to it. Bytes are base64 in the file."""

    login: str
    salt: bytes
    cost: Profile
    locked: bytes
    """The private half, locked under the passphrase."""
    public: bytes
    sealed: bytes = b""
    """The record's key; empty while the record is not encrypted."""
    sealed_before: bytes = b""
    """The key before, while the record's key is being changed."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The record's key sealed under a command line's token."""

    until_ms: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """What the keys file holds."""

    holders: Mapping[str, Holder] = field(default_factory=dict)
    """By account id."""
    passes: Mapping[str, Pass] = field(default_factory=dict)
    """By session id."""

    def with_holder(self, account: str, holder: Holder) -> Keyring:
        """The same with one holder added or changed."""
        return replace(self, holders={**self.holders, account: holder})

    def without(self, account: str) -> Keyring:
        """The same without one holder."""
        return replace(self, holders={k: v for k, v in self.holders.items() if k != account})

    def with_pass(self, session: str, until_ms: int, sealed: bytes, now_ms: int) -> Keyring:
        """The same with a session's key added and those that have ended left out."""
        live = {k: v for k, v in self.passes.items() if v.until_ms > now_ms}
        return replace(self, passes={**live, session: Pass(until_ms, sealed)})

    def without_pass(self, session: str) -> Keyring:
        """The same without a session's key."""
        return replace(self, passes={k: v for k, v in self.passes.items() if k != session})

    def sealed_for(self, key: bytes, publics: Mapping[str, bytes], before: bytes | None) -> Keyring:
        """The record's key sealed anew for the accounts of ``publics``, and for nobody else; no session stays.

        ``publics`` come from the record itself, so that nobody can put a key of their own into the file.
        """
        holders = {
            a: replace(
                h,
                sealed=sealed(key, publics[a], a) if a in publics else b"",
                sealed_before=h.sealed if before and a in publics else b"",
            )
            for a, h in self.holders.items()
        }
        return Keyring(holders)

    def settled(self) -> Keyring:
        """The same when the key before is no longer needed."""
        return replace(self, holders={a: replace(h, sealed_before=b"") for a, h in self.holders.items()})


def holder(account: str, login: str, passphrase: str, key: bytes | None) -> Holder:
    """A new key pair for an account, locked under its passphrase, with the record's key when it has one."""
    private, public = new_pair()
    salt, cost = os.urandom(passphrases.SALT_BYTES), passphrases.profile
    box = locked(private, passphrases.derived(passphrase, salt, cost), account)
    return Holder(login, salt, cost, box, public, sealed(key, public, account) if key else b"")


def relocked(account: str, mine: Holder, old: str, new: str) -> Holder:
    """The same key pair under another passphrase; raises DoesNotOpen when ``old`` is not the one."""
    private = opened(mine.locked, passphrases.derived(old, mine.salt, mine.cost), account)
    salt, cost = os.urandom(passphrases.SALT_BYTES), passphrases.profile
    return replace(
        mine, salt=salt, cost=cost, locked=locked(private, passphrases.derived(new, salt, cost), account)
    )


def unlocked(ring: Keyring, login: str, passphrase: str) -> tuple[bytes, ...]:
    """The record's key, and the one before while it is being changed; none when login or passphrase is wrong.

    A login nobody has takes as long as one somebody has.
    """
    found = next(((a, h) for a, h in ring.holders.items() if h.login == login), None)
    if found is None:
        passphrases.derived(passphrase, bytes(passphrases.SALT_BYTES), passphrases.profile)
        return ()
    account, mine = found
    try:
        private = opened(mine.locked, passphrases.derived(passphrase, mine.salt, mine.cost), account)
        boxes = [box for box in (mine.sealed, mine.sealed_before) if box]
        return tuple(unsealed(box, private, account) for box in boxes)
    except DoesNotOpen:
        return ()


def file_of(db: Path) -> Path:
    """Where the keys of a record are."""
    return db.with_name(db.name + ".keys.json")


def encrypted(db: Path) -> bool:
    """Whether the file at ``db`` is there, not empty, and no plain SQLite file."""
    try:
        with db.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError:
        return False
    return bool(head) and head != _MAGIC


def load(db: Path) -> Keyring:
    """The keys beside a record, an empty ring where there is no such file; StoreProblem when it is damaged."""
    path = file_of(db)
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw["format"] != _FORMAT:
            raise ValueError(f"format {raw['format']}")
        return Keyring(
            {account: _holder(entry) for account, entry in raw["holders"].items()},
            {session: Pass(int(p["until_ms"]), _bytes(p["sealed"])) for session, p in raw["passes"].items()},
        )
    except FileNotFoundError:
        return Keyring()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreProblem(
            f"The keys file {path} cannot be read ({error.__class__.__name__}).",
            "Put back the keys file of the newest backup, or use the recovery code: maoc account recover.",
        ) from None


def save(db: Path, ring: Keyring) -> None:
    """Put the keys file in place, whole or not at all, readable by its owner alone."""
    path = file_of(db)
    text = json.dumps({"format": _FORMAT, **asdict(ring)}, default=_text, indent=1)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise StoreProblem(
            f"The keys file {path} cannot be written ({error.strerror}); nothing was changed.",
            "Make room or give access to that folder, then do it again.",
        ) from None


@contextmanager
def changing(db: Path) -> Iterator[Callable[[Keyring], None]]:
    """Change the keys file while nobody else does: gives a function that keeps the new ring."""
    path = file_of(db)
    with os.fdopen(os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600), "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lambda ring: save(db, ring)


def copy(db: Path, target: Path) -> None:
    """Put a copy of a record's keys file beside a copy of the record; nothing where there is none."""
    if file_of(db).exists():
        save(target, replace(load(db), passes={}))


def _holder(entry: Mapping[str, Any]) -> Holder:
    named = {n: _bytes(entry[n]) for n in ("salt", "locked", "public", "sealed", "sealed_before")}
    return Holder(login=str(entry["login"]), cost=Profile(**entry["cost"]), **named)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
