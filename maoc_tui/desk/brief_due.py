"""What has to be decided, and what comes next: running clocks first, then targets without a lead, then what ends."""

from __future__ import annotations

from collections.abc import Iterator

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk import brief_watch
from maoc_tui.desk.asset_snapshots import AssetRow
from maoc_tui.desk.brief_entry import Entry, cite, sentence, sound_ms
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_target_reading import TargetNow
from maoc_tui.desk.brief_targets import called, lead_words, leading, target_cite, title_cites
from maoc_tui.desk.clock_lines import of_promise, of_request, of_started, of_team
from maoc_tui.desk.liaison_words import terms
from maoc_tui.desk.operation_snapshots import CheckInLine
from maoc_tui.desk.request_snapshots import ClockLine, RequestLine
from maoc_tui.domain.assets import Asset, Availability
from maoc_tui.domain.assignments import lead_of
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.legal_clocks import Stage
from maoc_tui.domain.releases import FollowUp, Request
from maoc_tui.domain.requests import Act
from maoc_tui.store.brief_reading import Granted
from maoc_tui.store.clocks import Started
from maoc_tui.store.watch_log import Line as Promised

Clock = tuple[ClockLine, RequestLine | Started | CheckInLine | Promised]
"""A clock with what it is of."""
_STAGES = {Stage.RUNNING: "running", Stage.CHASE: "to be chased", Stage.EXPIRED: "its time has passed"}


def decisions(made: Gathered) -> Iterator[Entry]:
    """Running clocks, the soonest first; questions to originators; tasks; targets without a lead."""
    yield from made.tell(clocks(made), lambda one: one[0].ref, lambda one: (_clock(made, *one),))
    yield from _questions(made)
    yield from made.tell(made.targets, lambda one: one.row.ref, lambda one: _leaderless(made, one))


def clocks(made: Gathered) -> Iterator[Clock]:
    """Every clock that runs for the reader, with what it is of; the soonest first."""
    now = made.now_ms
    found: list[Clock] = [
        *made.tell(_asked(made), lambda one: one.asked.ref, lambda one: _running(one, of_request(one))),
        *made.tell(_begun(made), lambda one: one.ref, lambda one: _running(one, of_started(one, now))),
        *made.tell(made.teams, lambda one: one.ref, lambda one: _running(one, of_team(one, now))),
        *made.tell(
            brief_watch.overdue(made), lambda one: one.ref, lambda one: ((of_promise(one, now), one),)
        ),
    ]
    yield from sorted(found, key=lambda one: (one[0].next_ms, one[0].ref, one[0].title))


def _asked(made: Gathered) -> list[RequestLine]:
    return [one for one in made.requests if one.open]


def _begun(made: Gathered) -> list[Started]:
    return [one for one in made.started if one.stop is None]


def _running(of: RequestLine | Started | CheckInLine, clock: ClockLine | None) -> Iterator[Clock]:
    """The clock with what it is of, while it runs. Raises where it ends at no instant."""
    if clock is not None and clock.stage is not Stage.STOPPED:
        sound_ms(clock.next_ms)
        yield clock, of


def _leaderless(made: Gathered, one: TargetNow) -> Iterator[Entry]:
    """A target that nobody has led for too long: for those who would be shown whoever leads, and may name one."""
    if one.head.id in made.untold_leads or not made.told_of_others:
        return
    lead = lead_of(made.assigned.get(one.head.id, ()), one.head.created_ms)
    if one.row.open and lead.amber(made.now_ms, terms().unassigned_ms):
        _, cites = leading(made, one)
        what = f"{one.row.ref} {called(one)}: {lead_words(lead)} since {dtg(lead.since_ms)}"
        text = f"{what}; name one, or record that none is agreed."
        yield Entry("decisions", f"lead {one.row.ref}", text, (*title_cites(one), *cites))


def _clock(made: Gathered, line: ClockLine, of: RequestLine | Started | CheckInLine | Promised) -> Entry:
    if isinstance(of, Promised):
        return Entry("decisions", line.ref, brief_watch.overdue_text(made, of), brief_watch.cites(of))
    about = _target(made, line.target)
    name = f" {called(about)}" if about is not None else ""
    bound = (
        () if isinstance(of, Started) and not of.rule else (f"limit {line.limit}", f"then: {line.on_expiry}")
    )
    what = f"{line.ref} {line.title}"
    if isinstance(of, RequestLine):
        what = f"{line.ref} {of.asked.kind.value} asked of {of.asked.addressee} by {of.asked.acting}"
    when = f"To be chased {dtg(line.half_ms)}, no limit" if line.due_ms is None else f"Due {dtg(line.due_ms)}"
    text = sentence(
        f"{when}, {_STAGES.get(line.stage, line.stage.name.lower())}: {what}",
        f"about {line.target}{name}" if line.target else "",
        *bound,
        line.text,
    )
    named = title_cites(about) if about is not None else ()
    return Entry("decisions", f"{line.ref} {line.clock or line.title}", f"{text}.", (*_of(made, of), *named))


def _of(made: Gathered, of: RequestLine | Started | CheckInLine) -> tuple[Cite, ...]:
    if isinstance(of, RequestLine):
        return (cite("request", of.asked.id, of.asked.ref),)
    if isinstance(of, Started):
        return (cite("clock", of.id, of.ref),)
    return tuple(cite("operation", one.id, one.ref) for one in made.operations if one.ref == of.ref)


