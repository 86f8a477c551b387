"""When what is kept of persons must be looked at again: rules from data/retention.toml, and what they come to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.partner_facts import VERIFICATION
from maoc_tui.domain.partner_fields import Row, one_of, require
from maoc_tui.domain.target_facts import ATTRIBUTES
from maoc_tui.problems import Problem

_SINCE = {"target": ("created", "updated", "closed"), "identity_fact": ("entered",)}
_LONGEST = 365 * 30


@dataclass(frozen=True, slots=True)
class Rule:
    """After how long something must be looked at, and why."""

    id: str
    what: str
    """target or identity_fact."""
    state: str
    """For targets: open or closed; "" for facts."""
    attributes: frozenset[str]
    since: str
    days: int
    text: str
    source: str
    check: str

    def review_by(self, since_ms: int, kept_until: date | None) -> date:
        """The day by which it must be looked at; a review that kept it longer moves that day."""
        due = from_ms(since_ms).date() + timedelta(days=self.days)
        return max(due, kept_until) if kept_until else due


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """The rules that ship with the program; Problem naming the fault when they have one."""
    return read(resources.data("retention.toml"))


def read(path: Path) -> tuple[Rule, ...]:
    """The rules of a file; Problem names file, rule, field and reason of a fault."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise Problem(f"{path}: {error}.", "Install maoc-tui again, or mend that entry.") from None


def parse(raw: dict[str, Any]) -> tuple[Rule, ...]:
    """The rules of a document as read; ValueError naming rule, field and reason."""
    rows = raw.get("rule")
    require(isinstance(rows, list) and bool(rows), "the file", "rule", "is missing")
    rules = tuple(_rule(row) for row in rows or ())
    names = [rule.id for rule in rules]
    require(len(names) == len(set(names)), "the file", "rule", "has an id twice")
    for state in ("open", "closed"):
        held = [rule for rule in rules if (rule.what, rule.state) == ("target", state)]
        require(len(held) == 1, "the file", "rule", f"needs one rule for {state} targets")
    return rules


def _rule(row: Row) -> Rule:
    entry = str(row.get("id", "a rule"))
    what = one_of(row.get("what"), _SINCE, entry, "what")
    days = row.get("days")
    require(type(days) is int and 0 < days <= _LONGEST, entry, "days", "must be 1 to 30 years in days")
    attributes = row.get("attributes", [])
    require((what == "identity_fact") == bool(attributes), entry, "attributes", "are for facts")
    for name in attributes:
        one_of(name, ATTRIBUTES, entry, "attributes")
    state = row.get("state", "")
    require((what == "target") == (state in ("open", "closed")), entry, "state", "must be open or closed")
    for name in ("text", "source"):
        require(isinstance(row.get(name), str) and bool(row[name]), entry, name, "is missing")
    return Rule(
        id=entry,
        what=what,
        state=str(state),
        attributes=frozenset(attributes),
        since=one_of(row.get("since"), _SINCE[what], entry, "since"),
        days=int(days or 0),
        text=str(row["text"]),
        source=str(row["source"]),
        check=one_of(row.get("check"), VERIFICATION, entry, "check"),
    )
