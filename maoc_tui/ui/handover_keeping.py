"""The sheet of a handover taken out of the program: nothing else keeps it, of a signed one the record has the hash."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from maoc_tui.ui import format as fmt
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.copying import Taken, copy_text

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import SignedSheet


def keep(app: Any, signed: SignedSheet | None, kept: Callable[[], None]) -> None:
    """Copy the sheet as it was signed, or as it stands where it was not; then call ``kept``."""
    desk, name = app.desk, f"{fmt.file_time(app.clock.now_ms())}-handover.txt"

    def text() -> str:
        from maoc_tui.desk.handover_sheet import printed

        return signed.text if signed is not None else printed(line.act(desk, "handover_sheet.sheet"))[0]

    app.read(text, lambda said: copy_text(app, said, name, Taken("handover", "watch"), kept))
