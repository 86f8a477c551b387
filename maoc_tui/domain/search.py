"""What somebody looks for, and how well a record answers it: judged by the text that the viewer is shown alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from maoc_tui.domain.search_words import joined, near, plain, words
from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

LONGEST, MOST_WORDS = 200, 8
"""Letters and words of one search."""
FORGIVING = 4
"""Words of so many letters and more may have one letter wrong; figures never may."""
_LABEL = re.compile(r"(imo|mmsi|icao|hex|ais)[:#]?(\w*)")
_REFERENCE = re.compile(r"(t|op|as|rq|sz|sf|ck|tk|br|al|w)-?([0-9]{1,6})")


class Quality(IntEnum):
    """How well a record answers, the best first."""

    IDENTIFIER = 0
    """It bears that number, call sign or reference."""
    WHOLE = 1
    """A name or text is what was typed, neither more nor less."""
    WORDS = 2
    """Every word stands in it."""
    BEGINNING = 3
    """Words in it begin so."""
    INSIDE = 4
    """It stands within words."""
    NEAR = 5
    """With one letter wrong."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word looked for, in every way it may be written."""

    forms: tuple[str, ...]

    def level(self, among: Sequence[str]) -> Quality | None:
        """How well the best of some words answers; None when none does."""
        levels = [level for form in self.forms if (level := _level(form, among)) is not None]
        return min(levels, default=None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it was understood."""

    text: str
    """As typed, printable."""
    words: tuple[Word, ...]
    whole: frozenset[str]
    """All of it as one word, in every way."""


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a record."""

    text: str
    name: bool = False
    """A name or number: written together as often as apart."""
    identifier: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Its words as they are compared."""
        return words(self.text, self.name or self.identifier)


@dataclass(frozen=True, slots=True)
class Answer:
    """How well a record answers, and by which of its lines."""

    quality: Quality
    best: int
    lines: int
    """How many of its lines have a word of it."""


def asked(text: str) -> Wanted:
    """Understand what was typed; raises BadInput where it says nothing or too much."""
    clean = printable(text, LONGEST + 1)
    if len(clean) > LONGEST:
        raise BadInput(f"A search has at most {LONGEST} letters.", "Look for fewer words.")
    chunks = [chunk for chunk in clean.split() if joined(chunk)]
    chunks = [c for i, c in enumerate(chunks) if not _only_label(c, chunks[i + 1 : i + 2])]
    found = tuple(dict.fromkeys(Word(forms) for chunk in chunks for forms in _forms(chunk)))
    if not found:
        raise BadInput(
            "There is nothing to look for in that.", "Type a name, a number, a reference or words."
        )
    if len(found) > MOST_WORDS:
        raise BadInput(f"A search has at most {MOST_WORDS} words.", "Look for fewer.")
    whole = {joined(clean), joined(" ".join(chunks))}
    if len(found) == 1:
        whole.update(found[0].forms)
    return Wanted(clean, found, frozenset(whole))


def answer(wanted: Wanted, lines: Sequence[Line]) -> Answer | None:
    """How the lines of one record answer a search; None when a word of it stands in none of them."""
    judged = [_judged(wanted, line) for line in lines]
    best_of = [min(column) for column in zip(*(one.levels for one in judged), strict=True)]
    quality = max(best_of, default=_NOT)
    if quality == _NOT:
        return None
    alike = [at for at, one in enumerate(judged) if one.whole]
    if alike:
        exact = [at for at in alike if lines[at].identifier]
        quality = Quality.IDENTIFIER if exact else Quality.WHOLE
        alike = exact or alike
    best = alike[0] if alike else min(range(len(lines)), key=lambda at: judged[at].weight)
    return Answer(Quality(quality), best, sum(one.answers for one in judged))


_NOT = len(Quality)
"""Stands for the level of a word that is not there."""


class _Judged(NamedTuple):
    """How one line answers: by word the level, or ``_NOT``."""

    levels: tuple[int, ...]
    whole: bool
    """It is all that was typed and nothing else."""
    weight: int
    answers: bool


def _judged(wanted: Wanted, line: Line) -> _Judged:
    among = line.words
    levels = tuple(_NOT if (level := word.level(among)) is None else int(level) for word in wanted.words)
    weight = sum(level if level < _NOT else _NOT + 3 for level in levels)
    begun = bool(among) and any(one.startswith(among[0]) for one in wanted.whole)
    return _Judged(levels, begun and joined(line.text) in wanted.whole, weight, min(levels) < _NOT)


def _level(form: str, among: Sequence[str]) -> Quality | None:
    """How well the best of some words answers to one form; the dear comparison last."""
    if form in among:
        return Quality.WORDS
    if len(form) > 1 and any(word.startswith(form) for word in among):
        return Quality.BEGINNING
    if len(form) > 2 and any(form in word for word in among):
        return Quality.INSIDE
    return Quality.NEAR if forgiving(form) and any(near(form, word) for word in among) else None


def forgiving(form: str) -> bool:
    """Whether a word may have a letter wrong: a number with another figure is another boat."""
    return len(form) >= FORGIVING and form.isalpha()


def _only_label(chunk: str, follows: Sequence[str]) -> bool:
    """Whether a word only says what the number after it is: ``IMO 9074729``."""
    label = _LABEL.fullmatch(plain(chunk))
    return label is not None and not label[2] and bool(follows) and any(map(str.isdigit, joined(follows[0])))


def _forms(chunk: str) -> list[tuple[str, ...]]:
    """The words of what was typed between two blanks: figures stay together, names part at their hyphens."""
    one, parts = joined(chunk), words(chunk)
    if len(parts) > 1 and one.isalpha():
        return [(part,) for part in parts if part != one]
    forms = [one]
    if label := _LABEL.fullmatch(one):
        forms += [label[2]] if any(map(str.isdigit, label[2])) else []
    if ref := _REFERENCE.fullmatch(one):
        forms.append(f"{ref[1]}{int(ref[2]):04d}")
    return [tuple(dict.fromkeys(forms))]
