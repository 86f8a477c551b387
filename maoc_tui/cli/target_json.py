"""Targets as JSON with stable keys, as the command line writes them (docs/targets.md names every key)."""

from __future__ import annotations

from typing import Any

from maoc_tui.desk.targets import (
    Duplicate,
    DuplicatePair,
    FactLine,
    LastSeen,
    LinkLine,
    TargetRow,
    TargetSheet,
)
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.target_record import Place, Sighting


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


def sheet(entry: TargetSheet, now_ms: int) -> dict[str, Any]:
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
        "duplicates": [_duplicate(other) for other in entry.duplicates],
        "sheet_marking": marking(entry.marking),
        "waters": _waters(entry, now_ms),
        **_team(entry),
        "owed": {
            "count": entry.owed.count,
            "tasks": [
                {
                    "release": f"R-{task.number:04d}",
                    "kind": task.kind,
                    "text": task.text,
                    "due": iso(task.due_ms),
                }
                for task in entry.owed.tasks
            ],
            "review_by": entry.owed.review_by.isoformat() if entry.owed.review_by else None,
            "review_due": entry.owed.review_due,
        },
    }


def _team(entry: TargetSheet) -> dict[str, Any]:
    """Who leads and who is on it, as ``maoc assign board`` says it."""
    from maoc_tui.cli import liaison_json

    if entry.team is None:
        return {"lead": None, "assignments": []}
    told = liaison_json.board_row(entry.team)
    return {"lead": told["lead"], "assignments": told["assignments"]}


def _waters(entry: TargetSheet, now_ms: int) -> dict[str, Any] | None:
    """In whose waters its newest place is, as ``maoc zone`` says it, and the zone it meets next."""
    from maoc_tui.desk import zone_ahead, zones

    if entry.outlook is None:
        return None
    following = entry.outlook.next
    text = entry.outlook.text(now_ms, zone_ahead.zulu(following.at_ms) if following else "")
    return {**zones.as_json(entry.outlook.zone), "text": text, "next": zone_ahead.as_json(following, text)}


def _duplicate(other: Duplicate) -> dict[str, Any]:
    return {
        "ref": other.ref,
        "title": other.title,
        "status": other.status,
        "likely": other.likely,
        "reasons": list(other.reasons),
    }


def pair(entry: DuplicatePair) -> dict[str, Any]:
    """Two targets that may be the same object."""
    return {
        "ref": entry.ref,
        "title": entry.title,
        "status": entry.status,
        "other": _duplicate(entry.other),
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
