"""The terms a release goes out under: how long, and on what condition; those of the originators' consent are part."""

from __future__ import annotations

from collections.abc import Iterable

from maoc_tui.desk.release_case import Permission
from maoc_tui.desk.target_words import words
from maoc_tui.domain.releases import Candidate

USUAL = "For the stated need only; not passed on, not used in court, without the originator's consent."
"""The condition every release carries."""


def with_caveats(typed: str, lines: Iterable[Candidate]) -> str:
    """The usual condition, what was typed, and the caveats of the lines: they travel with the data."""
    caveats = sorted({caveat for line in lines for caveat in line.marking.caveats})
    return " ".join(filter(None, (USUAL, words(typed, "condition", 400, empty=True), *caveats)))


def under(condition: str, permissions: Iterable[Permission]) -> str:
    """A condition with what each consent holds the recipient to, said once each."""
    for said in dict.fromkeys(one.condition for one in permissions if one.condition):
        condition = condition if said in condition else f"{condition} {said}"
    return condition


def first_end(until_ms: int | None, permissions: Iterable[Permission]) -> int | None:
    """When a release ends: with the first consent that ends, or before; None for no end."""
    ends = [end for end in (until_ms, *(one.until_ms for one in permissions)) if end is not None]
    return min(ends, default=None)
