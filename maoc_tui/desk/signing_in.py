"""Signing in and out, and giving the passphrase again; on a screen and on the command line.

A wrong login and a wrong passphrase get the same answer after the same time, and a try counts before it is
looked at, so that none is free, however many are made at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from maoc_tui.desk import access, process, tokens
from maoc_tui.desk.access import SignInNeeded
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.desk.tokens import Token
from maoc_tui.domain.clock import Clock
from maoc_tui.domain.purpose import UNSAID, stated
from maoc_tui.domain.sign_in import ABSOLUTE_MS, waits_until
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.problems import BadInput, NotPermitted, StoreProblem
from maoc_tui.settings import Settings
from maoc_tui.store import access as sessions
from maoc_tui.store import accounts, keyring, passphrases, try_file
from maoc_tui.store.accounts import Account

_WRONG = ("Login or passphrase is wrong.", "Try again; after five tries each one takes longer.")


def open_room(
    path: Path,
    *,
    create: bool = False,
    clock: Clock | None = None,
    settings: Settings | None = None,
    said: Callable[[str], None] = lambda _: None,
    asked: str = "",
    read_only: bool = False,
) -> Room:
    """A room with whoever is signed in on the command line; SignInNeeded when an encrypted record needs it."""
    path = path.expanduser()
    token = tokens.read(tokens.path_of(path, asked))
    key = None
    if keyring.encrypted(path.resolve()) and keyring.file_of(path.resolve()).exists():
        key = tokens.key(path.resolve(), token, Clock().now_ms())
        if key is None:
            raise SignInNeeded(
                "The record is encrypted, and nobody is signed in here.", "Sign in with: maoc signin LOGIN"
            )
    room = Room.open(path, create=create, clock=clock, settings=settings, said=said, key=key)
    room.admit(asked=asked, read_only=read_only)
    if token is not None:
        room.admission.session, room.admission.secret_hash = UUID(token.session), token.hash
    return room


def unlock(path: Path, login: str, passphrase: str, wall: Clock | None = None) -> tuple[bytes, ...]:
    """The keys that may open an encrypted record; NotPermitted for a wrong login or passphrase, or too early."""
    path, now = path.expanduser().resolve(), (wall or Clock()).now_ms()
    if not keyring.file_of(path).exists():
        raise StoreProblem(
            f"{path} is encrypted, and its keys file is missing.",
            "Put back the keys file of the newest backup, or use the recovery code: maoc account recover LOGIN.",
        )
    with try_file.tries(path) as kept:
        who = try_file.who(kept, login)
        failed, last = kept["by"].get(who, (0, 0))
        _refuse_early(failed, last, now)
        kept["by"][who] = [failed + 1, max(now, last)]
    found = keyring.unlocked(keyring.load(path), login, passphrase)
    if not found:
        raise NotPermitted(*_WRONG)
    with try_file.tries(path) as kept:
        kept["by"].pop(who, None)
    return found


def open_unlocked(keys: tuple[bytes, ...], open_with: Callable[[bytes], Room]) -> Room:
    """The room behind the first key that fits; the second is there while the record's key is being changed."""
    for key in keys[:-1]:
        try:
            return open_with(key)
        except StoreProblem:
            continue
    return open_with(keys[-1])


def admit(
    room: Room, login: str, passphrase: str, *, kind: str = "screen", secret: str = "", purpose: str = ""
) -> Viewer:
    """Sign somebody in: the room is theirs for at most 12 hours. Raises NotPermitted, BadInput.

    ``secret`` is the command line's token; "" on a screen. ``purpose`` justifies what is opened (domain.purpose).
    """
    now, asked, said = room.admission.wall.now_ms(), room.admission.asked, stated(purpose)
    account = _proven(room, login, passphrase, now)
    _refuse_unfit(account, asked)
    token_hash = Token("", secret, "", 0).hash if secret else ""
    with room.db.bookkeeping() as conn:
        sessions.tried(conn, sessions.who(conn, login), True, now)
        if passphrases.outdated(account.passphrase):
            accounts.change(conn, account, passphrase=passphrases.hashed(passphrase))
        made = sessions.begin(
            conn, account.id, kind, process.place(), now, now + ABSOLUTE_MS, token_hash, said
        )
        found = access.viewer_of(account, accounts.roles(conn, account.id, now))
        note(conn, found, now, "login", "account", account.login, reason=said or UNSAID, detail=made.place)
    room.admission.session, room.admission.secret_hash = made.id, token_hash
    return access.viewer(room)


def confirm(room: Room, passphrase: str) -> None:
    """Give the passphrase again, for acts that need it and to leave the lock; NotPermitted when it is wrong."""
    now = room.admission.wall.now_ms()
    access.viewer(room)
    account = account_of(room)
    if account is None or room.admission.session is None:
        return
    _proven(room, account.login, passphrase, now)
    with room.db.bookkeeping() as conn:
        sessions.tried(conn, sessions.who(conn, account.login), True, now)
        sessions.note(conn, room.admission.session, confirmed_ms=now, seen_ms=now)


