"""What takes back that the figures of an asset were said anew: those before count again."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.undo_keeping import keep
from maoc_tui.domain.assets import Asset, Said
from maoc_tui.domain.viewer import Viewer


def changed(conn: Connection, viewer: Viewer, asset: Asset, said: Said, words: str, again: str = "") -> None:
    """Figures were said anew; ``asset`` is as it was before. Without earlier ones there is nothing to go back to."""
    if not asset.profiles:
        return
    became = (again, said.id) if again else None
    before = asset.profiles[-1][1]
    back = ("assets_undoing.put_back", {"ref": asset.ref, "profile": before.id, "newest": said.id})
    what = f"{asset.ref}: figures said anew, {words}"[:300]
    keep(conn, viewer, said.entered_ms, what, back, (f"profile of {asset.id}",), asset.id, became=became)
