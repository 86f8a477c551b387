"""Text from outside made safe to show: cleaned once at the edge, filtered again on the way to the terminal.

A vessel's name may carry escape sequences, bidirectional overrides, invisible letters or hundreds of
combining marks. Rather than silently drop what a sender hid, ``printable`` makes it visible as U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARK = "\ufffd"
"""Stands for a run of characters that cannot be shown."""
ELLIPSIS = "…"
_MARKS_KEPT = 2
_BLANK = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2800")
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_JOINING_JAMO = re.compile("[\u1161-\u11ff\ud7b0-\ud7ff]")

_UNSENDABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ONE_CELL = re.compile("[\xad\ud800-\udfff]")


def printable(text: str, limit: int = 120) -> str:
    """One line of at most ``limit`` visible characters made from any text; never raises.

    Controls, format characters (bidirectional, zero-width), surrogates, private and unassigned code
    points and letters that draw nothing become one U+FFFD a run; any whitespace becomes one blank, none at
    the ends; at most two combining marks stay on a letter; the rest is composed (NFC) and kept, wide
    characters too. What is cut off is shown by "…", which counts. Cleaning twice changes nothing.
    """
    if limit <= 0:
        return ""
    if text.isascii() and len(text) <= limit and text.isprintable() and "  " not in text:
        return text.strip(" ")
    bound = limit * 8
    out = _kept(unicodedata.normalize("NFC", text[:bound]), limit)
    line = unicodedata.normalize("NFC", "".join(out)).strip(" ")
    if len(line) > limit or len(text) > bound:
        line = line[: limit - 1].rstrip(" ") + ELLIPSIS
    return line


def _kept(text: str, limit: int) -> list[str]:
    """The characters of ``text`` that are shown, one more than ``limit`` at most."""
    out: list[str] = []
    last, marks = " ", 0
    for char in text:
        shown = _shown(char)
        if shown in (" ", MARK):
            if last != shown:
                out.append(shown)
                last, marks = shown, 0
        elif shown:
            last, marks = shown, 0
            out.append(shown)
        elif last != " " and marks < _MARKS_KEPT:
            marks += 1
            out.append(char)
        if len(out) > limit + 1:
            break
    return out


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    """What stands for one character: itself, a blank, U+FFFD; "" when it sits on the letter before."""
    category = unicodedata.category(char)
    if char in _BLANK or category in ("Zs", "Zl", "Zp"):
        return " "
    if category[0] == "C" or _INVISIBLE.match(char):
        return MARK
    if category in ("Mn", "Me") or _JOINING_JAMO.match(char):
        return ""
    return char


def safe_line(text: str) -> str:
    """The last filter before the terminal: the same text without anything a terminal could obey.

    Removes control, format and bidirectional characters, which take no cell, and puts U+FFFD for soft
    hyphens and lone surrogates, which take one: the layout stays exact. Harmless text comes back as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return _ONE_CELL.sub(MARK, _UNSENDABLE.sub("", text))
