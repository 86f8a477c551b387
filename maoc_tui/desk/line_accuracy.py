"""How far off a line of the zone dataset may be, in nautical miles: the column nm of data/line_accuracy.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from maoc_tui import resources
from maoc_tui.geo.zonemodel import line_sort
from maoc_tui.geo.zones import LineDistance
from maoc_tui.problems import Problem

CLOSE_IN = ("land", "internal", "archipelagic", "territorial")
"""Lines of 12 nm and closer: only at these does the law change."""


@cache
def _known() -> dict[str, float]:
    """Sort of line to nautical miles; Problem naming file, line and field."""
    path, found = resources.data("line_accuracy.csv"), {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            states = tuple(row["states"].split("/")) if row["states"] else ()
            try:
                nm = float(row["nm"]) if row["nm"] else 0.0
            except ValueError:
                nm = -1.0
            if not 0 <= nm <= 200 or (nm and not row["source"]):
                raise Problem(
                    f"{path.name}, line {number}, nm: {row['nm']!r} is no distance with a source.",
                    "Mend that line, or install maoc-tui again.",
                )
            found[line_sort(row["kind"], row["basis"], states)] = nm
    return found


def off_nm(line: LineDistance) -> float:
    """How far off a line may be; 0 where nothing is stated, as of official lines and those entered by hand."""
    sorts = line_sort(line.kind, line.basis, line.states), line_sort(line.kind, line.basis)
    return next((_known()[sort] for sort in sorts if sort in _known()), 0.0)


def in_doubt(lines: Iterable[LineDistance]) -> tuple[tuple[LineDistance, float], ...]:
    """Close-in lines that are nearer than they are accurate, each with how far off it may be."""
    return tuple(
        (line, nm) for line in lines if line.kind in CLOSE_IN and line.distance_nm < (nm := off_nm(line))
    )
