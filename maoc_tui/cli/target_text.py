"""Targets as the command line writes them: JSON with stable keys, and text for people."""

from __future__ import annotations

from typing import Any

from maoc_tui.cli.answers import table
from maoc_tui.desk.targets import FactLine, LastSeen, LinkLine, TargetRow, TargetSheet
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.target_record import Place, Sighting
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_age, format_dtg


def iso(ms: int | None) -> str | None:
    """ISO 8601 with Z, to the second; None for None."""
    return None if ms is None else f"{from_ms(ms):%Y-%m-%dT%H:%M:%SZ}"


def marking(value: Marking) -> dict[str, Any]:
    """A marking with stable keys."""
    return {
        "text": str(value),
        "originators": sorted(value.originators),
        "handling": [code.name for code in sorted(value.handling)],
        "grade": str(value.grade) if value.grade else None,
        "tlp": value.tlp.label if value.tlp is not None else None,
        "classification": value.classification.label or None,
        "releasable_to": sorted(value.releasable_to),
        "caveats": sorted(value.caveats),
    }


def _point(lat: float, lon: float, radius_nm: float) -> dict[str, Any]:
    return {"lat": lat, "lon": lon, "text": format_position(lat, lon), "radius_nm": round(radius_nm, 3)}


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {**_point(place.lat, place.lon, place.radius_nm), "entered": place.text}


def seen(place: LastSeen | None) -> dict[str, Any] | None:
    """The newest place: how it is known, when, where, in whose waters, and where it should be now."""
    if place is None:
        return None
    return {
        "how": place.how,
        "at": iso(place.at_ms),
        "position": _point(place.lat, place.lon, place.radius_nm),
        "contact": key_text(place.key) if place.key else None,
        "sog": _number(place.sog),
        "cog": _number(place.cog),
        "zone": place.zone or None,
        "estimate": _point(*place.estimate) if place.estimate else None,
    }


def _number(value: float) -> float | None:
    return None if value != value else round(value, 1)


def row(entry: TargetRow) -> dict[str, Any]:
    """One target of the list."""
    return {
        "ref": entry.ref,
        "version": entry.version,
        "kind": entry.kind,
        "type": entry.type or None,
        "title": entry.title,
        "named": entry.named,
        "flag": entry.flag or None,
        "status": entry.status,
        "open": entry.open,
        "badges": list(entry.badges),
        "contacts": [key_text(key) for key in entry.contacts],
        "last": seen(entry.seen),
        "marking": marking(entry.marking),
        "updated": iso(entry.updated_ms),
    }


def sheet(entry: TargetSheet) -> dict[str, Any]:
    """Everything on one target."""
    target = entry.target
    return {
        **row(entry.row),
        "designation": target.designation or None,
        "description": target.description,
        "area": target.area or None,
        "entered_place": _place(target.place),
        "created": {"by": target.created_by, "at": iso(target.created_ms)},
        "closed": iso(target.closed_ms),
        "identity": [_fact(line) for line in entry.identity],
        "links": [_link(line) for line in entry.links],
        "sightings": [_sighting(line) for line in entry.sightings],
        "changes": [
            {"field": c.field, "old": c.old, "new": c.new, "reason": c.reason, "by": c.by, "at": iso(c.at_ms)}
            for c in entry.changes
        ],
        "duplicates": [
            {"ref": d.ref, "title": d.title, "likely": d.likely, "reasons": list(d.reasons)}
            for d in entry.duplicates
        ],
        "sheet_marking": marking(entry.marking),
    }


def _link(line: LinkLine) -> dict[str, Any]:
    link = line.link
    return {
        "contact": line.contact,
        "heard_name": line.name or None,
        "from": iso(link.from_ms),
        "to": iso(link.to_ms),
        "reason": link.reason,
        "warning": link.warning or None,
        "by": link.by,
        "at": iso(link.at_ms),
        "ended": link.ended_reason or None,
        "ended_by": link.ended_by or None,
        "marking": marking(link.marking),
    }


def _sighting(line: Sighting) -> dict[str, Any]:
    return {
        "at": iso(line.seen_ms),
        "position": _place(line.place),
        "source": line.source,
        "text": line.text,
        "by": line.by,
        "entered": iso(line.at_ms),
        "marking": marking(line.marking),
    }


def _fact(line: FactLine) -> dict[str, Any]:
    fact = line.fact
    return {
        "id": fact.id,
        "attribute": fact.attribute,
        "value": fact.value,
        "raw": fact.raw,
        "state": line.state,
        "from": iso(fact.from_ms),
        "until": iso(line.until_ms),
        "source": fact.source,
        "by": fact.by,
        "entered": iso(fact.at_ms),
        "reason": fact.reason or None,
        "marking": marking(fact.marking),
    }


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
    top = entry.row
    lines = [f"{top.ref}  {top.title}  {top.type_title or top.kind}  {top.status}  {top.marking}"]
    lines += [entry.target.description] if top.title != entry.target.description else []
    lines += [f"area: {entry.target.area}"] if entry.target.area else []
    if top.seen:
        at = format_position(top.seen.lat, top.seen.lon)
        age = format_age((now_ms - top.seen.at_ms) / 1000)
        lines.append(f"{top.seen.how} {at} {format_dtg(from_ms(top.seen.at_ms))}, {age} ago  {top.seen.zone}")
    lines += [f"ID? {reason}" for reason in top.badges]
    for line in entry.identity:
        fact = line.fact
        until = (
            f" until {format_dtg(from_ms(line.until_ms))}" if line.until_ms and line.state != "holds" else ""
        )
        since = f" from {format_dtg(from_ms(fact.from_ms))}" if fact.from_ms else ""
        lines.append(
            f"{line.title}: {fact.value} ({line.state}{since}{until}; {fact.source}; {fact.marking})"
        )
    for link in entry.links:
        held = "" if link.link.to_ms is None else f" until {format_dtg(from_ms(link.link.to_ms))}"
        lines.append(f"heard as {link.contact} {link.name}{held}: {link.link.reason}")
    for seen_line in entry.sightings:
        at = format_position(seen_line.place.lat, seen_line.place.lon)
        when = format_dtg(from_ms(seen_line.seen_ms))
        lines.append(f"seen {when} {at}: {seen_line.text} ({seen_line.source}; {seen_line.marking})")
    for change in entry.changes:
        when = format_dtg(from_ms(change.at_ms))
        lines.append(f"{when} {change.by}: {change.field} {change.old} -> {change.new}: {change.reason}")
    lines += [f"may be {d.ref} {d.title}: {'; '.join(d.reasons)}" for d in entry.duplicates]
    return "\n".join(printable(text, 2000) for text in lines)
