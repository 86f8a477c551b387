"""The intercept matrix as rows and lines: assets against targets, the limiting factor in words in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_span
from maoc_tui.ui import columns as layout
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.intercept_snapshots import Cell, Detail, Matrix, MatrixAsset

LOOKS = {"able": "good", "doubtful": "warn", "unable": "bad"}
SIGNS = {"able": "▶", "doubtful": "?", "unable": "■"}
"""A shape beside the colour: can, can but, cannot."""
_AVAILABLE = {"available": "●", "on task": "▶", "maintenance": "○", "unknown": "?"}
_LABEL = 13


def columns(matrix: Matrix | None, chosen: int) -> tuple[Column, ...]:
    """The asset, then a column a target; the one the keys act on is shown at any width."""
    fixed = (
        Column("asset", "Asset", 24, 1),
        Column("owner", "Own", 3, 1),
        Column("state", "Av", 2, 1),
    )
    if matrix is None:
        return fixed
    return (
        *fixed,
        *(
            Column(
                one.ref,
                f"{'▸' if at == chosen else ''}{one.ref}",
                24,
                1 if at == chosen else 2 + abs(at - chosen),
                grow=at == chosen,
            )
            for at, one in enumerate(matrix.targets)
        ),
    )


def listed(matrix: Matrix, chosen: int) -> Listed:
    """Rows by time to the target the keys act on: who can first, then who cannot."""
    order = sorted(range(len(matrix.assets)), key=lambda row: _rank(matrix.cells[row][chosen]))
    rows = [(matrix.assets[row].ref, (matrix.assets[row], matrix.cells[row])) for row in order]
    return Listed(rows, lambda row: _cells(*row))


def _rank(cell: Cell) -> tuple[int, float]:
    if not cell.possible:
        return 2, cell.gap_nm
    return int(cell.tone == "unable"), cell.hours


def _cells(asset: MatrixAsset, cells: Sequence[Cell]) -> Iterator[layout.Cell]:
    yield f"{asset.ref} {printable(asset.name, 40)}", "strong"
    yield printable(asset.owner, 4), "text"
    yield _AVAILABLE.get(asset.availability, "?"), "bad" if asset.availability == "unknown" else "text"
    yield from map(cell_text, cells)


def cell_text(cell: Cell) -> layout.Cell:
    """``▶ 1 h 52``, ``? 6 h 10 daylight``, ``■ none: speed``: time, and what limits it, in words."""
    when = format_span(cell.hours * 3600) if cell.possible else "none"
    return f"{SIGNS[cell.tone]} {when}{f' {cell.limiting}' if cell.limiting else ''}", LOOKS[cell.tone]


def said(cell: Cell | None, asset: str, target: str, local: bool) -> list[Line]:
    """The cell under the cursor in full: where and when, whose waters, everything that stands against it."""
    if cell is None:
        return [(("Select an asset with j and k, a target with the arrows.", "dim"),)]
    lines = [_headline(cell, asset, target, local)]
    if cell.possible:
        consent = f" {' '.join(cell.consent_from)}" if cell.consent_from else ""
        law = f"law there {cell.law}{consent}" if cell.law else "law there not judged"
        look = {"GO": "good", "STOP": "bad"}.get(cell.law, "warn")
        lines.append(
            ((f"{printable(cell.zone, 30) or 'zone not known'}", "strong"), (f"  {printable(law, 60)}", look))
        )
    for limit in cell.limits:
        sign = "■" if limit.stops else "?"
        words = f"{sign} {limit.kind}: {printable(limit.words, 200)}"
        lines.append(((words, "bad" if limit.stops else "warn"),))
    return lines


def _headline(cell: Cell, asset: str, target: str, local: bool) -> Line:
    who = f"{printable(asset, 40)} → {printable(target, 40)} "
    if not cell.possible or cell.contact_ms is None:
        return ((who, "mark"), (f"never meets it: {cell.gap_nm:.0f} nm at the nearest", "bad"))
    return (
        (who, "mark"),
        (f"contact {fmt.day_clock(cell.contact_ms, local)}", "strong"),
        (f" {fmt.position(cell.lat, cell.lon)}", "text"),
        (f"  steer {fmt.course(cell.course)}° {cell.distance_nm:.0f} nm", "text"),
    )


def head(matrix: Matrix, sea: str, local: bool) -> list[Line]:
    """What the matrix rests on, and what was assumed: never hidden while a what-if is in force."""
    at = f"at {fmt.minute(matrix.at_ms, local)}, assets at {matrix.pace} speed"
    what_if = ", ".join(filter(None, (matrix.what_if, f"sea {sea}" if sea else "")))
    assumed = (f"  WHAT IF {what_if}", "warn") if what_if else ("  targets as reported", "dim")
    return [((at, "text"), assumed)]


def detail_lines(detail: Detail, local: bool) -> list[Line]:
    """One way to intercept, in the order a coordinator asks."""
    cell = detail.cell
    name = f"{detail.asset.ref} {detail.asset.name}"
    title = f"{detail.target.ref} {detail.target.title}"
    lines = said(cell, name, title, local)
    lines.append((("", "text"),))
    lines += [
        ((label.ljust(_LABEL) + " ", "dim"), (printable(text, 600), "text")) for label, text in detail.lines
    ]
    lines += [(("model".ljust(_LABEL) + " ", "dim"), (f"{detail.track}, {detail.pace} speed", "text"))]
    if detail.law_lines:
        lines += [(("", "text"),), (("The law at the contact", "title"),), *law_lines(detail)]
    if detail.marking is not None:
        lines += [(("", "text"),), ((str(detail.marking), "dim"),)]
    return lines


def law_lines(detail: Detail) -> list[Line]:
    """The legal answer at the contact."""
    return [
        ((label.ljust(_LABEL) + " ", "dim"), (printable(text, 600), "text"))
        for label, text in detail.law_lines
    ]
