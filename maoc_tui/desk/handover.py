"""Handing the watch over: the holder offers and signs, the next officer walks the sheet and signs, the holder changes.

Both sign in as themselves and give their passphrase again; nobody signs twice. What is kept of a sheet is its hash,
in the record and in the journal, with the short form of the journal's newest checkpoint printed on it. While an
operation is under way or boarded, either signature takes the word typed out. What an act answers is read before it is
committed: once it stands, nothing can fail.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.access import permit
from maoc_tui.desk.gate import changing
from maoc_tui.desk.handover_sheet import hash_of, offered, printed, sheet
from maoc_tui.desk.release_record import by
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.desk.watch import state_of
from maoc_tui.desk.watch_snapshots import HandoverSheet, SignedSheet, WatchState
from maoc_tui.domain import watch
from maoc_tui.domain.releases import By
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.domain.watch import How
from maoc_tui.domain.watch_rules import shipped
from maoc_tui.problems import BadInput, NotPermitted, Problem
from maoc_tui.store import handovers as store
from maoc_tui.store import journal as journal_store
from maoc_tui.store import watch_terms
from maoc_tui.store.handovers import Offered, Signature
from maoc_tui.store.journal_chain import short

IN_JOURNAL = "handover"


def hand(room: Room, viewer: Viewer, word: str = "") -> SignedSheet:
    """Offer the watch, signed: from now on another officer may walk the sheet. Raises BadInput, NotPermitted.

    ``word`` is the word of data/watch.toml, needed while an operation is under way or boarded.
    """
    permit(room, viewer, Act.SIGN_WATCH)
    who = by(viewer, room.clock.now_ms())
    with changing(room, viewer) as (conn, _):
        term = watch_terms.newest(conn)
        if term is None or not watch.holds(term, viewer.name, viewer.officer):
            raise BadInput(
                f"You do not hold the watch: {watch.told(term)}.", "Only its holder hands it over."
            )
        if store.waiting(conn, term.seq) is not None:
            raise BadInput("It is offered already.", "Another officer walks the sheet and signs.")
        made, text, signed = _signed(room, viewer, conn, who, word)
        one = store.offer(conn, term.seq, signed)
        _note(conn, viewer, "propose", one.ref, signed, made)
        return SignedSheet(one.ref, text, signed.sha256, signed.checkpoint, state_of(conn, viewer))


def take_back(room: Room, viewer: Viewer, reason: str) -> WatchState:
    """Take an offer back, with the reason; the holder goes on holding the watch. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.WATCH)
    why, who = words(reason, "reason", 300), by(viewer, room.clock.now_ms())
    with changing(room, viewer) as (conn, seen):
        one = _waits(offered(seen))
        if not one.by.same_person(viewer.name, viewer.officer):
            raise NotPermitted("Only who offered it takes it back.", "Leave it unsigned, and say why.")
        store.end(conn, one.id, store.WITHDRAWN, Signature(who, "", ""), why)
        journal.note(conn, viewer, who.at_ms, "alter", IN_JOURNAL, one.ref, reason=f"taken back: {why}")
        return state_of(conn, viewer)


def sign(room: Room, viewer: Viewer, word: str = "") -> SignedSheet:
    """Take the watch over: the sheet is walked, nothing stands against it, the reader holds the watch from now on.

    Raises BadInput with the first thing that stands against it, NotPermitted for who offered it.
    """
    permit(room, viewer, Act.SIGN_WATCH)
    who = by(viewer, room.clock.now_ms())
    with changing(room, viewer) as (conn, seen):
        one = _waits(offered(seen))
        if one.by.same_person(viewer.name, viewer.officer):
            raise NotPermitted(
                "You offered the watch yourself.", "Another officer takes it over, signed in as that officer."
            )
        made, text, signed = _signed(room, viewer, conn, who, word, one.ref)
        if made.against:
            more = f" and {len(made.against) - 1} more" if len(made.against) > 1 else ""
            raise BadInput(
                f"{made.against[0].rstrip('.')}{more}.", "Walk the sheet: every red item, every question."
            )
        term = watch_terms.newest(conn)
        watch.check(term, How.HANDED, viewer.name, viewer.officer)
        watch_terms.begin(conn, term, How.HANDED, who, one.ref, who)
        store.end(conn, one.id, store.SIGNED, signed)
        _note(conn, viewer, "confirm", one.ref, signed, made)
        return SignedSheet(one.ref, text, signed.sha256, signed.checkpoint, state_of(conn, viewer))


def history(room: Room, viewer: Viewer, limit: int = 50) -> tuple[Offered, ...]:
    """The newest handovers: who offered, who signed, with the hashes of their sheets. Raises NotPermitted."""
    require(viewer, Act.READ_PARTNERS)
    with room.db.reading(viewer) as conn:
        return tuple(store.load(conn, limit=limit))


def prove(room: Room, viewer: Viewer, text: str) -> tuple[str, str]:
    """Which handover a printed sheet belongs to, and who signed it: (HO-0007, name). ("", "") for none.

    ``text`` is the whole file; its hash is reckoned anew. Raises NotPermitted.
    """
    digest = hash_of(text)
    for one in history(room, viewer, 10_000):
        signatures = [Signature(one.by, one.sha256, one.checkpoint), *([one.ended] if one.ended else [])]
        for signed in signatures:
            if signed.sha256 == digest:
                return one.ref, f"{signed.by.name} {signed.by.partner}"
    return "", ""


def _signed(
    room: Room, viewer: Viewer, conn: Connection, who: By, word: str, ref: str = ""
) -> tuple[HandoverSheet, str, Signature]:
    """The sheet to be signed, as printed with its checkpoint, and the signature; BadInput for want of the word."""
    made = sheet(room, viewer)
    if made.manoeuvre and word.strip().upper() != shipped().word:
        raise BadInput(
            f"No handover during a manoeuvre: {made.manoeuvre[0]}.",
            f"Wait, or type {shipped().word} if it cannot wait.",
        )
    made = replace(made, checkpoint=_checkpoint(conn, who.at_ms))
    text, digest = printed(made, ref)
    return made, text, Signature(who, digest, made.checkpoint)


def _checkpoint(conn: Connection, now: int) -> str:
    """Short form of the journal signed as it stands; where it cannot be signed, that it is not."""
    try:
        made = journal_store.checkpoint(conn, now)
    except Problem:
        seq, digest = journal_store.tip(conn)
        return f"{short(seq, digest)} (not signed)"
    return short(made.seq, made.hash) if made is not None else "empty"


def _waits(one: Offered | None) -> Offered:
    if one is None:
        raise BadInput("No handover is offered.", "Its holder offers it: maoc watch hand, or h on 0.")
    return one


def _note(
    conn: Connection, viewer: Viewer, action: str, ref: str, signed: Signature, made: HandoverSheet
) -> None:
    said = f"sha256 {signed.sha256}; journal {signed.checkpoint}"
    if made.manoeuvre:
        said += "; during a manoeuvre"
    journal.note(conn, viewer, signed.by.at_ms, action, IN_JOURNAL, ref, detail=said)
