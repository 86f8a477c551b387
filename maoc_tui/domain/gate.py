"""Who may see a statement, and why: the one rule of the gate as a pure function.

The same rule is compiled into SQL by store.gate; a property test holds the two equal. A statement is seen by
its originator's partner, by partners it names that were full members when it was recorded, and by those it
was released to; never by anybody without an operational role, or whose partner is not in good standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from maoc_tui.domain.audience import Audience, audience
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.standing import Register, Standing
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer

__all__ = [
    "Audience", "GateContext", "Register", "Released", "Standing", "Statement", "Verdict", "audience", "context",
    "may_see",
]  # fmt: skip
_MINUTE, _DAY = 60_000, 86_400_000


@dataclass(frozen=True, slots=True)
class Statement:
    """What the gate decides on: a row that carries a marking."""

    id: str
    marking: Marking
    recorded_ms: int
    """When it was entered; for one assembled from several, when the newest was."""
    parents: tuple[Statement, ...] = ()
    """What it is a line of, and is hidden with: a target, an operation; of a tasking the asset asked for, too."""
    kind: str = ""
    """Table it stands in."""

    @property
    def above(self) -> Iterator[Statement]:
        """Everything it is a line of, up to the last."""
        for parent in self.parents:
            yield parent
            yield from parent.above


@dataclass(frozen=True, slots=True)
class Released:
    """A recorded release of one statement to one partner."""

    statement: str
    partner: str
    from_ms: int
    until_ms: int | None = None
    """First instant at which it no longer counts; None for no end."""
    recalled_ms: int | None = None
    """When it was recalled; a recall is never undone."""
    ref: str = ""
    """``R-0012``."""
    by: str = ""
    """Partner whose officer approved it."""

    def live(self, now_ms: int) -> bool:
        """Whether it counts at an instant."""
        begun = self.from_ms <= now_ms
        return begun and (self.until_ms is None or now_ms < self.until_ms) and self.recalled_ms is None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement is seen, and the rule that decided; true when it is seen."""

    seen: bool
    reason: str
    """``In: own statement``; ``Out: H2, originator FR, not asked``."""

    def __bool__(self) -> bool:
        return self.seen


@dataclass(frozen=True, slots=True)
class GateContext:
    """Everything about a viewer that the rule compares a statement with, at one instant."""

    partner: str
    reads: bool
    """Holds a role that reads operations, and the partner is in good standing."""
    named_from_ms: int | None
    now_ms: int
    traffic: bool = False
    """Reads traffic as received."""
    feeds: bool = False
    """Reads how the sources do."""
    partners: bool = False
    """Reads the register of partners, the officers and the roster."""
    directory: str = "none"
    """Whose channels it reads: ``whole``, ``own_and_centre``, or its own (``none``): data/partner_classes.toml."""


def context(viewer: Viewer, standing: Standing | None, now_ms: int, directory: str = "none") -> GateContext:
    """The context of a viewer whose partner stands so now; a partner nobody knows reads nothing."""
    good = standing is not None and standing.reads
    return GateContext(
        partner=viewer.partner,
        reads=good and bool(allowed(viewer, Act.READ)),
        named_from_ms=standing.named_from_ms if standing is not None and good else None,
        now_ms=now_ms,
        traffic=good and bool(allowed(viewer, Act.READ_TRAFFIC)),
        feeds=good and bool(allowed(viewer, Act.READ_FEEDS)),
        partners=good and bool(allowed(viewer, Act.READ_PARTNERS)),
        directory=directory,
    )


