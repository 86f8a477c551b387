"""What became of the night of the demo: what was to be done, by when, and whether it was; read from the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maoc_tui.brief.forms import TEXTS
from maoc_tui.desk import access, alert_rows, brief_copies, clock_acks, targets, watch, watch_log
from maoc_tui.desk.alert_words import rule_title, signed
from maoc_tui.desk.brief_variant import recipients
from maoc_tui.desk.demo import made_by_demo
from maoc_tui.desk.demo_night import Night
from maoc_tui.desk.room import Room
from maoc_tui.domain.alert_stages import standing
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.roles import Role
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.domain.watch import How
from maoc_tui.problems import NotPermitted
from maoc_tui.store import alerts as alert_store

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was to be done in the night."""

    what: str
    by_ms: int
    done: str
    """Why it counts as done, and when where that was too late; "" while it is not."""
    ok: bool | None
    """Whether it was done in time; None while there is still time for it."""


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
    judged = [_judged(one, now) for one in found]
    return (*sorted(judged, key=lambda one: (one.by_ms, one.what)), *_kept_secret(room, night, now))


@dataclass(frozen=True, slots=True)
class Due:
    """What was to be done by when; why it counts as done, and when it was, where it was."""

    what: str
    by_ms: int
    done: str = ""
    done_ms: int | None = None


Found = Iterator[Due]


def _judged(one: Due, now_ms: int) -> Looked:
    if one.done_ms is None:
        return Looked(one.what, one.by_ms, "", None if now_ms <= one.by_ms else False)
    in_time = one.done_ms <= one.by_ms
    late = "" if in_time else f", late: {format_dtg(from_ms(one.done_ms))}"
    return Looked(one.what, one.by_ms, f"{one.done}{late}", in_time)


def _within(night: Night, what: str) -> int:
    return night.allowed[what] * _MINUTE_MS


def _first(what: str, by_ms: int, done: Iterable[tuple[int, str]]) -> Due:
    """What was to be done, as it was done first."""
    at_ms, why = min(done, default=(None, ""))
    return Due(what, by_ms, why, at_ms)


def _taken(room: Room, night: Night) -> Found:
    held = [(t.at_ms, f"held by {t.holder.name}") for t in watch.terms(room, WATCH) if t.holder]
    yield _first("take the watch", night.opens + _within(night, "take"), held)


def _recorded(room: Room, night: Night) -> Found:
    for name, by_ms in night.recorded:
        rows = (row for row in targets.listing(room, WATCH) if name in row.known.get("name", ()))
        made = (targets.sheet(room, WATCH, row.ref).target for row in rows)
        yield _first(f"record {name}", by_ms, ((one.created_ms, one.ref) for one in made))


def _rung(room: Room, night: Night, now_ms: int) -> Found:
    """Bells of clocks, at half of their time and at their end: heard, or the clock stopped by then."""
    for line in clock_acks.all_bells(room, WATCH, now_ms):
        stopped = [] if line.stopped_ms is None else [(line.stopped_ms, line.stopped or "stopped")]
        for at_ms, heard_ms, heard in (
            (line.half_ms, line.heard_half_ms, line.heard_half),
            (line.due_ms, line.heard_end_ms, line.heard_end),
        ):
            rang = at_ms is not None and night.opens < at_ms <= min(now_ms, night.ends)
            if at_ms is None or not rang or (line.stopped_ms is not None and line.stopped_ms <= at_ms):
                continue
            done = [*stopped, *([(heard_ms, heard)] if heard_ms is not None else [])]
            yield _first(f"hear the clock {line.ref} {line.title}", at_ms + _within(night, "clock"), done)


def _alerts(room: Room, night: Night) -> Found:
    """Alerts as they were raised last: acknowledged, worked on, or silenced."""
    with room.db.reading(WATCH) as conn:
        found = alert_store.load(conn)
        known = alert_rows.known_of(conn, found)
    for one in found:
        if one.finding.level == 0 or not night.opens < one.raised_ms <= night.ends:
            continue
        done = known.done.get(one.id, [])
        lasts = standing(done, one.revision).stage_by
        said = [act for act in done if act.revision == one.revision or act is lasts]
        quiet = [(q.from_ms, f"silenced by {q.by}") for q in known.silences if alert_rows.covers(q, one)]
        what = f"look at {one.ref} {rule_title(one.finding.rule)}"
        by_ms = one.raised_ms + _within(night, "alert")
        yield _first(what, by_ms, [*((act.at_ms, signed(act)) for act in said), *quiet])


def _promised(room: Room, night: Night) -> Found:
    """Promises whose time came: done, or put right once it had come; what was put right before promised nothing."""
    lines = {line.ref: line for line in watch_log.entries(room, WATCH).lines}
    for line in lines.values():
        if line.due_ms is None or line.withdrawal or not night.opens < line.due_ms <= night.ends:
            continue
        done = [(line.done_entered_ms, line.done)] if line.done else []
        if instead := lines.get(line.corrected_by):
            if instead.entered_ms <= line.due_ms:
                continue
            done.append((instead.entered_ms, f"put right by {instead.ref}"))
        yield _first(f"keep the promise {line.ref}", line.due_ms + _within(night, "promise"), done)


def _handed_over(room: Room, night: Night) -> Found:
    handed = (t for t in watch.terms(room, WATCH) if t.how is How.HANDED and night.opens < t.at_ms)
    signed_by = ((t.at_ms, f"signed by {t.holder.name}") for t in handed if t.holder)
    yield _first("hand over the watch, signed by both", night.ends, signed_by)


def _briefed(room: Room, night: Night) -> Found:
    issued: dict[str, list[tuple[int, str]]] = {}
    for one in brief_copies.every(room):
        for issue in one.issues:
            issued.setdefault(issue.recipient, []).append((issue.by.at_ms, one.name))
    for code in recipients(room):
        yield _first(f"issue the brief to {code}", night.ends, issued.get(code, []))


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
