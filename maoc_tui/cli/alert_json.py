"""Alerts as the command line tells them: JSON with stable keys, and text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maoc_tui.cli.watch_json import iso
from maoc_tui.domain.alert_stages import LEVELS
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import format_dtg

if TYPE_CHECKING:
    from maoc_tui.desk.alerts import AlertRow, SilenceLine, WholeAlert, Worth
    from maoc_tui.desk.room import Room
    from maoc_tui.domain.marking import Marking
    from maoc_tui.domain.viewer import Viewer


def row(one: AlertRow) -> dict[str, Any]:
    """One alert as a line."""
    return {
        "ref": one.ref,
        "rule": one.rule,
        "title": one.title,
        "level": one.level,
        "contact": key_text(one.key),
        "name": one.contacts[0].name or None,
        "others": [{"contact": other.number, "name": other.name or None} for other in one.contacts[1:]],
        "targets": list(one.targets),
        "asset": one.asset or None,
        "position": _position(one.lat, one.lon),
        "zone": one.zone or None,
        "first": iso(one.first_ms),
        "last": iso(one.last_ms),
        "raised": iso(one.raised_ms),
        "over": one.over,
        "withdrawn": one.withdrawn,
        "because": one.because,
        "pending": one.pending,
        "critical": one.critical,
        "stage": one.stage,
        "stage_by": one.stage_by or None,
        "acknowledged_by": one.heard or None,
        "silenced_until": iso(one.quiet.until_ms) if one.quiet is not None else None,
        "silenced_by": f"{one.quiet.by}, {one.quiet.partner}" if one.quiet is not None else None,
        "escalated_by": one.escalated or None,
        "useful": one.useful,
        "became": list(one.became),
    }


def _position(lat: float, lon: float) -> dict[str, Any] | None:
    return {"lat": lat, "lon": lon, "text": format_position(lat, lon)} if lat == lat else None


def lines(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines of JSON as the columns of a table."""
    return [
        {
            **one,
            "level": LEVELS[one["level"]],
            "subject": " + ".join(held["name"] or held["contact"] for held in (one, *one["others"])),
            "targets": " ".join(one["targets"]),
            "where": " ".join(
                filter(None, (one["zone"], one["position"]["text"] if one["position"] else "no position"))
            ),
            "since": one["first"],
            "stage": "withdrawn" if one["withdrawn"] else f"{one['stage']}{', over' * one['over']}",
            "by": one["stage_by"] or one["acknowledged_by"] or "",
        }
        for one in rows
    ]


def silence(one: SilenceLine) -> dict[str, Any]:
    """One silence that lasts."""
    return {
        "ref": one.ref,
        "what": one.title,
        "subject": one.subject,
        "until": iso(one.until_ms),
        "by": one.by,
        "reason": one.reason or None,
    }


def whole(found: WholeAlert) -> dict[str, Any]:
    """Everything on one alert."""
    return {
        **row(found.row),
        "rule_text": found.rule_text or None,
        "limits": list(found.limits),
        "contacts": list(found.contacts),
        "evidence": [{"name": m.name, "value": m.value, "limit": m.limit or None} for m in found.evidence],
        "innocent": list(found.innocent),
        "against": list(found.against),
        "history": [
            {"at": iso(s.at_ms), "what": s.text, "by": s.by or None, "reason": s.reason or None}
            for s in found.steps
        ],
        "notes": [
            {"at": iso(s.at_ms), "text": s.text, "by": s.by, "marking": str(s.marking)} for s in found.notes
        ],
        "marking": str(found.marking) if found.marking is not None else None,
    }


