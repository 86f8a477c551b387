"""Accounts in the record, the roles they hold, and the changes that wait for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, exists, func, insert, or_, select

from maoc_tui.domain.roles import Role
from maoc_tui.store.access_tables import (
    AccountChangeTable,
    AccountDecisionTable,
    AccountTable,
    RoleEndTable,
    RoleGrantTable,
)
from maoc_tui.store.edits import edit
from maoc_tui.store.tables_traffic import table

ACCOUNT, GRANT, END = table(AccountTable), table(RoleGrantTable), table(RoleEndTable)
CHANGE, DECISION = table(AccountChangeTable), table(AccountDecisionTable)


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it stands."""

    id: UUID
    login: str
    name: str
    partner: str
    officer: str
    passphrase: str
    public_key: bytes
    ssh_key: str
    os_user: str
    version: int
    created_by: str
    created_ms: int
    active_ms: int | None
    disabled_ms: int | None


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, from and until when, who gave it, and whether it was taken away."""

    id: UUID
    account_id: UUID
    role: Role
    from_ms: int
    until_ms: int | None
    granted_by: str
    confirmed_by: str
    reason: str
    ended_ms: int | None

    def holds(self, now_ms: int) -> bool:
        """Whether the role is held at that instant."""
        ended = min((end for end in (self.until_ms, self.ended_ms) if end is not None), default=None)
        return self.from_ms <= now_ms and (ended is None or now_ms < ended)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an account, proposed by one person."""

    number: int
    account_id: UUID
    kind: str
    detail: str
    reason: str
    proposed_by: str
    proposer: str
    entered_ms: int
    approved: bool | None
    """None while it waits."""

    @property
    def ref(self) -> str:
        """As officers write it: U-0003."""
        return f"U-{self.number:04d}"


def enrolled(conn: Connection) -> bool:
    """Whether any account was ever made: until then there is one user who may do everything."""
    return bool(conn.execute(select(exists(select(ACCOUNT.c.id)))).scalar())


def every(conn: Connection) -> tuple[Account, ...]:
    """All accounts by login."""
    return tuple(Account(**row) for row in conn.execute(select(ACCOUNT).order_by(ACCOUNT.c.login)).mappings())


def find(conn: Connection, login: str) -> Account | None:
    """The account with this login."""
    return _one(conn, ACCOUNT.c.login == login)


def by_id(conn: Connection, account_id: UUID) -> Account | None:
    """The account with this id."""
    return _one(conn, ACCOUNT.c.id == account_id)


def _one(conn: Connection, condition: Any) -> Account | None:
    row = conn.execute(select(ACCOUNT).where(condition)).mappings().first()
    return Account(**row) if row else None


def add(conn: Connection, account: Account) -> None:
    """Record a new account; it cannot sign in before it is active."""
    values = {name: getattr(account, name) for name in Account.__dataclass_fields__}
    conn.execute(insert(ACCOUNT).values(**values))


def change(conn: Connection, account: Account, **values: Any) -> None:
    """Change an account that is still as it was read; raises Changed."""
    edit(conn, ACCOUNT, account.id, account.version, **values)


def grants(conn: Connection) -> tuple[Grant, ...]:
    """Every role ever given, oldest first."""
    columns = [GRANT.c[name] for name in Grant.__dataclass_fields__ if name != "ended_ms"]
    query = select(*columns, END.c.at_ms.label("ended_ms")).outerjoin(END, END.c.grant_id == GRANT.c.id)
    return tuple(_grant(row) for row in conn.execute(query.order_by(GRANT.c.seq)).mappings())


def _grant(row: Mapping[Any, Any]) -> Grant:
    return Grant(**{**row, "role": Role(row["role"])})


def roles(conn: Connection, account_id: UUID, now_ms: int) -> frozenset[Role]:
    """What an account may be at that instant."""
    ended = exists(select(END.c.seq).where(END.c.grant_id == GRANT.c.id, END.c.at_ms <= now_ms))
    query = select(GRANT.c.role).where(
        GRANT.c.account_id == account_id,
        GRANT.c.from_ms <= now_ms,
        or_(GRANT.c.until_ms.is_(None), GRANT.c.until_ms > now_ms),
        ~ended,
    )
    return frozenset(map(Role, conn.scalars(query)))


def grant(conn: Connection, made: Grant, entered_ms: int) -> None:
    """Record that a role was given."""
    named = {n: getattr(made, n) for n in Grant.__dataclass_fields__ if n not in ("ended_ms", "role")}
    conn.execute(insert(GRANT).values(**named, role=made.role.value, entered_ms=entered_ms))


def end_grant(conn: Connection, grant_id: UUID, at_ms: int, by: str, reason: str) -> None:
    """Record that a role was taken away."""
    conn.execute(insert(END).values(grant_id=grant_id, at_ms=at_ms, ended_by=by, reason=reason))


def propose(
    conn: Connection, account_id: UUID, kind: str, detail: str, reason: str, by: tuple[str, str], at_ms: int
) -> int:
    """Record a change that waits for a second person; ``by`` is the proposer's account id and name."""
    number = int(conn.scalar(select(func.max(CHANGE.c.number))) or 0) + 1
    conn.execute(
        insert(CHANGE).values(
            number=number, account_id=account_id, kind=kind, detail=detail, reason=reason,
            proposed_by=by[0], proposer=by[1], entered_ms=at_ms,
        )
    )  # fmt: skip
    return number


def decide(
    conn: Connection, number: int, approved: bool, by: tuple[str, str], reason: str, at_ms: int
) -> None:
    """Record what was said of a change; the second one for the same change is refused by the database."""
    conn.execute(
        insert(DECISION).values(
            change=number, approved=approved, decided_by=by[0], name=by[1], reason=reason, at_ms=at_ms
        )
    )


def changes(conn: Connection, *, waiting: bool = True) -> tuple[Change, ...]:
    """Changes of accounts, oldest first; only those that wait unless told otherwise."""
    columns = [CHANGE.c[name] for name in Change.__dataclass_fields__ if name != "approved"]
    query = select(*columns, DECISION.c.approved).outerjoin(DECISION, DECISION.c.change == CHANGE.c.number)
    if waiting:
        query = query.where(DECISION.c.seq.is_(None))
    return tuple(Change(**row) for row in conn.execute(query.order_by(CHANGE.c.number)).mappings())


def confirmed(conn: Connection, kind: str, proposed_by: str, since_ms: int) -> bool:
    """Whether a second person confirmed a change of one kind that somebody proposed, at or after an instant."""
    query = (
        select(CHANGE.c.number)
        .join(DECISION, DECISION.c.change == CHANGE.c.number)
        .where(
            CHANGE.c.kind == kind,
            CHANGE.c.proposed_by == proposed_by,
            DECISION.c.approved,
            DECISION.c.decided_by != proposed_by,
            DECISION.c.at_ms >= since_ms,
        )
    )
    return conn.execute(query.limit(1)).first() is not None


def new_id() -> UUID:
    """An id for a new account or grant."""
    return uuid4()
