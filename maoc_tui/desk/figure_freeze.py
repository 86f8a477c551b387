"""Freezing a period's figures, and comparing what was frozen with what the record gives now.

A freeze is reckoned through one pair of eyes and belongs to that partner. It is handed out only while its reader
still sees every statement in it: a figure tells what it rests on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk.access import permit
from maoc_tui.desk.figure_counting import Counted, counted
from maoc_tui.desk.figure_titles import titles_of
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.figure_frozen import Frozen, as_text, from_text
from maoc_tui.domain.figure_shown import Figure, FreezeLine, Revision
from maoc_tui.domain.figure_terms import shipped
from maoc_tui.domain.figures import MONTH, YEAR, Period, changes, period_of, periods
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.spans import parse_span
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.store import brief_reading
from maoc_tui.store import figures as store
from maoc_tui.store import journal as journal_store
from maoc_tui.store.figures import Freeze
from maoc_tui.store.journal_chain import short

_PERIOD = re.compile(r"\d{4}(-\d{2})?")
_NAME = re.compile(r"(\d{4}(?:-\d{2})?)(?:\s*V(\d{1,4}))?", re.IGNORECASE)
_WHOLE = "*"
_TRIES = 5


def freeze(room: Room, viewer: Viewer, period: str) -> FreezeLine:
    """Freeze every measure of a month or year that has ended, as the viewer sees it. Raises NotPermitted, BadInput.

    What was frozen before stays; from then on a figure that changes is shown beside it as a revision.
    """
    permit(room, viewer, Act.FREEZE)
    wanted, now = _period(room, period), room.clock.now_ms()
    if wanted.to_ms > now:
        raise BadInput(
            f"{wanted.key} has not ended: its figures would not stand.", "Freeze a period that is over."
        )
    for _ in range(_TRIES):
        with room.db.reading_whole() as conn:
            tip = journal_store.tip(conn)
        found = {
            one.measure.code: as_text(_frozen(one, wanted))
            for one in counted(room, viewer, list(shipped().by_code))
        }
        with room.db.writing() as conn:
            if not store.changed_since(conn, tip[0]):
                return _line(_kept(conn, viewer, wanted, tip, found, now))
    raise StoreProblem(
        "The record changed each time it was counted; nothing is frozen.", "Freeze it again in a moment."
    )


def _kept(
    conn: Connection, viewer: Viewer, wanted: Period, tip: tuple[int, bytes], found: dict[str, str], now: int
) -> Freeze:
    """The freeze, recorded as of the journal's entry ``tip``, with its digest in the journal."""
    version = store.next_version(conn, _scope(viewer), wanted.key)
    by = By(viewer.name, viewer.officer, viewer.partner, now)
    made = Freeze(uuid4(), wanted.key, version, _scope(viewer), short(*tip) if tip[0] else "empty", by)
    store.add(conn, made, found)
    detail = f"{len(found)} measures, SHA-256 {store.digest(conn, made)}"
    note(conn, viewer, now, "confirm", "figures", made.name, detail=detail)
    return made


def _period(room: Room, text: str) -> Period:
    typed = text.strip()
    if not _PERIOD.fullmatch(typed):
        raise BadInput(f"{printable(text, 20)!r} is no month or year.", "Write 2026-03, or 2026.")
    span = parse_span(typed, room.clock.now())
    return period_of(span.from_ms, MONTH if "-" in typed else YEAR)


def _scope(viewer: Viewer) -> str:
    """Through whose eyes a freeze of this viewer's is reckoned."""
    return _WHOLE if viewer.all_seeing else viewer.partner


def _frozen(one: Counted, period: Period) -> Frozen:
    records = one.within(period.from_ms, period.to_ms)
    parts = [period] if "-" in period.key else [period, *periods(period.from_ms, period.to_ms, MONTH)]
    tables = {part.key: one.table(each for each in records if part.holds(each.at_ms)) for part in parts}
    marking = one.marking(records)
    cites = dict.fromkeys((cite.kind, cite.id, cite.ref) for each in records for cite in each.cites)
    return Frozen(
        title=one.measure.title,
        definition=one.measure.definition,
        columns=tuple(column.id for column in one.measure.columns),
        units=tuple(column.unit for column in one.measure.columns),
        titles=titles_of(one.measure.code, [row.key for row in tables[period.key].rows]),
        tables=tables,
        marking=str(marking) if marking is not None else "",
        cites=tuple(cites),
        doubts=len(one.doubts(period.from_ms, period.to_ms)),
    )


