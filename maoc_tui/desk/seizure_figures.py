"""Figures of the seizure ledger: sums with definition, n and doubts, from what the viewer sees and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_reading import with_states
from maoc_tui.desk.seizure_snapshots import Figures
from maoc_tui.desk.target_listing import types
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.seizure_doubts import doubts, likely_twice
from maoc_tui.domain.seizure_figures import (
    NOT_RECORDED,
    SUBSTANCE,
    counted,
    credit,
    parse_group,
    persons,
    table,
)
from maoc_tui.domain.seizure_terms import Terms
from maoc_tui.domain.seizures import Event
from maoc_tui.domain.spans import parse_span
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import seizures as store

_EVER = 2**52


def figures(
    room: Room, viewer: Viewer, *, by: str = "substance", since: str = "", until: str = ""
) -> Figures:
    """Figures by substance, lead, month … of the events whose date begins in a period; all there are without one.

    ``since`` and ``until`` are as exact as typed: ``2026-03`` is its first instant, and up to its end.
    """
    require(viewer, Act.READ)
    group, terms = parse_group(by), seizure_terms.shipped()
    begins, ends = _period(room, since, until)
    with room.db.reading(viewer) as conn:
        held = with_states(conn, store.load(conn))
    every = [event for event in counted(held) if begins <= event.when.from_ms < ends]
    rows, total = table(every, group, terms)
    told = [doubt for event in every for doubt in doubts(event, terms)]
    return Figures(
        since_ms=begins,
        until_ms=ends,
        as_of_ms=room.clock.now_ms(),
        by=group,
        rows=rows,
        titles={row.key: title_of(group, row.key, terms) for row in rows},
        total=total,
        persons=persons(every, terms),
        credits=credit(every),
        doubts=(*likely_twice(every), *told),
        definitions={one.title: one.text for one in terms.measures.values()},
        marking=_marking(every),
    )


def _period(room: Room, since: str, until: str) -> tuple[int, int]:
    now = room.clock.now()
    begins = parse_span(since, now).from_ms if since.strip() else 0
    ends = parse_span(until, now).to_ms if until.strip() else _EVER
    if begins >= ends:
        raise BadInput("The period ends before it begins.", "Exchange the two times.")
    return begins, ends


def title_of(group: str, key: str, terms: Terms) -> str:
    """The title of a row."""
    if key == NOT_RECORDED:
        return key
    if group == SUBSTANCE:
        return terms.substances[key].title
    kind = types().get(key) if group == "type" else None
    return kind.title if kind is not None else key


def _marking(events: Iterable[Event]) -> Marking | None:
    """The marking of everything that went into the figures."""
    marks = {mark for event in events for mark in (event.marking, *(line.marking for line in event.lines))}
    return reduce(combine, marks) if marks else None


def period_words(shown: Figures) -> str:
    """The period in words, for a heading."""
    begins = f"from {from_ms(shown.since_ms):%Y-%m-%d}" if shown.since_ms else ""
    ends = f"until {from_ms(shown.until_ms - 1):%Y-%m-%d}" if shown.until_ms < _EVER else ""
    return " ".join(filter(None, (begins, ends))) or "all that is recorded"


def measures() -> Mapping[str, str]:
    """Title of each measure to its written definition."""
    return {one.title: one.text for one in seizure_terms.shipped().measures.values()}
