"""Who holds the watch: one officer or nobody, passed on by acts that each follow one act before.

A term begins when somebody takes the watch, is handed it, or takes it over from a holder who is gone; it ends with the
next act. No act can follow a term that another has followed already: of several officers who take it at once one gets
it, the others are told who has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maoc_tui.domain.releases import By
from maoc_tui.problems import BadInput


class How(StrEnum):
    """How a term began."""

    TAKEN = "taken"
    HANDED = "handed over"
    GONE = "taken over"
    """Its holder was gone."""
    LEFT = "left"
    """Nobody holds the watch from then on."""


@dataclass(frozen=True, slots=True)
class Term:
    """From when on somebody, or nobody, has held the watch."""

    seq: int
    how: How
    holder: By | None
    """None after it was left."""
    at_ms: int
    reason: str
    by: str
    """Who entered it."""

    @property
    def held(self) -> bool:
        """Whether anybody holds it."""
        return self.holder is not None


def holds(term: Term | None, name: str, officer: str) -> bool:
    """Whether somebody holds the watch in this term."""
    return term is not None and term.holder is not None and term.holder.same_person(name, officer)


def check(now: Term | None, how: How, name: str, officer: str) -> None:
    """Raise BadInput unless a term may begin so after the one that runs now."""
    mine = holds(now, name, officer)
    held = now is not None and now.held
    who = told(now)
    if how is How.LEFT and not mine:
        raise BadInput(
            f"You do not hold the watch: {who}.", "Only its holder leaves it; maoc watch take --gone REASON."
        )
    if how in (How.TAKEN, How.GONE) and mine:
        raise BadInput("You hold the watch already.", "Nothing is to be done.")
    if how is How.TAKEN and held:
        raise BadInput(
            f"The watch is held: {who}.",
            "Let it be handed over; if the holder is gone, say why: --gone REASON.",
        )
    if how is How.GONE and not held:
        raise BadInput("Nobody holds the watch.", "Take it.")
    if how is How.HANDED and (mine or not held):
        raise BadInput(f"The watch cannot be handed over so: {who}.", "Look at who holds it now.")


def told(term: Term | None) -> str:
    """Who holds it, in words: ``Rui Ferreira MAOC`` or ``nobody``."""
    holder = term.holder if term is not None else None
    return f"{holder.name} {holder.partner}" if holder is not None else "nobody holds it"


def last_held(terms: Sequence[Term], name: str, officer: str) -> tuple[int, int] | None:
    """From when to when (ms) an officer held the watch last; until now where that term runs. None for never.

    ``terms`` are all, in order.
    """
    for at in range(len(terms) - 1, -1, -1):
        if holds(terms[at], name, officer):
            after = terms[at + 1].at_ms if at + 1 < len(terms) else 1 << 62
            return terms[at].at_ms, after
    return None
