"""Accounts: enrolling, roles, disabling. What widens somebody's reach needs a second person; what narrows it
counts at once.

A second person is needed as soon as anybody but the proposer holds a role that confirms changes of accounts.
Whoever is disabled still counts for seven days, so that nobody makes themselves alone and then acts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from maoc_tui.desk import access
from maoc_tui.desk.account_changes import apply, detail_of_passphrase
from maoc_tui.desk.account_rules import (
    Newcomer,
    accounts_of,
    check,
    check_binding,
    found,
    number_of,
    said,
    second_person,
)
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain import roles
from maoc_tui.domain.roles import Act, Role
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import access as sessions
from maoc_tui.store import accounts as store
from maoc_tui.store import keyring, passphrases
from maoc_tui.store.accounts import Account, Change, Grant

ALONE = "no second person"


@dataclass(frozen=True, slots=True)
class Line:
    """One account, as listed."""

    account: Account
    roles: frozenset[Role]
    grants: tuple[Grant, ...]
    waiting: tuple[Change, ...]

    @property
    def state(self) -> str:
        """waiting, disabled or active."""
        if self.account.disabled_ms is not None:
            return "disabled"
        return "active" if self.account.active_ms is not None else "waiting"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a wish to change an account."""

    change: Change
    done: bool
    """False: it waits for a second person."""


def listing(room: Room, viewer: Viewer) -> tuple[Line, ...]:
    """Every account with its roles and what waits for a second person. Raises NotPermitted."""
    if not roles.allowed(viewer, Act.MANAGE_USERS) and not roles.allowed(viewer, Act.READ_JOURNAL):
        roles.require(replace(viewer, read_only=False), Act.APPROVE_USERS)
    now = room.admission.wall.now_ms()
    with room.db.reading_whole() as conn:
        given, waiting = store.grants(conn), store.changes(conn)
        return tuple(
            Line(
                account,
                frozenset(g.role for g in given if g.account_id == account.id and g.holds(now)),
                tuple(g for g in given if g.account_id == account.id),
                tuple(c for c in waiting if c.account_id == account.id),
            )
            for account in store.every(conn)
        )


def enrol(room: Room, viewer: Viewer, who: Newcomer, passphrase: str, reason: str) -> Outcome:
    """Enrol somebody; the first account ends single-user mode and must be an administrator."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    check(room, who)
    passphrases.acceptable(passphrase, who.login, *who.name.split())
    first = access.single_user(room)
    if first and Role.ADMINISTRATOR not in who.roles:
        raise BadInput("The first account must be an administrator.", "Add --role administrator.")
    now, account_id = room.admission.wall.now_ms(), store.new_id()
    holder = keyring.holder(str(account_id), who.login, passphrase, None)
    made = Account(
        account_id, who.login, who.name, who.partner, who.officer, passphrases.hashed(passphrase),
        holder.public, who.ssh_key, who.os_user, 1, viewer.name, now, None, None,
    )  # fmt: skip
    with room.db.writing() as conn:
        if store.find(conn, who.login):
            raise BadInput(f"There is an account {who.login} already.", "Choose another login.")
        store.add(conn, made)
        with keyring.changing(room.db.path) as keep:
            keep(keyring.load(room.db.path).with_holder(str(account_id), holder))
        detail = {"roles": sorted(role.value for role in who.roles)}
        return _propose(room, conn, viewer, made, "enrol", detail, reason)


def grant(
    room: Room, viewer: Viewer, login: str, role: Role, reason: str, until_ms: int | None = None
) -> Outcome:
    """Give somebody a role, from the second person's word on."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    with room.db.writing() as conn:
        detail = {"role": role.value, "until_ms": until_ms}
        return _propose(room, conn, viewer, found(conn, login), "grant", detail, reason)


def bind(room: Room, viewer: Viewer, login: str, ssh_key: str, os_user: str, reason: str) -> Outcome:
    """Bind an account to the one SSH key, or user of the system, it signs in with; "" frees it."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    check_binding(ssh_key)
    with room.db.writing() as conn:
        detail = {"ssh_key": ssh_key, "os_user": os_user}
        return _propose(room, conn, viewer, found(conn, login), "bind", detail, reason)


def enable(room: Room, viewer: Viewer, login: str, reason: str) -> Outcome:
    """Let a disabled account sign in again."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    with room.db.writing() as conn:
        return _propose(room, conn, viewer, found(conn, login), "enable", {}, reason)


