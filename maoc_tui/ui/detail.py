"""All that is known of the selected contact, as lines: identity, fix, zone, doubts, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.contact_rows import STATES, kind, label, zone_text
from maoc_tui.ui.lines import Line, Span

if TYPE_CHECKING:
    from maoc_tui.desk.zone_ahead import NextZone, Outlook
    from maoc_tui.ui.moment import Moment, Subject

LABEL = 9
HISTORY = 40


def nothing_chosen() -> list[Line]:
    """What the panel says before a contact is selected."""
    return [(("No contact selected.", "dim"),)]


def detail_lines(moment: Moment, key: int, subject: Subject | None, now_ms: int, local: bool) -> list[Line]:
    """The panel's lines for one contact of the picture."""
    picture = moment.picture
    row = picture.row(key)
    if row < 0:
        return nothing_chosen()
    lines = [*_who(moment, row), *_fix(moment, row, now_ms, local), *_place(moment, row, subject)]
    lines += _next(subject, key, now_ms, local)
    lines += [(("? ", "warn"), (reason, "warn")) for reason in fmt.doubts(int(picture.doubt[row]))]
    if subject is not None and subject.key == key:
        lines += [(("ID? ", "warn"), (printable(badge.text, 200), "warn")) for badge in subject.doubts]
        lines += _history(subject, now_ms)
    return lines


def _field(name: str, *spans: Span) -> Line:
    return ((f"{name:<{LABEL}}", "dim"), *spans)


def _who(moment: Moment, row: int) -> list[Line]:
    picture = moment.picture
    key, cls = int(picture.key[row]), ContactClass(int(picture.cls[row]))
    name = label(picture, row) or "no name heard"
    target = str(picture.target[row])
    head: list[Span] = [(f"{target} ", "mark")] if target else []
    head.append((name, "strong"))
    facts = [fmt.number(key), fmt.CLASS_TEXT[cls][1], kind(moment, row)]
    if picture.flag[row]:
        facts.append(f"flag {picture.flag[row]}")
    if picture.imo[row] > 0:
        facts.append(f"IMO {picture.imo[row]}")
    for text in (picture.call_sign[row], picture.registration[row]):
        if text and text != name:
            facts.append(str(text))
    if picture.length_m[row] > 0:
        facts.append(f"{picture.length_m[row]:.0f} m")
    lines: list[Line] = [tuple(head), ((" · ".join(fact for fact in facts if fact), "text"),)]
    if picture.destination[row]:
        lines.append(_field("To", (str(picture.destination[row]), "text"), (" (as it says)", "dim")))
    return lines


def _fix(moment: Moment, row: int, now_ms: int, local: bool) -> list[Line]:
    picture = moment.picture
    lat, lon = float(picture.lat[row]), float(picture.lon[row])
    state = int(moment.states[row])
    if lat != lat:
        return [_field("Fix", ("heard, but never with a position", "warn"))]
    error = float(picture.error_m[row])
    radius = f" {fmt.radius(error / 1852)}" if error > 0 else ""
    at = int(picture.time[row])
    when = f"{fmt.day_clock(at, local, now_ms)}, {fmt.ago(now_ms - at)}"
    look = ("text", "warn", "bad")[state]
    lines = [
        _field("Fix ●", (fmt.position(lat, lon), "strong"), (radius, "dim")),
        _field("", (when, look), (f" – {STATES[state]}" if state else "", look)),
        _field("Moving", (_movement(moment, row), "text")),
    ]
    return lines + _estimate(moment, row)


def _movement(moment: Moment, row: int) -> str:
    picture = moment.picture
    parts = [f"{fmt.course(float(picture.cog[row]))}° {fmt.speed(float(picture.sog[row]))} kn"]
    if picture.heading[row] == picture.heading[row]:
        parts.append(f"heading {fmt.course(float(picture.heading[row]))}°")
    if picture.altitude[row] == picture.altitude[row]:
        parts.append(f"{picture.altitude[row]:,.0f} ft")
    if said := fmt.status(int(picture.status[row])):
        parts.append(said)
    return " · ".join(parts)


def _estimate(moment: Moment, row: int) -> list[Line]:
    guess = moment.estimates
    if guess is None or guess.lat[row] != guess.lat[row]:
        return []
    place = fmt.position(float(guess.lat[row]), float(guess.lon[row]))
    return [
        _field(
            "Now ○",
            (f"{place} {fmt.radius(float(guess.radius_nm[row]))}", "text"),
            (" reckoned, rhumb", "dim"),
        )
    ]


def _place(moment: Moment, row: int, subject: Subject | None) -> list[Line]:
    told = zone_text(moment.picture, row)
    outlook = subject.outlook if subject and subject.key == int(moment.picture.key[row]) else None
    if outlook is not None and outlook.zone.area is not None:
        open_or_by_hand = not outlook.zone.determined or outlook.zone.override is not None
        look = "warn" if not outlook.zone.determined else "strong"
        told = ((printable(outlook.zone.text, 400), look),) if open_or_by_hand else (*told, _beside(outlook))
    return [_field("Zone", *told, ("  w: why", "dim"))]


def _beside(outlook: Outlook) -> Span:
    """How far the line that matters most is."""
    _, comma, rest = outlook.zone.text.partition(", ")
    return (f" · {rest}" if comma else "", "text")


def _next(subject: Subject | None, key: int, now_ms: int, local: bool) -> list[Line]:
    if subject is None or subject.key != key or subject.outlook is None:
        return []
    following = subject.outlook.next
    if following is None:
        return [_field("Next", (subject.outlook.ahead_text(now_ms, ""), "dim"))]
    return [_field("Next", (next_text(following, now_ms, local), "text"), (" reckoned, rhumb", "dim"))]


def next_text(following: NextZone, now_ms: int, local: bool) -> str:
    """The zone a contact meets next: ``PT territorial sea in 0 h 24 at 06:12Z``."""
    return printable(following.line(now_ms, fmt.minute(following.at_ms, local)), 120)


def _history(subject: Subject, now_ms: int) -> list[Line]:
    if not subject.identity:
        return []
    lines: list[Line] = [(("Said of itself", "title"),)]
    for value in subject.identity[:HISTORY]:
        lines.append(_value_line(value, now_ms))
    return lines


def _value_line(value: Any, now_ms: int) -> Line:
    span = fmt.ago(now_ms - int(value.last_ms)) if value.last_ms else "no time"
    return (
        (f"{printable(str(value.attribute), 12).replace('_', ' '):<12} ", "dim"),
        (printable(str(value.value), 60), "text"),
        (f"  {printable(str(value.source), 24)}, {span}", "dim"),
    )


def one_line(moment: Moment, key: int, now_ms: int) -> Content:
    """The selected contact in one line, under the chart."""
    picture = moment.picture
    row = picture.row(key) if key else -1
    if row < 0:
        return Content("No contact selected.")
    zone = picture.zone_text(row) or "not covered"
    parts = [
        str(picture.target[row]), label(picture, row), fmt.number(key), str(picture.flag[row]),
        kind(moment, row),
        zone, fmt.position(float(picture.lat[row]), float(picture.lon[row])),
        f"{fmt.course(float(picture.cog[row]))}° {fmt.speed(float(picture.sog[row]))} kn",
        fmt.ago(now_ms - int(picture.time[row])),
    ]  # fmt: skip
    return Content(" · ".join(part for part in parts if part))
