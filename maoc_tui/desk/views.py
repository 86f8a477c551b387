"""Saved views: a screen with its filter and order under a name, one's own or shared by its marking.

A name tells what somebody looks for, so a shared one is a statement like any other. Nothing is changed or deleted:
a later line replaces one, or withdraws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maoc_tui.desk.gate import speaks_for
from maoc_tui.desk.journal import note
from maoc_tui.desk.marks import may_keep, whose
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.domain.marking import Marking, default
from maoc_tui.domain.query import LENGTH_LIMIT
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.saved_views import check_kept
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import views as store
from maoc_tui.store.markings import from_columns


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view that stands."""

    id: UUID
    name: str
    screen: str
    query: str
    sort: str
    descending: bool
    digit: int
    """1 to 9 on the list of views; 0 for none."""
    shared: bool
    own: bool
    by: str
    marking: Marking
    entered_ms: int


def views(room: Room, viewer: Viewer) -> tuple[SavedView, ...]:
    """The viewer's own views and those shared that the viewer may see: own first, by digit and name.

    What was replaced stands for nobody, also where the viewer does not see by what: so is a shared one taken back.
    """
    me = whose(viewer)
    with room.db.reading(viewer) as conn:
        rows = store.said(conn, me)
    with room.db.reading_whole() as conn:
        gone = store.replaced(conn)
    found = (_view(row, me) for row in rows if row.id not in gone)
    return tuple(sorted(found, key=lambda one: (not one.own, one.digit or 10, one.name.casefold())))


def view(room: Room, viewer: Viewer, name: str) -> SavedView:
    """A view by name or digit, one's own before a shared one; BadInput when there is none."""
    wanted = name.strip().casefold()
    for one in views(room, viewer):
        if one.name.casefold() == wanted or (one.digit and str(one.digit) == wanted):
            return one
    raise BadInput(f"There is no view {name[:60]!r}.", "See: maoc view list.")


def save(
    room: Room, viewer: Viewer, name: str, screen: str, query: str = "", sort: str = "", *,
    descending: bool = False, digit: int = 0, shared: bool = False, marking: Marking | None = None,
) -> SavedView:  # fmt: skip
    """Save a view; one's own of the same name is replaced. Raises BadInput, NotPermitted.

    A shared one is read by whom its marking names, and by the officers of one's own partner.
    """
    _may_write(room, viewer)
    title, chosen = words(name, "name", 60), marked(viewer, marking)
    kept = words(query, "filter", LENGTH_LIMIT, empty=True)
    check_kept(screen, kept, sort, descending)
    if not 0 <= digit <= 9:
        raise BadInput("The key of a view is 1 to 9.", "Give another, or none.")
    if not shared:
        chosen = default(viewer.partner) if marking is None else chosen
    own = [one for one in views(room, viewer) if one.own]
    mine = next((one for one in own if one.name.casefold() == title.casefold()), None)
    values = {
        "name": title, "screen": screen, "query": kept, "sort": sort, "descending": descending, "digit": digit,
        "shared": shared, "replaces": mine.id if mine else None, "withdrawal": False,
    }  # fmt: skip
    freed = [one for one in own if digit and one.digit == digit and one is not mine]
    _write(
        room,
        viewer,
        *((one.marking, {**_values(one), "digit": 0}, "alter") for one in freed),
        (chosen, values, "alter" if mine else "collect"),
    )
    return view(room, viewer, title)


def rename(room: Room, viewer: Viewer, name: str, new: str) -> SavedView:
    """Give one's own view another name, none that another of one's own has. Raises BadInput, NotPermitted."""
    _may_write(room, viewer)
    one, title = _own(room, viewer, name), words(new, "name", 60)
    taken = (other.name.casefold() for other in views(room, viewer) if other.own and other.id != one.id)
    if title.casefold() in taken:
        raise BadInput(f"You have a view {title!r} already.", "Give another name, or withdraw that one.")
    _write(room, viewer, (one.marking, {**_values(one), "name": title}, "alter"))
    return view(room, viewer, title)


def remove(room: Room, viewer: Viewer, which: str | UUID) -> SavedView:
    """Withdraw one's own view, by name, key or id, from now on. Raises BadInput, NotPermitted."""
    _may_write(room, viewer)
    one = _own(room, viewer, which)
    _write(room, viewer, (one.marking, {**_values(one), "withdrawal": True}, "alter"))
    return one


def _own(room: Room, viewer: Viewer, which: str | UUID) -> SavedView:
    one = view(room, viewer, which) if isinstance(which, str) else _by_id(room, viewer, which)
    if not one.own:
        raise NotPermitted(f"The view {one.name!r} is {one.by}'s.", "Save one of your own.")
    return one


def _by_id(room: Room, viewer: Viewer, wanted: UUID) -> SavedView:
    for one in views(room, viewer):
        if one.id == wanted:
            return one
    raise BadInput("That view was changed or withdrawn meanwhile.", "Look at the list again: V.")


def _may_write(room: Room, viewer: Viewer) -> None:
    require(viewer, Act.READ)
    if not may_keep(room, viewer):
        raise NotPermitted("Nothing is saved in read-only mode or through another's eyes.", "Leave it first.")


def _values(one: SavedView) -> dict[str, Any]:
    kept = ("name", "screen", "query", "sort", "descending", "digit", "shared")
    return {**{name: getattr(one, name) for name in kept}, "replaces": one.id, "withdrawal": False}


def _write(room: Room, viewer: Viewer, *lines: tuple[Marking, dict[str, Any], str]) -> None:
    """Record lines, each with its marking, its values and what the journal calls the act, in one commit."""
    now = room.clock.now_ms()
    with room.db.writing(speaks_for(viewer)) as conn:
        for marking, values, act in lines:
            store.add(conn, marking, **values, officer=whose(viewer), entered_by=viewer.name, entered_ms=now)
            told = "shared" if values["shared"] else "own"
            if values["withdrawal"]:
                told += ", withdrawn"
            detail = f"{told}; {values['screen']} {values['query']}"
            note(conn, viewer, now, act, "view", values["name"], detail=detail)


def _view(row: Any, me: str) -> SavedView:
    return SavedView(
        row.id, row.name, row.screen, row.query, row.sort, bool(row.descending), row.digit, bool(row.shared),
        row.officer == me, row.entered_by, from_columns(row), row.entered_ms,
    )  # fmt: skip
