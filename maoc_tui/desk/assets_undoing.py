"""What is only ever done to an asset to undo another act: figures said before are said again."""

from __future__ import annotations

from uuid import uuid4

from maoc_tui.desk import assets_undo, journal
from maoc_tui.desk.asset_reading import find, profile_words
from maoc_tui.desk.assets import check_owner, enterer
from maoc_tui.desk.gate import changing
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import marked
from maoc_tui.desk.undo_keeping import UNDO, check_unreleased
from maoc_tui.domain.assets import Said
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.units import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import assets as store


def put_back(room: Room, viewer: Viewer, ref: str, *, profile: str, newest: str) -> None:
    """Say the figures of an earlier statement again, while ``newest`` is the last. Raises BadInput, NotPermitted."""
    require(viewer, Act.EDIT)
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        asset = find(seen, ref)
        check_owner(room, viewer, asset.owner, enterer(asset))
        found = [one for one in asset.profiles if one[1].id == profile]
        if not found:
            raise BadInput("Those figures are not ones you see.", "Say them anew.")
        last = asset.profiles[-1][1]
        if last.id != newest:
            at = format_dtg(from_ms(last.entered_ms))
            raise NotPermitted(f"{last.by} said its figures anew since, {at}.", "Say anew what is right now.")
        check_unreleased(conn, last.id, "Say them anew: that recalls it.")
        (figures, before) = found[0]
        said = Said(str(uuid4()), viewer.name, now, marked(viewer, before.marking))
        store.add_profile(conn, asset.id, figures, UNDO, said)
        words, owner = profile_words(figures), journal.origin(said.marking)
        journal.note(
            conn, viewer, now, "alter", "asset", asset.ref, owner=owner, detail=words[:200], reason=UNDO
        )
        assets_undo.changed(conn, viewer, asset, said, words, profile)
