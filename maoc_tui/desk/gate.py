"""Who sees what, for every desk: changing only what one sees and owns, the reason why, and another's view.

What is read for a viewer comes through ``room.db.reading(viewer)`` and nothing else: the one function behind
every list, count, search, chart and export. What is written is looked up through it as well (``changing``), so
that a hidden target answers exactly as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from maoc_tui.domain.gate import Statement, Verdict, may_see
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.roles import Act, Role, require
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import statements as store
from maoc_tui.store import targets

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room


@contextmanager
def changing(room: Room, viewer: Viewer) -> Iterator[tuple[Connection, Connection]]:
    """A write transaction, and beside it the record as the viewer sees it at that moment.

    Nothing can change between the two: the writer is alone from its first statement. Look up through the
    second, write through the first.
    """
    if viewer.read_only:
        told = f"you see as {viewer.seeing_as}" if viewer.seeing_as else "nothing may be written"
        raise NotPermitted(f"Nothing is changed while {told}.", "Leave the view first.")
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn, room.db.reading(viewer) as seen:
        yield conn, seen


def speaks_for(viewer: Viewer) -> str:
    """The partner in whose name ``viewer`` writes statements; "" for the system, which writes for whoever said it."""
    return "" if viewer.all_seeing else viewer.partner


def told_of_others(room: Room, viewer: Viewer) -> bool:
    """Whether a viewer learns who else has what it sees: members and the Centre do, readers by release do not."""
    eyes = (viewer,) if viewer.behind is None else (viewer, viewer.behind)
    return all(one.all_seeing or room.gate_context(one).named_from_ms is not None for one in eyes)


def require_told(room: Room, viewer: Viewer, code: str) -> None:
    """Refuse to tell what officers of ``code`` see to whoever is not told that. Raises NotPermitted."""
    if code != viewer.partner and not told_of_others(room, viewer):
        raise NotPermitted(
            f"Officers of {viewer.partner} are not told who else has what they see.",
            f"Ask about {viewer.partner} itself, or ask the Centre.",
        )


def require_own(viewer: Viewer, marking: Marking) -> None:
    """Refuse to change what another partner said: to see is not to edit. Raises NotPermitted."""
    if viewer.all_seeing or marking.originators == {viewer.partner}:
        return
    whose = " and ".join(sorted(marking.originators))
    raise NotPermitted(
        f"Only officers of {whose} may change what {whose} said.", "Add a statement of your own instead."
    )


def why(room: Room, viewer: Viewer, statement: str, partner: str) -> Verdict:
    """Whether officers of ``partner`` see a statement (T-0417, or its id) now, and by which rule.

    Raises BadInput when there is no such statement for ``viewer``, or no such partner; NotPermitted for who is not
    told of others.
    """
    now, code = room.clock.now_ms(), room.register.partner(partner).code
    require_told(room, viewer, code)
    with room.db.reading(viewer) as conn:
        found = _statement(conn, statement)
        released = store.releases(conn, [one.id for one in (found, *found.above)])
        asked = store.asked(conn, found.id, code, now)
    _consulted(room, viewer, printable(statement.strip().upper(), 40), found.marking)
    officer = Viewer(name="", partner=code, roles=frozenset({Role.LIAISON}))
    return may_see(found, officer, room.register.standing(code, now), released, now, asked)


def _consulted(room: Room, viewer: Viewer, ref: str, marking: Marking) -> None:
    from maoc_tui.desk.journal import consult

    consult(room, viewer, "statement", ref, marking)


def _statement(conn: Connection, text: str) -> Statement:
    try:
        identifier = UUID(text.strip())
    except ValueError:
        identifier = targets.find(conn, parse_reference(text)).id
    found = store.find(conn, identifier)
    if found is None:
        raise BadInput(f"There is no statement {printable(text, 40)}.", "maoc target show lists their ids.")
    return found


def view_as(room: Room, viewer: Viewer, partner: str) -> Viewer:
    """A viewer that sees what officers of ``partner`` see now of what ``viewer`` sees, and changes nothing.

    That somebody looked through another's view is in the journal. Raises BadInput for a code that is no
    partner, NotPermitted without the right.
    """
    real = viewer.behind or viewer
    require(real, Act.VIEW_AS)
    code = room.register.partner(partner).code
    require_told(room, real, code)
    seen = eyes(real, code)
    _note(room, seen, seen.partner)
    return seen


def eyes(real: Viewer, code: str) -> Viewer:
    """What officers of a partner see of what ``real`` sees. Whoever looks so asks for the right and notes it."""
    return Viewer(
        name=f"{real.name} as {code}",
        partner=code,
        roles=frozenset({Role.LIAISON}),
        officer=real.officer,
        seeing_as=code,
        behind=real,
        read_only=True,
    )


def _note(room: Room, seen: Viewer, code: str) -> None:
    from maoc_tui.desk.journal import note

    with room.db.bookkeeping() as conn:
        note(conn, seen, room.clock.now_ms(), "consult", "view", code)
