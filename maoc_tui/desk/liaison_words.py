"""What people type about liaison, understood: days, codes, and the terms that ship as data."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from maoc_tui import resources
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.liaison_terms import Terms, read_terms
from maoc_tui.domain.times import parse_time
from maoc_tui.problems import Problem


@lru_cache(maxsize=4)
def terms(folder: Path | None = None) -> Terms:
    """Limits, posts, channels and functions; Problem names file, entry, field and reason of a fault."""
    path = (folder or resources.data()) / "liaison.toml"
    try:
        return read_terms(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Problem(f"{path}: {error}.", "Install maoc-tui again, or mend that entry.") from None


def day_of(text: str, room: Room) -> date:
    """The day meant by an ISO date or a date-time group, Zulu; today when empty."""
    if not text.strip():
        return today(room)
    return parse_time(text, room.clock.now()).date()


def today(room: Room) -> date:
    """The day on the watch clock, Zulu."""
    return from_ms(room.clock.now_ms()).date()
