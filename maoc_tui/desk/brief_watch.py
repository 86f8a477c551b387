"""What the watch hands on, as lines of a brief: promises that run, open items of handovers, lines marked for the brief.

A promise whose time has passed stands among the decisions. The sheet of a handover is kept by its hash alone: what was
left open on it is a question that somebody owns, and that is a line of the watch log with a marking of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk.brief_entry import Entry, cite, sound_ms
from maoc_tui.domain.watch_rules import BRIEF, QUESTION
from maoc_tui.store import handovers, watch_log
from maoc_tui.store.handovers import Offered
from maoc_tui.store.watch_log import Line

if TYPE_CHECKING:
    from maoc_tui.desk.brief_reading import Gathered

_HANDOVERS = 50
"""How many of the newest handovers are looked at for whose question it is."""


def read(made: Gathered, conn: Connection) -> None:
    """The lines of the watch log that this connection shows and that a brief tells of, and whose questions they are."""
    found = made.each(
        conn, "watch_line", "W",
        lambda: [*watch_log.load(conn, due=True), *watch_log.load(conn, since_ms=made.since_ms)],
        lambda number: watch_log.load(conn, number=number),
    )  # fmt: skip
    gone: set[UUID] | None = set()
    if found:
        gone = made.whole("corrections of the watch log", lambda: watch_log.corrected(conn), None)
    if gone is None:
        return  # nobody can say which lines still stand
    sound = {
        one.id: one
        for one in made.tell(found, lambda one: one.ref, lambda one: (_sound(one),))
        if one.id not in gone and not one.withdrawal and (_marked(made, one) or runs(one))
    }
    made.watch = sorted(sound.values(), key=lambda one: (one.due_ms or one.at_ms, one.ref))
    if any(one.kind == QUESTION for one in made.watch):
        made.handovers = made.whole("handovers", lambda: handovers.load(conn, limit=_HANDOVERS), [])


def runs(one: Line) -> bool:
    """Whether it promises something that nobody has done, or said is not to be done."""
    return one.due_ms is not None and one.done is None


def _marked(made: Gathered, one: Line) -> bool:
    """Whether the watch marked it for the brief of this period."""
    return one.kind == BRIEF and made.during(one.entered_ms)


def _sound(one: Line) -> Line:
    """The line. Raises where its times are none."""
    for ms in (one.at_ms, one.entered_ms, one.due_ms or 0):
        sound_ms(ms)
    return one


def cites(one: Line) -> tuple[Cite, ...]:
    """What a line of the watch log rests on: itself."""
    return (cite("watch_line", one.id, one.ref),)


def overdue(made: Gathered) -> list[Line]:
    """Promises whose time has passed."""
    return [one for one in made.watch if runs(one) and (one.due_ms or 0) <= made.now_ms]


def overdue_text(made: Gathered, one: Line) -> str:
    """What a decision is due on: the promise, and since when."""
    return f"Due {dtg(one.due_ms or 0)}, its time has passed: {_what(made, one)}"


def handed_on(made: Gathered) -> Iterator[Entry]:
    """Open items of handovers, then promises, the soonest first; then what the watch marked for the brief."""
    late = {one.id for one in overdue(made)}
    ahead = [one for one in made.watch if runs(one) and one.id not in late and not _marked(made, one)]
    ahead.sort(key=lambda one: (one.kind != QUESTION, one.due_ms, one.ref))
    marked = [one for one in made.watch if _marked(made, one) and one.id not in late]
    yield from made.tell(ahead, lambda one: one.ref, lambda one: (_promise(made, one),))
    yield from made.tell(marked, lambda one: one.ref, lambda one: (_for_brief(one),))


def _promise(made: Gathered, one: Line) -> Entry:
    text = f"By {dtg(one.due_ms or 0)}: {_what(made, one)}"
    return Entry("ahead", one.ref, text, cites(one))


def _for_brief(one: Line) -> Entry:
    text = f"From the watch, {dtg(one.at_ms)}: {one.text} ({one.ref})."
    return Entry("ahead", one.ref, text, cites(one))


def _what(made: Gathered, one: Line) -> str:
    if one.kind != QUESTION:
        return f"promise {one.ref} {one.text}."
    of = next((held for held in made.handovers if _asked_in(held, one)), None)
    where = f" of handover {of.ref}, signed {dtg(of.ended.by.at_ms)}" if of is not None and of.ended else ""
    return f"open question {one.ref}{where}: {one.text}."


def _asked_in(held: Offered, one: Line) -> bool:
    """Whether a question was asked while a handover was walked that was signed then."""
    signed = held.ended if held.outcome == handovers.SIGNED else None
    return signed is not None and held.by.at_ms <= one.entered_ms <= signed.by.at_ms
