"""Figures as files: CSV and SVG of what the viewer is shown, noted in the journal, never over another file."""

from __future__ import annotations

from pathlib import Path

from maoc_tui.brief.figure_csv import as_csv
from maoc_tui.brief.figure_svg import as_svg
from maoc_tui.desk.access import permit
from maoc_tui.desk.export_files import Outbox
from maoc_tui.desk.exporting import Exported
from maoc_tui.desk.figures import figure
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.figures import MONTH
from maoc_tui.domain.roles import Act
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput

FORMS = {"csv": as_csv, "svg": as_svg}


def export(
    room: Room, viewer: Viewer, measure: str, form: str, *, by: str = MONTH, since: str = "", until: str = ""
) -> Exported:
    """One measure as a file; that it was taken out is in the journal by then. Raises NotPermitted, BadInput."""
    permit(room, viewer, Act.EXPORT)
    word = form.strip().lower().removeprefix(".")
    if word not in FORMS:
        raise BadInput(f"Figures cannot be had as {form[:20]!r}.", f"Choose from {', '.join(FORMS)}.")
    shown = figure(room, viewer, measure, by=by, since=since, until=until)
    name = f"figures_{shown.measure.code}_{shown.by}_{format_dtg(from_ms(shown.as_of_ms))}.{word}"
    rows = sum(len(one.table.rows) + 1 for one in shown.slices) + len(shown.whole.rows) + 1
    made = Exported(name, FORMS[word](shown).encode(), rows, shown.unreadable)
    with room.db.bookkeeping() as conn:
        note(conn, viewer, shown.as_of_ms, "export", "figures", name, detail=f"n = {shown.n} as {word}")
    return made


def save_as(made: Exported, path: Path) -> Path:
    """Put an exported figure where somebody said, never over another file. Raises BadInput, StoreProblem."""
    with Outbox(path.expanduser().parent) as out:
        try:
            return out.put(path.name, made.data)
        except ValueError:
            raise BadInput(
                f"{path.name} is no name for an exported file.",
                "Use plain letters, figures, dots and dashes.",
            ) from None
