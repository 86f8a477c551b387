"""Liaison officers and Centre staff: whom they speak for, since when, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maoc_tui.domain.clock import from_ms


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach an officer."""

    id: UUID
    place: int
    """Order in which to try: 1 first."""
    kind: str
    """Code of data/liaison.toml."""
    address: str
    note: str
    verified_ms: int | None
    """When it was last found to work; None: never."""
    verified_by: str

    def stale(self, now_ms: int, limit_ms: int) -> bool:
        """Whether nobody found it to work for longer than the limit, or ever."""
        return self.verified_ms is None or now_ms - self.verified_ms > limit_ms


@dataclass(frozen=True, slots=True)
class Officer:
    """A person posted to the Centre, or of its own staff."""

    id: UUID
    version: int
    partner: str
    name: str
    agency: str
    """Service at home: BKA, GNR, NCA; "" not said."""
    functions: tuple[str, ...]
    """Codes of data/liaison.toml."""
    posted_from: date
    posted_to: date | None
    """Last day; None while it lasts."""
    note: str
    channels: tuple[Channel, ...] = ()

    def posted(self, at_ms: int) -> bool:
        """Whether the posting covers an instant; days count in Zulu."""
        day = from_ms(at_ms).date()
        return self.posted_from <= day and (self.posted_to is None or day <= self.posted_to)


def on_directory(officers: Iterable[Officer], partner: str, directory: str, centre: str) -> list[Officer]:
    """The officers a partner's directory shows: whole, its own and the Centre's, or none but its own."""
    seen = {"own_and_centre": {partner, centre}}.get(directory, {partner})
    return [entry for entry in officers if directory == "whole" or entry.partner in seen]
