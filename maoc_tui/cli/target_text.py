"""Targets as the command line writes them for people."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.cli.answers import table
from maoc_tui.desk.targets import DuplicatePair, FactLine, TargetRow, TargetSheet
from maoc_tui.desk.zone_ahead import zulu
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_age, format_dtg


def listing(rows: tuple[TargetRow, ...], now_ms: int) -> str:
    """The list as an aligned table."""
    if not rows:
        return "No target."
    lines = [
        {
            "ref": r.ref,
            "type": r.type,
            "name": r.title if r.named else f"({printable(r.title, 28)})",
            "flag": r.flag,
            "status": r.status,
            "zone": r.seen.zone if r.seen else "",
            "last": format_age((now_ms - r.seen.at_ms) / 1000) if r.seen else "",
            "id": "ID?" if r.badges else "",
        }
        for r in rows
    ]
    return table(lines, ("ref", "type", "name", "flag", "status", "zone", "last", "id"))


def sheet_text(entry: TargetSheet, now_ms: int) -> str:
    """Everything on one target, for reading."""
    lines = [*_top(entry, now_ms), *map(_fact, entry.identity), *_dated(entry)]
    return "\n".join(printable(text, 2000) for text in lines)


def _owed(entry: TargetSheet, now_ms: int) -> Iterator[str]:
    for task in entry.owed.tasks:
        late = "overdue since" if now_ms >= task.due_ms else "due"
        yield f"owed: R-{task.number:04d} {late} {_dtg(task.due_ms)}: {task.text}"
    if entry.owed.review_by:
        due = " (due)" if entry.owed.review_due else ""
        yield f"review by {entry.owed.review_by}{due}: {entry.owed.review_what}"


def _top(entry: TargetSheet, now_ms: int) -> Iterator[str]:
    top, target, seen = entry.row, entry.target, entry.row.seen
    yield f"{top.ref}  {top.title}  {top.type_title or top.kind}  {top.status}  {top.marking}"
    if top.title != target.description:
        yield target.description
    if target.area:
        yield f"area: {target.area}"
    if seen:
        age = format_age((now_ms - seen.at_ms) / 1000)
        yield f"{seen.how} {format_position(seen.lat, seen.lon)} {_dtg(seen.at_ms)}, {age} ago  {seen.zone}"
    if entry.outlook:
        following = entry.outlook.next
        yield entry.outlook.text(now_ms, zulu(following.at_ms) if following else "")
    yield from _owed(entry, now_ms)
    yield from _team(entry)
    for reason in top.badges:
        yield f"ID? {reason}"
    for other in entry.duplicates:
        word = "likely" if other.likely else "may be"
        yield f"{word} {other.ref} {other.title}: {'; '.join(other.reasons)}"


def _team(entry: TargetSheet) -> Iterator[str]:
    team = entry.team
    if team is None or (team.lead.kind == "none" and not team.cells):
        return
    from maoc_tui.cli.liaison_text import lead_text

    yield f"lead: {lead_text(team)}"
    for cell in team.cells:
        who = " ".join(filter(None, (cell.partner, cell.officer)))
        yield f"{who}: {cell.role}, {cell.state}, {_dtg(cell.since_ms)}"


def _fact(line: FactLine) -> str:
    fact = line.fact
    since = f" from {_dtg(fact.from_ms)}" if fact.from_ms else ""
    until = f" until {_dtg(line.until_ms)}" if line.until_ms and line.state != "holds" else ""
    return f"{line.title}: {fact.value} ({line.state}{since}{until}; {fact.source}; {fact.marking})"


def _dated(entry: TargetSheet) -> Iterator[str]:
    for link in entry.links:
        held = "" if link.link.to_ms is None else f" until {_dtg(link.link.to_ms)}"
        yield f"heard as {link.contact} {link.name}{held}: {link.link.reason}"
    for seen in entry.sightings:
        at = format_position(seen.place.lat, seen.place.lon)
        yield f"seen {_dtg(seen.seen_ms)} {at}: {seen.text} ({seen.source}; {seen.marking})"
    for change in entry.changes:
        edit = f"{change.field} {change.old} -> {change.new}"
        yield f"{_dtg(change.at_ms)} {change.by}: {edit}: {change.reason}"


def _dtg(ms: int) -> str:
    return format_dtg(from_ms(ms))


def pairs_text(pairs: tuple[DuplicatePair, ...]) -> str:
    """Pairs that may be the same object, a line each."""
    lines = (
        f"{pair.ref} {printable(pair.title, 40)} {'likely is' if pair.other.likely else 'may be'} "
        f"{pair.other.ref} {printable(pair.other.title, 40)}: {printable('; '.join(pair.other.reasons), 400)}"
        for pair in pairs
    )
    return "\n".join(lines) or "No two targets look like the same one."
