"""Operations as JSON values with stable keys, and as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import ActLine, LogEntry, OperationRow, OperationSheet
    from maoc_tui.domain.operations import Missing


def row(one: OperationRow) -> dict[str, Any]:
    """An operation of the list."""
    return {
        "ref": one.ref,
        "name": one.name,
        "state": one.state.value if one.state is not None else None,
        "targets": list(one.targets),
        "states": {field.value: code or None for field, code in one.states.items()},
        "next": one.next_action or None,
        "owner": one.owner or None,
        "missing": one.missing_count,
        "check_in_due": iso(one.check_in_due_ms),
        "outcome": one.outcome or None,
        "newest": iso(one.newest_ms),
        "by": one.by or None,
        "marking": str(one.marking),
    }


def sheet(one: OperationSheet) -> dict[str, Any]:
    """Everything on an operation."""
    return {
        **row(one.row),
        "about": [{"ref": t.ref, "title": t.title, "zone": t.zone or None} for t in one.targets],
        "missing": [_missing(gap) for gap in one.missing],
        "steps": [
            {"to": s.to.value, "back": s.back, "missing": [_missing(gap) for gap in s.missing]}
            for s in one.steps
        ],
        "decisions": [
            {
                "state": act.what,
                "decision": act.value,
                "who": act.who,
                "authority": act.authority,
                "right": act.by_right,
                "told": iso(act.at_ms),
                "text": act.text or None,
            }
            for act in one.decisions
        ],
        "basis": [{"rule": act.what, "text": act.text or None} for act in one.basis],
        "team": one.team or None,
        "go": None if one.go is None else {"word": one.go.what, "by": one.go.by, "reason": one.go.text},
        "check_ins": [
            {
                "team": c.team,
                "every_min": c.every_min,
                "last": iso(c.last_ms),
                "due": iso(c.due_ms),
                "ended": iso(c.ended_ms),
            }
            for c in one.check_ins
        ],
        "conditions": list(one.conditions),
        "consent_missing": list(one.consent),
        "nil": [result.value for result in one.nil],
        "timeline": [_timed(line) for line in one.timeline],
    }


def entry(line: LogEntry) -> dict[str, Any]:
    """A line of the log."""
    return {
        "ref": line.ref,
        "at": iso(line.at_ms),
        "entered": iso(line.entered_ms),
        "said_time": line.said_time or None,
        "kind": line.kind.lower().replace("_", "-"),
        "text": line.text,
        "by": line.by or None,
        "corrects": line.corrects or None,
        "corrected_by": line.corrected_by or None,
        "clock": line.clock or None,
        "warning": line.warning or None,
        "marking": str(line.marking),
    }


def told(one: OperationSheet) -> list[str]:
    """An operation in lines of text."""
    head = one.row
    codes = "  ".join(f"{field} {code}" for field, code in head.states.items() if code)
    lines = [f"{head.ref} {head.name}: {head.state_title}{f', {head.outcome}' if head.outcome else ''}"]
    lines += [f"  {t.ref} {t.title}  {t.zone or 'zone not known'}" for t in one.targets]
    lines += [f"  {codes}"] if codes else []
    lines += [f"  condition {text}" for text in one.conditions]
    lines += [f"  ops normal of {c.team} due {iso(c.due_ms)}" for c in one.check_ins if c.due_ms is not None]
    lines += [f"  missing: {gap.words} ({gap.who}) [{gap.guard}]" for gap in one.missing]
    return [*lines, *(timed(line) for line in one.timeline)]


def timed(line: LogEntry | ActLine) -> str:
    """A line of the timeline as text."""
    if hasattr(line, "ref"):
        fixed = f" (corrected by {line.corrected_by})" if line.corrected_by else ""
        return f"  {iso(line.at_ms)} {line.ref} {line.kind.lower()}: {line.text}{fixed} – {line.by or 'not told'}"
    passed = f" OVERRIDDEN: {'; '.join(line.overridden)}" if line.overridden else ""
    return f"  {iso(line.at_ms)} {line.title}{f': {line.text}' if line.text else ''}{passed} – {line.by}"


def _timed(line: LogEntry | ActLine) -> dict[str, Any]:
    if hasattr(line, "ref"):
        return entry(line)
    return {
        "act": line.kind,
        "at": iso(line.at_ms),
        "entered": iso(line.entered_ms),
        "title": line.title,
        "text": line.text or None,
        "by": line.by,
        "overridden": list(line.overridden),
    }


def _missing(gap: Missing) -> dict[str, Any]:
    return {
        "guard": gap.guard,
        "words": gap.words,
        "who": gap.who,
        "overridable": gap.overridable,
        "source": gap.source,
    }


def iso(ms: int | None) -> str | None:
    """ISO 8601 in Zulu; None for none."""
    from maoc_tui.domain.clock import from_ms

    return None if ms is None else from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")
