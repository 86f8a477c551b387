"""What a brief still lacks before it goes out, and why each line is in or out of a copy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.brief.document import Document, Line, dtg
from maoc_tui.brief.told import told
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.brief_compile import compiled
from maoc_tui.desk.brief_grid import Grid, Mark, grid
from maoc_tui.desk.brief_grid import mine as own_copy
from maoc_tui.desk.brief_judge import Judge
from maoc_tui.desk.brief_reader import reader, span
from maoc_tui.desk.brief_reading import Gathered, gather
from maoc_tui.desk.brief_variant import since
from maoc_tui.desk.handover_sheet import offered
from maoc_tui.desk.room import Room
from maoc_tui.domain.brief_rules import shipped
from maoc_tui.domain.operations import Field, State, state_of, states
from maoc_tui.domain.requests import State as RequestState
from maoc_tui.domain.roles import Role
from maoc_tui.domain.seizure_doubts import doubts
from maoc_tui.domain.seizure_terms import shipped as seizure_terms
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import brief_reading as store
from maoc_tui.store import statements
from maoc_tui.store.handovers import Offered

_ASKING = {Mark.ASK: "to ask for", Mark.ASKED: "asked, no answer yet", Mark.FREE: "may be released"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of the compiler's own copy, and what becomes of it in another's."""

    ref: str
    text: str
    seen: bool
    reason: str
    """``In: own statement``; ``Out: H2, originator FR, not asked``."""
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before the brief goes out."""

    kind: str
    """missing, stale, unmarked, unreleased or unreadable."""
    ref: str
    text: str
    look: str
    """The command that shows it."""


def explain(room: Room, viewer: Viewer, partner: str, date: str = "") -> tuple[Judged, ...]:
    """Every line and position the compiler sees, in or out of a partner's copy of its period, and by which rule."""
    theirs = reader(room, viewer, partner)
    own = reader(room, viewer, (viewer.behind or viewer).partner)
    when = span(room, date)
    back = since(theirs, copies.every(room), when, theirs.partner)
    mine = compiled(room, own, back, when.until_ms, number=when.number, version=1)
    copy = compiled(room, theirs, back, when.until_ms, number=when.number, version=1)
    return tuple(_judged(room, own, theirs.partner, mine, copy))


def _judged(room: Room, own: Viewer, partner: str, mine: Document, copy: Document) -> Iterator[Judged]:
    inside, lines = {line.key: line for line in told(copy)}, list(told(mine))
    wanted: dict[str, set[str]] = defaultdict(set)
    for cite in (cite for line in lines for cite in line.cites):
        wanted[cite.kind].add(cite.id)
    officer = Viewer(name="", partner=partner, roles=frozenset({Role.LIAISON}))
    with room.db.reading(own) as conn:
        held, granted = store.statements(conn, wanted), store.granted(conn, partner)
        now = room.clock.now_ms()
        judge = Judge(room.register.standing(partner, now), officer, held, granted, now)
        for line in lines:
            ref, theirs = line.key.partition("/")[2], inside.get(line.key)
            if theirs is None:
                yield Judged(ref, line.text, False, _out(conn, judge, line), line.owners)
            else:
                part = "" if theirs.text == line.text else "; in part: it rests on less there"
                yield Judged(ref, line.text, True, f"{theirs.why}{part}", line.owners)


def _out(conn: Connection, judge: Judge, line: Line) -> str:
    """The first rule that keeps a line out, with how asking its originator goes."""
    for cite in line.cites:
        verdict = judge.verdict(cite) if cite.id in judge.held else None
        if verdict is not None and not verdict:
            asked = statements.asked(conn, str(UUID(cite.id)), judge.reader.partner, judge.now_ms)
            return f"{verdict.reason.replace('not asked', asked)} ({cite.ref})"
    return "Out: it rests on what only the others in it may read together"


