"""Names beside contacts: short, never over a symbol or another name, the important ones first."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from maoc_tui.desk.snapshots import Picture
from maoc_tui.domain.contacts import key_text
from maoc_tui.ui.chart_canvas import Canvas, Ink, one_cell
from maoc_tui.ui.chart_traffic import Placed, Traffic

LIMIT = 18
"""Cells of one name."""
SHORT = 8
"""Cells where there is no room for more."""
CROWD = 40
"""With more contacts than this in view only targets, distress and the selected contact are named."""
_MOST = 60


def names_of(picture: Picture, row: int) -> tuple[str, str]:
    """What a contact is called on the chart, and its short form: target reference, name, else its number."""
    reference = picture.target[row]
    name = picture.name[row] or picture.call_sign[row] or picture.registration[row]
    name = name or key_text(int(picture.key[row])).partition(":")[2]
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
    free, hidden = _rows(taken), _rows(_vital_cells(canvas, traffic, placed, selected))
    for i in order(traffic, placed, selected):
        element = int(placed.index[i])
        whole, short = names_of(picture, int(traffic.rows[element]))
        vital = bool(traffic.target[element] or traffic.distress[element] or element == selected)
        at = (int(placed.column[i]), int(placed.row[i]), 1 if element == selected else 0)
        tries = [(whole, free), (short, free), (short, hidden)] if vital else [(whole, free)]
        for text, against in tries:
            spot = _free(against, places(at[0], at[1], len(text), at[2]), len(text))
            if spot:
                canvas.write(*spot, text, Ink.TARGET_LABEL if vital else Ink.LABEL)
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


def places(column: int, row: int, length: int, gap: int = 0) -> Iterable[tuple[int, int]]:
    """Where a name of ``length`` cells may begin, the best place first; ``gap`` leaves room for a bracket."""
    after, before = column + 2 + gap, column - length - 1 - gap
    yield from ((after, row), (before, row), (column + 1, row - 1), (column + 1, row + 1))
    yield from ((column - length, row - 1), (column - length, row + 1), (column - length // 2, row - 1))
    yield (column - length // 2, row + 1)


def _free(taken: list[bytearray], spots: Iterable[tuple[int, int]], length: int) -> tuple[int, int] | None:
    rows, columns = len(taken), len(taken[0])
    for column, row in spots:
        inside = 0 <= row < rows and column >= 0 and column + length <= columns
        if inside and taken[row].find(1, column, column + length) < 0:
            return column, row
    return None
