"""Everything on one target, as lines: the identity banner, and the sheet below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.lines import Line, Span

if TYPE_CHECKING:
    from maoc_tui.desk.targets import FactLine, LastSeen, LinkLine, TargetSheet
    from maoc_tui.domain.marking import Marking

_UNITS = {"length_m": " m"}
When = Callable[[int], str]
_LABEL = 13
_STATE_LOOK = {"holds": "strong", "past": "text", "ended": "dim", "to come": "warn"}
_STATE_MARK = {"holds": "●", "past": "○", "ended": "○", "to come": "▷", "corrected": "×", "withdrawn": "×"}


def banner(sheet: TargetSheet, now_ms: int, local: bool) -> list[Line]:
    """Which boat or aircraft this is, so that nobody writes to the wrong one: what, where, whose to read."""
    row, target = sheet.row, sheet.target
    head: list[Span] = [(f"{row.ref} ", "mark"), (printable(row.title, 60), "strong")]
    if former := _former(sheet, local):
        head.append((f" ({former})", "dim"))
    head.append((f"  {row.type_title or target.kind}", "text"))
    head += [
        (f" {fact}", "text") for fact in _facts(sheet, "length_m", "colour", "mmsi", "hex", "registration")
    ]
    marking = ((str(row.marking), "dim"), *_owed_count(sheet))
    return [
        tuple(head),
        _flag(sheet),
        *_waters(sheet, now_ms, local),
        *_seen(row.seen, now_ms, local),
        marking,
    ]


def _former(sheet: TargetSheet, local: bool) -> str:
    names = [
        line for line in sheet.identity if line.fact.attribute == "name" and line.state in ("past", "ended")
    ]
    if not names:
        return ""
    until = f" until {fmt.day_clock(names[0].until_ms, local)[:6]}" if names[0].until_ms else ""
    return f"{printable(names[0].fact.value, 30)}{until}"


def _facts(sheet: TargetSheet, *attributes: str) -> list[str]:
    found = ((name, sheet.holds(name)) for name in attributes)
    return [f"{printable(fact.value, 24)}{_UNITS.get(name, '')}" for name, fact in found if fact is not None]


def _flag(sheet: TargetSheet) -> Line:
    row, flag = sheet.row, sheet.holds("flag")
    said = f"flag {flag.value} claimed, NOT confirmed" if flag else "flag not known"
    doubts: list[Span] = [("  ID?", "warn")] if row.badges else []
    state = f"   {row.status}"
    return (
        (said, "text"),
        (state, "strong"),
        *_lead(sheet),
        *doubts,
    )


def _lead(sheet: TargetSheet) -> list[Span]:
    """Who leads, or that nobody has for too long; nothing while nobody was asked yet."""
    from maoc_tui.ui.liaison_rows import lead

    team = sheet.team
    if team is None or (team.lead.kind == "none" and not team.amber):
        return []
    text, look = lead(team)
    return [("   lead ", "dim"), (printable(text.replace(" lead", ""), 40), look)]


def _waters(sheet: TargetSheet, now_ms: int, local: bool) -> list[Line]:
    """In whose waters it is, what it meets next if it keeps course and speed, and how old that is."""
    outlook = sheet.outlook
    if outlook is None:
        return [(("zone not known", "strong"),)]
    when = fmt.minute(outlook.next.at_ms, local) if outlook.next else ""
    items = [printable(item, 400) for item in outlook.items(now_ms, when)]
    looks = ["strong" if outlook.zone.determined else "warn", *["text"] * (len(items) - 1)]
    whole = [f"{item}{',' if at < len(items) else ''}" for at, item in enumerate(items, 1)]
    return [tuple((f" {text}" if at else text, looks[at]) for at, text in enumerate(whole))]


def _seen(seen: LastSeen | None, now_ms: int, local: bool) -> list[Line]:
    if seen is None:
        return [(("no position known", "warn"),)]
    mark = {"fix": "fix ●", "sighting": "sighted ◎", "entered": "entered □"}[seen.how]
    place = f"{format_position(seen.lat, seen.lon)}{_radius(seen.radius_nm)}"
    when = f"{fmt.day_clock(seen.at_ms, local)}, {fmt.ago(now_ms - seen.at_ms)}"
    lines: list[Line] = [((f"{mark} {place}", "text"), (f" {when}", "text"))]
    if seen.estimate:
        lat, lon, radius = seen.estimate
        lines.append(((f"now ○ {format_position(lat, lon)}{_radius(radius)}", "text"),))
    return lines


def _radius(nm: float) -> str:
    return f" {fmt.radius(nm)}" if nm > 0 else ""


def sheet_lines(sheet: TargetSheet, now_ms: int, local: bool) -> list[Line]:
    """The sheet below the banner."""
    target, when = sheet.target, partial(_when, now_ms=now_ms, local=local)
    lines: list[Line] = [((printable(target.description, 2000), "text"),)]
    if target.area:
        lines.append((("area ", "dim"), (printable(target.area, 200), "text")))
    if target.designation:
        lines.append((("we call it ", "dim"), (printable(target.designation, 80), "text")))
    lines += [(("ID? ", "warn"), (printable(reason, 200), "warn")) for reason in sheet.row.badges]
    for other in sheet.duplicates:
        reasons = printable("; ".join(other.reasons), 200)
        lines.append(
            (
                ("may be ", "warn"),
                (f"{other.ref} {printable(other.title, 40)}", "strong"),
                (f": {reasons}", "warn"),
            )
        )
    lines += _titled("Owed", _owed(sheet, now_ms, when))
    lines += _titled("On it", _team(sheet, when))
    lines += _titled("Identity", [_fact(line, sheet, when) for line in sheet.identity])
    lines += _titled("Heard as", [_link(line, when) for line in sheet.links])
    lines += _titled("Sightings", _sightings(sheet, when))
    return lines + _titled("Changes", _changes(sheet, when))


def _owed_count(sheet: TargetSheet) -> tuple[Span, ...]:
    """How much waits to be done about it, in the banner; nothing where nothing does."""
    tasks, review = len(sheet.owed.tasks), sheet.owed.review_due
    told = [f"{tasks} task{'s' * (tasks != 1)} open"] if tasks else []
    told += ["review due"] if review else []
    return ((f"  ▲ {', '.join(told)}", "warn"),) if told else ()


def _owed(sheet: TargetSheet, now_ms: int, when: When) -> list[Line]:
    """Open tasks of releases with when they are due, and the day by which what is kept is looked at."""
    found: list[Line] = []
    for task in sheet.owed.tasks:
        late = now_ms >= task.due_ms
        head = f"{'▲' if late else '!'} R-{task.number:04d} {'overdue since' if late else 'due'} {when(task.due_ms)} "
        found.append(((head, "bad" if late else "warn"), (printable(task.text, 200), "text")))
    if sheet.owed.review_by is not None:
        sign, look = ("▲ ", "warn") if sheet.owed.review_due else ("", "dim")
        day = f"{sheet.owed.review_by:%d %b %Y}"
        found.append(((f"{sign}review by {day}: {printable(sheet.owed.review_what, 60)}", look),))
    return found


def _titled(title: str, lines: list[Line]) -> list[Line]:
    return [((" ", "text"),), ((title, "title"),), *lines] if lines else []


def _fact(line: FactLine, sheet: TargetSheet, when: When) -> Line:
    fact = line.fact
    look = _STATE_LOOK.get(line.state, "dim")
    dates = _dates(fact.from_ms, line.until_ms if line.state != "holds" else fact.to_ms, when)
    state = "" if line.state in ("holds", "past") else f" {line.state.upper()}"
    entered = f"{printable(fact.by, 20)} {when(fact.at_ms)}"
    return (
        (f"{_STATE_MARK[line.state]} {line.title:<{_LABEL}}", "dim"),
        (f"{printable(fact.value, 200)}{_UNITS.get(fact.attribute, '')}", look),
        (state, "warn"),
        (_marked(fact.marking, sheet), "text"),
        (f"  {dates}{printable(fact.source, 60)}, {entered}", "dim"),
    )


def _dates(since: int | None, until: int | None, when: When) -> str:
    parts = [f"from {when(since)}"] if since is not None else []
    parts += [f"until {when(until)}"] if until is not None else []
    return f"{' '.join(parts)}; " if parts else ""


def _link(line: LinkLine, when: When) -> Line:
    link = line.link
    mark, look = ("●", "strong") if link.holds else ("○", "dim")
    dates, by = _dates(link.from_ms, link.to_ms, when), printable(link.by, 20)
    ended = f" ended by {printable(link.ended_by, 20)}: {printable(link.ended_reason, 100)}"
    warned: tuple[Span, ...] = ((f"  ▲ {printable(link.warning, 200)}", "warn"),) if link.warning else ()
    return (
        (f"{mark} {line.contact} ", look),
        (printable(line.name, 40), look),
        (f"  {dates}{printable(link.reason, 120)}, {by}{ended if link.ended_by else ''}", "dim"),
        *warned,
    )


def _sightings(sheet: TargetSheet, when: When) -> list[Line]:
    return [
        (
            (f"◎ {when(seen.seen_ms)} ", "text"),
            (f"{format_position(seen.place.lat, seen.place.lon)}{_radius(seen.place.radius_nm)} ", "strong"),
            (printable(seen.text, 400), "text"),
            (f"  {printable(seen.source, 60)}{_marked(seen.marking, sheet)}", "dim"),
        )
        for seen in sheet.sightings
    ]


def _changes(sheet: TargetSheet, when: When) -> list[Line]:
    return [
        (
            (f"{when(change.at_ms)} {printable(change.by, 20)} ", "dim"),
            (
                f"{change.field} {printable(change.old, 40) or '–'} → {printable(change.new, 40) or '–'}",
                "text",
            ),
            (f"  {printable(change.reason, 200)}", "dim"),
        )
        for change in sheet.changes
    ]


def _when(ms: int, now_ms: int, local: bool) -> str:
    """Day and time, with the year where it is not this one."""
    return fmt.day_clock(ms, local, now_ms)


def _marked(marking: Marking, sheet: TargetSheet) -> str:
    """The grade alone where the rest is as the banner says; else the whole marking."""
    if replace(marking, grade=None) == replace(sheet.target.marking, grade=None):
        return f"  {marking.grade}" if marking.grade else ""
    return f"  [{marking}]"


def _team(sheet: TargetSheet, when: When) -> list[Line]:
    """Partners in their roles, each with the officer and since when it stands so."""
    cells = sheet.team.cells if sheet.team else ()
    return [
        (
            (f"{cell.partner} ".ljust(_LABEL), "mark"),
            (f"{cell.role.lower().replace('_', ' ')}, {cell.state.lower()}", "text"),
            (f" {printable(cell.officer, 60)}" if cell.officer else "", "strong"),
            (f"  since {when(cell.since_ms)}", "dim"),
        )
        for cell in cells
    ]