def text(found: WholeAlert) -> str:
    """Everything on one alert as lines to read, the innocent explanations before what speaks against them."""
    one = found.row
    held = [
        f"{one.ref}  {LEVELS[one.level]}  {one.title}  {one.subject}  {' '.join(one.targets)}".rstrip(),
        f"{_where(one)}  {one.zone}  since {_dtg(one.first_ms)}  {state(one)}",
        one.because,
        *(f"  {m.name}: {m.value}{f' ({m.limit})' if m.limit else ''}" for m in found.evidence),
        *filter(None, (found.rule_text,)),
        *(f"  {line}" for line in found.limits),
        "Innocent, the likeliest first:",
        *(f"  {line}" for line in found.innocent),
        *(("What speaks against:", *(f"  {line}" for line in found.against)) if found.against else ()),
        "What was done:",
        *(
            f"  {_dtg(s.at_ms)} {' '.join(filter(None, (s.text, s.by and f'({s.by})', s.reason)))}"
            for s in found.steps
        ),
        *(f"  {_dtg(s.at_ms)} note by {s.by}: {s.text} [{s.marking}]" for s in found.notes),
    ]
    return "\n".join(printable(line, 2000) for line in held)


def _where(one: AlertRow) -> str:
    return format_position(one.lat, one.lon) if one.lat == one.lat else "no position"


def state(one: AlertRow) -> str:
    """Where an alert stands, in words."""
    if one.withdrawn:
        return "withdrawn"
    quiet = f"silenced until {_dtg(one.quiet.until_ms)}" if one.quiet is not None else ""
    escalated = f"escalated by {one.escalated}" if one.escalated else ""
    heard = f"acknowledged by {one.heard}" if one.heard else "waits to be acknowledged" * one.pending
    return ", ".join(filter(None, (one.stage, "over" * one.over, escalated, heard, quiet)))


def said(one: AlertRow) -> str:
    """What became of an alert, in one line."""
    return printable(f"{one.ref} {one.title}, {one.subject}: {state(one)}.", 500)


def record(
    here: Room,
    who: Viewer,
    ref: str,
    into: tuple[str, str],
    words: str,
    contact: str,
    marking: Marking | None,
) -> tuple[str, str]:
    """Make the record asked for, of a target or an operation or a new target; its reference and what it is."""
    from dataclasses import replace

    target, op = into

    from maoc_tui.desk import alerts, targets

    if op:
        return alerts.become_line(here, who, ref, op, words, marking=marking).ref, "line"
    if target:
        made = alerts.become_sighting(here, who, ref, target, words, contact=contact, marking=marking)
        return made.ref, "sighting"
    meant = alerts.one(here, who, ref).row.contact(contact)
    entry = None
    if meant is not None:  # else the desk asks which
        proposed = targets.prefill(here, who, meant.key).entry
        entry = replace(proposed, description=words or proposed.description, marking=marking)
    return alerts.become_target(here, who, ref, entry, contact=contact).ref, "target"


def worth(found: Worth) -> dict[str, Any]:
    """Precision per rule, and the budget of the watch."""
    return {
        "from": iso(found.from_ms),
        "to": iso(found.to_ms),
        "rules": [
            {
                "rule": one.rule,
                "title": found.titles[one.rule],
                "raised": one.raised,
                "decided": one.decided,
                "useful": one.useful,
                "precision": one.rate,
                "retire": one.retire,
            }
            for one in found.rules
        ],
        "budget": {
            "since": iso(found.budget.since_ms),
            "raised": found.budget.raised,
            "silenced": found.budget.silenced,
            "budget": found.budget.budget,
            "over": found.budget.over,
        },
    }


def worth_text(found: Worth) -> str:
    """Precision per rule with its n, and the budget of the watch."""
    held = [f"{_dtg(found.from_ms)} to {_dtg(found.to_ms)}, of what you see:"]
    for one in found.rules:
        rate = f"{one.useful} of {one.decided} useful" if one.decided else "nothing decided"
        part = f", {100 * one.rate:.0f} %" if one.rate is not None else ""
        retire = "  proposed for retirement" if one.retire else ""
        held.append(f"{found.titles[one.rule]:<20} {one.raised} raised, {rate}{part}{retire}")
    heard = found.budget.raised - found.budget.silenced
    over = "  more than a watch can bear" if found.budget.over else ""
    held.append(f"Since {_dtg(found.budget.since_ms)}: {heard} of {found.budget.budget} alerts{over}")
    return "\n".join(held)


def _dtg(ms: int) -> str:
    return format_dtg(from_ms(max(ms, 0)))
