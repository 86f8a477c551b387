"""One event of the seizure ledger: what was found and weighed, who was met, what became of it all.

Everything said of an event is a line of its own with a source, and stays. Of conflicting lines one is shown
by a stated rule and the others stand beside it. An event is counted once, whoever reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar
from uuid import UUID

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.spans import Span
from maoc_tui.problems import BadInput

OWN_FIRST = frozenset(
    {"LEAD", "SEIZING", "PROSECUTING", "SAME_AS", "CREDIT_INFORMATION", "CREDIT_ASSET", "CREDIT_PROSECUTION"}
)
"""Statements that figures are broken down by: no other partner's word takes the place of the originator's."""


class Fate(Enum):
    """Whether a find was brought in or went overboard; the two are never added up silently."""

    SEIZED = "seized"
    JETTISONED = "jettisoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something said of an event: by whom, of when, in what words, how it may be handled."""

    id: str
    at_ms: int
    """When it happened, was weighed or was counted."""
    source: str
    text: str = ""
    by: str
    entered_ms: int
    marking: Marking
    replaces: str = ""
    """Id of the line it corrects or withdraws; "" for a line of its own."""
    withdrawal: bool = False
    reason: str = ""
    """Why it corrects or withdraws another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find(Line):
    """One substance found in one place, or seen going overboard."""

    number: int
    """412 is SF-0412; a corrected find keeps its number."""
    substance: str
    fate: Fate
    packages: int | None = None
    hidden: str = ""
    """Where it was hidden; of what was jettisoned, where it went overboard."""

    @property
    def ref(self) -> str:
        """``SF-0412``."""
        return find_reference(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing(Line):
    """A weight of one find. ``source`` is who weighed or estimated."""

    find: int
    """Number of the find."""
    grams: int
    said: str
    """As typed, with its unit."""
    basis: str
    """NET, GROSS or ESTIMATED."""
    packages: int | None = None
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons(Line):
    """How many persons of a condition; names are no part of the ledger."""

    condition: str
    nationality: str = ""
    """ISO alpha-2; "" is all nationalities together, or not told."""
    count: int
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Line):
    """Anything else stated of the event: vessel, flag, a State, a disposition, shares of credit."""

    what: str
    value: str
    status: str = ""
    """Of a flag: claimed, confirmed …; of a position: how it was come by; "" otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Line):
    """Something passes from one hand to another."""

    item: str
    """What: a find (SF-0412), or a thing in words."""
    giver: str
    """"" for the first line of a chain: found on board."""
    taker: str
    seal: str = ""
    place: str = ""
    file: str = ""
    """Name of the photo or paper whose hash stands beside; "" for none."""
    size: int | None = None
    """Bytes of the file."""
    sha256: str = ""
    """Hash of the file, hexadecimal: FIPS 180-4."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event with everything said of it, in order of entry."""

    id: UUID
    number: int
    operation: str
    """OP-0031; "" for an event that no operation of the Centre led to."""
    said: str
    """When, as typed."""
    when: Span
    text: str
    by: str
    entered_ms: int
    marking: Marking
    finds: tuple[Find, ...] = ()
    weighings: tuple[Weighing, ...] = ()
    persons: tuple[Persons, ...] = ()
    stated: tuple[Stated, ...] = ()
    custody: tuple[Transfer, ...] = ()
    inherited: tuple[tuple[str, str], ...] = ()
    """States of its operation by what they are: they count where nobody stated one of the event itself."""
    boarded: bool = True
    """False where its operation, as far as it is seen, has no boarding on record."""

    @property
    def ref(self) -> str:
        """``SZ-0007``."""
        return reference(self.number)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything said of it, of whatever kind."""
        return (*self.finds, *self.weighings, *self.persons, *self.stated, *self.custody)

    def of(self, what: str) -> tuple[Stated, ...]:
        """The statements of one kind that stand, the one that counts first: the latest said, then entered.

        Who led, seized, prosecutes and shares credit is first of all what the event's own originator says.
        """
        held = [line for line in standing(self.stated) if line.what == what]
        held.reverse()  # of two that rank alike the one entered later counts

        def rank(line: Stated) -> tuple[bool, int, int]:
            own = what in OWN_FIRST and line.marking.originators == self.marking.originators
            return own, line.at_ms, line.entered_ms

        return tuple(sorted(held, key=rank, reverse=True))

    def value(self, what: str) -> str:
        """The statement of one kind that counts, else that of its operation; "" when nobody said anything."""
        held = self.of(what)
        return held[0].value if held else dict(self.inherited).get(what, "")

    def weights(self, find: Find) -> tuple[Weighing, ...]:
        """The weighings of a find that stand, in order of entry."""
        return tuple(line for line in standing(self.weighings) if line.find == find.number)

    @property
    def newest_ms(self) -> int:
        """When something was last entered."""
        return max((self.entered_ms, *(line.entered_ms for line in self.lines)))


L = TypeVar("L", bound=Line)


def standing(lines: Iterable[L]) -> tuple[L, ...]:
    """The lines that nobody has corrected or withdrawn, in the order given."""
    every = tuple(lines)
    replaced = {line.replaces for line in every}
    return tuple(line for line in every if line.id not in replaced and not line.withdrawal)


def shown_weight(weights: Sequence[Weighing], bases: Sequence[str]) -> Weighing | None:
    """The weight that is quoted: an official one before others, net before gross before estimated, then the newest.

    ``bases`` are the codes in order of trust. None where there is no weight.
    """
    rank = {code: -place for place, code in enumerate(bases)}
    return max(
        reversed(weights), key=lambda w: (w.official, rank[w.basis], w.at_ms, w.entered_ms), default=None
    )


def weights_conflict(weights: Sequence[Weighing], shown: Weighing | None) -> bool:
    """Whether another weight on the same basis says something else."""
    return shown is not None and any(w.basis == shown.basis and w.grams != shown.grams for w in weights)


def reference(number: int) -> str:
    """The reference of an event: ``SZ-0007``."""
    return f"SZ-{number:04d}"


def find_reference(number: int) -> str:
    """The reference of a find: ``SF-0412``."""
    return f"SF-{number:04d}"


def parse_reference(text: str, prefix: str = "SZ") -> int:
    """The number of a reference as people type it: ``SZ-0007``, ``sz7``; of a find with the prefix ``SF``."""
    digits = text.strip().upper().removeprefix(prefix).removeprefix("-")
    if digits.isascii() and digits.isdigit() and 0 < int(digits) < 10_000_000:
        return int(digits)
    what = "an event of the ledger" if prefix == "SZ" else "a find"
    raise BadInput(f"{text[:40]!r} is not {what}.", f"Write it as {prefix}-0007.")
