"""The officers desk: the directory, who keeps it, and when each channel was last found to work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection

from maoc_tui.desk import journal, liaison_undo
from maoc_tui.desk.liaison_snapshots import ChannelLine, OfficerLine
from maoc_tui.desk.liaison_words import day_of, terms, today
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.domain.liaison_terms import chosen
from maoc_tui.domain.officers import Channel, Officer, on_directory
from maoc_tui.domain.partners import CENTRE
from maoc_tui.domain.roles import Act, Role, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import officers as store
from maoc_tui.store import roster


def officers(room: Room, viewer: Viewer, partner: str = "", *, past: bool = False) -> tuple[OfficerLine, ...]:
    """The officers in the viewer's directory, of one partner when given; with ``past`` those gone home too."""
    require(viewer, Act.READ_PARTNERS)
    code = room.register.partner(partner).code if partner else ""
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        found = store.load(conn)
        duties = roster.load(conn, now, now + 1)
    standing: dict[UUID, list[str]] = {}
    for duty in duties:
        if duty.covers(now):
            standing.setdefault(duty.officer, []).append(terms().posts[duty.post].title)
    shown = [
        entry
        for entry in in_directory(room, viewer, found)
        if code in ("", entry.partner) and (past or entry.posted_to is None or entry.posted_to >= today(room))
    ]
    return tuple(line(entry, now, tuple(standing.get(entry.id, ()))) for entry in shown)


def in_directory(room: Room, viewer: Viewer, found: list[Officer]) -> list[Officer]:
    """Those of some officers that the viewer's partner may see (data/partner_classes.toml)."""
    if viewer.all_seeing:
        return found
    known, now = room.register, room.clock.now_ms()
    shown = found
    for looker in filter(None, (viewer, viewer.behind)):
        rule = known.rule(known.standing(looker.partner, now).status)
        if not looker.all_seeing:
            shown = on_directory(shown, looker.partner, rule.directory if rule else "none", CENTRE)
    return shown


def line(entry: Officer, now_ms: int, on_duty: tuple[str, ...] = ()) -> OfficerLine:
    """An officer as shown at an instant."""
    return OfficerLine(
        officer=entry,
        ref=ref_of(entry.id),
        functions=tuple(terms().functions[code] for code in entry.functions),
        posted=entry.posted(now_ms),
        on_duty=on_duty,
        channels=tuple(_channel(channel, now_ms) for channel in entry.channels),
    )


def _channel(channel: Channel, now_ms: int) -> ChannelLine:
    age = None if channel.verified_ms is None else max(now_ms - channel.verified_ms, 0)
    amber = channel.stale(now_ms, terms().verified_ms)
    return ChannelLine(channel, terms().channels[channel.kind], age, amber)


def ref_of(identifier: UUID) -> str:
    """The first eight characters of an id, as typed on the command line."""
    return identifier.hex[:8]


def find(room: Room, viewer: Viewer, conn: Connection, text: str) -> Officer:
    """The officer meant by a name, a part of one, or the first characters of an id; BadInput when not just one."""
    word = text.strip().casefold()
    found = in_directory(room, viewer, store.load(conn))
    fits = [entry for entry in found if word and word == entry.name.casefold()]
    fits = fits or [
        entry for entry in found if len(word) >= 4 and entry.id.hex.startswith(word.replace("-", ""))
    ]
    fits = fits or [entry for entry in found if word and word in entry.name.casefold()]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise BadInput(f"No officer is called {text!r}.", "List them: maoc officer list.")
    names = ", ".join(f"{entry.name} {entry.partner} ({ref_of(entry.id)})" for entry in fits[:5])
    raise BadInput(f"{text!r} may be any of {names}.", "Type more of the name, or the id.")


def may_keep(viewer: Viewer, partner: str) -> None:
    """Raise NotPermitted unless the viewer keeps officers and roster of that partner."""
    require(viewer, Act.ROSTER)
    if viewer.all_seeing or Role.COORDINATOR in viewer.roles or viewer.partner == partner:
        return
    raise NotPermitted(
        f"Only officers of {partner} and the coordinator keep the officers and roster of {partner}.",
        "Ask the coordinator.",
    )


def add(
    room: Room,
    viewer: Viewer,
    partner: str,
    name: str,
    *,
    functions: str = "liaison",
    agency: str = "",
    since: str = "",
    until: str = "",
    note: str = "",
) -> OfficerLine:
    """Record an officer of a partner, posted from a day (today when not given)."""
    code = room.register.partner(partner).code
    may_keep(viewer, code)
    now = room.clock.now_ms()
    codes = tuple(
        chosen(part, terms().functions, "function") for part in functions.split(",") if part.strip()
    )
    begins, ends = day_of(since, room), day_of(until, room) if until.strip() else None
    _ordered(begins, ends)
    made = Officer(
        id=uuid4(),
        version=1,
        partner=code,
        name=words(name, "name", 80),
        agency=words(agency, "agency", 80, empty=True),
        functions=codes,
        posted_from=begins,
        posted_to=ends,
        note=words(note, "note", 400, empty=True),
    )
    with room.db.writing() as conn:
        _posted_once(store.load(conn), made)
        store.add(conn, made, viewer.name, now)
        journal.note(conn, viewer, now, "collect", "officer", ref_of(made.id), owner=code)
    return line(made, now)


def _posted_once(known: list[Officer], made: Officer) -> None:
    same = [entry for entry in known if (entry.partner, entry.name) == (made.partner, made.name)]
    if any(entry.posted_to is None or entry.posted_to >= made.posted_from for entry in same):
        raise BadInput(f"{made.name} of {made.partner} is posted already.", "End that posting first.")


def _ordered(begins: date, ends: date | None) -> None:
    if ends is not None and ends < begins:
        raise BadInput("The posting ends before it begins.", "Exchange the two days.")


def end(room: Room, viewer: Viewer, officer: str, reason: str, *, on: str = "") -> OfficerLine:
    """Date the last day of a posting (today when not given). The officer stays in the record."""
    day, why, now = day_of(on, room), words(reason, "reason", 400), room.clock.now_ms()
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, officer)
        may_keep(viewer, entry.partner)
        _ordered(entry.posted_from, day)
        store.edit(conn, entry, posted_to=day.isoformat())
        detail = f"posted_to {entry.posted_to or 'open'} -> {day.isoformat()}"
        journal.note(
            conn,
            viewer,
            now,
            "alter",
            "officer",
            ref_of(entry.id),
            reason=why,
            detail=detail,
            owner=entry.partner,
        )
        liaison_undo.posting_ended(conn, viewer, entry, day, now)
    return line(replace(entry, posted_to=day, version=entry.version + 1), now)
