"""Events of the seizure ledger and what is said of them, made for tests."""

from __future__ import annotations

from uuid import uuid4

from maoc_tui.domain import seizure_terms
from maoc_tui.domain.marking import default
from maoc_tui.domain.seizures import (
    Event,
    Fate,
    Find,
    Stated,
    Transfer,
    Weighing,
)
from maoc_tui.domain.spans import Span

TERMS = seizure_terms.shipped()
BASES = tuple(TERMS.bases)
DAY = 86_400_000
OURS = default("MAOC")


def said(at: int = 0, source: str = "PJ", **more) -> dict:
    return {
        "id": str(uuid4()),
        "at_ms": at,
        "source": source,
        "by": "x",
        "entered_ms": at,
        "marking": OURS,
        **more,
    }


def weight(grams: int, basis: str, at: int = 0, official: bool = True, find: int = 1, **more) -> Weighing:
    return Weighing(**said(at, **more), find=find, grams=grams, said="", basis=basis, official=official)


def stated(what: str, value: str, at: int = 0, **more) -> Stated:
    return Stated(**said(at, **more), what=what, value=value)


def found(number: int = 1, fate: Fate = Fate.SEIZED, substance: str = "COCAINE", **more) -> Find:
    return Find(**said(**more), number=number, substance=substance, fate=fate)


def event(number: int = 1, day: int = 0, **lines) -> Event:
    when = Span(day * DAY, (day + 1) * DAY)
    return Event(uuid4(), number, "", "", when, "", "x", 0, OURS, **lines)


def transfer(at: int, giver: str, taker: str, seal: str = "A1", **more) -> Transfer:
    return Transfer(**said(at, **more), item="SF-0001", giver=giver, taker=taker, seal=seal)
