"""The Briefs screen as rows and lines: versions, lines by recipients, what stands against the cell selected."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg
from maoc_tui.ui import columns as layout
from maoc_tui.ui.columns import Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line
from maoc_tui.ui.list_window import TextRows

if TYPE_CHECKING:
    from maoc_tui.desk.brief_check import Finding
    from maoc_tui.desk.brief_grid import Grid, GridLine
    from maoc_tui.desk.brief_issue import Held, Issued
    from maoc_tui.desk.briefing import Summary

NOW = ""
"""Key of the row that stands for the record as it is now."""
VERSIONS = (
    Column("name", "Brief", 15, 1),
    Column("state", "State", 10, 1),
    Column("to", "As of", 12, 1),
    Column("by", "Compiled by", 12, 2),
    Column("approved", "Approved by", 12, 3),
    Column("issued", "Issued to", 12, 1, grow=True),
)
FINDINGS = (
    Column("kind", "What", 10, 1),
    Column("ref", "Of", 12, 1),
    Column("text", "", 20, 1, grow=True),
)
SIGNS = {"in": "●", "in part": "◐", "out": "○", "ask": "?", "asked": "…", "may be released": "!"}
"""A shape for each mark; workflows.md 3.9."""
LOOKS = {
    "in": "good",
    "in part": "good",
    "out": "dim",
    "ask": "warn",
    "asked": "mark",
    "may be released": "warn",
}
_WORDS = {
    "in": "in", "in part": "in part", "ask": "to ask for", "asked": "asked", "may be released": "may be released",
    "out": "out",
}  # fmt: skip
_STATES = {"waits for approval": "draft"}
_REF, _TEXT = 11, 20


def versions(found: Sequence[Summary]) -> Listed:
    """The record as it is now, then every version, the newest first."""
    rows: list[tuple[Hashable, Summary | None]] = [(NOW, None), *((one.name, one) for one in found)]
    return Listed(rows, _version)


def _version(one: Summary | None) -> Sequence[layout.Cell]:
    if one is None:
        return ("the record now", "mark"), ("not kept", "dim"), *((("", "dim"),) * 4)
    state = _STATES.get(one.state, one.state)
    look = {"draft": "warn", "approved": "strong", "issued": "good"}.get(state, "dim")
    left = [code for code in one.recipients if code not in one.issued_to]
    issued = " ".join(one.issued_to) + (f" · not {' '.join(left)}" if left and one.issued_to else "")
    recalled = f"▲ {one.recalled} recalled · " if one.recalled else ""
    if one.unfinished:
        recalled += f"▲ broken off: {printable(', '.join(one.unfinished), 200)} · "
    return (
        (one.name, "strong"),
        (state, look),
        (format_dtg(from_ms(one.to_ms)), "dim"),
        (printable(one.by, 40), "text"),
        (printable(one.approved_by, 40), "text"),
        (
            f"{recalled}{issued or _waits(one) or f'nobody yet of {len(left)}'}",
            "warn" if recalled else "text",
        ),
    )


def _waits(one: Summary) -> str:
    """``waits since 140730ZDEC22, 9 copies``; "" for what does not wait."""
    if one.waits_since_ms is None:
        return ""
    return f"waits since {format_dtg(from_ms(one.waits_since_ms))}, {len(one.recipients)} copies"


# -- the grid --------------------------------------------------------------------------------------


def window(grid: Grid | None, chosen: int, width: int) -> range:
    """Which recipients' columns are shown in so many cells: as many as fit, the chosen one among them."""
    widths = [len(code) + 2 for code in grid.recipients] if grid is not None else []
    left, used = chosen, widths[chosen] if widths else 0
    right, room = chosen + 1, width - _REF - _TEXT - 3
    while widths and (left or right < len(widths)):
        if left and used + widths[left - 1] <= room:
            left -= 1
            used += widths[left]
        elif right < len(widths) and used + widths[right] <= room:
            used += widths[right]
            right += 1
        else:
            break
    return range(left, right) if widths else range(0)


def columns(grid: Grid | None, chosen: int, shown: range) -> tuple[Column, ...]:
    """The line, then a column a recipient; how many there are to either side stands in the head."""
    before, after = shown.start, (len(grid.recipients) - shown.stop) if grid is not None else 0
    more = f"{f'‹{before} ' if before else ''}{f'{after}›' if after else ''}"
    codes = [(at, grid.recipients[at]) for at in shown] if grid is not None else []
    return (
        Column("ref", "Line", _REF, 1),
        Column("text", f"What it tells  {more}".rstrip(), _TEXT, 1, grow=True),
        *(Column(code, f"▾{code}" if at == chosen else f" {code}", len(code) + 1, 1) for at, code in codes),
    )


def listed(grid: Grid | None, chosen: int, shown: range) -> Listed:
    """Sections as headings, and their lines."""
    return Listed(list(_rows(grid)), lambda row: tuple(_cells(row, chosen, shown)))


