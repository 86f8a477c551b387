"""The forms of the Figures screen: the span shown, freezing a period, taking a figure out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.domain.figure_shown import Figure


def period(desk: LiveDesk, since: str, until: str) -> ActForm:
    """The span that is shown."""

    def do(values: Values) -> Any:
        from maoc_tui.domain.spans import parse_span

        for text in filter(None, (values["since"].strip(), values["until"].strip())):
            parse_span(text, desk.open().clock.now())
        return values["since"].strip(), values["until"].strip()

    fields = [
        Field("since", "from", since, "2026-03, 2026 – empty: the first that is recorded"),
        Field("until", "up to", until, "2026-05, up to its end – empty: now"),
    ]
    return ActForm("The span shown", fields, do)


def freeze(desk: LiveDesk, proposed: str) -> ActForm:
    """Freeze a period; its name typed twice is the word."""

    def do(values: Values) -> Any:
        if values["word"].strip() != values["period"].strip():
            raise BadInput(
                "The word is the period itself, typed again.", f"Type {printable(values['period'], 20)}."
            )
        return line.act(desk, "figures.freeze", values["period"])

    banner: list[Line] = [
        (("Every measure as you see it now stands from then on.", "strong"),),
        (("What changes later is shown beside it as a revision; nothing is written over.", "text"),),
    ]
    fields = [
        Field("period", "period", proposed, "2026-03, or 2026"),
        Field("word", "word", hint="the period again", kept=False),
    ]
    return ActForm("Freeze the figures of a period", fields, do, banner=banner)


def export(
    desk: LiveDesk, shown: Figure, span: tuple[str, str, str], form: str, folder: Path | None
) -> ActForm:
    """Write one measure to a new file."""

    def do(values: Values) -> Any:
        from maoc_tui.desk import figure_files

        if not values["folder"].strip():
            raise BadInput("No folder is named.", "Type the folder the file is to go into.")
        by, since, until = span
        made = figure_files.export(
            desk.open(), desk.viewer, shown.measure.code, values["form"], by=by, since=since, until=until
        )
        where = Path(values["folder"].strip()).expanduser()
        return figure_files.save_as(made, where / made.name)

    fields = [
        Field("form", "form", form, "svg: the chart; csv: the table"),
        Field("folder", "folder", str(folder) if folder else "", "/srv/maoc/out"),
    ]
    banner: list[Line] = [
        ((f"{shown.measure.title}  ", "strong"), (printable(shown.marking_text, 200), "warn"))
    ]
    return ActForm(f"Take out: {shown.measure.title}", fields, do, banner=banner)


def told(made: Any) -> str:
    """What was done, for the bottom bar."""
    if isinstance(made, Path):
        return f"Written: {made.name} in {made.parent}."
    if isinstance(made, tuple):
        return "The span is read …"
    return f"{made.name} is frozen; what changes from now on is a revision."
