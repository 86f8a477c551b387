"""One search over everything the viewer may see: records of the database, partners, briefs.

Hits, counts, order and text come from rows read through the viewer's own connection, and from nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection

from maoc_tui.desk import briefing
from maoc_tui.desk.journal import note
from maoc_tui.desk.record_titles import of_heads
from maoc_tui.desk.room import Room
from maoc_tui.desk.search_snapshots import Group, Hit, Results
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Handling, Marking, combine
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.search import Answer, Line, Wanted, answer, asked
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import search as store
from maoc_tui.store import search_proposals
from maoc_tui.store.markings import from_columns, marking_of
from maoc_tui.store.search import Told
from maoc_tui.store.search_proposals import Proposals, Rank
from maoc_tui.store.search_sources import RECORDS

MOST = 50
"""Hits of one kind that are handed over, and counted: of more it is said that there are more."""
_NOTED = 50
"""References in one entry of the journal."""
_TITLES = {kind: record.title for kind, record in RECORDS.items()} | {
    "partner": "Partners",
    "brief": "Briefs",
}


class Answered(NamedTuple):
    """A record that answers, by the best of its lines."""

    rank: Rank
    answer: Answer
    best: Told


def search(room: Room, viewer: Viewer, text: str, most: int = MOST) -> Results:
    """Everything that answers ``text``; at most ``most`` hits of a kind. That it was looked for is in the journal.

    Raises BadInput for what cannot be looked for.
    """
    wanted = asked(text)
    now, groups = room.clock.now_ms(), []
    with room.db.bookkeeping() as conn:  # and so every line that waits for it is indexed
        note(conn, viewer, now, "consult", "search", "", detail=wanted.text)
    with room.db.reading_whole() as whole, room.db.reading(viewer) as conn:
        proposals = search_proposals.proposed(whole, wanted)
        for kind in proposals.bounds.keys() & RECORDS.keys():
            asking = _Asking(whole, conn, wanted, proposals, now)
            if first := _first(asking, kind, most):
                groups.append(_group(asking, kind, first, most))
    for kind, hits in (
        ("partner", _partners(room, viewer, wanted)),
        ("brief", _briefs(room, viewer, wanted)),
    ):
        if several := sorted(hits, key=_order):
            groups.append(Group(kind, _TITLES[kind], tuple(several[:most]), len(several) > most))
    _noted(room, viewer, now, groups)
    order = list(_TITLES)
    return Results(wanted.text, tuple(sorted(groups, key=lambda one: order.index(one.kind))))


@dataclass(frozen=True, slots=True)
class _Asking:
    """One search on its way."""

    whole: Connection
    """The system's own: what it reads of the record goes to the other and nowhere else."""
    conn: Connection
    wanted: Wanted
    proposals: Proposals
    now_ms: int


def _noted(room: Room, viewer: Viewer, now: int, groups: Iterable[Group]) -> None:
    """To each originator, which records told its statements marked H2 or H3: not what was looked for.

    What cannot be noted is not shown.
    """
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    for hit in chain.from_iterable(group.hits for group in groups):
        if hit.marking is not None and hit.marking.highest >= Handling.H2:
            for owner in hit.marking.originators:
                shown[owner][hit.ref] = None
    if not shown:
        return
    with room.db.bookkeeping() as conn:
        for owner, refs in sorted(shown.items()):
            for at in range(0, len(refs), _NOTED):
                told = ", ".join(list(refs)[at : at + _NOTED])
                note(conn, viewer, now, "consult", "search", "", owner=owner, detail=told)


