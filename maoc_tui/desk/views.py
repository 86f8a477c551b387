"""Saved views: a screen with its filter and order under a name, one's own or shared by its marking.

A name tells what somebody looks for, so a shared one is a statement like any other. Nothing is changed or deleted:
a later line replaces one, or withdraws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maoc_tui.desk.journal import note
from maoc_tui.desk.marks import whose
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked, words
from maoc_tui.domain.marking import Marking, default
from maoc_tui.domain.query import parse as parse_query
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import views as store
from maoc_tui.store.markings import from_columns

FILTERED = ("watch", "chart", "targets")
"""Screens whose lists take a filter."""
SCREENS = (*FILTERED, "operations", "liaison", "assets", "requests", "briefs", "figures")


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
    """The viewer's own views and those shared that the viewer may see: own first, by digit and name."""
    me = whose(viewer)
    with room.db.reading(viewer) as conn:
        found = [_view(row, me) for row in store.standing(conn, me)]
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
    if screen not in SCREENS:
        raise BadInput(f"{screen[:40]!r} is no screen that is saved.", f"Choose from: {', '.join(SCREENS)}.")
    if not 0 <= digit <= 9:
        raise BadInput("The key of a view is 1 to 9.", "Give another, or none.")
    if screen in FILTERED:
        parse_query(query)
    if not shared:
        chosen = default(viewer.partner) if marking is None else chosen
    mine = next((o for o in views(room, viewer) if o.own and o.name.casefold() == title.casefold()), None)
    values = {
        "name": title, "screen": screen, "query": query.strip(), "sort": sort, "descending": descending, "digit": digit,
        "shared": shared, "replaces": mine.id if mine else None, "withdrawal": False,
    }  # fmt: skip
    _write(room, viewer, chosen, values, "alter" if mine else "collect")
    return view(room, viewer, title)


def rename(room: Room, viewer: Viewer, name: str, new: str) -> SavedView:
    """Give one's own view another name."""
    _may_write(room, viewer)
    one, title = _own(room, viewer, name), words(new, "name", 60)
    _write(room, viewer, one.marking, {**_values(one), "name": title}, "alter")
    return view(room, viewer, title)


def remove(room: Room, viewer: Viewer, name: str) -> SavedView:
    """Withdraw one's own view, from now on."""
    _may_write(room, viewer)
    one = _own(room, viewer, name)
    _write(room, viewer, one.marking, {**_values(one), "withdrawal": True}, "alter")
    return one


def _own(room: Room, viewer: Viewer, name: str) -> SavedView:
    one = view(room, viewer, name)
    if not one.own:
        raise NotPermitted(f"The view {one.name!r} is {one.by}'s.", "Save one of your own.")
    return one


def _may_write(room: Room, viewer: Viewer) -> None:
    require(viewer, Act.READ)
    if viewer.seeing_as or viewer.read_only or room.db.read_only:
        raise NotPermitted("Nothing is saved in read-only mode or through another's eyes.", "Leave it first.")


def _values(one: SavedView) -> dict[str, Any]:
    kept = ("name", "screen", "query", "sort", "descending", "digit", "shared")
    return {**{name: getattr(one, name) for name in kept}, "replaces": one.id, "withdrawal": False}


def _write(room: Room, viewer: Viewer, marking: Marking, values: dict[str, Any], act: str) -> None:
    now = room.clock.now_ms()
    speaks_for = "" if viewer.all_seeing else viewer.partner
    with room.db.writing(speaks_for) as conn:
        store.add(conn, marking, **values, officer=whose(viewer), entered_by=viewer.name, entered_ms=now)
        told = "shared" if values["shared"] else "own"
        if values["withdrawal"]:
            told += ", withdrawn"
        note(
            conn,
            viewer,
            now,
            act,
            "view",
            values["name"],
            detail=f"{told}; {values['screen']} {values['query']}",
        )


def _view(row: Any, me: str) -> SavedView:
    return SavedView(
        row.id, row.name, row.screen, row.query, row.sort, bool(row.descending), row.digit, bool(row.shared),
        row.officer == me, row.entered_by, from_columns(row), row.entered_ms,
    )  # fmt: skip
