"""What became of alerts that stand: the same cause seen again under a later beginning, or not seen any more.

A sweep looks back a few hours only. What began before that begins, for the sweep, later: it is joined to what stands
of the same rule and the same contacts, so that one meeting of ten hours stays one alert. Rules whose causes have a
fixed name (a line, a zone, an asset, the last fix before a silence) need no joining: another name is another alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from maoc_tui.domain.alerts import Finding

MOVING = frozenset({"encounter", "loitering", "jump", "aircraft_low", "distress_beacon"})
"""Rules whose causes end in the time of a beginning, which moves with how far a sweep sees back."""


def carried(found: Iterable[Finding], standing: Sequence[Finding], join_ms: int) -> list[Finding]:
    """Findings under the cause of what stands, where they are the same that went on; within ``join_ms`` of it."""
    by_cause = {one.cause: one for one in standing}
    alike: dict[str, list[Finding]] = {}
    for one in sorted(standing, key=lambda held: held.last_ms, reverse=True):
        if one.rule in MOVING:
            alike.setdefault(_but_for_its_beginning(one), []).append(one)
    result = []
    for one in found:
        before = by_cause.get(one.cause)
        if before is None and one.rule in MOVING:
            same = alike.get(_but_for_its_beginning(one), ())
            before = next((s for s in same if _goes_on(s, one, join_ms)), None)
        result.append(one if before is None else _under(before, one))
    return result


def _but_for_its_beginning(one: Finding) -> str:
    return one.cause.rpartition(":")[0]


def _goes_on(before: Finding, found: Finding, join_ms: int) -> bool:
    """Whether they overlap, or follow each other closely."""
    near = found.first_ms <= before.last_ms + join_ms and before.first_ms <= found.last_ms
    return near and not before.withdrawn


def _under(before: Finding, found: Finding) -> Finding:
    """What is seen now, under the name and beginning of what stands; its last place where now none is known."""
    known = found if found.lat is not None else before
    if found.cause == before.cause:
        return replace(found, lat=known.lat, lon=known.lon)
    return replace(
        found,
        cause=before.cause,
        first_ms=min(before.first_ms, found.first_ms),
        last_ms=max(before.last_ms, found.last_ms),
        lat=known.lat,
        lon=known.lon,
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
