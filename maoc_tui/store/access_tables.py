"""Tables of access: accounts, the roles they hold, changes to them, sessions, tries to sign in.

Roles, changes and decisions are append-only; an account is never deleted. Times are milliseconds since
1970-01-01T00:00Z of the machine's clock, never of a scenario's.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlmodel import Field, SQLModel

from maoc_tui.store.tables_traffic import Long


class AccountTable(SQLModel, table=True):
    """Somebody, or a service, that may sign in once a second person has confirmed it."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("login <> '' AND name <> '' AND partner <> ''", name="said"),)
    id: UUID = Field(primary_key=True)
    login: str = Field(sa_type=Text, index=True, unique=True)
    name: str = Field(sa_type=Text)
    """As written into the record."""
    partner: str = Field(sa_type=Text)
    officer: str = Field(default="", sa_type=Text)
    """Id of the officer it belongs to; "" for none."""
    passphrase: str = Field(sa_type=Text)
    """argon2id, with salt and parameters."""
    public_key: bytes = Field(sa_type=LargeBinary)
    """To which an encrypted record's key is sealed."""
    ssh_key: str = Field(default="", sa_type=Text)
    """Fingerprint of the one SSH key it signs in with; "" for any place."""
    os_user: str = Field(default="", sa_type=Text)
    """The one user of the operating system it signs in as; "" for any."""
    version: int = 1
    created_by: str = Field(sa_type=Text)
    created_ms: int = Field(sa_type=Long)
    active_ms: int | None = Field(default=None, sa_type=Long)
    """When it was confirmed; it cannot sign in before."""
    disabled_ms: int | None = Field(default=None, sa_type=Long)


class RoleGrantTable(SQLModel, table=True):
    """A role held from one instant until another, and who gave it."""

    __tablename__ = "role_grant"
    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True, unique=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    role: str = Field(sa_type=Text)
    from_ms: int = Field(sa_type=Long)
    until_ms: int | None = Field(default=None, sa_type=Long)
    granted_by: str = Field(sa_type=Text)
    confirmed_by: str = Field(sa_type=Text)
    """"" where there was no second person yet."""
    reason: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class RoleEndTable(SQLModel, table=True):
    """A role was taken away."""

    __tablename__ = "role_end"
    seq: int | None = Field(default=None, primary_key=True)
    grant_id: UUID = Field(foreign_key="role_grant.id", index=True, unique=True)
    at_ms: int = Field(sa_type=Long)
    ended_by: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)


class AccountChangeTable(SQLModel, table=True):
    """A change of an account that waits for, or had, a second person."""

    __tablename__ = "account_change"
    number: int = Field(primary_key=True)
    """Of the reference: 3 is U-0003."""
    account_id: UUID = Field(foreign_key="account.id", index=True)
    kind: str = Field(sa_type=Text)
    """enrol, grant, enable, passphrase, bind or rekey."""
    detail: str = Field(sa_type=Text)
    """What it takes to do it, as JSON."""
    reason: str = Field(sa_type=Text)
    proposed_by: str = Field(sa_type=Text)
    """Account id; "" in single-user mode."""
    proposer: str = Field(sa_type=Text)
    entered_ms: int = Field(sa_type=Long)


class AccountDecisionTable(SQLModel, table=True):
    """What the second person said of a change."""

    __tablename__ = "account_decision"
    seq: int | None = Field(default=None, primary_key=True)
    change: int = Field(foreign_key="account_change.number", index=True, unique=True)
    approved: bool
    decided_by: str = Field(sa_type=Text)
    """Account id; that of the proposer only while there was no second person."""
    name: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    at_ms: int = Field(sa_type=Long)


class SessionTable(SQLModel, table=True):
    """From signing in to signing out, on a screen or on the command line."""

    __tablename__ = "access_session"
    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    kind: str = Field(sa_type=Text)
    """screen or cli."""
    token_hash: str = Field(sa_type=Text)
    """SHA-256 of the command line's token; "" on a screen."""
    place: str = Field(sa_type=Text)
    """Terminal and, over SSH, the address it comes from."""
    began_ms: int = Field(sa_type=Long)
    seen_ms: int = Field(sa_type=Long)
    until_ms: int = Field(sa_type=Long)
    confirmed_ms: int = Field(sa_type=Long)
    """When the passphrase was given last."""
    ended_ms: int | None = Field(default=None, sa_type=Long)
    end_reason: str = Field(default="", sa_type=Text)
    purpose: str = Field(default="", sa_type=Text)
    """What it is for, as said at sign-in or since; each change is in the journal."""


class TryTable(SQLModel, table=True):
    """A try to sign in, by a keyed hash of the login: whoever types a passphrase there leaves none."""

    __tablename__ = "sign_in_try"
    seq: int | None = Field(default=None, primary_key=True)
    who: str = Field(sa_type=Text, index=True)
    good: bool
    at_ms: int = Field(sa_type=Long)
