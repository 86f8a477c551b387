"""Liaison as the command line writes it for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maoc_tui.cli.answers import table
from maoc_tui.desk.liaison_snapshots import (
    Assigned,
    AssignmentLine,
    Board,
    BoardRow,
    DutyLine,
    OfficerLine,
    PartnerLine,
    Roster,
)
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.partner_facts import ALWAYS, VERIFICATION, day_text
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_age, format_dtg


def _dtg(ms: int) -> str:
    return format_dtg(from_ms(ms))


def partners(lines: Sequence[PartnerLine]) -> str:
    """The register as an aligned table."""
    rows = [
        {
            "code": line.code,
            "name": line.name,
            "class": line.recipient_class,
            "status": line.title,
            "since": day_text(line.since, line.precision),
            "verification": line.verification,
            "reported": f"{line.report.status} {day_text(line.report.on)}, not confirmed"
            if line.report
            else "",
        }
        for line in lines
    ]
    columns = ("code", "name", "class", "status", "since", "verification", "reported")
    return table(rows, columns) if rows else "No partner."


def partner_sheet(line: PartnerLine) -> str:
    """Everything on one partner, for reading."""
    return "\n".join(printable(text, 400) for text in _sheet(line))


def _sheet(line: PartnerLine) -> Iterator[str]:
    yield f"{line.code}  {line.name}  {line.title}  class {line.recipient_class}, {line.class_title}"
    if line.report:
        yield f"REPORTED, NOT CONFIRMED: {line.report.status} from {day_text(line.report.on)} ({line.report.source})"
        if line.report.note:
            yield f"  {line.report.note}"
    yield f"reads: {_reads(line)}"
    yield f"may be: {', '.join(line.roles) or 'nothing'}"
    for period in reversed(line.periods):
        recorded = f", recorded {_dtg(period.recorded_ms)} by {period.by}" if period.recorded_ms else ""
        since = day_text(period.since, period.precision)
        until = f"{' ' if since else ''}until {day_text(period.until)}" if period.until else ""
        words = f"{since}{until}: {period.status} ({VERIFICATION[period.verification]}{recorded}; {period.source})"
        yield f"{words}{'. ' + period.note if period.note else ''}"
    for entry in line.instruments:
        until = f" until {day_text(entry.until)}" if entry.until else ""
        since = f" from {day_text(entry.since)}" if entry.since else ""
        words = (
            f"{entry.kind}: {entry.title}{since}{until} ({VERIFICATION[entry.verification]}; {entry.source})"
        )
        yield f"{words}{'. ' + entry.note if entry.note else ''}"


def _reads(line: PartnerLine) -> str:
    if not line.reads:
        return "nothing"
    if line.named_from_ms is None:
        return "its own statements and what is released to it"
    if line.named_from_ms == ALWAYS:
        return "its own statements, what names it, what is released to it"
    return f"its own statements, what names it since {_dtg(line.named_from_ms)}, what is released to it"


def officers(lines: Sequence[OfficerLine]) -> str:
    """The directory, an officer and the channels below."""
    return "\n".join(officer(line) for line in lines) or "No officer."


def officer(line: OfficerLine) -> str:
    """An officer with channels in the order to try them; ! is amber."""
    entry = line.officer
    until = f" until {day_text(entry.posted_to)}" if entry.posted_to else ""
    duty = f"  ON DUTY: {', '.join(line.on_duty)}" if line.on_duty else ""
    head = f"{line.ref}  {entry.partner} {entry.name}, {', '.join(line.functions)}"
    agency = f" ({entry.agency})" if entry.agency else ""
    lines = [printable(f"{head}{agency}, posted {day_text(entry.posted_from)}{until}{duty}", 300)]
    for one in line.channels:
        age = "never tried" if one.age_ms is None else f"worked {format_age(one.age_ms / 1000)} ago"
        note = f" ({one.channel.note})" if one.channel.note else ""
        mark = "! " if one.amber else "  "
        lines.append(
            f"  {mark}{one.channel.place}. {printable(f'{one.title} {one.channel.address}{note}', 240)}, {age}"
        )
    return "\n".join(lines)


def duty(line: DutyLine) -> str:
    """A duty in one line."""
    entry = line.duty
    now = "  NOW" if line.now else ""
    words = (
        f"{line.ref}  {_dtg(entry.from_ms)} to {_dtg(entry.to_ms)}  {line.post}: {entry.name} {entry.partner}"
    )
    return printable(f"{words}{now}", 200)


def roster(found: Roster) -> str:
    """Duties, then holes."""
    lines = [duty(line) for line in found.duties] or ["Nobody is on the roster."]
    for line in found.holes:
        hole = line.hole
        now = "  NOW" if line.now else ""
        lines.append(
            f"HOLE      {_dtg(hole.from_ms)} to {_dtg(hole.to_ms)}  {line.post}: {hole.partner}{now}"
        )
    return "\n".join(lines)


def assigned(made: Assigned) -> str:
    """What was recorded of an assignment."""
    what = f"{made.partner} is {made.state.lower()} as {made.role}" if made.partner else _nobody(made)
    return "\n".join((f"{made.target}: {what}.", *made.notes))


def _nobody(made: Assigned) -> str:
    return "no lead is agreed" if made.state == "ACTIVE" else "the note that no lead is agreed is ended"


def assignments(lines: Sequence[AssignmentLine]) -> str:
    """Assignments with their steps."""
    return "\n".join(text for line in lines for text in _steps(line)) or "No assignment."


def _steps(line: AssignmentLine) -> Iterator[str]:
    who = line.partner or "no lead agreed"
    officer = f" {printable(line.officer, 60)}" if line.officer else ""
    yield f"{line.target}  {who}{officer}  {line.role}  {line.state}  {_dtg(line.since_ms)}"
    for step in line.steps:
        reason = f": {step.reason}" if step.reason else ""
        yield printable(f"  {_dtg(step.at_ms)} {step.state} by {step.by}{reason}", 300)


def board(found: Board) -> str:
    """Open targets by partners as a table; ! is amber."""
    rows = [_row(row, found) for row in found.rows]
    return table(rows, ("target", "lead", "since", *found.partners)) if rows else "No open target."


def _row(row: BoardRow, found: Board) -> dict[str, str]:
    cells = dict.fromkeys(found.partners, "")
    for cell in row.cells:
        mark = {"PROPOSED": "?", "ACCEPTED": "", "ACTIVE": "*"}[cell.state]
        cells[cell.partner] = " ".join(filter(None, (cells[cell.partner], f"{cell.role}{mark}")))
    return {
        "target": row.target,
        "lead": f"{'! ' if row.amber else ''}{lead_text(row)}",
        "since": format_age((found.at_ms - row.lead.since_ms) / 1000),
        **cells,
    }


def lead_text(row: BoardRow) -> str:
    """Who leads, in a few words."""
    who = " ".join(filter(None, (row.lead.partner, row.officer)))
    return {
        "held": who,
        "offered": f"none, offered to {who}",
        "not_agreed": f"not agreed: {row.lead.reason}",
        "none": "none",
    }[row.lead.kind]
