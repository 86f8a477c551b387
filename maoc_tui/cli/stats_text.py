"""Figures as text for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maoc_tui.cli.seizure_json import iso
from maoc_tui.domain import figure_text as text
from maoc_tui.domain.figure_frozen import Frozen
from maoc_tui.domain.figure_shown import NOTE, Figure, FreezeLine
from maoc_tui.domain.figure_terms import shipped
from maoc_tui.domain.figure_words import finding, sparks, worded
from maoc_tui.domain.figures import TOTAL
from maoc_tui.domain.text import safe_line

_SPARKS = 12


def listing(found: Sequence[Figure], *, define: bool) -> str:
    """A line for each measure; then what is not measured."""
    cells = [("measure", "last periods", "n", "doubts", "shows")]
    for one in found:
        cells.append(
            (one.measure.code, sparks(one, _SPARKS), f"{one.n:,}", f"{len(one.doubts)}", finding(one))
        )
    lines = [*_columns(cells)]
    if define:
        for one in found:
            lines += [
                "",
                f"{one.measure.title} ({one.measure.code}), by {one.measure.at}: {one.measure.definition}",
            ]
    lines += ["", *(f"Not measured: {one.title}. {one.reason}" for one in shipped().unmeasured), NOTE]
    return _clean(lines)


def _columns(cells: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Aligned to the left but for the two counts; the last column as long as it is."""
    widths = [max(len(line[at]) for line in cells) for at in range(4)]
    for code, bars, count, doubts, shows in cells:
        yield (
            f"{code:<{widths[0]}}  {bars:<{widths[1]}}  {count:>{widths[2]}}  {doubts:>{widths[3]}}  {shows}"
        ).rstrip()


def page(shown: Figure, width: int, *, define: bool, doubts: bool, compare: bool) -> str:
    """Chart, table, foot; then what was asked for beside."""
    lines = [*text.whole_page(shown, width), *text.revisions(shown)]
    if compare:
        lines += ["", *text.comparison(shown)]
    if define:
        lines += ["", f"By {shown.measure.at}. {shown.measure.definition}"]
    told = [*text.doubts(shown)]
    if doubts:
        lines += ["", f"{len(told)} doubts", *told]
    elif told:
        lines.append(f"{len(told)} doubts: --doubts lists them")
    return _clean([*lines, shown.note])


def frozen(line: FreezeLine, made: Frozen) -> str:
    """One measure as it was frozen."""
    cells: list[tuple[str, ...]] = [("period", "row", *made.columns, "n")]
    for period, table in made.tables.items():
        for row in (*table.rows, table.total):
            title = TOTAL if row is table.total else made.titles.get(row.key, row.key)
            values = (worded(value, unit) for value, unit in zip(row.values, made.units, strict=True))
            cells.append((period, title, *values, f"{row.n:,}"))
    head = f"{made.title}, frozen as {line.name} by {line.by} {iso(line.at_ms)}, checkpoint {line.checkpoint}"
    foot = f"{made.marking or 'nothing told, nothing marked'}; {made.doubts} doubts then"
    return _clean([head, *text.aligned(cells, 2), foot, made.definition])


def _clean(lines: Iterable[str]) -> str:
    """Lines without anything a terminal could obey; blanks that align columns are kept."""
    return "\n".join(map(safe_line, lines))
