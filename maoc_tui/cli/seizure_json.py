"""The seizure ledger as JSON: numbers are numbers, times ISO 8601 with Z, absent is null, weights in kilograms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maoc_tui.desk.seizures import Figures, FindLine, Recorded, SeizureRow, SeizureSheet
    from maoc_tui.domain.headcounts import Account
    from maoc_tui.domain.seizure_figures import Row
    from maoc_tui.domain.seizures import Line, Weighing


def row(shown: SeizureRow) -> dict[str, Any]:
    """One event in a list."""
    return {
        "ref": shown.ref,
        "operation": shown.operation or None,
        "when": shown.when,
        "vessel": shown.vessel or None,
        "type": shown.type or None,
        "area": shown.area or None,
        "lead": shown.lead or None,
        "finds": [find(one) for one in shown.finds],
        "persons": {one.condition.lower(): one.total for one in shown.persons},
        "disposition": shown.disposition or None,
        "doubts": [{"kind": one.kind, "text": one.text} for one in shown.doubts],
        "counted_as": shown.counted_as or None,
        "marking": str(shown.marking),
    }


def find(shown: FindLine) -> dict[str, Any]:
    """One find with its weights, the quoted one first."""
    quoted = shown.shown
    return {
        "ref": shown.find.ref,
        "substance": shown.find.substance,
        "fate": shown.find.fate.value,
        "packages": shown.find.packages,
        "hidden": shown.find.hidden or None,
        "kg": None if quoted is None else quoted.grams / 1000,
        "basis": None if quoted is None else quoted.basis,
        "official": None if quoted is None else quoted.official,
        "weights": [_weight(one) for one in shown.weights],
    }


def _weight(one: Weighing) -> dict[str, Any]:
    return {
        **line(one),
        "kg": one.grams / 1000,
        "said": one.said,
        "basis": one.basis,
        "packages": one.packages,
        "official": one.official,
    }


def line(one: Line) -> dict[str, Any]:
    """What every line has."""
    return {
        "id": one.id,
        "at": iso(one.at_ms),
        "entered": iso(one.entered_ms),
        "source": one.source,
        "text": one.text or None,
        "by": one.by or None,
        "marking": str(one.marking),
    }


def sheet(shown: SeizureSheet) -> dict[str, Any]:
    """Everything on one event."""
    return {
        **row(shown.row),
        "text": shown.event.text or None,
        "entered": iso(shown.event.entered_ms),
        "by": shown.event.by or None,
        "stated": {
            what.lower(): [{**line(one), "value": one.value, "status": one.status or None} for one in held]
            for what, held in shown.stated.items()
        },
        "from_operation": {what.lower(): value for what, value in shown.inherited.items()},
        "accounts": [_account(one) for one in shown.accounts],
        "counts": [
            {
                **line(one),
                "condition": one.condition.lower(),
                "nationality": one.nationality or None,
                "count": one.count,
                "official": one.official,
            }
            for one in shown.event.persons
            if one not in shown.past
        ],
        "custody": {item: [_transfer(one) for one in links] for item, links in shown.custody.items()},
        "past": [
            {
                **line(one),
                "kind": type(one).__name__.lower(),
                "replaces": one.replaces or None,
                "withdrawal": one.withdrawal,
                "reason": one.reason or None,
            }
            for one in shown.past
        ],
    }


def _account(one: Account) -> dict[str, Any]:
    return {
        "condition": one.condition.lower(),
        "source": one.source,
        "total": one.total,
        "nationalities": dict(one.nationalities),
        "official": one.official,
        "at": iso(one.at_ms),
    }


def _transfer(link: Any) -> dict[str, Any]:
    one = link.transfer
    return {
        **line(one),
        "giver": one.giver or None,
        "taker": one.taker,
        "seal": one.seal or None,
        "place": one.place or None,
        "file": one.file or None,
        "size": one.size,
        "sha256": one.sha256 or None,
        "gap": link.gap or None,
    }


def recorded(made: Recorded) -> dict[str, Any]:
    """What was recorded."""
    return {
        "ref": made.ref,
        "line": made.line or None,
        "find": made.find or None,
        "warnings": list(made.warnings),
    }


def figures(shown: Figures) -> dict[str, Any]:
    """A table of figures with its definition, n and doubts."""
    return {
        "since": iso(shown.since_ms) if shown.since_ms else None,
        "until": iso(shown.until_ms) if shown.until_ms < 2**52 else None,
        "as_of": iso(shown.as_of_ms),
        "by": shown.by,
        "n": shown.n,
        "rows": [{"title": shown.titles[one.key], **_row(one)} for one in shown.rows],
        "total": _row(shown.total),
        "persons": [
            {"condition": one.condition.lower(), "total": one.total, "n": one.n} for one in shown.persons
        ],
        "credits": {
            one.kind.removeprefix("CREDIT_").lower(): {
                "n": one.n,
                "shares": {
                    code: {"share": str(share), "value": float(share)} for code, share in one.shares.items()
                },
            }
            for one in shown.credits
        },
        "doubts": [{"ref": one.ref, "kind": one.kind, "text": one.text} for one in shown.doubts],
        "definitions": dict(shown.definitions),
        "marking": str(shown.marking) if shown.marking is not None else None,
    }


def _row(one: Row) -> dict[str, Any]:
    return {
        "key": one.key,
        "n": one.n,
        "seized_kg": {
            "weighed": one.seized.weighed_g / 1000,
            "estimated": one.seized.estimated_g / 1000,
            "total": one.seized.total_g / 1000,
        },
        "jettisoned_kg": {
            "weighed": one.jettisoned.weighed_g / 1000,
            "estimated": one.jettisoned.estimated_g / 1000,
            "total": one.jettisoned.total_g / 1000,
        },
        "disrupted_kg": one.disrupted_g / 1000,
        "unweighed": one.unweighed,
    }


def iso(ms: int) -> str:
    """ISO 8601 with Z."""
    from maoc_tui.domain.clock import from_ms

    return from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")