def freezes(room: Room, viewer: Viewer) -> tuple[FreezeLine, ...]:
    """The freezes made through the viewer's eyes, the newest first."""
    require(viewer, Act.READ)
    return tuple(_line(one) for one in reversed(known(room, viewer)))


def known(room: Room, viewer: Viewer) -> list[Freeze]:
    """Freezes of the viewer's own partner; none while it looks through another's eyes."""
    if viewer.seeing_as:
        return []
    with room.db.reading_whole() as conn:
        return store.load(conn, _scope(viewer))


def _line(one: Freeze) -> FreezeLine:
    return FreezeLine(one.name, one.period, printable(one.by.name, 60), one.by.at_ms, one.checkpoint)


def as_frozen(room: Room, viewer: Viewer, name: str, measure: str) -> tuple[FreezeLine, Frozen]:
    """A measure as it stood in the freeze meant by ``2026-03`` (the newest) or ``2026-03 v1``. Raises BadInput."""
    require(viewer, Act.READ)
    match, wanted = _NAME.fullmatch(name.strip()), shipped().parse(measure)
    found = [
        one for one in known(room, viewer)
        if match is not None and one.period == match[1] and match[2] in (None, str(one.version))
    ]  # fmt: skip
    if found:
        _check(room, found[-1])
    else:
        raise BadInput(f"There is no freeze {printable(name, 20)}.", "See: maoc stats --freezes.")
    made = _thawed(room, viewer, found[-1], wanted.code)
    if made is None:
        raise BadInput(
            f"{found[-1].name} rests on what you do not see any more.",
            "Freeze the period again, if it must stand.",
        )
    return _line(found[-1]), made


def _check(room: Room, one: Freeze) -> None:
    """Raise StoreProblem where a freeze is not what was frozen."""
    with room.db.reading_whole() as conn:
        if not store.kept(conn, one):
            raise StoreProblem(
                f"{one.name} is not what was frozen: it was changed in the record since.",
                "Tell the auditor; maoc journal verify proves the journal. Freeze the period again.",
            )


def _thawed(room: Room, viewer: Viewer, one: Freeze, code: str) -> Frozen | None:
    """A measure as frozen; None when the viewer does not see every statement in it any more, or it was never in it."""
    with room.db.reading_whole() as conn:
        text = store.frozen(conn, one.id, code)
    if text is None:
        return None
    made = from_text(text)
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, identifier, _ in made.cites:
        wanted[kind].add(identifier)
    with room.db.reading(viewer) as conn:
        held = brief_reading.statements(conn, wanted)
    return made if all(identifier in held for _, identifier, _ in made.cites) else None


def compared(room: Room, viewer: Viewer, shown: Figure, held: Sequence[Freeze]) -> Figure:
    """A figure with what it revises: of each period the newest of ``held`` is compared with what is reckoned now."""
    newest: dict[str, Freeze] = {}
    months = {one.period.key for one in shown.slices}
    for one in held:
        keys = months if one.period in {key[:4] for key in months} | months else set()
        for key in keys:
            if key == one.period or key.startswith(f"{one.period}-"):
                newest[key] = one
    if not newest:
        return shown
    every = tuple(dict.fromkeys(newest.values()))
    with room.db.reading_whole() as conn:
        used = tuple(one for one in every if store.kept(conn, one))
    thawed = {one.id: _thawed(room, viewer, one, shown.measure.code) for one in used}
    newest = {key: one for key, one in newest.items() if one in used}
    return replace(
        shown,
        freezes=tuple(_line(one) for one in used if thawed[one.id] is not None),
        revisions=tuple(_revisions(shown, newest, thawed)),
        withheld=tuple(one.name for one in used if thawed[one.id] is None),
        altered=tuple(one.name for one in every if one not in used),
    )


def _revisions(
    shown: Figure, newest: dict[str, Freeze], thawed: dict[UUID, Frozen | None]
) -> Iterator[Revision]:
    columns = tuple(column.id for column in shown.measure.columns)
    for one in shown.slices:
        freeze_of = newest.get(one.period.key)
        whole = shown.from_ms <= one.period.from_ms and one.period.to_ms <= shown.to_ms
        was = thawed[freeze_of.id] if freeze_of is not None and whole else None
        if (
            freeze_of is not None
            and was is not None
            and was.columns == columns
            and one.period.key in was.tables
        ):
            for change in changes(one.period.key, was.tables[one.period.key], one.table):
                yield Revision(_line(freeze_of), change)
