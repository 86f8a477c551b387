"""Accounts, roles and sessions; what somebody was allowed, and by whom, is never changed or deleted."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("role_grant", "role_end", "account_change", "account_decision", "sign_in_try")
KEPT = (*APPEND_ONLY, "account", "access_session")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _LONG, nullable=nullable)


def _to(name: str, column: str, target: str) -> sa.Column[Any]:
    """A column that points to a row of another table."""
    kind: Any = sa.Integer() if target.endswith("number") else sa.Uuid()
    return sa.Column(column, kind, sa.ForeignKey(target, name=f"fk_{name}_{column}"), nullable=False)


def upgrade() -> None:
    """Make the tables and their guards."""
    _account()
    _roles()
    _changes()
    _sessions()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid, primary_key=True),
        *_texts("login", "name", "partner", "officer", "passphrase"),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        *_texts("ssh_key", "os_user"),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("created_by"),
        _time("created_ms"),
        _time("active_ms", nullable=True),
        _time("disabled_ms", nullable=True),
        sa.CheckConstraint("login <> '' AND name <> '' AND partner <> ''", name="said"),
    )
    op.create_index("ix_account_login", "account", ["login"], unique=True)


def _roles() -> None:
    op.create_table(
        "role_grant",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        _to("role_grant", "account_id", "account.id"),
        *_texts("role"),
        _time("from_ms"),
        _time("until_ms", nullable=True),
        *_texts("granted_by", "confirmed_by", "reason"),
        _time("entered_ms"),
    )
    op.create_index("ix_role_grant_id", "role_grant", ["id"], unique=True)
    op.create_index("ix_role_grant_account_id", "role_grant", ["account_id"])
    op.create_table(
        "role_end",
        sa.Column("seq", sa.Integer, primary_key=True),
        _to("role_end", "grant_id", "role_grant.id"),
        _time("at_ms"),
        *_texts("ended_by", "reason"),
    )
    op.create_index("ix_role_end_grant_id", "role_end", ["grant_id"], unique=True)


def _changes() -> None:
    op.create_table(
        "account_change",
        sa.Column("number", sa.Integer, primary_key=True),
        _to("account_change", "account_id", "account.id"),
        *_texts("kind", "detail", "reason", "proposed_by", "proposer"),
        _time("entered_ms"),
    )
    op.create_index("ix_account_change_account_id", "account_change", ["account_id"])
    op.create_table(
        "account_decision",
        sa.Column("seq", sa.Integer, primary_key=True),
        _to("account_decision", "change", "account_change.number"),
        sa.Column("approved", sa.Boolean, nullable=False),
        *_texts("decided_by", "name", "reason"),
        _time("at_ms"),
    )
    op.create_index("ix_account_decision_change", "account_decision", ["change"], unique=True)


def _sessions() -> None:
    op.create_table(
        "access_session",
        sa.Column("id", sa.Uuid, primary_key=True),
        _to("access_session", "account_id", "account.id"),
        *_texts("kind", "token_hash", "place"),
        *(_time(name) for name in ("began_ms", "seen_ms", "until_ms", "confirmed_ms")),
        _time("ended_ms", nullable=True),
        *_texts("end_reason"),
    )
    op.create_index("ix_access_session_account_id", "access_session", ["account_id"])
    op.create_table(
        "sign_in_try",
        sa.Column("seq", sa.Integer, primary_key=True),
        *_texts("who"),
        sa.Column("good", sa.Boolean, nullable=False),
        _time("at_ms"),
    )
    op.create_index("ix_sign_in_try_who", "sign_in_try", ["who"])


def _guards() -> None:
    for name in KEPT:
        _refuse(f"{name}_is_kept", f"BEFORE DELETE ON {name}", f"{name} is never deleted")
    for name in APPEND_ONLY:
        _refuse(f"{name}_stands", f"BEFORE UPDATE ON {name}", f"{name} is append-only")
    ended = "BEFORE UPDATE ON access_session WHEN old.ended_ms IS NOT NULL"
    _refuse("access_session_stands", ended, "an ended session stands")
    self_decided = (
        "BEFORE INSERT ON account_decision WHEN new.approved AND new.decided_by <> '' "
        "AND new.reason <> 'no second person' AND new.decided_by = "
        "(SELECT proposed_by FROM account_change WHERE number = new.change)"
    )
    _refuse("account_decision_is_another", self_decided, "a second person confirms")


def _refuse(name: str, when: str, why: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")
