"""One search over everything the viewer may see: records of the database, partners, briefs.

Hits, counts, order and text come from rows read through the viewer's own connection, and from nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from maoc_tui.desk import briefing
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.desk.search_snapshots import Group, Hit, Results
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.roles import Act, allowed
from maoc_tui.domain.search import Answer, Line, Wanted, answer, asked
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import search as store
from maoc_tui.store.markings import from_columns, marking_of
from maoc_tui.store.search import Told
from maoc_tui.store.search_sources import RECORDS

MOST = 50
"""Hits of one kind that are handed over; how many there are is said."""
_TITLES = {kind: record.title for kind, record in RECORDS.items()} | {
    "partner": "Partners",
    "brief": "Briefs",
}
Answered = tuple[Answer, Sequence[Told]]


def search(room: Room, viewer: Viewer, text: str, most: int = MOST) -> Results:
    """Everything that answers ``text``; at most ``most`` hits of a kind. That it was looked for is in the journal.

    Raises BadInput for what cannot be looked for.
    """
    wanted = asked(text)
    with room.db.bookkeeping() as conn:
        note(conn, viewer, room.clock.now_ms(), "consult", "search", "", detail=wanted.text)
    with room.db.reading_whole() as conn:
        rows = store.proposed(conn, wanted)
    with room.db.reading(viewer) as conn:
        groups = _groups(conn, wanted, store.told(conn, rows), most)
    others = [*_partners(room, viewer, wanted), *_briefs(room, viewer, wanted)]
    for kind in ("partner", "brief"):
        hits = [hit for hit in others if hit.kind == kind]
        if hits:
            groups.append(Group(kind, _TITLES[kind], tuple(sorted(hits, key=_order)[:most]), len(hits)))
    return Results(wanted.text, tuple(groups))


def _groups(conn: Connection, wanted: Wanted, told: Iterable[Told], most: int) -> list[Group]:
    by_record: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        by_record[one.record].append(one)
    found: dict[str, list[Answered]] = defaultdict(list)
    for (kind, _), several in by_record.items():
        several.sort(key=lambda one: (-one.when_ms, one.table, one.row, one.line.text))
        answered = answer(wanted, [one.line for one in several])
        if answered is not None:
            found[kind].append((answered, several))
    groups = []
    for kind in RECORDS:
        best = sorted(found[kind], key=lambda one: (one[0].quality, -_best(one).when_ms, _best(one).record))
        if best:
            hits = _hits(conn, kind, best[:most])
            groups.append(Group(kind, _TITLES[kind], hits, len(best)))
    return groups


def _best(one: Answered) -> Told:
    return one[1][one[0].best]


def _hits(conn: Connection, kind: str, several: Sequence[Answered]) -> tuple[Hit, ...]:
    ids = [_best(one).record[1] for one in several]
    heads = store.heads(conn, kind, ids)
    names = store.names(conn, ids) if kind == "target" else {}
    rows: dict[str, set[str]] = defaultdict(set)
    for one in several:
        rows[_best(one).table].add(_best(one).row)
    gone = store.replaced(conn, rows)
    led = _led_to(conn, heads) if kind == "seizure" else {}
    return tuple(
        _hit(kind, one, heads[_best(one).record[1]], names, led, (_best(one).table, _best(one).row) in gone)
        for one in several
        if _best(one).record[1] in heads
    )


def _hit(kind: str, one: Answered, head: Any, names: dict[str, str], led: dict[str, str], gone: bool) -> Hit:
    answered, best = one[0], _best(one)
    ref = _ref(kind, head)
    opens = led.get(best.record[1], "") if kind == "seizure" else "" if kind == "officer" else ref
    return Hit(
        kind=kind,
        ref=ref,
        opens=head.partner if kind == "officer" else opens,
        title=names.get(best.record[1]) or store.title(kind, head),
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


def _led_to(conn: Connection, heads: dict[str, Any]) -> dict[str, str]:
    """The operation that led to each seizure, where the viewer sees it: where a seizure is opened."""
    of = {at: str(head.operation_id) for at, head in heads.items() if head.operation_id is not None}
    seen = store.heads(conn, "operation", sorted(set(of.values())))
    return {at: _ref("operation", seen[op]) for at, op in of.items() if op in seen}


def _partners(room: Room, viewer: Viewer, wanted: Wanted) -> Iterable[Hit]:
    if not allowed(viewer, Act.READ_PARTNERS):
        return
    for code in room.register.codes:
        lines = (Line(code, identifier=True), Line(room.register.partner(code).name, name=True))
        found = answer(wanted, lines)
        if found is not None:
            name = lines[1].text
            yield Hit(
                "partner", code, code, name, lines[found.best].text, None, found.quality, found.lines, None
            )


def _briefs(room: Room, viewer: Viewer, wanted: Wanted) -> Iterable[Hit]:
    """Briefs by number and state: what their lines say is found in the record they were made of."""
    if not allowed(viewer, Act.READ):
        return
    for one in briefing.listing(room, viewer):
        lines = (Line(one.name, identifier=True), Line(f"brief {one.state}"))
        found = answer(wanted, lines)
        if found is not None:
            text = lines[found.best].text
            yield Hit(
                "brief", one.name, one.name, one.state, text, one.to_ms, found.quality, found.lines, None
            )


def _order(hit: Hit) -> tuple[int, int, str]:
    return hit.quality, -(hit.when_ms or 0), hit.ref
