"""The Figures screen: measures by month or year, each with chart, table, definition, doubts, and what it revises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import events

from maoc_tui import resources
from maoc_tui.commands import FIGURES
from maoc_tui.domain.figures import MONTH, YEAR, parse_by
from maoc_tui.problems import BadInput, Problem
from maoc_tui.ui import figure_rows as rows
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.columns import Rows
from maoc_tui.ui.figure_rows import FigureRow, FigureSheet
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.sheet_board import SheetBoard

if TYPE_CHECKING:
    from maoc_tui.domain.figure_shown import Figure

Wish = tuple[str, str, str]
"""By month or year, from, until, as typed."""
_HOUR_MS = 3_600_000


class FiguresScreen(SheetBoard[FigureSheet]):
    """Every measure, and the one selected in one of its views."""

    CSS_PATH = str(resources.layout("figures.tcss"))
    BINDINGS = bindings(FIGURES)
    PLACES = (FIGURES,)
    UNCHOSEN = "No measure selected."
    NEEDED = ("No measure is selected.", "Select one on the list.")

    def __init__(self) -> None:
        super().__init__(rows.COLUMNS, id="figures", one="figure")
        self.view = rows.CHART
        """What the panel shows of the measure selected."""
        self.span: Wish = (MONTH, "", "")

    # -- what is shown -------------------------------------------------------------------------

    def wish(self) -> Wish:
        """By what and of when."""
        return self.span

    def version(self, desk: LiveDesk) -> Any:
        """Differs after a commit, and every hour of the watch: what is still out goes on counting."""
        room = desk.open()
        return int(room.db.data_version()), room.clock.now_ms() // _HOUR_MS

    def ask(self, desk: LiveDesk, wish: Wish) -> tuple[FigureRow, ...]:
        """Every measure, reckoned at once."""
        by, since, until = wish
        found = line.act(desk, "figures.figures", by=by, since=since, until=until)
        return tuple(map(FigureRow, found))

    def ask_sheet(self, desk: LiveDesk, ref: str) -> FigureSheet:
        """One of those that were reckoned: what the list says and what the chart says are one reading."""
        return FigureSheet(next(row for row in self.known if row.ref == ref))

    def take(self, known: tuple[Any, ...], anew: bool) -> None:
        """Show the measures; the panel at once, for it has been read with the list."""
        super().take(known, anew)
        if (row := self.row()) is not None:
            self.take_sheet(FigureSheet(row), keep_place=not anew)

    def amiss(self, problem: Problem) -> bool:
        """A span that cannot be read goes back to all there is, and that is said."""
        if isinstance(problem, BadInput) and self.span[1:] != ("", ""):
            self.span = (self.span[0], "", "")
            self.app.say_problem(problem)
            self.call_later(self.read_again, True)
            return True
        return False

    def listed(self, now_ms: int) -> Rows:
        """The measures."""
        return rows.listed(self.known)

    def nothing(self) -> str:
        """There are always measures."""
        return "no measure could be read"

    def lines_of(self, sheet: FigureSheet, now_ms: int, local: bool) -> Sequence[Line]:
        """The measure in the view chosen."""
        return rows.sheet_lines(sheet.row.figure, self.view, self.sheet.content_size.width)

    def show_now(self) -> None:
        """Nothing here ages by the second: it is drawn anew when it was reckoned anew."""

    def on_resize(self, event: events.Resize) -> None:
        """Bars are as long as there is room."""
        self.call_after_refresh(self.show_sheet)

    # -- views ---------------------------------------------------------------------------------

    def _show(self, view: str) -> None:
        """Show a view; the same key again shows the chart."""
        self.view = rows.CHART if self.view == view else view
        self.show_sheet(keep_place=False)

    def action_figure_table(self, _: str = "") -> None:
        """The same numbers as a table."""
        self._show(rows.TABLE)

    def action_figure_why(self, _: str = "") -> None:
        """The written definition."""
        self._show(rows.WHY)

    def action_figure_doubts(self, _: str = "") -> None:
        """What is left out or in doubt."""
        self._show(rows.DOUBTS)

    def action_figure_compare(self, _: str = "") -> None:
        """The last period beside others."""
        self._show(rows.COMPARE)

    def action_figure_frozen(self, _: str = "") -> None:
        """What was frozen, and what it is now."""
        self._show(rows.FROZEN)

    def action_back(self) -> None:
        """Back to the list, to the chart, to all there is; then to the screen before."""
        if self.list.has_focus and self.view != rows.CHART:
            self._show(self.view)
        else:
            super().action_back()

    # -- the span ------------------------------------------------------------------------------

    def action_figure_by(self, text: str = "") -> None:
        """By month, or by year."""
        by = parse_by(text) if text else YEAR if self.span[0] == MONTH else MONTH
        self._wish((by, *self.span[1:]))

    def action_figure_period(self, text: str = "") -> None:
        """The span shown, as typed: ``2026-03``, ``2025 2026-03``, ``all``, ``2026-03 freeze``."""
        if not text:
            self._form("period", self.span[1], self.span[2])
            return
        words = text.split()
        if words[-1].casefold() == "freeze":
            self.action_figure_freeze(" ".join(words[:-1]))
        elif words == ["all"]:
            self._wish((self.span[0], "", ""))
        elif len(words) <= 2:
            self._wish((self.span[0], words[0], words[-1]))
        else:
            raise BadInput(
                "A span has a beginning and an end.", "Write :period 2026-03, or :period 2025 2026-03."
            )

    def _wish(self, span: Wish) -> None:
        self.span = span
        since, until = span[1:]
        self.app.say(f"By {span[0]}, {f'{since} to {until}' if since or until else 'all that is recorded'}.")
        self.read_again(force=True)

    # -- acts ----------------------------------------------------------------------------------

    def _form(self, name: str, *given: Any) -> None:
        from maoc_tui.ui import figure_forms as forms

        self.open_form(getattr(forms, name)(self.app.desk, *given), forms.told)

    def show_saved(self, made: Any) -> None:
        """Show what was frozen, or the span that was typed."""
        if isinstance(made, tuple):
            self._wish((self.span[0], *made))
        else:
            super().show_saved(made)

    def action_figure_freeze(self, text: str = "") -> None:
        """Freeze a month or year; the last one that is over is proposed."""
        shown = self.known[0].figure if self.known else None
        self._form("freeze", text or (shown.beside.period if shown is not None else ""))

    def action_figure_export(self, text: str = "") -> None:
        """Write what is selected to a file."""
        chosen = text or ("csv" if self.view == rows.TABLE else "svg")
        self._form("export", self._figure(), self.span, chosen, self.app.settings.export_folder)

    def action_figure_copy(self, _: str = "") -> None:
        """Copy what the panel shows to a file, and offer it to the terminal's clipboard."""
        from maoc_tui.ui import format as fmt
        from maoc_tui.ui.copying import Taken, copy_text

        shown, now = self._figure(), self.app.clock.now_ms()
        body = "\n".join(
            "".join(text for text, _ in one).rstrip() for one in rows.sheet_lines(shown, self.view, 100)
        )
        text = f"{shown.measure.title}  copied {fmt.full_time(now)}  {shown.marking_text}\n{body}\n"
        name = f"{fmt.file_time(now)}-figures-{shown.measure.code}.txt"
        copy_text(self.app, text, name, Taken("figures", shown.measure.code, shown.marking))

    def _figure(self) -> Figure:
        row: FigureRow | None = self.row()
        if row is None:
            raise BadInput(*self.NEEDED)
        return row.figure