def _first(asking: _Asking, kind: str, most: int) -> list[Answered]:
    """The first ``most`` records of a kind that answer, and one more if there is one, by rank.

    Asked in the order of what they may be at best, until no other can stand before those: so which they are, and
    that there are more, depends on nothing but what the viewer is shown.
    """
    found: list[Answered] = []
    bounds = asking.proposals.bounds[kind]
    at, many = 0, most + most // 4 + 1
    while at < len(bounds):
        found += _answers(asking, bounds[at : at + many])
        found.sort(key=lambda one: one.rank)
        at, many = at + many, max(most // 2 + 1, at)
        if at < len(bounds) and len(found) > most and found[most].rank <= bounds[at]:
            break
    return found[: most + 1]


def _answers(asking: _Asking, some: Sequence[Rank]) -> list[Answered]:
    """What some records answer by the rows of them that the viewer sees."""
    rows: dict[str, list[str]] = defaultdict(list)
    entries: dict[tuple[str, str], int] = {}
    for table, row, entry in asking.proposals.rows(asking.whole, some):
        rows[table].append(row)
        entries[table, row] = entry
    by_record: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for told in store.told(asking.conn, rows):
        by_record[told.record].append(told)
    found = []
    for record, several in by_record.items():
        several.sort(key=lambda told: (-told.when_ms, told.table, told.row, told.line.text))
        answered = answer(asking.wanted, [told.line for told in several])
        if answered is not None:
            newest = max(entries[told.table, told.row] for told in several)
            rank = Rank(answered.quality, -newest, ":".join(record))
            found.append(Answered(rank, answered, several[answered.best]))
    return found


def _group(asking: _Asking, kind: str, first: Sequence[Answered], most: int) -> Group:
    """A kind with its first hits, the newest first among equals."""
    page = sorted(first[:most], key=lambda one: (one.answer.quality, -one.best.when_ms, one.best.record))
    return Group(kind, _TITLES[kind], _hits(asking, kind, page), len(first) > most)


def _hits(asking: _Asking, kind: str, several: Sequence[Answered]) -> tuple[Hit, ...]:
    conn = asking.conn
    heads = store.heads(conn, kind, [one.best.record[1] for one in several])
    titles = of_heads(conn, kind, heads, asking.now_ms)
    rows: dict[str, set[str]] = defaultdict(set)
    for one in several:
        rows[one.best.table].add(one.best.row)
    gone = store.replaced(conn, rows)
    return tuple(
        _hit(kind, one, heads[at], titles.get(at, ""), (one.best.table, one.best.row) in gone)
        for one in several
        if (at := one.best.record[1]) in heads
    )


def _hit(kind: str, one: Answered, head: Any, title: str, gone: bool) -> Hit:
    answered, best = one.answer, one.best
    ref = _ref(kind, head)
    return Hit(
        kind=kind,
        ref=ref,
        title=title,
        text=best.line.text,
        when_ms=best.when_ms or None,
        quality=answered.quality,
        lines=answered.lines,
        marking=_marking(head, best),
        corrected=gone,
    )


def _ref(kind: str, head: Any) -> str:
    if kind == "contact":
        return key_text(int(head.key))
    if kind == "officer":
        return str(head.partner)
    return f"{RECORDS[kind].prefix}-{head.number:04d}"


def _marking(head: Any, best: Told) -> Marking | None:
    own = from_columns(head) if hasattr(head, "releasable_to") else None
    line = marking_of(*best.mark) if best.mark is not None else None
    return combine(own, line) if own and line else own or line


def _partners(room: Room, viewer: Viewer, wanted: Wanted) -> Iterable[Hit]:
    if not allowed(viewer, Act.READ_PARTNERS):
        return
    for code in room.register.codes:
        lines = (Line(code, identifier=True), Line(room.register.partner(code).name, name=True))
        found = answer(wanted, lines)
        if found is not None:
            name = lines[1].text
            yield Hit("partner", code, name, lines[found.best].text, None, found.quality, found.lines, None)


def _briefs(room: Room, viewer: Viewer, wanted: Wanted) -> Iterable[Hit]:
    """Briefs by number and state: what their lines say is found in the record they were made of."""
    if not allowed(viewer, Act.READ):
        return
    for one in briefing.listing(room, viewer):
        lines = (Line(one.name, identifier=True), Line(f"brief {one.state}"))
        found = answer(wanted, lines)
        if found is not None:
            text = lines[found.best].text
            yield Hit("brief", one.name, one.state, text, one.to_ms, found.quality, found.lines, None)


def _order(hit: Hit) -> tuple[int, int, str]:
    return hit.quality, -(hit.when_ms or 0), hit.ref
