"""Whether a search finds all there is, and making its index anew where it does not."""

from __future__ import annotations

from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import search_index
from maoc_tui.store.search_index import Flaws


def flaws(room: Room) -> Flaws:
    """Compare the index with every row that can be found."""
    with room.db.reading_whole() as conn:
        return search_index.flaws(conn)


def rebuild(room: Room, viewer: Viewer) -> int:
    """Make the index anew; how many rows it holds. Raises NotPermitted."""
    require(viewer, Act.KEEP)
    with room.db.writing() as conn:
        search_index.rebuild(conn)
        note(conn, viewer, room.clock.now_ms(), "alter", "search", "", detail="index made anew")
        return search_index.indexed(conn)
