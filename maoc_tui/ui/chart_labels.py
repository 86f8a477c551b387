"""Names beside contacts: short, never over a symbol or another name, the important ones first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import Picture
from maoc_tui.domain.contacts import key_text
from maoc_tui.ui.chart_canvas import Canvas, Ink, one_cell
from maoc_tui.ui.chart_traffic import Ints, Placed, Traffic

LIMIT = 18
"""Cells of one name."""
SHORT = 8
"""Cells where there is no room for more."""
CROWD = 40
"""With more contacts than this in view only targets, distress and the selected contact are named."""
_MOST = 60
_DOWN = np.array([0, 0, -1, 1, -1, 1, -1, 1])
"""Row of each place a name may stand, from the contact's."""

Spots = list[tuple[int, int]]
"""Columns and rows where a name may begin, the best first."""


def names_of(picture: Picture, row: int) -> tuple[str, str]:
    """What a contact is called on the chart, and its short form: target reference, name, else its number."""
    name = picture.name[row] or picture.call_sign[row] or picture.registration[row]
    return _names(picture.target[row], name, int(picture.key[row]))


@lru_cache(maxsize=4096)
def _names(reference: str, name: str, key: int) -> tuple[str, str]:
    name = name or key_text(key).partition(":")[2]
    whole = f"{reference} {name}" if reference else name
    return one_cell(whole, LIMIT), one_cell(reference or name, SHORT)


def order(traffic: Traffic, placed: Placed, selected: int) -> list[int]:
    """Positions in ``placed`` of the contacts to name, the most important first."""
    index = placed.index
    vital = traffic.target[index] | traffic.distress[index]
    chosen = index == selected
    wanted = vital | chosen if len(index) > CROWD else np.ones(len(index), bool)
    found = np.flatnonzero(wanted)
    rank = np.where(chosen, 3, np.where(traffic.distress[index], 2, traffic.target[index]))[found]
    return [int(i) for i in found[np.lexsort((-found, -rank))][:_MOST]]


def draw(
    canvas: Canvas,
    picture: Picture,
    traffic: Traffic,
    placed: Placed,
    selected: int,
    taken: NDArray[np.bool_],
) -> None:
    """Write the names; ``taken`` cells stay free of them and gain what is written.

    A target, a distress beacon or the selected contact is always named: shorter if need be, and at last over
    symbols of lesser contacts.
    """
    named = order(traffic, placed, selected)
    if not named:
        return
    element = placed.index[named]
    vital = traffic.target[element] | traffic.distress[element] | (element == selected)
    names = [names_of(picture, row) for row in traffic.rows[element].tolist()]
    wholes, shorts = [whole for whole, _ in names], [short for _, short in names]
    at = (placed.column[named], placed.row[named], (element == selected).astype(np.int64))
    held = _vital_cells(canvas, traffic, placed, selected)
    tries = [
        (wholes, _spots(taken, wholes, *at)),
        (shorts, _spots(taken, shorts, *at)),
        (shorts, _spots(held, shorts, *at)),
    ]
    free, hidden = _rows(taken), _rows(held)
    for n, must in enumerate(vital.tolist()):
        for (texts, spots), against in zip(tries[: 3 if must else 1], (free, free, hidden), strict=False):
            text = texts[n]
            spot = _free(against, spots[n], len(text))
            if spot:
                canvas.write(*spot, text, Ink.TARGET_LABEL if must else Ink.LABEL)
                first, last = max(0, spot[0] - 1), min(spot[0] + len(text) + 1, canvas.columns)
                taken[spot[1], first:last] = True
                for rows in (free, hidden):
                    rows[spot[1]][first:last] = b"\1" * (last - first)
                break


def _rows(cells: NDArray[np.bool_]) -> list[bytearray]:
    """A row of cells as bytes: to look for a free place is many times faster there than in an array."""
    return [bytearray(row.tobytes()) for row in cells]


def _vital_cells(canvas: Canvas, traffic: Traffic, placed: Placed, selected: int) -> NDArray[np.bool_]:
    """Cells no name may hide: targets, distress, the selected contact with its brackets, the bottom row."""
    held = np.zeros((canvas.rows, canvas.columns), bool)
    index = placed.index
    for shift in (-1, 0, 1):
        vital = index == selected if shift else traffic.target[index] | traffic.distress[index]
        vital = vital | (index == selected)
        held[placed.row[vital], np.clip(placed.column[vital] + shift, 0, canvas.columns - 1)] = True
    held[-1] = True
    return held


def places(column: Ints, row: Ints, length: Ints, gap: Ints) -> tuple[Ints, Ints]:
    """Columns and rows, shape (8, names), where names of ``length`` cells may begin, the best place first.

    ``gap`` leaves room for a bracket.
    """
    after, before, half = column + 2 + gap, column - length - 1 - gap, column - length // 2
    beside, back = column + 1, column - length
    columns = np.stack([after, before, beside, beside, back, back, half, half])
    return columns, row + _DOWN[:, None]


def _spots(taken: NDArray[np.bool_], texts: Sequence[str], column: Ints, row: Ints, gap: Ints) -> list[Spots]:
    """For each name the places that are free of ``taken`` cells."""
    rows, columns = taken.shape
    length = np.array([len(text) for text in texts], np.int64)
    begin, down = places(column, row, length, gap)
    inside = (down >= 0) & (down < rows) & (begin >= 0) & (begin + length <= columns)
    before = np.zeros((rows, columns + 1), np.int32)
    np.cumsum(taken, axis=1, out=before[:, 1:])
    down, first, last = (np.where(inside, cells, 0) for cells in (down, begin, begin + length))
    name, at = np.nonzero((inside & (before[down, last] == before[down, first])).T)
    spots: list[Spots] = [[] for _ in texts]
    for n, *spot in zip(name.tolist(), begin[at, name].tolist(), down[at, name].tolist(), strict=True):
        spots[n].append((spot[0], spot[1]))
    return spots


def _free(taken: list[bytearray], spots: Spots, length: int) -> tuple[int, int] | None:
    """The first place that no name written meanwhile has taken."""
    for column, row in spots:
        if taken[row].find(1, column, column + length) < 0:
            return column, row
    return None
