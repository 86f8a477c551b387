"""What became of the night of the demo: what was to be done, by when, and whether it was; read from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maoc_tui.brief.forms import TEXTS
from maoc_tui.desk import access, alerts, brief_copies, clocks, targets, watch, watch_log
from maoc_tui.desk.brief_variant import recipients
from maoc_tui.desk.demo import made_by_demo
from maoc_tui.desk.demo_night import Night
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.domain.watch import How
from maoc_tui.problems import NotPermitted

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was to be done in the night."""

    what: str
    by_ms: int
    done: str
    """Why it counts as done; "" while it is not."""
    ok: bool | None
    """None while there is still time for it."""


def score(room: Room, night: Night) -> tuple[Looked, ...]:
    """Everything that is looked at, the soonest first; as the record is now.

    It is read past everybody's gate: NotPermitted for any record but a demo's in which nobody is enrolled.
    """
    if not (access.single_user(room) and made_by_demo(room)):
        raise NotPermitted(
            "Only a night of the demo is scored.", "Play one with: maoc demo --night --keep PATH"
        )
    now = room.clock.now_ms()
    found = [
        *_taken(room, night), *_recorded(room, night), *_rung(room, night, now), *_alerts(room, night),
        *_promised(room, night), *_handed_over(room, night), *_briefed(room, night),
    ]  # fmt: skip
    judged = [_judged(what, by_ms, done, now) for what, by_ms, done in found]
    return (*sorted(judged, key=lambda one: (one.by_ms, one.what)), *_kept_secret(room, night, now))


Found = Iterator[tuple[str, int, str]]
"""What, by when, and why it counts as done."""


def _judged(what: str, by_ms: int, done: str, now_ms: int) -> Looked:
    return Looked(what, by_ms, done, True if done else None if now_ms <= by_ms else False)


def _within(night: Night, what: str) -> int:
    return night.allowed[what] * _MINUTE_MS


def _taken(room: Room, night: Night) -> Found:
    by_ms = night.opens + _within(night, "take")
    held = (term for term in watch.terms(room, WATCH) if term.held and term.at_ms <= by_ms)
    yield "take the watch", by_ms, next((f"held by {term.holder.name}" for term in held if term.holder), "")


def _recorded(room: Room, night: Night) -> Found:
    for name, by_ms in night.recorded:
        rows = (row for row in targets.listing(room, WATCH) if name in row.known.get("name", ()))
        made = (targets.sheet(room, WATCH, row.ref).target for row in rows)
        in_time = (f"{one.number:04d}" for one in made if one.created_ms <= by_ms)
        yield f"record {name}", by_ms, next((f"T-{number}" for number in in_time), "")


def _rung(room: Room, night: Night, now_ms: int) -> Found:
    """Bells of clocks that still run: half of their time, and their end."""
    for line in clocks.running(room, WATCH):
        for at_ms, heard in ((line.half_ms, line.heard_half), (line.due_ms, line.heard_end)):
            if at_ms is not None and night.opens < at_ms <= min(now_ms, night.ends):
                yield f"hear the clock {line.ref} {line.title}", at_ms + _within(night, "clock"), heard


def _alerts(room: Room, night: Night) -> Found:
    for row in alerts.listing(room, WATCH, every=True):
        if row.level > 0 and night.opens < row.raised_ms <= night.ends:
            handled = row.heard or row.stage_by or (f"silenced by {row.quiet.by}" if row.quiet else "")
            yield f"look at {row.ref} {row.title}", row.raised_ms + _within(night, "alert"), handled


def _promised(room: Room, night: Night) -> Found:
    for line in watch_log.entries(room, WATCH).lines:
        if line.due_ms is not None and line.stands and night.opens < line.due_ms <= night.ends:
            yield f"keep the promise {line.ref}", line.due_ms + _within(night, "promise"), line.done


def _handed_over(room: Room, night: Night) -> Found:
    handed = (t for t in watch.terms(room, WATCH) if t.how is How.HANDED and night.opens < t.at_ms)
    told = next((f"signed by {term.holder.name}" for term in handed if term.holder), "")
    yield "hand over the watch, signed by both", night.ends, told


def _briefed(room: Room, night: Night) -> Found:
    issued: dict[str, str] = {}
    for one in brief_copies.every(room):
        for issue in one.issues:
            if issue.by.at_ms <= night.ends:
                issued.setdefault(issue.recipient, one.name)
    for code in recipients(room):
        yield f"issue the brief to {code}", night.ends, issued.get(code, "")


def _kept_secret(room: Room, night: Night, now_ms: int) -> Iterator[Looked]:
    """Whether any copy that went out, or what a partner can open now, holds a word that is not for it."""
    for word, only in night.secrets:
        told = sorted({*_in_copies(room, word), *_on_sheets(room, word)} - only)
        done = "" if told else f"{word} is with {', '.join(sorted(only))} alone"
        what = f"keep {word} from everybody else" + (f"; {', '.join(told)} can read it" if told else "")
        yield Looked(what, now_ms, done, not told)


def _in_copies(room: Room, word: str) -> Iterator[str]:
    for one in brief_copies.every(room):
        for code in {issue.recipient for issue in one.issues}:
            document = brief_copies.as_kept(room, one, code)
            if any(word in form(document) for form in TEXTS.values()):
                yield code


def _on_sheets(room: Room, word: str) -> Iterator[str]:
    for code in room.register.codes:
        viewer = Viewer("", code, roles=frozenset({Role.LIAISON}))
        rows = targets.listing(room, viewer)
        if any(word in repr(targets.sheet(room, viewer, row.ref)) for row in rows):
            yield code
