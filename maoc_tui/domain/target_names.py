"""Which names are alike, letter by letter, and which of thousands are worth that comparison."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.84
"""From this likeness on two names are called alike."""
_LEAST = 4
"""Shorter names are the same or not."""
_PREFIX = re.compile(r"^(?:M/?V|F/?V|S/?Y|M/?Y|S/?V|M/?T|S/?S)\.?\s+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class Letters(NamedTuple):
    """A name as it is compared."""

    text: str
    """Letters and figures alone, in lower case, without accents."""
    figures: tuple[str, ...]
    kinds: int
    """A bit for every kind of letter in it; two letters may share one."""


@lru_cache(maxsize=20_000)
def letters(name: str) -> Letters:
    """A name without what nobody hears: prefix, accents, blanks, case."""
    text = unicodedata.normalize("NFKD", _PREFIX.sub("", name.strip()))
    plain = "".join(letter for letter in text.casefold() if letter.isalnum())
    kinds = 0
    for letter in plain:
        kinds |= 1 << (ord(letter) & 63)
    return Letters(plain, tuple(_DIGITS.findall(plain)), kinds)


def name_likeness(first: str, second: str) -> float:
    """0 to 1 by equal letters in order, accents and blanks aside; 0 when figures differ or far from alike."""
    one, other = sorted((letters(first), letters(second)))
    if one.text == other.text:
        return 1.0 if one.text else 0.0
    if one.figures != other.figures or min(len(one.text), len(other.text)) < _LEAST:
        return 0.0
    matcher = SequenceMatcher(None, one.text, other.text, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


class NameIndex:
    """Names to look among: every one that is alike is found, most that are not are never compared.

    Likeness is twice the letters in common by those of both. A kind of letter that the other name lacks is
    in common nowhere; so lengths and kinds bound the likeness from above.
    """

    def __init__(self, names: Sequence[str]) -> None:
        known = [letters(name) for name in names]
        figures = {entry.figures: at for at, entry in enumerate(known)}
        self._names, self._figures = names, figures
        self._length = np.array([len(entry.text) for entry in known], np.int64)
        self._kinds = np.array([entry.kinds for entry in known], np.uint64)
        self._group = np.array([figures[entry.figures] for entry in known], np.int64)

    def alike(self, name: str) -> list[int]:
        """Numbers of the names alike to this one, the same among them, in their order."""
        mine = letters(name)
        group = self._figures.get(mine.figures)
        if group is None or not mine.text:
            return []
        kinds, length = np.uint64(mine.kinds), len(mine.text)
        common = np.minimum(length - _bits(kinds & ~self._kinds), self._length - _bits(self._kinds & ~kinds))
        close = (self._group == group) & (2 * common >= ALIKE * (length + self._length))
        return [at for at in np.flatnonzero(close).tolist() if name_likeness(name, self._names[at]) >= ALIKE]


def _bits(words: NDArray[np.uint64]) -> NDArray[np.int64]:
    return np.bitwise_count(words).astype(np.int64)
