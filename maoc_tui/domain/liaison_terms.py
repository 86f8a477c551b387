"""The words and limits of liaison that ship as data: posts the roster owes, channels, functions, ages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maoc_tui.domain.partner_fields import one_of, require, word
from maoc_tui.domain.partner_rules import STATUSES
from maoc_tui.problems import BadInput

MINUTE_MS, DAY_MS = 60_000, 86_400_000


@dataclass(frozen=True, slots=True)
class Post:
    """Cover that is owed round the clock: once by the Centre, or by every partner of some statuses."""

    code: str
    title: str
    scope: str
    """centre or partner."""
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of data/liaison.toml."""

    verified_ms: int
    """A channel nobody tried for longer is amber, in milliseconds."""
    unassigned_ms: int
    """A target without a lead for longer is amber, in milliseconds."""
    roster_ms: int
    """How far ahead the roster is looked through for holes, in milliseconds."""
    posts: Mapping[str, Post]
    channels: Mapping[str, str]
    """Code to title."""
    functions: Mapping[str, str]
    """Code to title."""


def read_terms(raw: Mapping[str, Any]) -> Terms:
    """From the parsed TOML of data/liaison.toml; ValueError names entry, field and reason of a fault."""
    limits = {name: raw.get(name) for name in ("verified_days", "unassigned_min", "roster_days")}
    for name, value in limits.items():
        require(isinstance(value, int) and value > 0, "limits", name, "is not a whole number above 0")
    posts = [_post(row) for row in raw.get("post", ())]
    require(bool(posts), "post", "code", "is missing")
    return Terms(
        verified_ms=int(raw["verified_days"]) * DAY_MS,
        unassigned_ms=int(raw["unassigned_min"]) * MINUTE_MS,
        roster_ms=int(raw["roster_days"]) * DAY_MS,
        posts={post.code: post for post in posts},
        channels=_titles(raw, "channel"),
        functions=_titles(raw, "function"),
    )


def _post(row: Mapping[str, Any]) -> Post:
    entry = f"post {row.get('code', '')}"
    statuses = frozenset(one_of(status, STATUSES, entry, "statuses") for status in row.get("statuses", ()))
    require(bool(statuses), entry, "statuses", "is missing")
    scope = one_of(row.get("scope"), ("centre", "partner"), entry, "scope")
    return Post(word(row, "code", entry), word(row, "title", entry), scope, statuses)


def _titles(raw: Mapping[str, Any], kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in raw.get(kind, ()):
        entry = f"{kind} {row.get('code', '')}"
        code = word(row, "code", entry)
        require(code not in found, entry, "code", "stands twice")
        found[code] = word(row, "title", entry)
    require(bool(found), kind, "code", "is missing")
    return found


def chosen(text: str, known: Iterable[str], what: str) -> str:
    """The code of a set that was typed, in any case, blanks or dashes for underlines; BadInput otherwise."""
    code = "_".join(text.strip().upper().replace("-", " ").replace("_", " ").split())
    if code not in known:
        raise BadInput(f"{text!r} is no {what}.", f"Choose one of {', '.join(known)}.")
    return code
