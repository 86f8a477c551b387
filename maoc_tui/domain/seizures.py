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

    @property
    def ref(self) -> str:
        """``SZ-0007``."""
        return reference(self.number)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything said of it, of whatever kind."""
        return (*self.finds, *self.weighings, *self.persons, *self.stated, *self.custody)

    def of(self, what: str) -> tuple[Stated, ...]:
        """The statements of one kind that stand, the one that counts first: the latest said, then entered."""
        held = (line for line in standing(self.stated) if line.what == what)
        return tuple(sorted(held, key=lambda line: (line.at_ms, line.entered_ms), reverse=True))

    def value(self, what: str) -> str:
        """The statement of one kind that counts; "" when nobody said anything."""
        held = self.of(what)
        return held[0].value if held else ""

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
    return max(weights, key=lambda w: (w.official, rank[w.basis], w.at_ms, w.entered_ms), default=None)


def weights_conflict(weights: Sequence[Weighing], shown: Weighing | None) -> bool:
    """Whether another weight on the same basis says something else."""
    return shown is not None and any(w.basis == shown.basis and w.grams != shown.grams for w in weights)


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says of the persons of one condition."""

    condition: str
    source: str
    total: int
    nationalities: tuple[tuple[str, int], ...]
    """ISO code and count, the largest first."""
    official: bool
    at_ms: int
    entered_ms: int
    sound: bool
    """The nationalities do not add to more than the total told."""


def accounts(persons: Iterable[Persons]) -> tuple[Account, ...]:
    """The accounts of persons that stand, by condition, the one that is quoted first: official ones, then the newest.

    Within one source a later count of a nationality takes the place of its earlier one.
    """
    latest: dict[tuple[str, str], dict[str, Persons]] = {}
    for line in sorted(standing(persons), key=lambda line: (line.at_ms, line.entered_ms)):
        latest.setdefault((line.condition, line.source.casefold()), {})[line.nationality] = line
    found = [_account(list(lines.values())) for lines in latest.values()]
    return tuple(
        sorted(found, key=lambda one: (one.condition, not one.official, -one.at_ms, -one.entered_ms))
    )


def _account(lines: list[Persons]) -> Account:
    parts = {line.nationality: line.count for line in lines if line.nationality}
    told = next((line.count for line in lines if not line.nationality), None)
    split = sum(parts.values())
    return Account(
        condition=lines[0].condition,
        source=lines[-1].source,
        total=split if told is None else told,
        nationalities=tuple(sorted(parts.items(), key=lambda item: (-item[1], item[0]))),
        official=any(line.official for line in lines),
        at_ms=max(line.at_ms for line in lines),
        entered_ms=max(line.entered_ms for line in lines),
        sound=told is None or split <= told,
    )


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
