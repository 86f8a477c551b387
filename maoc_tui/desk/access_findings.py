"""What the doctor says of access: who may come in, what waits, whether the file is of use to a thief."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from maoc_tui.desk.encryption import NEW_KEY, plain_copies
from maoc_tui.desk.room import Room
from maoc_tui.domain import roles
from maoc_tui.domain.roles import Act
from maoc_tui.store import accounts, keyring
from maoc_tui.store.journal import JOURNAL

Said = tuple[bool, str, str]
"""Whether it is in order, what there is to say, and the way out."""


def of_accounts(room: Room) -> Said:
    """Who may sign in, and whether two people can confirm changes."""
    now = room.admission.wall.now_ms()
    with room.db.reading_whole() as conn:
        if not accounts.enrolled(conn):
            text = "single-user mode: nobody is enrolled, and whoever opens the record may do everything."
            return True, text, "To have officers sign in: maoc account enrol LOGIN"
        live = [a for a in accounts.every(conn) if a.active_ms is not None and a.disabled_ms is None]
        confirming = sum(
            bool(accounts.roles(conn, a.id, now) & roles.right(Act.APPROVE_USERS).roles) for a in live
        )
        waiting = len(accounts.changes(conn))
    text = f"{len(live)} may sign in; {waiting} change{'s' * (waiting != 1)} of accounts waiting."
    if confirming < 2:
        only = f"{text} Only {confirming} of them may confirm changes: there is no second person."
        return False, only, "Enrol another coordinator or administrator: maoc account enrol LOGIN"
    return True, text, ""


def of_encryption(room: Room) -> Said:
    """Whether the record is encrypted, with a key nobody who left still has."""
    with room.db.reading_whole() as conn:
        enrolled = accounts.enrolled(conn)
        left = _left_since(conn) if room.db.key is not None else ()
    if room.db.key is None:
        text = "the record is not encrypted: whoever gets the file can read it."
        return not enrolled, text, "Encrypt it with: maoc encrypt" if enrolled else ""
    if left:
        text = f"encrypted, but with a key that was also sealed to {', '.join(left)}, disabled since."
        return False, text, "When nobody has it open, give it another: maoc encrypt"
    if found := plain_copies(room.db.path):
        text = f"encrypted, but {len(found)} unencrypted copies lie beside it: {found[0]}."
        return False, text, "Remove them when you have opened the encrypted record."
    return (
        True,
        f"encrypted; the keys are in {keyring.file_of(room.db.path)}: keep a copy with each backup.",
        "",
    )


def _left_since(conn: Connection) -> tuple[str, ...]:
    """Who was disabled after the record got the key it has now."""
    made = select(func.max(JOURNAL.c.at_ms)).where(JOURNAL.c.kind == "record", JOURNAL.c.detail == NEW_KEY)
    since = int(conn.scalar(made) or 0)
    return tuple(a.login for a in accounts.every(conn) if a.disabled_ms is not None and a.disabled_ms > since)
