"""The one place where the program learns on whose behalf it reads and writes.

While no account was ever enrolled the record is in single-user mode: one viewer who may see and do everything.
From the first account on, everything is refused to whoever is not signed in.
"""

from __future__ import annotations

from dataclasses import replace
from hmac import compare_digest
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from maoc_tui.desk import process
from maoc_tui.desk.admission import Admission
from maoc_tui.desk.journal import note
from maoc_tui.domain import roles
from maoc_tui.domain.roles import Act
from maoc_tui.domain.sign_in import CLI_IDLE_MS, CONFIRMED_MS, MINUTE_MS
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import NotPermitted
from maoc_tui.store import access as sessions
from maoc_tui.store import accounts
from maoc_tui.store.access import Session
from maoc_tui.store.accounts import Account

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room

_SEEN_EVERY_MS = MINUTE_MS
_CLOCK_MAY_GO_BACK_MS = 5 * MINUTE_MS


class SignInNeeded(NotPermitted):
    """Nobody is signed in here, or not any more."""

    code = "sign_in"


class ConfirmNeeded(NotPermitted):
    """The passphrase is asked again before this act."""

    code = "confirm"


def viewer(room: Room) -> Viewer:
    """On whose behalf this process reads and writes now. Raises SignInNeeded (exit status 3).

    Asked anew for every command and every minute on the screen: a role taken away counts from then on.
    """
    admission = room.admission
    with room.db.reading_whole() as conn:
        if accounts.enrolled(conn):
            found, held = _signed_in(conn, admission)
            admission.roles = found.roles
        else:
            found, held = replace(admission.chosen or WATCH, purpose=admission.purpose), None
    if held is not None and admission.wall.now_ms() - held.seen_ms >= _SEEN_EVERY_MS:
        with room.db.bookkeeping() as conn:
            sessions.note(conn, held.id, seen_ms=admission.wall.now_ms())
    return replace(found, read_only=True) if admission.read_only else found


def single_user(room: Room) -> bool:
    """Whether no account was ever enrolled."""
    with room.db.reading_whole() as conn:
        return not accounts.enrolled(conn)


def _signed_in(conn: Connection, admission: Admission) -> tuple[Viewer, Session]:
    now = admission.wall.now_ms()
    held = sessions.session(conn, admission.session) if admission.session else None
    if held is None or not compare_digest(held.token_hash, admission.secret_hash):
        raise SignInNeeded("Nobody is signed in here.", "Sign in with: maoc signin LOGIN")
    if reason := _over(held, now):
        raise SignInNeeded(f"The session {reason}.", "Sign in again with: maoc signin LOGIN")
    account = accounts.by_id(conn, held.account_id)
    if account is None or account.active_ms is None or account.disabled_ms is not None:
        raise SignInNeeded("The account is disabled.", "Ask an administrator.")
    refuse_elsewhere(account, admission.asked)
    found = viewer_of(account, accounts.roles(conn, account.id, now))
    return replace(found, purpose=held.purpose), held


def _over(held: Session, now: int) -> str:
    """Why a session no longer stands; "" when it does."""
    if held.ended_ms is not None:
        return f"has ended ({held.end_reason})"
    if now >= held.until_ms:
        return "has ended after 12 hours"
    if held.kind == "cli" and now - held.seen_ms > CLI_IDLE_MS:
        return "has ended after an hour without use"
    if held.seen_ms - now > _CLOCK_MAY_GO_BACK_MS:
        return "is newer than this machine's clock"
    return ""


def viewer_of(account: Account, held: frozenset[roles.Role]) -> Viewer:
    """The viewer an account is."""
    officer = account.officer or str(account.id)
    return Viewer(name=account.name, partner=account.partner, roles=held, officer=officer)


def refuse_elsewhere(account: Account, asked: str) -> None:
    """Raise NotPermitted when an account that is bound to a key or user is used without it, or not as asked."""
    if asked and account.login != asked:
        raise NotPermitted(f"This line is for {asked} alone.", "Sign in as that officer.")
    if account.ssh_key and account.ssh_key not in process.ssh_keys():
        raise NotPermitted("This account signs in with its own SSH key only.", "Come in with that key.")
    if account.os_user and account.os_user != process.os_user():
        raise NotPermitted(
            f"This account signs in as the system's user {account.os_user} only.", "Come in as that user."
        )


def refuse_as(room: Room, asked: str) -> None:
    """Raise NotPermitted unless --as may be believed here.

    It says who is at the other end of an SSH line, and anybody can type it. So it counts only in a process of
    the record's owner, which officers cannot start themselves, and for an account bound to a key or user that
    the SSH server or the system vouches for.
    """
    if not process.owns(room.db.path):
        raise NotPermitted("--as counts only for the owner of the record's file.", "Leave --as out.")
    with room.db.reading_whole() as conn:
        account = accounts.find(conn, asked)
    if account is None or not (account.ssh_key or account.os_user):
        raise NotPermitted(
            "--as counts only for accounts bound to an SSH key or a user of the system.",
            "An administrator binds it with: maoc account bind",
        )
    refuse_elsewhere(account, asked)


def still_in(room: Room) -> None:
    """Raise unless whoever was let into a room may still write: as the record stands now, not as it was read then.

    SignInNeeded when the session is over, the account disabled, or somebody was enrolled since; NotPermitted when a
    role was taken away that the viewer last read still has.
    """
    admission = room.admission
    with room.db.reading_whole() as conn:
        if not accounts.enrolled(conn):
            return
        now, _ = _signed_in(conn, admission)
    if not admission.roles <= now.roles:
        raise NotPermitted("A role was taken away from you.", "Go on with the roles you have: maoc whoami.")


def reauthenticated(room: Room, viewer: Viewer) -> bool:
    """Whether the passphrase was given within the last five minutes in a session that stands, by that officer.

    Always so where nobody is enrolled.
    """
    with room.db.reading_whole() as conn:
        if not accounts.enrolled(conn):
            return viewer.all_seeing or room.admission.chosen is not None
        try:
            found, held = _signed_in(conn, room.admission)
        except NotPermitted:
            return False
    mine = found.officer == viewer.officer and not viewer.all_seeing
    return mine and 0 <= room.admission.wall.now_ms() - held.confirmed_ms <= CONFIRMED_MS


def permit(room: Room, viewer: Viewer, act: Act, originator: str = "") -> None:
    """Raise NotPermitted unless ``act`` is allowed, ConfirmNeeded when the passphrase must be given again first."""
    roles.require(viewer, act, originator)
    if roles.right(act).writes or roles.right(act).confirm:
        still_in(room)
    if roles.right(act).confirm and not reauthenticated(room, viewer):
        raise ConfirmNeeded(
            f"To {roles.right(act).title}, give your passphrase again.",
            "Type :passphrase on the screen, or maoc signin --again, then do it again within five minutes.",
        )


def note_denied(room: Room, viewer: Viewer, refusal: NotPermitted, what: str) -> None:
    """Write into the journal that ``viewer`` was refused ``what``."""
    with room.db.bookkeeping() as conn:
        note(conn, viewer, room.admission.wall.now_ms(), "deny", "act", what, reason=refusal.message)
