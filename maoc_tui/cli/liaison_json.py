"""Liaison as JSON with stable keys, as the command line writes it (docs/liaison.md names every key)."""

from __future__ import annotations

from datetime import date
from typing import Any

from maoc_tui.cli.target_json import iso, marking
from maoc_tui.desk.liaison_snapshots import (
    Assigned,
    AssignmentLine,
    Board,
    BoardRow,
    ChannelLine,
    DutyLine,
    OfficerLine,
    PartnerLine,
    Roster,
    StatusChange,
)
from maoc_tui.domain.partners import ALWAYS, VERIFICATION, Instrument


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def partner(line: PartnerLine) -> dict[str, Any]:
    """A partner as it stands at an instant."""
    report = line.report
    return {
        "code": line.code,
        "name": line.name,
        "kind": line.kind,
        "class": line.recipient_class,
        "status": line.status,
        "since": _day(line.since),
        "since_precision": line.precision if line.since else None,
        "until": _day(line.until),
        "source": line.source,
        "verification": line.verification,
        "note": line.note or None,
        "reported": None
        if report is None
        else {
            "status": report.status,
            "on": report.on.isoformat(),
            "source": report.source,
            "verification": VERIFICATION[report.verification],
            "note": report.note or None,
        },
    }


def partner_sheet(line: PartnerLine) -> dict[str, Any]:
    """Everything on one partner."""
    named = line.named_from_ms
    return {
        **partner(line),
        "class_title": line.class_title,
        "reads": line.reads,
        "naming_suffices": named is not None,
        "naming_suffices_from": None if named in (None, ALWAYS) else iso(named),
        "roles": list(line.roles),
        "directory": line.directory,
        "instruments": [instrument(entry) for entry in line.instruments],
        "periods": [
            {
                "status": period.status,
                "class": period.recipient_class,
                "since": _day(period.since),
                "until": _day(period.until),
                "source": period.source,
                "verification": VERIFICATION[period.verification],
                "recorded": iso(period.recorded_ms),
                "by": period.by or None,
            }
            for period in line.periods
        ],
    }


def instrument(entry: Instrument) -> dict[str, Any]:
    """What the exchange rests on."""
    return {
        "kind": entry.kind,
        "title": entry.title,
        "since": _day(entry.since),
        "until": _day(entry.until),
        "source": entry.source,
        "verification": VERIFICATION[entry.verification],
        "note": entry.note or None,
    }


def change(made: StatusChange) -> dict[str, Any]:
    """What an act on the register means."""
    return {
        "code": made.code,
        "status": made.status,
        "since": made.since.isoformat(),
        "recorded": made.recorded,
        "changes": list(made.sentences),
    }


def officer(line: OfficerLine) -> dict[str, Any]:
    """An officer with channels in the order to try them."""
    entry = line.officer
    return {
        "id": str(entry.id),
        "ref": line.ref,
        "partner": entry.partner,
        "name": entry.name,
        "agency": entry.agency or None,
        "functions": list(entry.functions),
        "posted_from": entry.posted_from.isoformat(),
        "posted_to": _day(entry.posted_to),
        "posted": line.posted,
        "on_duty": list(line.on_duty),
        "amber": line.amber,
        "note": entry.note or None,
        "channels": [_channel(one) for one in line.channels],
    }


def _channel(line: ChannelLine) -> dict[str, Any]:
    channel = line.channel
    return {
        "place": channel.place,
        "kind": channel.kind,
        "address": channel.address,
        "note": channel.note or None,
        "verified": iso(channel.verified_ms),
        "verified_by": channel.verified_by or None,
        "amber": line.amber,
    }


def duty(line: DutyLine) -> dict[str, Any]:
    """A duty on the roster."""
    entry = line.duty
    return {
        "id": str(entry.id),
        "ref": line.ref,
        "post": entry.post,
        "partner": entry.partner,
        "officer": entry.name,
        "from": iso(entry.from_ms),
        "to": iso(entry.to_ms),
        "now": line.now,
        "note": entry.note or None,
    }


def roster(found: Roster) -> dict[str, Any]:
    """The roster of a span with its holes."""
    return {
        "from": iso(found.from_ms),
        "to": iso(found.to_ms),
        "duties": [duty(line) for line in found.duties],
        "holes": [
            {
                "post": line.hole.post,
                "partner": line.hole.partner,
                "from": iso(line.hole.from_ms),
                "to": iso(line.hole.to_ms),
                "now": line.now,
            }
            for line in found.holes
        ],
    }


def assigned(made: Assigned) -> dict[str, Any]:
    """What was recorded of an assignment."""
    return {
        "target": made.target,
        "partner": made.partner or None,
        "role": made.role.value,
        "state": made.state.value,
        "notes": list(made.notes),
    }


def assignment(line: AssignmentLine) -> dict[str, Any]:
    """An assignment with its history; ``partner`` null is the note that no lead is agreed."""
    return {
        "id": str(line.id),
        "target": line.target,
        "partner": line.partner or None,
        "role": line.role.value,
        "state": line.state.value,
        "since": iso(line.since_ms),
        "officer": line.officer or None,
        "marking": marking(line.marking),
        "history": [
            {
                "state": step.state.value,
                "at": iso(step.at_ms),
                "by": step.by,
                "officer": step.officer or None,
                "reason": step.reason or None,
            }
            for step in line.steps
        ],
    }


def board(found: Board) -> dict[str, Any]:
    """Open targets by partners."""
    return {
        "at": iso(found.at_ms),
        "partners": list(found.partners),
        "targets": [board_row(row) for row in found.rows],
    }


def board_row(row: BoardRow) -> dict[str, Any]:
    """Who leads a target and who is on it."""
    return {
        "ref": row.target,
        "title": row.title,
        "status": row.status,
        "lead": {
            "state": row.lead.kind,
            "partner": row.lead.partner or None,
            "officer": row.officer or None,
            "since": iso(row.lead.since_ms),
            "reason": row.lead.reason or None,
        },
        "amber": row.amber,
        "assignments": [
            {"partner": cell.partner, "role": cell.role.value, "state": cell.state.value}
            for cell in row.cells
        ],
    }
