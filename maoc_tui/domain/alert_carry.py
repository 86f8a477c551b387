"""What became of alerts that stand: the same cause seen again under a later beginning, or not seen any more.

A sweep looks back a few hours only. What began before that begins, for the sweep, later: it is joined to what stands
of the same rule and the same contacts, so that one meeting of ten hours stays one alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from maoc_tui.domain.alerts import Finding


def carried(found: Iterable[Finding], standing: Sequence[Finding], join_ms: int) -> list[Finding]:
    """Findings under the cause of what stands, where they are the same that went on; within ``join_ms`` of it."""
    causes = {one.cause for one in standing}
    alike: dict[tuple[str, tuple[int, ...]], list[Finding]] = {}
    for one in standing:
        alike.setdefault((one.rule, one.keys), []).append(one)
    result = []
    for one in found:
        before = None
        if one.cause not in causes:
            same = alike.get((one.rule, one.keys), ())
            before = next((s for s in same if _goes_on(s, one, join_ms)), None)
        result.append(one if before is None else _longer(before, one))
    return result


def _goes_on(before: Finding, found: Finding, join_ms: int) -> bool:
    return not before.withdrawn and before.first_ms <= found.first_ms <= before.last_ms + join_ms


def _longer(before: Finding, found: Finding) -> Finding:
    """What stands, up to the end that is seen now."""
    return replace(
        before,
        last_ms=max(before.last_ms, found.last_ms),
        lat=found.lat,
        lon=found.lon,
        over=found.over,
        level=max(before.level, found.level),
    )


def ended(
    standing: Iterable[Finding], found: Iterable[Finding], now_ms: int, lasts_ms: Mapping[str, int]
) -> list[Finding]:
    """What stands and was not seen again, as over; each rule's findings last for a while after they were seen.

    A rule that ``lasts_ms`` does not name ends its alerts itself.
    """
    seen = {one.cause for one in found}
    return [
        replace(one, over=True)
        for one in standing
        if not (one.over or one.withdrawn or one.cause in seen)
        and one.rule in lasts_ms
        and now_ms - one.last_ms > lasts_ms[one.rule]
    ]
