"""The roster desk: who stands which post, and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from maoc_tui.desk import journal, liaison_undo
from maoc_tui.desk.liaison_snapshots import DutyLine, HoleLine, Roster
from maoc_tui.desk.liaison_words import terms
from maoc_tui.desk.officers import find, in_directory, may_keep, ref_of
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import time_of, words
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.liaison_terms import Post, chosen
from maoc_tui.domain.partners import CENTRE
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.roster import Duty, Hole, holes
from maoc_tui.domain.times import parse_duration, parse_time
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import officers
from maoc_tui.store import roster as store

_LONGEST_MS = 31 * 86_400_000


def roster(room: Room, viewer: Viewer, since: str = "", until: str = "") -> Roster:
    """Duties and holes of a span: from now for a week when not given. Past duties of the span are shown too."""
    require(viewer, Act.READ_PARTNERS)
    now = room.clock.now_ms()
    begins = time_of(since, room.clock) if since.strip() else now
    ends = time_of(until, room.clock) if until.strip() else begins + terms().roster_ms
    if not begins < ends <= begins + 13 * _LONGEST_MS:
        raise BadInput("That is no span of a roster.", "Give two times, at most a year apart.")
    with room.db.reading(viewer) as conn:
        duties = store.load(conn, begins, ends)
        seen = {entry.id for entry in in_directory(room, viewer, officers.load(conn))}
    shown = [duty for duty in duties if duty.stands and duty.officer in seen]
    missing = [
        hole for post in terms().posts.values() for hole in _missing(room, viewer, post, duties, begins, ends)
    ]
    return Roster(
        from_ms=begins,
        to_ms=ends,
        duties=tuple(DutyLine(d, ref_of(d.id), terms().posts[d.post].title, d.covers(now)) for d in shown),
        holes=tuple(
            HoleLine(hole, terms().posts[hole.post].title, hole.from_ms <= now < hole.to_ms)
            for hole in sorted(missing, key=lambda hole: (hole.from_ms, hole.post, hole.partner))
        ),
    )


def _missing(
    room: Room, viewer: Viewer, post: Post, duties: Iterable[Duty], begins: int, ends: int
) -> Iterable[Hole]:
    """The holes of one post: of the Centre by whoever stands it, of each partner by its own officers."""
    if post.scope == "centre":
        yield from holes(duties, post.code, CENTRE, begins, ends)
        return
    for code in _owing(room, viewer, post, begins):
        own = [duty for duty in duties if duty.partner == code]
        yield from holes(own, post.code, code, begins, ends)


def _owing(room: Room, viewer: Viewer, post: Post, at_ms: int) -> Iterable[str]:
    """Partners that owe a post and that the viewer's directory shows."""
    known = room.register
    owing = [code for code in known.codes if known.standing(code, at_ms).status in post.statuses]
    rule = known.rule(known.standing(viewer.partner, room.clock.now_ms()).status)
    if viewer.all_seeing or (rule and rule.directory == "whole"):
        return owing
    return [code for code in owing if code == viewer.partner]


def add(
    room: Room,
    viewer: Viewer,
    officer: str,
    since: str,
    *,
    until: str = "",
    hours: str = "",
    post: str = "watch",
    note: str = "",
) -> DutyLine:
    """Put an officer on a post from a time, until another or for some hours; within the officer's posting."""
    what, now = chosen(post, terms().posts, "post"), room.clock.now_ms()
    begins = _ahead(since, room.clock.now())
    ends = _end(begins, until, hours)
    extra = words(note, "note", 200, empty=True)
    with room.db.writing() as conn:
        entry = find(room, viewer, conn, officer)
        may_keep(viewer, entry.partner)
        if not (entry.posted(begins) and entry.posted(ends - 1)):
            raise BadInput(
                f"{entry.name} is not posted for all of that time.", "Change the times or the posting."
            )
        made = Duty(uuid4(), entry.id, entry.name, entry.partner, what, begins, ends, extra, viewer.name, now)
        held = [
            d for d in store.load(conn, begins, ends) if d.stands and d.officer == entry.id and d.post == what
        ]
        if held:
            raise BadInput(f"{entry.name} stands that post then already.", "Cancel that duty first.")
        store.add(conn, made)
        journal.note(conn, viewer, now, "collect", "duty", ref_of(made.id), owner=entry.partner)
        liaison_undo.duty_added(conn, viewer, made)
    return DutyLine(made, ref_of(made.id), terms().posts[what].title, made.covers(room.clock.now_ms()))


def _ahead(text: str, after: datetime) -> int:
    """Milliseconds of a time as typed; a bare time of day is the next one: rosters are written ahead."""
    return to_ms(parse_time(text, after, ahead=True))


def _end(begins: int, until: str, hours: str) -> int:
    if bool(until.strip()) == bool(hours.strip()):
        raise BadInput("A duty needs one end.", "Give --until a time, or --for a length such as 8h.")
    length = parse_duration(hours) * 1000 if hours.strip() else _ahead(until, from_ms(begins)) - begins
    if not 0 < length <= _LONGEST_MS:
        raise BadInput("A duty lasts from a minute to a month.", "Look at the two times again.")
    return begins + int(length)


def cancel(room: Room, viewer: Viewer, ref: str, reason: str) -> DutyLine:
    """Take a duty off the roster; it stays in the record."""
    why, now, word = words(reason, "reason", 400), room.clock.now_ms(), ref.strip().lower().replace("-", "")
    with room.db.writing() as conn:
        seen = {entry.id for entry in in_directory(room, viewer, officers.load(conn))}
        known = [duty for duty in store.load(conn, 0, 1 << 62) if duty.stands and duty.officer in seen]
        fits = [duty for duty in known if len(word) >= 4 and duty.id.hex.startswith(word)]
        if len(fits) != 1:
            raise BadInput(f"There is no duty {ref!r} on the roster.", "List them: maoc duty list.")
        (gone,) = fits
        may_keep(viewer, gone.partner)
        store.cancel(conn, gone.id, why, viewer.name, now)
        journal.note(conn, viewer, now, "alter", "duty", ref_of(gone.id), reason=why, owner=gone.partner)
        liaison_undo.duty_cancelled(conn, viewer, gone, now)
    return DutyLine(gone, ref_of(gone.id), terms().posts[gone.post].title, now=False)
