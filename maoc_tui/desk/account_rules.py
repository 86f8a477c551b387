"""What an account must be like, and when a change of one needs a second person."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.room import Room
from maoc_tui.domain import roles
from maoc_tui.domain.roles import Act, Role
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.store import accounts as store
from maoc_tui.store.accounts import Account, Change

STILL_COUNTS_MS = 7 * 86_400_000
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to be enrolled."""

    login: str
    name: str
    partner: str
    roles: frozenset[Role]
    officer: str = ""
    ssh_key: str = ""
    os_user: str = ""


def second_person(conn: Connection, proposer: str, now: int) -> bool:
    """Whether somebody else may confirm; who was disabled or lost the role lately still counts."""
    known = {account.id: account for account in store.every(conn)}
    confirming = roles.right(Act.APPROVE_USERS).roles
    for held in store.grants(conn):
        account, since = known[held.account_id], now - STILL_COUNTS_MS
        gone = account.disabled_ms is not None and account.disabled_ms <= since
        if account.active_ms is None or gone or held.role not in confirming:
            continue
        if (held.holds(now) or held.holds(since) or (held.ended_ms or 0) > since) and officer_of(
            account
        ) != proposer:
            return True
    return False


def officer_of(account: Account) -> str:
    """The id of the person behind an account: the officer, or the account itself."""
    return account.officer or str(account.id)


def accounts_of(conn: Connection, officer: str) -> set[UUID]:
    """Every account of one person."""
    return {account.id for account in store.every(conn) if officer_of(account) == officer}


def said(change: Change) -> str:
    """The change in words, without secrets."""
    detail = json.loads(change.detail)
    told: Sequence[str] = detail.get("roles") or [
        str(detail[k]) for k in ("role", "ssh_key", "os_user") if detail.get(k)
    ]
    return f"{change.ref} {change.kind} {', '.join(told)}".strip()


def found(conn: Connection, login: str) -> Account:
    """The account with this login; BadInput where there is none."""
    account = store.find(conn, login.strip().casefold())
    if account is None:
        raise BadInput(
            f"There is no account {printable(login, 40)!r}.", "maoc account list shows every account."
        )
    return account


def number_of(ref: str) -> int:
    """3 of U-0003; BadInput for what is no reference of a change."""
    match = re.fullmatch(r"[uU]-?(\d{1,8})", ref.strip())
    if not match:
        raise BadInput(
            f"{printable(ref, 12)!r} is no change.",
            "Changes are called U-0003; maoc account list shows them.",
        )
    return int(match[1])


def check(room: Room, who: Newcomer) -> None:
    """Raise BadInput naming what is wrong with a newcomer."""
    if not _LOGIN.fullmatch(who.login):
        raise BadInput(
            f"{printable(who.login, 40)!r} cannot be a login.",
            "2 to 32 small letters, digits, dots, hyphens.",
        )
    if not who.name.strip() or printable(who.name, 80) != who.name:
        raise BadInput("An account needs a name of at most 80 characters.", "Give --name.")
    if who.partner not in room.register.codes:
        raise BadInput(
            f"{printable(who.partner, 12)!r} is no partner.", "maoc partner list shows every code."
        )
    if not who.roles:
        raise BadInput("An account needs a role.", f"Roles: {roles.named(Role)}.")
    check_binding(who.ssh_key)


def check_binding(ssh_key: str) -> None:
    """Raise BadInput for what is no fingerprint of a key."""
    if ssh_key and not _KEY.fullmatch(ssh_key):
        raise BadInput(
            "That is no fingerprint of an SSH key.", "Take what ssh-keygen -l -f KEY.pub prints: SHA256:…"
        )