def may_see(
    statement: Statement,
    viewer: Viewer,
    standing: Standing | None,
    releases: Iterable[Released],
    now_ms: int,
    asked: str = "not asked",
) -> Verdict:
    """Whether ``viewer`` sees ``statement`` now, with the reason; ``asked`` says how asking the originator goes."""
    if viewer.all_seeing:
        return Verdict(True, "In: single-user mode sees everything")
    if not allowed(viewer, Act.READ):
        held = ", ".join(sorted(role.value for role in viewer.roles)) or "no role"
        return Verdict(False, f"Out: {held} does not read operations")
    if standing is None or not standing.reads:
        status = f"is {standing.status}" if standing is not None else "is no partner"
        return Verdict(False, f"Out: {viewer.partner} {status} and reads nothing")
    return _judge_whole(statement, viewer.partner, standing, tuple(releases), now_ms, asked)


def _judge_whole(
    statement: Statement,
    partner: str,
    standing: Standing,
    releases: tuple[Released, ...],
    now_ms: int,
    asked: str,
) -> Verdict:
    """The rule on a statement and on everything it is a line of."""
    verdict = _judge(statement, partner, standing, releases, now_ms, asked)
    for parent in statement.parents if verdict else ():
        above = _judge_whole(parent, partner, standing, releases, now_ms, asked)
        if not above:
            return Verdict(False, f"Out: what it belongs to is hidden ({_bare(above)})")
    return verdict


def _judge(
    statement: Statement,
    partner: str,
    standing: Standing,
    releases: tuple[Released, ...],
    now_ms: int,
    asked: str,
) -> Verdict:
    """The rule on one statement by itself, for a partner in good standing."""
    marking = statement.marking
    if marking.originators == {partner}:
        return Verdict(True, "In: own statement")
    named = partner in marking.releasable_to
    since = standing.named_from_ms
    if named and since is not None and statement.recorded_ms >= since:
        return Verdict(
            True, f"In: named by originator {_origin(marking)} {_time(statement.recorded_ms, now_ms)}"
        )
    ours = [r for r in releases if (r.statement, r.partner) == (statement.id, partner)]
    live = [r for r in ours if r.live(now_ms)]
    if live:
        return Verdict(True, f"In: {_told(max(live, key=_lasting), now_ms)}")
    if ours:
        return Verdict(False, f"Out: {_lapsed(max(ours, key=_newest), now_ms)}")
    if named:
        was = standing.status if since is None else "no full member yet"
        return Verdict(False, f"Out: named, but {partner} was {was} when this was recorded; needs a release")
    return Verdict(False, f"Out: {marking.highest.name}, originator {_origin(marking)}, {asked}")


def _origin(marking: Marking) -> str:
    return " ".join(sorted(marking.originators))


def _lasting(release: Released) -> tuple[bool, int]:
    return release.until_ms is None, release.until_ms or 0


def _newest(release: Released) -> tuple[int, int]:
    return release.recalled_ms or release.until_ms or release.from_ms, release.from_ms


def _told(release: Released, now_ms: int) -> str:
    words = ["released", release.ref, f"by {release.by}" if release.by else ""]
    end = f"until {_time(release.until_ms, now_ms)}" if release.until_ms is not None else ""
    return " ".join(filter(None, (*words, _time(release.from_ms, now_ms), end)))


def _lapsed(release: Released, now_ms: int) -> str:
    ref = f"release {release.ref}".strip()
    if release.recalled_ms is not None:
        return f"{ref} recalled {_time(release.recalled_ms, now_ms)}"
    if release.from_ms > now_ms:
        return f"{ref} begins {_time(release.from_ms, now_ms)}"
    return f"{ref} ended {_time(release.until_ms or now_ms, now_ms)}"


def _time(ms: int, now_ms: int) -> str:
    """``14:02Z`` today, a date-time group on another day."""
    return _said(ms // _MINUTE, ms // _DAY == now_ms // _DAY)


@lru_cache(maxsize=4096)
def _said(minute: int, today: bool, /) -> str:
    then = from_ms(minute * _MINUTE)
    return f"{then:%H:%MZ}" if today else format_dtg(then)


def _bare(verdict: Verdict) -> str:
    return verdict.reason.removeprefix("Out: ")
