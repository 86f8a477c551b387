"""Encryption at rest: giving a record its key, a new one when somebody leaves, and the code for the envelope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from maoc_tui.desk import access
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import access as sessions
from maoc_tui.store import accounts, encrypting, keyring, passphrases, sealing
from maoc_tui.store.database import Database
from maoc_tui.store.keyring import Keyring

NEW_KEY = "new key"
"""What the journal says when the record gets a key."""


@dataclass(frozen=True, slots=True)
class Encrypted:
    """What came of it."""

    kept: Path | None
    """The record as it was, to be taken away by hand once the new one has been opened; None after a new key."""
    code: str
    """The recovery code: opens the record when every passphrase is lost. It is kept nowhere."""


def encrypt(room: Room, viewer: Viewer, reason: str) -> Encrypted:
    """Encrypt a record, or give an encrypted one another key; closes the room. Nobody else may have it open.

    Every account that may sign in keeps its passphrase; whoever was disabled no longer opens the file, nor does a
    command line that was signed in before. Raises NotPermitted, BadInput, StoreProblem.
    """
    access.permit(room, viewer, Act.KEEP)
    path, old, now = room.db.path, room.db.key, room.admission.wall.now_ms()
    with room.db.writing() as conn:
        live = [a for a in accounts.every(conn) if a.active_ms is not None and a.disabled_ms is None]
        if not live:
            raise BadInput(
                "Nobody could open the record then.", "Enrol an administrator first: maoc account enrol"
            )
        note(conn, viewer, now, "alter", "record", path.name, reason=reason, detail=NEW_KEY)
    ring = keyring.load(path)
    if lost := sorted(a.login for a in live if str(a.id) not in ring.holders):
        raise StoreProblem(
            f"The keys file holds nothing of {', '.join(lost)}: they could not open the record any more.",
            "Give them new passphrases first: maoc account passphrase LOGIN",
        )
    key, kept = sealing.new_key(), _beside(path, "before-key" if old else "plain")
    publics = {str(a.id): a.public_key for a in live}
    room.close()
    _convert(path, old, key, kept, lambda before: ring.sealed_for(key, publics, before))
    if old is not None:
        kept.unlink()
    return Encrypted(None if old else kept, sealing.recovery_code(key))


def _convert(
    path: Path, old: bytes | None, key: bytes, kept: Path, resealed: Callable[[bytes | None], Keyring]
) -> None:
    with keyring.changing(path) as keep:
        as_it_was, ring = keyring.load(path), resealed(old)
        try:
            encrypting.convert(path, old, key, kept, lambda: keep(ring))
        except BaseException:
            keep(as_it_was)
            raise
        keep(ring.settled())


def recover(path: Path, code: str, login: str, passphrase: str) -> None:
    """Open an encrypted record with the recovery code and give an account a new passphrase."""
    path = path.expanduser().resolve()
    db = Database.open(path, key=sealing.key_of_code(code))
    room_now = int(datetime.now(UTC).timestamp() * 1000)
    try:
        with db.bookkeeping() as conn:
            account = accounts.find(conn, login)
            if account is None or account.active_ms is None:
                raise BadInput(f"There is no account {login!r} that may sign in.", "Name an administrator's.")
            passphrases.acceptable(passphrase, account.login, *account.name.split())
            made = keyring.holder(str(account.id), account.login, passphrase, db.key)
            accounts.change(
                conn,
                account,
                passphrase=passphrases.hashed(passphrase),
                public_key=made.public,
                disabled_ms=None,
            )
            sessions.tried(conn, sessions.who(conn, login), True, room_now)
            nobody = Viewer(name="recovery code", partner=CENTRE)
            note(
                conn, nobody, room_now, "alter", "account", login, reason="recovery", detail="new passphrase"
            )
            with keyring.changing(path) as keep:
                keep(_readable(path).with_holder(str(account.id), made))
    finally:
        db.close()


def _readable(path: Path) -> Keyring:
    """The keys file; an empty ring where it is missing or damaged, the damaged one put aside."""
    try:
        return keyring.load(path)
    except StoreProblem:
        keyring.file_of(path).rename(_beside(keyring.file_of(path), "damaged"))
        return Keyring()


def plain_copies(path: Path) -> tuple[Path, ...]:
    """Unencrypted copies of an encrypted record that still lie beside it."""
    if not keyring.encrypted(path):
        return ()
    found = sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"))
    return tuple(one for one in found if one.is_file() and not keyring.encrypted(one))


def _beside(path: Path, word: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return path.with_name(f"{path.stem}-{word}-{stamp}{path.suffix}")
