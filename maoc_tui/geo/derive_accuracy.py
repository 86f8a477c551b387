"""What may be promised of each sort of line in the derived dataset: data/line_accuracy.csv."""

from __future__ import annotations

import csv

from maoc_tui import resources
from maoc_tui.geo.zonemodel import BASES, KINDS, line_sort
from maoc_tui.problems import StoreProblem


def accuracy() -> tuple[tuple[str, str], ...]:
    """Pairs of a sort of line (zonemodel.line_sort) and a sentence, in the order of the table.

    Raises StoreProblem for a row that names no kind or basis, or says nothing.
    """
    path = resources.data("line_accuracy.csv")
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if row["kind"] not in KINDS or row["basis"] not in BASES or not row["text"]:
                raise StoreProblem(
                    f"{path.name}, line {number}: kind, basis or text is none.", "Install maoc-tui again."
                )
            states = tuple(row["states"].split("/")) if row["states"] else ()
            found.append((line_sort(row["kind"], row["basis"], states), row["text"]))
    return tuple(found)
