"""Taking releases back: it hides the lines at once, names every holder, and drafts what to tell them."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.desk.access import permit
from maoc_tui.desk.gate import changing
from maoc_tui.desk.journal import consulted
from maoc_tui.desk.release_record import by, find, lines_of, noted
from maoc_tui.desk.release_tasks import after_recall
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import words
from maoc_tui.domain import gate
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.releases import By, Proposal, Released
from maoc_tui.domain.roles import Act, Role
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import releases as store
from maoc_tui.store import statements

ANY = frozenset({Role.COORDINATOR, Role.RELEASER})
"""Who may recall statements of any originator; others those of their own partner."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A partner that has, or had, a line."""

    partner: str
    line: str
    """What it is, in words."""
    how: str
    """``released R-0012, 14 Dec 0310Z``; ``named by ES``; ``recalled …``."""
    draft: str
    """What to tell it; "" for a holder that is not told because it holds by right."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a recall did."""

    ref: str
    partner: str
    lines: int
    holders: tuple[Holder, ...]


def holders(room: Room, viewer: Viewer, ref: str, reason: str = "") -> tuple[Holder, ...]:
    """Everybody who has or had a line of a release, or holds the same line by another way, as the viewer may know."""
    with room.db.reading(viewer) as conn:
        made = find(conn, ref, viewer)
        about, held = lines_of(conn, made)
        released = statements.releases(conn, [line.id for line in made.lines])
    lines = {line.id: line for line in held}
    shown = (lines[one.id].marking for one in made.lines if one.id in lines)
    consulted(room, viewer, "release", made.ref, shown)
    found = []
    for one in made.lines:
        line = lines.get(one.id)
        title = line.title if line else one.kind.replace("_", " ")
        if line is not None:
            named = sorted(line.marking.releasable_to)
            found += [Holder(code, title, f"named by {line.originator}", "") for code in named]
        for release in released:
            if release.statement == one.id:
                text = draft(release, about, title, reason)
                found.append(Holder(release.partner, title, _how(release), text))
    return tuple(found)


def _how(release: gate.Released) -> str:
    since = f"released {release.ref}, {format_dtg(from_ms(release.from_ms))}"
    if release.recalled_ms is None:
        return since
    return f"{since}; recalled {format_dtg(from_ms(release.recalled_ms))}"


def draft(release: gate.Released, about: str, title: str, reason: str) -> str:
    """What to tell a partner about a line that is taken back; names nothing it did not have."""
    since, why = format_dtg(from_ms(release.from_ms)), f" Reason: {reason}." if reason else ""
    return (
        f"To {release.partner}: {about}, {title}, released to you as {release.ref} on {since}, is recalled.{why}"
        " Please use it no more, erase or return what you hold, tell us to whom it went on, and confirm."
    )


def recall(room: Room, viewer: Viewer, ref: str, reason: str) -> Recalled:
    """End a release now. Liaison officers recall lines of their own partner. Raises BadInput, NotPermitted."""
    permit(room, viewer, Act.RECALL)
    now, why = room.clock.now_ms(), words(reason, "reason", 400)
    with changing(room, viewer) as (conn, view):
        shown, made = find(view, ref, viewer), find(conn, ref)
        seen = {line.id for line in shown.lines}
        standing = [line for line in made.releases if line.recalled is None and line.statement in seen]
        if not standing:
            raise BadInput(f"{made.ref} is {shown.stage(0)}: there is nothing to recall.", "")
        lines = _own(viewer, made, standing)
        _end(conn, viewer, {line.id for line in lines}, by(viewer, now), why)
    return Recalled(made.ref, made.partner, len(lines), holders(room, viewer, ref, why))


def _own(viewer: Viewer, made: Proposal, standing: list[Released]) -> tuple[Released, ...]:
    """The lines of a release that the viewer may take back, of those that it sees."""
    if viewer.all_seeing or viewer.roles & ANY:
        return tuple(standing)
    origin = {line.id: line.originator for line in made.lines}
    mine = tuple(line for line in standing if origin[line.statement] == viewer.partner)
    if not mine:
        raise NotPermitted(
            f"No line of {made.ref} is of {viewer.partner}.", "Ask its originator, or a releaser."
        )
    return mine


def recall_lines(
    conn: Connection, made: Proposal, lines: tuple[Released, ...], by_whom: By, reason: str
) -> None:
    """End the release of some lines and leave the task to tell who held them, inside a transaction."""
    for line in lines:
        store.recall(conn, line, by_whom, reason)
    after_recall(conn, made, by_whom)


def standing_releases(
    conn: Connection, about: Container[str], partner: str = ""
) -> list[tuple[Proposal, tuple[Released, ...]]]:
    """The releases of some statements, to one partner or to all, with the lines of each that nobody recalled."""
    found = [
        (made, tuple(line for line in made.releases if line.recalled is None and line.statement in about))
        for made in store.proposals(conn)
        if partner in ("", made.partner)
    ]
    return [(made, lines) for made, lines in found if lines]


def recall_all(
    conn: Connection, viewer: Viewer, about: Container[str], by_whom: By, reason: str, partner: str = ""
) -> None:
    """Recall statements from whoever has them by release, or from one partner, inside a transaction.

    With them goes what is a line of them. Who had one whose release ended is to be told as well:
    Article 7(3) of Directive (EU) 2016/680.
    """
    found = standing_releases(conn, about, partner)
    _end(conn, viewer, {line.id for _, lines in found for line in lines}, by_whom, reason)


def _end(conn: Connection, viewer: Viewer, ids: set[str], by_whom: By, reason: str) -> None:
    """End the releases of these ids and of all that is below them, with a task and a line in the journal for each."""
    every = store.proposals(conn) if ids else []
    ended = ids | _below(conn, every, ids, by_whom.at_ms)
    for made in every:
        lines = tuple(line for line in made.releases if line.id in ended)
        if lines:
            recall_lines(conn, made, lines, by_whom, reason)
            noted(conn, viewer, by_whom.at_ms, "recall", made, reason, {line.statement for line in lines})


def _below(conn: Connection, every: Iterable[Proposal], ids: Container[str], now_ms: int) -> set[str]:
    """Ids of the standing releases, to the same partner, of lines of what it is not to see any more.

    Left standing they would be seen again, all at once, when what they are lines of is released anew.
    """
    standing = [(made, line) for made in every for line in made.releases if line.recalled is None]
    kept = {
        (made.partner, line.statement)
        for made, line in standing
        if line.id not in ids and (made.until_ms is None or made.until_ms > now_ms)
    }
    gone = {(made.partner, line.statement) for made, line in standing if line.id in ids} - kept
    partners, found = {partner for partner, _ in gone}, set[str]()
    for made, line in standing:
        said = statements.find(conn, UUID(line.statement)) if made.partner in partners else None
        if said is not None and any((made.partner, above.id) in gone for above in said.above):
            found.add(line.id)
    return found
