"""What every measure counts, read on the viewer's own connection: one unchanging state of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from maoc_tui.desk import figure_alerts, figure_ledger, figure_operations, figure_service
from maoc_tui.desk.brief_reading import gather
from maoc_tui.desk.figure_records import Drawn, Record, Sources
from maoc_tui.desk.room import Room
from maoc_tui.domain.figure_terms import Measure, shipped
from maoc_tui.domain.figures import TOTAL, Table, Tally
from maoc_tui.domain.marking import Marking, combine
from maoc_tui.domain.seizure_doubts import Doubt
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import brief_reading as store
from maoc_tui.store.brief_reading import FAULTS

DRAWS: Mapping[str, Callable[[Sources], Drawn]] = {
    "seized": figure_ledger.seized,
    "disrupted": figure_ledger.disrupted,
    "conveyance": figure_ledger.conveyance,
    "zone": figure_ledger.zone,
    "flag": figure_ledger.flag,
    "persons": figure_ledger.persons,
    "contribution": figure_ledger.contribution,
    "operations": figure_operations.operations,
    "hit-rate": figure_operations.hit_rate,
    "basis": figure_operations.basis,
    "consent": figure_service.consent,
    "cue": figure_operations.cue,
    "assets": figure_service.assets,
    "release": figure_service.release,
    "gaps": figure_alerts.gaps,
    "precision": figure_alerts.precision,
    "quality": figure_service.quality,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure's records as a viewer sees them, with the marking of everything they tell."""

    measure: Measure
    drawn: Drawn
    records: tuple[Record, ...]
    marks: Mapping[str, Marking]
    """Statement to its marking."""
    unreadable: tuple[str, ...]

    def within(self, begins: int, ends: int) -> list[Record]:
        """The records of a span."""
        return [one for one in self.records if begins <= one.at_ms < ends]

    def table(self, records: Iterable[Record]) -> Table:
        """The table of some of them."""
        return self.drawn.fold([one.thing for one in records])

    def doubts(self, begins: int, ends: int) -> tuple[Doubt, ...]:
        """What is left out of a span, or counted in doubt."""
        left = (doubt for at_ms, doubt in self.drawn.left_out if begins <= at_ms < ends)
        return tuple(dict.fromkeys((*left, *self.drawn.about(self.within(begins, ends)))))

    def marking(self, records: Iterable[Record]) -> Marking | None:
        """The marking of what some records tell together."""
        marks = {self.marks[cite.id] for one in records for cite in one.cites}
        return reduce(combine, sorted(marks, key=str)) if marks else None


def counted(room: Room, viewer: Viewer, codes: Sequence[str]) -> list[Counted]:
    """What measures count, on one connection of the viewer's: one unchanging state of the record."""
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        made = gather(room, viewer, conn, 0, now + 1)
        sources = Sources(made, conn, shipped().late_ms)
        drawn = {code: _drawn(sources, code) for code in codes}
        wanted: dict[str, set[str]] = defaultdict(set)
        for cite in (cite for one in drawn.values() for record in one.records for cite in record.cites):
            wanted[cite.kind].add(cite.id)
        marks = {name: held.marking for name, held in store.statements(conn, wanted).items()}
    broken = tuple(dict.fromkeys(made.broken))
    return [_counted(shipped().by_code[code], one, marks, broken) for code, one in drawn.items()]


def _counted(
    measure: Measure, drawn: Drawn, marks: Mapping[str, Marking], broken: tuple[str, ...]
) -> Counted:
    """The records of which the viewer sees every statement."""
    sound = (one for one in drawn.records if all(cite.id in marks for cite in one.cites))
    return Counted(measure, drawn, tuple(sorted(sound, key=lambda one: one.at_ms)), marks, broken)


def _drawn(sources: Sources, code: str) -> Drawn:
    """What a measure draws; nothing, and the word that it cannot be reckoned, where the record is at fault."""
    try:
        return DRAWS[code](sources)
    except FAULTS as fault:
        sources.made.broken.append(f"{shipped().by_code[code].title} ({type(fault).__name__})")
        return Drawn((), lambda _: Table((), _nothing(code)))


def _nothing(code: str) -> Tally:
    return Tally(TOTAL, (None,) * len(shipped().by_code[code].columns), 0)
