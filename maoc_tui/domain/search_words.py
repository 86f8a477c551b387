"""Words as a search compares them: without case, accents and scripts, whole and in their parts.

Cyrillic letters are written as in ICAO Doc 9303 part 3 (machine readable travel documents), Greek ones as in
ISO 843, both without what NFKD takes off: so a name on a hull, in a message and in a passport are one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        **dict(zip("абвгґдезиіклмнопрстуфыэ", "abvggdeziiklmnoprstufye", strict=True)),
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "ie",
        "ь": "",
        "ю": "iu",
        "я": "ia",
        "є": "ie",
        "ђ": "d",
        "ј": "j",
        "љ": "lj",
        "њ": "nj",
        "ћ": "c",
        "џ": "dz",
        **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
        "θ": "th",
        "χ": "ch",
        "ψ": "ps",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
    }
)
_PARTS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Text in small Latin letters as far as its scripts are known, accents off; everything else stays."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=20_000)
def words(text: str, whole: bool = False) -> tuple[str, ...]:
    """The words of a text, each once: ``T-0417`` is t0417, t and 0417; with ``whole`` all of them as one, too.

    ``whole`` is for names and numbers, which are written together as often as apart.
    """
    found: dict[str, None] = {}
    for chunk in plain(text).split():
        if chunk.isalnum():
            found[chunk] = None
            continue
        parts = _PARTS.findall(chunk)
        if len(parts) > 1:
            found["".join(parts)] = None
        found.update(dict.fromkeys(parts))
    if whole and len(found) > 1:
        found[joined(text)] = None
    return tuple(found)


def joined(text: str) -> str:
    """All letters and figures of a text, as one word."""
    return "".join(_PARTS.findall(plain(text)))


def near(one: str, other: str) -> bool:
    """Whether one word is the other with one letter changed, added, left out, or exchanged with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    if one == other:
        return True
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    if short[at + 1 :] == long[at + 1 :]:
        return True
    swapped = short[at + 1 : at + 2] + short[at] + short[at + 2 :]
    return swapped == long[at:]
