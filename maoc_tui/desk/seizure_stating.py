"""Writing what is stated of an event of the ledger, its chain of custody, and what no longer stands."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk.gate import require_own
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizure_entering import entering
from maoc_tui.desk.seizure_files import FileMark, mark_of
from maoc_tui.desk.seizure_lines import find_of
from maoc_tui.desk.seizure_snapshots import NewSeizure, Recorded, Said
from maoc_tui.desk.seizure_words import line_of, stated
from maoc_tui.desk.target_words import words
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.custody import with_reason
from maoc_tui.domain.seizures import Event, Stated, Transfer, parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import seizures as store


def state(
    room: Room,
    viewer: Viewer,
    ref: str | NewSeizure,
    what: str,
    value: str,
    *,
    status: str = "",
    said: Said | None = None,
) -> Recorded:
    """Record a statement of an event: vessel, flag, a State, a disposition, shares of credit, counted as another.

    ``ref`` is an event, or a new one that is recorded with it.
    """
    terms = seizure_terms.shipped()
    named = terms.fact(what)
    held, how = stated(terms, named, value, status)
    with entering(room, viewer, ref, said) as here:
        if named == "SAME_AS":
            require_own(viewer, here.event.marking)
            _check_same(here.seen, here.event, held)
        old = here.replaced(here.event.stated, "statement")
        if old is not None and old.what != named:
            raise BadInput("That statement is of something else.", "Withdraw it, and record this anew.")
        made = Stated(**here.base, what=named, value=held, status=how)
        here.record(made, what=named.lower())
    told = {"vessel": terms.vessel, "drugs": terms.drugs}.get(terms.facts[named].kind, {}).get(held)
    first = (told.text,) if told is not None and told.text else ()
    return Recorded(here.event.ref, made.id, warnings=(*first, *here.warnings))


def _check_same(seen: Connection, event: Event, value: str) -> None:
    """An event is counted as one that is there and that counts itself."""
    other = store.find(seen, parse_reference(value))
    if other.number == event.number:
        raise BadInput(f"{event.ref} is counted as itself already.", "Name the other event.")
    if other.value("SAME_AS"):
        raise BadInput(
            f"{other.ref} is itself counted as {other.value('SAME_AS')}.", f"Name {other.value('SAME_AS')}."
        )


def transfer(
    room: Room,
    viewer: Viewer,
    ref: str | NewSeizure,
    taker: str,
    *,
    giver: str = "",
    item: str = "",
    seal: str = "",
    resealed: str = "",
    place: str = "",
    file: str = "",
    said: Said | None = None,
) -> Recorded:
    """Record that something passed from one hand to another; of a file its name, size and hash are kept.

    ``resealed`` says why it is under another seal than before. ``ref`` is an event, or a new one recorded with it.
    """
    marks = mark_of(file) if file.strip() else FileMark("", 0, "")
    with entering(room, viewer, ref, said) as here:
        here.replaced(here.event.custody, "transfer")
        why = words(resealed, "reason", 400, empty=True)
        made = Transfer(
            **{**here.base, "text": with_reason(here.base["text"], why)},
            item=words(item, "item", 120, empty=True) or "everything seized",
            giver=words(giver, "giver", 120, empty=True),
            taker=words(taker, "taker", 120),
            seal=words(seal, "seal", 60, empty=True),
            place=words(place, "place", 120, empty=True),
            file=marks.name,
            size=marks.size if marks.name else None,
            sha256=marks.sha256,
        )
        here.record(made, what="custody")
    return Recorded(here.event.ref, made.id, warnings=here.warnings)


def withdraw(room: Room, viewer: Viewer, ref: str, line: str, reason: str) -> Recorded:
    """Say that a line of an event no longer stands (its id; SF-0412 for a find); both stay in the record."""
    why = words(reason, "reason", 400)
    with entering(room, viewer, ref, None) as here:
        named = line.strip().upper().startswith("SF")
        old = find_of(here.event, line) if named else line_of(here.event.lines, line, "line")
        require_own(viewer, old.marking)
        gone = replace(
            old,
            id=str(uuid4()),
            replaces=old.id,
            withdrawal=True,
            reason=why,
            by=viewer.name,
            entered_ms=here.base["entered_ms"],
        )
        here.record(gone, what="withdrawn")
    return Recorded(here.event.ref, gone.id)