def _rows(grid: Grid | None) -> Iterator[tuple[Hashable, GridLine | str]]:
    for title, lines in grid.sections if grid is not None else ():
        yield ("section", title), title
        yield from ((line.key, line) for line in lines)


def _cells(row: GridLine | str, chosen: int, shown: range) -> Iterator[layout.Cell]:
    if isinstance(row, str):
        yield "──", "mark"
        yield row, "mark"
        yield from (("", "dim") for _ in shown)
        return
    yield printable(row.ref, 60), "strong"
    yield printable(row.text.removeprefix(f"{row.ref} "), 300), "text"
    for at in shown:
        mark = row.cells[at].mark
        sign = SIGNS[mark]
        yield (f"[{sign}]" if at == chosen else f" {sign}"), LOOKS[mark]


def head(grid: Grid, chosen: int) -> list[Line]:
    """Which brief that is, and how the chosen copy stands: what is in, what is held back and by whom."""
    code = grid.recipients[chosen]
    kept = f"{grid.name} as kept" if grid.kept else f"{grid.name} as it would be compiled now"
    counts = grid.counts(code)
    told: list[tuple[str, str]] = [(f"{code}: ", "mark")]
    for mark, words in _WORDS.items():
        if number := counts.get(mark, 0):  # type: ignore[call-overload]
            told.append((f"  {SIGNS[mark]} {number} {words}", LOOKS[mark]))
    back = ", ".join(f"{whose} {count}" for whose, count in sorted(grid.held_back(code).items()))
    if back:
        told.append((f"  held back, by whose: {printable(back, 200)}", "dim"))
    lines = sum(1 for _ in grid.lines)
    return [
        ((f"{kept}  ", "strong"), (f"record read {format_dtg(from_ms(grid.as_of_ms))}  ", "dim"),
         (f"{lines} lines", "dim")),
        tuple(told),
    ]  # fmt: skip


def said(line: GridLine | None, code: str, at: int) -> list[Line]:
    """The cell selected: why it is so, and the line in full."""
    if line is None:
        return [(("● in  ◐ in part  ○ out  ? to ask for  … asked  ! may be released", "dim"),)]
    cell = line.cells[at]
    return [
        ((f"{code} {SIGNS[cell.mark]} ", "mark"), (printable(cell.why, 300), LOOKS[cell.mark])),
        ((printable(line.text, 600), "text"),),
    ]


def why_lines(line: GridLine, code: str, at: int) -> list[Line]:
    """Everything on one cell."""
    cell = line.cells[at]
    return [
        ((f"{code:<11}", "mark"), (f"{SIGNS[cell.mark]} {_WORDS[cell.mark]}", LOOKS[cell.mark])),
        (("why        ", "dim"), (printable(cell.why, 400), "text")),
        (("line       ", "dim"), (printable(line.text, 2000), "text")),
        (("marking    ", "dim"), (printable(line.marking, 300), "text")),
        (("rests on   ", "dim"), (printable(", ".join(line.sources), 400), "text")),
    ]


# -- windows ---------------------------------------------------------------------------------------


def findings(found: Sequence[Finding]) -> TextRows:
    """What the check found."""
    looks = {"missing": "bad", "unreadable": "bad", "stale": "warn", "unmarked": "warn"}
    return TextRows(
        [
            (
                at,
                (
                    (one.kind, looks.get(one.kind, "text")),
                    (printable(one.ref, 60), "strong"),
                    (printable(one.text, 300), "text"),
                ),
            )
            for at, one in enumerate(found)
        ]
    )


def issued_lines(made: Issued) -> list[Line]:
    """What could not be written, and every file that was."""
    return [
        *((("NOT WRITTEN  ", "bad"), (printable(one, 400), "warn")) for one in made.unmade),
        (("folder  ", "dim"), (printable(str(made.folder), 400), "strong")),
        *((("file    ", "dim"), (path.name, "text")) for path in made.files),
        (
            ("list    ", "dim"),
            (f"{made.manifest.parent.name}/{made.manifest.name}", "text"),
            ("  names every recipient: never hand it out", "warn"),
        ),
        (("The program sends nothing: the files are yours to hand over.", "dim"),),
    ]


def held_lines(name: str, ref: str, held: Sequence[Held]) -> list[Line]:
    """Which copies hold a recalled line, and in which forms they went out."""
    return [
        ((f"{name}: the line on {printable(ref, 60)} is recalled. Tell everybody who holds it.", "strong"),),
        *(
            ((f"{one.recipient:<9}", "mark"),
             (f"went out as {', '.join(one.forms)}" if one.forms else "not written out yet", "text"))
            for one in held
        ),
        (("The next brief to each holder says so. Draft, approve and issue a new version now.", "text"),),
    ]  # fmt: skip
