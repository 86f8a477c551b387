"""Walking the sheet of a handover: each item taken, questioned or not accepted; questions answered, or owned."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal, watch_log
from maoc_tui.desk.gate import changing
from maoc_tui.desk.handover_alerts import TRAFFIC
from maoc_tui.desk.handover_sheet import offered, questions, read, sheet, walked, walker
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import as_own, words
from maoc_tui.desk.watch_snapshots import HandoverSheet
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.handover import Answer, Item, Verdict
from maoc_tui.domain.marking import Marking, default
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.text import printable
from maoc_tui.domain.times import parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.watch_rules import QUESTION
from maoc_tui.problems import BadInput
from maoc_tui.store import handovers as store
from maoc_tui.store.watch_log import Line


def say(
    room: Room, viewer: Viewer, item: str, verdict: str, text: str = "", *, seen: str = ""
) -> HandoverSheet:
    """Say of an item that it is ``taken``, a ``question``, or ``not accepted`` with the reason. Raises BadInput.

    ``item`` is its key, or its reference where that names one alone. ``seen`` is its digest as it was read: what
    changed since is not taken unread.
    """
    require(viewer, Act.WATCH)
    what = _verdict(verdict)
    said = words(text, "reason" if what is Verdict.REFUSED else "question", 400, empty=what is Verdict.TAKEN)
    now = read(room, viewer)
    with changing(room, viewer) as (conn, _):
        one, made = _walking(room, viewer, walked(room, viewer, now), item)
        if what is Verdict.TAKEN and made.verdict is Verdict.QUESTION:
            raise BadInput("The question is open.", "Answer it, or let somebody own it with a time.")
        state = _as_seen(made, seen.strip().lower(), what)
        _record(conn, room, viewer, one, walker(viewer), made.key, state, what, said)
    return walked(room, viewer, now)


def answer(room: Room, viewer: Viewer, item: str, text: str) -> HandoverSheet:
    """Answer the question on an item: who hands over, or who asked and knows by now. Raises BadInput, NotPermitted."""
    require(viewer, Act.WATCH)
    said, now = words(text, "answer", 400), read(room, viewer)
    with changing(room, viewer) as (conn, _):
        one, whose, asked = _asked(room, viewer, walked(room, viewer, now), item)
        _record(conn, room, viewer, one, whose, asked.item, asked.digest, Verdict.ANSWERED, said)
    return walked(room, viewer, now)


def own(room: Room, viewer: Viewer, item: str, owner: str, due: str) -> HandoverSheet:
    """Let somebody own the question on an item, by name and with a time: it runs as a clock. Raises BadInput.

    Whoever may read the item reads the question in the watch log; nobody else. Where the item has no marking that is
    the partner of who asked, and for open traffic (an alert) of who hands over.
    """
    require(viewer, Act.WATCH)
    who, now = words(owner, "owner", 80), room.clock.now_ms()
    when = to_ms(parse_time(due, from_ms(now), ahead=True))
    if when <= now:
        raise BadInput("That time has passed.", "Give a later one, such as 0500Z or 150500Z.")
    with changing(room, viewer) as (conn, _):
        whole = sheet(room, viewer)
        one, whose, asked = _asked(room, viewer, whole, item)
        made = _find(whole, asked.item)
        text = words(f"{made.ref or made.section}: {asked.words} – {who} owns it"[:2000], "line", 2000)
        mark = _audience(viewer, made, one, asked)
        line = Line(uuid4(), 0, QUESTION, now, "", text, when, viewer.name, viewer.officer, now, mark)
        kept = watch_log.keep(conn, viewer, line)
        _record(
            conn, room, viewer, one, whose, asked.item, asked.digest, Verdict.OWNED,
            f"{who}, by {from_ms(when):%d%H%M}Z, {kept.ref}",
        )  # fmt: skip
    return sheet(room, viewer)


def _audience(viewer: Viewer, item: Item, waits: store.Offered, asked: Answer) -> Marking:
    """How the line of an owned question is marked: it belongs to nothing, so what it is of must be in its marking."""
    if item.marking is not None:
        return as_own(item.marking, viewer.partner)
    known = {asked.partner, waits.by.partner} if item.section == TRAFFIC else {asked.partner}
    return replace(default(viewer.partner), releasable_to=frozenset(known - {"", viewer.partner}))


def _as_seen(item: Item, seen: str, what: Verdict) -> str:
    """The digest of the state that something is said of; BadInput where a later one would be taken unread.

    A question or a refusal outlives the change; what is answered then counts for the state that it was asked of.
    """
    if seen in ("", item.digest):
        return item.digest
    if len(seen) != len(item.digest) or not set(seen) <= set("0123456789abcdef"):
        raise BadInput(f"{printable(seen, 20)!r} is no state of an item.", "It stands behind # on the sheet.")
    if what is Verdict.TAKEN:
        raise BadInput(
            f"{item.ref or item.section} changed since you read it.", "Read it again, then take it."
        )
    return seen


def _walking(room: Room, viewer: Viewer, made: HandoverSheet, item: str) -> tuple[store.Offered, Item]:
    """The handover that waits and the item, for who walks it."""
    with room.db.reading(viewer) as conn:
        one = offered(conn)
    if one is None or not made.walking:
        held = "you hand it over yourself" if one is not None else "none is offered"
        raise BadInput(
            f"There is no handover for you to walk: {held}.", "Its holder offers it, another walks it."
        )
    return one, _find(made, item)


def _asked(room: Room, viewer: Viewer, made: HandoverSheet, item: str) -> tuple[store.Offered, str, Answer]:
    """The handover that waits, whose walk it is, and the question that is open on an item the viewer sees."""
    with room.db.reading(viewer) as conn:
        one = offered(conn)
    if one is None:
        raise BadInput("No handover is offered.", "Its holder offers it: maoc watch hand.")
    found, mine = _find(made, item), one.by.same_person(viewer.name, viewer.officer)
    said = [
        (who, answer)
        for who, answer in questions(room, one)
        if answer.item == found.key and (mine or who == walker(viewer))
    ]
    if not said or said[-1][1].verdict is not Verdict.QUESTION:
        raise BadInput(f"No question is open on {found.ref or found.section}.", "Nothing is to be done.")
    return one, said[-1][0], said[-1][1]


def _find(made: HandoverSheet, item: str) -> Item:
    """The item of a key, or of a reference that names one alone; BadInput when there is none on this sheet."""
    word = item.strip().casefold()
    fits = [one for one in made.items if one.key.casefold() == word]
    fits = fits or [one for one in made.items if word and one.ref.casefold() == word]
    if len(fits) != 1:
        what = "names several items" if fits else "is no item of the sheet"
        raise BadInput(f"{printable(item, 40)!r} {what}.", "See the keys with: maoc watch show --json.")
    return fits[0]


def _verdict(word: str) -> Verdict:
    said = word.strip().lower()
    known = {Verdict.TAKEN: "taken", Verdict.QUESTION: "question", Verdict.REFUSED: "not accepted"}
    fits = [one for one, text in known.items() if said and text.startswith(said)]
    if len(fits) != 1:
        raise BadInput(f"{printable(word, 20)!r} is no verdict.", "Say taken, question or not accepted.")
    return fits[0]


def _record(
    conn: Connection, room: Room, viewer: Viewer, one: store.Offered, whose: str, item: str, digest: str,
    verdict: Verdict, text: str,
) -> None:  # fmt: skip
    now = room.clock.now_ms()
    store.answer(conn, one.id, whose, Answer(item, digest, verdict, text, viewer.name, now, viewer.partner))
    journal.note(conn, viewer, now, "answer", "handover", one.ref, detail=f"{verdict}: {digest}")