def state_purpose(room: Room, text: str) -> Viewer:
    """Say what the session is for from now on; who works then. Raises BadInput, SignInNeeded.

    Where nobody is enrolled there is no session: it counts as long as this program runs.
    """
    said, who, now = stated(text), access.viewer(room), room.admission.wall.now_ms()
    if not said:
        raise BadInput("What the session is for is not said.", "Say it in a few words: OP-0031 boarding.")
    with room.db.bookkeeping() as conn:
        if room.admission.session is None:
            room.admission.purpose = said
        else:
            sessions.note(conn, room.admission.session, purpose=said)
        note(conn, who, now, "alter", "session", process.place(), reason=said, detail="purpose")
    return access.viewer(room)


def change_passphrase(room: Room, old: str, new: str) -> None:
    """Change one's own passphrase. Raises NotPermitted when ``old`` is wrong, BadInput when ``new`` may not be one."""
    account, now = account_of(room), room.admission.wall.now_ms()
    if account is None:
        raise access.SignInNeeded("Nobody is signed in here.", "Sign in with: maoc signin LOGIN")
    passphrases.acceptable(new, account.login, *account.name.split())
    proven, name = _proven(room, account.login, old, now), str(account.id)
    with room.db.bookkeeping() as conn, keyring.changing(room.db.path) as keep:
        sessions.tried(conn, sessions.who(conn, account.login), True, now)
        accounts.change(conn, proven, passphrase=passphrases.hashed(new))
        mine = access.viewer_of(account, frozenset())
        note(conn, mine, now, "alter", "account", account.login, reason="own wish", detail="new passphrase")
        ring = keyring.load(room.db.path)
        keep(ring.with_holder(name, keyring.relocked(name, ring.holders[name], old, new)))


def ends_ms(room: Room) -> int:
    """When the session of a room ends at the latest; 0 for none."""
    with room.db.reading_whole() as conn:
        held = sessions.session(conn, room.admission.session) if room.admission.session else None
    return held.until_ms if held else 0


def account_of(room: Room) -> Account | None:
    """The account that is signed in here; None for nobody and in single-user mode."""
    with room.db.reading_whole() as conn:
        held = sessions.session(conn, room.admission.session) if room.admission.session else None
        return accounts.by_id(conn, held.account_id) if held and held.ended_ms is None else None


def sign_out(room: Room, reason: str = "signed out") -> None:
    """End the session of a room; nothing happens where there is none."""
    account, now = account_of(room), room.admission.wall.now_ms()
    if account is None or room.admission.session is None:
        return
    with room.db.bookkeeping() as conn:
        sessions.note(conn, room.admission.session, ended_ms=now, end_reason=reason)
        gone = access.viewer_of(account, frozenset())
        note(conn, gone, now, "logout", "account", account.login, reason=reason)
    if room.db.key is not None:
        with keyring.changing(room.db.path) as keep:
            keep(keyring.load(room.db.path).without_pass(str(room.admission.session)))
    room.admission.session = None


def note_lock(room: Room, viewer: Viewer, detail: str) -> None:
    """Write into the journal that a screen was locked, or opened again."""
    with room.db.bookkeeping() as conn:
        note(conn, viewer, room.admission.wall.now_ms(), "lock", "screen", process.place(), detail=detail)


def _proven(room: Room, login: str, passphrase: str, now: int) -> Account:
    """The account whose passphrase this is; raises NotPermitted, the same for an unknown login."""
    with room.db.bookkeeping() as conn:
        who = sessions.who(conn, login)
        failed, last = sessions.failures(conn, who)
        _refuse_early(failed, last, now)
        sessions.tried(conn, who, False, max(now, last))
        account = accounts.find(conn, login)
    if passphrases.matches(account.passphrase if account else "", passphrase) and account is not None:
        return account
    with room.db.bookkeeping() as conn:
        nobody = Viewer(name="nobody", partner=CENTRE)
        known = account.login if account else "unknown login"
        note(conn, nobody, now, "deny", "account", known, reason="wrong passphrase", detail=process.place())
    raise NotPermitted(*_WRONG)


def _refuse_early(failed: int, last_ms: int, now: int) -> None:
    wait = waits_until(failed, last_ms) - now
    if wait > 0:
        seconds = -(-wait // 1000)
        told = f"{seconds} s" if seconds < 120 else f"{-(-seconds // 60)} min"
        raise NotPermitted(
            f"Too many tries failed: the next one may be made in {told}.", "Wait, then try again."
        )


def _refuse_unfit(account: Account, asked: str) -> None:
    if account.active_ms is None:
        raise NotPermitted(
            "The account waits for a second person to confirm it.",
            "They confirm it with: maoc account approve",
        )
    if account.disabled_ms is not None:
        raise NotPermitted("The account is disabled.", "Ask an administrator.")
    access.refuse_elsewhere(account, asked)
