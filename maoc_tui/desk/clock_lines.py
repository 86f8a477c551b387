"""One line for every clock that runs, whatever desk it comes from: requests, releases, teams, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maoc_tui.desk import operation_check_ins
from maoc_tui.desk.law_reference import clock_rules
from maoc_tui.desk.operation_snapshots import CheckInLine
from maoc_tui.desk.release_tasks import CORRECTION_HOURS, HOUR_MS
from maoc_tui.desk.request_snapshots import ClockLine, RequestLine
from maoc_tui.desk.room import Room
from maoc_tui.domain.legal_clocks import RunningClock, Stage, free
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import clocks as store
from maoc_tui.store import releases as releases_store
from maoc_tui.store import targets as targets_store
from maoc_tui.store import watch_log as watch_store
from maoc_tui.store.clocks import Started
from maoc_tui.store.watch_log import Line


def others(room: Room, viewer: Viewer, now: int, past: bool = False) -> Iterator[ClockLine]:
    """Clocks that are no request's: started by hand, boarding teams, originators' answers, tasks of releases."""
    with room.db.reading(viewer) as conn:
        started, teams = store.load(conn), operation_check_ins.running(conn)
        promised, gone = watch_store.load(conn, due=True), watch_store.corrected(conn)
        asked, tasks = releases_store.requests(conn), releases_store.tasks(conn)
        numbers = {str(one.id): one.ref for one in targets_store.load(conn)} if asked or tasks else {}
        about = {made.number: made.subject.id for made in releases_store.proposals(conn)} if tasks else {}
    yield from (of_started(one, now) for one in started if past or one.stop is None)
    yield from (of_team(one, now) for one in teams)
    yield from (of_promise(one, now) for one in promised if one.id not in gone and (past or one.done is None))
    for one in asked:
        if one.last is None:
            title = f"{one.originator} asked: may {one.partner} read {len(one.lines)} of its lines?"
            clock = free(title, one.asked.at_ms, one.due_ms)
            yield _clock_line(clock, one.ref, numbers.get(one.subject.id, ""), now)
    for task in tasks:
        if task.done is None:
            begun = task.due_ms - CORRECTION_HOURS * HOUR_MS
            target = numbers.get(about.get(task.number, ""), "")
            yield _clock_line(free(task.text, begun, task.due_ms), f"R-{task.number:04d}", target, now)


def of_started(made: Started, now_ms: int) -> ClockLine:
    """A clock started by hand, as it stands now."""
    stopped = None if made.stop is None else made.stop.at_ms
    if made.due_ms is not None:
        clock = free(made.text, made.start_ms, made.due_ms, stopped)
    else:
        clock = RunningClock(clock_rules()[made.rule], made.start_ms, stopped)
    told = _clock_line(clock, made.ref, made.target, now_ms)
    why = f"{made.stop.reason} ({made.stop.by})" if made.stop is not None else ""
    text = made.text if made.rule else ""
    ended = made.stop.entered_ms if made.stop is not None else None
    return replace(
        told, by_hand=True, by=made.by, text=text, stopped=why, stopped_ms=ended, marking=str(made.marking)
    )


def of_promise(line: Line, now_ms: int) -> ClockLine:
    """What a line of the watch log promised, as it stands now; the line has a due instant."""
    stop = line.done
    clock = free(line.text, line.entered_ms, line.due_ms or 0, stop.at_ms if stop is not None else None)
    told = _clock_line(clock, line.ref, "", now_ms)
    why = f"{stop.reason} ({stop.by})" if stop is not None else ""
    ended = stop.entered_ms if stop is not None else None
    return replace(told, by_hand=True, by=line.by, stopped=why, stopped_ms=ended, marking=str(line.marking))


def of_team(line: CheckInLine, now_ms: int) -> ClockLine:
    """A boarding team's check-in: when ops normal is due. There is no half of its time to chase at."""
    runs = line.check_in
    due = runs.due_ms if runs.due_ms is not None else runs.last_ms
    title = f"ops normal of {runs.team} ({line.name}), every {runs.every_min} min"
    told = _clock_line(free(title, runs.last_ms, due), line.ref, line.target, now_ms)
    stage = Stage.EXPIRED if told.stage is Stage.EXPIRED else Stage.RUNNING
    return replace(
        told,
        half_ms=due,
        stage=stage,
        limit=f"{runs.every_min} min",
        on_expiry="raise the team",
        team=runs.team,
    )


def of_request(line: RequestLine, past: bool = False) -> ClockLine | None:
    """The clock of a request; None when none runs, or with ``past`` none ever ran."""
    clock = line.standing.clock
    if clock is None or (not past and clock.stage(line.now_ms) is Stage.STOPPED):
        return None
    told = _clock_line(clock, line.asked.ref, line.asked.target, line.now_ms)
    return replace(told, stopped_ms=clock.stopped_ms)


def _clock_line(clock: RunningClock, ref: str, target: str, now_ms: int) -> ClockLine:
    rule = clock.rule
    return ClockLine(
        clock=rule.id,
        title=rule.title,
        ref=ref,
        target=target,
        start_ms=clock.start_ms,
        due_ms=clock.due_ms,
        half_ms=clock.chase_at_ms if clock.chase_at_ms is not None else clock.next_ms,
        stage=clock.stage(now_ms),
        limit=rule.limit,
        on_expiry=rule.on_expiry,
        cite=rule.cite,
        verification=rule.verification.value,
    )


def urgency(line: RequestLine | ClockLine) -> tuple[bool, int, str]:
    """Sorts what runs out first to the top, what runs no more to the end."""
    if isinstance(line, ClockLine):
        return line.stage is Stage.STOPPED, line.next_ms, line.ref
    clock = line.standing.clock
    if clock is None:
        return True, -line.asked.entered_ms, line.asked.ref
    return clock.stopped_ms is not None, clock.next_ms, line.asked.ref