def check(room: Room, viewer: Viewer, partners: Sequence[str] = (), date: str = "") -> tuple[Finding, ...]:
    """What is missing, stale, ungraded, unreadable, or held back from whom; the first to mend first."""
    own, when = reader(room, viewer, (viewer.behind or viewer).partner), span(room, date)
    copy = own_copy(room, viewer, when, partners)
    with room.db.reading(own) as conn:
        made = gather(room, own, conn, copy.from_ms, when.until_ms)
        waits = made.whole("the handover that waits", lambda: offered(conn), None)
    told_of = [*made.tell((_missing, _stale), lambda find: find.__name__.strip("_"), lambda find: find(made))]
    found = [Finding("unreadable", one, "it could not be read", "maoc doctor") for one in _broken(copy, made)]
    found += [*_unsigned(waits), *told_of, *_unmarked(copy)]
    if partners:
        held = grid(room, viewer, partners, date)
        found += [one for code in held.recipients for one in _held_back(held, code)]
    return tuple(found)


def _broken(copy: Document, made: Gathered) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*copy.broken, *made.broken)))


def _missing(made: Gathered) -> Iterator[Finding]:
    for one in made.targets:
        if one.row.open and one.row.seen is None:
            yield Finding("missing", one.row.ref, "no position is known", f"maoc target show {one.row.ref}")
    for line in made.requests:
        if line.standing.state is RequestState.DRAFT:
            yield Finding(
                "missing", line.asked.ref, "drafted, never sent", f"maoc request show {line.asked.ref}"
            )
    for made_op in made.operations:
        closed = state_of(made_op.acts) is State.CLOSED
        if made_op.told and not closed and not states(made_op.acts)[Field.LEAD]:
            yield Finding("missing", made_op.ref, "no lead State is named", f"maoc op show {made_op.ref}")
    for event in made.events:
        if made.during(event.when.from_ms) or made.during(event.newest_ms):
            for doubt in doubts(event, seizure_terms()):
                yield Finding("missing", event.ref, doubt.text, f"maoc seizure show {event.ref}")


def _unsigned(waits: Offered | None) -> Iterator[Finding]:
    """A handover that is offered and not signed: who holds the watch as the brief goes out is not settled."""
    if waits is not None:
        text = f"the watch was offered {dtg(waits.by.at_ms)}, and nobody has signed for taking it over"
        yield Finding("missing", waits.ref, text, "maoc watch show")


def _stale(made: Gathered) -> Iterator[Finding]:
    for one in made.targets:
        seen = one.row.seen
        if one.row.open and seen is not None and made.now_ms - seen.at_ms > shipped().stale_fix_ms:
            yield Finding(
                "stale", one.row.ref, f"last placed {dtg(seen.at_ms)}", f"maoc target show {one.row.ref}"
            )
    for _, row in made.assets:
        if row.stale:
            what = (
                f"nothing that counts was said since {dtg(row.as_of_ms)}"
                if row.as_of_ms
                else "nothing was ever said"
            )
            yield Finding("stale", row.ref, what, f"maoc asset show {row.ref}")


def _unmarked(mine: Document) -> Iterator[Finding]:
    for line in mine.lines:
        if line.marking.startswith("ungraded"):
            ref = line.key.partition("/")[2]
            yield Finding("unmarked", ref, f"a statement in it is not graded: {line.text[:60]}", _show(line))


def _show(line: Line) -> str:
    ref = line.sources[0] if line.sources else ""
    words = {
        "T": "target show",
        "RQ": "request show",
        "OP": "op show",
        "SZ": "seizure show",
        "AS": "asset show",
    }
    if ref.startswith("W-"):
        return "maoc watch list"
    word = words.get(ref.partition("-")[0])
    return f"maoc {word} {ref.partition('/')[0]}" if word else "maoc clocks"


def _held_back(held: Grid, code: str) -> Iterator[Finding]:
    """What a recipient does not get, by whose it is, and how asking for it goes."""
    at = held.recipients.index(code)
    for owner, count in sorted(held.held_back(code).items()):
        out = [one for one in held.lines if " and ".join(one.owners) == owner and not one.cells[at].inside]
        asked = Counter(one.cells[at].mark for one in out)
        refs = ", ".join([one.ref for one in out][:5])
        how = "".join(f"; {asked[mark]} {words}" for mark, words in _ASKING.items() if asked[mark])
        text = f"{count} line{'s' if count > 1 else ''} of {owner} held back: {refs}{how}"
        yield Finding("unreleased", code, text, f"maoc brief grid --for {code}")
