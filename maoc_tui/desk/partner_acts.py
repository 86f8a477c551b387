"""Acts on the register: confirming what is reported, changing a status, recording an instrument.

Nothing is overwritten. An act counts from the day it names, but naming a partner suffices only for what is
recorded after the act: no act releases what was recorded before it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from maoc_tui.desk import journal
from maoc_tui.desk.clash import Stands, settle
from maoc_tui.desk.liaison_snapshots import StatusChange
from maoc_tui.desk.liaison_words import day_of
from maoc_tui.desk.partner_register import read, shipped
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.liaison_terms import chosen
from maoc_tui.domain.partner_facts import day_text
from maoc_tui.domain.partner_file import CODE, INSTRUMENTS, KINDS
from maoc_tui.domain.partner_rules import STATUSES
from maoc_tui.domain.partners import CENTRE, Instrument, Register, Report, StatusAct, midnight_ms
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import partners as store


def confirming(room: Room, viewer: Viewer, code: str, on: str = "") -> StatusChange:
    """What confirming the reported change of a partner would mean; nothing is written. BadInput if none waits."""
    require(viewer, Act.READ_PARTNERS)
    known, now = room.register, room.clock.now_ms()
    report = _waiting(known, code, now)
    day = day_of(on, room) if on.strip() else report.on
    act = _act_of(known, code, report, day, viewer, now, "")
    return _change(known, act, now, recorded=False)


def confirm(room: Room, viewer: Viewer, code: str, reason: str, on: str = "") -> StatusChange:
    """Record that a reported change took effect, on the day reported or on another one; one act, one commit.

    Refused with BadInput when nothing is reported of the partner, or it was confirmed already.
    """
    require(viewer, Act.CONFIRM_STATUS)
    now = room.clock.now_ms()
    _waiting(room.register, code, now)
    why = words(reason, "reason", 400)
    with room.db.writing() as conn:
        known = read(conn)
        report = _waiting(known, code, now)
        day = day_of(on, room) if on.strip() else report.on
        act = _act_of(known, code, report, day, viewer, now, why)
        _record(conn, viewer, known, act, "confirm")
    return _change(known, act, now, recorded=True)


def set_status(
    room: Room,
    viewer: Viewer,
    code: str,
    status: str,
    source: str,
    reason: str,
    *,
    since: str = "",
    recipient_class: str = "",
) -> StatusChange:
    """Record that a partner is of a status from a day on (today when not given), until its next status."""
    require(viewer, Act.EDIT_PARTNERS)
    then = chosen(status.upper(), [name.upper() for name in STATUSES], "status").lower()
    said, why = words(source, "source", 200), words(reason, "reason", 400)
    now, day = room.clock.now_ms(), day_of(since, room)
    with room.db.writing() as conn:
        known = read(conn)
        entry = known.partner(code)
        if CENTRE in (entry.code, then.upper()) or then == "centre":
            raise BadInput("The Centre is the Centre; its status is not changed.", "Name another partner.")
        now_is = Stands(known.standing(entry.code, now).status)
        settle(entry.code, {"status": now_is}, {"status": then})
        if known.standing(entry.code, midnight_ms(day)).status == then and not recipient_class:
            words_ = f"{entry.code} is {known.rules[then].title} on {day_text(day)} already."
            raise BadInput(words_, "Nothing is to be done.")
        letter = _class(recipient_class, known.rules[then].recipient_class or entry.recipient_class)
        act = StatusAct(entry.code, then, letter, day, said, why, viewer.name, now)
        _record(conn, viewer, known, act, "alter")
    return _change(known, act, now, recorded=True)


def add(
    room: Room,
    viewer: Viewer,
    code: str,
    name: str,
    kind: str,
    status: str,
    source: str,
    reason: str,
    *,
    since: str = "",
    recipient_class: str = "",
) -> StatusChange:
    """Bring a partner into the register that the shipped one lacks."""
    require(viewer, Act.EDIT_PARTNERS)
    short = code.strip().upper()
    if not CODE.fullmatch(short):
        raise BadInput(
            f"{code!r} is no partner code.", "Use 2 to 12 capital letters and digits: ISO for states."
        )
    then = chosen(status.upper(), [name.upper() for name in STATUSES], "status").lower()
    what = chosen(kind, [word.upper() for word in KINDS], "kind of partner").lower()
    called, said, why = words(name, "name", 80), words(source, "source", 200), words(reason, "reason", 400)
    now, day = room.clock.now_ms(), day_of(since, room)
    with room.db.writing() as conn:
        known = read(conn)
        if short in known.codes or then == "centre":
            raise BadInput(f"{short} is in the register already.", "Change its status: maoc partner set.")
        letter = _class(recipient_class, known.rules[then].recipient_class or "G")
        act = StatusAct(short, then, letter, day, said, why, viewer.name, now, None, called, what)
        _record(conn, viewer, known, act, "collect")
    return _change(Register(shipped()[0], known.rules, [act]), act, now, recorded=True)


def set_instrument(
    room: Room,
    viewer: Viewer,
    code: str,
    kind: str,
    title: str,
    source: str,
    reason: str,
    *,
    since: str = "",
    until: str = "",
) -> Instrument:
    """Record an instrument of a partner, or how one of that title stands now; both days are included."""
    require(viewer, Act.EDIT_PARTNERS)
    what = chosen(kind, [word.upper() for word in INSTRUMENTS], "kind of instrument").lower()
    begins = day_of(since, room) if since.strip() else None
    ends = day_of(until, room) if until.strip() else None
    if begins and ends and ends < begins:
        raise BadInput("It ends before it begins.", "Exchange the two days.")
    called, said = words(title, "title", 120), words(source, "source", 200)
    why, now = words(reason, "reason", 400), room.clock.now_ms()
    made = Instrument(what, called, begins, ends, said, "C", why, now)
    with room.db.writing() as conn:
        entry = read(conn).partner(code)
        store.add_instrument(conn, entry.code, made, why, viewer.name, now)
        detail = f"{what} {called} from {begins or 'unsaid'} until {ends or 'open'}"
        journal.note(conn, viewer, now, "alter", "partner_instrument", entry.code, reason=why, detail=detail)
    return made


def _waiting(known: Register, code: str, now_ms: int) -> Report:
    entry = known.partner(code)
    report = known.standing(entry.code, now_ms).report
    if report is None:
        raise BadInput(
            f"Nothing is reported of {entry.code} that waits to be confirmed.",
            "Record a change of status with its source instead: maoc partner set.",
        )
    return report


def _act_of(
    known: Register, code: str, report: Report, day: date, viewer: Viewer, now_ms: int, reason: str
) -> StatusAct:
    entry = known.partner(code)
    letter = known.rules[report.status].recipient_class or entry.recipient_class
    return StatusAct(
        entry.code, report.status, letter, day, report.source, reason, viewer.name, now_ms, report.on
    )


def _class(text: str, default: str) -> str:
    return chosen(text, list(shipped()[2]), "recipient class") if text.strip() else default


def _record(conn: Connection, viewer: Viewer, known: Register, act: StatusAct, action: str) -> None:
    store.add_act(conn, act)
    was = known.standing(act.code, act.recorded_ms).status
    detail = f"{was} -> {act.status} from {act.since.isoformat()}, class {act.recipient_class}"
    journal.note(conn, viewer, act.recorded_ms, action, "partner", act.code, reason=act.reason, detail=detail)


def _change(before: Register, act: StatusAct, now_ms: int, *, recorded: bool) -> StatusChange:
    """What an act means, in sentences."""
    rule, was = before.rules[act.status], before.standing(act.code, now_ms)
    begins = midnight_ms(act.since)
    first = f"{act.code}: {rule.title} from {day_text(act.since)} on, recipient class {act.recipient_class}."
    sentences = [first]
    if begins > now_ms and was.status != act.status:
        title = before.rules[was.status].title if was.status in before.rules else was.status
        sentences.append(f"That day is still to come; until then: {title}.")
    later = [p for p in before.timeline(act.code) if p.since is not None and p.since > act.since]
    if later:
        title = before.rules[later[0].status].title
        sentences.append(
            f"It holds until {day_text(later[0].since)}; from then on {title} stands as recorded."
        )
    counts = format_dtg(from_ms(max(begins, now_ms)))
    if not rule.reads:
        sentences.append(f"From {counts} it is shown nothing, whatever was released to it.")
    elif rule.naming_suffices:
        sentences.append(f"Naming it suffices for what is recorded from {counts} on.")
        sentences.append("Nothing recorded before is released by this: that takes a release of its own.")
    else:
        sentences.append("It reads its own statements and what is released to it, nothing else.")
    return StatusChange(act.code, act.status, act.since, tuple(sentences), recorded)
