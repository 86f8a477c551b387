"""The chart's symbols: one cell each, told apart by shape first and colour second.

A ship of class A under way is an arrow along its heading, dashed once the fix is old, a square when stopped.
Class B has small triangles, aircraft open ones. Whatever is lost is a dotted circle; a target a diamond.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.contacts import ContactClass
from maoc_tui.ui.chart_canvas import Ink


class Age(IntEnum):
    """How far the last fix can be trusted to be the present position."""

    FRESH = 0
    OLD = 1
    LOST = 2


NO_COURSE = 8
"""Direction index of a contact that is stopped or has no course."""
_DIRECTIONS = 9

# North, north-east ... north-west, no course.
_ARROWS, _DASHED = "↑↗→↘↓↙←↖■", "⇡⇡⇢⇢⇣⇣⇠⇠□"
_SMALL, _SMALL_OLD = "▴▴▸▸▾▾◂◂▪", "▵▵▹▹▿▿◃◃▫"
_OPEN, _OPEN_OLD = "△◹▷◿▽◺◁◸⊙", "∧∧⟩⟩∨∨⟨⟨⊚"
_PLAIN_ARROWS = "^/>\\v/<\\#"


def _same(character: str) -> str:
    return character * _DIRECTIONS


_LOST, _PLAIN_LOST = _same("◌"), _same("?")
_SHAPES: dict[ContactClass, tuple[str, str, str]] = {
    ContactClass.UNKNOWN: (_same("◦"), _same("◦"), _LOST),
    ContactClass.SHIP_A: (_ARROWS, _DASHED, _LOST),
    ContactClass.SHIP_B: (_SMALL, _SMALL_OLD, _LOST),
    ContactClass.AIRCRAFT: (_OPEN, _OPEN_OLD, _LOST),
    ContactClass.BASE_STATION: (_same("⌂"), _same("⌂"), _same("⌂")),
    ContactClass.AID: (_same("⊕"), _same("⊕"), _same("⊖")),
    ContactClass.SAR_AIRCRAFT: (_same("✚"), _same("✛"), _LOST),
    ContactClass.DISTRESS: (_same("✖"), _same("✖"), _same("✖")),
    ContactClass.HANDHELD: (_same("▪"), _same("▫"), _LOST),
    ContactClass.CRAFT: (_SMALL, _SMALL_OLD, _LOST),
}
_PLAIN: dict[ContactClass, tuple[str, str, str]] = {
    ContactClass.UNKNOWN: (_same("o"), _same("o"), _PLAIN_LOST),
    ContactClass.SHIP_A: (_PLAIN_ARROWS, _same("a"), _PLAIN_LOST),
    ContactClass.SHIP_B: (_same("B"), _same("b"), _PLAIN_LOST),
    ContactClass.AIRCRAFT: (_same("P"), _same("p"), _PLAIN_LOST),
    ContactClass.BASE_STATION: (_same("H"), _same("H"), _same("H")),
    ContactClass.AID: (_same("+"), _same("+"), _same("-")),
    ContactClass.SAR_AIRCRAFT: (_same("S"), _same("s"), _PLAIN_LOST),
    ContactClass.DISTRESS: (_same("X"), _same("X"), _same("X")),
    ContactClass.HANDHELD: (_same("R"), _same("r"), _PLAIN_LOST),
    ContactClass.CRAFT: (_same("C"), _same("c"), _PLAIN_LOST),
}
TARGET = {"unicode": "◆◈◇", "ascii": "Tt%"}
"""A target's symbol by age."""
MARKS = {
    "unicode": {"fix": "●", "estimate": "○", "cursor": "┼", "anchor": "⊗", "bar": "├─┤", "dot": "·",
                "asset": "◆", "contact": "✕"},
    "ascii": {"fix": "*", "estimate": "O", "cursor": "+", "anchor": "x", "bar": "|-|", "dot": ".",
              "asset": "A", "contact": "X"},
}  # fmt: skip
"""Other signs of the chart."""
_INKS = {
    ContactClass.SHIP_A: Ink.SHIP,
    ContactClass.AIRCRAFT: Ink.AIRCRAFT,
    ContactClass.SAR_AIRCRAFT: Ink.AIRCRAFT,
    ContactClass.BASE_STATION: Ink.STATION,
    ContactClass.AID: Ink.STATION,
    ContactClass.DISTRESS: Ink.DISTRESS,
}
_FIXED = (ContactClass.BASE_STATION, ContactClass.AID, ContactClass.DISTRESS)


def repertoire(symbols: str) -> str:
    """The set of signs that goes with a way of drawing dots: ``unicode`` or ``ascii``."""
    return "ascii" if symbols == "ascii" else "unicode"


@cache
def shapes(symbols: str) -> NDArray[np.uint32]:
    """Code points by class, age and direction, shape (classes, 3, 9)."""
    table = _PLAIN if repertoire(symbols) == "ascii" else _SHAPES
    return np.array([[[ord(c) for c in by_age] for by_age in table[cls]] for cls in ContactClass], np.uint32)


@cache
def glyphs(symbols: str) -> NDArray[np.uint32]:
    """Code point of every shape, by the numbers that ``shape`` gives."""
    marks = np.array([ord(c) for c in TARGET[repertoire(symbols)]], np.uint32)
    return np.concatenate([shapes(symbols).ravel(), marks])


def shape(
    kind: NDArray[np.uint8], age: NDArray[np.uint8], turn: NDArray[np.int64], target: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Number of the shape of contacts by class, age and direction; a target's goes by age alone."""
    plain = (kind.astype(np.int64) * len(Age) + age) * _DIRECTIONS + turn
    return np.where(target, len(ContactClass) * len(Age) * _DIRECTIONS + age.astype(np.int64), plain)


@cache
def inks() -> NDArray[np.uint8]:
    """Ink by class and age, shape (classes, 3)."""
    table = np.full((len(ContactClass), 3), Ink.SMALL_CRAFT, np.uint8)
    for cls, ink in _INKS.items():
        table[cls] = ink
    for cls in ContactClass:
        if cls not in _FIXED:
            table[cls, Age.OLD], table[cls, Age.LOST] = Ink.OLD, Ink.LOST
    return table


def direction(course: NDArray[np.float32], moving: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Direction index 0 (north) to 7 (north-west), NO_COURSE where stopped or unknown; degrees true."""
    known = moving & np.isfinite(course)
    eighth = np.floor(np.where(known, course, 0) / 45 + 0.5).astype(np.int64) & 7
    return np.where(known, eighth, NO_COURSE)
