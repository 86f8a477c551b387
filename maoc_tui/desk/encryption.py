"""Encryption at rest: giving a record its key, a new one when somebody leaves, and the code for the envelope."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from maoc_tui.desk import access, signing_in
from maoc_tui.desk.account_changes import detail_of_passphrase
from maoc_tui.desk.account_rules import officer_of, second_person
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, Role
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.store import access as sessions
from maoc_tui.store import accounts, encrypting, keyring, passphrases, sealing
from maoc_tui.store.database import Database
from maoc_tui.store.keyring import Keyring

NEW_KEY = "new key"
"""What the journal says when the record gets a key."""
CONFIRMED_FOR_MS = 3_600_000
"""How long a second person's word for another key counts."""


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
    command line that was signed in before. Whoever gets the recovery code can become others by it: so it takes the
    passphrase again and, as soon as there is one, a second person. Raises NotPermitted, BadInput, StoreProblem.
    """
    access.permit(room, viewer, Act.KEEP)
    _refuse_alone(room, viewer, reason)
    return _encrypted(room, viewer, reason)


def encrypt_first(room: Room, viewer: Viewer, reason: str) -> Encrypted:
    """Encrypt a record in the step that enrolled its first account, on behalf of whoever used it alone till then."""
    with room.db.reading_whole() as conn:
        alone = len(accounts.every(conn)) == 1
    if not (viewer.all_seeing and alone):
        raise NotPermitted("Somebody is enrolled already.", "Sign in, then encrypt it with: maoc encrypt")
    return _encrypted(room, viewer, reason)


def _refuse_alone(room: Room, viewer: Viewer, reason: str) -> None:
    """Leave the wish for another key to a second person, where there is one; nothing once they said yes."""
    now, mine = room.admission.wall.now_ms(), signing_in.account_of(room)
    with room.db.writing() as conn:
        if mine is None or not second_person(conn, viewer.officer, now):
            return
        if accounts.confirmed(conn, "rekey", viewer.officer, now - CONFIRMED_FOR_MS):
            return
        held = [c for c in accounts.changes(conn) if (c.kind, c.proposed_by) == ("rekey", viewer.officer)]
        number = held[0].number if held else _asked(conn, viewer, mine, reason, now)
    raise NotPermitted(
        f"U-{number:04d}, another key for the record, waits for a second person.",
        f"They confirm it with maoc account approve U-{number:04d}; then do it again within an hour.",
    )


def _asked(conn: Connection, viewer: Viewer, mine: accounts.Account, reason: str, now: int) -> int:
    by = (viewer.officer, viewer.name)
    number = accounts.propose(conn, mine.id, "rekey", "{}", printable(reason, 400), by, now)
    note(conn, viewer, now, "propose", "account", mine.login, reason=reason, detail=f"U-{number:04d} rekey")
    return number


def _encrypted(room: Room, viewer: Viewer, reason: str) -> Encrypted:
    path, old, now = room.db.path, room.db.key, room.admission.wall.now_ms()
    with room.db.bookkeeping() as conn:
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


def recover(path: Path, code: str, login: str, passphrase: str) -> str:
    """Open an encrypted record with the recovery code and give an account a new passphrase; its sessions end.

    An administrator's counts at once. Anybody else's waits for a second person where there is one; its reference
    is returned then, "" otherwise. Raises BadInput, NotPermitted for a disabled account.
    """
    path = path.expanduser().resolve()
    db = Database.open(path, key=sealing.key_of_code(code))
    now = int(datetime.now(UTC).timestamp() * 1000)
    try:
        with db.bookkeeping() as conn:
            account = accounts.find(conn, login)
            if account is None or account.active_ms is None:
                raise BadInput(f"There is no account {login!r} that may sign in.", "Name an administrator's.")
            if account.disabled_ms is not None:
                raise NotPermitted(
                    "The account is disabled; the code does not let it in again.",
                    "Name an administrator's account, and let that person enable this one.",
                )
            passphrases.acceptable(passphrase, account.login, *account.name.split())
            keeps = Role.ADMINISTRATOR in accounts.roles(conn, account.id, now)
            if not keeps and second_person(conn, officer_of(account), now):
                return _waiting(conn, account, passphrase, now)
            _recovered(conn, db, path, account, passphrase, now)
            return ""
    finally:
        db.close()


_NOBODY = Viewer(name="recovery code", partner=CENTRE)


def _waiting(conn: Connection, account: accounts.Account, passphrase: str, now: int) -> str:
    """Leave a new passphrase to a second person: a code alone makes nobody an officer who reads operations."""
    detail = json.dumps(detail_of_passphrase(account, passphrase))
    number = accounts.propose(conn, account.id, "passphrase", detail, "recovery", ("", _NOBODY.name), now)
    told = f"U-{number:04d} passphrase"
    note(conn, _NOBODY, now, "propose", "account", account.login, reason="recovery", detail=told)
    return f"U-{number:04d}"


def _recovered(
    conn: Connection, db: Database, path: Path, account: accounts.Account, passphrase: str, now: int
) -> None:
    made = keyring.holder(str(account.id), account.login, passphrase, db.key)
    hashed = passphrases.hashed(passphrase)
    accounts.change(conn, account, passphrase=hashed, public_key=made.public)
    sessions.end_all(conn, account.id, now, "the recovery code was used")
    sessions.tried(conn, sessions.who(conn, account.login), True, now)
    note(conn, _NOBODY, now, "alter", "account", account.login, reason="recovery", detail="new passphrase")
    with keyring.changing(path) as keep:
        keep(_readable(path).with_holder(str(account.id), made))


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