def _target(made: Gathered, ref: str) -> TargetNow | None:
    return next((one for one in made.targets if one.row.ref == ref), None)


def _questions(made: Gathered) -> Iterator[Entry]:
    """Originators who have not answered, and tasks of releases that are not done."""
    lines = {proposal.number: proposal.lines for proposal in made.proposals}

    def asked(one: Request) -> Iterator[Entry]:
        if one.last is None:
            text = (
                f"Due {dtg(one.due_ms)}: {one.ref} {one.originator} is asked whether {one.partner} may read"
                f" {len(one.lines)} of its statements; no answer yet."
            )
            cites = tuple(cite(kind, statement, one.ref) for kind, statement, _ in one.lines)
            yield Entry("decisions", one.ref, text, cites)

    def owed(task: FollowUp) -> Iterator[Entry]:
        if task.done is None and task.number in lines:
            ref = f"R-{task.number:04d}"
            cites = tuple(cite(line.kind, line.id, ref) for line in lines[task.number])
            text = f"Due {dtg(task.due_ms)}: {ref} {task.text}."
            yield Entry("decisions", f"{ref} {task.kind} {task.partner}", text, cites)

    yield from made.tell(made.asked, lambda one: one.ref, asked)
    yield from made.tell(made.tasks, lambda task: f"task of R-{task.number}", owed)


Ending = tuple[int, Entry]
"""What ends, with when."""


def ahead(made: Gathered) -> Iterator[Entry]:
    """What ends within the next hours, the soonest first: consents, releases to this copy, the word on assets."""
    held = ((statement, one) for statement, every in made.granted.items() for one in every)
    ends: list[Ending] = [
        *made.tell(made.requests, lambda line: line.asked.ref, lambda line: _consent_ends(made, line)),
        *made.tell(held, lambda one: one[1].released.ref, lambda one: _release_ends(made, *one)),
        *made.tell(made.assets, lambda one: one[1].ref, lambda one: _word_ends(made, *one)),
    ]
    yield from (entry for _, entry in sorted(ends, key=lambda one: (one[0], one[1].ref)))


def _soon(made: Gathered, ms: int | None) -> bool:
    return ms is not None and made.now_ms <= ms < made.now_ms + shipped().ahead_ms


def _release_ends(made: Gathered, statement: str, one: Granted) -> Iterator[Ending]:
    end = one.released.until_ms or 0
    if one.released.live(made.now_ms) and _soon(made, end):
        ref = one.released.ref
        text = f"{dtg(end)}: release {ref} to you ends."
        yield end, Entry("ahead", f"{ref} {statement[:8]}", text, (cite(one.kind, statement, ref),))


def _consent_ends(made: Gathered, line: RequestLine) -> Iterator[Ending]:
    asked, answer = line.asked, line.standing.answered
    if answer is not None and line.standing.scope and _soon(made, answer.until_ms):
        end = answer.until_ms or 0
        text = f"{dtg(end)}: the consent of {asked.addressee} on {asked.target} ends ({asked.ref})."
        yield end, Entry("ahead", asked.ref, text, (cite("request", asked.id, asked.ref),))


def _word_ends(made: Gathered, asset: Asset, row: AssetRow) -> Iterator[Ending]:
    end = row.expires_ms or 0
    if _soon(made, end) and row.availability != Availability.UNKNOWN:
        text = f"{dtg(end)}: the word of {row.owner} on {row.ref} {row.name} ({row.availability}) runs out."
        reports = (cite("asset_report", one.id, row.ref) for _, one in asset.reports)
        yield end, Entry("ahead", row.ref, text, (cite("asset", asset.id, row.ref), *reports))


def requests(made: Gathered) -> Iterator[Entry]:
    """Requests that are open, or to which something happened in the period."""

    def told(line: RequestLine) -> Iterator[Entry]:
        if line.open or any(made.during(event.entered_ms) for event in line.asked.events):
            yield request_entry(made, line)

    return made.tell(made.requests, lambda line: line.asked.ref, told)


def request_entry(made: Gathered, line: RequestLine) -> Entry:
    """The line on a request."""
    asked, stands = line.asked, line.standing
    told = [event for event in asked.events if event.act is not Act.DRAFTED] or asked.events
    events = sorted(told, key=lambda event: (event.at_ms, event.entered_ms))
    due = stands.clock.due_ms if stands.clock is not None and stands.answered is None else None
    spoken = " (by word of mouth only)" if stands.oral_only else ""
    allows = ", ".join(sorted(scope.value for scope in stands.scope))
    between = f"about {asked.target}, {asked.acting} to {asked.addressee}"
    text = sentence(
        f"{asked.ref} {asked.kind.value} {between}: {stands.state.value}",
        ", ".join(f"{event.act.value} {dtg(event.at_ms)}" for event in events),
        f"due {dtg(due)}" if due is not None else "",
        f"allows {allows}{spoken}" if allows else "",
        f"conditions: {'; '.join(stands.conditions)}" if stands.conditions else "",
        f"rule {asked.rule}" if asked.rule else "",
    )
    about = _target(made, asked.target)
    named = (target_cite(about),) if about is not None else ()
    return Entry("requests", asked.ref, f"{text}.", (cite("request", asked.id, asked.ref), *named))
