"""What a statement carries about itself: who said it, how sure it is, how it may be handled, who may read it.

Handling codes and the 4x4 grade are Europol's (Regulation (EU) 2016/794, Article 29 and the handling codes
of its information exchange); TLP is FIRST's version 2.0; classifications are those of Council Decision
2013/488/EU. Nothing here widens: combining takes the strictest of each and the readers of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from maoc_tui.problems import NotPermitted


class Handling(IntEnum):
    """Handling codes. They combine: a statement may carry several."""

    H0 = 0
    """Only to prevent and combat crime."""
    H1 = 1
    """Not in judicial proceedings without the provider's permission."""
    H2 = 2
    """Not passed on without the provider's permission."""
    H3 = 3
    """Other restrictions, written in the caveat."""


class Tlp(IntEnum):
    """Traffic Light Protocol 2.0 (FIRST, August 2022), from the widest to the strictest."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """As the standard writes it: ``TLP:AMBER+STRICT``."""
        return "TLP:" + self.name.replace("_", "+")


class Classification(IntEnum):
    """EU classification (Council Decision 2013/488/EU), from none to the highest."""

    UNCLASSIFIED = 0
    RESTRICTED = 1
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4

    @property
    def label(self) -> str:
        """As marked on a page: ``EU RESTRICTED``; "" when unclassified."""
        return f"EU {self.name.replace('_', ' ')}" if self else ""


CEILING = Classification.UNCLASSIFIED
"""The highest classification whose content this system may hold; above it only a reference."""


class Source(Enum):
    """How far the source is trusted."""

    A = "no doubt about the source"
    B = "source mostly reliable"
    C = "source mostly unreliable"
    X = "source cannot be assessed"


class Information(Enum):
    """How far the information itself is trusted."""

    _1 = "accuracy not in doubt"
    _2 = "known to the source, not to the officer"
    _3 = "not known to the source, corroborated"
    _4 = "not known to the source, not corroborated"


@dataclass(frozen=True, slots=True, order=True)
class Grade:
    """Source x information, as in ``B2``. Orders from the surest (A1) to the least sure (X4)."""

    source: str
    """A, B, C or X."""
    information: int
    """1 to 4."""

    def __str__(self) -> str:
        return f"{self.source}{self.information}"

    @property
    def meaning(self) -> str:
        """The grade in words."""
        return f"{Source[self.source].value}; {Information[f'_{self.information}'].value}"


@dataclass(frozen=True, slots=True)
class Marking:
    """The marking of one statement, or of several combined."""

    originators: frozenset[str]
    """Partner codes; one for a recorded statement, several for what was compiled from several."""
    handling: frozenset[Handling] = frozenset({Handling.H2})
    """Never empty: H2 stands where nothing was said."""
    grade: Grade | None = None
    """None: not graded, which counts as less sure than X4."""
    tlp: Tlp | None = None
    classification: Classification = Classification.UNCLASSIFIED
    releasable_to: frozenset[str] = frozenset()
    """Partner codes beside a sole originator; empty means nobody but the originator."""
    caveats: frozenset[str] = frozenset()
    """The words of H3."""

    def __post_init__(self) -> None:
        if not self.originators or not self.handling:
            raise ValueError("a marking has an originator and at least one handling code")
        if len(self.originators) == 1:
            object.__setattr__(self, "releasable_to", self.releasable_to - self.originators)

    @property
    def readers(self) -> frozenset[str]:
        """Every partner that may read this: the sole originator and those it is released to.

        Of several originators none reads the whole by right: each must be named by all the others.
        """
        return self.releasable_to | self.originators if len(self.originators) == 1 else self.releasable_to

    @property
    def highest(self) -> Handling:
        """The strictest handling code."""
        return max(self.handling)

    def __str__(self) -> str:
        return " ".join(filter(None, (*self._words(), self._audience())))

    def _words(self) -> tuple[str, ...]:
        codes = " ".join(code.name for code in sorted(self.handling))
        tlp = self.tlp.label if self.tlp is not None else ""
        return (str(self.grade or "ungraded"), codes, tlp, self.classification.label)

    def _audience(self) -> str:
        caveats = "".join(f" [{caveat}]" for caveat in sorted(self.caveats))
        origin = f"from {' '.join(sorted(self.originators))}"
        if self.releasable_to:
            return f"{origin} rel {' '.join(sorted(self.releasable_to))}{caveats}"
        return f"{origin} {'only' if len(self.originators) == 1 else 'to nobody'}{caveats}"


def who_reads(marking: Marking) -> str:
    """Who may read what is so marked, in one sentence a person understands; the originator comes first."""
    first, others = (
        sorted(marking.originators & marking.readers),
        sorted(marking.readers - marking.originators),
    )
    if not marking.readers:
        return "Nobody may read this as a whole: its originators did not release it to each other."
    if len(marking.readers) == 1 and first:
        return f"{first[0]} alone will read this, the originator; nobody else."
    return f"{', '.join((*first, *others))} will read this; nobody else."


def default(originator: str) -> Marking:
    """The marking of anything unmarked: H2, originator only."""
    return Marking(frozenset({originator}))


def combine(first: Marking, second: Marking) -> Marking:
    """The marking of what is made from both: strictest of each, weaker grade, readers common to both."""
    if first is second or first == second:
        return first
    originators = first.originators | second.originators
    return Marking(
        originators=originators,
        handling=first.handling | second.handling,
        grade=_weaker(first.grade, second.grade),
        tlp=_strictest(first.tlp, second.tlp),
        classification=max(first.classification, second.classification),
        releasable_to=first.readers & second.readers,
        caveats=first.caveats | second.caveats,
    )


def refuse_above(marking: Marking, ceiling: Classification) -> None:
    """Raise NotPermitted when the content is classified above what this system may hold."""
    if marking.classification > ceiling:
        raise NotPermitted(
            f"{marking.classification.label} content may not be kept here.",
            "Record only a reference to where it is held.",
        )


def _strictest(first: Tlp | None, second: Tlp | None) -> Tlp | None:
    return max((mark for mark in (first, second) if mark is not None), default=None)


def _weaker(first: Grade | None, second: Grade | None) -> Grade | None:
    """Each half by itself; a part not graded leaves the whole not graded."""
    if first is None or second is None:
        return None
    return Grade(max(first.source, second.source), max(first.information, second.information))
