"""What happened that a reader of figures must know: a state that joined, a definition that changed; shipped as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from maoc_tui.domain.partner_fields import one_of, require, word
from maoc_tui.domain.text import printable


@dataclass(frozen=True, slots=True)
class Happened:
    """One note on the charts whose span holds its day."""

    on: date
    text: str
    source: str
    measures: frozenset[str]
    """Codes of the measures it bears upon."""

    @property
    def at_ms(self) -> int:
        """The first instant of its day, Zulu."""
        return int(datetime.combine(self.on, time(), UTC).timestamp()) * 1000

    @property
    def words(self) -> str:
        """``2024-03-31 ▲ Germany became a Party (BMI)``."""
        return f"{self.on.isoformat()} ▲ {self.text} ({self.source})"


def parse(raw: Mapping[str, Any], codes: tuple[str, ...]) -> tuple[Happened, ...]:
    """The notes of a document as read, in order of day; ValueError naming entry, field and reason."""
    return tuple(sorted((_one(row, codes) for row in raw.get("happened", ())), key=lambda one: one.on))


def _one(row: Any, codes: tuple[str, ...]) -> Happened:
    require(isinstance(row, dict), "happened", "entry", "is no table")
    day = row.get("on")
    entry = f"happened {day}"
    require(isinstance(day, date) and not isinstance(day, datetime), entry, "on", "must be a day")
    named = row.get("measures")
    require(isinstance(named, list) and bool(named), entry, "measures", "names none")
    assert isinstance(day, date)
    assert isinstance(named, list)
    text = printable(word(row, "text", entry), 300)
    return Happened(
        day,
        text,
        printable(word(row, "source", entry), 200),
        frozenset(one_of(one, codes, entry, "measures") for one in named),
    )
