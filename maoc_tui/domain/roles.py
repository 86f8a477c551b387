"""Who may do what: roles are functions of a person, acts are things done, data/roles.toml joins them.

What somebody may *see* of it is decided by the gate, not here. Everything not granted is refused, and while
nothing may be written (read-only, or seeing as another partner) every act that writes is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maoc_tui import resources
from maoc_tui.problems import NotPermitted, Problem

if TYPE_CHECKING:
    from maoc_tui.domain.viewer import Viewer


class Role(StrEnum):
    """A function a person holds for a time; the value is the word officers type."""

    COORDINATOR = "coordinator"
    LIAISON = "liaison"
    ANALYST = "analyst"
    RELEASER = "releaser"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    FEEDER = "feeder"


class Act(Enum):
    """A thing done that needs a right; titles and roles stand in data/roles.toml."""

    READ = "read"
    READ_TRAFFIC = "read_traffic"
    READ_FEEDS = "read_feeds"
    READ_PARTNERS = "read_partners"
    LOG = "log"
    WATCH = "watch"
    SIGN_WATCH = "sign_watch"
    ALERT = "alert"
    EDIT = "edit"
    MARK = "mark"
    DOWNGRADE = "downgrade"
    VIEW_AS = "view_as"
    ASK = "ask"
    ANSWER = "answer"
    RELEASE = "release"
    APPROVE = "approve"
    RECALL = "recall"
    EXPORT = "export"
    BRIEF = "brief"
    APPROVE_BRIEF = "approve_brief"
    FREEZE = "freeze"
    ASSIGN = "assign"
    REQUEST = "request"
    OPERATE = "operate"
    DECIDE = "decide"
    OVERRIDE_GUARD = "override_guard"
    ROSTER = "roster"
    EDIT_PARTNERS = "edit_partners"
    CONFIRM_STATUS = "confirm_status"
    INGEST = "ingest"
    ZONES = "zones"
    OVERRIDE = "override"
    READ_JOURNAL = "read_journal"
    READ_OWN_JOURNAL = "read_own_journal"
    VERIFY_JOURNAL = "verify_journal"
    MANAGE_USERS = "manage_users"
    APPROVE_USERS = "approve_users"
    KEEP = "keep"
    RETAIN = "retain"


@dataclass(frozen=True, slots=True)
class Right:
    """What the table says of one act."""

    title: str
    """Follows "may" in a sentence."""
    roles: frozenset[Role]
    writes: bool = False
    """Changes the record: refused while nothing may be written."""
    own: bool = False
    """Only on statements of the officer's own partner."""
    confirm: bool = False
    """The passphrase is asked again shortly before."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an act is allowed, and why (not); true when it is."""

    allowed: bool
    reason: str
    way_out: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@lru_cache(maxsize=1)
def rights() -> dict[Act, Right]:
    """The table of rights as shipped; Problem naming file, entry and reason when it is at fault."""
    return read(resources.data("roles.toml"))


def right(act: Act) -> Right:
    """What the table says of ``act``."""
    return rights()[act]


def allowed(viewer: Viewer, act: Act, originator: str = "") -> Verdict:
    """Whether ``viewer`` may do ``act``, on a statement of ``originator`` where there is one."""
    held = right(act)
    if held.writes and viewer.seeing_as:
        words = f"Nothing may be written while you see as {viewer.seeing_as}."
        return Verdict(False, words, "Leave the view first.")
    if held.writes and viewer.read_only:
        way = "Start again without --read-only, and without read_only in the settings."
        return Verdict(False, "Nothing may be written in read-only mode.", way)
    if viewer.all_seeing:
        return Verdict(True, "single-user mode")
    if not viewer.roles & held.roles:
        return _no_role(viewer, held)
    if held.own and originator and originator != viewer.partner:
        words = f"Only officers of {originator} may {held.title} of {originator}."
        return Verdict(False, words, "Ask the originator.")
    return _as(viewer.roles & held.roles)


@lru_cache(maxsize=256)
def _as(roles: frozenset[Role]) -> Verdict:
    return Verdict(True, f"as {named(roles)}")


def require(viewer: Viewer, act: Act, originator: str = "") -> None:
    """Raise NotPermitted (exit status 3) with one sentence and the way out unless ``act`` is allowed."""
    verdict = allowed(viewer, act, originator)
    if not verdict:
        raise NotPermitted(verdict.reason, verdict.way_out)


def named(roles: Iterable[Role]) -> str:
    """Roles in words, in the order of the table: ``coordinator, liaison``."""
    held = set(roles)
    return ", ".join(role.value for role in Role if role in held)


def _no_role(viewer: Viewer, held: Right) -> Verdict:
    who = f"As {named(viewer.roles)}" if viewer.roles else "Without a role"
    words = f"{who} you may not {held.title}."
    return Verdict(False, words, f"That takes the role {_either(held.roles)}; an administrator grants roles.")


def _either(roles: Iterable[Role]) -> str:
    return named(roles).replace(", ", " or ")


def read(path: Path) -> dict[Act, Right]:
    """A table of rights from a file: every act once, known roles only, each right held by somebody."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, "", f"cannot be read ({error.__class__.__name__}: {error})") from None
    if set(raw.get("role", {})) != {role.value for role in Role}:
        raise _fault(path, "role", f"must name exactly {named(Role)}")
    table = raw.get("act", {})
    if missing := sorted({act.name for act in Act} ^ set(table)):
        raise _fault(path, f"act.{missing[0]}", "is missing, or is no act of this program")
    return {act: _right(path, act.name, table[act.name]) for act in Act}


def _right(path: Path, name: str, entry: Any) -> Right:
    if not isinstance(entry, dict) or (odd := set(entry) - set(Right.__dataclass_fields__)):
        raise _fault(
            path, f"act.{name}", f"has unknown fields: {odd}" if isinstance(entry, dict) else "is no table"
        )
    title, roles = entry.get("title"), entry.get("roles")
    if not isinstance(title, str) or not title:
        raise _fault(path, f"act.{name}.title", "must be words")
    known = {role.value for role in Role}
    if not isinstance(roles, list) or not roles or not all(role in known for role in roles):
        raise _fault(path, f"act.{name}.roles", f"must be some of {named(Role)}")
    flags = {flag: entry.get(flag, False) for flag in ("writes", "own", "confirm")}
    for flag, value in flags.items():
        if not isinstance(value, bool):
            raise _fault(path, f"act.{name}.{flag}", "must be true or false")
    return Right(title, frozenset(map(Role, roles)), **flags)


def _fault(path: Path, entry: str, reason: str) -> Problem:
    where = f"{path}: {entry}" if entry else str(path)
    return Problem(f"{where} {reason}.", "Install maoc-tui again, or mend that entry.")
