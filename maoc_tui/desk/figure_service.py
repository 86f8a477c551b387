"""Measures of what States answer and lend, of release work, and of how well the record is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

from maoc_tui.brief.document import Cite
from maoc_tui.desk.brief_entry import cite
from maoc_tui.desk.figure_ledger import seized_records
from maoc_tui.desk.figure_records import Drawn, Record, Sources
from maoc_tui.desk.request_snapshots import RequestLine
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.figure_folds import Item, summed
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.requests import CONSENTS, Act, State
from maoc_tui.domain.seizure_doubts import Doubt, doubts
from maoc_tui.domain.taskings import Act as Step
from maoc_tui.store.taskings import Tasking

_HOUR_MS, _DAY_MS = 3_600_000, 86_400_000
_GRANTED = frozenset({State.GRANTED, State.PARTLY, State.LAPSED})
_REFUSED = frozenset({State.REFUSED, State.ANSWERED})
_SILENT = frozenset({State.EXPIRED, State.DEEMED})
_OPEN = frozenset({State.WAITING, State.CHASE})
LATE, UNGRADED, UNWEIGHED = "late log lines", "ungraded statements", "estimates never weighed"


def consent(sources: Sources) -> Drawn:
    """Consents asked for, by the State asked: how it answered and how long that took."""
    records, left = [], []
    targets = {one.row.ref: one for one in sources.made.targets}
    for line in sources.made.requests:
        asked, state = line.asked, line.standing.state
        if asked.kind not in CONSENTS or not asked.by:
            continue
        sent = next((event.at_ms for event in asked.events if event.act is Act.SENT), None)
        if sent is None or state is State.WITHDRAWN:
            why = "left out: withdrawn" if state is State.WITHDRAWN else "left out: never sent"
            left.append((sent or asked.entered_ms, Doubt(asked.ref, "left-out", why)))
            continue
        about = targets.get(asked.target)
        named = (cite("target", about.head.id, about.row.ref),) if about is not None else ()
        item = _asked(line, sent)
        records.append(Record(asked.ref, sent, item, (cite("request", asked.id, asked.ref), *named)))
    return Drawn(records, partial(summed, width=5, spread=True), left, _unanswered)


def _asked(line: RequestLine, sent: int) -> Item:
    state, answer = line.standing.state, line.standing.answered
    kinds = (_GRANTED, _REFUSED, _SILENT, _OPEN)
    hours = (answer.at_ms - sent) / _HOUR_MS if answer is not None else None
    return Item(line.asked.ref, (line.asked.addressee,), (1, *(int(state in kind) for kind in kinds)), hours)


def _unanswered(some: Sequence[Record]) -> Iterator[Doubt]:
    for one in some:
        if one.thing.amounts[3]:
            yield Doubt(one.ref, "silent", "its time passed without an answer: no grant")
        if one.thing.amounts[4]:
            yield Doubt(one.ref, "open", "not answered yet: it may still move")


def assets(sources: Sources) -> Drawn:
    """Days and hours on task by State."""
    kept = {one.id: one for one, _ in sources.made.assets}
    records, left = [], []
    out: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for one in sources.made.taskings:
        if not one.by:
            continue
        spans = list(_out(one, sources.made.now_ms))
        if not spans:
            left.append(
                (one.entered_ms, Doubt(one.ref, "left-out", f"left out: {one.act.value}, never on task"))
            )
        cites: tuple[Cite, ...] = (cite("tasking", one.id, one.ref),)
        if one.asset_id in kept:
            cites = (*cites, cite("asset", one.asset_id, one.asset))
        for begin, end in (piece for span in spans for piece in _days(*span)):
            hours = (end - begin) / _HOUR_MS
            alone = _alone_ms(begin, end, out[one.asset_id]) / _HOUR_MS
            amounts = (1, alone, hours if one.target_id is not None else 0.0)
            item = Item(one.ref, (one.owner,), amounts, once=f"{one.asset} {begin // _DAY_MS}")
            records.append(Record(one.ref, begin, item, cites))
        out[one.asset_id] += spans
    return Drawn(records, partial(summed, width=3), left)


def _alone_ms(begin: int, end: int, others: Sequence[tuple[int, int]]) -> int:
    """Milliseconds of a span that lie in none of the others, which may overlap."""
    alone, since = 0, begin
    for first, last in sorted(others):
        alone += max(0, min(first, end) - since)
        since = max(since, min(last, end))
    return alone + max(0, end - since)


def _out(one: Tasking, now_ms: int) -> Iterator[tuple[int, int]]:
    """When it was on task; up to now where it still is."""
    since = None
    for event in one.events:
        if event.act is Step.ON_TASK:
            since = event.at_ms
        elif event.act is Step.OFF_TASK and since is not None:
            yield since, event.at_ms
            since = None
    if since is not None and since < now_ms:
        yield since, now_ms


def _days(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A span cut at every midnight, so that each part lies in one day, month and year."""
    while begin < end:
        stop = min((begin // _DAY_MS + 1) * _DAY_MS, end)
        yield begin, stop
        begin = stop


def release(sources: Sources) -> Drawn:
    """Questions to originators: answered, granted, and how long that took."""
    records = []
    for one in sources.made.asked:
        reply = one.replies[0] if one.replies else None
        amounts = (1, int(reply is not None), int(reply is not None and reply.answer == "granted"))
        hours = (reply.by.at_ms - one.asked.at_ms) / _HOUR_MS if reply is not None else None
        cites = tuple(cite(kind, identifier, one.ref) for kind, identifier, _ in one.lines)
        records.append(
            Record(one.ref, one.asked.at_ms, Item(one.ref, (one.originator,), amounts, hours), cites)
        )
    return Drawn(
        records,
        partial(summed, width=3, spread=True),
        about=lambda some: (
            Doubt(one.ref, "open", "not answered") for one in some if not one.thing.amounts[1]
        ),
    )


def quality(sources: Sources) -> Drawn:
    """Faults of the record beside how many records were looked at for them."""
    records = [*_late(sources), *_ungraded(sources), *_unweighed(sources)]
    words = {LATE: "entered late", UNGRADED: "not graded", UNWEIGHED: "an estimate was never weighed"}
    return Drawn(
        records,
        partial(summed, width=2, rate=True),
        about=lambda some: (
            Doubt(one.ref, one.thing.keys[0].replace(" ", "-"), words[one.thing.keys[0]])
            for one in some
            if one.thing.amounts[1]
        ),
    )


def _looked(ref: str, at_ms: int, key: str, fault: bool, *source: Cite) -> Record:
    return Record(ref, at_ms, Item(ref, (key,), (1, int(fault))), source)


def _late(sources: Sources) -> Iterator[Record]:
    for one in sources.made.log:
        if one.by and one.corrects is None:  # a correction is entered when the fault is seen
            late = one.entered_ms - one.at_ms > sources.late_ms
            yield _looked(one.ref, one.at_ms, LATE, late, cite("log_line", one.id, one.ref))


def _ungraded(sources: Sources) -> Iterator[Record]:
    made = sources.made
    found: list[tuple[str, int, Marking, Cite]] = [
        *((one.ref, one.at_ms, one.marking, cite("log_line", one.id, one.ref)) for one in made.log if one.by),
        *(
            (one.ref, one.when.from_ms, one.marking, cite("seizure", one.id, one.ref))
            for one in made.events
            if one.by
        ),
        *(
            (one.ref, one.entered_ms, one.marking, cite("operation", one.id, one.ref))
            for one in sources.operations
        ),
        *(
            (one.row.ref, one.head.created_ms, one.head.marking, cite("target", one.head.id, one.row.ref))
            for one in sources.targets
        ),
    ]
    for ref, at_ms, marking, source in found:
        yield _looked(ref, at_ms, UNGRADED, marking.grade is None, source)


def _unweighed(sources: Sources) -> Iterator[Record]:
    terms = seizure_terms.shipped()
    for one in seized_records(sources.made):
        estimate = any(doubt.kind == "estimate-only" for doubt in doubts(one.thing, terms))
        yield _looked(one.ref, one.at_ms, UNWEIGHED, estimate, *one.cites)
