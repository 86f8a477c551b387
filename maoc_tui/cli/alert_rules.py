"""The behaviour rules and what a sweep did, as scripts and people read them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maoc_tui.cli.watch_json import iso
from maoc_tui.domain.contacts import key_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maoc_tui.desk.alert_sweep import SweepResult
    from maoc_tui.domain.alert_rules import Limit, Rules
    from maoc_tui.domain.alerts import Finding


def finding(one: Finding) -> dict[str, Any]:
    """What a rule saw, with the keys that scripts rely on."""
    return {
        "rule": one.rule,
        "cause": one.cause,
        "contacts": [key_text(key) for key in one.keys],
        "first": iso(one.first_ms),
        "last": iso(one.last_ms),
        "lat": None if one.lat is None else round(one.lat, 6),
        "lon": None if one.lon is None else round(one.lon, 6),
        "because": one.because,
        "evidence": [asdict(measure) for measure in one.evidence],
        "innocent": list(one.innocent),
        "against": list(one.against),
        "over": one.over,
        "level": one.level,
    }


def swept(done: SweepResult) -> dict[str, Any]:
    """The account of a sweep."""
    return {
        "swept": done.swept,
        "new": list(done.new),
        "changed": list(done.changed),
        "unchanged": done.unchanged,
        "contacts": done.contacts,
    }


def swept_text(done: SweepResult) -> str:
    """The same for people."""
    if not done.swept:
        return "Another program sweeps this record: what it sees is in the inbox."
    if not done.told:
        return "Swept; what it saw is told to who reads alerts."
    raised = f": {', '.join(done.new)}" if done.new else ""
    return (
        f"{len(done.new)} new{raised}; {len(done.changed)} changed, {done.unchanged} as they were. "
        f"Tracks of {done.contacts:,} vessels were looked at."
    )


def rules(of: Rules) -> dict[str, Any]:
    """Every rule with its figures."""
    return {
        "source": of.source,
        "as_of": of.as_of.isoformat(),
        "sweep": _limits(of.sweep),
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "text": rule.text,
                "level": rule.level,
                "limits": _limits(rule.limits),
                "innocent": list(rule.innocent),
            }
            for rule in of.rules.values()
        ],
    }


def rules_text(of: Rules) -> str:
    """The same for people: each rule with the figures it judges by and where they come from."""
    lines = [f"Rules as of {of.as_of.isoformat()}. Source: {of.source}.", "", "Every sweep"]
    lines += _lines(of.sweep)
    for rule in of.rules.values():
        lines += ["", f"{rule.title} ({rule.id}, level {rule.level}). {rule.text}", *_lines(rule.limits)]
        lines += ["  innocent, likeliest first:", *(f"    {one}" for one in rule.innocent)]
    return "\n".join(lines)


def _limits(of: Mapping[str, Limit]) -> dict[str, Any]:
    return {name: asdict(limit) for name, limit in of.items()}


def _lines(of: Mapping[str, Limit]) -> list[str]:
    return [f"  {limit!s:>14}  {limit.means} ({limit.basis})" for limit in of.values()]
