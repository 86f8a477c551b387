"""The four lists of the Liaison screen: their columns, and one row's values as text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.partner_facts import day_text
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import (
        AssignmentLine,
        Board,
        BoardRow,
        DutyLine,
        HoleLine,
        OfficerLine,
        PartnerLine,
        Roster,
    )

PARTNERS = (
    Column("code", "Partner", 8, 1),
    Column("name", "Name", 12, 2, grow=True),
    Column("class", "Cl", 2, 2),
    Column("status", "Status", 18, 1),
    Column("since", "Since", 11, 1),
    Column("check", "Known", 11, 3),
    Column("reported", "Reported, waits for c", 21, 1),
)
OFFICERS = (
    Column("partner", "Officer", 8, 1),
    Column("name", "Name", 14, 1, grow=True),
    Column("duty", "Duty", 7, 1),
    Column("channel", "First channel", 22, 1),
    Column("age", "Worked", 8, 1, right=True),
    Column("function", "Function", 15, 3),
)
ROSTER = (
    Column("time", "Roster", 31, 1),
    Column("post", "Post", 13, 1),
    Column("partner", "For", 8, 1),
    Column("name", "Who", 14, 1, grow=True),
)
SIGNS = {
    "LEAD": "L",
    "SUPPORT": "S",
    "ASSET_PROVIDER": "A",
    "FLAG_CONTACT": "F",
    "ORIGINATOR": "O",
    "INFORMED": "I",
}
"""One letter a role in the matrix; ? follows an offer, * who is at work."""
_STATE_SIGN = {"PROPOSED": "?", "ACCEPTED": "", "ACTIVE": "*"}
_SURE = ("verified", "recorded here")
_SHORT = {
    "recalled, not verified": "recalled",
    "inferred, not verified": "inferred",
    "recorded here": "recorded",
}
NO_LEAD = "▲ "
"""Before a target without a lead for too long: a shape beside the colour."""


class Listed:
    """Rows of any list, by key."""

    def __init__(self, rows: Sequence[tuple[Hashable, Any]], cells: Callable[[Any], Sequence[Cell]]) -> None:
        self._rows, self._cells = tuple(rows), cells
        self._at = {key: at for at, (key, _) in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, at: int) -> Hashable:
        """The key of row ``at``."""
        return self._rows[at][0]

    def find(self, key: Hashable) -> int:
        """The row of a key; -1 when it is not listed."""
        return self._at.get(key, -1)

    def cells(self, at: int) -> Sequence[Cell]:
        """The texts of row ``at``."""
        return self._cells(self._rows[at][1])


def partners(lines: Sequence[PartnerLine]) -> Listed:
    """The register; a reported accession that waits stands in its row."""
    return Listed([(line.code, line) for line in lines], _partner)


def _partner(line: PartnerLine) -> Sequence[Cell]:
    look = "text" if line.reads else "bad"
    sure = line.verification in _SURE
    waits = f"▲ {line.report.status} {day_text(line.report.on)}" if line.report else _next(line)
    return (
        (line.code, "mark" if line.status in ("member", "centre") else look),
        (line.name, look),
        (line.recipient_class, "dim"),
        (f"{line.title}{'' if sure else ' ?'}", "strong" if line.status == "member" else look),
        (day_text(line.since, line.precision), "dim"),
        (_SHORT.get(line.verification, line.verification), "good" if sure else "warn"),
        (waits, "warn" if line.report else "dim"),
    )


def _next(line: PartnerLine) -> str:
    """What it will be, where that is recorded already."""
    coming = [period for period in line.periods if period.since is not None and period.since == line.until]
    return f"→ {coming[0].status} {day_text(coming[0].since)}" if coming else ""


def officers(lines: Sequence[OfficerLine], now_ms: int) -> Listed:
    """The directory; the first channel with its age, amber when nobody tried it for too long."""
    return Listed([(line.ref, line) for line in lines], lambda line: _officer(line, now_ms))


def _officer(line: OfficerLine, now_ms: int) -> Sequence[Cell]:
    entry = line.officer
    first = line.channels[0] if line.channels else None
    look = "text" if line.posted else "dim"
    channel = f"{first.title} {first.channel.address}" if first else "no channel"
    age = _worked(first.channel.verified_ms, now_ms) if first else ""
    return (
        (entry.partner, "mark" if line.posted else "dim"),
        (entry.name, "strong" if line.on_duty else look),
        ("● on" if line.on_duty else "", "good"),
        (channel, look if first else "warn"),
        (f"{'▲ ' if line.amber else ''}{age}", "warn" if line.amber else "dim"),
        (", ".join(line.functions), "dim"),
    )


def _worked(verified_ms: int | None, now_ms: int) -> str:
    return "never" if verified_ms is None else fmt.age(max(now_ms - verified_ms, 0))


def roster(found: Roster | None, now_ms: int, local: bool) -> Listed:
    """What nobody stands now, then duties and holes by time."""
    if found is None:
        return Listed([], lambda _: ())
    duties = [(line.duty.from_ms, ("duty", line.ref), line) for line in found.duties]
    holes = [
        (line.hole.from_ms, ("hole", line.hole.post, line.hole.partner, line.hole.from_ms), line)
        for line in found.holes
    ]
    rows = sorted((*holes, *duties), key=lambda row: (not _open_now(row[2]), row[0], str(row[1])))
    return Listed([(key, line) for _, key, line in rows], lambda line: _duty(line, now_ms, local))


def _open_now(line: DutyLine | HoleLine) -> bool:
    """A hole that is open now stands first."""
    return line.now and hasattr(line, "hole")


def _duty(line: DutyLine | HoleLine, now_ms: int, local: bool) -> Sequence[Cell]:
    hole = getattr(line, "hole", None)
    span = hole or line.duty  # type: ignore[union-attr]
    sign = "●" if line.now else " "
    begins, ends = (fmt.day_clock(ms, local, now_ms) for ms in (span.from_ms, span.to_ms))
    look = ("bad" if line.now else "warn") if hole else "strong" if line.now else "text"
    return (
        (f"{sign} {begins[:-1]}–{ends}", look),
        (line.post, look),
        (span.partner, "mark" if not hole else look),
        (("▲ nobody" if hole else line.duty.name), look),  # type: ignore[union-attr]
    )


def board_columns(found: Board | None) -> tuple[Column, ...]:
    """A column a partner, beside the target and its lead."""
    codes = found.partners if found else ()
    return (
        Column("ref", "Target", 6, 1),
        Column("title", "Name", 12, 3, grow=True),
        Column("lead", "Lead", 16, 1),
        Column("since", "for", 5, 1, right=True),
        *(Column(f"of {code}", code[:5], max(3, min(len(code), 5)), 2) for code in codes),
    )


def board(found: Board | None, now_ms: int) -> Listed:
    """Targets by partners; who has had no lead for too long comes first."""
    rows = found.rows if found else ()
    codes = found.partners if found else ()
    return Listed([(row.target, row) for row in rows], lambda row: _target(row, codes, now_ms))


def _target(row: BoardRow, codes: Sequence[str], now_ms: int) -> Sequence[Cell]:
    text, look = lead(row)
    of = {code: [cell for cell in row.cells if cell.partner == code] for code in codes}
    return (
        (row.target, "mark"),
        (row.title, "text"),
        (text, look),
        (fmt.age(max(now_ms - row.lead.since_ms, 0)), "dim"),
        *((" ".join(map(sign, of[code])), _cell_look(of[code])) for code in codes),
    )


def lead(row: BoardRow) -> Cell:
    """Who leads, in sixteen cells, and its look."""
    return {
        "held": (" ".join(filter(None, (row.lead.partner, row.officer.split(" ")[-1]))), "strong"),
        "offered": (f"{NO_LEAD if row.amber else ''}asked {row.lead.partner}", "warn"),
        "not_agreed": ("not agreed", "warn"),
        "none": (f"{NO_LEAD if row.amber else ''}no lead", "warn" if row.amber else "dim"),
    }[row.lead.kind]


def sign(cell: AssignmentLine) -> str:
    """An assignment in the matrix: its role's letter and its state's sign."""
    return f"{SIGNS[cell.role]}{_STATE_SIGN[cell.state]}"


def _cell_look(cells: Sequence[AssignmentLine]) -> str:
    return "warn" if any(cell.state == "PROPOSED" for cell in cells) else "good"
