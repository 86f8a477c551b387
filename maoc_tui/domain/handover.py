"""A handover as a value: its items, what was said of each while it was walked, what stands against signing.

An item that is red (what can hurt within hours) cannot be skipped; a question is answered, or owned by a name with a
time; what is not accepted stands against signing until it is taken after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from maoc_tui.domain.marking import Marking

NEW, CHANGED, STANDS, ENDED = "+", "~", "=", "−"
"""What became of it since the officer who reads held the watch last."""


class Verdict(StrEnum):
    """What is said of an item."""

    TAKEN = "taken"
    QUESTION = "question"
    REFUSED = "not accepted"
    ANSWERED = "answered"
    OWNED = "owned"
    """The question is somebody's, with a time: it runs as a clock."""


CLOSED = frozenset({Verdict.TAKEN, Verdict.ANSWERED, Verdict.OWNED})
"""With these an item is dealt with."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of one item as it stood then."""

    item: str
    digest: str
    verdict: Verdict
    words: str
    by: str
    at_ms: int
    partner: str = ""
    """Of whoever said it: that partner has read the item; "" where that is not known."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be handed over."""

    key: str
    """What it is of, the same for everybody: ``operation OP-0031``."""
    section: str
    sign: str
    """NEW, CHANGED, STANDS or ENDED."""
    ref: str
    """Where to look: OP-0031, CK-0007; "" for a line that sums up."""
    text: str
    red: str = ""
    """Why it cannot be skipped; "" for what can."""
    marking: Marking | None = None
    """Of what it tells and of all that belongs to; None for open traffic, and for what several statements make."""
    said: tuple[Answer, ...] = ()
    """What was said of it as it stands now, in order."""

    @property
    def digest(self) -> str:
        """What it says, as 16 hexadecimal digits: an answer counts for this and no later state of it."""
        whole = "\x1f".join((self.key, self.text, self.red))
        return sha256(whole.encode()).hexdigest()[:16]

    @property
    def verdict(self) -> Verdict | None:
        """What was said of it last; None where nothing was."""
        return self.said[-1].verdict if self.said else None

    @property
    def dealt_with(self) -> bool:
        """Whether nothing more is to be said of it."""
        return self.verdict in CLOSED

    @property
    def question(self) -> str:
        """The question that was asked last of it; "" for none."""
        asked = [one.words for one in self.said if one.verdict is Verdict.QUESTION]
        return asked[-1] if asked else ""


def with_answers(items: Sequence[Item], said: Sequence[Answer]) -> tuple[Item, ...]:
    """The items with what was said of each as it stands now; a question and a refusal outlive a change of the item.

    Where their item is gone they stand by themselves at the end.
    """
    by_key: dict[str, list[Answer]] = {}
    for one in said:
        by_key.setdefault(one.item, []).append(one)
    known = tuple(replace(item, said=_counts(item, by_key.pop(item.key, []))) for item in items)
    gone = (
        Item(key, "questions", ENDED, "", f"what it was asked of is gone: {key}", said=tuple(left))
        for key, left in by_key.items()
        if left[-1].verdict not in CLOSED
    )
    return (*known, *gone)


def _counts(item: Item, said: list[Answer]) -> tuple[Answer, ...]:
    if said and said[-1].verdict not in CLOSED:
        return tuple(said)
    return tuple(one for one in said if one.digest == item.digest)


def against(items: Iterable[Item]) -> tuple[str, ...]:
    """What stands against signing, a sentence each; () for nothing."""
    found = []
    for item in items:
        name = item.ref or item.section
        if item.verdict is Verdict.REFUSED:
            found.append(f"{name} is not accepted: {item.said[-1].words}")
        elif item.verdict is Verdict.QUESTION:
            found.append(f"{name} has an open question: {item.said[-1].words}")
        elif item.red and not item.dealt_with:
            found.append(f"{name} is red and was not walked: {item.red}")
    return tuple(found)
