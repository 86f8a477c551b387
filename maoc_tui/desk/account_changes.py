"""Doing what was proposed and confirmed of an account, in the transaction that records the word."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.store import access as sessions
from maoc_tui.store import accounts as store
from maoc_tui.store import keyring, passphrases
from maoc_tui.store.accounts import Account, Change, Grant
from maoc_tui.store.keyring import Holder
from maoc_tui.store.passphrases import Profile
from maoc_tui.store.sealing import sealed


def apply(
    room: Room, conn: Connection, change: Change, account: Account, by: str, second: str, now: int
) -> None:
    """Do one confirmed change; ``second`` is "" where there was nobody to confirm it."""
    detail: dict[str, Any] = json.loads(change.detail)
    if change.kind == "enrol":
        store.change(conn, account, active_ms=now)
        for role in detail["roles"]:
            _grant(conn, change, Role(role), None, by, second, now)
        _let_in(room, account)
    elif change.kind == "grant":
        _grant(conn, change, Role(detail["role"]), detail["until_ms"], by, second, now)
    elif change.kind == "bind":
        store.change(conn, account, ssh_key=detail["ssh_key"], os_user=detail["os_user"])
    elif change.kind == "enable":
        store.change(conn, account, disabled_ms=None)
        _let_in(room, account)
    elif change.kind == "passphrase":
        _new_passphrase(room, conn, account, detail, now)


def _grant(
    conn: Connection, change: Change, role: Role, until_ms: int | None, by: str, second: str, now: int
) -> None:
    made = Grant(store.new_id(), change.account_id, role, now, until_ms, by, second, change.reason, None)
    store.grant(conn, made, now)


def _let_in(room: Room, account: Account) -> None:
    """Seal an encrypted record's key to an account's public half, as the record itself holds it."""
    if room.db.key is None:
        return
    with keyring.changing(room.db.path) as keep:
        ring, name = keyring.load(room.db.path), str(account.id)
        if held := ring.holders.get(name):
            keep(ring.with_holder(name, replace(held, sealed=sealed(room.db.key, account.public_key, name))))


def detail_of_passphrase(account: Account, passphrase: str) -> dict[str, Any]:
    """What is kept of a new passphrase until it is confirmed: its hash and a new key pair locked under it."""
    made = asdict(keyring.holder(str(account.id), account.login, passphrase, None))
    text = {
        name: b64encode(value).decode() if isinstance(value, bytes) else value for name, value in made.items()
    }
    return {"hash": passphrases.hashed(passphrase), "holder": text}


def _new_passphrase(room: Room, conn: Connection, account: Account, detail: dict[str, Any], now: int) -> None:
    kept = detail["holder"]
    named = {name: b64decode(kept[name]) for name in ("salt", "locked", "public", "sealed", "sealed_before")}
    made = Holder(login=account.login, cost=Profile(**kept["cost"]), **named)
    store.change(conn, account, passphrase=detail["hash"], public_key=made.public)
    sessions.end_all(conn, account.id, now, "the passphrase was changed")
    with keyring.changing(room.db.path) as keep:
        keep(keyring.load(room.db.path).with_holder(str(account.id), made))
    if account.disabled_ms is None and account.active_ms is not None:
        _let_in(room, replace(account, public_key=made.public))
