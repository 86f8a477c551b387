"""What records of every kind are called where they stand side by side: in a search, opened last, pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from maoc_tui.desk import target_listing
from maoc_tui.desk.alert_words import rule_title
from maoc_tui.store import search as store


def of_heads(conn: Connection, kind: str, heads: Mapping[str, Any], now_ms: int) -> dict[str, str]:
    """What records of a kind are called, by id, from their own lines: targets as in the list of targets."""
    if kind == "target":
        return target_listing.titles(conn, list(heads), now_ms)
    return {at: _title(kind, head) for at, head in heads.items()}


def of_refs(conn: Connection, refs: Sequence[str], now_ms: int) -> dict[str, tuple[str, str]]:
    """Kind and title of records by reference, as far as the viewer of the connection sees them."""
    found = store.by_ref(conn, refs)
    targets = [str(head.id) for kind, head in found.values() if kind == "target"]
    called = target_listing.titles(conn, targets, now_ms)
    return {
        ref: (kind, called.get(str(head.id), "") if kind == "target" else _title(kind, head))
        for ref, (kind, head) in found.items()
    }


def _title(kind: str, head: Any) -> str:
    """What a record is called, from its own line; "" where it has nothing of the kind."""
    if kind == "request":
        return f"{head.kind} to {head.addressee}".replace("_", " ").lower() if head.kind else ""
    if kind == "alert":
        return rule_title(str(head.rule))
    if kind in ("seizure", "clock", "watch"):
        return str(head.text)
    return str(head.name or "")
