"""What a list is made of: columns that fit a width, rows looked up by key, cells cut to size."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.cells import cell_len, set_cell_size

Cell = tuple[str, str]
"""Text and the name of its look: one of Grid.LOOKS."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    id: str
    title: str
    width: int
    rank: int = 1
    """1 is shown at any width; higher ranks go first when the terminal is narrow."""
    grow: bool = False
    """Takes what is left over."""
    right: bool = False


class Rows(Protocol):
    """What a Grid shows: records in their order."""

    def __len__(self) -> int: ...

    def key(self, at: int) -> Hashable:
        """The key of the record in row ``at``."""

    def find(self, key: Hashable) -> int:
        """The row of a record; -1 when it is not in the list."""

    def cells(self, at: int) -> Sequence[Cell]:
        """One cell per column of the Grid."""


class NoRows:
    """An empty list."""

    def __len__(self) -> int:
        return 0

    def key(self, at: int) -> Hashable:
        raise IndexError(at)

    def find(self, key: Hashable) -> int:
        return -1

    def cells(self, at: int) -> Sequence[Cell]:
        raise IndexError(at)


def fit(text: str, width: int, right: bool = False) -> str:
    """Exactly ``width`` cells of ``text``: padded, or cut with "…"."""
    cells = cell_len(text)
    if cells > width:
        return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…"[:width], width)
    return " " * (width - cells) + text if right else text + " " * (width - cells)


def chosen_columns(columns: Sequence[Column], width: int) -> tuple[tuple[int, int], ...]:
    """(index, width) of the columns that fit in ``width`` cells, in order, by rank; one blank between."""
    by_rank = sorted(range(len(columns)), key=lambda i: (columns[i].rank, i))
    taken: list[int] = []
    used = -1
    for index in by_rank:
        if used + 1 + columns[index].width > width and taken:
            break
        used += 1 + columns[index].width
        taken.append(index)
    growing = [i for i in taken if columns[i].grow]
    spare = max(width - used, 0)
    share, extra = divmod(spare, len(growing)) if growing else (0, 0)
    widths = {i: columns[i].width + (share + (i == growing[0]) * extra if i in growing else 0) for i in taken}
    return tuple((i, widths[i]) for i in sorted(taken))