def set_passphrase(room: Room, viewer: Viewer, login: str, passphrase: str, reason: str) -> Outcome:
    """Give somebody who forgot theirs a new passphrase."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    with room.db.writing() as conn:
        account = found(conn, login)
        passphrases.acceptable(passphrase, account.login, *account.name.split())
        detail = detail_of_passphrase(account, passphrase)
        return _propose(room, conn, viewer, account, "passphrase", detail, reason)


def disable(room: Room, viewer: Viewer, login: str, reason: str) -> None:
    """Shut somebody out at once, wherever they are signed in; no second person is asked."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    now = room.admission.wall.now_ms()
    with room.db.writing() as conn:
        account = found(conn, login)
        if account.disabled_ms is not None:
            raise BadInput(f"{login} is disabled already.", "maoc account list shows every account.")
        store.change(conn, account, disabled_ms=now)
        sessions.end_all(conn, account.id, now, "the account was disabled")
        note(conn, viewer, now, "alter", "account", login, reason=reason, detail="disabled")
        with keyring.changing(room.db.path) as keep:
            ring = keyring.load(room.db.path)
            if held := ring.holders.get(str(account.id)):
                keep(ring.with_holder(str(account.id), replace(held, sealed=b"", sealed_before=b"")))


def revoke(room: Room, viewer: Viewer, login: str, role: Role, reason: str) -> None:
    """Take a role away at once."""
    access.permit(room, viewer, Act.MANAGE_USERS)
    now = room.admission.wall.now_ms()
    with room.db.writing() as conn:
        account = found(conn, login)
        held = [g for g in store.grants(conn) if g.account_id == account.id and g.role is role]
        held = [g for g in held if g.ended_ms is None and (g.until_ms is None or g.until_ms > now)]
        if not held:
            raise BadInput(f"{login} is no {role.value}.", "maoc account list shows every role.")
        for one in held:
            store.end_grant(conn, one.id, now, viewer.name, reason)
        note(conn, viewer, now, "alter", "account", login, reason=reason, detail=f"no longer {role.value}")


def decide(room: Room, viewer: Viewer, ref: str, approved: bool, reason: str) -> Change:
    """Confirm or refuse what another person proposed. Raises NotPermitted for one's own proposal."""
    access.permit(room, viewer, Act.APPROVE_USERS)
    now, number = room.admission.wall.now_ms(), number_of(ref)
    with room.db.writing() as conn:
        change = next((c for c in store.changes(conn) if c.number == number), None)
        if change is None:
            raise BadInput(f"No change {printable(ref, 12)} waits.", "maoc account list shows what waits.")
        if change.proposed_by == viewer.officer:
            raise NotPermitted("You proposed this yourself.", "Another officer must confirm it.")
        if approved and change.account_id in accounts_of(conn, viewer.officer):
            raise NotPermitted("This is about your own account.", "Another officer must confirm it.")
        account = store.by_id(conn, change.account_id)
        assert account is not None
        store.decide(conn, number, approved, (viewer.officer, viewer.name), reason, now)
        if approved:
            apply(room, conn, change, account, change.proposer, viewer.name, now)
        word = "confirm" if approved else "refuse"
        note(conn, viewer, now, word, "account", account.login, reason=reason, detail=said(change))
    return replace(change, approved=approved)


def _propose(
    room: Room, conn: Connection, viewer: Viewer, account: Account, kind: str, detail: object, reason: str
) -> Outcome:
    """Record a change, and do it at once where there is no second person yet."""
    now, by = room.admission.wall.now_ms(), (viewer.officer, viewer.name)
    if not printable(reason, 400).strip():
        raise BadInput("A change of an account needs a reason.", "Say why.")
    number = store.propose(conn, account.id, kind, json.dumps(detail), printable(reason, 400), by, now)
    change = Change(number, account.id, kind, json.dumps(detail), reason, *by, now, None)
    note(conn, viewer, now, "propose", "account", account.login, reason=reason, detail=said(change))
    if second_person(conn, viewer.officer, now):
        return Outcome(change, False)
    store.decide(conn, number, True, by, ALONE, now)
    apply(room, conn, change, account, viewer.name, "", now)
    note(conn, viewer, now, "confirm", "account", account.login, reason=ALONE, detail=said(change))
    return Outcome(replace(change, approved=True), True)
