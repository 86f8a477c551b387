"""The chart of a brief, from its own positions and nothing else: braille for text, SVG for pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from math import ceil
from string import ascii_lowercase, ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from maoc_tui.brief.document import Document, Picture, Place, dtg
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import safe_line

COLUMNS, ROWS = 76, 22
ASPECT = COLUMNS / (2 * ROWS)
"""Width by height of the picture: a cell is twice as high as wide."""
_SIGNS = {"target": "123456789" + ascii_lowercase.replace("l", "").replace("o", ""), "asset": ascii_uppercase}
_MORE = {"target": "°", "asset": "^"}
"""Stands for those beyond the last sign of their kind."""
_WEIGHTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.uint8)
"""Bit of each dot of a braille cell (Unicode, block Braille Patterns)."""


def signed(places: Sequence[Place]) -> list[tuple[str, Place]]:
    """Each place with the sign that stands for it; each kind in its own letters, in the order given."""
    left = {kind: iter(signs) for kind, signs in _SIGNS.items()}
    return [(next(left[place.kind], _MORE[place.kind]), place) for place in places]


def drawn(document: Document) -> Iterator[str]:
    """The picture in braille under a scale, and what each sign stands for."""
    frame = document.picture
    assert frame is not None
    marked = signed(document.places)
    yield f" {format_position(frame.north, frame.west)}"
    cells = [[chr(0x2800 + code) if code else " " for code in row] for row in _codes(frame).tolist()]
    for sign, place in reversed(marked):
        x, y = frame.at(place.lat, place.lon)
        column, row = int(x * COLUMNS / 1000), int(y * ROWS / 1000)
        if 0 <= column < COLUMNS and 0 <= row < ROWS:
            taken = cells[row][column]
            cells[row][column] = sign if taken == " " or ord(taken) >= 0x2800 else "*"
    yield from (f" |{''.join(row)}|" for row in cells)
    yield f"{format_position(frame.south, _wrap(frame.east)):>{COLUMNS + 2}}"
    yield " 1 2 3 targets, A B C assets, * several at one place"
    yield from (f" {sign} {told}" for sign, told in legend(marked))


def legend(marked: Sequence[tuple[str, Place]]) -> list[tuple[str, str]]:
    """What each sign stands for: reference, name, position, age of the position, doubt; conditions of a release."""
    return [(sign, "; ".join((place_words(place), *_conditions(place)))) for sign, place in marked]


def _conditions(place: Place) -> Iterator[str]:
    return (f"condition: {safe_line(term)}" for term in place.terms)


def place_words(place: Place) -> str:
    """``T-0417 LA PALOMA 38°42.5'N 009°08.2'W ±0.5 nm fix 140212ZDEC22``."""
    doubt = f"±{place.radius_nm:.1f} nm" if place.radius_nm >= 0.05 else ""
    when = dtg(place.at_ms) if place.at_ms is not None else ""
    words = (place.ref, place.label, format_position(place.lat, place.lon), doubt, place.how, when)
    return safe_line(" ".join(filter(None, words)))


def _wrap(lon: float) -> float:
    return lon - 360 if lon > 180 else lon


def _codes(frame: Picture) -> NDArray[np.uint8]:
    """The shores as braille codes, shape (ROWS, COLUMNS)."""
    dots = np.zeros((4 * ROWS, 2 * COLUMNS), bool)
    if frame.shores:
        scale = np.array([2 * COLUMNS / 1000, 4 * ROWS / 1000])
        points = _along(np.array([(*a, *b) for chain in frame.shores for a, b in pairwise(chain)]), scale)
        keep = (points >= 0).all(axis=1) & (points[:, 0] < 2 * COLUMNS) & (points[:, 1] < 4 * ROWS)
        dots[points[keep, 1], points[keep, 0]] = True
    code = np.zeros((ROWS, COLUMNS), np.uint8)
    for (down, right), weight in np.ndenumerate(_WEIGHTS):
        code |= dots[down::4, right::2].astype(np.uint8) * weight
    return code


def _along(ends: NDArray[np.int64], scale: NDArray[np.float64]) -> NDArray[np.int64]:
    """Dots along straight lines (x, y, x, y in thousandths), so close that neighbours touch; shape (n, 2)."""
    first, last = ends[:, :2] * scale, ends[:, 2:] * scale
    counts = np.ceil(np.abs(last - first).max(axis=1)).astype(np.int64) + 2
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    part = (step / np.repeat(counts - 1, counts))[:, None]
    begin = np.repeat(first, counts, axis=0)
    points: NDArray[np.int64] = np.floor(begin + part * (np.repeat(last, counts, axis=0) - begin)).astype(
        np.int64
    )
    return points


def as_svg(document: Document, *, points: bool = False) -> str:
    """The picture as SVG without script, style, link or metadata; in ``points`` where it is set in a page."""
    frame = document.picture
    assert frame is not None
    width = 1000
    height = round(width / ASPECT)
    size = f'width="{width}" height="{height}"' if points else 'width="100%"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} role="img">',
            f'<rect width="{width}" height="{height}" fill="#f4f7f9" stroke="#5b6770"/>',
            *_graticule(frame, width, height),
            *_shores(frame, width, height),
            *_marks(document, frame, width, height),
            "</svg>",
        )
    )


def _shores(frame: Picture, width: int, height: int) -> Iterator[str]:
    for chain in frame.shores:
        points = " ".join(f"{x * width / 1000:.1f},{y * height / 1000:.1f}" for x, y in chain)
        yield f'<polyline points="{points}" fill="none" stroke="#5b6770" stroke-width="1"/>'


_STEPS = (1, 2, 5, 10, 20, 30, 60)
"""Degrees between lines of latitude and longitude."""
_LINES = 7
_SIZE = 14
"""Of a sign, in thousandths of the width."""
_BESIDE = ((8, 5), (-16, 5), (-4, -9), (-4, 19), (8, -6), (8, 16), (-16, -6), (-16, 16), (18, 5), (-26, 5))
"""Where a sign may stand from the middle of its mark: right and down to its lower left corner, the best first."""


def _graticule(frame: Picture, width: int, height: int) -> Iterator[str]:
    """Thin lines of latitude and longitude with their degrees at the left and lower edge."""
    across = frame.east - frame.west
    step = next((one for one in _STEPS if across / one <= _LINES), _STEPS[-1])
    line = '<path d="{}" fill="none" stroke="#c3ccd2" stroke-width="0.8"/>'
    words = '<text x="{:.1f}" y="{:.1f}" font-size="11" font-family="sans-serif" fill="#5b6770">{}</text>'
    for lat in _between(frame.south, frame.north, step):
        y = frame.at(lat, frame.west)[1] * height / 1000
        yield line.format(f"M0 {y:.1f}H{width}")
        yield words.format(4, y - 3, f"{abs(lat)}°{'NS'[lat < 0] if lat else ''}")
    for lon in _between(frame.west, frame.east, step):
        x, told = (lon - frame.west) / across * width, round(_wrap(lon))
        yield line.format(f"M{x:.1f} 0V{height}")
        yield words.format(x + 3, height - 5, f"{abs(told)}°{'EW'[told < 0] if told % 180 else ''}")


def _between(low: float, high: float, step: int) -> range:
    first = ceil(low / step) * step
    return range(first, ceil(high), step)


def _marks(document: Document, frame: Picture, width: int, height: int) -> Iterator[str]:
    """Every mark, then every sign beside its own where no other mark or sign stands."""
    placed = [
        (sign, place, x * width / 1000, y * height / 1000)
        for sign, place in signed(document.places)
        for x, y in (frame.at(place.lat, place.lon),)
    ]
    for _, place, left, top in placed:
        if place.kind == "target":
            yield f'<circle cx="{left:.1f}" cy="{top:.1f}" r="5" fill="none" stroke="#a4161a" stroke-width="2"/>'
        else:
            yield (
                f'<rect x="{left - 5:.1f}" y="{top - 5:.1f}" width="10" height="10" fill="none"'
                ' stroke="#0b4f6c" stroke-width="2"/>'
            )
    taken = [(left - 6, top - 6, left + 6, top + 6) for _, _, left, top in placed]
    for sign, _, left, top in placed:
        x, y = _free(left, top, taken)
        yield f'<text x="{x:.1f}" y="{y:.1f}" font-size="{_SIZE}" font-family="sans-serif">{escape(sign)}</text>'


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def _free(left: float, top: float, taken: list[Box]) -> tuple[float, float]:
    """Where the sign of a mark stands, and takes its place: the first of ``_BESIDE`` that is free, else the first."""
    for right, down in _BESIDE:
        box = (left + right, top + down - 11, left + right + 9, top + down)
        if not any(_meet(box, other) for other in taken):
            taken.append(box)
            return left + right, top + down
    return left + _BESIDE[0][0], top + _BESIDE[0][1]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
